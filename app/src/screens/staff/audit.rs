//! The audit of the installation and of each organisation: filters, before and after, seals; and the rows as a file.

use axum::response::Response;
use domain::{access::policy::ReadInstallationAudit, audit};
use leptos::prelude::*;
use messages::say;
use session::{Query, Refused, Ticket};
use types::{AuditView, Cursor, List};

use crate::{
    Office, Page, StaffWay,
    components::{Banner, Button, Heading, Icon, Tone, banner, ident, pages},
    screens::audited::{Asked, Shown, file, table},
};

/// What one reading found.
struct Found {
    rows: List<AuditView>,
    verdict: Option<audit::Verdict>,
}

/// The page.
pub(crate) async fn show(office: Office<ReadInstallationAudit>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let filter = asked.filter(office.words())?;
    let open = office.look().await?;
    let rows = audit::list_installation(&open, &office.survey, &filter, &asked.page()).await?;
    let verdict = match asked.verify {
        Some(_) => Some(audit::verify(&open, &[]).await?),
        None => None,
    };
    drop(open);
    let shell = office.shell(StaffWay::Audit).await?;
    Ok(office.page(shell, StaffWay::Audit, || view(&office, &asked, &Found { rows, verdict })))
}

/// The same rows, all of them, as a file.
pub(crate) async fn export(
    office: Office<ReadInstallationAudit>,
    ticket: Ticket,
    Query(asked): Query<Asked>,
) -> Result<Response, Refused> {
    let (filter, portal) = (asked.filter(office.words())?, office.portal.clone());
    let read = move |page: Cursor| {
        let (filter, portal, ticket) = (filter.clone(), portal.clone(), ticket.clone());
        async move {
            let now = portal.clock.now();
            // Proved anew for each page: who is staff no more reads no further.
            let survey = ticket.actor(&portal, now).await?.prove::<ReadInstallationAudit>()?;
            let open = portal.db.survey(&survey, now).await?;
            audit::list_installation(&open, &survey, &filter, &page).await
        }
    };
    file("installation", office.words(), office.now, read).await
}

fn view(office: &Office<ReadInstallationAudit>, asked: &Asked, found: &Found) -> AnyView {
    let (words, path) = (office.words(), StaffWay::Audit.path());
    let verify = Button::new(say!(words, "staff-verify")).icon(Icon::Shield).to(asked.href(path, &[("verify", "1")]));
    let csv = Button::new(say!(words, "audit-csv")).download(asked.href("/staff/audit.csv", &[]));
    let heading = Heading::new(say!(words, "nav-audit")).beneath(say!(words, "staff-audit-beneath"));
    let heading = heading.actions(view! { {csv}{verify} }.into_any());
    let older = found.rows.next_cursor.as_deref();
    let older = older.map(|cursor| (say!(words, "older"), asked.href(path, &[("cursor", cursor)])));
    view! {
        {heading.view()}
        {found.verdict.as_ref().map(|verdict| seals(office, verdict))}
        {asked.form(words, path, Shown::Installation)}
        {table(words, &found.rows.items, Shown::Installation)}
        {pages(say!(words, "nav-audit"), None, older)}
    }
    .into_any()
}

/// Whether the chain holds, up to where, and what waits for the sealer.
fn seals(office: &Office<ReadInstallationAudit>, verdict: &audit::Verdict) -> AnyView {
    let words = office.words();
    let tail = match verdict.unsealed_since {
        Some(since) if verdict.n_unsealed > 0 => {
            say!(words, "staff-unsealed", n = verdict.n_unsealed, ago = words.ago(office.now, since))
        }
        _ => say!(words, "staff-all-sealed"),
    };
    let erased = (verdict.n_erased > 0).then(|| say!(words, "staff-erased", n = verdict.n_erased));
    let (tone, title) = match &verdict.broken {
        None if verdict.n_sealed == 0 => (Tone::Idle, say!(words, "staff-nothing-sealed")),
        None => (Tone::Good, say!(words, "staff-chain-holds", n = verdict.n_sealed)),
        Some(broken) => {
            let fault = match broken.fault {
                audit::Fault::Gap => say!(words, "staff-fault-gap"),
                audit::Fault::Missing => say!(words, "staff-fault-missing"),
                audit::Fault::Changed => say!(words, "staff-fault-changed"),
                audit::Fault::Chain => say!(words, "staff-fault-chain"),
                audit::Fault::Replaced => say!(words, "staff-fault-replaced"),
            };
            (Tone::Bad, say!(words, "staff-chain-broken", seq = broken.seq.to_string(), fault = fault))
        }
    };
    let said = [Some(tail), erased].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let head = view! { <span class="xs">{say!(words, "staff-head")}" "{ident(verdict.head.head.chars().take(16).collect::<String>())}</span> };
    banner(Banner { tone, title, words: Some(said), action: Some(head.into_any()) })
}
