//! What there is to see: instances in several states, a draft and a final invoice, and who looks at it.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use anyhow::{Context, ensure};
use end2end::{Portal, Visitor, until_within};
use futures_util::future::try_join;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};
use types::{DisputeId, InvoiceId};

use super::screens::{STATEMENT, Who};
use crate::RIF_API;

const PATIENCE: Duration = Duration::from_secs(90);

/// The visitors, and the words that addresses are filled with.
pub(super) struct World {
    visitors: BTreeMap<Who, Visitor>,
    words: BTreeMap<&'static str, String>,
    n_keys: AtomicU64,
}

impl World {
    /// Makes everything over the API.
    pub(super) async fn make(portal: &Portal) -> anyhow::Result<Self> {
        let mut visitors = BTreeMap::new();
        for (who, role) in [
            (Who::Owner, "owner of Rif Biomed"),
            (Who::Viewer, "viewer of Rif Biomed"),
            (Who::Operator, "operator of the hub"),
            (Who::Incubator, "incubator of the hub"),
            (Who::Finance, "finance of the hub"),
            (Who::Auditor, "auditor of the hub"),
        ] {
            visitors.insert(who, portal.visitor(role).await?);
        }
        let (owner, finance) = (&visitors[&Who::Owner], &visitors[&Who::Finance]);
        let (mut words, of_books) =
            try_join(instances(portal, owner), books(finance, &visitors[&Who::Operator])).await?;
        words.extend(of_books);
        words.extend(bank(owner, finance).await?);
        let datasets = volume(owner, &words["project"]).await?;
        words.insert("volume", datasets);
        let somebody = Visitor::nobody(&portal.origin())?;
        somebody.submit("/password/forgotten", "email=billing%40rif-biomed.example").await?;
        words.insert("token", token(portal, "/password/reset?token=").await?);
        somebody.submit("/register", "email=somebody%40else.example").await?;
        words.insert("registration", token(portal, "/register/account?token=").await?);
        let invite = "email=new%40rif-biomed.example&role=developer&idempotency_key=everybody-invites";
        owner.submit("/o/rif-biomed/members/invite", invite).await?;
        words.insert("invitation", token(portal, "/invitation?token=").await?);
        // An authenticator that waits for its first code.
        owner.submit("/factors/totp", "").await?;
        let members = owner.get(&format!("{RIF_API}/members")).await?;
        let developer = word(&find(&members, "role", "developer")?["user"])?;
        words.extend([("member", developer.clone()), ("person", developer)]);
        for name in ["spare", "closed"] {
            let project = owner.post(&format!("{RIF_API}/projects"), name, &json!({"name": name})).await?;
            words.insert(name, word(&project["id"])?);
        }
        let closed = format!("{RIF_API}/projects/{}/close", words["closed"]);
        owner.post(&closed, "everybody-closes", &json!({})).await?;
        let claim = "name=rif-biomed.example&provider=peer&role=developer&idempotency_key=everybody-claims";
        owner.submit("/o/rif-biomed/domains/new", claim).await?;
        let page = owner.open("/o/rif-biomed/members").await?.text().await?;
        let (_, domain) = page.split_once("/domains/dom_").context("no domain on the page")?;
        words.insert("domain", format!("dom_{}", domain.split('/').next().unwrap_or_default()));
        let view = "role=owner&reason=they+asked+for+help";
        visitors[&Who::Auditor].submit("/staff/organisations/atlas-robotics/view", view).await?;
        let operator = &visitors[&Who::Operator];
        words.insert("operator", word(&operator.get("/api/v1/session").await?["user"])?);
        let propose = "email=viewer%40rif-biomed.example&role=auditor&reason=helps&idempotency_key=everybody-proposes";
        operator.submit("/staff/people/new", propose).await?;
        // The walk takes longer than a proof of who one is counts.
        let owner = Database::connect(portal.database().owner_url()).await?;
        owner.execute_unprepared("UPDATE session SET proved_at = proved_at + interval '1 hour'").await?;
        // Whatever day it is: in the month after, the days to contest a line of that invoice can be over.
        let dispute: DisputeId = "dsp_01ka4c2d00000000000000000y".parse()?;
        let (id, invoice) = (dispute.uuid(), words["final"].parse::<InvoiceId>()?.uuid());
        let contest = format!(
            "INSERT INTO dispute (organisation_id, id, invoice_id, line, flavour_name, project_name, amount, total,
                 is_whole, reason, state, opened_at)
             SELECT organisation_id, '{id}', id, 1, 'L40S', 'Imaging', 100, 120, false, 'a node fault', 'open', finalised_at
             FROM invoice WHERE id = '{invoice}'"
        );
        owner.execute_unprepared(&contest).await?;
        words.insert("dispute", dispute.to_string());
        owner.close().await?;
        Ok(Self { visitors, words, n_keys: AtomicU64::new(0) })
    }

    /// Whose session it is; nothing for who is not signed in.
    pub(super) fn visitor(&self, who: Who) -> Option<&Visitor> {
        self.visitors.get(&who)
    }

    /// The text with what its `{words}` stand for.
    pub(super) fn fill(&self, text: &str) -> String {
        let key = || format!("everybody-{}", self.n_keys.fetch_add(1, Ordering::Relaxed));
        let text = if text == "{key}" { key() } else { text.to_owned() };
        self.words.iter().fold(text, |text, (word, value)| text.replace(&format!("{{{word}}}"), value))
    }
}

