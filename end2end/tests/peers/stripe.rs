//! Topping up by card, at the double of Stripe: what is paid is credited once, whatever becomes of answers and notices.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Portal, Visitor, peers::Stripe, until_within};
use reqwest::{Client, header, redirect::Policy};
use serde_json::{Value, json};

/// A payment that nobody tells of is looked at after ten seconds, then every ten.
const PATIENCE: Duration = Duration::from_secs(60);
const TOP_UPS: &str = "/api/v1/organisations/rif-biomed/wallet/top-ups";
/// What is topped up, in micro-units and as Stripe counts it.
const MICROS: i64 = 250_000_000;
const MINOR: i64 = 25_000;
pub(crate) const DONE: &str = "checkout.session.completed";
const FAILED: &str = "payment_intent.payment_failed";

/// A portal that takes cards, and its owner of an organisation.
pub(crate) struct World {
    pub(crate) stripe: Stripe,
    pub(crate) portal: Portal,
    pub(crate) owner: Visitor,
}

/// Asks for a top-up; what the API says of it.
pub(crate) async fn ask(owner: &Visitor, key: &str) -> anyhow::Result<Value> {
    let body = json!({ "amount": { "micros": MICROS, "currency": "MAD" } });
    owner.post(TOP_UPS, key, &body).await
}

impl World {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let stripe = Stripe::start().await?;
        let arguments = stripe.offered();
        let portal = Portal::start_with(&arguments.each_ref().map(String::as_str)).await?;
        stripe.send_events_to(&portal.origin()).await?;
        let owner = portal.visitor("owner of Rif Biomed").await?;
        Ok(Self { stripe, portal, owner })
    }

    /// A top-up whose page is open; Stripe's name of it.
    pub(crate) async fn opened(&self) -> anyhow::Result<String> {
        let asked = ask(&self.owner, "top-up").await?;
        let page = asked["pay_at"].as_str().with_context(|| format!("nowhere to pay: {asked}"))?;
        ensure!(page.starts_with(&self.stripe.origin()), "not at Stripe's: {page}");
        self.session().await
    }

    /// What Stripe calls the only top-up.
    async fn session(&self) -> anyhow::Result<String> {
        let payment = self.payment().await?;
        payment["session_ref"].as_str().map(str::to_owned).with_context(|| format!("no session: {payment}"))
    }

    /// Somebody pays on the page of the session.
    pub(crate) async fn pay(&self, session: &str, number: &str) -> anyhow::Result<()> {
        self.stripe.control("pay", &json!({ "session": session, "number": number })).await.map(drop)
    }

    /// The hub uses the same account for something else, too.
    async fn pay_for_something_else(&self) -> anyhow::Result<()> {
        let form = "mode=payment&success_url=https%3A%2F%2Fhub.example%2F&line_items[0][quantity]=1\
                    &line_items[0][price_data][currency]=mad&line_items[0][price_data][unit_amount]=9900\
                    &line_items[0][price_data][product_data][name]=Coffee";
        let opened = self.stripe.post("/v1/checkout/sessions", form).await?;
        let session = opened["id"].as_str().with_context(|| opened.to_string())?;
        self.pay(session, Stripe::CARD).await
    }

    /// The only payment that there is.
    async fn payment(&self) -> anyhow::Result<Value> {
        let sql = "SELECT state, session_ref, intent_ref, captured, failure FROM payment";
        let mut payments = self.portal.database().rows(sql).await?;
        ensure!(payments.len() == 1, "{} payments: {payments:?}", payments.len());
        Ok(payments.remove(0))
    }

    /// The payment, once it is in this state.
    pub(crate) async fn becomes(&self, state: &str) -> anyhow::Result<Value> {
        until_within(PATIENCE, async || {
            let payment = self.payment().await?;
            ensure!(payment["state"] == state, "not {state}: {payment}; {}", self.stripe.last_words());
            Ok(payment)
        })
        .await
    }

    pub(crate) async fn number(&self, sql: &str) -> anyhow::Result<i64> {
        let rows = self.portal.database().rows(&format!("SELECT ({sql})::bigint AS n")).await?;
        rows[0]["n"].as_i64().context("no number")
    }

    /// All that was ever credited for payments by card, in micro-units.
    pub(crate) async fn credited(&self) -> anyhow::Result<i64> {
        let sql = "SELECT coalesce(-sum(p.amount), 0) FROM posting p JOIN account a ON a.id = p.account_id
                   WHERE a.kind = 'clearing'";
        self.number(sql).await
    }

    /// How many events are stored.
    async fn events(&self) -> anyhow::Result<i64> {
        self.number("SELECT count(*) FROM webhook_event").await
    }

    /// Waits until an event of this kind was taken up.
    pub(crate) async fn hears(&self, kind: &str) -> anyhow::Result<()> {
        let sql = format!("SELECT count(*) FROM webhook_event WHERE kind = '{kind}' AND outcome IS NOT NULL");
        until_within(PATIENCE, async || {
            ensure!(self.number(&sql).await? > 0, "{kind} was not taken up");
            Ok(())
        })
        .await
    }

    /// What people are told to look into.
    pub(crate) async fn findings(&self) -> anyhow::Result<Vec<Value>> {
        Ok(self.portal.database().rows("SELECT kind, reference FROM payment_finding").await?)
    }

    /// No event reaches the portal any more.
    pub(crate) async fn drop_events(&self) -> anyhow::Result<()> {
        self.stripe.control("deliveries", &json!({ "drop": true })).await.map(drop)
    }
}

