//! The close of a month: each organisation's usage is settled, its period closed, and all drafts finalised, by the use cases.
//! Beside it, SQL that reads the same intervals and copies the same rows into tables of the same shape, with the same indexes,
//! checks and references.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use domain::access::Actor;
use futures_util::{StreamExt, TryStreamExt, stream};
use types::{StaffRole, Timestamp};

use crate::{
    books::{AT_ONCE, Books, Tenant},
    closing::{CLOSED, Closing, STARTED},
    is_deep, resumed,
    row::{Row, millis, ratio},
    say, scaled, tables,
};

/// What each organisation used in the month: a hundred intervals.
const N_LEASES: usize = 5;
const N_INTERVALS: usize = 20;

/// The close beside copying organisation by organisation, as it commits, and beside copying all at once; then what a
/// kill changes, and what the documents cost.
pub(crate) async fn measure() -> anyhow::Result<Vec<Row>> {
    let mut rows = close().await?;
    rows.extend(resumed::measure(scaled(if is_deep() { 500 } else { 100 }, 8)).await?);
    Ok(rows)
}

async fn close() -> anyhow::Result<Vec<Row>> {
    let (from, now): (Timestamp, Timestamp) = (STARTED.parse()?, CLOSED.parse()?);
    let n = scaled(if is_deep() { 10_000 } else { 500 }, 30);
    say(&format!("makes {n} organisations with {N_LEASES} leases of {N_INTERVALS} intervals"));
    let books = Books::open(from).await?;
    let (tenants, finance) = using(&books, n, from).await?;
    let before = tables::counted(&books.database).await?;
    let closing = Closing { db: &books.db, finance: &finance, now };
    // What anybody is let in by is asked with each request, whatever it does.
    let ended = closing.ended().await?;
    say("closes");
    let start = Instant::now();
    closing.close(&ended).await?;
    let closed = start.elapsed();
    books.database.analyse().await?;
    say("finalises");
    let start = Instant::now();
    closing.finalise().await?;
    let finalised = start.elapsed();
    let run = closed + finalised;
    let written = grown(&before, &tables::counted(&books.database).await?);
    say(&format!("copies {} rows of {}", written.values().sum::<i64>(), written.len()));
    shadow(&books, &written).await?;
    let copied = timed(stream::iter(&tenants).map(|tenant| copy(&books, &written, Some(*tenant)))).await?;
    shadow(&books, &written).await?;
    let at_once = timed(stream::iter([()]).map(|()| copy(&books, &written, None))).await?;
    let (n_rows, n_intervals): (i64, _) = (written.values().sum(), N_LEASES * N_INTERVALS);
    let figure = format!("close of {n} organisations × {n_intervals} intervals, {n_rows} rows");
    let row = Row::times(&figure, run, copied, "SQL that copies the same rows, a transaction each");
    let ratio_of_each = ratio(run, copied);
    let all = Row::new("… beside SQL that copies all at once", millis(run))
        .beside(&millis(at_once))
        .ratio(ratio(run, at_once));
    let parts = Row::new("… of it, settling and closing", millis(closed))
        .beside(&format!("finalising all drafts: {}", millis(finalised)));
    Ok(vec![row.allowed("≤ 3×", ratio_of_each <= 3.0), all, parts])
}

async fn timed(
    work: impl futures_util::Stream<Item = impl Future<Output = anyhow::Result<()>>>,
) -> anyhow::Result<Duration> {
    let start = Instant::now();
    work.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    Ok(start.elapsed())
}

/// A hub whose organisations' month is over and known, and not settled.
pub(crate) async fn used(n: usize) -> anyhow::Result<Books> {
    let from: Timestamp = STARTED.parse()?;
    let books = Books::open(from).await?;
    using(&books, n, from).await?;
    Ok(books)
}

/// Organisations with money and a month's usage that is all known, and who closes it.
async fn using(books: &Books, n: usize, from: Timestamp) -> anyhow::Result<(Vec<Tenant>, Actor)> {
    let finance = books.staff(StaffRole::Finance, from).await?;
    let mut tenants = Vec::new();
    for place in 0..n {
        tenants.push(books.tenant(&format!("tenant-{place}"), from).await?);
    }
    timed(stream::iter(&tenants).map(|tenant| books.top_up(&finance, *tenant, from))).await?;
    use_month(books).await?;
    Ok((tenants, finance))
}

/// Leases and intervals of all organisations: every fifth interval is not billed, for no fault that a person would have to
/// look at first, and everything has ended.
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
                 started_at + n * interval '7001 seconds', n % 5 > 0, CASE WHEN n % 5 = 0 THEN 'starting' END,
                 started_at + n * interval '7001 seconds'
             FROM used, generate_series(1, {N_INTERVALS}) n;
             INSERT INTO cluster_observation (cluster_id, epoch, observed_through, skew_ms, written_at)
             VALUES ('{cluster}', 1, '{CLOSED}', 0, '{CLOSED}');
             DROP TABLE used; ANALYZE organisation, project, instance, lease, usage_interval"
        ))
        .await
}

/// The tables that have more rows than before, and how many more.
fn grown(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let more = after.iter().map(|(name, n)| (name.clone(), n - before.get(name).copied().unwrap_or(0)));
    more.filter(|(_, n)| *n > 0).collect()
}

/// Empty tables of the same shape, indexes, checks and references.
async fn shadow(books: &Books, written: &BTreeMap<String, i64>) -> anyhow::Result<()> {
    let tables = written.keys().map(|name| format!("CREATE TABLE copied.{name} (LIKE public.{name} INCLUDING ALL);"));
    let tables: String = tables.collect();
    books.run(&format!("DROP SCHEMA IF EXISTS copied CASCADE; CREATE SCHEMA copied; {tables}")).await?;
    // `LIKE` leaves them out: what a row refers to is looked up as it is written.
    let references = "DO $$ DECLARE reference record; BEGIN
        FOR reference IN SELECT c.relname AS name, pg_get_constraintdef(k.oid) AS says
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace
            AND to_regclass('copied.' || quote_ident(c.relname)) IS NOT NULL
        LOOP EXECUTE format('ALTER TABLE copied.%I ADD %s', reference.name, reference.says); END LOOP;
    END $$";
    books.run(references).await
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
