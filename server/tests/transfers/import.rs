//! Looking at a bank's file and importing it.

use serde_json::json;

use super::{LINES, ROWS, STATEMENTS, TRANSFERS, announced, balance, paid_in_dirhams, upload};
use crate::portal::first;

#[tokio::test]
async fn a_statement_is_looked_at_then_booked_and_never_twice() {
    let shop = paid_in_dirhams().await;
    let before = balance(&shop).await;
    let transfer = announced(&shop, 25_000).await;
    let file = upload(25_000, transfer["reference"].as_str().unwrap());
    let rows = shop.rows(&ROWS).await;
    let preview = shop.finance.post(&format!("{STATEMENTS}/preview"), &file).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    let line = preview.json()["statements"][0]["lines"][0].clone();
    assert_eq!((&line["plan"], &line["class"], &line["score"]), (&json!("credit"), &json!("exact"), &json!(90)));
    assert_eq!(line["organisation"]["slug"], "acme");
    let rehearsed = shop.finance.post(&format!("{STATEMENTS}?dry_run=true"), &file).await;
    assert_eq!(rehearsed.status, 201, "{rehearsed:?}");
    assert_eq!(first(&rehearsed)["credited"], json!({ "micros": 250_000_000, "currency": "MAD" }));
    assert_eq!(shop.rows(&ROWS).await, rows, "neither looking nor rehearsing stores anything");
    let imported = shop.finance.post(STATEMENTS, &file).await;
    assert_eq!((imported.status, balance(&shop).await), (201, before + 25_000), "{imported:?}");
    let statement = first(&imported);
    assert_eq!((&statement["n_lines"], &statement["n_unmatched"]), (&json!(1), &json!(0)));
    let path = format!("{TRANSFERS}/{}", transfer["id"].as_str().unwrap());
    assert_eq!(shop.owner.get(&path).await.text("state"), "paid");
    let entry = first(&shop.owner.get("/api/v1/organisations/acme/wallet/entries").await);
    assert_eq!(entry["kind"], "top_up");
    let rows = shop.rows(&ROWS).await;
    let again = first(&shop.finance.post(STATEMENTS, &file).await);
    assert_eq!(again["id"], statement["id"]);
    assert_eq!(shop.rows(&ROWS).await, rows);
    let path = format!("{STATEMENTS}/{}", statement["id"].as_str().unwrap());
    assert_eq!(shop.finance.get(&path).await.json(), statement);
    assert_eq!(first(&shop.finance.get(&format!("{path}/lines")).await)["state"], "matched");
    assert_eq!(shop.finance.get(LINES).await.json()["items"], json!([]));
    let unknown = format!("{STATEMENTS}/stm_01ka4c2d00000000000000000z/lines");
    assert_eq!(shop.finance.get(&unknown).await.status, 404);
}

#[tokio::test]
async fn a_broken_file_names_line_and_fault_and_stores_nothing() {
    let shop = paid_in_dirhams().await;
    let before = shop.rows(&ROWS).await;
    let mut broken = upload(25_000, "May");
    broken["content"] =
        json!(broken["content"].as_str().unwrap().replace(":62F:C260302MAD250,00", ":62F:C260302MAD251,00"));
    let mut foreign = upload(25_000, "May");
    foreign["content"] =
        json!(foreign["content"].as_str().unwrap().replace("MA64011519000001205000534921", "DE89370400440532013000"));
    let mut empty = upload(25_000, "May");
    empty["content"] = json!("");
    let mut nameless = upload(25_000, "May");
    nameless["file_name"] = json!(" ");
    let mut unknown = upload(25_000, "May");
    unknown["format"] = json!("pdf");
    let mut sheet = upload(25_000, "May");
    sheet["format"] = json!("csv");
    for (file, field, fact) in [
        (broken, "content", "statement-broken"),
        (foreign, "content", "statement-other-account"),
        (empty, "content", "statement-broken"),
        (nameless, "file_name", "invalid-length"),
        (unknown, "format", "invalid-form"),
        (sheet, "currency", "invalid-required"),
    ] {
        for path in [STATEMENTS.to_owned(), format!("{STATEMENTS}/preview")] {
            let refused = shop.finance.post(&path, &file).await;
            let answer = (refused.status, refused.field(), refused.fact());
            assert_eq!(answer, (422, field.to_owned(), fact.to_owned()), "{refused:?}");
        }
    }
    assert_eq!(shop.rows(&ROWS).await, before);
}

#[tokio::test]
async fn a_file_larger_than_other_documents_is_taken() {
    let shop = paid_in_dirhams().await;
    let mut file = upload(25_000, "May");
    let content = file["content"].as_str().unwrap().to_owned();
    // What stands before the first field is not the statement's.
    file["content"] = json!(format!("{}{content}", "\n".repeat(400 * 1024)));
    let preview = shop.finance.post(&format!("{STATEMENTS}/preview"), &file).await;
    assert_eq!(preview.status, 200, "{preview:?}");
}
