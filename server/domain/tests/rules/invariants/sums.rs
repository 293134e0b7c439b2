//! Sums of the ledger that are made beside the product's own checks: what one organisation has, and the trial balance.

use std::collections::BTreeMap;

use domain::{access::policy::ReadInvoices, books::trial_balance};
use types::{AskBooks, Currency, OrganisationId};

use crate::world::{
    Tenant, World,
    credit::gift,
    dice::{Dice, cases},
    noon,
};

const DAY: i64 = 86_400;

/// What is wrong, and a count of it in one organisation.
const BROKEN: [(&str, &str); 7] = [
    (
        "an entry does not sum to zero",
        "SELECT count(*) AS n FROM (
             SELECT 1 FROM posting p JOIN account a ON a.id = p.account_id WHERE p.organisation_id = $1
             GROUP BY p.entry_id, a.unit HAVING sum(p.amount) <> 0) broken",
    ),
    (
        "a balance is not the sum of its postings",
        "SELECT count(*) AS n FROM account a WHERE a.organisation_id = $1
         AND a.posted <> coalesce((SELECT sum(p.amount) FROM posting p WHERE p.account_id = a.id), 0)",
    ),
    (
        "what is held is not the sum of open holds",
        "SELECT count(*) AS n FROM account a WHERE a.organisation_id = $1
         AND a.held <> coalesce((SELECT sum(p.amount) FROM hold_part p JOIN hold h ON h.id = p.hold_id
                                 WHERE h.state = 'open' AND p.account_id = a.id), 0)",
    ),
    (
        "an account is below its floor",
        "SELECT count(*) AS n FROM account WHERE organisation_id = $1 AND posted - held < floor",
    ),
    (
        "a lot is not what its uses say",
        "SELECT count(*) AS n FROM lot l CROSS JOIN LATERAL (
             SELECT coalesce(sum(CASE u.kind WHEN 'burn' THEN u.amount WHEN 'restore' THEN -u.amount END), 0) AS used,
                    coalesce(sum(u.amount) FILTER (WHERE u.kind = 'expire'), 0) AS expired,
                    coalesce(sum(u.amount) FILTER (WHERE u.kind = 'void'), 0) AS voided
             FROM lot_use u WHERE u.lot_id = l.id) s
         WHERE l.organisation_id = $1 AND (l.used <> s.used OR l.expired <> s.expired OR l.voided <> s.voided)",
    ),
    (
        "a lot gave more than it had",
        "SELECT count(*) AS n FROM lot WHERE organisation_id = $1
         AND (used + expired + voided + held > granted OR least(used, expired, voided, held) < 0)",
    ),
    (
        "what is left of lots is not their account",
        "SELECT count(*) AS n FROM account a WHERE a.organisation_id = $1 AND a.kind LIKE 'lots_%'
         AND a.posted <> coalesce((SELECT sum(l.granted - l.used - l.expired - l.voided) FROM lot l
                                   WHERE l.organisation_id = $1 AND l.unit = a.unit AND 'lots_' || l.kind = a.kind), 0)",
    ),
];

/// Fails where an organisation's books do not add up; as cheap with a thousand organisations beside it as with none.
pub(crate) async fn adds_up(world: &World, organisation: OrganisationId) {
    for (what, sql) in BROKEN {
        assert_eq!(world.number(sql, [organisation.into()]).await, 0, "{what}");
    }
}

/// Something that moves an organisation's money; `key` is nobody else's.
async fn act(world: &World, tenant: Tenant, key: &str, dice: &mut Dice) {
    let now = noon().plus_seconds(dice.roll(DAY));
    match dice.roll(4) {
        0 => drop(world.top_up(tenant, key, 1 + dice.roll(400_000_000), now).await.unwrap()),
        1 => drop(world.grant(tenant, key, gift(tenant, 1 + dice.roll(60_000_000)), now).await.unwrap()),
        2 => {
            let lot = world.grant(tenant, key, gift(tenant, 1 + dice.roll(60_000_000)), now).await.unwrap();
            world.undo(tenant, &format!("{key}-undo"), lot.id, now).await.unwrap();
        }
        _ => {
            let lease = world.lease(tenant, world.h100, 1, now).await;
            let end = now.plus_seconds(1 + dice.roll(9_000));
            world.billable(lease, now, Some(end)).await;
            world.end(lease, end).await;
            world.settle(tenant, noon().plus_seconds(3 * DAY)).await;
        }
    }
}

/// The trial balance of a currency is what organisation after organisation has, and each of them closes by itself.
async fn is_what_all_have(world: &World, currency: Currency) {
    let survey = world.survey::<ReadInvoices>("auditor").await;
    let open = world.db.survey(&survey, noon().plus_seconds(9 * DAY)).await.unwrap();
    let ask = AskBooks { currency: Some(currency), day: None };
    let told = trial_balance(&open, &survey, &ask).await.unwrap();
    drop(open);
    let sql = format!(
        "SELECT p.organisation_id AS organisation, a.kind, sum(p.amount)::bigint AS amount
         FROM posting p JOIN account a ON a.id = p.account_id WHERE a.unit = '{}' GROUP BY 1, 2",
        currency.word()
    );
    let (mut of_kind, mut of_organisation) = (BTreeMap::<String, i64>::new(), BTreeMap::<String, i64>::new());
    for row in world.database().rows(&sql).await.unwrap() {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let amount = row["amount"].as_i64().unwrap();
        *of_kind.entry(text("kind")).or_default() += amount;
        *of_organisation.entry(text("organisation")).or_default() += amount;
    }
    assert!(of_organisation.values().all(|sum| *sum == 0), "{currency}: {of_organisation:?}");
    let found: BTreeMap<_, _> = told.accounts.iter().map(|of| (of.account.to_string(), of.balance.micros)).collect();
    assert_eq!(found, of_kind, "{currency}");
    assert_eq!((told.difference.micros, told.debit), (0, told.credit), "{currency}");
}

#[tokio::test]
async fn the_trial_balance_is_the_sum_of_all_organisations_whatever_they_did() {
    let world = World::new().await;
    world.observe(noon().plus_seconds(9 * DAY)).await;
    for (case, mut dice) in cases() {
        let own = world.another(case.word("summed")).await;
        for n in 0..2 + dice.roll(3) {
            let tenant = dice.one_of(&[own, own, world.breton]);
            act(&world, tenant, &format!("{}-{n}", own.slug), &mut dice).await;
        }
        for currency in [Currency::Mad, Currency::Eur] {
            is_what_all_have(&world, currency).await;
        }
        for tenant in [own, world.breton] {
            adds_up(&world, tenant.id).await;
        }
    }
    world.assert_balanced().await;
}
