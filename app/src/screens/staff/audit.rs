//! The audit of the installation and of each organisation: filters, before and after, and the seals.

use domain::{access::policy::ReadInstallationAudit, audit};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{AuditFilter, AuditView, Cursor, FieldChange, List};

use super::asked::instant;
use crate::{
    Office, Page, StaffWay,
    components::{
        Banner, Button, Card, Column, Empty, Field, Heading, Icon, Row, Select, Table, Tone, banner, both, filters,
        ident, pages, pill, tag, text, time,
    },
};

/// Areas that verbs have, the word before the dot.
const AREAS: [&str; 15] = [
    "cluster", "domain", "instance", "invoice", "lot", "member", "period", "price", "question", "quota", "session",
    "staff", "tax_rule", "transfer", "view",
];

/// What the list is asked for, as the filters send it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    area: String,
    organisation: String,
    subject: String,
    from: String,
    to: String,
    cursor: Option<String>,
    verify: Option<String>,
}

/// What one reading found.
struct Found {
    rows: List<AuditView>,
    verdict: Option<audit::Verdict>,
}

/// The page.
pub(crate) async fn show(office: Office<ReadInstallationAudit>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let filter = asked.filter(office.words())?;
    let page = Cursor { cursor: asked.cursor.clone(), limit: None };
    let open = office.look().await?;
    let rows = audit::list_installation(&open, &office.survey, &filter, &page).await?;
    let verdict = match asked.verify {
        Some(_) => Some(audit::verify(&open, None).await?),
        None => None,
    };
    drop(open);
    let shell = office.shell(StaffWay::Audit).await?;
    Ok(office.page(shell, StaffWay::Audit, || view(&office, &asked, &Found { rows, verdict })))
}

impl Asked {
    fn filter(&self, words: &Words) -> Result<AuditFilter, Refused> {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let unknown = |_| Refused::from(domain::Error::Invalid { field: "organisation", rule: domain::Rule::Known });
        Ok(AuditFilter {
            area: said(&self.area),
            subject: said(&self.subject),
            user: None,
            organisation: said(&self.organisation).map(|id| id.parse().map_err(unknown)).transpose()?,
            from: instant(words, "from", &self.from)?,
            to: instant(words, "to", &self.to)?,
        })
    }

    fn with(&self, name: &str, value: &str) -> String {
        let asked = [
            ("area", self.area.as_str()),
            ("organisation", self.organisation.as_str()),
            ("subject", self.subject.as_str()),
            ("from", self.from.as_str()),
            ("to", self.to.as_str()),
            (name, value),
        ];
        let asked = asked.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        format!("{}?{}", StaffWay::Audit.path(), serde_urlencoded::to_string(asked).unwrap_or_default())
    }
}

fn view(office: &Office<ReadInstallationAudit>, asked: &Asked, found: &Found) -> AnyView {
    let words = office.words();
    let verify = Button::new(say!(words, "staff-verify")).icon(Icon::Shield).to(asked.with("verify", "1"));
    let heading = Heading::new(say!(words, "nav-audit")).beneath(say!(words, "staff-audit-beneath")).actions(verify);
    let older = found.rows.next_cursor.as_ref().map(|cursor| (say!(words, "older"), asked.with("cursor", cursor)));
    view! {
        {heading.view()}
        {found.verdict.as_ref().map(|verdict| seals(office, verdict))}
        {asking(words, asked)}
        {list(words, &found.rows.items)}
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

fn asking(words: &Words, asked: &Asked) -> AnyView {
    let named = |area: &str| (area.to_owned(), words.say("staff-area-of", &[("word", area.into())]));
    let area = Select {
        name: "area".to_owned(),
        label: say!(words, "staff-area-label"),
        options: [(String::new(), say!(words, "all"))].into_iter().chain(AREAS.map(named)).collect(),
        chosen: asked.area.clone(),
        hint: None,
        error: None,
    };
    let organisation = Field::text("organisation", say!(words, "staff-organisation-id")).value(&asked.organisation);
    let subject = Field::text("subject", say!(words, "staff-subject")).value(&asked.subject);
    let from = Field::moment("from", say!(words, "staff-from")).value(&asked.from);
    let to = Field::moment("to", say!(words, "staff-until")).value(&asked.to);
    let fields = view! {
        {area.view()}
        {organisation.placeholder("org_…").view()}
        {subject.placeholder("ins_…").view()}
        {from.view()}{to.view()}
        {Button::new(say!(words, "filter")).submit()}
    };
    filters(StaffWay::Audit.path(), fields.into_any())
}

fn list(words: &Words, rows: &[AuditView]) -> AnyView {
    if rows.is_empty() {
        let (title, next) = (say!(words, "staff-no-audit"), say!(words, "staff-no-audit-next"));
        return Card::plain().body(Empty { title, words: next, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "staff-what")),
        Column::new(say!(words, "staff-who")),
        Column::wide(say!(words, "staff-changes")),
        Column::new(say!(words, "staff-seal")),
        Column::end(say!(words, "staff-when")),
    ];
    let rows = rows.iter().map(|row| audited(words, row)).collect();
    Card::plain().flush(Table::new(say!(words, "nav-audit"), columns).rows(rows).view())
}

fn audited(words: &Words, row: &AuditView) -> Row {
    let whose = row.organisation_name.clone().unwrap_or_else(|| say!(words, "staff-installation"));
    let beneath = view! { <bdi>{whose}</bdi>" · "{ident(row.subject.clone())} };
    let role = row.staff_role.as_deref().and_then(|role| role.parse().ok()).map(|role| tag(words.staff_role(role)));
    let name = row.name.clone().unwrap_or_else(|| row.principal.clone());
    let who = view! { <span class="row wrap"><bdi>{name}</bdi>{role}</span> };
    let seal = match row.seal {
        Some(seal) => pill(Tone::Good, say!(words, "staff-sealed", seq = seal.to_string())),
        None => pill(Tone::Idle, say!(words, "staff-not-sealed")),
    };
    Row::new(vec![
        both(ident(row.verb.clone()), beneath.into_any()),
        both(who.into_any(), row.address.clone().map_or_else(|| text(""), ident)),
        changes(words, &row.changes),
        seal,
        time(row.at, words.moment(row.at)),
    ])
}

/// Each field that differs, before and after; long ones open.
fn changes(words: &Words, changes: &[FieldChange]) -> AnyView {
    if changes.is_empty() {
        return text(say!(words, "none"));
    }
    let all = |changes: &[FieldChange]| changes.iter().map(|change| changed(words, change)).collect_view();
    let (shown, rest) = changes.split_at(changes.len().min(3));
    let more = (!rest.is_empty()).then(|| {
        let said = say!(words, "staff-more-fields", n = rest.len());
        view! { <details><summary class="link xs">{said}</summary><ul class="changes">{all(rest)}</ul></details> }
    });
    view! { <ul class="changes">{all(shown)}</ul>{more} }.into_any()
}

fn changed(words: &Words, change: &FieldChange) -> AnyView {
    let value = |value: &Option<String>| match value {
        Some(value) => view! { <bdi>{value.clone()}</bdi> }.into_any(),
        None => view! { <span class="faint">{say!(words, "staff-nothing")}</span> }.into_any(),
    };
    let field = if change.field.is_empty() { say!(words, "staff-value") } else { change.field.clone() };
    let before = change.before.is_some().then(|| view! { <del>{value(&change.before)}</del>" " });
    view! { <li><bdi class="id">{field}</bdi>" "{before}<ins>{value(&change.after)}</ins></li> }.into_any()
}
