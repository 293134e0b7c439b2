//! One organisation's refunds: what came and can go back, the form with what it would do, and what became of earlier ones.

use axum::response::{IntoResponse, Response};
use domain::{
    access::{
        Seat,
        policy::{CloseBilling, ReadBalance, ReadInvoices},
    },
    commands::Command,
    ledger, refunds,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::{Deserialize, Serialize};
use session::{Allowed, Form as Sent, Query, Refused};
use types::{
    AskRefund, BankLineId, Currency, Cursor, Money, PaymentId, RefundPreview, RefundState, RefundView, RefundableView,
    WalletView,
};

use super::{
    asked::{is_said_here, micros, notice, problem, reason_field, told},
    organisation, refund_signing,
};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{
        Button, Card, Column, Empty, Field, Form, Heading, Row, Select, Table, Tone, amount, both, facts, hidden,
        ident, pill, text, time,
    },
};

/// What the form sends; it may come filled in, from a preview that is to be changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// The id of the payment or of the line of a statement.
    pub(super) payment: String,
    /// Empty for all that can go back.
    pub(super) amount: String,
    pub(super) reason: String,
    #[serde(skip_serializing)]
    pub(super) idempotency_key: String,
}

/// What the page shows.
struct Found {
    wallet: WalletView,
    sources: Vec<RefundableView>,
    refunds: Vec<RefundView>,
}

impl Wanted {
    /// The request, or the field that cannot be read.
    pub(super) fn ask(&self, currency: Currency) -> Result<AskRefund, Refused> {
        let unknown = || Refused::from(domain::Error::Invalid { field: "payment", rule: domain::Rule::Known });
        let (payment, bank_line) = match self.payment.parse::<PaymentId>() {
            Ok(payment) => (Some(payment), None),
            Err(_) => (None, Some(self.payment.parse::<BankLineId>().map_err(|_| unknown())?)),
        };
        let amount = match self.amount.trim() {
            "" => None,
            amount => Some(Money { micros: micros("amount", amount)?, currency }),
        };
        Ok(AskRefund { payment, bank_line, amount, reason: self.reason.clone() })
    }

    /// The address of the form with these fields in it.
    fn address(&self, base: &str) -> String {
        format!("{base}?{}", serde_urlencoded::to_string(self).unwrap_or_default())
    }
}

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Allowed(_, seat): Allowed<ReadInvoices>,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Refused> {
    page(&office, &seat, (wanted, None)).await
}

/// What the refund would do, before it is asked for.
pub(crate) async fn preview(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Sent(wanted): Sent<Wanted>,
) -> Result<Response, Refused> {
    let currency = currency(&office, &seat).await?;
    let outcome = async {
        let ask = wanted.ask(currency)?;
        Ok::<_, Refused>(refunds::preview_refund(&office.portal.db, &scope, &ask, office.now).await?)
    };
    match outcome.await {
        Ok(preview) => {
            let shell = office.shell(StaffWay::Billing).await?;
            let called = title(&office, &seat);
            let view = || previewed(&office, &seat, &called, &wanted, &preview);
            Ok(office.page_of(shell, StaffWay::Billing, &called, view).into_response())
        }
        Err(refused) => again(&office, &seat, wanted, refused).await,
    }
}

/// Asks for it.
pub(crate) async fn ask(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<CloseBilling>,
    Sent(wanted): Sent<Wanted>,
) -> Result<Response, Refused> {
    let currency = currency(&office, &seat).await?;
    let outcome = async {
        let ask = wanted.ask(currency)?;
        let command = Command::new(&wanted.idempotency_key, "ask_refund", &ask)?;
        Ok::<_, Refused>(refunds::ask_refund(&office.portal.db, &scope, ask, command, office.now).await?)
    };
    match outcome.await {
        Ok(refund) => {
            let words = office.words();
            let flash = Flash::done(say!(words, "refund-asked", amount = words.money(refund.amount)));
            let next = say!(words, "refund-asked-next", rail = refund.rail.word());
            Ok(office.redirect(&base(&seat), flash.then(next)))
        }
        Err(refused) => again(&office, &seat, wanted, refused).await,
    }
}

