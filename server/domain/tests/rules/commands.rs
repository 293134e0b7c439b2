//! What holds for every command, whatever is asked: a refused one leaves nothing behind but its record, and one that is
//! sent again is answered from there.

use std::{collections::BTreeMap, sync::Arc};

use crate::fleet::Fleet;
use crate::world::{
    Tenant,
    credit::gift,
    dice::{Dice, cases},
    noon,
};
use domain::{
    Error, Result,
    access::policy::{
        ChangeInstances, CloseBilling, GrantCredits as MayGrant, IssueCreditNotes, LaunchInstances, SetPrices,
        SetQuotas, StopInstances,
    },
    billing::{close_period, waive_cluster},
    commands::Command,
    grants::{grant_credits, undo_grant},
    instances::{launch_instance, restart_instance, stop_instance},
    invoices::{finalise_invoice, issue_credit_note},
    ledger::record_transfer,
    prices::{set_price, set_tax_rule, withdraw_price},
    quotas::set_quota,
};
use serde::Serialize;
use types::{
    Amount, ChangeInstance, ClosePeriod, Currency, FinaliseInvoice, FlavourId, GrantCredits, InstanceId, InvoiceId,
    IssueCreditNote, LaunchInstance, LotId, Money, PeriodId, PriceId, ProjectId, RecordTransfer, SetPrice, SetQuota,
    SetTaxRule, StopInstance, TaxCategory, UndoGrant, WaiveCluster,
};

/// A command of the portal as somebody sends it.
#[derive(Clone, Debug, Serialize)]
enum Ask {
    Launch(LaunchInstance),
    Restart(ChangeInstance),
    Stop(StopInstance),
    TopUp(RecordTransfer),
    Grant(GrantCredits),
    Undo(LotId, UndoGrant),
    Quota(SetQuota),
    Price(SetPrice),
    Withdraw(PriceId),
    Tax(SetTaxRule),
    Close(ClosePeriod),
    Waive(WaiveCluster),
    Finalise(FinaliseInvoice),
    Credit(IssueCreditNote),
}

fn said(view: impl Serialize) -> String {
    serde_json::to_string(&view).unwrap()
}

/// Sends it for a tenant under a key, again where the database is busy; the answer as it would be shown.
async fn send(fleet: &Fleet, tenant: Tenant, ask: &Ask, key: &str) -> Result<String> {
    loop {
        match send_once(fleet, tenant, ask.clone(), key).await {
            Err(Error::Unavailable(_)) => tokio::task::yield_now().await,
            answer => return answer,
        }
    }
}

async fn send_once(fleet: &Fleet, tenant: Tenant, ask: Ask, key: &str) -> Result<String> {
    let (world, db, now) = (&fleet.world, &fleet.world.db, noon());
    let command = Command::new(key, "test", &ask)?;
    match ask {
        Ask::Launch(ask) => {
            let scope = world.scope::<LaunchInstances>("developer@everywhere.test", tenant).await;
            launch_instance(db, &scope, ask, command, now).await.map(said)
        }
        Ask::Restart(ask) => {
            let scope = world.scope::<ChangeInstances>("developer@everywhere.test", tenant).await;
            restart_instance(db, &scope, ask, command, now).await.map(said)
        }
        Ask::Stop(ask) => {
            let scope = world.scope::<StopInstances>("operator@hub.test", tenant).await;
            stop_instance(db, &scope, &ask, now).await.map(said)
        }
        Ask::TopUp(ask) => {
            let scope = world.scope::<CloseBilling>("finance@hub.test", tenant).await;
            record_transfer(db, &scope, ask, command, now).await.map(said)
        }
        Ask::Grant(ask) => {
            let scope = world.scope::<MayGrant>("incubator@hub.test", tenant).await;
            grant_credits(db, &scope, ask, command, now).await.map(said)
        }
        Ask::Undo(lot, ask) => {
            let scope = world.scope::<MayGrant>("incubator@hub.test", tenant).await;
            undo_grant(db, &scope, lot, ask, command, now).await.map(said)
        }
        Ask::Quota(ask) => {
            let scope = world.scope::<SetQuotas>("operator@hub.test", tenant).await;
            set_quota(db, &scope, ask, now).await.map(said)
        }
        Ask::Price(ask) => {
            set_price(db, &world.survey::<SetPrices>("finance").await, ask, command, now).await.map(said)
        }
        Ask::Withdraw(price) => {
            withdraw_price(db, &world.survey::<SetPrices>("finance").await, price, command, now).await.map(said)
        }
        Ask::Tax(ask) => {
            set_tax_rule(db, &world.survey::<SetPrices>("finance").await, ask, command, now).await.map(said)
        }
        Ask::Close(ask) => {
            let scope = world.scope::<CloseBilling>("finance@hub.test", tenant).await;
            close_period(db, &scope, ask, command, now).await.map(said)
        }
        Ask::Waive(ask) => {
            let scope = world.scope::<CloseBilling>("finance@hub.test", tenant).await;
            waive_cluster(db, &scope, ask, command, now).await.map(said)
        }
        Ask::Finalise(ask) => {
            let scope = world.scope::<CloseBilling>("finance@hub.test", tenant).await;
            finalise_invoice(db, &scope, ask, command, now).await.map(said)
        }
        Ask::Credit(ask) => {
            let scope = world.scope::<IssueCreditNotes>("finance@hub.test", tenant).await;
            issue_credit_note(db, &scope, ask, command, now).await.map(said)
        }
    }
}

