//! Closing the organisation: what will happen, with counts and amounts, its word typed once more, and keeping it after all.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::{CLOSING_HOURS, policy::CloseOrganisation},
    catalogue, grants, invoices, ledger, organisations,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Refused};
use types::{ClosingView, LotView, Money, OrganisationStanding, Timestamp, WalletView};

use super::wallet::{Names, amount_of, is_left};
use crate::{
    Flash, Page, Room, Way,
    components::{Banner, Button, Card, Confirm, Heading, Tone, amount, banner, facts, ident, number, refused},
    screens::asked::is_said_here,
};

/// Where the page is, inside the organisation.
pub(super) const HERE: &str = "/close";

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    confirm: String,
}

struct Found {
    closing: ClosingView,
    wallet: WalletView,
    lots: Vec<LotView>,
    names: Names,
    /// What was used and has no invoice yet, with its tax.
    open: Money,
}

/// What will happen.
pub(crate) async fn show(room: Room<CloseOrganisation>) -> Result<Response, Refused> {
    if room.actor.recent(room.now).is_none() {
        return Ok(room.prove_first(HERE));
    }
    Ok(page(&room, None).await?.into_response())
}

/// Announces it.
pub(crate) async fn close(room: Room<CloseOrganisation>, Sent(sent): Sent<Typed>) -> Result<Response, Refused> {
    let Some(recent) = room.actor.recent(room.now) else { return Ok(room.prove_first(HERE)) };
    let words = room.words();
    if sent.confirm.trim() != room.seat.slug() {
        let page = page(&room, Some(sent.confirm)).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let outcome = organisations::close_organisation(&room.portal.db, &room.scope, recent, room.now).await;
    let flash = match outcome.map_err(Refused::from) {
        Ok(()) => {
            let done = Flash::done(say!(words, "organisation-closed", organisation = room.seat.name()));
            done.then(say!(words, "organisation-closed-means"))
        }
        Err(refused) if is_said_here(&refused) => {
            let said = words.refusal(&refused.refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(refused) => return Err(refused),
    };
    Ok(room.redirect(HERE, flash))
}

/// Takes it back.
pub(crate) async fn keep(room: Room<CloseOrganisation>) -> Result<Response, Refused> {
    organisations::keep_organisation(&room.portal.db, &room.scope, room.now).await?;
    let done = Flash::done(say!(room.words(), "organisation-kept", organisation = room.seat.name()));
    Ok(room.redirect(Way::Settings.path(), done.then(say!(room.words(), "organisation-kept-means"))))
}

/// What leads here from the settings.
pub(super) fn way<P: domain::access::Permission>(room: &Room<P>) -> Option<AnyView> {
    let words = room.words();
    room.seat.may::<CloseOrganisation>().then(|| {
        let to = Button::new(say!(words, "organisation-close-see")).to(room.href(HERE));
        let body = view! { <p class="sm soft">{say!(words, "organisation-close-beneath")}</p><div>{to}</div> };
        let body = view! { <div class="stack tight">{body}</div> };
        Card::titled(say!(words, "organisation-close")).body(body.into_any())
    })
}

/// Says on the overview that nothing starts any more.
pub(super) fn notice<P: domain::access::Permission>(room: &Room<P>) -> Option<AnyView> {
    let words = room.words();
    (room.seat.standing() == OrganisationStanding::Closing).then(|| {
        let see = || Button::new(say!(words, "organisation-close-until")).small().to(room.href(HERE));
        banner(Banner {
            tone: Tone::Bad,
            title: say!(words, "organisation-closing"),
            words: Some(say!(words, "organisation-closing-means")),
            action: room.seat.may::<CloseOrganisation>().then(see),
        })
    })
}

async fn page(room: &Room<CloseOrganisation>, typed: Option<String>) -> Result<Page, Refused> {
    let (tx, seat) = (room.look().await?, &room.seat);
    let closing = organisations::closing_in(&tx, &room.scope).await?;
    let wallet = ledger::wallet_in(&tx, &seat.prove()?).await?;
    let flavours = catalogue::list_flavours_in(&tx, &seat.prove()?).await?.items;
    let previews = invoices::previews_in(&tx, &seat.prove()?).await?.items;
    let found = Found {
        lots: grants::list_lots_in(&tx, &seat.prove()?).await?.items,
        names: flavours.into_iter().map(|flavour| (flavour.id, flavour.name)).collect(),
        open: Money { micros: previews.iter().map(|preview| preview.total.micros).sum(), currency: wallet.currency },
        closing,
        wallet,
    };
    let shell = room.shell_in(&tx, Way::Settings).await?;
    drop(tx);
    let title = say!(room.words(), "organisation-close");
    Ok(room.page_of(shell, Way::Settings, &title, || view(room, &found, typed)))
}

fn view(room: &Room<CloseOrganisation>, found: &Found, typed: Option<String>) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "organisation-close")).beneath(say!(words, "organisation-close-beneath"));
    let kept = found.closing.closes_at.map(|at| keeping(room, at));
    let act = found.closing.closes_at.is_none().then(|| act(room, &found.closing, typed));
    let left = view! { <div class="stack">{goes(words, &found.closing)}{money(words, found, room.now)}</div> };
    let right = view! { <div class="stack">{act}{stays(words, &found.closing)}</div> };
    view! { {heading.view()}{kept}<div class="split">{left}{right}</div> }.into_any()
}

