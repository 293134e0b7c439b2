//! Which role may do what: the policy itself, drawn as a grid with a row for each permission and a column for each role.

use domain::access::policy;
use leptos::prelude::*;
use messages::{Words, say};
use types::Role;

use crate::components::{Card, Icon, icon};

/// What each role is for, and the grid of all that a member can be allowed.
pub(super) fn card(words: &Words) -> AnyView {
    let title = say!(words, "roles-title");
    let meanings =
        Role::ALL.iter().map(|role| view! { <dt>{words.role(*role)}</dt><dd>{words.role_meaning(*role)}</dd> });
    let heads = Role::ALL.iter().map(|role| view! { <th scope="col"><span>{words.role(*role)}</span></th> });
    let rows = policy::TABLE.iter().filter(|row| !row.roles.is_empty()).map(|row| line(words, row));
    let body = view! {
        <div class="body"><dl class="facts starts">{meanings.collect_view()}</dl></div>
        <table class="matrix" aria-label=title.clone()>
            <thead><tr><th scope="col">{say!(words, "roles-may")}</th>{heads.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    };
    Card::titled(title).flush(body.into_any())
}

fn line(words: &Words, row: &policy::Row) -> AnyView {
    let permission = words.say("permission", &[("word", row.permission.into())]);
    let cells = Role::ALL.iter().map(|role| {
        let (class, mark, said) = match row.roles.contains(role) {
            true => ("yes", icon(Icon::Check), say!(words, "yes")),
            false => ("no", view! { <span aria-hidden="true">"–"</span> }.into_any(), say!(words, "no")),
        };
        view! { <td class=class>{mark}<span class="unseen">{said}</span></td> }
    });
    view! { <tr><th scope="row">{permission}</th>{cells.collect_view()}</tr> }.into_any()
}
