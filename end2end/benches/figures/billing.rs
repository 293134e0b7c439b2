//! A billing run: each organisation's month is settled, closed, looked at and finalised by the use cases. Beside it, SQL
//! that reads the same intervals and copies the same rows into tables of the same shape with the same indexes.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use anyhow::Context;
use domain::{
    access::{
        Scope,
        policy::{CloseBilling, ReadInvoices},
    },
    billing::{close_period, list_running_periods},
    invoices::{finalise_invoice, invoice_in},
};
use futures_util::{StreamExt, TryStreamExt, stream};
use types::{ClosePeriod, Cursor, FinaliseInvoice, PeriodId, StaffRole, Timestamp};

use crate::{
    books::{AT_ONCE, Books, Tenant, command},
    row::{Row, millis, ratio},
    say, scaled, tables,
};

const STARTED: &str = "2026-10-01T00:00:00Z";
const CLOSED: &str = "2026-11-02T00:00:00Z";
/// What each organisation used in the month.
const N_LEASES: usize = 5;
const N_INTERVALS: usize = 6;

/// One organisation that is billed, with finance's proofs.
struct Billed {
    tenant: Tenant,
    period: PeriodId,
    close: Scope<CloseBilling>,
    read: Scope<ReadInvoices>,
}

/// The run beside copying organisation by organisation, as the run commits, and beside copying all at once.
pub(crate) async fn measure() -> anyhow::Result<Vec<Row>> {
    let (from, now): (Timestamp, Timestamp) = (STARTED.parse()?, CLOSED.parse()?);
    let n = scaled(1_000, 30);
    say(&format!("makes {n} organisations with {N_LEASES} leases of {N_INTERVALS} intervals"));
    let books = Books::open(from).await?;
    let billed = billed(&books, n, from).await?;
    let before = tables::counted(&books.database).await?;
    say("bills them");
    let run = timed(stream::iter(&billed).map(|one| bill(&books, one, now))).await?;
    let written = grown(&before, &tables::counted(&books.database).await?);
    say(&format!("copies {} rows of {}", written.values().sum::<i64>(), written.len()));
    shadow(&books, &written).await?;
    let copied = timed(stream::iter(&billed).map(|one| copy(&books, &written, Some(one.tenant)))).await?;
    shadow(&books, &written).await?;
    let at_once = timed(stream::iter([()]).map(|()| copy(&books, &written, None))).await?;
    let n_rows: i64 = written.values().sum();
    let figure = format!("billing run of {n} organisations, {n_rows} rows");
    let row = Row::times(&figure, run, copied, "SQL that copies the same rows, a transaction each");
    let ratio_of_each = ratio(run, copied);
    let all = Row::new("… beside SQL that copies all at once", millis(run))
        .beside(&millis(at_once))
        .ratio(ratio(run, at_once));
    Ok(vec![row.allowed("≤ 4×", ratio_of_each <= 4.0), all])
}

async fn timed(
    work: impl futures_util::Stream<Item = impl Future<Output = anyhow::Result<()>>>,
) -> anyhow::Result<Duration> {
    let start = Instant::now();
    work.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    Ok(start.elapsed())
}

