//! Which of the country's own rules and the general ones holds when, without a database.

use types::{SetTaxRule, TaxCategory, Timestamp};

use super::TaxRule;
use crate::{Error, Result, Rule};

/// The request, or what is wrong with it.
pub(super) fn checked(ask: SetTaxRule) -> Result<SetTaxRule> {
    let is_country = ask.country.len() == 2 && ask.country.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_country && ask.country != "*" {
        return Err(Error::Invalid { field: "country", rule: Rule::Known });
    }
    let taxed = ask.category == TaxCategory::Standard;
    let max = if taxed { 1_000_000 } else { 0 };
    if !(0..=max).contains(&ask.rate_ppm) {
        return Err(Error::Invalid { field: "rate_ppm", rule: Rule::Range { min: 0, max: max.into() } });
    }
    if ask.withholding.is_some_and(|withholding| !(1..=1_000_000).contains(&withholding.rate_ppm)) {
        return Err(Error::Invalid { field: "withholding", rule: Rule::Range { min: 1, max: 1_000_000 } });
    }
    let has_reason = ask.reason_code.as_deref().is_some_and(|code| !code.trim().is_empty());
    if taxed == has_reason {
        return Err(Error::Invalid { field: "reason_code", rule: Rule::Required });
    }
    Ok(SetTaxRule { reason_code: ask.reason_code.filter(|_| !taxed), ..ask })
}

/// The country's own rules, and the general ones cut to where the country has none; the earliest first.
/// Both come in order and without overlap, and so does the answer.
pub(super) fn prevailing(own: Vec<TaxRule>, general: Vec<TaxRule>) -> Vec<TaxRule> {
    let mut rules: Vec<TaxRule> = general.into_iter().flat_map(|rule| remains(rule, &own)).collect();
    rules.extend(own);
    rules.sort_by_key(|rule| rule.started_at);
    rules
}

/// What is left of a rule where none of `others` holds.
fn remains(rule: TaxRule, others: &[TaxRule]) -> Vec<TaxRule> {
    let mut left = Vec::new();
    let mut from = Some(rule.started_at);
    for other in others {
        let Some(begin) = from else { break };
        let until = earlier(rule.ended_at, Some(other.started_at));
        left.extend(cut(&rule, begin, until));
        from = other.ended_at.map(|end| end.max(begin));
    }
    left.extend(from.and_then(|begin| cut(&rule, begin, rule.ended_at)));
    left
}

fn cut(rule: &TaxRule, from: Timestamp, until: Option<Timestamp>) -> Option<TaxRule> {
    until.is_none_or(|until| from < until).then(|| TaxRule { started_at: from, ended_at: until, ..rule.clone() })
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use types::TaxRuleId;

    use super::*;

    /// Rules that follow one another with gaps; the last may have no end.
    fn rules(id: u128) -> impl Strategy<Value = Vec<TaxRule>> {
        (prop::collection::vec((0i64..20, 1i64..20), 0..6), any::<bool>()).prop_map(move |(steps, endless)| {
            let (mut at, mut rules) = (0, Vec::new());
            for (gap, length) in steps {
                let (from, to) = (at + gap, at + gap + length);
                rules.push(rule(id, from, Some(to)));
                at = to;
            }
            if let (true, Some(last)) = (endless, rules.last_mut()) {
                last.ended_at = None;
            }
            rules
        })
    }

    fn rule(id: u128, from: i64, to: Option<i64>) -> TaxRule {
        TaxRule {
            id: TaxRuleId::from_uuid(uuid::Uuid::from_u128(id)),
            rate_ppm: 0,
            category: TaxCategory::Export,
            reason_code: Some("VATEX-EU-G".to_owned()),
            started_at: Timestamp::from_second(from),
            ended_at: to.map(Timestamp::from_second),
        }
    }

    fn at(rules: &[TaxRule], second: i64) -> Vec<TaxRuleId> {
        let at = Timestamp::from_second(second);
        let holds = |rule: &&TaxRule| rule.started_at <= at && rule.ended_at.is_none_or(|end| end > at);
        rules.iter().filter(holds).map(|rule| rule.id).collect()
    }

    proptest! {
        #[test]
        fn a_countrys_own_rule_prevails_at_each_second_and_the_general_one_fills_the_rest(own in rules(1), general in rules(2)) {
            let both = prevailing(own.clone(), general.clone());
            for second in 0..260 {
                let wanted = if at(&own, second).is_empty() { at(&general, second) } else { at(&own, second) };
                prop_assert_eq!(at(&both, second), wanted, "second {}", second);
            }
        }
    }

    #[test]
    fn no_tax_needs_a_reason_and_tax_has_none() {
        let ask = |category, rate_ppm, reason: Option<&str>| SetTaxRule {
            country: "MA".to_owned(),
            is_business: true,
            category,
            rate_ppm,
            reason_code: reason.map(str::to_owned),
            advance_invoice: false,
            withholding: None,
            started_at: None,
        };
        assert!(checked(ask(TaxCategory::Standard, 200_000, None)).is_ok());
        assert!(checked(ask(TaxCategory::Export, 0, Some("VATEX-EU-G"))).is_ok());
        for wrong in [
            ask(TaxCategory::Standard, 200_000, Some("VATEX-EU-G")),
            ask(TaxCategory::Standard, 1_000_001, None),
            ask(TaxCategory::Exempt, 1, Some("VATEX-EU-132")),
            ask(TaxCategory::Exempt, 0, Some(" ")),
            SetTaxRule { country: "ma".to_owned(), ..ask(TaxCategory::Standard, 0, None) },
            SetTaxRule {
                withholding: Some(types::WithholdingRate { of: types::WithheldOf::Net, rate_ppm: 0 }),
                ..ask(TaxCategory::Standard, 0, None)
            },
        ] {
            assert!(checked(wrong.clone()).is_err(), "{wrong:?}");
        }
    }
}
