//! Which line of a statement pays which open item: by its reference, or, where the payer wrote none, by amount and
//! payer together. The same lines and items give the same answer in any order, and a broken reference never pays.

use std::collections::BTreeMap;

use types::Currency;

use crate::{Line, Reading, Reference, account::comparable, text::fold};

/// Something that a transfer is expected for, or that one has paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// What the payer was told to write.
    pub reference: Reference,
    /// In which currency.
    pub currency: Currency,
    /// How much, in minor units.
    pub asked: i64,
    /// How much of it has come before.
    pub paid: i64,
    /// What the payer may be called.
    pub payer_names: Vec<String>,
    /// Accounts from which the payer paid before.
    pub payer_accounts: Vec<String>,
}

/// What a line does to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// It pays what was missing.
    Exact,
    /// It pays less.
    Partial,
    /// It pays more; the rest is the payer's.
    Over,
    /// Nothing was missing any more.
    Double,
    /// It pays nothing that is known.
    Unmatched,
}

/// Why a line is matched as it is. Points in parentheses add up to the score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It carries the item's reference (70).
    Reference,
    /// It is exactly what was missing (20).
    Amount,
    /// It comes from an account of the payer's (10).
    PayerAccount,
    /// It comes from somebody who is called like the payer (5, where the account is not known).
    PayerName,
    /// The item was paid before, by another line or at another time.
    PaidBefore,
    /// Money went, or nothing came.
    NotIncoming,
    /// What was written is meant as a reference, and wrong in itself.
    SlippedReference(String),
    /// The reference is right in itself, and no item's.
    UnknownReference(Reference),
    /// It names several items; how much is for which is not said.
    SeveralReferences(Vec<Reference>),
    /// The item asks for another currency.
    OtherCurrency(Currency),
    /// No reference was written.
    NoReference,
    /// Several items could be meant.
    SeveralItems(usize),
}

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The line's place among the lines.
    pub line: usize,
    /// The item's place among the items.
    pub item: Option<usize>,
    /// What it does to it.
    pub class: Class,
    /// How sure it is, 0 to 100; from 70 on the reference says so.
    pub score: u8,
    /// How much of it pays the item, in minor units; the rest is to be decided by a person.
    pub applied: i64,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// One match for each line, in the order of the lines. Of several lines for one item the one that was booked first pays
/// first; those with a reference come before those without. Items that are paid belong among them, so that paying twice
/// is told. An item's reference is its own.
#[must_use]
pub fn match_lines(lines: &[Line], items: &[OpenItem]) -> Vec<Match> {
    let mut desk = Desk::new(items);
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|place| lines.get(*place).map(|line| (line.booked_on, &line.identity, *place)));
    let mut matches = BTreeMap::new();
    let mut without = Vec::new();
    for (place, line) in order.into_iter().filter_map(|place| Some((place, lines.get(place)?))) {
        match desk.by_reference(place, line) {
            Some(found) => drop(matches.insert(place, found)),
            None => without.push((place, line)),
        }
    }
    for (place, line) in without {
        matches.insert(place, desk.by_payer(place, line));
    }
    matches.into_values().collect()
}

/// The items, and what the lines so far paid of them.
struct Desk<'a> {
    items: &'a [OpenItem],
    by_reference: BTreeMap<&'a Reference, usize>,
    missing: Vec<i64>,
}

impl<'a> Desk<'a> {
    fn new(items: &'a [OpenItem]) -> Self {
        Self {
            items,
            by_reference: items.iter().enumerate().map(|(place, item)| (&item.reference, place)).collect(),
            missing: items.iter().map(|item| item.asked.saturating_sub(item.paid)).collect(),
        }
    }

    /// What a line is for that says so, or never can be; nothing for one that carries no reference.
    fn by_reference(&mut self, place: usize, line: &Line) -> Option<Match> {
        if line.amount <= 0 {
            return Some(unmatched(place, Reason::NotIncoming));
        }
        let reading = Reference::read(&line.remittance);
        match (&reading.references[..], &reading.slipped[..]) {
            ([], []) => None,
            ([], [slipped, ..]) => Some(unmatched(place, Reason::SlippedReference(slipped.clone()))),
            ([first, ..], _) => Some(self.named(place, line, first, &reading)),
        }
    }

    fn named(&mut self, place: usize, line: &Line, first: &Reference, reading: &Reading) -> Match {
        let known = reading.references.iter().filter_map(|one| self.by_reference.get(one).copied());
        let known: Vec<usize> = known.collect();
        match known[..] {
            [] => unmatched(place, Reason::UnknownReference(first.clone())),
            [item] => {
                // What else was meant as a reference is told, for whoever looks at the rest.
                let slipped = reading.slipped.iter().cloned().map(Reason::SlippedReference);
                self.pay(place, line, item, [Reason::Reference].into_iter().chain(slipped).collect())
            }
            _ => unmatched(place, Reason::SeveralReferences(reading.references.clone())),
        }
    }

    /// What a line without a reference is for: the one item that misses this amount from this payer.
    fn by_payer(&mut self, place: usize, line: &Line) -> Match {
        let all = self.items.iter().zip(&self.missing).enumerate();
        let fits = all.filter(|(_, (item, missing))| {
            **missing == line.amount && item.currency == line.currency && payer(line, item).is_some()
        });
        let fits: Vec<usize> = fits.map(|(place, _)| place).collect();
        match fits[..] {
            [] => unmatched(place, Reason::NoReference),
            [item] => self.pay(place, line, item, vec![Reason::NoReference]),
            _ => unmatched(place, Reason::SeveralItems(fits.len())),
        }
    }

    fn pay(&mut self, place: usize, line: &Line, at: usize, mut reasons: Vec<Reason>) -> Match {
        let (Some(item), Some(missing)) = (self.items.get(at), self.missing.get_mut(at)) else {
            return unmatched(place, Reason::NoReference);
        };
        if item.currency != line.currency {
            return unmatched(place, Reason::OtherCurrency(item.currency));
        }
        let applied = line.amount.min((*missing).max(0));
        let class = match (applied, *missing) {
            (0, _) => Class::Double,
            (_, missing) if line.amount == missing => Class::Exact,
            (_, missing) if line.amount < missing => Class::Partial,
            _ => Class::Over,
        };
        match class {
            Class::Exact => reasons.push(Reason::Amount),
            Class::Double => reasons.push(Reason::PaidBefore),
            _ => {}
        }
        reasons.extend(payer(line, item));
        *missing -= applied;
        let score = reasons.iter().map(points).sum();
        Match { line: place, item: Some(at), class, score, applied, reasons }
    }
}

const fn points(reason: &Reason) -> u8 {
    match reason {
        Reason::Reference => 70,
        Reason::Amount => 20,
        Reason::PayerAccount => 10,
        Reason::PayerName => 5,
        _ => 0,
    }
}

fn unmatched(line: usize, reason: Reason) -> Match {
    Match { line, item: None, class: Class::Unmatched, score: 0, applied: 0, reasons: vec![reason] }
}

/// How the line shows that it comes from the item's payer.
fn payer(line: &Line, item: &OpenItem) -> Option<Reason> {
    let account = line.payer_account.as_deref().map(comparable).filter(|account| !account.is_empty());
    if account.is_some_and(|account| item.payer_accounts.iter().any(|known| comparable(known) == account)) {
        return Some(Reason::PayerAccount);
    }
    let name = line.payer_name.as_deref().map(fold).filter(|name| !name.is_empty())?;
    item.payer_names.iter().any(|known| fold(known) == name).then_some(Reason::PayerName)
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
