//! Until when a line can be contested, and what of it an answer credits. Pure.

use jiff::{ToSpan, civil::Date};
use types::{AnswerDispute, CreditLine, DisputeAnswer, DisputeView, Money};

use crate::{Error, Result, Rule};

/// Days after the day of issue in which a line can be contested.
pub const CONTEST_DAYS: i64 = 60;

/// One minor unit of a currency with two decimals, in micro-units.
pub(super) const MICROS_PER_MINOR: i64 = 10_000;

/// The last day, on the seller's calendar, on which a line of an invoice of this day can be contested.
pub(super) fn last_day(issued_on: Date) -> Date {
    issued_on.saturating_add(CONTEST_DAYS.days())
}

/// What is refused of a credit's lines is refused of the one line that is contested; only the hub can take a write-off back.
pub(super) fn of_line(error: Error) -> Error {
    match error {
        Error::Invalid { field: "lines", rule } => Error::Invalid { field: "line", rule },
        Error::Conflict("undo-write-off-first") => Error::Conflict("contest-written-off"),
        other => other,
    }
}

/// What a credit note takes back of the line; nothing where it is refused.
///
/// # Errors
/// `Invalid` for more than is contested, and for an amount beside a refusal.
pub(super) fn credited_line(dispute: &DisputeView, ask: &AnswerDispute) -> Result<Option<CreditLine>> {
    let contested = dispute.amount;
    let amount = match (ask.answer, ask.amount) {
        (DisputeAnswer::Refuse, None) => return Ok(None),
        (DisputeAnswer::Refuse, Some(_)) => return Err(Error::Invalid { field: "amount", rule: Rule::Form }),
        (DisputeAnswer::Credit, None) => contested,
        (DisputeAnswer::Credit, Some(amount)) => amount,
    };
    if amount.currency != contested.currency {
        return Err(Error::Invalid { field: "amount", rule: Rule::Currency });
    }
    if amount.micros > contested.micros {
        let least = Money { micros: MICROS_PER_MINOR, currency: contested.currency };
        return Err(Error::Invalid { field: "amount", rule: Rule::Within { least, most: contested } });
    }
    // The whole line goes back with its seconds. What is left never grows, so it is no more than what is contested.
    let amount = if dispute.is_whole && amount == contested { None } else { Some(amount) };
    Ok(Some(CreditLine { line: dispute.line, amount, unit_seconds: None }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use types::{Currency, DisputeId, DisputeState, InvoiceId, OrganisationId, Timestamp};
    use uuid::Uuid;

    use super::*;

    fn money(minor: i64) -> Money {
        Money { micros: minor * MICROS_PER_MINOR, currency: Currency::Mad }
    }

    fn dispute(minor: i64, is_whole: bool) -> DisputeView {
        DisputeView {
            id: DisputeId::from_uuid(Uuid::nil()),
            organisation: OrganisationId::from_uuid(Uuid::nil()),
            invoice: InvoiceId::from_uuid(Uuid::nil()),
            invoice_number: "TM-2026-000001".to_owned(),
            line: 1,
            flavour_name: "H100".to_owned(),
            project_name: "Research".to_owned(),
            amount: money(minor),
            total: money(minor),
            is_whole,
            reason: "a fault".to_owned(),
            state: DisputeState::Open,
            opened_by: None,
            opened_at: Timestamp::from_second(0),
            answer: None,
            answered_at: None,
            credit_note: None,
            credit_note_number: None,
        }
    }

    fn ask(answer: DisputeAnswer, amount: Option<Money>) -> AnswerDispute {
        AnswerDispute { answer, amount, reason: "we looked".to_owned() }
    }

    #[test]
    fn a_line_is_contested_until_the_sixtieth_day_after_its_issue() {
        let issued = jiff::civil::date(2026, 11, 2);
        assert_eq!(last_day(issued), jiff::civil::date(2027, 1, 1));
    }

    #[test]
    fn a_refusal_credits_nothing_and_says_no_amount() {
        let dispute = dispute(100, true);
        assert_eq!(credited_line(&dispute, &ask(DisputeAnswer::Refuse, None)).unwrap(), None);
        let refused = credited_line(&dispute, &ask(DisputeAnswer::Refuse, Some(money(1))));
        assert!(matches!(refused, Err(Error::Invalid { field: "amount", rule: Rule::Form })), "{refused:?}");
        let euros = Money { currency: Currency::Eur, ..money(1) };
        let refused = credited_line(&dispute, &ask(DisputeAnswer::Credit, Some(euros)));
        assert!(matches!(refused, Err(Error::Invalid { field: "amount", rule: Rule::Currency })), "{refused:?}");
    }

    proptest! {
        #[test]
        fn no_answer_credits_more_than_is_contested(
            contested in 1_i64..1_000_000, asked in 1_i64..2_000_000, whole: bool,
        ) {
            let dispute = dispute(contested, whole);
            let line = credited_line(&dispute, &ask(DisputeAnswer::Credit, Some(money(asked))));
            prop_assert_eq!(line.is_ok(), asked <= contested);
            if let Ok(line) = line {
                let line = line.unwrap();
                prop_assert_eq!(line.amount.is_none(), whole && asked == contested);
                prop_assert!(line.amount.is_none_or(|amount| amount == money(asked)));
            }
            let all = credited_line(&dispute, &ask(DisputeAnswer::Credit, None)).unwrap().unwrap();
            prop_assert_eq!(all.amount, (!whole).then(|| money(contested)));
        }
    }
}
