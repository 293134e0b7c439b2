//! Where usage is cut, by facts, by settlements or by prices, it costs the same: two organisations use the same, one of
//! them whole and the other in pieces.

use crate::world::{
    Tenant, World,
    dice::{Dice, cases},
    noon,
};
use types::Timestamp;

use super::sums::adds_up;

const DAY: i64 = 86_400;

fn after(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// A lease that is billed in these pieces, which follow one another.
async fn used(world: &World, tenant: Tenant, units: i32, pieces: &[(i64, i64)]) {
    let (from, to) = (pieces[0].0, pieces[pieces.len() - 1].1);
    let lease = world.lease(tenant, world.h100, units, after(from)).await;
    for &(from, to) in pieces {
        world.billable(lease, after(from), Some(after(to))).await;
    }
    world.end(lease, after(to)).await;
}

/// Net, gross and unit-seconds of all that was rated, and what wallet and debt gave for it.
async fn charged(world: &World, tenant: Tenant) -> [i64; 4] {
    let rated = async |what: &str| {
        let sql = format!(
            "SELECT coalesce(sum({what}), 0)::bigint AS n FROM rated_item r JOIN lease l ON l.id = r.lease_id
             WHERE r.organisation_id = $1"
        );
        world.number(&sql, [tenant.id.into()]).await
    };
    let paid = "SELECT coalesce(-sum(p.amount), 0)::bigint AS n FROM posting p JOIN account a ON a.id = p.account_id
                JOIN journal_entry e ON e.id = p.entry_id WHERE p.organisation_id = $1 AND e.kind = 'settlement'
                AND a.kind IN ('wallet', 'receivable')";
    let unit_seconds = "l.units * extract(epoch FROM r.ended_at - r.started_at)";
    [
        rated("r.net").await,
        rated("r.gross").await,
        rated(unit_seconds).await,
        world.number(paid, [tenant.id.into()]).await,
    ]
}

/// A stretch, cut at up to seven random seconds.
fn pieces(from: i64, to: i64, dice: &mut Dice) -> Vec<(i64, i64)> {
    let mut edges = vec![from, to];
    for _ in 0..=dice.roll(7) {
        edges.push(from + dice.roll(to - from));
    }
    edges.sort();
    edges.dedup();
    edges.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[tokio::test]
async fn cutting_usage_anywhere_and_settling_it_at_any_instant_changes_no_amount() {
    let world = World::new().await;
    world.price(world.h100, "MAD", 2, 47_000_003, after(5_000)).await;
    world.price(world.h100, "MAD", 3, 19_999_999, after(13_001)).await;
    world.tax("MA", true, "S", 100_000, None, after(9_001)).await;
    world.observe(after(9 * DAY)).await;
    for (case, mut dice) in cases() {
        let whole = world.another(case.word("whole")).await;
        let cut = world.another(case.word("cut")).await;
        let money = 1 + dice.roll(2_000_000_000);
        for tenant in [whole, cut] {
            world.top_up(tenant, tenant.slug, money, noon()).await.unwrap();
        }
        let mut unit_seconds = 0;
        for _ in 0..=dice.roll(2) {
            let from = dice.roll(6_000);
            let to = from + 1 + dice.roll(15_000);
            let units = 1 + dice.roll(3);
            unit_seconds += units * (to - from);
            let units = i32::try_from(units).unwrap();
            used(&world, whole, units, &[(from, to)]).await;
            used(&world, cut, units, &pieces(from, to, &mut dice)).await;
        }
        let mut at = 0;
        while at < 21_000 {
            at += 1 + dice.roll(12_000);
            world.settle(cut, after(at)).await;
        }
        for tenant in [whole, cut] {
            world.settle(tenant, after(3 * DAY)).await;
            adds_up(&world, tenant.id).await;
        }
        let amounts = charged(&world, whole).await;
        assert_eq!((amounts[2], amounts[3]), (unit_seconds, amounts[1]), "all of it is rated, and paid by nobody else");
        assert_eq!(charged(&world, cut).await, amounts);
    }
    world.assert_balanced().await;
}

/// A stretch of time at one price and one tax.
struct Segment {
    from: i64,
    to: i64,
    price: i64,
    tax: i32,
}

/// Sets prices and taxes from `day` on, which change up to four times, each at a random second.
async fn priced(world: &World, day: i64, version: &mut i32, dice: &mut Dice) -> Vec<Segment> {
    let (mut segments, mut at, mut price, mut tax) = (Vec::new(), day, 0, 0);
    for n in 0..=dice.roll(5) {
        // The day begins with both; later one of them changes, or both do.
        let what = if n == 0 { 2 } else { dice.roll(3) };
        if what != 1 {
            *version += 1;
            price = 1_000_000 + dice.roll(90_000_000);
            world.price(world.h100, "MAD", *version, price, after(at)).await;
        }
        if what != 0 {
            tax = i32::try_from(1 + dice.roll(300_000)).unwrap();
            world.tax("MA", true, "S", tax, None, after(at)).await;
        }
        let to = at + 1 + dice.roll(4_000);
        segments.push(Segment { from: at, to, price, tax });
        at = to;
    }
    segments
}

/// Net and gross by the rule itself, each segment floored once.
fn exact(segments: &[Segment], units: i64) -> (i64, i64) {
    segments.iter().fold((0, 0), |(net, gross), segment| {
        let own = segment.price * units * (segment.to - segment.from) / 3_600;
        (net + own, gross + own + own * i64::from(segment.tax) / 1_000_000)
    })
}

#[tokio::test]
async fn usage_across_changes_of_price_and_tax_costs_what_its_parts_cost_by_themselves() {
    let world = World::new().await;
    world.observe(after(2_000 * DAY)).await;
    let mut version = 1;
    for (case, mut dice) in cases() {
        // Prices are everybody's: each case has a day of its own.
        let day = (1 + i64::try_from(case.n).unwrap()) * DAY;
        let mut segments = priced(&world, day, &mut version, &mut dice).await;
        segments[0].from += dice.roll(segments[0].to - segments[0].from);
        let one = world.another(case.word("one")).await;
        let many = world.another(case.word("many")).await;
        for tenant in [one, many] {
            world.top_up(tenant, tenant.slug, 1 + dice.roll(2_000_000_000), noon()).await.unwrap();
        }
        let units = 1 + dice.roll(4);
        let whole = (segments[0].from, segments[segments.len() - 1].to);
        used(&world, one, i32::try_from(units).unwrap(), &[whole]).await;
        for segment in &segments {
            used(&world, many, i32::try_from(units).unwrap(), &[(segment.from, segment.to)]).await;
        }
        for tenant in [one, many] {
            world.settle(tenant, after(day + 3 * DAY)).await;
            adds_up(&world, tenant.id).await;
        }
        let amounts = charged(&world, one).await;
        assert_eq!((amounts[0], amounts[1]), exact(&segments, units));
        assert_eq!(charged(&world, many).await, amounts);
    }
    world.assert_balanced().await;
}
