//! What the organisation says of itself: its name, and who it is on its next invoices.

use axum::response::{IntoResponse, Response};
use domain::{access::policy::ChangeOrganisation, organisations};
use leptos::prelude::*;
use messages::{Locale, Words, say};
use serde::Deserialize;
use session::{Form as Sent, Refused};
use types::{OrganisationSettings, OrganisationSettingsView};

use super::closing;
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Field, Form, Heading, Select, TextArea, facts, text},
    screens::asked::{is_said_here, notice, problem},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    name: String,
    legal_name: String,
    address: String,
    ice: String,
    tax_id: String,
    trade_register: String,
    business_tax: String,
    vat_id: String,
    language: String,
}

/// The page.
pub(crate) async fn show(room: Room<ChangeOrganisation>) -> Result<Page, Refused> {
    page(&room, None).await
}

/// Keeps it.
pub(crate) async fn save(room: Room<ChangeOrganisation>, Sent(wanted): Sent<Wanted>) -> Result<Response, Refused> {
    let ask = OrganisationSettings::from(wanted.clone());
    let outcome = organisations::change_organisation(&room.portal.db, &room.scope, &ask, room.now).await;
    match outcome.map_err(Refused::from) {
        Ok(()) => {
            let flash = Flash::done(say!(room.words(), "settings-saved"));
            let flash = flash.then(say!(room.words(), "organisation-saved-means"));
            Ok(room.redirect(Way::Settings.path(), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&room, Some((wanted, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn page(room: &Room<ChangeOrganisation>, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let kept = organisations::settings_in(&tx, &room.scope).await?;
    let shell = room.shell_in(&tx, Way::Settings).await?;
    drop(tx);
    Ok(room.page(shell, Way::Settings, || view(room, &kept, returned)))
}

fn view(
    room: &Room<ChangeOrganisation>,
    kept: &OrganisationSettingsView,
    returned: Option<(Wanted, Refused)>,
) -> AnyView {
    let words = room.words();
    let (shown, refused) = match returned {
        Some((sent, refused)) => (sent, Some(refused)),
        None => (Wanted::from(kept.settings.clone()), None),
    };
    let heading = Heading::new(say!(words, "nav-settings"));
    let heading = heading.beneath(say!(words, "organisation-settings-beneath", organisation = room.seat.name()));
    let fields = fields(words, kept.country == "MA", shown, refused.as_ref());
    let form = Form::post(room.href(Way::Settings.path())).around(fields);
    let left = Card::titled(say!(words, "organisation-identity")).body(form);
    view! {
        {heading.view()}{notice(words, refused.as_ref())}
        <div class="split">{left}<div class="stack">{fixed(words, kept)}{closing::way(room)}</div></div>
    }
    .into_any()
}

fn fields(words: &Words, is_moroccan: bool, shown: Wanted, refused: Option<&Refused>) -> AnyView {
    let field = |name: &str, label: String, value: String| {
        Field::text(name, label).value(value).error(problem(words, refused, name)).autocomplete("off")
    };
    let name = field("name", say!(words, "found-name"), shown.name).required();
    let legal = field("legal_name", say!(words, "found-legal-name"), shown.legal_name).required();
    let address = TextArea {
        name: "address".to_owned(),
        label: say!(words, "found-address"),
        value: shown.address,
        hint: None,
        error: problem(words, refused, "address"),
    };
    let language = Select {
        name: "language".to_owned(),
        label: say!(words, "organisation-language"),
        options: Locale::ALL.map(|locale| (locale.tag().to_owned(), locale.own_name().to_owned())).into(),
        chosen: shown.language,
        hint: None,
        error: problem(words, refused, "language"),
    };
    let tax = field("tax_id", say!(words, "organisation-tax-id"), shown.tax_id);
    let register = field("trade_register", say!(words, "organisation-register"), shown.trade_register);
    let vat = field("vat_id", say!(words, "organisation-vat-id"), shown.vat_id);
    let moroccan = is_moroccan.then(|| {
        let ice = field("ice", say!(words, "organisation-ice"), shown.ice).hint(say!(words, "organisation-ice-hint"));
        let business = field("business_tax", say!(words, "organisation-business-tax"), shown.business_tax);
        view! { {ice.view()}{business.hint(say!(words, "organisation-business-tax-hint")).view()} }
    });
    let tax = if is_moroccan { tax.hint(say!(words, "organisation-tax-id-hint")) } else { tax };
    view! {
        {name.view()}{legal.hint(say!(words, "found-legal-name-hint")).view()}{address.view()}
        {moroccan}{tax.view()}{register.view()}
        {vat.hint(say!(words, "organisation-vat-id-hint")).view()}{language.view()}
        <div>{Button::new(say!(words, "save")).primary().submit()}</div>
    }
    .into_any()
}

/// What only the hub changes, and why.
fn fixed(words: &Words, kept: &OrganisationSettingsView) -> AnyView {
    let business = if kept.is_business { say!(words, "yes") } else { say!(words, "no") };
    let known = vec![
        (say!(words, "staff-country"), text(words.country(&kept.country))),
        (say!(words, "found-currency"), text(kept.currency.word())),
        (say!(words, "found-business"), text(business)),
    ];
    let body = view! { {facts(known)}<p class="sm soft">{say!(words, "organisation-fixed-means")}</p> };
    Card::titled(say!(words, "organisation-fixed")).body(body.into_any())
}

impl From<Wanted> for OrganisationSettings {
    fn from(sent: Wanted) -> Self {
        Self {
            name: sent.name,
            legal_name: sent.legal_name,
            address: sent.address,
            ice: Some(sent.ice),
            tax_id: Some(sent.tax_id),
            trade_register: Some(sent.trade_register),
            business_tax: Some(sent.business_tax),
            vat_id: Some(sent.vat_id),
            language: sent.language,
        }
    }
}

impl From<OrganisationSettings> for Wanted {
    fn from(kept: OrganisationSettings) -> Self {
        Self {
            name: kept.name,
            legal_name: kept.legal_name,
            address: kept.address,
            ice: kept.ice.unwrap_or_default(),
            tax_id: kept.tax_id.unwrap_or_default(),
            trade_register: kept.trade_register.unwrap_or_default(),
            business_tax: kept.business_tax.unwrap_or_default(),
            vat_id: kept.vat_id.unwrap_or_default(),
            language: kept.language,
        }
    }
}
