//! The declaration of VAT: what it says of which month and currency, as a page and as a file.

use serde_json::{Value, json};
use types::StaffRole;

use crate::portal::{Shop, TestPortal, mad};

const VAT: &str = "/api/v1/staff/books/vat";
const HEAD: &str = "month,currency,category,rate,reason,invoiced_taxable,invoiced_tax,credited_taxable,credited_tax,\
                    taxable,tax";

fn sum(taxable: i64, tax: i64) -> Value {
    json!({ "taxable": mad(taxable), "tax": mad(tax) })
}

#[tokio::test]
async fn invoices_without_credit_notes_are_declared_in_the_month_of_issue_as_the_ledger_booked_them() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    assert_eq!(finance.get(VAT).await.json()["rows"], json!([]), "a draft is not declared");
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let credit = json!({ "lines": [{ "line": 1, "amount": mad(20) }], "reason": "A node fault." });
    assert_eq!(finance.post(&format!("{draft}/credit-notes"), &credit).await.status, 201);
    let auditor = shop.portal.staff(StaffRole::Auditor).await;
    let april = auditor.get(VAT).await.json();
    let row = json!({
        "category": "S", "rate_ppm": 200_000, "reason_code": null,
        "invoiced": sum(60, 12), "credited": sum(20, 4), "sum": sum(40, 8),
    });
    assert_eq!((&april["rows"], &april["sum"], &april["booked"]), (&json!([row]), &sum(40, 8), &mad(8)));
    assert_eq!(
        (&april["month"], &april["before"], &april["after"]),
        (&json!("2026-04"), &json!("2026-03"), &Value::Null)
    );
    assert_eq!(auditor.get(&format!("{VAT}?month=2026-03")).await.json()["rows"], json!([]), "used, not issued");
    assert_eq!(auditor.get(&format!("{VAT}?currency=EUR")).await.json()["rows"], json!([]));
    let file = auditor.get("/staff/books/vat.csv?month=2026-04").await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"vat-2026-04-MAD.csv\"");
    assert_eq!(file.body, format!("{HEAD}\r\n2026-04,MAD,S,20,,60,12,20,4,40,8\r\n"));
    let page = auditor.get("/staff/books/vat?month=2026-04").await;
    for said in ["as much as the ledger booked", "href=\"/staff/books/vat?month=2026-03\"", "vat.csv?month=2026-04"] {
        assert!(page.body.contains(said), "{said} is not on {}", page.body);
    }
}

#[tokio::test]
async fn a_declaration_of_no_month_or_currency_is_refused_by_its_field() {
    let portal = TestPortal::new().await;
    let auditor = portal.staff(StaffRole::Auditor).await;
    for (asked, field) in [("month=soon", "month"), ("month=2026-13", "month"), ("currency=DEM", "currency")] {
        let refused = auditor.get(&format!("{VAT}?{asked}")).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{asked}");
        for path in ["/staff/books/vat", "/staff/books/vat.csv"] {
            assert_eq!(auditor.get(&format!("{path}?{asked}")).await.status, 422, "{path}?{asked}");
        }
    }
}
