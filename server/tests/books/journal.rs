//! The journal, in pages and as a file: every posting with its exact amount and its document, and no formula.

use futures_util::StreamExt;
use serde_json::{Value, json};
use types::StaffRole;

use crate::portal::{Shop, TestPortal};

const JOURNAL: &str = "/api/v1/staff/books/journal";
const FILE: &str = "/staff/books/journal.csv";
const HEAD: &str = "entry,line,booked_at,kind,organisation,organisation_id,account,unit,debit,credit,document,note";

/// More entries of `acme` than two readings hold, one a second.
const ENTRIES: &str = "WITH entry AS (
        INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
        SELECT gen_random_uuid(), o.id, 'many-' || n, 'settlement', '{\"note\": \"=1+1\"}',
            '2026-03-02T08:00:00Z'::timestamptz + n * interval '1 second', ''
        FROM organisation o, generate_series(1, 450) n WHERE o.slug = 'acme' RETURNING id, organisation_id)
    INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
    SELECT entry.id, side.line, entry.organisation_id, house_account(side.kind, 'MAD'), side.amount
    FROM entry, (VALUES (1, 'receivable', -1), (2, 'accrued', 1)) AS side (line, kind, amount)";

#[tokio::test]
async fn entries_come_in_order_with_their_lines_and_the_document_behind_them() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    let issued = finance.post(&format!("{draft}/finalise"), &seen).await.json();
    let whole = finance.get(JOURNAL).await.json();
    let entries = whole["items"].as_array().unwrap();
    let kinds: Vec<_> = entries.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["top_up", "settlement", "invoice"]);
    assert_eq!((&entries[0]["note"], &entries[0]["document"]), (&json!("BMCE 1"), &Value::Null));
    assert_eq!(
        (&entries[2]["document"], &entries[2]["organisation_name"]),
        (&issued["invoice"]["number"], &json!("ACME"))
    );
    let lines = json!([
        { "line": 1, "account": "bank", "unit": "MAD", "amount": -10_000_000_000_i64 },
        { "line": 2, "account": "wallet", "unit": "MAD", "amount": 10_000_000_000_i64 },
    ]);
    assert_eq!(entries[0]["lines"], lines);
    let (mut cursor, mut paged) = (String::new(), Vec::new());
    loop {
        let page = finance.get(&format!("{JOURNAL}?limit=1{cursor}")).await.json();
        paged.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(&paged, entries);
    let march = finance.get(&format!("{JOURNAL}?from=2026-03-02&to=2026-03-31&currency=MAD")).await.json();
    assert_eq!(march["items"], json!([entries[0]]));
    assert_eq!(finance.get(&format!("{JOURNAL}?currency=USD")).await.json()["items"], json!([]));
    for (asked, field) in [("from=2026-03-03&to=2026-03-02", "to"), ("from=x", "from"), ("cursor=x", "cursor")] {
        let refused = finance.get(&format!("{JOURNAL}?{asked}")).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{asked}");
    }
}

#[tokio::test]
async fn the_file_has_exact_amounts_on_two_sides_and_no_formula() {
    let shop = Shop::open().await;
    let transfer = json!({ "reference": "=1+1, \"x\"", "amount": { "micros": 1_000_001, "currency": "MAD" } });
    let path = "/api/v1/organisations/acme/wallet/transfers";
    assert_eq!(shop.finance.post(path, &transfer).await.status, 200);
    let hours = json!({ "kind": "promo", "name": "Welcome", "reason": "a test",
        "amount": { "unit": "gpu_seconds", "flavour": shop.flavour, "seconds": 3_600 } });
    assert_eq!(shop.incubator.post("/api/v1/organisations/acme/lots", &hours).await.status, 201);
    let answer = shop.finance.get(&format!("{FILE}?currency=MAD&from=2026-03-02&to=2026-03-02")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"journal-2026-03-02.csv\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let lines: Vec<_> = answer.body.split("\r\n").collect();
    assert_eq!((lines.len(), lines[0], lines[5]), (6, HEAD, ""), "two entries of two lines: {}", answer.body);
    let ends = |line: &str, end: &str| assert!(line.ends_with(end), "{line} ends with {end}");
    let who = format!("2026-03-02T09:00:00Z,top_up,ACME,{}", shop.acme);
    for line in &lines[1..5] {
        assert!(line.contains(&who), "{line}");
    }
    let find = |end: &str| lines.iter().filter(|line| line.ends_with(end)).count();
    for end in [
        ",bank,MAD,10000.000000,,,BMCE 1",
        ",wallet,MAD,,10000.000000,,BMCE 1",
        ",bank,MAD,1.000001,,,\"'=1+1, \"\"x\"\"\"",
        ",wallet,MAD,,1.000001,,\"'=1+1, \"\"x\"\"\"",
    ] {
        assert_eq!(find(end), 1, "{end} in {}", answer.body);
    }
    // Without a currency GPU time too, in whole seconds.
    let whole = shop.finance.get(FILE).await.body;
    let given: Vec<_> = whole.split("\r\n").filter(|line| line.contains(",gpu_s:")).collect();
    assert_eq!(given.len(), 2, "{whole}");
    ends(given[0], ",3600,,,a test");
    ends(given[1], ",,3600,,a test");
    assert_eq!(shop.finance.get(&format!("{FILE}?currency=EUR")).await.body, format!("{HEAD}\r\n"));
    assert_eq!(shop.finance.get(&format!("{FILE}?from=yesterday")).await.status, 422);
    assert_eq!(shop.finance.get(&format!("{FILE}?from=2026-03-03&to=2026-03-02")).await.status, 422);
}

#[tokio::test]
async fn the_file_is_read_to_its_end_and_no_longer_than_one_may_read_it() {
    let portal = TestPortal::new().await;
    portal.organisation("acme").await;
    portal.as_owner(ENTRIES).await;
    let auditor = portal.staff(StaffRole::Auditor).await;
    let whole = auditor.get(FILE).await.body;
    assert_eq!(whole.matches("\r\n").count(), 901, "the head and two lines for each of 450 entries");
    assert_eq!(whole.matches(",receivable,MAD,0.000001,,,'=1+1\r\n").count(), 450);
    let mut file = auditor.download(FILE).await;
    let first = file.next().await.unwrap().unwrap();
    assert!(first.starts_with(HEAD.as_bytes()) && first.len() > 10_000);
    portal.as_owner("DELETE FROM staff WHERE role = 'auditor'").await;
    assert!(file.next().await.unwrap().is_err(), "the file breaks off, so that it does not seem whole");
}
