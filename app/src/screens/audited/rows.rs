//! The audit's rows as a table: what in words, who and from where, before and after.

use leptos::prelude::*;
use messages::{Words, say};
use types::{AuditView, FieldChange};

use super::did;
use crate::components::{Card, Column, Empty, Row, Table, Tone, both, ident, pill, tag, text, time};

/// Whose rows they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::screens) enum Shown {
    /// One organisation's, to its own people.
    Organisation,
    /// Everybody's, to the auditor.
    Installation,
    /// One person's own.
    Person,
}

/// Areas whose changes stand inside no organisation.
const OUTSIDE: [&str; 12] = [
    "account", "factor", "identity", "letter", "month", "password", "person", "price", "question", "session", "staff",
    "tax_rule",
];

impl Shown {
    /// The areas that its filter offers.
    pub(super) fn areas(self) -> impl Iterator<Item = &'static str> {
        domain::audit::AREAS.into_iter().filter(move |area| self != Self::Organisation || !OUTSIDE.contains(area))
    }
}

/// The table; an empty one says how to find more.
pub(in crate::screens) fn table(words: &Words, rows: &[AuditView], shown: Shown) -> AnyView {
    if rows.is_empty() {
        let (title, next) = match shown {
            Shown::Person => (say!(words, "activity-empty"), say!(words, "activity-empty-means")),
            _ => (say!(words, "staff-no-audit"), say!(words, "staff-no-audit-next")),
        };
        return Card::plain().body(Empty { title, words: next, next: None }.view());
    }
    let seal = (shown == Shown::Installation).then(|| Column::new(say!(words, "staff-seal")));
    let columns = [
        Some(Column::new(say!(words, "staff-what"))),
        Some(Column::new(say!(words, "staff-who"))),
        Some(Column::wide(say!(words, "staff-changes"))),
        seal,
        Some(Column::end(say!(words, "staff-when"))),
    ];
    let rows = rows.iter().map(|row| audited(words, row, shown)).collect();
    let columns = columns.into_iter().flatten().collect();
    Card::plain().flush(Table::new(say!(words, "nav-audit"), columns).rows(rows).view())
}

fn audited(words: &Words, row: &AuditView, shown: Shown) -> Row {
    let whose = (shown == Shown::Installation).then(|| {
        let whose = row.organisation_name.clone().unwrap_or_else(|| say!(words, "staff-installation"));
        view! { <bdi>{whose}</bdi>" · " }
    });
    let beneath = view! { {whose}{ident(row.subject.clone())} };
    let role = row.staff_role.as_deref().and_then(|role| role.parse().ok()).map(|role| tag(words.staff_role(role)));
    let name = row.name.clone().unwrap_or_else(|| row.principal.clone());
    let who = view! { <span class="row wrap"><bdi>{name}</bdi>{role}</span> };
    let seal = (shown == Shown::Installation).then(|| match row.seal {
        Some(seal) => pill(Tone::Good, say!(words, "staff-sealed", seq = seal.to_string())),
        None => pill(Tone::Idle, say!(words, "staff-not-sealed")),
    });
    let cells = [
        Some(both(text(did(words, &row.verb)), beneath.into_any())),
        Some(both(who.into_any(), row.address.clone().map_or_else(|| text(""), ident))),
        Some(changes(words, row)),
        seal,
        Some(time(row.at, words.moment(row.at))),
    ];
    Row::new(cells.into_iter().flatten().collect())
}

/// Each field that differs, before and after, long ones open; and the request that did it.
fn changes(words: &Words, row: &AuditView) -> AnyView {
    let all = |changes: &[FieldChange]| changes.iter().map(|change| changed(words, change)).collect_view();
    let (shown, rest) = row.changes.split_at(row.changes.len().min(3));
    let more = (!rest.is_empty()).then(|| {
        let said = say!(words, "staff-more-fields", n = rest.len());
        view! { <details><summary class="link xs">{said}</summary><ul class="changes">{all(rest)}</ul></details> }
    });
    let shown = match shown {
        [] => text(say!(words, "none")),
        shown => view! { <ul class="changes">{all(shown)}</ul> }.into_any(),
    };
    let request = row.request.clone().map(|request| {
        view! { <p class="xs faint">{say!(words, "request-number")}" "{ident(request)}</p> }
    });
    view! { {shown}{more}{request} }.into_any()
}

fn changed(words: &Words, change: &FieldChange) -> AnyView {
    let value = |value: &Option<String>| match value.as_deref().filter(|value| !["[]", "{}"].contains(value)) {
        Some(value) => view! { <bdi>{value.to_owned()}</bdi> }.into_any(),
        None => view! { <span class="faint">{say!(words, "staff-nothing")}</span> }.into_any(),
    };
    let field = if change.field.is_empty() { say!(words, "staff-value") } else { change.field.clone() };
    let before = change.before.is_some().then(|| view! { <del>{value(&change.before)}</del>" " });
    view! { <li><bdi class="id">{field}</bdi>" "{before}<ins>{value(&change.after)}</ins></li> }.into_any()
}
