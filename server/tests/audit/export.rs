//! The audit as a file: every row behind the filters, page by page, and no longer than one may read it.

use futures_util::StreamExt;
use types::StaffRole;

use crate::portal::TestPortal;

/// More rows of `acme` than two readings hold.
const ROWS: &str = "INSERT INTO audit (id, organisation_id, principal, verb, subject, before, after, address, at, salt)
    SELECT gen_random_uuid(), o.id, 'worker:test', 'quota.set', '=1+' || n, '{\"reason\": \"a, \\\"b\\\"\"}', '{\"reason\": \"الريف\"}',
        '192.0.2.7', '2026-03-02T08:00:00Z'::timestamptz + n * interval '1 second', '\\x00'
    FROM organisation o, generate_series(1, 450) n WHERE o.slug = 'acme'";

#[tokio::test]
async fn the_file_has_every_row_behind_the_filters_and_no_formula() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    portal.as_owner(ROWS).await;
    let answer = owner.get("/o/acme/audit.csv?who=worker:test&area=quota").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"audit-acme-2026-03-02.csv\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let lines: Vec<_> = answer.body.split("\r\n").collect();
    let head = "at,organisation,who,principal,staff_role,address,verb,what,subject,before,after,request,seal";
    assert_eq!((lines.len(), lines[0]), (452, head), "the head, 450 rows, and a break at the end");
    let row = "2026-03-02T08:07:30Z,ACME,,worker:test,,192.0.2.7,quota.set,Quota set,'=1+450,\
               \"{\"\"reason\"\":\"\"a, \\\"\"b\\\"\"\"\"}\",\"{\"\"reason\"\":\"\"الريف\"\"}\",,";
    assert_eq!(lines[1], row);
    assert!(lines[450].starts_with("2026-03-02T08:00:01Z,"), "{}", lines[450]);
    let narrow = owner.get("/o/acme/audit.csv?area=price").await;
    assert_eq!(narrow.body, format!("{head}\r\n"));
    assert_eq!(owner.get("/o/acme/audit.csv?cursor=x").await.status, 200, "a file begins at its beginning");
    assert_eq!(owner.get("/o/acme/audit.csv?from=yesterday").await.status, 422);
}

#[tokio::test]
async fn the_auditors_file_is_of_all_and_names_the_organisation() {
    let portal = TestPortal::new().await;
    portal.organisation("acme").await;
    portal.as_owner(ROWS).await;
    let auditor = portal.staff(StaffRole::Auditor).await;
    let body = auditor.get("/staff/audit.csv?subject=%3D1%2B7").await.body;
    assert_eq!(body.matches("\r\n").count(), 2, "{body}");
    assert!(body.contains(",ACME,,worker:test,"), "{body}");
    let own = auditor.get("/staff/audit.csv?area=session").await.body;
    assert!(own.contains(",session.opened,Signed in,ses_"), "{own}");
}

#[tokio::test]
async fn who_is_removed_while_they_download_reads_no_further() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    portal.as_owner(ROWS).await;
    let mut file = owner.download("/o/acme/audit.csv").await;
    let first = file.next().await.unwrap().unwrap();
    assert!(first.starts_with(b"at,organisation,") && first.len() > 10_000);
    portal.as_owner("DELETE FROM member").await;
    assert!(file.next().await.unwrap().is_err(), "the file breaks off, so that it does not seem whole");
}
