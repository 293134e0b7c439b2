//! Where one is signed in, and ending it there.

use axum::{extract::State, response::Response};
use domain::access;
use leptos::prelude::*;
use messages::{Words, device_name, say};
use session::{Now, Path, Portal, Refused, Signed};
use types::{SessionId, SessionView, Timestamp};

use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Card, Column, Heading, Row, Table, both, ident, tag, text, time},
    flash::redirect,
};

/// One's own living sessions.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Page, Refused> {
    let sessions = access::list_sessions(&portal.db, &actor, now).await?.items;
    let words = &visit.words;
    let end = Button::new(say!(words, "back-home")).small().to("/home");
    let bare = Bare::of_person(words, Some(end));
    Ok(Page::bare(&visit, bare, &say!(words, "nav-sessions"), || view(words, now, sessions)).private())
}

/// Ends one of them.
pub(crate) async fn end(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Path(session): Path<SessionId>,
) -> Result<Response, Refused> {
    access::end_session(&portal.db, &actor, session, now).await?;
    let words = &visit.words;
    let flash = Flash::done(say!(words, "session-ended")).then(say!(words, "session-ended-means"));
    Ok(redirect(&portal.settings, "/sessions", flash))
}

/// Ends all of them but this one.
pub(crate) async fn end_others(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    access::end_other_sessions(&portal.db, &actor, now).await?;
    let words = &visit.words;
    let flash = Flash::done(say!(words, "sessions-ended")).then(say!(words, "session-ended-means"));
    Ok(redirect(&portal.settings, "/sessions", flash))
}

fn view(words: &Words, now: Timestamp, sessions: Vec<SessionView>) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "session-device")),
        Column::new(say!(words, "session-address")),
        Column::new(say!(words, "session-opened")),
        Column::new(say!(words, "session-seen")),
        Column::unseen(say!(words, "session-end")),
    ];
    let others = (sessions.len() > 1)
        .then(|| Button::new(say!(words, "sessions-end-others")).small().post("/sessions/end-others", ().into_any()));
    let rows = sessions.into_iter().map(|session| row(words, now, session)).collect();
    let table = Table::new(say!(words, "nav-sessions"), columns).rows(rows);
    let heading = Heading::new(say!(words, "nav-sessions")).beneath(say!(words, "sessions-beneath"));
    let out = Button::new(say!(words, "nav-sign-out")).small().post("/sign-out", ().into_any());
    let activity = Button::new(say!(words, "nav-activity")).small().to("/activity");
    let heading = heading.actions(view! { {activity}{others}{out} }.into_any());
    view! { {heading.view()}{Card::plain().flush(table.view())} }.into_any()
}

fn row(words: &Words, now: Timestamp, session: SessionView) -> Row {
    let device = text(device_name(&session.device));
    let device = match session.is_this_one {
        true => view! { <span class="row wrap">{device}{tag(say!(words, "session-this"))}</span> }.into_any(),
        false => device,
    };
    let end =
        Button::new(say!(words, "session-end")).small().post(format!("/sessions/{}/end", session.id), ().into_any());
    Row::new(vec![
        both(device, ident(session.id.to_string())),
        ident(session.address),
        time(session.created_at, words.moment(session.created_at)),
        time(session.seen_at, words.ago(now, session.seen_at)),
        end,
    ])
}