#[tokio::test]
async fn a_top_up_begins_with_a_form_is_paid_at_stripes_and_credited_with_its_notice() -> anyhow::Result<()> {
    let world = World::start().await?;
    let form = "amount=250&idempotency_key=top-up";
    let asked = world.owner.submit("/o/rif-biomed/wallet/top-up", form).await?.text().await?;
    let leads_on = format!("href=\"{}", world.stripe.origin());
    let (_, rest) = asked.split_once(&leads_on).with_context(|| format!("nowhere to pay: {asked}"))?;
    let page = format!("{}{}", world.stripe.origin(), rest.split('"').next().unwrap_or_default());
    let session = world.session().await?;
    let client = Client::builder().no_proxy().redirect(Policy::none()).build()?;
    let shown = client.get(&page).send().await?.error_for_status()?.text().await?;
    assert!(shown.contains("Pay 250.00 MAD"), "{shown}");
    assert_eq!(world.credited().await?, 0);
    let form = format!("number={}", Stripe::CARD);
    let request = client.post(&page).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
    let answer = request.send().await?;
    let back = answer.headers().get(header::LOCATION).context("it leads nowhere")?.to_str()?;
    let path = back.strip_prefix(&world.portal.origin()).with_context(|| format!("not back here: {back}"))?.to_owned();
    let payment = world.becomes("succeeded").await?;
    assert_eq!((&payment["session_ref"], &payment["captured"]), (&json!(session), &json!(MINOR)));
    assert!(world.owner.open(&path).await?.text().await?.contains("250"), "{path}");
    world.hears(DONE).await?;
    assert_eq!(world.credited().await?, MICROS);
    let counted = "SELECT count(*) FROM webhook_event WHERE outcome = 'counted' AND source = 'sent'";
    assert!(world.number(counted).await? > 0, "the notice counted for nothing");
    Ok(())
}

#[tokio::test]
async fn what_stripe_never_tells_of_is_found_and_credited_once() -> anyhow::Result<()> {
    let world = World::start().await?;
    let session = world.opened().await?;
    world.drop_events().await?;
    world.pay(&session, Stripe::CARD).await?;
    world.becomes("succeeded").await?;
    assert_eq!(world.credited().await?, MICROS);
    // The notice that comes after all changes nothing.
    let late = world.stripe.control("send", &json!({ "type": DONE })).await?;
    assert_eq!(late["status"], 200);
    world.hears(DONE).await?;
    assert_eq!(world.credited().await?, MICROS);
    Ok(())
}

