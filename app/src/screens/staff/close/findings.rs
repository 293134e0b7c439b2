//! What does not agree between the provider of payments and us, and noting what it was.

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    payments,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{FindingId, PaymentFindingView, SettleFinding};

use super::{may_close, reads};
use crate::{
    Flash, Office, Page, StaffWay,
    components::{Button, Card, Empty, Form, Heading, facts, ident, text, time},
    screens::asked::{is_said_here, reason_field, told},
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Settled {
    reason: String,
}

type Which = Path<FindingId>;

/// The page.
pub(crate) async fn show(office: Office<ReadInvoices>) -> Result<Page, Refused> {
    page(&office, None).await
}

/// Notes what a finding was.
pub(crate) async fn settle(
    office: Office<CloseBilling>,
    Path(id): Which,
    Sent(sent): Sent<Settled>,
) -> Result<Response, Refused> {
    let ask = SettleFinding { reason: sent.reason };
    let outcome = payments::settle_finding(&office.portal.db, &office.survey, id, &ask, office.now).await;
    match outcome.map_err(Refused::from) {
        Ok(_) => Ok(office.redirect("/staff/findings", Flash::done(say!(office.words(), "close-finding-settled")))),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&reads(&office)?, Some(&refused)).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn page(office: &Office<ReadInvoices>, refused: Option<&Refused>) -> Result<Page, Refused> {
    let findings = payments::open_findings(&office.look().await?, &office.survey).await?;
    let shell = office.shell(StaffWay::Billing).await?;
    let called = say!(office.words(), "close-findings");
    Ok(office.page_of(shell, StaffWay::Billing, &called, || view(office, &findings, refused)))
}

fn view(office: &Office<ReadInvoices>, findings: &[PaymentFindingView], refused: Option<&Refused>) -> AnyView {
    let words = office.words();
    let heading = Heading::new(say!(words, "close-findings")).beneath(say!(words, "close-findings-beneath"));
    // The form goes one by one, so what is refused of it is said above.
    let refused = refused.map(|refused| told(words, refused));
    let first = findings.first().filter(|_| may_close(office)).map(|finding| form(office, finding));
    let all = findings.iter().map(|finding| card(words, finding)).collect_view();
    let none = findings.is_empty().then(|| {
        let (title, means) = (say!(words, "close-no-findings"), say!(words, "close-no-findings-means"));
        Card::plain().body(Empty { title, words: means, next: None }.view())
    });
    view! { {heading.view()}{refused}<div class="stack">{first}{all}{none}</div> }.into_any()
}

fn card(words: &Words, finding: &PaymentFindingView) -> AnyView {
    let pairs = [
        (say!(words, "close-finding-of"), ident(finding.reference.clone())),
        (say!(words, "close-found-at"), time(finding.found_at, words.moment(finding.found_at))),
    ];
    let details = finding.details.iter().map(|(name, said)| (name.clone(), ident(said.clone())));
    Card::titled(kind(words, finding)).body(facts(pairs.into_iter().chain(details).collect()))
}

fn kind(words: &Words, finding: &PaymentFindingView) -> String {
    words.say("close-finding", &[("word", finding.finding.word().into())])
}

/// The form of the first: each is looked into by itself.
fn form(office: &Office<ReadInvoices>, finding: &PaymentFindingView) -> AnyView {
    let words = office.words();
    let fields = view! {
        <p class="sm">{text(kind(words, finding))}" "{ident(finding.reference.clone())}</p>
        {reason_field(words, "", say!(words, "close-finding-hint"), None)}
        <div>{Button::new(say!(words, "close-finding-settle")).submit()}</div>
    };
    let form = Form::post(format!("/staff/findings/{}/settle", finding.id)).around(fields.into_any());
    Card::titled(say!(words, "close-finding-first")).body(form)
}
