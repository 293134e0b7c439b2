//! Top-ups by bank transfer, and the bank's statements.

mod announce;
mod decide;
mod import;
mod screens;

use serde_json::{Value, json};

use crate::portal::Shop;

pub(super) const TRANSFERS: &str = "/api/v1/organisations/acme/transfers";
pub(super) const STATEMENTS: &str = "/api/v1/staff/bank/statements";
pub(super) const LINES: &str = "/api/v1/staff/bank/lines";
/// Rows that a refusal leaves as they were.
pub(super) const ROWS: [&str; 7] =
    ["transfer_order", "bank_statement", "bank_line", "transfer_receipt", "journal_entry", "posting", "audit"];

/// A shop whose hub is paid in dirhams.
pub(super) async fn paid_in_dirhams() -> Shop {
    let shop = Shop::open().await;
    let account = json!({ "currency": "MAD", "beneficiary": "Hub of Tétouan", "bank": "Bank of Tétouan",
        "iban": "011 519 0000012050005349 21" });
    let set = shop.finance.post("/api/v1/staff/bank/accounts", &account).await;
    assert_eq!((set.status, set.text("iban")), (201, "MA64 0115 1900 0001 2050 0053 4921".to_owned()), "{set:?}");
    shop
}

/// The owner announces so many centimes.
pub(super) async fn announced(shop: &Shop, minor: i64) -> Value {
    let ask = json!({ "amount": { "micros": minor * 10_000, "currency": "MAD" } });
    let answer = shop.owner.post(TRANSFERS, &ask).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()
}

/// A file with one booking of so many centimes.
pub(super) fn upload(minor: i64, remittance: &str) -> Value {
    let decimal = |minor: i64| format!("{},{:02}", minor / 100, minor % 100);
    let content = format!(
        ":20:S1\n:25:MA64011519000001205000534921\n:28C:1/1\n:60F:C260301MAD0,00\n\
         :61:2603020302C{}NTRFNONREF//B1\n:86:166?00TRANSFER?20{remittance}?32Payer 1\n:62F:C260302MAD{}\n-}}\n",
        decimal(minor),
        decimal(minor)
    );
    json!({ "file_name": "march.sta", "format": "mt940", "content": content })
}

/// The balance of the wallet in centimes.
pub(super) async fn balance(shop: &Shop) -> i64 {
    let wallet = shop.owner.get("/api/v1/organisations/acme/wallet").await.json();
    wallet["balance"]["micros"].as_i64().unwrap() / 10_000
}
