//! When which step of the ladder comes, and what of a debt is overdue. Pure.
//!
//! Every step comes at nine in the morning on the hub's calendar: nobody is stopped at night. Each comes on its day
//! after the due date, and never sooner after the step before than the ladder says: whatever was late, or found late,
//! the date that a letter names is kept and no step is left out.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use types::{DunningRung, DunningStep, Timestamp};

use crate::{Error, Result, billing};

/// The hour of the day at which a step is taken.
const HOUR: i8 = 9;

/// How far somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ladder {
    /// The day on which the oldest part of what is overdue was due.
    pub(super) due_on: Date,
    /// When each step was taken, in their order.
    pub(super) taken: Vec<Timestamp>,
}

/// The instant on a day at which a step is taken.
pub(super) fn morning(day: Date, zone: &TimeZone) -> Result<Timestamp> {
    Ok(day.at(HOUR, 0, 0, 0).to_zoned(zone.clone()).map_err(beyond)?.timestamp().into())
}

/// The same so many days later.
pub(super) fn morning_after(at: Timestamp, days: i64, zone: &TimeZone) -> Result<Timestamp> {
    morning(billing::day(at, zone).saturating_add(days.days()), zone)
}

fn beyond(error: jiff::Error) -> Error {
    Error::Corrupt(format!("calendar: {error}"))
}

impl Ladder {
    /// At its foot.
    pub(super) const fn new(due_on: Date) -> Self {
        Self { due_on, taken: Vec::new() }
    }

    /// The last step that was taken.
    pub(super) fn step(&self) -> Option<DunningStep> {
        DunningStep::ALL.get(self.taken.len().checked_sub(1)?).copied()
    }

    /// The step that comes next; nothing once all were taken.
    pub(super) fn next(&self) -> Option<DunningStep> {
        DunningStep::ALL.get(self.taken.len()).copied()
    }

    /// Whether nothing new starts, unless it rests.
    pub(super) fn refuses(&self) -> bool {
        self.step() >= Some(DunningStep::Refused)
    }

    /// What it is once the oldest part that is overdue was due on another day. Where the older part was paid, only those
    /// steps count that what is left has come to by its own age.
    pub(super) fn with_due(mut self, due_on: Date, today: Date) -> Self {
        if due_on > self.due_on {
            let reached = |step: &&DunningStep| due_on.saturating_add(step.days().days()) <= today;
            self.taken.truncate(DunningStep::ALL.iter().take_while(reached).count());
        }
        self.due_on = due_on;
        self
    }

    /// What was stopped is stopped again after a rest, where it was started in it.
    pub(super) fn rested(mut self) -> Self {
        self.taken.truncate(DunningStep::ALL.len() - 1);
        self
    }

    /// All steps, with when each was taken or will be.
    pub(super) fn rungs(&self, zone: &TimeZone, paused_until: Option<Timestamp>) -> Result<Vec<DunningRung>> {
        let (mut rungs, mut before) = (Vec::with_capacity(DunningStep::ALL.len()), None::<(Date, i64)>);
        for (place, &step) in DunningStep::ALL.iter().enumerate() {
            let days = step.days();
            let taken = self.taken.get(place).copied();
            let at = match taken {
                Some(at) => at,
                None => self.opens(step, before, zone)?.max(paused_until.unwrap_or(Timestamp::from_second(0))),
            };
            before = Some((billing::day(at, zone), days));
            rungs.push(DunningRung { step, days, is_taken: taken.is_some(), at: Some(at) });
        }
        Ok(rungs)
    }

    /// When the next step is taken, seen from now: one that is late waits for the morning too. Nothing once all were.
    pub(super) fn next_at(
        &self,
        now: Timestamp,
        zone: &TimeZone,
        paused_until: Option<Timestamp>,
    ) -> Result<Option<Timestamp>> {
        let opens = self.rungs(zone, paused_until)?.into_iter().find(|rung| !rung.is_taken).and_then(|rung| rung.at);
        let today = morning(billing::day(now, zone), zone)?;
        Ok(opens.map(|opens| opens.max(today)))
    }

    /// Its own day, or as long after the step before as the ladder says: whichever is later.
    fn opens(&self, step: DunningStep, before: Option<(Date, i64)>, zone: &TimeZone) -> Result<Timestamp> {
        let own = self.due_on.saturating_add(step.days().days());
        let after = before.map(|(day, days)| day.saturating_add((step.days() - days).days()));
        morning(after.map_or(own, |after| own.max(after)), zone)
    }
}

/// The ladder as it is published, for who owes nothing.
pub(super) fn published() -> Vec<DunningRung> {
    let rung = |step: &DunningStep| DunningRung { step: *step, days: step.days(), is_taken: false, at: None };
    DunningStep::ALL.iter().map(rung).collect()
}

/// A part of a debt that has a due date; in micro-units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Due {
    /// The invoice's number; nothing for usage beyond a wallet.
    pub(super) number: Option<String>,
    pub(super) due_on: Date,
    pub(super) micros: i64,
}

/// An invoice of which something is due; in micro-units.
#[derive(Clone, Debug)]
pub(super) struct Unpaid {
    pub(super) number: String,
    pub(super) due_on: Date,
    pub(super) micros: i64,
    /// What of it somebody contests and nobody has answered.
    pub(super) contested: i64,
}

/// What somebody who owes is asked for; in micro-units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Beside the wallet.
    pub(super) beyond: i64,
    /// The oldest part of that is among so much of what came beside the wallet last.
    pub(super) reach: i64,
    /// Of invoices in a wallet below zero, the latest first.
    pub(super) invoices: Vec<Due>,
}

/// What is asked for of a debt: nothing that is contested. Of what is owed beside the wallet, `receivable`, the latest is what no
/// issued invoice names, then what is of no invoice at all, then the latest invoices; the others are in the wallet.
pub(super) fn asked(receivable: i64, not_issued: i64, rest: i64, unpaid: Vec<Unpaid>) -> Asked {
    let receivable = receivable.max(0);
    let mut inside = (receivable - not_issued.max(0)).max(0);
    let of_none = rest.clamp(0, inside);
    inside -= of_none;
    let mut place = receivable - inside;
    let (mut beyond, mut reach, mut invoices) = (receivable, place, Vec::new());
    for Unpaid { number, due_on, micros, contested } in unpaid {
        let contested = contested.clamp(0, micros);
        // Both in parts: what fell due first is left out first.
        let of_beyond = micros.min(inside);
        let left_out = contested.min(of_beyond);
        inside -= of_beyond;
        place += of_beyond;
        beyond -= left_out;
        if left_out < of_beyond {
            reach = place;
        }
        let micros = micros - of_beyond - (contested - left_out);
        if micros > 0 {
            invoices.push(Due { number: Some(number), due_on, micros });
        }
    }
    // Nobody knows how old a debt is that no invoice names.
    let reach = if of_none > 0 || inside > 0 { receivable } else { reach };
    Asked { beyond, reach, invoices }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
