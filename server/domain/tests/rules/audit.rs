//! The sealed chain over audit and journal, and the lists, on a real database.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::billed::{World, at, command};
use domain::{
    access::{
        Job,
        policy::{ReadAudit, ReadInstallationAudit},
    },
    audit::{Fault, Head, Verdict, list_in, list_installation, seal, verify},
    prices::set_price,
};
use sea_orm::ConnectionTrait;
use types::{AuditFilter, Currency, Cursor, SetPrice, StaffRole};

const NOW: &str = "2026-11-22T10:00:00Z";
const SEALER: Job = Job::of("sealer");

async fn changed(world: &World, n: i64) {
    for n in 0..n {
        let now = at(NOW).plus_seconds(n);
        let ask =
            SetPrice { flavour: world.flavour, currency: Currency::Mad, micros_per_hour: n + 1, started_at: None };
        let command = command(&ask);
        set_price(&world.db, &world.survey(), ask, command, now).await.unwrap();
    }
}

async fn checked(world: &World, known: Option<&Head>) -> Verdict {
    let known = known.map_or(&[][..], std::slice::from_ref);
    verify(&world.db.work(SEALER, at(NOW)).await.unwrap(), known).await.unwrap()
}

/// Seals until nothing waits: transactions of the server's other databases may hold the sealer back for a moment.
async fn sealed(world: &World) -> Head {
    for _ in 0..100 {
        let head = seal(&world.db, SEALER, at(NOW)).await.unwrap();
        if checked(world, None).await.n_unsealed == 0 {
            return head;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("rows wait for the sealer for ten seconds");
}

/// The world without what its people's signing in has left.
async fn quiet() -> World {
    let world = World::at(at(NOW)).await;
    world.run("DELETE FROM audit").await;
    world
}

/// An entry of nothing in the journal, which is sealed like any other.
fn entry(n: usize) -> String {
    format!(
        "INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
         VALUES (gen_random_uuid(), NULL, 'test {n}', 'top_up', '{{\"n\": {n}}}', '{NOW}', decode('00', 'hex'))"
    )
}

#[tokio::test]
async fn every_row_is_sealed_once_and_the_chain_goes_on_where_it_stopped() {
    let world = quiet().await;
    assert_eq!(seal(&world.db, SEALER, at(NOW)).await.unwrap().seq, 0);
    changed(&world, 3).await;
    world.run(&entry(0)).await;
    let waiting = checked(&world, None).await;
    assert_eq!((waiting.n_sealed, waiting.n_unsealed, waiting.unsealed_since), (0, 4, Some(at(NOW))));
    let first = sealed(&world).await;
    assert_eq!(first.seq, 4);
    assert_eq!(seal(&world.db, SEALER, at(NOW)).await.unwrap(), first);
    world.run(&entry(1)).await;
    let second = sealed(&world).await;
    let verdict = checked(&world, Some(&first)).await;
    assert_eq!((verdict.n_sealed, verdict.n_unsealed, &verdict.broken), (5, 0, &None));
    assert_eq!(verdict.head, second);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn under_concurrent_writers_and_sealers_no_row_is_passed_over() {
    let world = quiet().await;
    let done = Arc::new(AtomicBool::new(false));
    let sealers = (0..2).map(|_| {
        let (db, done) = (world.db.clone(), done.clone());
        tokio::spawn(async move {
            while !done.load(Ordering::Relaxed) {
                seal(&db, SEALER, at(NOW)).await.unwrap();
            }
        })
    });
    let sealers: Vec<_> = sealers.collect();
    let writers = (0..6_usize).map(|writer| {
        let url = world.database.owner_url();
        tokio::spawn(async move {
            let connection = sea_orm::Database::connect(url).await.unwrap();
            for n in 0..40 {
                // Some wait with their commit, so that younger transactions are committed before them; some never do.
                let wait = if n % 7 == writer { "PERFORM pg_sleep(0.05);" } else { "" };
                let fail = if n % 5 == 4 { "RAISE EXCEPTION 'lost';" } else { "" };
                let sql = format!(
                    "DO $$ BEGIN {}; {wait} {fail} EXCEPTION WHEN raise_exception THEN NULL; END $$",
                    entry(writer * 1000 + n)
                );
                connection.execute_unprepared(&sql).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    done.store(true, Ordering::Relaxed);
    for sealer in sealers {
        sealer.await.unwrap();
    }
    sealed(&world).await;
    let verdict = checked(&world, None).await;
    assert_eq!((verdict.n_unsealed, &verdict.broken), (0, &None));
    assert_eq!(verdict.n_sealed, 6 * 32);
}

#[tokio::test]
async fn what_is_changed_taken_away_or_chained_anew_is_found() {
    let world = quiet().await;
    changed(&world, 4).await;
    world.run(&entry(0)).await;
    let head = sealed(&world).await;
    for (tamper, seq, fault) in [
        (
            "UPDATE audit SET after = jsonb_set(after, '{version}', '99') WHERE id = (SELECT row_id FROM seal WHERE seq = 2)",
            2,
            Fault::Changed,
        ),
        ("UPDATE journal_entry SET memo = '{}'", 5, Fault::Changed),
        ("DELETE FROM audit WHERE id = (SELECT row_id FROM seal WHERE seq = 3)", 3, Fault::Missing),
        ("DELETE FROM seal WHERE seq = 2", 3, Fault::Gap),
        ("DELETE FROM seal WHERE seq = 5", 5, Fault::Gap),
        ("UPDATE seal SET digest = sha256('x') WHERE seq = 4", 4, Fault::Changed),
        ("UPDATE seal SET head = sha256('x') WHERE seq = 4", 4, Fault::Chain),
    ] {
        world.run(&keep()).await;
        world.run(tamper).await;
        let found = checked(&world, Some(&head)).await.broken.unwrap();
        assert_eq!((found.seq, found.fault), (seq, fault), "{tamper}");
        world.run(&restore()).await;
        assert_eq!(checked(&world, Some(&head)).await.broken, None, "{tamper} was undone");
    }
    // Who may write everything can chain anew, but not to the head that was exported.
    world.run("DELETE FROM seal").await;
    world.run("UPDATE audit SET verb = 'price.unset' WHERE verb = 'price.set'").await;
    sealed(&world).await;
    assert_eq!(checked(&world, None).await.broken, None);
    assert_eq!(checked(&world, Some(&head)).await.broken.unwrap().fault, Fault::Replaced);
}

const TABLES: [&str; 3] = ["audit", "journal_entry", "seal"];

fn keep() -> String {
    let copies = TABLES.map(|table| format!("CREATE TABLE kept_{table} AS TABLE {table};"));
    copies.concat()
}

fn restore() -> String {
    let back = TABLES.map(|table| {
        format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}; DROP TABLE kept_{table};")
    });
    back.concat()
}

#[tokio::test]
async fn a_person_can_be_erased_and_the_chain_still_verifies() {
    let world = quiet().await;
    changed(&world, 2).await;
    let head = sealed(&world).await;
    world.run("UPDATE audit SET salt = '', before = NULL, after = NULL, address = NULL, user_id = NULL, principal = 'erased'").await;
    let verdict = checked(&world, Some(&head)).await;
    assert_eq!((verdict.n_sealed, verdict.n_erased, verdict.broken), (2, 2, None));
}

#[tokio::test]
async fn the_auditor_filters_all_changes_and_an_organisation_sees_its_own() {
    let world = quiet().await;
    changed(&world, 3).await;
    sealed(&world).await;
    let (acme, _) = world.organisation("acme", at(NOW)).await;
    let (other, _) = world.organisation("other", at(NOW)).await;
    for organisation in [acme, other] {
        let sql = format!(
            "INSERT INTO audit (id, organisation_id, principal, verb, subject, before, after, at, salt)
             VALUES (gen_random_uuid(), '{}', 'worker:test', 'period.closed', 'per_x', '{{\"a\": 1}}', '{{\"a\": 2}}', '{NOW}', '\\x00')",
            organisation.uuid()
        );
        world.run(&sql).await;
    }
    let auditor = world.staff(StaffRole::Auditor, at(NOW)).await;
    let survey = auditor.prove::<ReadInstallationAudit>().unwrap();
    let open = world.db.survey(&survey, at(NOW)).await.unwrap();
    let list =
        async |filter: AuditFilter| list_installation(&open, &survey, &filter, &Cursor::default()).await.unwrap().items;
    let all = list(AuditFilter::default()).await;
    // The last is that the auditor signed in.
    assert_eq!(all.len(), 6);
    assert!(all.is_sorted_by(|a, b| a.at >= b.at));
    let prices = list(AuditFilter { area: Some("price".to_owned()), ..AuditFilter::default() }).await;
    assert_eq!(prices.len(), 3);
    assert!(prices.iter().all(|row| row.seal.is_some() && row.name.as_deref() == Some("finance")));
    assert_eq!(prices[0].staff_role.as_deref(), Some("finance"));
    assert_eq!(list(AuditFilter { organisation: Some(acme), ..AuditFilter::default() }).await.len(), 1);
    assert_eq!(list(AuditFilter { to: Some(at(NOW)), ..AuditFilter::default() }).await.len(), 0);
    let page = Cursor { cursor: None, limit: Some(4) };
    let first = list_installation(&open, &survey, &AuditFilter::default(), &page).await.unwrap();
    let page = Cursor { cursor: first.next_cursor, limit: Some(4) };
    assert_eq!(list_installation(&open, &survey, &AuditFilter::default(), &page).await.unwrap().items, all[4..]);

    let scope = auditor.enter(&world.db, "acme").await.unwrap().prove::<ReadAudit>().unwrap();
    let tx = world.db.look(&scope, at(NOW)).await.unwrap();
    let filter = AuditFilter { organisation: Some(other), ..AuditFilter::default() };
    let own = list_in(&tx, &scope, &filter, &Cursor::default()).await.unwrap().items;
    assert_eq!(own.iter().map(|row| row.organisation).collect::<Vec<_>>(), [Some(acme)]);
    let change = &own[0].changes[0];
    assert_eq!((change.before.as_deref(), change.after.as_deref()), (Some("1"), Some("2")));
}
