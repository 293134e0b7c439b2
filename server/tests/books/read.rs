//! Trial balance, ageing and revenue: what they say, of which currency and day, and what they cannot be asked.

use serde_json::{Value, json};
use types::StaffRole;

use crate::portal::{Shop, TestPortal, first, mad};

const BOOKS: &str = "/api/v1/staff/books";

/// What `acme` came to owe in the first hour: 5 MAD.
const DEBT: &str = "WITH entry AS (
        INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
        SELECT gen_random_uuid(), id, 'debt', 'settlement', '{}', '2026-03-02T09:30:00Z', '' FROM organisation
        WHERE slug = 'acme' RETURNING id, organisation_id)
    INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
    SELECT entry.id, side.line, entry.organisation_id, house_account(side.kind, 'MAD'), side.amount
    FROM entry, (VALUES (1, 'receivable', -5000000), (2, 'accrued', 5000000)) AS side (line, kind, amount)";

/// The balance of a kind of account, as dirhams on the wire; nothing where it has no row.
fn row(balance: &Value, account: &str) -> Value {
    let rows = balance["accounts"].as_array().unwrap();
    rows.iter().find(|row| row["account"] == account).map_or(Value::Null, |row| row["balance"].clone())
}

#[tokio::test]
async fn the_trial_balance_comes_to_zero_and_each_row_leads_to_its_organisations() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let auditor = shop.portal.staff(StaffRole::Auditor).await;
    let balance = auditor.get(&format!("{BOOKS}/trial-balance")).await.json();
    let rows = ["bank", "wallet", "revenue", "tax", "accrued"].map(|account| row(&balance, account));
    assert_eq!(rows, [mad(-10_000), mad(9_928), mad(60), mad(12), mad(0)]);
    assert_eq!((&balance["difference"], &balance["debit"]), (&mad(0), &balance["credit"]));
    assert_eq!(finance.get(&format!("{BOOKS}/trial-balance?currency=MAD")).await.json(), balance);
    let wallets = format!("{BOOKS}/accounts/wallet");
    let part = first(&auditor.get(&wallets).await);
    assert_eq!((&part["slug"], &part["part"]["balance"]), (&json!("acme"), &mad(9_928)));
    assert_eq!((&part["part"]["debit"], &part["part"]["credit"]), (&mad(72), &mad(10_000)));
    // Each day as it was, each currency by itself.
    let first_day = auditor.get(&format!("{BOOKS}/trial-balance?day=2026-03-02")).await.json();
    assert_eq!([row(&first_day, "bank"), row(&first_day, "wallet")], [mad(-10_000), mad(10_000)]);
    assert_eq!(first_day["accounts"].as_array().unwrap().len(), 2);
    let before = auditor.get(&format!("{BOOKS}/trial-balance?day=2026-03-01")).await.json();
    assert_eq!(before["accounts"], json!([]));
    assert_eq!(auditor.get(&format!("{wallets}?day=2026-03-01")).await.json()["items"], json!([]));
    let euros = auditor.get(&format!("{BOOKS}/trial-balance?currency=EUR")).await.json();
    assert_eq!((&euros["accounts"], &euros["debit"]["currency"]), (&json!([]), &json!("EUR")));
    let page = auditor.get("/staff/books").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("href=\"/staff/books/accounts/wallet\"") && page.body.contains("balanced"));
}

