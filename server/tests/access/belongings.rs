//! What an organisation has, one of each kind.

use serde_json::{Value, json};
use types::{DomainId, PasskeyId, PaymentId, RefundId, SignOffId, WithholdingId, WriteOffId};

use crate::portal::{Shop, TestPortal, first, mad};

/// What belongs to `acme`, one of each kind that stands in a path of a tenant.
pub(super) struct Belongings {
    instance: String,
    volume: String,
    invoice: String,
    credit_note: String,
    dispute: String,
    transfer: String,
    document: String,
    sign_off: String,
    write_off: String,
    payment: String,
    card: String,
    refund: String,
    period: String,
    lot: String,
    session: String,
    member: String,
    invitation: String,
    project: String,
    token: String,
    budget: String,
    withholding: String,
    domain: String,
    passkey: String,
}

impl Belongings {
    pub(super) fn of(&self, path: &str) -> Option<&str> {
        let named = [
            ("{instance}", &self.instance),
            ("{volume}", &self.volume),
            ("{invoice}", &self.invoice),
            ("{credit_note}", &self.credit_note),
            ("{dispute}", &self.dispute),
            ("{transfer}", &self.transfer),
            ("{document}", &self.document),
            ("{sign_off}", &self.sign_off),
            ("{write_off}", &self.write_off),
            ("{payment}", &self.payment),
            ("{card}", &self.card),
            ("{refund}", &self.refund),
            ("{period}", &self.period),
            ("{lot}", &self.lot),
            ("{session}", &self.session),
            ("{member}", &self.member),
            ("{invitation}", &self.invitation),
            ("{project}", &self.project),
            ("{token}", &self.token),
            ("{budget}", &self.budget),
            ("{withholding}", &self.withholding),
            ("{domain}", &self.domain),
            ("{passkey}", &self.passkey),
        ];
        named.into_iter().find(|(name, _)| path.contains(name)).map(|(_, id)| id.as_str())
    }
}

/// The end of an address is an id.
fn id(address: &str) -> String {
    address.rsplit('/').next().unwrap().to_owned()
}

pub(super) async fn belongings(shop: &Shop) -> Belongings {
    let grant = json!({ "kind": "promo", "name": "Welcome", "amount": { "unit": "money", "micros": 1_000_000,
        "currency": "MAD" }, "reason": "a test" });
    let lot = shop.incubator.post("/api/v1/organisations/acme/lots", &grant).await.json();
    let (finance, draft) = shop.drafted().await;
    let period = shop.period(&finance).await;
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let dispute = contested(shop, &draft).await;
    let note = finance.post(&format!("{draft}/credit-notes"), &json!({ "reason": "a test" })).await.json();
    let instance =
        first(&shop.portal.signed_in("owner@acme.test").await.get("/api/v1/organisations/acme/instances").await);
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let member = first(&owner.get("/api/v1/organisations/acme/members").await)["user"].as_str().unwrap().to_owned();
    owner.form("/o/acme/members/invite", "email=new@acme.test&role=viewer&idempotency_key=invite").await;
    let page = owner.get("/o/acme/members").await.body;
    let invitation = page.split_once("/invitations/").unwrap().1.split_once('/').unwrap().0.to_owned();
    let session = first(&shop.portal.signed_in("owner@acme.test").await.get("/api/v1/sessions").await);
    let budget = json!({ "subject": { "kind": "project", "id": shop.project }, "window": "month",
        "ceiling": { "micros": 900_000_000, "currency": "MAD" } });
    let budget = owner.put("/api/v1/organisations/acme/budgets", &budget).await.json();
    let account =
        json!({ "currency": "MAD", "beneficiary": "Hub", "bank": "Bank", "iban": "MA64011519000001205000534921" });
    assert_eq!(finance.post("/api/v1/staff/bank/accounts", &account).await.status, 201);
    let amount = json!({ "amount": { "micros": 9_000_000, "currency": "MAD" } });
    let transfer = owner.post("/api/v1/organisations/acme/transfers", &amount).await.json();
    let token = json!({ "name": "ci", "permissions": ["ReadInstances"], "days": 1 });
    let token = owner.post("/api/v1/organisations/acme/tokens", &token).await.json();
    let text = |value: &Value| value["id"].as_str().unwrap().to_owned();
    Belongings {
        instance: text(&instance),
        volume: shop.volume("data", 10).await,
        invoice: id(&draft),
        credit_note: text(&note["note"]),
        dispute,
        transfer: text(&transfer),
        // The pro-forma of it, by the same characters.
        document: text(&transfer).replace("trf_", "doc_"),
        sign_off: signing(&shop.portal).await,
        write_off: given_up(&shop.portal).await,
        payment: asked(&shop.portal).await,
        card: shop.portal.card("acme").await.to_string(),
        refund: given_back(&shop.portal).await,
        period,
        lot: text(&lot),
        session: text(&session),
        member,
        invitation,
        project: shop.project.clone(),
        token: text(&token["token"]),
        budget: text(&budget),
        withholding: withheld(&shop.portal).await,
        domain: claimed(&shop.portal).await,
        // The last: from now on its person signs in with it.
        passkey: kept(&shop.portal).await,
    }
}

