//! What a customer withheld of an invoice at source: how the invoice stands, the form for a certificate, and taking one
//! back.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{
        Seat,
        policy::{ReadInvoices, RecordWithholdings},
    },
    commands::Command,
    invoices,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Allowed, Form as Sent, Path, Refused};
use types::{Currency, InvoiceId, InvoiceStanding, InvoiceView, Money, RecordWithholding, UndoWithholding};

use super::asked::{is_said_here, micros, notice, problem, told};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Field, Form, Heading, Select, facts, link, refused as refused_button},
    screens::tenant::{
        invoice::standing::{parts, said},
        invoices::name,
    },
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    certificate: String,
    certified_on: String,
    amount: String,
    idempotency_key: String,
}

impl Wanted {
    /// The request, or the field that cannot be read.
    fn ask(&self, invoice: InvoiceId, currency: Currency) -> Result<RecordWithholding, Refused> {
        let wrong = |_| Error::Invalid { field: "certified_on", rule: Rule::Form };
        Ok(RecordWithholding {
            invoice,
            certificate: self.certificate.clone(),
            certified_on: self.certified_on.trim().parse().map_err(wrong)?,
            amount: Money { micros: micros("amount", &self.amount)?, currency },
        })
    }
}

/// What the form of taking back sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Undo {
    withholding: String,
    reason: String,
    idempotency_key: String,
}

type Which = Path<(String, InvoiceId)>;

/// The invoice, and how it stands.
struct Found {
    invoice: InvoiceView,
    stands: InvoiceStanding,
}

/// The page.
pub(crate) async fn show(
    office: Office<RecordWithholdings>,
    Allowed(_, seat): Allowed<RecordWithholdings>,
    Path((_, id)): Which,
) -> Result<Page, Refused> {
    page(&office, &seat, id, (Wanted::default(), None)).await
}

/// Records a certificate.
pub(crate) async fn record(
    office: Office<RecordWithholdings>,
    Allowed(scope, seat): Allowed<RecordWithholdings>,
    Path((_, id)): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let currency = found(&office, &seat, id).await?.invoice.document.currency;
    let outcome = async {
        let ask = sent.ask(id, currency)?;
        let command = Command::new(&sent.idempotency_key, "record_withholding", &ask)?;
        Ok::<_, Refused>(invoices::record_withholding(&office.portal.db, &scope, ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(view) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "withheld-recorded", amount = words.money(view.amount)));
            Ok(office.redirect(&base(&seat, id), flash.then(say!(words, "withheld-recorded-means"))))
        }
        Err(refused) => again(&office, &seat, id, sent, refused).await,
    }
}

/// Takes one back.
pub(crate) async fn undo(
    office: Office<RecordWithholdings>,
    Allowed(scope, seat): Allowed<RecordWithholdings>,
    Path((_, id)): Which,
    Sent(sent): Sent<Undo>,
) -> Result<Response, Refused> {
    let known = found(&office, &seat, id).await?.stands.withholdings;
    let outcome = async {
        let one = known.iter().find(|one| one.id.to_string() == sent.withholding).map(|one| one.id);
        let one = one.ok_or(Error::Invalid { field: "withholding", rule: Rule::Known })?;
        let ask = UndoWithholding { reason: sent.reason.clone() };
        let command = Command::new(&sent.idempotency_key, "undo_withholding", &(one, &ask))?;
        Ok::<_, Refused>(invoices::undo_withholding(&office.portal.db, &scope, one, ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(_) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "withheld-undone"));
            Ok(office.redirect(&base(&seat, id), flash.then(say!(words, "withheld-undone-means"))))
        }
        Err(refused) => again(&office, &seat, id, Wanted::default(), refused).await,
    }
}

async fn again(
    office: &Office<RecordWithholdings>,
    seat: &Seat,
    id: InvoiceId,
    wanted: Wanted,
    refused: Refused,
) -> Result<Response, Refused> {
    if !is_said_here(&refused) {
        return Err(refused);
    }
    let status = refused.status();
    Ok(page(office, seat, id, (wanted, Some(refused))).await?.with_status(status).into_response())
}

async fn found(office: &Office<RecordWithholdings>, seat: &Seat, id: InvoiceId) -> Result<Found, Refused> {
    let scope = seat.prove::<ReadInvoices>()?;
    let tx = office.portal.db.look(&scope, office.now).await?;
    let invoice = invoices::invoice_in(&tx, &scope, id).await?;
    let stands = invoices::invoice_standing_in(&tx, &scope, id).await?;
    Ok(Found { invoice, stands })
}

fn base(seat: &Seat, id: InvoiceId) -> String {
    format!("/staff/billing/{}/invoices/{id}", seat.slug())
}