/// Amounts that are no amount of money: nothing, less than nothing, and more than can be booked.
fn no_amount(dice: &mut Dice) -> i64 {
    let below = -1 - dice.roll(i64::MAX);
    let beyond = 1_000_000_000_000_001 + dice.roll(i64::MAX - 1_000_000_000_000_001);
    dice.one_of(&[0, -1, below, i64::MIN, beyond, i64::MAX])
}

fn money(tenant: Tenant, micros: i64) -> Money {
    Money { micros, currency: tenant.currency }
}

fn other_currency(tenant: Tenant, dice: &mut Dice) -> Currency {
    let others: Vec<_> = Currency::ALL.iter().copied().filter(|&currency| currency != tenant.currency).collect();
    dice.one_of(&others)
}

/// What exists in the world for the refusals to stumble over.
struct Standing {
    tenant: Tenant,
    foreign_lot: LotId,
    foreign_instance: InstanceId,
    running_period: PeriodId,
    began: PriceId,
}

async fn standing(fleet: &Fleet) -> Standing {
    let (atlas, breton) = (fleet.world.atlas, fleet.world.breton);
    // An hour of one GPU fits beside the one that runs, and of two not.
    fleet.top_up(atlas, 2 * 36_000_000).await;
    fleet.top_up(breton, 1_000_000_000).await;
    fleet.launch(atlas, "taken", noon()).await;
    let foreign_lot = fleet.world.grant(breton, "foreign", gift(breton, 5), noon()).await.unwrap().id;
    let foreign_instance = fleet.launch(breton, "foreign", noon()).await.id;
    let id = async |sql: &str| {
        let rows = fleet.world.database().rows(sql).await.unwrap();
        rows[0]["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap()
    };
    let period =
        format!("SELECT id FROM billing_period WHERE organisation_id = '{}' AND ended_at IS NULL", atlas.id.uuid());
    let price = format!("SELECT id FROM price WHERE flavour_id = '{}' AND currency = 'MAD'", fleet.world.h100.uuid());
    Standing {
        tenant: atlas,
        foreign_lot,
        foreign_instance,
        running_period: PeriodId::from_uuid(id(&period).await),
        began: PriceId::from_uuid(id(&price).await),
    }
}

fn refused_money(fleet: &Fleet, at: &Standing, dice: &mut Dice) -> Ask {
    let tenant = at.tenant;
    let grant = |ask: GrantCredits| Ask::Grant(ask);
    let foreign = Money { micros: 1 + dice.roll(1_000), currency: other_currency(tenant, dice) };
    match dice.roll(9) {
        0 => Ask::TopUp(RecordTransfer { reference: "a".to_owned(), amount: money(tenant, no_amount(dice)) }),
        1 => Ask::TopUp(RecordTransfer { reference: "b".to_owned(), amount: foreign }),
        // The bank's reference was booked before, for somebody else.
        2 => {
            let amount = money(tenant, 1_000_000_000);
            Ask::TopUp(RecordTransfer { reference: "transfer-breton-1000000000".to_owned(), amount })
        }
        3 => grant(gift(tenant, no_amount(dice))),
        4 => grant(GrantCredits { amount: Amount::Money(foreign), ..gift(tenant, 1) }),
        5 => {
            let amount = Amount::GpuSeconds { flavour: fleet.world.h100, seconds: no_amount(dice) };
            grant(GrantCredits { amount, ..gift(tenant, 1) })
        }
        6 => {
            let (flavour, currency) = (fleet.world.h100, dice.one_of(Currency::ALL));
            Ask::Price(SetPrice { flavour, currency, micros_per_hour: no_amount(dice), started_at: None })
        }
        7 => {
            let units = dice.one_of(&[10_001, u32::MAX]);
            Ask::Quota(SetQuota { flavour: fleet.world.h100, units, reason: "more".to_owned() })
        }
        _ => Ask::Tax(SetTaxRule {
            country: "MA".to_owned(),
            is_business: true,
            category: TaxCategory::Standard,
            rate_ppm: dice.one_of(&[-1, i32::MIN, 1_000_001, i32::MAX]),
            reason_code: None,
            advance_invoice: false,
            withholding: None,
            started_at: None,
        }),
    }
}

fn refused_otherwise(fleet: &Fleet, at: &Standing, dice: &mut Dice) -> Ask {
    let (world, tenant) = (&fleet.world, at.tenant);
    let nobody = uuid::Uuid::now_v7();
    let launch = |ask: LaunchInstance| Ask::Launch(ask);
    let undo = |lot, reason: &str| Ask::Undo(lot, UndoGrant { reason: reason.to_owned() });
    match dice.roll(21) {
        0 => launch(LaunchInstance { units: dice.one_of(&[0, 9, u32::MAX]), ..fleet.ask(tenant, "new") }),
        1 => launch(LaunchInstance { units: 8, ..fleet.ask(tenant, "beyond-the-quota") }),
        2 => launch(LaunchInstance { units: 2, ..fleet.ask(tenant, "beyond-the-credit") }),
        3 => launch(LaunchInstance { project: world.breton.project, ..fleet.ask(tenant, "new") }),
        4 => launch(LaunchInstance { project: ProjectId::from_uuid(nobody), ..fleet.ask(tenant, "new") }),
        5 => launch(LaunchInstance { flavour: FlavourId::from_uuid(nobody), ..fleet.ask(tenant, "new") }),
        6 => launch(LaunchInstance { template: "none".to_owned(), ..fleet.ask(tenant, "new") }),
        7 => launch(fleet.ask(tenant, dice.one_of(&["taken", "", "-", "Ünïcode"]))),
        8 => {
            let environment = BTreeMap::from([("1 not a name".to_owned(), "x".to_owned())]);
            launch(LaunchInstance { environment, ..fleet.ask(tenant, "new") })
        }
        9 => Ask::Restart(ChangeInstance { instance: at.foreign_instance, version: None }),
        10 => Ask::Stop(StopInstance {
            instance: at.foreign_instance,
            version: None,
            reason: Some("a reason".to_owned()),
        }),
        11 => Ask::Grant(GrantCredits { reason: " ".to_owned(), ..gift(tenant, 1) }),
        12 => Ask::Grant(GrantCredits { expires_at: Some(noon()), ..gift(tenant, 1) }),
        13 => Ask::Grant(GrantCredits { projects: vec![world.breton.project], ..gift(tenant, 1) }),
        14 => undo(dice.one_of(&[at.foreign_lot, LotId::from_uuid(nobody)]), "by mistake"),
        15 => Ask::Price(SetPrice {
            flavour: dice.one_of(&[FlavourId::from_uuid(nobody), world.h100]),
            currency: Currency::Mad,
            micros_per_hour: 1,
            started_at: Some(noon().plus_seconds(-1)),
        }),
        16 => Ask::Withdraw(at.began),
        17 => Ask::Close(ClosePeriod { period: dice.one_of(&[at.running_period, PeriodId::from_uuid(nobody)]) }),
        18 => Ask::Waive(WaiveCluster {
            period: at.running_period,
            cluster: world.cluster,
            reason: dice.one_of(&["", "nobody waits for it"]).to_owned(),
        }),
        19 => Ask::Finalise(FinaliseInvoice { invoice: InvoiceId::from_uuid(nobody), sha256: "0".repeat(64) }),
        _ => Ask::Credit(IssueCreditNote {
            invoice: InvoiceId::from_uuid(nobody),
            lines: Vec::new(),
            reason: dice.one_of(&["", "a node fault"]).to_owned(),
            sha256: None,
        }),
    }
}

#[tokio::test]
async fn a_refused_command_leaves_nothing_anywhere_but_its_record() {
    let fleet = Fleet::without_money().await;
    let standing = standing(&fleet).await;
    // Closing settles what is due first; nothing of that is to come between.
    fleet.world.settle(standing.tenant, noon()).await;
    let before = fleet.world.fingerprint().await;
    for (case, mut dice) in cases() {
        let ask = match dice.roll(2) {
            0 => refused_money(&fleet, &standing, &mut dice),
            _ => refused_otherwise(&fleet, &standing, &mut dice),
        };
        let key = case.word("refused");
        let refused = send(&fleet, standing.tenant, &ask, key).await;
        let is_refusal =
            refused.as_ref().is_err_and(|error| error.refusal().is_some() || matches!(error, Error::NotFound));
        assert!(is_refusal, "{ask:?}: {refused:?}");
        assert_eq!(fleet.world.fingerprint().await, before, "{ask:?} left something");
        let records = "SELECT count(*) AS n FROM idempotency WHERE key = $1";
        assert!(fleet.world.number(records, [key.into()]).await <= 1);
        let again = send(&fleet, standing.tenant, &ask, key).await;
        assert_eq!(again.unwrap_err().refusal(), refused.unwrap_err().refusal(), "{ask:?} is refused otherwise");
    }
    fleet.world.assert_balanced().await;
}

/// Something that is done when it is asked for the first time.
async fn granted(fleet: &Fleet, tenant: Tenant, word: &str, n: u64, dice: &mut Dice) -> Ask {
    let reference = word.to_owned();
    match dice.roll(5) {
        0 => Ask::Launch(fleet.ask(tenant, word)),
        1 => Ask::TopUp(RecordTransfer { reference, amount: money(tenant, 1 + dice.roll(1_000_000)) }),
        2 => Ask::Grant(gift(tenant, 1 + dice.roll(1_000_000))),
        3 => {
            let lot = fleet.world.grant(tenant, &format!("{word}-lot"), gift(tenant, 9), noon()).await.unwrap();
            Ask::Undo(lot.id, UndoGrant { reason: "by mistake".to_owned() })
        }
        _ => Ask::Price(SetPrice {
            flavour: fleet.world.slice,
            currency: tenant.currency,
            micros_per_hour: 1 + dice.roll(1_000_000),
            started_at: Some(noon().plus_seconds(60 + i64::try_from(n).unwrap())),
        }),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_command_that_is_sent_again_and_at_once_is_done_once_and_always_answered_alike() {
    let fleet = Arc::new(Fleet::new().await);
    let tenant = fleet.world.atlas;
    fleet.quota(tenant, fleet.world.h100, 1_000).await;
    for (case, mut dice) in cases() {
        let key = case.word("again");
        let ask = granted(&fleet, tenant, key, case.n, &mut dice).await;
        let sent = (0..1 + dice.roll(3)).map(|_| {
            let (fleet, ask) = (Arc::clone(&fleet), ask.clone());
            tokio::spawn(async move { send(&fleet, tenant, &ask, key).await })
        });
        let mut answers = Vec::new();
        for task in sent.collect::<Vec<_>>() {
            answers.push(task.await.unwrap().unwrap());
        }
        let after = fleet.world.fingerprint().await;
        answers.push(send(&fleet, tenant, &ask, key).await.unwrap());
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{ask:?}: {answers:?}");
        let other = Ask::TopUp(RecordTransfer { reference: "another".to_owned(), amount: money(tenant, 1) });
        // A price is the installation's, so that the tenant's key is another one.
        if !matches!(ask, Ask::Price(_)) {
            let scope_is_alike = matches!(ask, Ask::TopUp(_));
            let other = if scope_is_alike { other } else { changed(&ask) };
            let refused = send(&fleet, tenant, &other, key).await;
            assert!(matches!(refused, Err(Error::KeyReused)), "{other:?}: {refused:?}");
        }
        assert_eq!(fleet.world.fingerprint().await, after, "{ask:?} was done again");
    }
    fleet.world.assert_balanced().await;
}

/// The same kind of command with another body.
fn changed(ask: &Ask) -> Ask {
    match ask.clone() {
        Ask::Launch(ask) => Ask::Launch(LaunchInstance { units: ask.units + 1, ..ask }),
        Ask::Grant(ask) => Ask::Grant(GrantCredits { name: format!("{}!", ask.name), ..ask }),
        Ask::Undo(lot, ask) => Ask::Undo(lot, UndoGrant { reason: format!("{}!", ask.reason) }),
        other => other,
    }
}
