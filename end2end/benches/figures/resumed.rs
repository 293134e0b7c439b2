//! A close that is killed again and again, beside an undisturbed one on a copy of the same database: the same numbers and
//! the same bytes. Then the documents of its invoices are drawn, as the portal's worker draws them.

use std::time::{Duration, Instant};

use anyhow::ensure;
use domain::{Clock, Database, DatabaseUrls};
use serde_json::Value;
use server::workers::draw_documents::draw_due;
use testing::TestDatabase;

use crate::{
    billing,
    closing::{self, CLOSED},
    row::{Row, kilobytes, millis},
    say, tables,
};

/// How often it is killed, each time after a larger part of the time that an undisturbed one takes.
const N_KILLS: u32 = 6;
/// How long the server takes at most to notice that somebody is gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a kill changes, which is nothing; and what drawing costs.
pub(crate) async fn measure(n: usize) -> anyhow::Result<Vec<Row>> {
    say(&format!("makes {n} organisations whose close is killed"));
    let undisturbed = billing::used(n).await?.leave().await?;
    until_alone(&undisturbed).await?;
    let killed = undisturbed.copy().await?;
    let start = Instant::now();
    closing::to_its_end(&undisturbed).await?;
    let whole = start.elapsed();
    say(&format!("kills it {N_KILLS} times"));
    let mut came = Vec::new();
    for place in 1..=N_KILLS {
        let mut close = closing::start(&killed)?;
        tokio::time::sleep(whole * place / (N_KILLS + 1)).await;
        close.kill().await?;
        until_alone(&killed).await?;
        came.push(progress(&killed).await?);
    }
    closing::to_its_end(&killed).await?;
    let all = i64::try_from(n)?;
    let n_within = came.iter().filter(|(drafted, done)| (1..=all).contains(drafted) && *done < all).count();
    ensure!(n_within > 0, "no kill fell into the close: {came:?}");
    ensure!(accounts(&undisturbed).await? == accounts(&killed).await?, "the house's accounts differ");
    let (expected, found) = (issued(&undisturbed).await?, issued(&killed).await?);
    ensure!(expected.len() == n, "{} of {n} invoices were issued", expected.len());
    let n_same = expected.iter().zip(&found).filter(|(expected, found)| expected == found).count();
    let same =
        Row::new(format!("close killed {n_within} times in its midst: numbers and bytes"), format!("{n_same} same"))
            .beside(&format!("an undisturbed close of a copy, {}: {n} invoices", millis(whole)))
            .allowed("all", n_same == n && found.len() == n);
    let mut rows = vec![same];
    rows.extend(draw(&killed, n).await?);
    Ok(rows)
}

/// Draws the documents of all invoices.
async fn draw(database: &TestDatabase, n: usize) -> anyhow::Result<Vec<Row>> {
    say(&format!("draws {n} documents"));
    let urls =
        DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() };
    let db = Database::connect(&urls).await?;
    let start = Instant::now();
    let n_drawn = draw_due(&db, &Clock::at(CLOSED.parse()?)).await?;
    let took = start.elapsed();
    ensure!(n_drawn == n, "{n_drawn} of {n} documents were drawn");
    let lacking = database.rows("SELECT count(*) AS n FROM paper WHERE trouble IS NOT NULL").await?;
    ensure!(tables::number(&lacking)? == 0, "documents lack a file");
    let rate = n_drawn as f64 / took.as_secs_f64().max(1e-9);
    let each = format!("one after the other: frozen, drawn, kept; {} each", millis(took / u32::try_from(n)?.max(1)));
    let mut rows = vec![Row::new("invoices drawn, PDF and UBL", format!("{rate:.1}/s")).beside(&each)];
    let sizes = "SELECT kind, avg(octet_length(content))::bigint AS n, max(octet_length(content)) AS most
                 FROM document_artifact GROUP BY kind ORDER BY kind";
    for size in database.rows(sizes).await? {
        let kind = size["kind"].as_str().unwrap_or_default().to_uppercase();
        let most = format!("the largest: {}", kilobytes(bytes(&size["most"])?));
        rows.push(Row::new(format!("bytes of an invoice as {kind}"), kilobytes(bytes(&size["n"])?)).beside(&most));
    }
    Ok(rows)
}

fn bytes(n: &Value) -> anyhow::Result<usize> {
    Ok(usize::try_from(n.as_i64().unwrap_or_default())?)
}

/// How many invoices there are, and how many of them are final.
async fn progress(database: &TestDatabase) -> anyhow::Result<(i64, i64)> {
    let all = database.rows("SELECT count(*) AS n FROM invoice").await?;
    let done = database.rows("SELECT count(*) AS n FROM invoice WHERE status = 'finalised'").await?;
    Ok((tables::number(&all)?, tables::number(&done)?))
}

/// Each organisation's invoice: its number, and the digest of its bytes.
async fn issued(database: &TestDatabase) -> anyhow::Result<Vec<Value>> {
    let sql = "SELECT organisation_id, number, net, tax, total, encode(sha256(snapshot), 'hex') AS sha256
               FROM invoice WHERE status = 'finalised' ORDER BY organisation_id";
    Ok(database.rows(sql).await?)
}

/// What is booked in each account, the house's and the organisations'.
async fn accounts(database: &TestDatabase) -> anyhow::Result<Vec<Value>> {
    let sql = "SELECT p.organisation_id, a.kind, a.unit, sum(p.amount)::bigint AS amount, count(*) AS n
               FROM posting p JOIN account a ON a.id = p.account_id
               GROUP BY p.organisation_id, a.kind, a.unit ORDER BY 1, 2, 3";
    Ok(database.rows(sql).await?)
}

/// Waits until nobody is connected: what was killed keeps its locks until the server has noticed.
async fn until_alone(database: &TestDatabase) -> anyhow::Result<()> {
    let sql = "SELECT count(*) AS n FROM pg_stat_activity
               WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    let start = Instant::now();
    while tables::number(&database.rows(sql).await?)? > 0 {
        ensure!(start.elapsed() < PATIENCE, "somebody is still connected");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
