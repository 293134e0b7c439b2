//! What a database holds and what was written to it, by table, as its server counts.

use std::collections::BTreeMap;

use anyhow::Context;
use serde_json::Value;
use testing::TestDatabase;

/// Rows written and bytes of the log, since the server's counters began.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    rows: BTreeMap<String, i64>,
    wal_bytes: i64,
}

impl Written {
    /// As it is now.
    pub(crate) async fn now(database: &TestDatabase) -> anyhow::Result<Self> {
        // A connection tells its counts when it is idle for a second, and reads what was told before it began.
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        let counts = "SELECT relname AS name, n_tup_ins + n_tup_upd + n_tup_del AS n FROM pg_stat_user_tables";
        let rows = database.rows(counts).await?;
        let rows = rows.iter().filter_map(|row| Some((row["name"].as_str()?.to_owned(), row["n"].as_i64()?)));
        let wal = database.rows("SELECT (pg_current_wal_lsn() - '0/0')::bigint AS n").await?;
        Ok(Self { rows: rows.collect(), wal_bytes: number(&wal)? })
    }

    /// Rows that were written since, in all tables but these.
    pub(crate) fn rows_since(&self, before: &Self, without: &[&str]) -> i64 {
        self.by_table(before).into_iter().filter(|(name, _)| !without.contains(&name.as_str())).map(|(_, n)| n).sum()
    }

    /// Bytes that were logged since.
    pub(crate) fn wal_since(&self, before: &Self) -> i64 {
        self.wal_bytes - before.wal_bytes
    }

    /// The tables that were written most since, in words.
    pub(crate) fn most_since(&self, before: &Self) -> String {
        let mut tables: Vec<_> = self.by_table(before).into_iter().filter(|(_, n)| *n > 0).collect();
        tables.sort_by_key(|(_, n)| -n);
        let words: Vec<_> = tables.iter().take(4).map(|(name, n)| format!("{name} {n}")).collect();
        words.join(", ")
    }

    fn by_table(&self, before: &Self) -> BTreeMap<String, i64> {
        let since = |(name, n): (&String, &i64)| (name.clone(), n - before.rows.get(name).copied().unwrap_or(0));
        self.rows.iter().map(since).collect()
    }
}

/// Rows by table of an organisation's, counted one by one.
pub(crate) async fn counted(database: &TestDatabase) -> anyhow::Result<BTreeMap<String, i64>> {
    let names = database
        .rows(
            "SELECT table_name AS name FROM information_schema.columns
                 WHERE table_schema = 'public' AND column_name = 'organisation_id'",
        )
        .await?;
    let names: Vec<&str> = names.iter().filter_map(|row| row["name"].as_str()).collect();
    let each = names.iter().map(|name| format!("SELECT '{name}' AS name, count(*) AS n FROM \"{name}\""));
    let rows = database.rows(&each.collect::<Vec<_>>().join(" UNION ALL ")).await?;
    Ok(rows.iter().filter_map(|row| Some((row["name"].as_str()?.to_owned(), row["n"].as_i64()?))).collect())
}

/// Bytes of all tables with their indexes, by table.
pub(crate) async fn sizes(database: &TestDatabase) -> anyhow::Result<BTreeMap<String, i64>> {
    let sizes = "SELECT relname AS name, pg_total_relation_size(relid) AS n FROM pg_stat_user_tables";
    let rows = database.rows(sizes).await?;
    Ok(rows.iter().filter_map(|row| Some((row["name"].as_str()?.to_owned(), row["n"].as_i64()?))).collect())
}

/// The number `n` of the first row.
pub(crate) fn number(rows: &[Value]) -> anyhow::Result<i64> {
    rows.first().and_then(|row| row["n"].as_i64()).context("no number")
}
