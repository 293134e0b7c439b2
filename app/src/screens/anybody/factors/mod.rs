//! What one has set to sign in with besides the password, or in place of it, and changing it.

pub(crate) mod codes;
pub(crate) mod identities;
pub(crate) mod passkeys;
pub(crate) mod totp;

use axum::{extract::State, response::Response};
use domain::{
    Error,
    access::{
        self, IdentityView,
        factors::{self, Factors, PasskeyView},
    },
};
use leptos::prelude::*;
use messages::{Words, say};
use openid::Providers;
use session::{Now, Portal, Refused, Signed};
use types::Timestamp;

use crate::{
    Flash, Page, Visit,
    components::{Banner, Bare, Button, Card, Heading, Tone, banner, pill, time},
    flash::{redirect, see_other},
};

/// The page that everything here leads back to.
const HERE: &str = "/factors";

/// What is set.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Page, Refused> {
    let set = factors::factors(&portal.db, &actor, now).await?;
    let own = factors::list_passkeys(&portal.db, &actor, now).await?;
    let elsewhere = access::list_identities(&portal.db, &actor, now).await?;
    let waits = access::factor_reset_of(&portal.db, &actor, now).await?;
    let (words, are_made) = (&visit.words, portal.party().is_some());
    let view = || view(words, &set, (own, are_made), (elsewhere, portal.providers.as_ref()), (waits, now));
    Ok(Page::bare(&visit, bare(words), &say!(words, "factors"), view).private())
}

/// Stops what the hub was asked to do about the reader's factors.
pub(crate) async fn keep(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    access::stop_factor_reset(&portal.db, &actor, now).await?;
    let flash = Flash::done(say!(visit.words, "factors-reset-stopped"));
    Ok(redirect(&portal.settings, HERE, flash.then(say!(visit.words, "factors-reset-stopped-means"))))
}

fn bare(words: &Words) -> Bare {
    Bare::of_person(words, Some(Button::new(say!(words, "nav-sessions")).small().to("/sessions")))
}

fn view(
    words: &Words,
    set: &Factors,
    (own, are_made): (Vec<PasskeyView>, bool),
    (elsewhere, providers): (Vec<IdentityView>, &Providers),
    (waits, now): (Option<Timestamp>, Timestamp),
) -> AnyView {
    let heading = Heading::new(say!(words, "factors")).beneath(say!(words, "factors-beneath"));
    let missing = (set.is_any() && set.n_codes == 0).then(|| {
        let (title, means) = (say!(words, "codes-none"), say!(words, "codes-none-means"));
        banner(Banner { tone: Tone::Warn, title, words: Some(means), action: None })
    });
    view! {
        <div class="narrow stack">
            {heading.view()}{waits.map(|until| about_to_go(words, until))}{missing}
            {passkeys::card(words, own, are_made, now)}
            {identities::card(words, elsewhere, providers)}
            {authenticator(words, set.totp_since)}
            {codes(words, set)}
        </div>
    }
    .into_any()
}

/// Somebody told the hub that the reader had lost them.
fn about_to_go(words: &Words, until: Timestamp) -> AnyView {
    banner(Banner {
        tone: Tone::Bad,
        title: say!(words, "factors-reset-waits"),
        words: Some(say!(words, "factors-reset-waits-means", until = words.moment(until))),
        action: Some(Button::new(say!(words, "factors-reset-stop")).primary().post("/factors/keep", ().into_any())),
    })
}

fn authenticator(words: &Words, since: Option<Timestamp>) -> AnyView {
    let said = match since {
        Some(_) => say!(words, "totp-set-means"),
        None => say!(words, "totp-means"),
    };
    let acts = match since {
        Some(_) => {
            let another = Button::new(say!(words, "totp-another")).small().post("/factors/totp", ().into_any());
            let remove = Button::new(say!(words, "totp-remove")).small().danger();
            view! { {another}{remove.post("/factors/totp/remove", ().into_any())} }.into_any()
        }
        None => Button::new(say!(words, "totp-begin")).primary().post("/factors/totp", ().into_any()),
    };
    let body = view! { <p class="soft">{said}</p><div class="row wrap">{acts}</div> };
    let state = match since {
        Some(at) => {
            let at = time(at, words.moment(at));
            view! { <span class="row wrap">{pill(Tone::Good, say!(words, "factor-set"))}<span class="xs faint">{at}</span></span> }
                .into_any()
        }
        None => pill(Tone::Idle, say!(words, "factor-unset")),
    };
    Card::titled(say!(words, "totp")).end(state).body(view! { <div class="stack tight">{body}</div> }.into_any())
}

fn codes(words: &Words, set: &Factors) -> AnyView {
    let act =
        set.is_any().then(|| Button::new(say!(words, "codes-make")).small().post("/factors/codes", ().into_any()));
    let said = if set.is_any() { say!(words, "codes-means") } else { say!(words, "codes-later") };
    let body = view! { <div class="stack tight"><p class="soft">{said}</p><div class="row wrap">{act}</div></div> };
    let tone = if set.n_codes > 2 || !set.is_any() { Tone::Idle } else { Tone::Warn };
    Card::titled(say!(words, "codes")).end(pill(tone, say!(words, "codes-left", n = set.n_codes))).body(body.into_any())
}

/// Back to the page with what was done, or with why it was not.
fn answer(portal: &Portal, words: &Words, outcome: Result<Flash, Error>) -> Result<Response, Refused> {
    let flash = match outcome {
        Ok(done) => done,
        Err(error @ (Error::Conflict(_) | Error::WrongFactor | Error::Invalid { .. })) => {
            let said = words.refusal(&Refused::from(error).refusal());
            Flash::refused(said.message).then(said.hint)
        }
        // It is gone already, as when a button is pressed twice.
        Err(Error::NotFound) => return Ok(see_other(HERE)),
        Err(error) => return Err(error.into()),
    };
    Ok(redirect(&portal.settings, HERE, flash))
}
