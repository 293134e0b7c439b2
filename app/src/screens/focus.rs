//! A month's charges as a file of the FinOps Open Cost and Usage Specification (FOCUS) 1.2: its columns, and what stands in
//! them. What begins with `x_` is ours. Names and allowed values are the specification's, the same in every language.

use crate::sheet;
use domain::{
    Result,
    usage::{FocusCharge, FocusNature, FocusPayer, FocusStretch},
};
use types::UsedId;

/// Decimals of an amount, of seconds, and of hours.
const MICROS: u8 = 6;
const NANOS: u8 = 9;

const COLUMNS: [&str; 42] = [
    "AvailabilityZone",
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "ChargeFrequency",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "ConsumedQuantity",
    "ConsumedUnit",
    "ContractedCost",
    "EffectiveCost",
    "InvoiceId",
    "InvoiceIssuerName",
    "ListCost",
    "ListUnitPrice",
    "PricingQuantity",
    "PricingUnit",
    "ProviderName",
    "PublisherName",
    "RegionId",
    "RegionName",
    "ResourceId",
    "ResourceName",
    "ResourceType",
    "ServiceCategory",
    "ServiceName",
    "ServiceSubcategory",
    "SkuId",
    "SkuMeter",
    "SkuPriceDetails",
    "SkuPriceId",
    "SubAccountId",
    "SubAccountName",
    "x_GrantId",
    "x_GrantName",
    "x_PayerKind",
];

/// The first line.
pub(super) fn head() -> Result<String> {
    sheet::lines([COLUMNS.map(str::to_owned)])
}

/// The lines of charges.
pub(super) fn lines(charges: &[FocusCharge]) -> Result<String> {
    sheet::lines(charges.iter().map(cells))
}

fn cells(charge: &FocusCharge) -> [String; 42] {
    let (bill, stretch) = (&charge.bill, charge.stretch.as_deref());
    let is_usage = charge.nature == FocusNature::Usage;
    let is_volume = stretch.is_some_and(|stretch| matches!(stretch.instance, UsedId::Volume(_)));
    // A volume's gigabyte has 2³⁰ bytes, which the specification calls by its own name.
    let kind = |volume: &str, instance: &str| if is_volume { volume } else { instance }.to_owned();
    // What is of no instance, or of no price, has no value there: the specification wants nothing and not "none".
    let of = |say: fn(&FocusStretch) -> String| stretch.map(say).unwrap_or_default();
    let used = |text: String| if is_usage { text } else { String::new() };
    let money = |micros: i64| sheet::decimal(micros.into(), MICROS);
    let (grant, grant_name, payer) = payer(charge.payer.as_ref());
    [
        of(|stretch| stretch.cluster_name.clone()),
        money(charge.billed),
        bill.organisation.to_string(),
        bill.organisation_name.clone(),
        bill.currency.word().to_owned(),
        bill.period_ended_at.to_string(),
        bill.period_started_at.to_string(),
        category(charge.nature).to_owned(),
        String::new(),
        description(charge),
        if charge.nature == FocusNature::Rounding { "One-Time" } else { "Usage-Based" }.to_owned(),
        charge.ended_at.to_string(),
        charge.started_at.to_string(),
        used(sheet::decimal(charge.unit_micros, MICROS)),
        used(kind("GiB-Seconds", "Unit-Seconds")),
        money(charge.list),
        money(charge.billed),
        bill.invoice.clone().unwrap_or_default(),
        bill.issuer.clone(),
        money(charge.list),
        used(of(|stretch| sheet::decimal(stretch.per_hour.into(), MICROS))),
        used(sheet::decimal(charge.unit_hour_nanos(), NANOS)),
        used(kind("GiB-Hours", "Unit-Hours")),
        bill.provider.clone(),
        bill.provider.clone(),
        of(|stretch| stretch.region.clone()),
        of(|stretch| stretch.region.clone()),
        of(|stretch| stretch.instance.to_string()),
        of(|stretch| stretch.instance_name.clone()),
        stretch.map(|_| kind("Volume", "Instance")).unwrap_or_default(),
        kind("Storage", "Compute"),
        kind("Volumes", "GPU instances"),
        kind("Block Storage", "Containers"),
        used(of(|stretch| stretch.flavour.to_string())),
        used(kind("Storage", "GPU time")),
        String::new(),
        used(of(|stretch| stretch.price.to_string())),
        of(|stretch| stretch.project.to_string()),
        of(|stretch| stretch.project_name.clone()),
        grant,
        grant_name,
        payer,
    ]
}

fn category(nature: FocusNature) -> &'static str {
    match nature {
        FocusNature::Usage => "Usage",
        FocusNature::Tax => "Tax",
        FocusNature::Rounding => "Adjustment",
    }
}

/// What it is, from what is called somehow anyway: the flavour and units, the tax's category and rate, the invoice.
fn description(charge: &FocusCharge) -> String {
    match (charge.nature, charge.stretch.as_deref()) {
        (FocusNature::Usage, Some(stretch)) => format!("{} × {}", stretch.flavour_name, stretch.units),
        (FocusNature::Tax, Some(stretch)) => {
            format!("{} {} %", stretch.category.word(), sheet::decimal(stretch.rate_ppm.into(), 4))
        }
        _ => charge.bill.invoice.clone().unwrap_or_default(),
    }
}

/// The grant's id and name, and what kind of payer it is.
fn payer(payer: Option<&FocusPayer>) -> (String, String, String) {
    match payer {
        Some(FocusPayer::Lot { id, kind, name }) => (id.to_string(), name.clone(), kind.word().to_owned()),
        Some(FocusPayer::Wallet) => (String::new(), String::new(), "wallet".to_owned()),
        None => (String::new(), String::new(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specifications_columns_are_in_order_once_each_and_ours_behind_them() {
        let ours = COLUMNS.iter().position(|column| column.starts_with("x_")).unwrap();
        assert!(COLUMNS[..ours].is_sorted() && COLUMNS[ours..].is_sorted());
        assert!(COLUMNS[ours..].iter().all(|column| column.starts_with("x_")));
        // Those that it calls mandatory.
        for column in [
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName",
        ] {
            assert!(COLUMNS.contains(&column), "{column}");
        }
    }
}
