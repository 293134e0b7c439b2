//! The rules that an installation begins with, by the seller's country. Finance changes them as data.

use sea_orm::ConnectionTrait;
use types::{TaxCategory, TaxRuleId, Timestamp, WithheldOf, WithholdingRate};

use super::Row;
use crate::{Result, founding::Founding};

pub(super) const INSERT: &str = "INSERT INTO tax_rule
    (id, country, is_business, category, rate_ppm, reason_code, advance_invoice, started_at, withheld_of, withheld_ppm)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// 2000-01-01T00:00:00Z: before anything was sold.
const BEGINNING: i64 = 946_684_800;

const EUROPEAN_UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Country, business or not, category, rate in millionths, reason.
type Default = (&'static str, bool, TaxCategory, i32, Option<&'static str>);

/// What a seller in `country` begins with; nothing where we do not know its law.
fn default_rules(country: &str) -> Vec<Default> {
    if country != "MA" {
        return Vec::new();
    }
    let export = Some("VATEX-EU-G");
    let mut rules = vec![
        ("MA", true, TaxCategory::Standard, 200_000, None),
        ("MA", false, TaxCategory::Standard, 200_000, None),
        ("*", true, TaxCategory::Export, 0, export),
        ("*", false, TaxCategory::Export, 0, export),
        // The United Nations and their agencies have the reserved code UN.
        ("UN", true, TaxCategory::Exempt, 0, Some("VATEX-EU-151")),
        ("UN", false, TaxCategory::Exempt, 0, Some("VATEX-EU-151")),
    ];
    rules.extend(EUROPEAN_UNION.map(|country| (country, true, TaxCategory::ReverseCharge, 0, Some("VATEX-EU-AE"))));
    rules
}

/// What businesses of the seller's country may withhold of what they are charged with tax: of services, three quarters
/// of it.
fn default_withholding(country: &str, is_business: bool, category: TaxCategory) -> Option<WithholdingRate> {
    let withholds = country == "MA" && is_business && category == TaxCategory::Standard;
    withholds.then_some(WithholdingRate { of: WithheldOf::Tax, rate_ppm: 750_000 })
}

impl<C: ConnectionTrait> Founding<C> {
    /// Stores the rules that a seller in `country` begins with.
    ///
    /// # Errors
    /// A conflict when there are rules already.
    pub(crate) async fn adopt_tax_rules(&self, country: &str) -> Result<()> {
        let started_at = Timestamp::from_second(BEGINNING);
        for (country, is_business, category, rate_ppm, reason) in default_rules(country) {
            let withholding = default_withholding(country, is_business, category);
            let row = Row {
                id: TaxRuleId::new(started_at),
                country: country.to_owned(),
                is_business,
                category,
                rate_ppm,
                reason_code: reason.map(str::to_owned),
                advance_invoice: false,
                started_at,
                ended_at: None,
                withheld_of: withholding.map(|withholding| withholding.of),
                withheld_ppm: withholding.map(|withholding| withholding.rate_ppm),
            };
            self.run(INSERT, row.values()).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_but_the_standard_one_names_its_reason() {
        for (country, _, category, rate_ppm, reason) in default_rules("MA") {
            let taxed = category == TaxCategory::Standard;
            assert_eq!((reason.is_none(), rate_ppm != 0), (taxed, taxed), "{country}");
        }
    }
}
