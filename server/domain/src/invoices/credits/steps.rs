//! What of each line is taken back, and that it never is more than what is left. Pure.

use std::collections::BTreeMap;

use types::{CreditLine, Currency, Document, DocumentLine};

use crate::{
    Error, Result, Rule,
    invoices::rounding::{MICROS_PER_MINOR, fitting, money, nearest},
    ledger::share,
};

/// How much of a line: before the hub's gifts in minor units, and units times seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) amount: i64,
    pub(super) unit_seconds: i64,
}

/// A line with what of it was taken back before a credit note, and what is after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) line: DocumentLine,
    pub(super) before: Measure,
    pub(super) after: Measure,
}

/// By the number of the line; one that is not in it is whole.
pub(super) type Credited = BTreeMap<u16, Measure>;

impl Step {
    /// Before the hub's gifts, in minor units.
    pub(super) fn amount(&self) -> i64 {
        self.after.amount - self.before.amount
    }

    /// What is no longer taxed, in minor units.
    pub(super) fn net(&self) -> Result<i64> {
        Ok(net_of(&self.line, self.after)? - net_of(&self.line, self.before)?)
    }

    /// What the step takes of something that belongs to the whole line. The parts of all steps are the whole, exactly.
    pub(super) fn part(&self, whole: i64) -> i64 {
        share_of(&self.line, self.after, whole) - share_of(&self.line, self.before, whole)
    }
}

/// What the measured part of something is that belongs to the whole line, rounded down.
pub(super) fn share_of(line: &DocumentLine, measure: Measure, whole: i64) -> i64 {
    match nearest(line.amount.micros) {
        // A line that rounds to nothing can still have taken something of a lot.
        0 => share(whole, measure.unit_seconds, line.unit_seconds.max(1)),
        amount => share(whole, measure.amount, amount),
    }
}

/// The net amount of the measured part of a line, in minor units; of the whole line it is the line's own.
pub(super) fn net_of(line: &DocumentLine, measure: Measure) -> Result<i64> {
    match nearest(line.amount.micros) {
        0 => Ok(0),
        amount => portion(nearest(line.net.micros), measure.amount, amount),
    }
}

/// What is left of a line.
pub(super) fn left_of(line: &DocumentLine, before: Measure) -> Measure {
    Measure {
        amount: nearest(line.amount.micros) - before.amount,
        unit_seconds: line.unit_seconds - before.unit_seconds,
    }
}

/// Whether anything can still be taken back of a line.
pub(super) fn is_open(line: &DocumentLine, before: Measure) -> bool {
    let left = left_of(line, before);
    left.amount > 0 || (nearest(line.amount.micros) == 0 && left.unit_seconds > 0)
}

/// What is asked for, line by line; everything that is left where no line is named.
///
/// # Errors
/// `Invalid` names the field; `CreditExceeds` for more than is left; a conflict where nothing is.
pub(super) fn steps(document: &Document, credited: &Credited, asked: &[CreditLine]) -> Result<Vec<Step>> {
    let before = |line: &DocumentLine| credited.get(&line.line).copied().unwrap_or_default();
    let steps = if asked.is_empty() {
        let open = document.lines.iter().filter(|line| is_open(line, before(line)));
        open.map(|line| whole(line, before(line))).collect()
    } else {
        let mut steps = BTreeMap::new();
        for ask in asked {
            let invalid = Error::Invalid { field: "lines", rule: Rule::Known };
            let line = document.lines.iter().find(|line| line.line == ask.line).ok_or(invalid)?;
            let step = step(line, before(line), ask, document.currency)?;
            if steps.insert(ask.line, step).is_some() {
                return Err(Error::Invalid { field: "lines", rule: Rule::Form });
            }
        }
        steps.into_values().collect::<Vec<_>>()
    };
    if steps.is_empty() { Err(nothing_left()) } else { Ok(steps) }
}

fn nothing_left() -> Error {
    Error::Conflict("nothing-left-to-credit")
}

fn whole(line: &DocumentLine, before: Measure) -> Step {
    let after = Measure { amount: nearest(line.amount.micros), unit_seconds: line.unit_seconds };
    Step { line: line.clone(), before, after }
}

fn step(line: &DocumentLine, before: Measure, ask: &CreditLine, currency: Currency) -> Result<Step> {
    if !is_open(line, before) {
        return Err(nothing_left());
    }
    let taken = match (ask.amount, ask.unit_seconds) {
        (None, None) => return Ok(whole(line, before)),
        (Some(_), Some(_)) => return Err(Error::Invalid { field: "unit_seconds", rule: Rule::Form }),
        (Some(asked), None) if asked.currency != currency => {
            return Err(Error::Invalid { field: "amount", rule: Rule::Currency });
        }
        (Some(asked), None) => Measure { amount: amount(line, before, asked.micros, currency)?, unit_seconds: 0 },
        (None, Some(seconds)) => Measure { amount: price(line, before, seconds)?, unit_seconds: seconds },
    };
    let after =
        Measure { amount: before.amount + taken.amount, unit_seconds: before.unit_seconds + taken.unit_seconds };
    Ok(Step { line: line.clone(), before, after })
}

/// An amount in minor units, of which there is as much left.
fn amount(line: &DocumentLine, before: Measure, micros: i64, currency: Currency) -> Result<i64> {
    let invalid = |rule| Error::Invalid { field: "amount", rule };
    if micros <= 0 {
        return Err(invalid(Rule::PositiveAmount));
    }
    if micros % MICROS_PER_MINOR != 0 {
        return Err(invalid(Rule::Form));
    }
    let (asked, left) = (micros / MICROS_PER_MINOR, left_of(line, before).amount);
    if asked > left {
        let (asked, left) = (money(asked, currency)?, money(left, currency)?);
        return Err(Error::CreditExceeds { line: line.line, asked, left });
    }
    Ok(asked)
}

/// What so many unit-seconds of the line were sold for, in minor units: all that is left where they are the last ones.
fn price(line: &DocumentLine, before: Measure, seconds: i64) -> Result<i64> {
    let left = left_of(line, before);
    if !(1..=left.unit_seconds).contains(&seconds) {
        let rule = Rule::Range { min: 1, max: left.unit_seconds };
        return Err(Error::Invalid { field: "unit_seconds", rule });
    }
    if seconds == left.unit_seconds {
        return Ok(left.amount);
    }
    let whole = nearest(line.amount.micros);
    let amount = portion(whole, seconds, line.unit_seconds)?.min(left.amount);
    if amount == 0 && whole > 0 {
        return Err(Error::Invalid { field: "unit_seconds", rule: Rule::PositiveAmount });
    }
    Ok(amount)
}

/// `amount` × `part` / `whole`; a half goes away from zero. None of them is negative.
fn portion(amount: i64, part: i64, whole: i64) -> Result<i64> {
    let (amount, part, whole) = (i128::from(amount), i128::from(part), i128::from(whole));
    fitting((2 * amount * part + whole) / (2 * whole))
}
