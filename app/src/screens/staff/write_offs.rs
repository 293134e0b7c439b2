//! The debts of an organisation that finance gives up: what is owed, the form, what was written off, and taking it back.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{
        Seat,
        policy::{ReadInvoices, WriteOffDebts},
    },
    commands::Command,
    write_offs,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{Money, UndoWriteOff, WriteOffDebt, WriteOffId, WriteOffView, WriteOffs};

use super::{
    asked::{decimal_of, is_said_here, micros, notice, problem, reason_field, told},
    organisation,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Field, Form, Heading, Row, Select, Table, amount, both, facts, hidden, link,
        refused as refused_button, text, time,
    },
};

/// The fields as they were sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Empty for what is of no invoice.
    invoice: String,
    amount: String,
    reason: String,
    idempotency_key: String,
}

/// What taking one back sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Undo {
    reason: String,
    idempotency_key: String,
}

/// A refusal with what was sent.
type Returned = Option<(Wanted, Refused)>;

impl Wanted {
    /// The request, or the field that cannot be read.
    fn ask(&self, owed: Money) -> Result<WriteOffDebt, Refused> {
        let invoice = match self.invoice.as_str() {
            "" => None,
            invoice => {
                let unknown = Error::Invalid { field: "invoice", rule: Rule::Known };
                Some(invoice.parse().map_err(|_| Refused::from(unknown))?)
            }
        };
        let amount = Money { micros: micros("amount", &self.amount)?, currency: owed.currency };
        Ok(WriteOffDebt { invoice, amount, reason: self.reason.clone() })
    }
}

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Allowed(_, seat): Allowed<ReadInvoices>,
) -> Result<Page, Refused> {
    page(&office, &seat, None).await
}

/// Writes off.
pub(crate) async fn make(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<WriteOffDebts>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let owed = found(&office, &seat).await?.owed;
    let outcome = async {
        let ask = sent.ask(owed)?;
        let command = Command::new(&sent.idempotency_key, "write_off", &ask)?;
        Ok::<_, Refused>(write_offs::write_off(&office.portal.db, &scope, ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(view) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "write-off-done", amount = words.money(view.amount)));
            Ok(office.redirect(&base(&seat), flash.then(say!(words, "write-off-done-means"))))
        }
        Err(refused) => again(&office, &seat, sent, refused).await,
    }
}

/// Asks for the signature that it needs.
pub(crate) async fn ask(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<WriteOffDebts>,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let owed = found(&office, &seat).await?.owed;
    let outcome = async {
        let ask = sent.ask(owed)?;
        let command = Command::new(&sent.idempotency_key, "ask_to_write_off", &ask)?;
        Ok::<_, Refused>(write_offs::ask_to_write_off(&office.portal.db, &scope, ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(view) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "sign-off-now-asked")).then(say!(words, "sign-off-now-asked-means"));
            Ok(office.redirect(&format!("/staff/billing/{}/sign-offs/{}", seat.slug(), view.id), flash))
        }
        Err(refused) => again(&office, &seat, sent, refused).await,
    }
}

/// Takes one back.
pub(crate) async fn undo(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<WriteOffDebts>,
    Path((_, id)): Path<(String, WriteOffId)>,
    Sent(sent): Sent<Undo>,
) -> Result<Response, Refused> {
    let ask = UndoWriteOff { reason: sent.reason.clone() };
    let command = Command::new(&sent.idempotency_key, "undo_write_off", &(id, &ask))?;
    let undone = write_offs::undo_write_off(&office.portal.db, &scope, id, ask, command, office.now).await;
    let words = office.words();
    let flash = match undone.map_err(Refused::from) {
        Ok(view) => Flash::done(say!(words, "write-off-undo-done", amount = words.money(view.amount)))
            .then(say!(words, "write-off-undo-done-means")),
        Err(refused) if is_said_here(&refused) => {
            let said = words.refusal(&refused.refusal());
            Flash::refused(said.message).then(said.hint)
        }
        Err(refused) => return Err(refused),
    };
    Ok(office.redirect(&base(&seat), flash))
}

