//! Billing periods by the calendar of any zone: whenever an organisation came and whenever finance closes.

use domain::{
    Error, Result,
    access::policy::{CloseBilling, ReadInvoices},
    billing::{close_period, running_period},
    commands::Command,
};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use types::{ClosePeriod, ClosedPeriodView, Currency, PeriodId, RunningPeriodView, Timestamp};
use uuid::Uuid;

use crate::world::{
    Tenant, World,
    dice::{Dice, cases},
    organisation, start,
};

const DAY: i64 = 86_400;
/// So long after an end everything before it is known.
const KNOWN_S: i64 = 120;

/// An organisation that comes at this instant.
async fn opened(world: &World, slug: &'static str, now: Timestamp) -> Tenant {
    let currency = Currency::Mad;
    let id = world.founding.open_organisation(&organisation(slug, currency, "MA"), now).await.unwrap();
    let project = world.founding.add_project(id, "research", "Research", now).await.unwrap();
    Tenant { id, slug, project, currency }
}

async fn running(world: &World, tenant: Tenant, now: Timestamp) -> RunningPeriodView {
    let survey = world.survey::<ReadInvoices>("finance").await;
    let open = world.db.survey(&survey, now).await.unwrap();
    running_period(&open, &survey, tenant.id).await.unwrap()
}

async fn close(world: &World, tenant: Tenant, period: PeriodId, now: Timestamp) -> Result<ClosedPeriodView> {
    let scope = world.scope::<CloseBilling>("finance@hub.test", tenant).await;
    let ask = ClosePeriod { period };
    let command = Command::new(&Uuid::now_v7().to_string(), "close_period", &ask)?;
    close_period(&world.db, &scope, ask, command, now).await
}

/// The end is the first second of the month after, as people in the zone write it.
fn ends_its_month(began: Timestamp, end: Timestamp, zone: &TimeZone) {
    let day = |at: Timestamp| at.as_jiff().to_zoned(zone.clone()).date();
    assert_eq!(day(end), day(began).last_of_month().tomorrow().unwrap(), "{zone:?}: {began} to {end}");
    assert!(day(end.plus_seconds(-1)) < day(end), "{zone:?}: {end} is not the month's first second");
    assert_eq!(end, end.floor());
}

/// Every second since `from` lies in exactly one period, and each begins where the one before ended.
async fn tiles(world: &World, tenant: Tenant, ends: &[Timestamp], dice: &mut Dice) {
    let torn = "SELECT count(*) AS n FROM (
                    SELECT started_at, lag(ended_at) OVER (ORDER BY started_at) AS before,
                           row_number() OVER (ORDER BY started_at) AS place
                    FROM billing_period WHERE organisation_id = $1) p
                WHERE place > 1 AND before IS DISTINCT FROM started_at";
    assert_eq!(world.number(torn, [tenant.id.into()]).await, 0, "periods do not follow one another");
    let around = "SELECT count(*) AS n FROM billing_period WHERE organisation_id = $1
                  AND started_at <= $2 AND (ended_at IS NULL OR ended_at > $2)";
    let (first, last) = (ends[0], ends[ends.len() - 1]);
    let edge = dice.one_of(ends);
    let within = first.plus_seconds(dice.roll(last.seconds_since(first) + 40 * DAY));
    for at in [first, edge, edge.plus_seconds(1), within] {
        assert_eq!(world.number(around, [tenant.id.into(), at.into()]).await, 1, "{at} lies in one period");
    }
    let before = first.plus_seconds(-1);
    assert_eq!(world.number(around, [tenant.id.into(), before.into()]).await, 0, "nobody was there yet");
}

#[tokio::test]
async fn periods_tile_in_every_zone_and_end_with_its_months_whenever_they_are_closed() {
    let world = World::new().await;
    let mut zones: Vec<String> = TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect();
    zones.sort();
    assert!(zones.len() > 400, "only {} zones", zones.len());
    for (case, mut dice) in cases() {
        let name = dice.one_of(&zones);
        let zone = TimeZoneDatabase::bundled().get(&name).unwrap();
        let seller = "UPDATE organisation SET time_zone = $1 WHERE kind = 'hub'";
        world.run(seller, [name.as_str().into()]).await;
        let mut began = start().plus_seconds(dice.roll(12 * 365 * DAY));
        let tenant = opened(&world, case.word("tiled"), began).await;
        let mut ends = vec![began];
        for _ in 0..2 + dice.roll(3) {
            let period = running(&world, tenant, began).await;
            let end = period.ends_at;
            assert_eq!(period.started_at, began, "{name}");
            ends_its_month(began, end, &zone);
            let early = close(&world, tenant, period.period, end.plus_seconds(-1)).await;
            assert!(matches!(early, Err(Error::Conflict("period-runs"))), "{name}: {early:?}");
            let late = end.plus_seconds(KNOWN_S + dice.roll(20 * DAY));
            let closed = close(&world, tenant, period.period, late).await.unwrap();
            assert_eq!((closed.started_at, closed.ended_at), (began, end), "{name}");
            ends.push(end);
            began = end;
        }
        tiles(&world, tenant, &ends, &mut dice).await;
    }
}