pub(super) async fn again(
    office: &Office<ReadInvoices>,
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

/// What the organisation's wallet is kept in.
pub(super) async fn currency(office: &Office<ReadInvoices>, seat: &Seat) -> Result<Currency, Refused> {
    Ok(found(office, seat).await?.wallet.currency)
}

async fn found(office: &Office<ReadInvoices>, seat: &Seat) -> Result<Found, Refused> {
    let (balance, invoices) = (seat.prove::<ReadBalance>()?, seat.prove::<ReadInvoices>()?);
    let tx = office.portal.db.look(&balance, office.now).await?;
    Ok(Found {
        wallet: ledger::wallet_in(&tx, &balance).await?,
        sources: refunds::refundables_in(&tx, &invoices).await?,
        refunds: refunds::list_refunds_in(&tx, &balance, &Cursor { cursor: None, limit: Some(100) }).await?.items,
    })
}

pub(super) fn base(seat: &Seat) -> String {
    format!("/staff/billing/{}/refunds", seat.slug())
}

fn title(office: &Office<ReadInvoices>, seat: &Seat) -> String {
    say!(office.words(), "refunds-of", name = seat.name())
}

async fn page(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    (wanted, refused): (Wanted, Option<Refused>),
) -> Result<Page, Refused> {
    let found = found(office, seat).await?;
    let shell = office.shell(StaffWay::Billing).await?;
    let called = title(office, seat);
    let view = || view(office, seat, &called, &found, (&wanted, refused.as_ref()));
    Ok(office.page_of(shell, StaffWay::Billing, &called, view))
}

fn view(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    called: &str,
    found: &Found,
    (wanted, refused): (&Wanted, Option<&Refused>),
) -> AnyView {
    let words = office.words();
    let heading = Heading::new(called).beneath(say!(words, "refunds-beneath"));
    let form = seat.may::<CloseBilling>().then(|| form(words, seat, found, wanted, refused));
    let wallet = vec![
        (say!(words, "nav-organisation"), organisation::back(seat)),
        (say!(words, "balance"), amount(words.money(found.wallet.balance))),
        (say!(words, "staff-held"), amount(words.money(found.wallet.held))),
    ];
    view! {
        {heading.view()}
        {notice(words, refused)}
        {refund_signing::asking(office, seat, wanted, refused)}
        <div class="split">
            <div class="stack">{form}{list(words, &found.refunds)}</div>
            <aside>{Card::titled(say!(words, "balance")).body(facts(wallet))}</aside>
        </div>
    }
    .into_any()
}

fn form(words: &Words, seat: &Seat, found: &Found, wanted: &Wanted, refused: Option<&Refused>) -> AnyView {
    let card = Card::titled(say!(words, "refund-give"));
    let options: Vec<_> = found.sources.iter().filter_map(|source| option(words, source)).collect();
    if options.is_empty() {
        let (title, means) = (say!(words, "refund-nothing"), say!(words, "refund-nothing-means"));
        let here = refused.filter(|refused| refused.refusal().field.is_some());
        let refused = here.map(|refused| told(words, refused));
        let empty = card.flush(Empty { title, words: means, next: None }.view());
        return view! { {refused}{empty} }.into_any();
    }
    let source = Select {
        name: "payment".to_owned(),
        label: say!(words, "refund-what"),
        options,
        chosen: wanted.payment.clone(),
        hint: Some(say!(words, "refund-what-hint")),
        error: problem(words, refused, "payment"),
    };
    let much = Field::amount("amount", say!(words, "refund-amount"))
        .value(&wanted.amount)
        .unit(found.wallet.currency.word())
        .hint(say!(words, "refund-amount-hint"))
        .error(problem(words, refused, "amount"));
    let reason = reason_field(words, wanted.reason.clone(), say!(words, "refund-reason-hint"), refused);
    let fields = view! {
        <p class="sm">{say!(words, "refund-means")}</p>
        {source.view()}{much.view()}{reason}
        <div>{Button::new(say!(words, "refund-see")).submit()}</div>
    };
    card.body(Form::post(format!("{}/preview", base(seat))).around(fields.into_any()))
}

/// Something of which something can go back.
fn option(words: &Words, source: &RefundableView) -> Option<(String, String)> {
    let id = source.payment.map(|id| id.to_string()).or(source.bank_line.map(|id| id.to_string()))?;
    let said = say!(
        words,
        "refund-source",
        rail = source.rail.word(),
        date = words.date(source.came_at),
        amount = words.money(source.amount),
        most = words.money(source.most),
    );
    (source.most.micros > 0).then_some((id, said))
}

fn previewed(
    office: &Office<ReadInvoices>,
    seat: &Seat,
    called: &str,
    wanted: &Wanted,
    preview: &RefundPreview,
) -> AnyView {
    let words = office.words();
    let source = &preview.source;
    let mut pairs = vec![
        (say!(words, "refund-amount"), amount(words.money(preview.amount))),
        (say!(words, "refund-where"), text(say!(words, "refund-rail", rail = source.rail.word()))),
        (say!(words, "refund-came"), time(source.came_at, words.date(source.came_at))),
        (say!(words, "refund-before"), amount(words.money(source.refunded))),
        (say!(words, "refund-balance-after"), amount(words.money(preview.balance_after))),
        (say!(words, "refund-free-after"), amount(words.money(preview.free_after))),
        (say!(words, "staff-reason"), view! { <bdi>{wanted.reason.clone()}</bdi> }.into_any()),
    ];
    if let Some(name) = &preview.payee_name {
        pairs.push((say!(words, "refund-payee"), text(name.clone())));
    }
    if let Some(account) = &preview.payee_account {
        pairs.push((say!(words, "refund-account"), ident(account.clone())));
    }
    let fields = [("payment", &wanted.payment), ("amount", &wanted.amount), ("reason", &wanted.reason)];
    let fields = fields.map(|(name, value)| hidden(name, value)).collect_view();
    let buttons = view! {
        {fields}
        <p class="sm">{say!(words, "refund-final")}</p>
        <div class="row wrap">
            {Button::new(say!(words, "refund-give")).primary().submit()}
            {Button::new(say!(words, "staff-change")).to(wanted.address(&base(seat)))}
        </div>
    };
    let form = Form::post(base(seat)).once(office.key()).around(buttons.into_any());
    view! {
        {Heading::new(called).beneath(say!(words, "refund-nothing-yet")).view()}
        <div class="split">
            {Card::titled(say!(words, "refund-would")).body(facts(pairs))}
            <aside>{Card::titled(say!(words, "refund-give")).body(form)}</aside>
        </div>
    }
    .into_any()
}

fn list(words: &Words, refunds: &[RefundView]) -> AnyView {
    let title = say!(words, "refunds");
    if refunds.is_empty() {
        let (empty, means) = (say!(words, "refunds-none"), say!(words, "refunds-none-means"));
        return Card::titled(title).flush(Empty { title: empty, words: means, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "refund-where")),
        Column::new(say!(words, "refund-asked-at")),
        Column::wide(say!(words, "staff-reason")),
        Column::new(say!(words, "refund-state-of")),
        Column::end(say!(words, "refund-amount")),
    ];
    let row = |refund: &RefundView| {
        let why = refund.failure.clone().map(|failure| view! { <bdi>{failure}</bdi> });
        Row::new(vec![
            text(whereto(words, refund)),
            time(refund.asked_at, words.date(refund.asked_at)),
            view! { <bdi>{refund.reason.clone()}</bdi> }.into_any(),
            both(state(words, refund.state), view! { {why} }.into_any()),
            amount(words.money(refund.amount)),
        ])
    };
    let rows = refunds.iter().map(row).collect();
    Card::titled(title.clone()).flush(Table::new(title, columns).rows(rows).view())
}

/// The card or the account that a refund goes to.
pub(super) fn whereto(words: &Words, refund: &RefundView) -> String {
    match &refund.goes_to {
        Some(ends) => say!(words, "refund-to", rail = refund.rail.word(), ends = ends.as_str()),
        None => say!(words, "refund-rail", rail = refund.rail.word()),
    }
}

/// What has become of a refund, as a pill.
pub(super) fn state(words: &Words, state: RefundState) -> AnyView {
    let tone = match state {
        RefundState::Wanted | RefundState::Sent | RefundState::Waits => Tone::Idle,
        RefundState::ToPay => Tone::Warn,
        RefundState::Succeeded => Tone::Good,
        RefundState::Failed => Tone::Bad,
    };
    pill(tone, words.refund_state(state))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_form_keeps_what_was_written_and_no_key() {
        let wanted = Wanted {
            payment: "pay_1".to_owned(),
            amount: "12.50".to_owned(),
            reason: "a & b".to_owned(),
            idempotency_key: "key".to_owned(),
        };
        assert_eq!(wanted.address("/r"), "/r?payment=pay_1&amount=12.50&reason=a+%26+b");
    }
}