/// What was signed, to be written off now.
pub(super) fn now(words: &Words, key: String, seat: &Seat, ask: &WriteOffDebt) -> AnyView {
    Form::post(base(seat)).once(key).around(sent_again(words, ask, say!(words, "write-off-now")))
}

fn sent_again(words: &Words, ask: &WriteOffDebt, button: String) -> AnyView {
    let invoice = ask.invoice.map(|invoice| invoice.to_string()).unwrap_or_default();
    view! {
        {hidden("invoice", invoice)}
        {hidden("amount", decimal_of(ask.amount.micros))}
        {hidden("reason", ask.reason.clone())}
        <p class="sm">{say!(words, "write-off-means")}</p>
        <div>{Button::new(button).danger().primary().submit()}</div>
    }
    .into_any()
}

async fn again(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    sent: Wanted,
    refused: Refused,
) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(office, seat, Some((sent, refused))).await?.with_status(status).into_response())
}

async fn found(office: &Office<ReadInvoices>, seat: &Seat) -> Result<WriteOffs, Refused> {
    let scope = seat.prove::<ReadInvoices>()?;
    let tx = office.portal.db.look(&scope, office.now).await?;
    Ok(write_offs::list_write_offs_in(&tx, &scope).await?)
}

fn base(seat: &Seat) -> String {
    format!("/staff/billing/{}/write-offs", seat.slug())
}

async fn page(office: &Office<ReadInvoices>, seat: &Seat, returned: Returned) -> Result<Page, Refused> {
    let found = found(office, seat).await?;
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "write-offs-of", name = seat.name());
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office, seat, &found, &called, returned)))
}

fn view(office: &Office<ReadInvoices>, seat: &Seat, found: &WriteOffs, called: &str, returned: Returned) -> AnyView {
    let words = office.words();
    let heading = Heading::new(called).beneath(say!(words, "write-offs-beneath"));
    let pairs = vec![
        (say!(words, "nav-organisation"), organisation::back(seat)),
        (say!(words, "write-off-owed"), amount(words.money(found.owed))),
    ];
    view! {
        {heading.view()}
        {said(words, found, returned.as_ref())}
        {asking(office, seat, found, returned.as_ref())}
        <div class="split">
            {list(office, seat, found)}
            <aside class="stack">
                {Card::titled(say!(words, "write-off-owed")).body(facts(pairs))}
                {form(office, seat, found, returned)}
            </aside>
        </div>
    }
    .into_any()
}

/// A refusal that is about no field, and any where there is no form to say it on.
fn said(words: &Words, found: &WriteOffs, returned: Option<&(Wanted, Refused)>) -> Option<AnyView> {
    let refused = returned.map(|(_, refused)| refused);
    if options(words, found).is_empty() { refused.map(|refused| told(words, refused)) } else { notice(words, refused) }
}

/// What is above the limit can be asked for with what was sent.
fn asking(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    found: &WriteOffs,
    returned: Option<&(Wanted, Refused)>,
) -> Option<AnyView> {
    let words = office.words();
    let (sent, refused) = returned?;
    if refused.refusal().fact != "sign-off-needed" {
        return None;
    }
    let ask = sent.ask(found.owed).ok()?;
    let fields = sent_again(words, &ask, say!(words, "sign-off-ask"));
    let form = Form::post(format!("{}/sign-off", base(seat))).once(office.key()).around(fields);
    let body = view! { <p class="sm">{say!(words, "write-off-ask")}</p>{form} };
    Some(Card::titled(say!(words, "sign-off-ask")).body(body.into_any()))
}

