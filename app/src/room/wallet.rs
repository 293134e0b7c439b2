//! The balance in a few words, beside every page of those who may see it.

use domain::warnings::FIRST_WARNING_S;
use messages::{Words, say};
use types::{Amount, Money, Timestamp, WalletView};

use crate::components::{Notice, Tone, Wallet};

/// The whole of the meter.
const WEEK_SECONDS: i64 = 7 * 86_400;
/// Below this, what runs is about to stop.
const DAY_SECONDS: i64 = 86_400;

/// The card of the frame.
pub(super) fn card(words: &Words, href: String, view: &WalletView, now: Timestamp) -> Wallet {
    let (tone, share) = outlook(view, now);
    let granted = granted(view);
    let granted = (granted.micros > 0).then(|| say!(words, "balance-granted", amount = words.money(granted)));
    Wallet { href, balance: words.money(view.balance), granted, lasts: lasts(words, view, now), share, tone }
}

/// What the frame says first, from the first letter on until zero: what stops when.
pub(super) fn notice(words: &Words, href: String, view: &WalletView, now: Timestamp) -> Option<Notice> {
    let end = ends_soon(view, now)?;
    let title = say!(words, "money-ends", about = words.about(end.seconds_since(now)));
    Some(Notice { title, words: say!(words, "money-ends-means", moment = words.moment(end)), href })
}

/// When the money ends, where that is told of by now.
pub(crate) fn ends_soon(view: &WalletView, now: Timestamp) -> Option<Timestamp> {
    let is_soon = |end: &Timestamp| (1..=FIRST_WARNING_S).contains(&end.seconds_since(now));
    view.empty_at.filter(is_soon).filter(|_| !is_out(view))
}

/// How long the money lasts, in a sentence.
pub(crate) fn lasts(words: &Words, view: &WalletView, now: Timestamp) -> String {
    if is_out(view) {
        return say!(words, "balance-out");
    }
    if view.per_hour.micros == 0 {
        return say!(words, "balance-still");
    }
    let rate = words.per_hour(view.per_hour);
    match view.empty_at.map(|at| at.seconds_since(now)) {
        None => say!(words, "balance-long", rate = rate),
        Some(seconds) if seconds <= 0 => say!(words, "balance-out"),
        Some(seconds) => say!(words, "balance-lasts", about = words.about(seconds), rate = rate),
    }
}

/// How it looks, and how much of a week is covered, of 1000.
pub(crate) fn outlook(view: &WalletView, now: Timestamp) -> (Tone, i64) {
    if is_out(view) {
        return (Tone::Bad, 0);
    }
    match view.empty_at.map(|at| at.seconds_since(now)) {
        None => (Tone::Good, 1000),
        Some(..=0) => (Tone::Bad, 0),
        Some(seconds) => {
            let tone = if seconds < DAY_SECONDS { Tone::Warn } else { Tone::Good };
            (tone, (seconds.min(WEEK_SECONDS) * 1000 / WEEK_SECONDS).max(1))
        }
    }
}

/// What lots of money still hold.
pub(crate) fn granted(view: &WalletView) -> Money {
    let money = view.lots.iter().map(|left| match left.left {
        Amount::Money(money) => money.micros,
        Amount::GpuSeconds { .. } => 0,
    });
    Money { micros: money.sum(), currency: view.currency }
}

/// Whether nothing could start: neither money, nor credit, nor a grant.
fn is_out(view: &WalletView) -> bool {
    view.receivable.micros > 0 || (view.free.micros <= 0 && view.held.micros == 0 && view.lots.iter().all(is_empty))
}

fn is_empty(left: &types::LeftView) -> bool {
    match left.left {
        Amount::Money(money) => money.micros <= 0,
        Amount::GpuSeconds { seconds, .. } => seconds <= 0,
    }
}
