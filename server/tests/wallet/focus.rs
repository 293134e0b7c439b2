//! A month's charges as a file for cost tools: of one organisation, and of all.

use std::collections::BTreeMap;

use crate::portal::Shop;

/// The cells of a file's lines, by the names of their columns; none of the tests' cells holds a comma.
fn rows(body: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = body.split("\r\n").filter(|line| !line.is_empty());
    let names: Vec<_> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            assert_eq!(cells.len(), names.len(), "{line}");
            names.iter().copied().zip(cells).collect()
        })
        .collect()
}

#[tokio::test]
async fn the_file_for_cost_tools_has_a_row_of_usage_and_one_of_its_tax_for_each_payer() {
    let shop = Shop::open().await;
    shop.drafted().await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let file = owner.get("/o/acme/usage.focus.csv?month=2026-03").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"focus-acme-2026-03.csv\"");
    let rows = rows(&file.body);
    assert_eq!(rows.len(), 2, "{}", file.body);
    for (column, usage, tax) in [
        ("BilledCost", "60", "12"),
        ("EffectiveCost", "60", "12"),
        ("ListCost", "60", "12"),
        ("ContractedCost", "60", "12"),
        ("ListUnitPrice", "30", ""),
        ("BillingCurrency", "MAD", "MAD"),
        ("ChargeCategory", "Usage", "Tax"),
        ("ChargeClass", "", ""),
        ("ChargeFrequency", "Usage-Based", "Usage-Based"),
        ("ChargePeriodStart", "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"),
        ("ChargePeriodEnd", "2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z"),
        ("ConsumedQuantity", "7200", ""),
        ("ConsumedUnit", "Unit-Seconds", ""),
        ("PricingQuantity", "2", ""),
        ("PricingUnit", "Unit-Hours", ""),
        ("InvoiceId", "", ""),
        ("ResourceName", "train-1", "train-1"),
        ("ServiceCategory", "Compute", "Compute"),
        ("SubAccountId", shop.project.as_str(), shop.project.as_str()),
        ("x_PayerKind", "wallet", "wallet"),
    ] {
        assert_eq!((rows[0][column], rows[1][column]), (usage, tax), "{column}");
    }
    assert!(!rows[0]["SkuPriceId"].is_empty() && rows[1]["SkuPriceId"].is_empty());
    let nothing = owner.get("/o/acme/usage.focus.csv?month=2026-02").await.body;
    assert_eq!(nothing.split("\r\n").count(), 2, "the head and a break at the end");
    assert_eq!(owner.get("/o/acme/usage.focus.csv?month=soon").await.status, 422);
}

#[tokio::test]
async fn finance_has_the_same_rows_of_all_organisations_in_one_file() {
    let shop = Shop::open().await;
    let (finance, _) = shop.drafted().await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let own = owner.get("/o/acme/usage.focus.csv?month=2026-03").await;
    let all = finance.get("/staff/usage.focus.csv?month=2026-03").await;
    assert_eq!(all.header("content-disposition"), "attachment; filename=\"focus-2026-03.csv\"");
    assert_eq!(all.body, own.body, "nobody else used anything");
    assert_eq!(finance.get("/staff/usage.focus.csv?month=2026-13").await.status, 422);
}
