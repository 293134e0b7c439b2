//! Versions of prices and tax rules on a real database: no overlap, no change of the past, whoever asks at once.

use crate::billed::{World, at, command};
use domain::{
    Error,
    access::policy::SetPrices,
    prices::{
        list_prices, list_tax_rules, price_at_in, set_price, set_tax_rule, tax_rule_at_in, tax_rules_between_in,
        versions_between_in, withdraw_price,
    },
};
use types::{Currency, PriceView, SetPrice, SetTaxRule, TaxCategory, Timestamp};

const NOW: &str = "2026-11-22T10:00:00Z";

async fn set(world: &World, micros_per_hour: i64, from: Option<&str>, now: &str) -> domain::Result<PriceView> {
    let ask = SetPrice { flavour: world.flavour, currency: Currency::Mad, micros_per_hour, started_at: from.map(at) };
    let command = command(&ask);
    set_price(&world.db, &world.survey(), ask, command, at(now)).await
}

async fn price(world: &World, when: &str) -> Option<i64> {
    let open = world.db.public(at(NOW)).await.unwrap();
    let version = price_at_in(&open, world.flavour, Currency::Mad, at(when)).await.unwrap();
    version.map(|version| version.micros_per_hour)
}

#[tokio::test]
async fn a_new_version_ends_the_one_before_at_its_own_first_second() {
    let world = World::at(at(NOW)).await;
    set(&world, 20_000_000, None, NOW).await.unwrap();
    set(&world, 25_000_000, Some("2026-12-01T00:00:00Z"), NOW).await.unwrap();
    assert_eq!(price(&world, "2026-11-22T09:59:59Z").await, None);
    assert_eq!(price(&world, "2026-11-30T23:59:59Z").await, Some(20_000_000));
    assert_eq!(price(&world, "2026-12-01T00:00:00Z").await, Some(25_000_000));
    let open = world.db.public(at(NOW)).await.unwrap();
    let (from, to) = (at("2026-11-30T00:00:00Z"), at("2026-12-01T00:00:00Z"));
    let versions = versions_between_in(&open, &[world.flavour], Currency::Mad, from, to).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [1]);
    let versions = versions_between_in(&open, &[world.flavour], Currency::Mad, from, to.plus_seconds(1)).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn the_past_never_changes_and_a_scheduled_version_stands_in_the_way_until_it_is_withdrawn() {
    let world = World::at(at(NOW)).await;
    let past = set(&world, 1, Some("2026-11-22T09:59:59Z"), NOW).await;
    assert!(matches!(past, Err(Error::Invalid { field: "started_at", .. })), "{past:?}");
    let first = set(&world, 20_000_000, None, NOW).await.unwrap();
    let scheduled = set(&world, 25_000_000, Some("2026-12-01T00:00:00Z"), NOW).await.unwrap();
    assert!(scheduled.is_scheduled && !first.is_scheduled);
    let between = set(&world, 22_000_000, Some("2026-11-25T00:00:00Z"), NOW).await;
    assert!(matches!(between, Err(Error::Conflict("price-overlaps"))), "{between:?}");
    let began = withdraw_price(&world.db, &world.survey(), first.id, command(&first.id), at(NOW)).await;
    assert!(matches!(began, Err(Error::Conflict("price-began"))), "{began:?}");
    withdraw_price(&world.db, &world.survey(), scheduled.id, command(&scheduled.id), at(NOW)).await.unwrap();
    assert_eq!(price(&world, "2027-01-01T00:00:00Z").await, Some(20_000_000));
    set(&world, 22_000_000, Some("2026-11-25T00:00:00Z"), NOW).await.unwrap();
    let again = withdraw_price(&world.db, &world.survey(), scheduled.id, command(&scheduled.id), at(NOW)).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
}