/// Until when it can be kept, and the button.
fn keeping(room: &Room<CloseOrganisation>, at: Timestamp) -> AnyView {
    let words = room.words();
    let keep = Button::new(say!(words, "organisation-keep")).primary();
    banner(Banner {
        tone: Tone::Warn,
        title: say!(words, "organisation-ends-at", at = words.moment(at)),
        words: Some(say!(words, "organisation-ends-means")),
        action: Some(keep.post(room.href("/keep"), ().into_any())),
    })
}

/// The button behind the word, or what has to be done before.
fn act(room: &Room<CloseOrganisation>, closing: &ClosingView, typed: Option<String>) -> AnyView {
    let (words, name) = (room.words(), room.seat.slug());
    let card = Card::titled(say!(words, "organisation-close"));
    if closing.n_running > 0 {
        let why = say!(words, "organisation-close-runs", n = closing.n_running);
        let next = Button::new(say!(words, "organisation-close-stop")).to(room.href(Way::Instances.path()));
        let button = refused("runs", say!(words, "organisation-close-it"), why.clone());
        let body = view! { <p>{why}</p><div class="row wrap">{next}{button}</div> };
        return card.body(view! { <div class="stack tight">{body}</div> }.into_any());
    }
    let confirm = Confirm {
        action_words: say!(words, "organisation-close-it"),
        href: room.href(HERE),
        key: room.key(),
        consequence: say!(words, "organisation-close-means", n = CLOSING_HOURS),
        ask: say!(words, "confirm-by-typing", name = name),
        again: typed.map(|typed| (typed, say!(words, "confirm-mismatch", name = name))),
    };
    card.body(confirm.view())
}

/// What goes, at once and at the end.
fn goes(words: &Words, closing: &ClosingView) -> AnyView {
    let count = |n: i64| number(words.count(n));
    let size = say!(words, "gibibytes", number = words.count(closing.volumes_gb));
    let at_once = vec![(say!(words, "organisation-close-tokens"), count(closing.n_tokens))];
    let mut at_the_end = vec![
        (say!(words, "organisation-close-instances"), count(closing.n_instances)),
        (say!(words, "organisation-close-volumes"), count(closing.n_volumes)),
        (say!(words, "organisation-close-volumes-size"), amount(size)),
        (say!(words, "organisation-close-members"), count(closing.n_members)),
        (say!(words, "organisation-close-invitations"), count(closing.n_invitations)),
        (say!(words, "organisation-close-projects"), count(closing.n_projects)),
    ];
    at_the_end
        .extend(closing.domain.as_ref().map(|name| (say!(words, "organisation-close-domain"), ident(name.clone()))));
    let now = view! { <p class="sm soft">{say!(words, "organisation-close-now-means")}</p>{facts(at_once)} };
    let end = view! { <p class="sm soft">{say!(words, "organisation-close-end-means")}</p>{facts(at_the_end)} };
    view! {
        {Card::titled(say!(words, "organisation-close-now")).body(now.into_any())}
        {Card::titled(say!(words, "organisation-close-end", n = CLOSING_HOURS)).body(end.into_any())}
    }
    .into_any()
}

/// What is lost, what is owed, and what stays the organisation's.
fn money(words: &Words, found: &Found, now: Timestamp) -> AnyView {
    let (wallet, said) = (&found.wallet, |money: Money| amount(words.money(money)));
    let owed = wallet.receivable.micros + (-wallet.balance.micros).max(0);
    let money = |micros: i64| Money { micros, currency: wallet.currency };
    let mut known = vec![
        (say!(words, "organisation-close-open"), said(found.open)),
        (say!(words, "organisation-close-owed"), said(money(owed))),
        (say!(words, "organisation-close-balance"), said(money(wallet.balance.micros.max(0)))),
    ];
    let lots = found.lots.iter().filter(|lot| is_left(lot) && lot.expires_at.is_none_or(|end| now < end));
    known.extend(lots.map(|lot| {
        let label = say!(words, "organisation-close-lot", name = lot.name.as_str());
        (label, amount(amount_of(words, lot.left, &found.names)))
    }));
    let body = view! { {facts(known)}<p class="sm soft">{say!(words, "organisation-close-money-means")}</p> };
    Card::titled(say!(words, "organisation-close-money")).body(body.into_any())
}

/// What the law wants kept.
fn stays(words: &Words, closing: &ClosingView) -> AnyView {
    let known = vec![(say!(words, "organisation-close-invoices"), number(words.count(closing.n_invoices)))];
    let body = view! { {facts(known)}<p class="sm soft">{say!(words, "organisation-close-kept-means")}</p> };
    Card::titled(say!(words, "organisation-close-kept")).body(body.into_any())
}