#[tokio::test]
async fn notices_in_the_wrong_order_and_three_times_over_credit_once() -> anyhow::Result<()> {
    let world = World::start().await?;
    let session = world.opened().await?;
    world.hears("customer.created").await?;
    let before = world.events().await?;
    world.stripe.control("deliveries", &json!({ "hold": true })).await?;
    world.pay(&session, Stripe::DECLINED).await?;
    world.pay(&session, Stripe::CARD).await?;
    let released = world.stripe.control("release", &json!({ "reversed": true, "copies": 3 })).await?;
    let statuses = released["statuses"].as_array().context("nothing was held")?;
    assert!(statuses.iter().all(|status| status == 200), "{statuses:?}");
    let after = world.events().await?;
    assert_eq!(3 * (after - before), i64::try_from(statuses.len())?, "each is stored once");
    world.becomes("succeeded").await?;
    world.hears(FAILED).await?;
    world.hears(DONE).await?;
    assert_eq!(world.credited().await?, MICROS);
    // All of them again, late.
    for kind in [FAILED, "payment_intent.succeeded", DONE] {
        assert_eq!(world.stripe.control("send", &json!({ "type": kind })).await?["status"], 200, "{kind}");
    }
    assert_eq!(world.events().await?, after);
    assert_eq!((world.credited().await?, world.findings().await?), (MICROS, Vec::new()));
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_lost_makes_no_second_page() -> anyhow::Result<()> {
    let world = World::start().await?;
    let lost = json!({
        "POST /v1/customers": { "commit_then_drop": true },
        "POST /v1/checkout/sessions": { "commit_then_drop": true },
    });
    world.stripe.control("fault", &lost).await?;
    ask(&world.owner, "top-up").await?;
    world.becomes("needs_person").await?;
    let counts = &world.stripe.heard().await?["counts"];
    assert_eq!((&counts["customer"], &counts["checkout.session"]), (&json!(1), &json!(1)), "{counts}");
    world.pay(&world.session().await?, Stripe::CARD).await?;
    world.becomes("succeeded").await?;
    assert_eq!(world.credited().await?, MICROS);
    Ok(())
}

#[tokio::test]
async fn a_stripe_that_does_not_work_is_asked_again_with_the_same_key() -> anyhow::Result<()> {
    let world = World::start().await?;
    let broken = json!({
        "POST /v1/checkout/sessions": { "status": 503, "times": 2 },
        "GET /v1/checkout/sessions/{id}": { "status": 429 },
    });
    world.stripe.control("fault", &broken).await?;
    ask(&world.owner, "top-up").await?;
    world.becomes("needs_person").await?;
    let heard = world.stripe.heard().await?;
    let calls = heard["calls"].as_array().context("no calls")?;
    let keys: Vec<_> = calls.iter().filter(|call| call["call"] == "POST /v1/checkout/sessions").collect();
    assert!(keys.len() >= 3 && keys.iter().all(|call| call["key"].is_string()), "{keys:?}");
    assert!(keys.iter().all(|call| call["key"] == keys[0]["key"]), "{keys:?}");
    assert!(keys.iter().all(|call| call["form"] == keys[0]["form"]), "{keys:?}");
    world.pay(&world.session().await?, Stripe::CARD).await?;
    world.becomes("succeeded").await?;
    assert_eq!(world.credited().await?, MICROS);
    Ok(())
}

#[tokio::test]
async fn a_card_that_is_declined_credits_nothing_and_another_one_may_pay() -> anyhow::Result<()> {
    let world = World::start().await?;
    let session = world.opened().await?;
    world.pay(&session, Stripe::DECLINED).await?;
    world.hears(FAILED).await?;
    assert_eq!(world.becomes("needs_person").await?["captured"], 0);
    assert_eq!(world.credited().await?, 0);
    world.pay(&session, Stripe::CARD).await?;
    world.becomes("succeeded").await?;
    assert_eq!(world.credited().await?, MICROS);
    Ok(())
}

#[tokio::test]
async fn a_bank_that_asks_its_customer_decides() -> anyhow::Result<()> {
    let world = World::start().await?;
    let session = world.opened().await?;
    let answers = async |accepts: bool| {
        world.pay(&session, Stripe::ASKS).await?;
        world.stripe.control("authenticate", &json!({ "session": session, "accepts": accepts })).await
    };
    answers(false).await?;
    world.hears(FAILED).await?;
    assert_eq!((world.becomes("needs_person").await?["captured"].clone(), world.credited().await?), (json!(0), 0));
    answers(true).await?;
    world.becomes("succeeded").await?;
    assert_eq!(world.credited().await?, MICROS);
    Ok(())
}

#[tokio::test]
async fn who_is_not_stripe_is_refused_and_leaves_nothing() -> anyhow::Result<()> {
    let world = World::start().await?;
    world.drop_events().await?;
    let session = world.opened().await?;
    world.stripe.control("pay", &json!({ "session": session, "number": Stripe::DECLINED })).await?;
    for wrong in [
        json!({ "secrets": ["whsec_of_somebody"] }),
        json!({ "secrets": [] }),
        json!({ "unsigned": true }),
        json!({ "spoil": true }),
        json!({ "age_s": 400 }),
        json!({ "age_s": -400 }),
    ] {
        let mut asked = wrong.clone();
        asked["type"] = json!(FAILED);
        let refused = world.stripe.control("send", &asked).await?;
        assert_eq!(refused["status"], 400, "{wrong}");
    }
    let sent = "SELECT count(*) FROM webhook_event WHERE source = 'sent'";
    assert_eq!((world.number(sent).await?, world.findings().await?), (0, Vec::new()));
    // While secrets are exchanged, either counts.
    let both = json!({ "type": FAILED, "secrets": ["whsec_of_tomorrow", Stripe::SECRET] });
    assert_eq!(world.stripe.control("send", &both).await?["status"], 200);
    assert_eq!(world.number(sent).await?, 1);
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_read_or_is_nobodys_is_kept_and_told() -> anyhow::Result<()> {
    let world = World::start().await?;
    let unknown = r#"{"id":"evt_1","type":"moon.rose","data":{"object":{"id":"moon_1"}}}"#;
    for body in ["no event", unknown] {
        assert_eq!(world.stripe.control("send", &json!({ "body": body })).await?["status"], 200, "{body}");
    }
    world.pay_for_something_else().await?;
    let kinds = until_within(PATIENCE, async || {
        let findings = world.findings().await?;
        let mut kinds: Vec<_> = findings.iter().filter_map(|found| found["kind"].as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        ensure!(kinds.len() == 2, "{findings:?}");
        Ok(kinds.join(", "))
    })
    .await?;
    assert_eq!(kinds, "unknown_payment, unreadable_event");
    assert_eq!(world.credited().await?, 0);
    Ok(())
}

#[tokio::test]
async fn what_happened_while_the_portal_was_away_is_found_when_it_is_back() -> anyhow::Result<()> {
    let mut world = World::start().await?;
    let session = world.opened().await?;
    world.portal.stop_portal().await?;
    world.drop_events().await?;
    world.pay(&session, Stripe::CARD).await?;
    world.pay_for_something_else().await?;
    let arguments = world.stripe.offered();
    world.portal.start_portal_with(&arguments.each_ref().map(String::as_str)).await?;
    world.becomes("succeeded").await?;
    until_within(PATIENCE, async || {
        let findings = world.findings().await?;
        ensure!(findings.len() == 1 && findings[0]["kind"] == "unknown_payment", "{findings:?}");
        Ok(())
    })
    .await?;
    let listed = "SELECT count(*) FROM webhook_event WHERE source = 'listed' AND outcome IS NOT NULL";
    assert!(world.number(listed).await? > 0, "Stripe's list was not read");
    assert_eq!(world.credited().await?, MICROS);
    Ok(())
}

#[tokio::test]
async fn a_page_on_which_nobody_paid_is_over() -> anyhow::Result<()> {
    let world = World::start().await?;
    let session = world.opened().await?;
    world.stripe.control("clock", &json!({ "ahead_s": 25 * 3600 })).await?;
    let payment = world.becomes("expired").await?;
    assert_eq!((&payment["session_ref"], &payment["captured"]), (&json!(session), &json!(0)));
    assert_eq!(world.credited().await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_double_click_asks_stripe_once() -> anyhow::Result<()> {
    let world = World::start().await?;
    let (one, other) = tokio::join!(ask(&world.owner, "click"), ask(&world.owner, "click"));
    let ids: Vec<_> = [one, other].into_iter().flatten().map(|asked| asked["id"].clone()).collect();
    ensure!(!ids.is_empty() && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    world.becomes("needs_person").await?;
    assert_eq!(world.stripe.heard().await?["counts"]["checkout.session"], 1);
    Ok(())
}
