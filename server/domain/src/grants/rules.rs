//! What a grant must be. Pure.

use types::{Amount, Currency, GrantCredits, LotKind, Timestamp};

use crate::{
    Error, Result, Rule,
    ledger::{self, House, Purse, Unit},
};

/// A grant that can be given, with every default said.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) kind: LotKind,
    pub(super) name: String,
    pub(super) unit: Unit,
    pub(super) amount: i64,
    pub(super) priority: i16,
    pub(super) effective_at: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) flavours: Vec<types::FlavourId>,
    pub(super) projects: Vec<types::ProjectId>,
}

/// What burns where nothing is said.
const PRIORITY: i16 = 100;

/// Checks everything that needs no database.
pub(super) fn checked(ask: &GrantCredits, currency: Currency, now: Timestamp) -> Result<Checked> {
    let (unit, amount) = match ask.amount {
        Amount::Money(money) if money.currency != currency => return Err(invalid("amount", Rule::Currency)),
        Amount::Money(money) => (Unit::Micros, money.micros),
        Amount::GpuSeconds { flavour, seconds } => (Unit::GpuSeconds(flavour), seconds),
    };
    ledger::bookable(amount, "amount")?;
    let name = ask.name.trim();
    length(name, 1, 100, "name")?;
    reason(&ask.reason)?;
    let priority = ask.priority.unwrap_or(PRIORITY);
    if !(0..=1000).contains(&priority) {
        return Err(invalid("priority", Rule::Range { min: 0, max: 1000 }));
    }
    // Whole seconds: usage is counted in them, and the one in which a lot begins is paid whole.
    let effective_at = ask.effective_at.unwrap_or(now).floor();
    let expires_at = ask.expires_at.map(Timestamp::floor);
    if expires_at.is_some_and(|end| end <= now) {
        return Err(invalid("expires_at", Rule::Future));
    }
    if expires_at.is_some_and(|end| end <= effective_at) {
        return Err(invalid("expires_at", Rule::Order));
    }
    let (kind, name) = (ask.kind, name.to_owned());
    let (flavours, projects) = (ask.flavours.clone(), ask.projects.clone());
    Ok(Checked { kind, name, unit, amount, priority, effective_at, expires_at, flavours, projects })
}

/// Whether a reason says something.
pub(super) fn reason(text: &str) -> Result<()> {
    length(text.trim(), 3, 500, "reason")
}

/// The house's account on the other side of a lot.
pub(super) fn against(kind: LotKind, unit: Unit) -> House {
    match (unit, kind) {
        (Unit::GpuSeconds(_), _) => House::Counterpart,
        (Unit::Micros, LotKind::Promo) => House::Promo,
        (Unit::Micros, LotKind::Sponsored) => House::Sponsor,
    }
}

/// What all lots of a kind and unit have left.
pub(super) fn left(purse: &Purse, kind: LotKind, unit: Unit) -> i64 {
    purse.lots.iter().filter(|lot| (lot.kind, lot.unit) == (kind, unit)).map(|lot| lot.left).sum()
}

fn length(text: &str, min: u32, max: u32, field: &'static str) -> Result<()> {
    let fits = u32::try_from(text.chars().count()).is_ok_and(|n| (min..=max).contains(&n));
    if fits { Ok(()) } else { Err(invalid(field, Rule::Length { min, max })) }
}

fn invalid(field: &'static str, rule: Rule) -> Error {
    Error::Invalid { field, rule }
}

#[cfg(test)]
mod tests {
    use types::Money;

    use super::*;

    fn ask(micros: i64) -> GrantCredits {
        GrantCredits {
            kind: LotKind::Promo,
            name: "Welcome".to_owned(),
            amount: Amount::Money(Money { micros, currency: Currency::Mad }),
            flavours: Vec::new(),
            projects: Vec::new(),
            effective_at: None,
            expires_at: None,
            priority: None,
            reason: "first steps".to_owned(),
        }
    }

    fn field(ask: &GrantCredits) -> Option<(&'static str, Rule)> {
        match checked(ask, Currency::Mad, Timestamp::from_second(1_790_000_000)) {
            Err(Error::Invalid { field, rule }) => Some((field, rule)),
            _ => None,
        }
    }

    #[test]
    fn amounts_that_are_no_gift_are_refused() {
        assert_eq!(field(&ask(1)), None);
        for micros in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(field(&ask(micros)), Some(("amount", Rule::PositiveAmount)), "{micros}");
        }
        let euros = Amount::Money(Money { micros: 1, currency: Currency::Eur });
        assert_eq!(field(&GrantCredits { amount: euros, ..ask(1) }), Some(("amount", Rule::Currency)));
    }

    #[test]
    fn times_that_never_pay_are_refused() {
        let at = |second: i64| Some(Timestamp::from_second(1_790_000_000 + second));
        assert_eq!(field(&GrantCredits { expires_at: at(0), ..ask(1) }), Some(("expires_at", Rule::Future)));
        let ask = GrantCredits { effective_at: at(60), expires_at: at(60), ..ask(1) };
        assert_eq!(field(&ask), Some(("expires_at", Rule::Order)));
    }

    #[test]
    fn silence_is_no_reason() {
        let ask = GrantCredits { reason: "  \n ".to_owned(), ..ask(1) };
        assert!(matches!(field(&ask), Some(("reason", Rule::Length { .. }))));
    }
}