#[tokio::test]
async fn revenue_stands_in_the_month_of_its_invoice_and_prepayments_at_each_months_end() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let revenue = async || finance.get(&format!("{BOOKS}/revenue")).await.json()["months"].clone();
    let months = revenue().await;
    let (march, april) = (&months[10], &months[11]);
    assert_eq!(months.as_array().unwrap().len(), 12);
    assert_eq!((&march["accrued"], &march["prepaid"]), (&mad(0), &mad(10_000)));
    assert_eq!((&april["revenue"], &april["accrued"], &april["prepaid"]), (&mad(0), &mad(60), &mad(9_928)));
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let credit = json!({ "lines": [{ "line": 1, "amount": mad(20) }], "reason": "A node fault." });
    assert_eq!(finance.post(&format!("{draft}/credit-notes"), &credit).await.status, 201);
    let months = revenue().await;
    let april = &months[11];
    assert_eq!((&april["invoiced"], &april["credited"], &april["revenue"]), (&mad(60), &mad(20), &mad(40)));
    assert_eq!((&april["accrued"], &april["prepaid"]), (&mad(0), &mad(9_952)));
    assert_eq!((&april["sponsored"], &april["promo"]), (&mad(0), &mad(0)));
}

#[tokio::test]
async fn a_debt_grows_older_until_it_is_paid() {
    let portal = TestPortal::new().await;
    portal.organisation("acme").await;
    portal.as_owner(DEBT).await;
    portal.pass(40 * 86_400);
    let (auditor, finance) = (portal.staff(StaffRole::Auditor).await, portal.staff(StaffRole::Finance).await);
    let ageing = async |day: &str| auditor.get(&format!("{BOOKS}/ageing?day={day}")).await.json();
    let now = auditor.get(&format!("{BOOKS}/ageing")).await.json();
    let owes = &now["organisations"][0];
    assert_eq!((&owes["slug"], &owes["oldest_at"]), (&json!("acme"), &json!("2026-03-02T09:30:00Z")));
    assert_eq!((&owes["unpaid"]["to_30"], &owes["unpaid"]["to_60"]), (&mad(0), &mad(5)));
    assert_eq!((&now["unpaid"], &now["n_organisations"]), (&owes["unpaid"], &json!(1)));
    assert_eq!(ageing("2026-03-20").await["unpaid"]["to_30"], mad(5));
    assert_eq!(ageing("2026-03-01").await["organisations"], json!([]));
    let transfer = json!({ "reference": "BMCE 2", "amount": mad(2) });
    let path = "/api/v1/organisations/acme/wallet/transfers";
    assert_eq!(finance.post(path, &transfer).await.status, 200);
    let now = auditor.get(&format!("{BOOKS}/ageing")).await.json();
    assert_eq!((&now["unpaid"]["to_60"], &now["unpaid"]["total"]), (&mad(3), &mad(3)));
    assert_eq!(ageing("2026-03-20").await["unpaid"]["total"], mad(5), "a day that is over stays as it was");
    let page = auditor.get("/staff/books/ageing").await;
    assert!(page.status == 200 && page.body.contains("href=\"/staff/organisations/acme\""));
}

#[tokio::test]
async fn what_the_books_cannot_be_asked_names_its_field() {
    let portal = TestPortal::new().await;
    let auditor = portal.staff(StaffRole::Auditor).await;
    for sheet in ["trial-balance", "accounts/wallet", "ageing", "revenue"] {
        for (asked, field) in [("day=yesterday", "day"), ("day=1999-01-01", "day"), ("currency=DEM", "currency")] {
            let refused = auditor.get(&format!("{BOOKS}/{sheet}?{asked}")).await;
            assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{sheet} {asked}");
        }
    }
    assert_eq!(auditor.get(&format!("{BOOKS}/accounts/nothing")).await.status, 404);
    for path in ["/staff/books", "/staff/books/accounts/wallet", "/staff/books/ageing", "/staff/books/revenue"] {
        assert_eq!(auditor.get(path).await.status, 200, "{path}");
        assert_eq!(auditor.get(&format!("{path}?currency=EUR&day=2026-03-01")).await.status, 200, "{path}");
        assert_eq!(auditor.get(&format!("{path}?day=31%2F10%2F2026")).await.status, 422, "{path}");
        assert_eq!(auditor.get(&format!("{path}?currency=DEM")).await.status, 422, "{path}");
    }
    assert_eq!(auditor.get("/staff/books/accounts/nothing").await.status, 404);
}