fn word(value: &Value) -> anyhow::Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("{value} is no text"))
}

fn find<'a>(list: &'a Value, key: &str, value: &str) -> anyhow::Result<&'a Value> {
    let items = list["items"].as_array().context("no list")?;
    items.iter().find(|item| item[key] == value).with_context(|| format!("nothing has {value} as {key}"))
}

/// The hub is paid in dirhams: a transfer that was announced, and a statement with a line that nobody knows.
async fn bank(owner: &Visitor, finance: &Visitor) -> anyhow::Result<BTreeMap<&'static str, String>> {
    let ask = json!({"amount": {"micros": 250_000_000, "currency": "MAD"}});
    let transfer = owner.post(&format!("{RIF_API}/transfers"), "announce", &ask).await?;
    let file = json!({"file_name": "november.sta", "format": "mt940", "content": STATEMENT});
    let imported = finance.post("/api/v1/staff/bank/statements", "import", &file).await?;
    let waiting = finance.get("/api/v1/staff/bank/lines").await?;
    Ok(BTreeMap::from([
        ("transfer", word(&transfer["id"])?),
        ("statement", word(&imported["items"][0]["id"])?),
        ("bank_line", word(&waiting["items"][0]["id"])?),
    ]))
}

/// A volume; the demonstration sells storage.
async fn volume(owner: &Visitor, project: &str) -> anyhow::Result<String> {
    let ask = json!({"project": project, "name": "datasets", "size_gb": 50});
    let view = owner.post(&format!("{RIF_API}/volumes"), "datasets", &ask).await?;
    word(&view["id"])
}

/// One instance that runs, one whose node is not ready, one that was stopped and one that was deleted.
async fn instances(portal: &Portal, owner: &Visitor) -> anyhow::Result<BTreeMap<&'static str, String>> {
    let flavours = owner.get(&format!("{RIF_API}/catalogue")).await?;
    let flavour = word(&find(&flavours, "slug", "l40s")?["id"])?;
    let projects = owner.get(&format!("{RIF_API}/projects")).await?;
    let project = word(&projects["items"][0]["id"])?;
    let mut ids = BTreeMap::new();
    for name in ["degraded", "stopped", "deleted"] {
        let ask = json!({"project": project, "name": name, "flavour": flavour, "units": 1, "template": "vscode"});
        let view = owner.post(&format!("{RIF_API}/instances"), name, &ask).await?;
        ids.insert(name, word(&view["id"])?);
    }
    let mut node = String::new();
    for name in ["degraded", "stopped", "deleted"] {
        node = word(&until_phase(owner, &ids[name], "running").await?["attempts"][0]["node"])?;
    }
    for name in ["stopped", "deleted"] {
        owner.post(&format!("{RIF_API}/instances/{}/stop", ids[name]), name, &json!({})).await?;
        until_phase(owner, &ids[name], "stopped").await?;
    }
    owner.delete(&format!("{RIF_API}/instances/{}", ids["deleted"])).await?;
    portal.switch_fault(&json!({"fault": "node_not_ready", "node": node})).await?;
    until_phase(owner, &ids["degraded"], "degraded").await?;
    let list = owner.get(&format!("{RIF_API}/instances?phase=running")).await?;
    ids.insert("running", word(&find(&list, "name", "alphafold-sweep-3")?["id"])?);
    ids.extend([("flavour", flavour), ("project", project)]);
    Ok(ids)
}

