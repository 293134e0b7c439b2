//! What the pure crate says of a match, in the words that are stored and shown.

use payments::{Class, Reason};
use types::{MatchClass, MatchReason, MatchWord};

use crate::{Error, Result};

/// What a line does to what was announced.
pub(super) const fn class(class: Class) -> MatchClass {
    match class {
        Class::Exact => MatchClass::Exact,
        Class::Partial => MatchClass::Partial,
        Class::Over => MatchClass::Over,
        Class::Double => MatchClass::Double,
        Class::Unmatched => MatchClass::Unmatched,
    }
}

/// Why, with what it is about.
pub(super) fn reason(reason: &Reason) -> MatchReason {
    let of = |word| MatchReason { word, about: None };
    let about = |word, about: String| MatchReason { word, about: Some(about) };
    match reason {
        Reason::Reference => of(MatchWord::Reference),
        Reason::Amount => of(MatchWord::Amount),
        Reason::PayerAccount => of(MatchWord::PayerAccount),
        Reason::PayerName => of(MatchWord::PayerName),
        Reason::PaidBefore => of(MatchWord::PaidBefore),
        Reason::NotIncoming => of(MatchWord::NotIncoming),
        Reason::SlippedReference(text) => about(MatchWord::SlippedReference, text.clone()),
        Reason::UnknownReference(reference) => about(MatchWord::UnknownReference, reference.to_string()),
        Reason::SeveralReferences(all) => {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            about(MatchWord::SeveralReferences, all.join(", "))
        }
        Reason::OtherCurrency(currency) => about(MatchWord::OtherCurrency, currency.to_string()),
        Reason::NoReference => of(MatchWord::NoReference),
        Reason::SeveralItems(n) => about(MatchWord::SeveralItems, n.to_string()),
    }
}

/// All reasons.
pub(super) fn reasons(reasons: &[Reason]) -> Vec<MatchReason> {
    reasons.iter().map(reason).collect()
}

/// The one reason where a person decided.
pub(super) fn by_hand() -> Vec<MatchReason> {
    vec![MatchReason { word: MatchWord::ByHand, about: None }]
}

/// Reasons as they are stored.
pub(super) fn as_json(reasons: &[MatchReason]) -> Result<serde_json::Value> {
    serde_json::to_value(reasons).map_err(|error| Error::Corrupt(format!("reasons: {error}")))
}

/// Stored reasons.
pub(super) fn of_json(stored: serde_json::Value) -> Result<Vec<MatchReason>> {
    serde_json::from_value(stored).map_err(|error| Error::Corrupt(format!("reasons: {error}")))
}
