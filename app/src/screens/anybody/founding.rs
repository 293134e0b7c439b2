//! Opening an organisation: what it is called, who it is for the law, and in which currency it pays.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{Error, Rule, organisations};
use leptos::prelude::*;
use messages::{COUNTRIES, Words, say};
use serde::Deserialize;
use session::{Form, Now, Portal, Refused, Signed};
use types::{Currency, FoundOrganisation};

use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Card, Field, Form as FormView, Heading, Select, TextArea, check},
    flash::redirect,
    screens::asked::{is_said_here, notice, problem},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    name: String,
    #[serde(default)]
    legal_name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    is_business: String,
    #[serde(default)]
    currency: String,
}

/// The form.
pub(crate) async fn show(visit: Visit, Signed(_): Signed) -> Page {
    page(&visit, None)
}

/// Opens it.
pub(crate) async fn found(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(sent): Form<Wanted>,
) -> Result<Response, Refused> {
    let words = &visit.words;
    let outcome = async {
        let wrong = Error::Invalid { field: "currency", rule: Rule::Known };
        let ask = FoundOrganisation {
            name: sent.name.clone(),
            legal_name: sent.legal_name.clone(),
            address: sent.address.clone(),
            country: sent.country.clone(),
            is_business: sent.is_business == "yes",
            currency: sent.currency.parse().map_err(|_| wrong)?,
        };
        organisations::found_organisation(&portal.db, &actor, &ask, (words.locale().tag(), words.zone()), now).await
    };
    match outcome.await.map_err(Refused::from) {
        Ok(slug) => {
            let flash = Flash::done(say!(words, "founded", organisation = sent.name.trim()));
            let flash = flash.then(say!(words, "founded-means"));
            Ok(redirect(&portal.settings, &format!("/o/{slug}"), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&visit, Some((sent, refused))).with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

fn page(visit: &Visit, returned: Option<(Wanted, Refused)>) -> Page {
    let bare = Bare::of_person(&visit.words, Some(Button::new(say!(visit.words, "back-home")).small().to("/home")));
    Page::bare(visit, bare, &say!(visit.words, "found-title"), || view(&visit.words, returned)).private()
}

fn view(words: &Words, returned: Option<(Wanted, Refused)>) -> AnyView {
    let first = Wanted {
        country: "MA".to_owned(),
        currency: Currency::Mad.word().to_owned(),
        is_business: "yes".to_owned(),
        ..Wanted::default()
    };
    let (sent, refused) = returned.map_or((first, None), |(sent, refused)| (sent, Some(refused)));
    let error = |field: &str| problem(words, refused.as_ref(), field);
    let name = Field::text("name", say!(words, "found-name")).value(sent.name).error(error("name"));
    let legal = Field::text("legal_name", say!(words, "found-legal-name")).value(sent.legal_name);
    let legal = legal.hint(say!(words, "found-legal-name-hint")).error(error("legal_name"));
    let address = TextArea {
        name: "address".to_owned(),
        label: say!(words, "found-address"),
        value: sent.address,
        hint: None,
        error: error("address"),
    };
    let countries = COUNTRIES.iter().map(|code| ((*code).to_owned(), words.country(code))).collect::<Vec<_>>();
    let country = select("country", say!(words, "staff-country"), countries, sent.country, error("country"));
    let currencies = Currency::ALL.iter().map(|one| (one.word().to_owned(), one.word().to_owned())).collect();
    let currency = Select {
        hint: Some(say!(words, "found-currency-hint")),
        ..select("currency", say!(words, "found-currency"), currencies, sent.currency, error("currency"))
    };
    let fields = view! {
        {name.autocomplete("off").required().view()}
        {legal.autocomplete("organization").required().view()}
        {address.view()}{country.view()}{currency.view()}
        {check("is_business", say!(words, "found-business"), sent.is_business == "yes")}
        {Button::new(say!(words, "found-it")).primary().big().submit()}
    };
    let heading = Heading::new(say!(words, "found-title")).beneath(say!(words, "found-beneath"));
    let form = FormView::post("/organisations/new").around(fields.into_any());
    view! { <div class="narrow">{heading.view()}{notice(words, refused.as_ref())}{Card::plain().body(form)}</div> }
        .into_any()
}

fn select(name: &str, label: String, options: Vec<(String, String)>, chosen: String, error: Option<String>) -> Select {
    Select { name: name.to_owned(), label, options, chosen, hint: None, error }
}
