//! Tax as data: which rule holds for a buyer at an instant, and setting a new one from a date.

mod defaults;
mod rules;

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{List, SetTaxRule, TaxCategory, TaxRuleId, TaxRuleView, Timestamp, WithheldOf, WithholdingRate};

use super::rules as versions;
use crate::{
    Database, Error, Open, Result,
    access::{Survey, policy::SetPrices},
    audit::{self, Change},
    commands::{self, Command, Installation},
};

/// How sales to the buyers of a country are taxed while the version holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct TaxRule {
    /// The version's id.
    pub id: TaxRuleId,
    /// The rate in millionths.
    pub rate_ppm: i32,
    /// How the sale is taxed.
    pub category: TaxCategory,
    /// The legal reason for no tax, as a VATEX code.
    pub reason_code: Option<String>,
    /// The first second at which it holds for the buyer.
    pub started_at: Timestamp,
    /// The first second at which it no longer does.
    pub ended_at: Option<Timestamp>,
}

#[derive(Clone, Serialize, FromQueryResult)]
struct Row {
    id: TaxRuleId,
    country: String,
    is_business: bool,
    category: TaxCategory,
    rate_ppm: i32,
    reason_code: Option<String>,
    advance_invoice: bool,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    withheld_of: Option<WithheldOf>,
    withheld_ppm: Option<i32>,
}

const COLUMNS: &str =
    "id, country, is_business, category, rate_ppm, reason_code, advance_invoice, started_at, ended_at, withheld_of,
    withheld_ppm";

/// The rule for a buyer at an instant: the country's own, else the one for every country.
///
/// # Errors
/// A conflict when the installation has no rule for the buyer then.
pub async fn tax_rule_at_in(open: &Open, country: &str, is_business: bool, at: Timestamp) -> Result<TaxRule> {
    let rules = tax_rules_between_in(open, country, is_business, at, at.plus_seconds(1)).await?;
    let holds = |rule: &TaxRule| rule.started_at <= at && rule.ended_at.is_none_or(|end| end > at);
    rules.into_iter().find(holds).ok_or(Error::Conflict("no-tax-rule"))
}

/// The rules that hold for a buyer at some second of `[from, to)`, the earliest first; they do not overlap.
///
/// # Errors
/// Only the database's own.
pub async fn tax_rules_between_in(
    open: &Open,
    country: &str,
    is_business: bool,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<TaxRule>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tax_rule WHERE country IN ($1, '*') AND is_business = $2
         AND started_at < $4 AND (ended_at IS NULL OR ended_at > $3) ORDER BY started_at"
    );
    let rows: Vec<Row> = open.all(&sql, [country.into(), is_business.into(), from.into(), to.into()]).await?;
    let (general, own): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.country == "*");
    Ok(rules::prevailing(own.into_iter().map(Row::rule).collect(), general.into_iter().map(Row::rule).collect()))
}

/// All rules, by country, the latest first.
///
/// # Errors
/// Only the database's own.
pub async fn list_tax_rules(open: &Open, _: &Survey<SetPrices>) -> Result<List<TaxRuleView>> {
    let sql = format!("SELECT {COLUMNS} FROM tax_rule ORDER BY country, is_business, started_at DESC LIMIT 2000");
    let rows: Vec<Row> = open.all(&sql, []).await?;
    Ok(List { items: rows.into_iter().map(Row::view).collect(), next_cursor: None })
}

/// Sets the tax rule for a country's buyers from a date; the version before ends then.
///
/// # Errors
/// `Invalid` for what cannot be; a conflict when a version is scheduled from that date or later.
pub async fn set_tax_rule(
    db: &Database,
    survey: &Survey<SetPrices>,
    ask: SetTaxRule,
    command: Command,
    now: Timestamp,
) -> Result<TaxRuleView> {
    let from = versions::beginning(ask.started_at, now)?;
    let ask = rules::checked(ask)?;
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| set_in(tx, &ask, from).await).await
}

async fn set_in(open: &Open, ask: &SetTaxRule, from: Timestamp) -> Result<TaxRuleView> {
    let known = lock(open, &ask.country, ask.is_business).await?;
    let stretches: Vec<_> = known.iter().map(Row::stretch).collect();
    let before = versions::ended_by(&stretches, from).ok_or(Error::Conflict("tax-rule-overlaps"))?;
    let before = before.map(|before| known[before].clone());
    if let Some(before) = &before {
        let sql = "UPDATE tax_rule SET ended_at = $2 WHERE id = $1";
        open.run(sql, [before.id.into(), from.into()]).await?;
    }
    let row = Row {
        id: TaxRuleId::new(open.now),
        country: ask.country.clone(),
        is_business: ask.is_business,
        category: ask.category,
        rate_ppm: ask.rate_ppm,
        reason_code: ask.reason_code.clone(),
        advance_invoice: ask.advance_invoice,
        started_at: from,
        ended_at: None,
        withheld_of: ask.withholding.map(|withholding| withholding.of),
        withheld_ppm: ask.withholding.map(|withholding| withholding.rate_ppm),
    };
    open.run(defaults::INSERT, row.values()).await?;
    let change = Change { verb: "tax_rule.set", subject: row.id.to_string(), before, after: Some(&row) };
    audit::record_installation(open, change).await?;
    Ok(row.view())
}

async fn lock(open: &Open, country: &str, is_business: bool) -> Result<Vec<Row>> {
    let lock = "SELECT 1 FROM tax_rule WHERE country = $1 AND is_business = $2 ORDER BY id FOR NO KEY UPDATE";
    open.run(lock, [country.into(), is_business.into()]).await?;
    let sql = format!("SELECT {COLUMNS} FROM tax_rule WHERE country = $1 AND is_business = $2 ORDER BY started_at");
    open.all(&sql, [country.into(), is_business.into()]).await
}

impl Row {
    fn rule(self) -> TaxRule {
        let Self { id, rate_ppm, category, reason_code, started_at, ended_at, .. } = self;
        TaxRule { id, rate_ppm, category, reason_code, started_at, ended_at }
    }

    fn stretch(&self) -> versions::Stretch {
        versions::Stretch { started_at: self.started_at, ended_at: self.ended_at }
    }

    fn values(&self) -> [sea_orm::Value; 10] {
        [
            self.id.into(),
            self.country.clone().into(),
            self.is_business.into(),
            self.category.word().into(),
            self.rate_ppm.into(),
            self.reason_code.clone().into(),
            self.advance_invoice.into(),
            self.started_at.into(),
            self.withheld_of.map(WithheldOf::word).into(),
            self.withheld_ppm.into(),
        ]
    }

    fn view(self) -> TaxRuleView {
        TaxRuleView {
            id: self.id,
            country: self.country,
            is_business: self.is_business,
            category: self.category,
            rate_ppm: self.rate_ppm,
            reason_code: self.reason_code,
            advance_invoice: self.advance_invoice,
            withholding: self.withheld_of.zip(self.withheld_ppm).map(|(of, rate_ppm)| WithholdingRate { of, rate_ppm }),
            started_at: self.started_at,
            ended_at: self.ended_at,
        }
    }
}