async fn page(
    office: &Office<RecordWithholdings>,
    seat: &Seat,
    id: InvoiceId,
    (wanted, refused): (Wanted, Option<Refused>),
) -> Result<Page, Refused> {
    let found = found(office, seat, id).await?;
    let shell = office.shell(StaffWay::Billing).await?;
    let invoice = name(office.words(), &found.invoice.invoice);
    let called = say!(office.words(), "withheld-of", invoice = invoice, name = seat.name());
    let view = || view(office, seat, &found, &called, (&wanted, refused.as_ref()));
    Ok(office.page_of(shell, StaffWay::Billing, &called, view))
}

fn view(
    office: &Office<RecordWithholdings>,
    seat: &Seat,
    found: &Found,
    called: &str,
    (wanted, refused): (&Wanted, Option<&Refused>),
) -> AnyView {
    let (words, base) = (office.words(), base(seat, found.invoice.invoice.id));
    let back = link(base.clone(), say!(words, "invoice"));
    view! {
        {Heading::new(called).view()}
        {notice(words, refused)}
        <div class="split">
            {form(office, found, &base, wanted, refused)}
            <aside class="stack">
                {Card::titled(say!(words, "invoice-standing")).body(
                    view! { {facts(parts(words, &found.stands))}<p class="sm">{back}</p> }.into_any()
                )}
                {kept(office, found, &base, refused)}
            </aside>
        </div>
    }
    .into_any()
}

fn form(
    office: &Office<RecordWithholdings>,
    found: &Found,
    base: &str,
    wanted: &Wanted,
    refused: Option<&Refused>,
) -> AnyView {
    let words = office.words();
    let card = Card::titled(say!(words, "withheld-record"));
    if found.stands.most.micros == 0 {
        let button = refused_button("nothing-withheld", say!(words, "withheld-save"), say!(words, "withheld-nothing"));
        // There is no field to say it beside.
        let why = refused.filter(|refused| refused.refusal().field.is_some()).map(|refused| told(words, refused));
        return card.body(view! { {why}{button} }.into_any());
    }
    let most = say!(words, "withheld-most", most = words.money(found.stands.most));
    let certificate = Field::text("certificate", say!(words, "withheld-certificate")).value(&wanted.certificate);
    let day = Field::day("certified_on", say!(words, "withheld-day")).value(&wanted.certified_on);
    let much = Field::amount("amount", say!(words, "withheld-amount"))
        .value(&wanted.amount)
        .unit(found.invoice.document.currency.word())
        .hint(most);
    let fields = view! {
        <p class="sm">{say!(words, "withheld-means")}</p>
        {certificate.error(problem(words, refused, "certificate")).view()}
        {day.error(problem(words, refused, "certified_on")).view()}
        {much.error(problem(words, refused, "amount")).view()}
        <div>{Button::new(say!(words, "withheld-save")).primary().submit()}</div>
    };
    card.body(Form::post(format!("{base}/withhold")).once(office.key()).around(fields.into_any()))
}

/// Those that were recorded, and the form that takes one of them back.
fn kept(office: &Office<RecordWithholdings>, found: &Found, base: &str, refused: Option<&Refused>) -> Option<AnyView> {
    let (words, all) = (office.words(), &found.stands.withholdings);
    if all.is_empty() {
        return None;
    }
    let lines = all.iter().map(|one| {
        let why = one.undo_reason.as_deref().map(|reason| undone(words, reason));
        view! { <p class="sm">{said(words, one)}</p>{why} }
    });
    let lines = lines.collect_view();
    let live: Vec<_> = all.iter().filter(|one| one.undone_at.is_none()).collect();
    let form = (!live.is_empty()).then(|| {
        let which = Select {
            name: "withholding".to_owned(),
            label: say!(words, "withheld-certificate"),
            options: live.iter().map(|one| (one.id.to_string(), one.certificate.clone())).collect(),
            chosen: String::new(),
            hint: None,
            error: problem(words, refused, "withholding"),
        };
        let reason = Field::text("reason", say!(words, "staff-reason")).error(problem(words, refused, "reason"));
        let fields = view! {
            {which.view()}{reason.view()}
            <div>{Button::new(say!(words, "withheld-undo")).submit()}</div>
        };
        Form::post(format!("{base}/withhold/undo")).once(office.key()).around(fields.into_any())
    });
    Some(Card::titled(say!(words, "withheld-kept")).body(view! { {lines}{form} }.into_any()))
}

fn undone(words: &Words, reason: &str) -> AnyView {
    view! { <p class="sm faint">{say!(words, "withheld-was-undone")}" "<bdi>{reason.to_owned()}</bdi></p> }.into_any()
}
