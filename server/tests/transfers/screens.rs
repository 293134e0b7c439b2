//! Finance's screens: looking at a file, booking it, deciding what waits, without JavaScript.

use super::{LINES, announced, balance, paid_in_dirhams, upload};
use crate::portal::{Shop, first};

/// A form with the file of `upload` in it.
fn form(file: &serde_json::Value, key: &str) -> String {
    let text = |name: &str| file[name].as_str().unwrap().to_owned();
    let fields = [
        ("file_name", text("file_name")),
        ("format", text("format")),
        ("content", text("content")),
        ("idempotency_key", key.to_owned()),
    ];
    fields.map(|(name, value)| format!("{name}={}", encoded(&value))).join("&")
}

/// As a browser sends it: what is neither letter nor digit by its bytes.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        plain if plain.is_ascii_alphanumeric() => char::from(plain).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[tokio::test]
async fn a_file_is_pasted_looked_at_and_booked_by_forms_alone() {
    let shop: Shop = paid_in_dirhams().await;
    let before = balance(&shop).await;
    let transfer = announced(&shop, 25_000).await;
    let reference = transfer["reference"].as_str().unwrap();
    let file = upload(25_000, reference);
    let page = shop.finance.form("/staff/bank/import/preview", &form(&file, "")).await;
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.body.contains("name=\"content\"") && page.body.contains(reference), "the file goes along");
    assert_eq!(balance(&shop).await, before, "looking books nothing");
    let booked = shop.finance.form("/staff/bank/import", &form(&file, "k1")).await;
    assert_eq!((booked.status, balance(&shop).await), (303, before + 25_000), "{booked:?}");
    let statement = booked.header("location").to_owned();
    assert!(statement.starts_with("/staff/bank/statements/stm_"), "{statement}");
    assert!(shop.finance.get(&statement).await.body.contains("march.sta"));
    let mut broken = upload(25_000, "May");
    broken["content"] = "nothing".into();
    let refused = shop.finance.form("/staff/bank/import/preview", &form(&broken, "")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("aria-invalid=\"true\"") && refused.body.contains("MT940"), "{refused:?}");
}

#[tokio::test]
async fn a_line_that_waits_is_credited_and_undone_by_forms_alone() {
    let shop = paid_in_dirhams().await;
    let before = balance(&shop).await;
    shop.finance.form("/staff/bank/import", &form(&upload(25_000, "thank you"), "k1")).await;
    let id = first(&shop.finance.get(LINES).await)["id"].as_str().unwrap().to_owned();
    assert!(shop.finance.get("/staff/bank").await.body.contains(&id), "what waits stands on the first page");
    let path = format!("/staff/bank/lines/{id}");
    let refused = shop.finance.form(&format!("{path}/match"), "organisation=nobody&idempotency_key=k2").await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"nobody\""), "what was written stays");
    let matched = shop.finance.form(&format!("{path}/match"), "organisation=acme&idempotency_key=k3").await;
    assert_eq!((matched.status, balance(&shop).await), (303, before + 25_000), "{matched:?}");
    let undone = shop.finance.form(&format!("{path}/undo"), "reason=somebody+else&idempotency_key=k4").await;
    assert_eq!((undone.status, balance(&shop).await), (303, before), "{undone:?}");
}