/// What the latest letter that leads to `way` leads with.
async fn token(portal: &Portal, way: &str) -> anyhow::Result<String> {
    let somebody = Visitor::nobody(&portal.origin())?;
    until_within(PATIENCE, async || {
        let page = somebody.open("/dev/mail").await?.text().await?;
        let (_, rest) = page.split_once(way).context("no letter yet")?;
        Ok(rest.chars().take_while(char::is_ascii_hexdigit).collect())
    })
    .await
}

async fn until_phase(owner: &Visitor, instance: &str, phase: &str) -> anyhow::Result<Value> {
    until_within(PATIENCE, async || {
        let view = owner.get(&format!("{RIF_API}/instances/{instance}")).await?;
        ensure!(view["phase"] == phase, "{instance} is {}, not {phase}", view["phase"]);
        Ok(view)
    })
    .await
}

/// Last month closed and not finalised, the month before final, this month running.
async fn books(finance: &Visitor, operator: &Visitor) -> anyhow::Result<BTreeMap<&'static str, String>> {
    let ready = until_within(PATIENCE, async || {
        let periods = finance.get("/api/v1/staff/periods").await?;
        let period = find(&periods, "slug", "rif-biomed")?;
        ensure!(period["state"] == "ready", "the period is {}", period["state"]);
        word(&period["period"])
    })
    .await?;
    finance.post(&format!("{RIF_API}/periods/{ready}/close"), "close", &json!({})).await?;
    let periods = finance.get("/api/v1/staff/periods").await?;
    let period = word(&find(&periods, "slug", "rif-biomed")?["period"])?;
    let invoices = finance.get(&format!("{RIF_API}/invoices")).await?;
    let (draft, last) = (find(&invoices, "status", "draft")?, find(&invoices, "status", "finalised")?);
    let lots = finance.get(&format!("{RIF_API}/lots")).await?;
    let clusters = operator.get("/api/v1/staff/clusters").await?;
    let cluster = word(&clusters["items"][0]["id"])?;
    let (draft, last, lot) = (word(&draft["id"])?, word(&last["id"])?, word(&lots["items"][0]["id"])?);
    let correction = json!({"lines": [{"line": 1, "unit_seconds": 60}], "reason": "a node fault"});
    let note = finance.post(&format!("{RIF_API}/invoices/{last}/credit-notes"), "credit", &correction).await?;
    let credit = word(&note["note"]["id"])?;
    let strict = json!({"kind": "finalise", "currency": "MAD", "micros": 0});
    finance.put("/api/v1/staff/sign-off-limits", &strict).await?;
    let seen = json!({"sha256": finance.get(&format!("{RIF_API}/invoices/{draft}")).await?["sha256"]});
    let asked = finance.post(&format!("{RIF_API}/invoices/{draft}/sign-off"), "sign-off", &seen).await?;
    let sign_off = word(&asked["id"])?;
    Ok(BTreeMap::from([
        ("sign_off", sign_off),
        ("period", period),
        ("draft", draft),
        ("final", last),
        ("credit", credit),
        ("lot", lot),
        ("cluster", cluster),
    ]))
}
