//! A refusal as a page: what happened, what to do next, the request's number, and for who is signed in the way out.

use std::time::Duration;

use axum::{
    http::{HeaderValue, Method, header},
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::{Actor, policy},
};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Reader, Refused, Ticket};
use types::Code;

use crate::{
    Page, Screens, Visit,
    components::{Bare, Button, Heading, ident},
    flash::see_other,
};

/// How long it is worth waiting for who reads it: the page says the same without, but for the way out.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who reads it.
enum Asker {
    Nobody,
    /// Somebody with a session, of whom nothing can be found out now.
    Somebody,
    Known(Box<Actor>),
}

impl Asker {
    async fn of(screens: &Screens, ticket: &Ticket, refused: &Refused) -> Self {
        // What has just not answered is not asked once more.
        let is_away = refused.refusal().code == Code::Unavailable;
        let unknown = if ticket.is_of_session() { Self::Somebody } else { Self::Nobody };
        if is_away {
            return unknown;
        }
        let asked = ticket.actor(&screens.portal, screens.portal.clock.now());
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(actor)) => Self::Known(Box::new(actor)),
            Ok(Err(Error::Unauthenticated)) => Self::Nobody,
            Ok(Err(_)) | Err(_) => unknown,
        }
    }
}

/// The page that says `refused` to a person; who is not signed in is sent to sign in and comes back.
pub async fn refused_page(
    screens: &Screens,
    reader: &Reader,
    ticket: &Ticket,
    method: &Method,
    refused: &Refused,
    request_id: &str,
) -> Response {
    if matches!(refused.error(), Error::Unauthenticated) {
        return see_other(&sign_in_and_back(reader, method));
    }
    let asker = Asker::of(screens, ticket, refused).await;
    let person = match &asker {
        Asker::Known(actor) => Some(actor.person()),
        Asker::Somebody | Asker::Nobody => None,
    };
    let visit = Visit::of(&screens.portal, &screens.site, reader, person);
    let bare = match asker {
        Asker::Nobody => Bare { end: None },
        // The way home stands among what to do next.
        Asker::Somebody | Asker::Known(_) => Bare::of_person(&visit.words, None),
    };
    let title = visit.words.problem(refused.refusal().code);
    let page = Page::bare(&visit, bare, &title, || view(&visit.words, refused, request_id));
    let mut response = page.with_status(refused.status()).private().into_response();
    if let Some(seconds) = refused.retry_seconds() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn sign_in_and_back(reader: &Reader, method: &Method) -> String {
    let back = [("return", reader.here.as_str())];
    // What a form sent cannot be asked for with GET.
    let query = (method == Method::GET).then(|| serde_urlencoded::to_string(back).ok()).flatten();
    query.map_or_else(|| "/sign-in".to_owned(), |query| format!("/sign-in?{query}"))
}

fn view(words: &Words, refused: &Refused, request_id: &str) -> AnyView {
    let said = words.refusal(&refused.refusal());
    let lacking = match refused.error() {
        Error::Forbidden(permission) => Some(lacking(words, permission)),
        _ => None,
    };
    let factor = matches!(refused.error(), Error::StaffFactor)
        .then(|| Button::new(say!(words, "factors")).primary().to("/factors"));
    let number = (!request_id.is_empty()).then(|| {
        view! { <p class="xs faint">{say!(words, "request-number")}" "{ident(request_id)}</p> }
    });
    view! {
        <div class="narrow stack tight">
            <p class="sm faint num">{refused.status().as_u16()}</p>
            {Heading::new(said.message).view()}
            {lacking.map(|sentence| view! { <p>{sentence}</p> })}
            <p class="soft">{said.hint}</p>
            <div class="row">{factor}{Button::new(say!(words, "back-home")).to("/home")}</div>
            {number}
        </div>
    }
    .into_any()
}

/// Which permission is lacking, and who has it.
pub(crate) fn lacking(words: &Words, permission: &str) -> String {
    let holders = policy::holders(permission);
    let roles = holders.iter().flat_map(|row| row.roles).map(|role| words.role(*role));
    let staff = holders.iter().flat_map(|row| row.staff).map(|role| words.staff_role(*role));
    let mut who = roles.collect::<Vec<_>>();
    // A member asks somebody of their own organisation; only what no member may is the hub's to give.
    if who.is_empty() {
        who.extend(staff);
    }
    let act = words.say("permission", &[("word", permission.into())]);
    say!(words, "not-allowed", permission = act, who = who.join(&say!(words, "list-and")))
}
