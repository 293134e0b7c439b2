//! The account at which the hub is paid in one currency.

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    commands::Command,
    transfers,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{Currency, ReceivingAccountView, SetReceivingAccount};

use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Field, Form, Heading},
    screens::asked::{is_said_here, notice, problem},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    iban: String,
    beneficiary: String,
    bank: String,
    idempotency_key: String,
}

/// The form, filled with the account that there is.
pub(crate) async fn show(office: Office<CloseBilling>, Path(currency): Path<Currency>) -> Result<Page, Refused> {
    page(&office, currency, None).await
}

/// Sets the account.
pub(crate) async fn set(
    office: Office<CloseBilling>,
    Path(currency): Path<Currency>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    match try_set(&office, currency, &sent).await {
        Ok(account) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "bank-account-done", iban = account.iban.as_str()));
            Ok(office.redirect(StaffWay::Bank.path(), flash.then(say!(words, "bank-account-done-means"))))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&office, currency, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn try_set(
    office: &Office<CloseBilling>,
    currency: Currency,
    sent: &Wanted,
) -> Result<ReceivingAccountView, Refused> {
    let Wanted { iban, beneficiary, bank, .. } = sent.clone();
    let ask = SetReceivingAccount { currency, beneficiary, bank, iban };
    let command = Command::new(&sent.idempotency_key, "set_receiving_account", &ask)?;
    Ok(transfers::set_receiving_account(&office.portal.db, &office.survey, ask, command, office.now).await?)
}

async fn page(
    office: &Office<CloseBilling>,
    currency: Currency,
    returned: Option<(Wanted, Refused)>,
) -> Result<Page, Refused> {
    let survey = office.actor.prove::<ReadInvoices>()?;
    let open = office.portal.db.survey(&survey, office.now).await?;
    let accounts = transfers::list_receiving_accounts(&open, &survey).await?.items;
    drop(open);
    let (sent, refused) = match returned {
        Some((sent, refused)) => (sent, Some(refused)),
        None => {
            (accounts.into_iter().find(|account| account.currency == currency).map(filled).unwrap_or_default(), None)
        }
    };
    let shell = office.shell(StaffWay::Bank).await?;
    let called = say!(office.words(), "bank-account-of", currency = currency.word());
    Ok(office.page_of(shell, StaffWay::Bank, &called, || view(office, currency, &called, (&sent, refused.as_ref()))))
}

fn filled(account: ReceivingAccountView) -> Wanted {
    let ReceivingAccountView { iban, beneficiary, bank, .. } = account;
    Wanted { iban, beneficiary, bank, idempotency_key: String::new() }
}

fn view(
    office: &Office<CloseBilling>,
    currency: Currency,
    called: &str,
    (sent, refused): (&Wanted, Option<&Refused>),
) -> AnyView {
    let words = office.words();
    let field = |name: &str, label: String, value: &str| {
        Field::text(name, label).value(value).error(problem(words, refused, name)).required()
    };
    let iban = field("iban", say!(words, "bank-iban"), &sent.iban).hint(say!(words, "bank-iban-hint"));
    let fields = view! {
        <p class="sm">{say!(words, "bank-account-means")}</p>
        {iban.view()}
        {field("beneficiary", say!(words, "bank-beneficiary"), &sent.beneficiary).view()}
        {field("bank", say!(words, "bank-name"), &sent.bank).view()}
        <div>{Button::new(say!(words, "bank-account-set")).primary().submit()}</div>
    };
    let form = Form::post(format!("/staff/bank/accounts/{}", currency.word())).once(office.key());
    view! {
        {Heading::new(called).view()}
        {notice(words, refused)}
        {Card::titled(say!(words, "bank-account-set")).body(form.around(fields.into_any()))}
    }
    .into_any()
}