/// Organisations with money, a month's usage that is all known, and proofs to bill them.
async fn billed(books: &Books, n: usize, from: Timestamp) -> anyhow::Result<Vec<Billed>> {
    let finance = books.staff(StaffRole::Finance, from).await?;
    let mut tenants = Vec::new();
    for place in 0..n {
        let tenant = books.tenant(&format!("tenant-{place}"), from).await?;
        books.top_up(&finance, tenant, from).await?;
        tenants.push(tenant);
    }
    use_month(books).await?;
    let survey = finance.prove::<ReadInvoices>()?;
    let open = books.db.survey(&survey, from).await?;
    let (mut periods, mut page) = (BTreeMap::new(), Cursor { cursor: None, limit: Some(200) });
    loop {
        let list = list_running_periods(&open, &survey, &page).await?;
        periods.extend(list.items.into_iter().map(|running| (running.organisation.uuid(), running.period)));
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    drop(open);
    let mut billed = Vec::new();
    for tenant in tenants {
        let period = *periods.get(&tenant.id.uuid()).context("no period runs")?;
        let (close, read) = (books.scope(&finance, tenant).await?, books.scope(&finance, tenant).await?);
        billed.push(Billed { tenant, period, close, read });
    }
    Ok(billed)
}

/// Leases and intervals of all organisations: every fifth interval is not billed, and everything has ended.
async fn use_month(books: &Books) -> anyhow::Result<()> {
    let (flavour, cluster) = (books.flavour.uuid(), books.cluster.uuid());
    books
        .run(&format!(
            "CREATE TEMP TABLE used AS
                 SELECT p.organisation_id, p.id AS project_id, gen_random_uuid() AS instance_id, gen_random_uuid() AS lease_id,
                     timestamptz '{STARTED}' + n * interval '3 days' + interval '1 hour' AS started_at
                 FROM project p, generate_series(1, {N_LEASES}) n;
             INSERT INTO instance (organisation_id, id, project_id, cluster_id, name, flavour_id, units, template, image,
                 environment, wish, wish_seq, wished_at, attempt, phase, phase_at, launched_by, launched_at)
             SELECT organisation_id, instance_id, project_id, '{cluster}', instance_id::text, '{flavour}', 1, 'ubuntu',
                 'r@sha256:' || repeat('0', 64), '{{}}', 'stopped', nextval('wish_seq'), started_at, 1, 'stopped',
                 started_at, (SELECT id FROM person LIMIT 1), started_at FROM used;
             INSERT INTO lease (organisation_id, id, subject_kind, subject_id, project_id, cluster_id, flavour_id, units,
                 attempt, started_at, ended_at)
             SELECT organisation_id, lease_id, 'pod', instance_id, project_id, '{cluster}', '{flavour}', 1, 1, started_at,
                 started_at + {N_INTERVALS} * interval '7001 seconds' FROM used;
             INSERT INTO usage_interval (organisation_id, id, lease_id, started_at, ended_at, billable, reason, cut_at)
             SELECT organisation_id, gen_random_uuid(), lease_id, started_at + (n - 1) * interval '7001 seconds',
                 started_at + n * interval '7001 seconds', n % 5 > 0, CASE WHEN n % 5 = 0 THEN 'node_fault' END,
                 started_at + n * interval '7001 seconds'
             FROM used, generate_series(1, {N_INTERVALS}) n;
             INSERT INTO cluster_observation (cluster_id, epoch, observed_through, skew_ms, written_at)
             VALUES ('{cluster}', 1, '{CLOSED}', 0, '{CLOSED}');
             DROP TABLE used; ANALYZE organisation, project, instance, lease, usage_interval"
        ))
        .await
}

/// What finance does for one organisation.
async fn bill(books: &Books, one: &Billed, now: Timestamp) -> anyhow::Result<()> {
    let ask = ClosePeriod { period: one.period };
    let key = command(&ask)?;
    let closed = close_period(&books.db, &one.close, ask, key, now).await?;
    let invoice = closed.invoice.context("nothing was billed")?;
    let tx = books.db.look(&one.read, now).await?;
    let draft = invoice_in(&tx, &one.read, invoice).await?;
    drop(tx);
    let ask = FinaliseInvoice { invoice, sha256: draft.sha256 };
    let command = command(&ask)?;
    finalise_invoice(&books.db, &one.close, ask, command, now).await?;
    Ok(())
}

/// The tables that have more rows than before, and how many more.
fn grown(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let more = after.iter().map(|(name, n)| (name.clone(), n - before.get(name).copied().unwrap_or(0)));
    more.filter(|(_, n)| *n > 0).collect()
}

/// Empty tables of the same shape, indexes and checks.
async fn shadow(books: &Books, written: &BTreeMap<String, i64>) -> anyhow::Result<()> {
    let tables = written.keys().map(|name| format!("CREATE TABLE copied.{name} (LIKE public.{name} INCLUDING ALL);"));
    let tables: String = tables.collect();
    books.run(&format!("DROP SCHEMA IF EXISTS copied CASCADE; CREATE SCHEMA copied; {tables}")).await
}

/// Reads the intervals and inserts the rows, of one organisation or of all, in one transaction and one message.
async fn copy(books: &Books, written: &BTreeMap<String, i64>, tenant: Option<Tenant>) -> anyhow::Result<()> {
    let of = tenant.map_or_else(|| "true".to_owned(), |tenant| format!("organisation_id = '{}'", tenant.id.uuid()));
    let inserts =
        written.keys().map(|name| format!("INSERT INTO copied.{name} SELECT * FROM public.{name} WHERE {of};"));
    let inserts: String = inserts.collect();
    let reads = format!(
        "SELECT sum(extract(epoch FROM u.ended_at - u.started_at) * l.units) FROM usage_interval u
         JOIN lease l ON l.id = u.lease_id WHERE u.billable AND u.{of};"
    );
    let reads = reads.replace("u.true", "true");
    books.run(&format!("BEGIN; {reads} {inserts} COMMIT")).await
}