/// What `acme` is said to have withheld of its invoice, which was paid: nobody could record it.
async fn withheld(portal: &TestPortal) -> String {
    let id = WithholdingId::new(portal.now());
    let sql = format!(
        "INSERT INTO withholding (organisation_id, id, invoice_id, certificate, certified_on, currency, amount, owed,
             entry_id, recorded_at)
         SELECT v.organisation_id, '{}', v.id, 'RS 1', v.issued_on, v.currency, 100, 0,
                (SELECT e.id FROM journal_entry e WHERE e.organisation_id = v.organisation_id LIMIT 1), v.finalised_at
         FROM invoice v JOIN organisation o ON o.id = v.organisation_id
         WHERE o.slug = 'acme' AND v.status = 'finalised' LIMIT 1",
        id.uuid()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// The line that `acme`'s owner contests, before all of it is credited.
async fn contested(shop: &Shop, invoice: &str) -> String {
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let ask = json!({ "line": 1, "amount": mad(1), "reason": "a test" });
    let contested = owner.post(&format!("{invoice}/disputes"), &ask).await;
    assert_eq!(contested.status, 201, "{contested:?}");
    contested.text("id")
}

/// The domain that `acme` asked for; no provider is offered here, so that its owner could not.
async fn claimed(portal: &TestPortal) -> String {
    let id = DomainId::new(portal.now());
    let sql = format!(
        "INSERT INTO domain_claim (organisation_id, id, name, provider, role, claimed_by, claimed_at)
         SELECT m.organisation_id, '{}', 'acme.test', 'peer', 'viewer', m.user_id, m.joined_at
         FROM member m JOIN organisation o ON o.id = m.organisation_id WHERE o.slug = 'acme' AND m.role = 'owner'",
        id.uuid()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// The passkey of `acme`'s owner; no browser makes one here.
async fn kept(portal: &TestPortal) -> String {
    let id = PasskeyId::new(portal.now());
    let sql = format!(
        "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
         SELECT '{}', id, 'key', '{{}}', 'Key ring', created_at FROM person WHERE email = 'owner@acme.test'",
        id.uuid()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// A signature that was asked for in `acme`'s books.
async fn signing(portal: &TestPortal) -> String {
    let id = SignOffId::new(portal.now());
    let sql = format!(
        "INSERT INTO sign_off (organisation_id, id, kind, subject, body_sha256, amount, currency, state, asked_by, asked_at)
         SELECT o.id, '{}', 'close', o.id, repeat('0', 64), 1, 'MAD', 'open', p.id, p.created_at
         FROM organisation o, person p WHERE o.slug = 'acme' AND p.email = 'incubator@hub.test'",
        id.uuid()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// A debt of `acme` that was given up.
async fn given_up(portal: &TestPortal) -> String {
    let id = WriteOffId::new(portal.now());
    let sql = format!(
        "INSERT INTO write_off (organisation_id, id, amount, of_wallet, currency, reason, entry_id, written_off_at)
         SELECT o.id, '{}', 1, 0, 'MAD', 'a test', e.id, e.booked_at FROM organisation o
         JOIN journal_entry e ON e.organisation_id = o.id WHERE o.slug = 'acme' LIMIT 1",
        id.uuid()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// The top-up by card that `acme` asked for; nobody takes cards here, so that its owner could not.
async fn asked(portal: &TestPortal) -> String {
    let id = PaymentId::new(portal.now());
    let sql = format!(
        "INSERT INTO payment (organisation_id, id, provider, kind, amount, currency, idempotency_key, state, asked_at)
         SELECT id, '{}', 'stripe', 'checkout', 5000, 'MAD', 'payment:{id}', 'wanted', '{}'
         FROM organisation WHERE slug = 'acme'",
        id.uuid(),
        portal.now()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// A refund of `acme`; nobody takes cards here, so that nothing can go back to one.
async fn given_back(portal: &TestPortal) -> String {
    let id = RefundId::new(portal.now());
    let sql = format!(
        "UPDATE payment SET state = 'succeeded', captured = amount, ended_at = asked_at, intent_ref = 'pi_1',
             entry_id = (SELECT e.id FROM journal_entry e WHERE e.organisation_id = payment.organisation_id LIMIT 1);
         INSERT INTO refund (organisation_id, id, rail, payment_id, amount, currency, reason, idempotency_key, state,
             entry_id, asked_at)
         SELECT organisation_id, '{}', 'card', id, 100, currency, 'a test', 'refund:{id}', 'wanted', entry_id, asked_at
         FROM payment",
        id.uuid()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}