fn list(office: &Office<ReadInvoices>, seat: &Seat, found: &WriteOffs) -> AnyView {
    let words = office.words();
    let card = Card::titled(say!(words, "write-offs"));
    if found.items.is_empty() {
        let (title, next) = (say!(words, "write-off-none"), say!(words, "write-off-none-means"));
        return card.body(Empty { title, words: next, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "write-off-when")),
        Column::end(say!(words, "write-off-amount")),
        Column::new(say!(words, "sign-off-of-invoice")),
        Column::wide(say!(words, "write-off-why")),
    ];
    let row = |view: &WriteOffView| {
        let invoice = match (view.invoice, &view.invoice_number) {
            (Some(id), Some(number)) => link(format!("/staff/billing/{}/invoices/{id}", seat.slug()), number.clone()),
            _ => text(say!(words, "write-off-of-none")),
        };
        let why = view! { <bdi>{view.reason.clone()}</bdi> }.into_any();
        Row::new(vec![
            time(view.written_off_at, words.moment(view.written_off_at)),
            amount(words.money(view.amount)),
            invoice,
            both(why, back(office, seat, view)),
        ])
    };
    card.flush(Table::new(say!(words, "write-offs"), columns).rows(found.items.iter().map(row).collect()).view())
}

/// That it was taken back, or the way to do so.
fn back(office: &Office<ReadInvoices>, seat: &Seat, of: &WriteOffView) -> AnyView {
    let words = office.words();
    if let Some(at) = of.undone_at {
        let reason = of.undo_reason.clone().unwrap_or_default();
        return text(say!(words, "write-off-undone", at = words.moment(at), reason = reason));
    }
    if !seat.may::<WriteOffDebts>() {
        return ().into_any();
    }
    let name = format!("reason-{}", of.id);
    let fields = view! {
        <label class="unseen" for=name.clone()>{say!(words, "staff-reason")}</label>
        <input class="input" id=name name="reason" required />
        {Button::new(say!(words, "write-off-undo")).small().danger().submit()}
    };
    let form = Form::post(format!("{}/{}/undo", base(seat), of.id)).unstyled("row").once(office.key());
    form.around(fields.into_any())
}

fn form(office: &Office<ReadInvoices>, seat: &Seat, found: &WriteOffs, returned: Returned) -> AnyView {
    let words = office.words();
    let card = Card::titled(say!(words, "write-off-do"));
    if !seat.may::<WriteOffDebts>() {
        let (button, why) = (say!(words, "write-off-do"), say!(words, "write-off-forbidden"));
        return card.body(refused_button("no-write-off", button, why));
    }
    let options = options(words, found);
    if options.is_empty() {
        let (title, next) = (say!(words, "write-off-nothing"), say!(words, "write-off-nothing-means"));
        return card.body(Empty { title, words: next, next: None }.view());
    }
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let refused = refused.as_ref();
    let which = Select {
        name: "invoice".to_owned(),
        label: say!(words, "write-off-which"),
        options,
        chosen: sent.invoice,
        hint: None,
        error: problem(words, refused, "invoice"),
    };
    let most = Field::amount("amount", say!(words, "write-off-amount"))
        .unit(found.owed.currency.word())
        .hint(say!(words, "write-off-amount-hint"))
        .value(sent.amount)
        .error(problem(words, refused, "amount"))
        .required();
    let fields = view! {
        {which.view()}{most.view()}
        {reason_field(words, sent.reason, say!(words, "write-off-reason-hint"), refused)}
        <p class="sm">{say!(words, "write-off-means")}</p>
        <div>{Button::new(say!(words, "write-off-do")).danger().submit()}</div>
    };
    card.body(Form::post(base(seat)).once(office.key()).around(fields.into_any()))
}

/// What something can be written off of.
fn options(words: &Words, found: &WriteOffs) -> Vec<(String, String)> {
    let invoices = found.invoices.iter().map(|owed| {
        let said = say!(words, "write-off-option", number = owed.number.as_str(), amount = words.money(owed.due));
        (owed.invoice.to_string(), said)
    });
    let none = (found.without_invoice.micros > 0).then(|| {
        let rest = words.money(found.without_invoice);
        (String::new(), say!(words, "write-off-option-none", amount = rest))
    });
    invoices.chain(none).collect()
}