#[tokio::test]
async fn the_history_says_who_set_each_version_and_when() {
    let world = World::at(at(NOW)).await;
    set(&world, 20_000_000, None, NOW).await.unwrap();
    set(&world, 25_000_000, None, "2026-11-22T11:00:00Z").await.unwrap();
    let survey = world.survey::<SetPrices>();
    let open = world.db.survey(&survey, at(NOW)).await.unwrap();
    let histories = list_prices(&open, &survey).await.unwrap().items;
    let of = |currency| histories.iter().find(|history| history.currency == currency).unwrap();
    assert!(of(Currency::Eur).versions.is_empty(), "not for sale in euros");
    let versions = &of(Currency::Mad).versions;
    assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(versions[0].set_by.as_deref(), Some("finance"));
    assert_eq!(versions[1].ended_at, Some(versions[0].started_at));
    let audited = "SELECT string_agg(verb, ',') FROM audit WHERE organisation_id IS NULL AND verb LIKE 'price.%'";
    assert_eq!(world.text(audited).await.as_deref(), Some("price.set,price.set"));
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_at_once_leave_versions_that_tile() {
    let world = World::at(at(NOW)).await;
    let asks = (0..20_i64).map(|n| {
        let (db, survey, flavour) = (world.db.clone(), world.survey::<SetPrices>(), world.flavour);
        tokio::spawn(async move {
            let started_at = Some(at(NOW).plus_seconds(n % 5 * 3600));
            let ask = SetPrice { flavour, currency: Currency::Mad, micros_per_hour: n + 1, started_at };
            let command = command(&ask);
            set_price(&db, &survey, ask, command, at(NOW)).await
        })
    });
    let mut n_set = 0;
    for ask in asks.collect::<Vec<_>>() {
        match ask.await.unwrap() {
            Ok(_) => n_set += 1,
            Err(error) => {
                assert!(matches!(error, Error::Conflict("price-overlaps") | Error::Unavailable(_)), "{error:?}")
            }
        }
    }
    assert!(n_set > 0);
    let holes = "SELECT count(*)::text FROM price a WHERE ended_at IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM price b WHERE b.started_at = a.ended_at AND b.version = a.version + 1)";
    assert_eq!(world.text(holes).await.as_deref(), Some("0"));
    assert_eq!(world.text("SELECT count(*)::text FROM price").await, Some(n_set.to_string()));
}

#[tokio::test]
async fn amounts_and_flavours_that_cannot_be_are_refused_and_nothing_is_stored() {
    let world = World::at(at(NOW)).await;
    for micros in [0, -1, i64::MAX] {
        assert!(matches!(set(&world, micros, None, NOW).await, Err(Error::Invalid { field: "micros_per_hour", .. })));
    }
    let flavour = types::FlavourId::new(at(NOW));
    let ask = SetPrice { flavour, currency: Currency::Mad, micros_per_hour: 1, started_at: None };
    let unknown = set_price(&world.db, &world.survey(), ask.clone(), command(&ask), at(NOW)).await;
    assert!(matches!(unknown, Err(Error::Invalid { field: "flavour", .. })));
    assert_eq!(world.text("SELECT count(*)::text FROM price").await.as_deref(), Some("0"));
}

async fn taxed(world: &World, country: &str, is_business: bool, when: Timestamp) -> (TaxCategory, i32) {
    let open = world.db.public(at(NOW)).await.unwrap();
    let rule = tax_rule_at_in(&open, country, is_business, when).await.unwrap();
    assert_eq!(rule.reason_code.is_none(), rule.category == TaxCategory::Standard);
    (rule.category, rule.rate_ppm)
}

#[tokio::test]
async fn a_hub_in_morocco_begins_with_the_rules_for_buyers_at_home_in_europe_and_elsewhere() {
    let world = World::at(at(NOW)).await;
    assert_eq!(taxed(&world, "MA", true, at(NOW)).await, (TaxCategory::Standard, 200_000));
    assert_eq!(taxed(&world, "MA", false, at(NOW)).await, (TaxCategory::Standard, 200_000));
    assert_eq!(taxed(&world, "FR", true, at(NOW)).await, (TaxCategory::ReverseCharge, 0));
    assert_eq!(taxed(&world, "FR", false, at(NOW)).await, (TaxCategory::Export, 0));
    assert_eq!(taxed(&world, "US", true, at(NOW)).await, (TaxCategory::Export, 0));
    assert_eq!(taxed(&world, "UN", true, at(NOW)).await, (TaxCategory::Exempt, 0));
}

#[tokio::test]
async fn a_new_rate_holds_from_its_date_and_leaves_the_rate_before_as_it_was() {
    let world = World::at(at(NOW)).await;
    let ask = SetTaxRule {
        country: "MA".to_owned(),
        is_business: true,
        category: TaxCategory::Standard,
        rate_ppm: 220_000,
        reason_code: None,
        advance_invoice: false,
        withholding: None,
        started_at: Some(at("2027-01-01T00:00:00Z")),
    };
    set_tax_rule(&world.db, &world.survey(), ask.clone(), command(&ask), at(NOW)).await.unwrap();
    assert_eq!(taxed(&world, "MA", true, at("2026-12-31T23:59:59Z")).await.1, 200_000);
    assert_eq!(taxed(&world, "MA", true, at("2027-01-01T00:00:00Z")).await.1, 220_000);
    let again = set_tax_rule(&world.db, &world.survey(), ask.clone(), command(&ask), at(NOW)).await;
    assert!(matches!(again, Err(Error::Conflict("tax-rule-overlaps"))));
    let open = world.db.public(at(NOW)).await.unwrap();
    let rules = tax_rules_between_in(&open, "MA", true, at(NOW), at("2027-06-01T00:00:00Z")).await.unwrap();
    assert_eq!(rules.iter().map(|rule| rule.rate_ppm).collect::<Vec<_>>(), [200_000, 220_000]);
    let survey = world.survey::<SetPrices>();
    let open = world.db.survey(&survey, at(NOW)).await.unwrap();
    let listed = list_tax_rules(&open, &survey).await.unwrap().items;
    assert_eq!(listed.iter().filter(|rule| rule.country == "MA" && rule.is_business).count(), 2);
}
