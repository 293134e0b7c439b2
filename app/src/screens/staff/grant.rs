//! Granting credits to one organisation: its lots, the form, what it would change, and giving it.

mod form;
mod lots;
mod wanted;

use axum::response::{IntoResponse, Response};
use domain::{
    access::{
        Seat,
        policy::{GrantCredits, ReadBalance, ReadOrganisation},
    },
    commands::Command,
    grants, ledger, organisations, quotas,
};
use leptos::prelude::*;
use messages::say;
use session::{Allowed, Form as Sent, Query, Refused};
use types::{LotView, ProjectView, QuotaView, WalletView};

pub(super) use self::lots::{Names, left as lot_left, words_of as amount_words};
use self::wanted::Wanted;
use super::asked::{is_said_here, notice};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Heading, Icon, Stat, strip},
};

/// What the organisation has, for the page and its form.
pub(super) struct Found {
    pub(super) wallet: WalletView,
    pub(super) lots: Vec<LotView>,
    pub(super) flavours: Vec<QuotaView>,
    pub(super) projects: Vec<ProjectView>,
}

/// The page; its form may come filled in, from a preview that is to be changed.
pub(crate) async fn show(
    office: Office<GrantCredits>,
    Allowed(_, seat): Allowed<GrantCredits>,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Refused> {
    page(&office, &seat, (wanted, None)).await
}

/// What the grant would change, before it is given.
pub(crate) async fn preview(
    office: Office<GrantCredits>,
    Allowed(scope, seat): Allowed<GrantCredits>,
    Sent(wanted): Sent<Wanted>,
) -> Result<Response, Refused> {
    let found = found(&office, &seat).await?;
    let outcome = async {
        let ask = wanted.ask(office.words(), found.wallet.currency)?;
        Ok::<_, Refused>(grants::preview_grant(&office.portal.db, &scope, &ask, office.now).await?)
    };
    match outcome.await {
        Ok(preview) => {
            let shell = office.shell(StaffWay::Grants).await?;
            let view = || form::preview(&office, &seat, &found, &wanted, &preview);
            Ok(office.page_of(shell, StaffWay::Grants, seat.name(), view).into_response())
        }
        Err(refused) => again(&office, &seat, wanted, refused).await,
    }
}

/// Gives it.
pub(crate) async fn give(
    office: Office<GrantCredits>,
    Allowed(scope, seat): Allowed<GrantCredits>,
    Sent(wanted): Sent<Wanted>,
) -> Result<Response, Refused> {
    let found = found(&office, &seat).await?;
    let outcome = async {
        let ask = wanted.ask(office.words(), found.wallet.currency)?;
        let command = Command::new(&wanted.idempotency_key, "grant_credits", &ask)?;
        Ok::<_, Refused>(grants::grant_credits(&office.portal.db, &scope, ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(lot) => {
            let words = office.words();
            let given = amount_words(words, &Names::of(&found), lot.granted);
            let flash = Flash::done(say!(words, "staff-granted", amount = given, name = seat.name()));
            let next = say!(words, "staff-granted-means");
            Ok(office.redirect(&format!("/staff/grants/{}", seat.slug()), flash.then(next)))
        }
        Err(refused) => again(&office, &seat, wanted, refused).await,
    }
}

async fn again(
    office: &Office<GrantCredits>,
    seat: &Seat,
    wanted: Wanted,
    refused: Refused,
) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(office, seat, (wanted, Some(refused))).await?.with_status(status).into_response())
}

/// Everything from one reading.
pub(super) async fn found(office: &Office<GrantCredits>, seat: &Seat) -> Result<Found, Refused> {
    let scope = seat.prove::<(ReadBalance, ReadOrganisation)>()?;
    let (money, whole) = (seat.prove::<ReadBalance>()?, seat.prove::<ReadOrganisation>()?);
    let tx = office.portal.db.look(&scope, office.now).await?;
    Ok(Found {
        wallet: ledger::wallet_in(&tx, &money).await?,
        lots: grants::list_lots_in(&tx, &money).await?.items,
        flavours: quotas::list_quotas_in(&tx, &whole).await?.items,
        projects: organisations::list_projects_in(&tx, &whole).await?.items,
    })
}

async fn page(
    office: &Office<GrantCredits>,
    seat: &Seat,
    (wanted, refused): (Wanted, Option<Refused>),
) -> Result<Page, Refused> {
    let found = found(office, seat).await?;
    let shell = office.shell(StaffWay::Grants).await?;
    Ok(office.page_of(shell, StaffWay::Grants, seat.name(), || view(office, seat, &found, &wanted, refused.as_ref())))
}

fn view(
    office: &Office<GrantCredits>,
    seat: &Seat,
    found: &Found,
    wanted: &Wanted,
    refused: Option<&Refused>,
) -> AnyView {
    let words = office.words();
    let heading = Heading::of(view! { <bdi>{seat.name().to_owned()}</bdi> }.into_any())
        .beneath(say!(words, "staff-grant-beneath"))
        .actions(Button::new(say!(words, "staff-new-grant")).icon(Icon::Gift).to("#grant"));
    view! {
        {heading.view()}
        {notice(words, refused)}
        {figures(office, found)}
        {lots::card(office, seat, found)}
        {form::card(office, seat, found, wanted, refused)}
    }
    .into_any()
}

fn figures(office: &Office<GrantCredits>, found: &Found) -> AnyView {
    let (words, names) = (office.words(), Names::of(found));
    let stat = |label, value, note| Stat { label, value, unit: String::new(), note };
    let lasts = found.wallet.empty_at.map(|at| words.moment(at)).unwrap_or_else(|| say!(words, "staff-lasts"));
    let mut stats = vec![
        stat(say!(words, "balance"), words.money(found.wallet.balance), None),
        stat(say!(words, "staff-per-hour"), words.per_hour(found.wallet.per_hour), None),
        stat(say!(words, "staff-empty-at"), lasts, None),
    ];
    let left = found.wallet.lots.iter().take(2).map(|left| {
        let kind = words.say("staff-lot-kind", &[("word", left.kind.word().into())]);
        stat(say!(words, "staff-lots-left"), amount_words(words, &names, left.left), Some(kind))
    });
    stats.extend(left);
    strip(stats)
}
