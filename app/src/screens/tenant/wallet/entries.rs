//! The entries: what each movement was, what it moved in the wallet and in grants, and the balance after it.

use domain::access::policy::{ReadBalance, ReadInvoices};
use leptos::prelude::*;
use messages::{Words, say};
use types::{Amount, EntryKind, EntrySubject, EntryView, List, Money};

use super::lots::{Names, amount_of};
use crate::{
    Room,
    components::{Card, Column, Empty, Row, Table, amount, both, link, pages, text, time},
};

/// The card, with the ways to older and newer ones.
pub(super) fn card(room: &Room<ReadBalance>, list: List<EntryView>, names: &Names, is_first: bool) -> AnyView {
    let words = room.words();
    if list.items.is_empty() {
        let (title, means) = (say!(words, "entries-none"), say!(words, "entries-none-means"));
        return Card::plain().flush(Empty { title, words: means, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "entry-what")),
        Column::new(say!(words, "entry-when")),
        Column::end(say!(words, "entry-amount")),
        Column::end(say!(words, "entry-lots")),
        Column::end(say!(words, "entry-balance")),
    ];
    let older = list.next_cursor.map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), room.href(&format!("/wallet?{query}")))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), room.href("/wallet")));
    let more = older.is_some() || newer.is_some();
    let rows = list.items.iter().map(|entry| row(room, entry, names)).collect();
    let pages = pages(say!(words, "entries"), newer, older);
    let title = say!(words, "entries");
    let card = Card::titled(title.clone());
    let card = if more { card.foot(pages) } else { card };
    card.flush(Table::new(title, columns).rows(rows).view())
}

fn row(room: &Room<ReadBalance>, entry: &EntryView, names: &Names) -> Row {
    let words = room.words();
    let kind = view! { <span class="strong">{kind(words, entry)}</span> }.into_any();
    let what = match about(room, entry) {
        Some(about) => both(kind, about),
        None => kind,
    };
    Row::new(vec![
        what,
        time(entry.booked_at, words.moment(entry.booked_at)),
        signed(words, entry.amount),
        granted(words, entry, names),
        amount(words.money(entry.balance)),
    ])
}

/// What it books; of a refund, where it goes.
fn kind(words: &Words, entry: &EntryView) -> String {
    match &entry.subject {
        Some(EntrySubject::Refund { rail, goes_to: Some(ends), .. }) if entry.kind == EntryKind::Refund => {
            say!(words, "entry-refund", rail = rail.word(), ends = ends.as_str())
        }
        _ => words.entry_kind(entry.kind),
    }
}

/// Which usage, grant or document it is of, and the reference or reason that was given.
fn about(room: &Room<ReadBalance>, entry: &EntryView) -> Option<AnyView> {
    let words = room.words();
    let subject = entry.subject.as_ref().map(|subject| match subject {
        EntrySubject::Usage { from, through } => {
            text(say!(words, "entry-usage", from = words.moment(*from), through = words.moment(*through)))
        }
        EntrySubject::Lot { name, .. } => view! { <bdi>{name.clone()}</bdi> }.into_any(),
        EntrySubject::Invoice { id, number } => numbered(room, &format!("/invoices/{id}"), number),
        EntrySubject::CreditNote { id, number } => numbered(room, &format!("/credit-notes/{id}"), number),
        EntrySubject::Refund { rail, goes_to: Some(ends), .. } if entry.kind != EntryKind::Refund => {
            text(say!(words, "refund-to", rail = rail.word(), ends = ends.as_str()))
        }
        EntrySubject::Refund { rail, .. } => text(say!(words, "refund-rail", rail = rail.word())),
    });
    // The end of a grant has its name as its note.
    let is_said = |note: &String| matches!(&entry.subject, Some(EntrySubject::Lot { name, .. }) if name == note);
    let note = entry.note.clone().filter(|note| !is_said(note));
    let note = note.map(|note| view! { <bdi>{note}</bdi> }.into_any());
    match (subject, note) {
        (Some(subject), Some(note)) => Some(view! { {subject}" · "{note} }.into_any()),
        (subject, note) => subject.or(note),
    }
}

/// A document's number, which leads to it for those who may read it.
fn numbered(room: &Room<ReadBalance>, path: &str, number: &str) -> AnyView {
    match room.seat.may::<ReadInvoices>() {
        true => link(room.href(path), number),
        false => view! { <bdi>{number.to_owned()}</bdi> }.into_any(),
    }
}

/// What it moved in grants: money, and GPU time by flavour.
fn granted(words: &Words, entry: &EntryView, names: &Names) -> AnyView {
    if entry.gpu_time.is_empty() {
        return signed(words, entry.lots);
    }
    let moved = entry.gpu_time.iter().map(|moved| time_moved(words, *moved, names)).collect::<Vec<_>>();
    let moved = view! { <span class="stack tight">{moved}</span> }.into_any();
    if entry.lots.micros == 0 { moved } else { both(signed(words, entry.lots), moved) }
}

fn time_moved(words: &Words, moved: Amount, names: &Names) -> AnyView {
    let (flavour, seconds) = match moved {
        Amount::GpuSeconds { flavour, seconds } => (flavour, seconds),
        Amount::Money(money) => return signed(words, money),
    };
    let (class, sign) = if seconds > 0 { ("num in", "+") } else { ("num out-of", "\u{2212}") };
    let amount = amount_of(words, Amount::GpuSeconds { flavour, seconds: seconds.abs() }, names);
    view! { <span class=class>{format!("{sign}{amount}")}</span> }.into_any()
}

/// An amount with its sign; nothing moved is a dash.
fn signed(words: &Words, money: Money) -> AnyView {
    if money.micros == 0 {
        return text("–");
    }
    let class = if money.micros > 0 { "num in" } else { "num out-of" };
    view! { <bdi class=class>{words.money_with_sign(money)}</bdi> }.into_any()
}
