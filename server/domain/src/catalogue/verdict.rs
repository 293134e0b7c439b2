//! Whether a launch would start now, waits or cannot, and the nearest that would start. Pure.

use std::{cmp::Ordering, collections::BTreeMap};

use types::{
    Alternative, Argument, Currency, FlavourId, Money, OrganisationStanding, QuotaUse, Verdict,
    VerdictReason as Reason, VerdictWord,
};

use crate::{budgets::Lefts, tokens::Running};

/// Alternatives that a verdict names.
const MOST_ALTERNATIVES: usize = 3;

/// A flavour as it could be launched by one organisation now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) flavour: FlavourId,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) gpu_memory_mib: i64,
    pub(crate) max_units: u32,
    /// Net, of one unit.
    pub(crate) micros_per_hour: Option<i64>,
    pub(crate) quota: QuotaUse,
    pub(crate) n_free: u32,
    pub(crate) n_free_on_one_node: u32,
    /// Whether any node has it at all.
    pub(crate) is_somewhere: bool,
    /// Whether any node that has it takes launches.
    pub(crate) has_nodes: bool,
}

/// A verdict's reason with its arguments.
pub(crate) type Told = (Reason, BTreeMap<String, Argument>);

/// The storage of a launch, as far as it can stand in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Storage {
    /// What is wrong with what is asked, whoever asks.
    pub(crate) malformed: Option<Told>,
    /// Why volumes are not mounted or a new one is not made, money apart.
    pub(crate) refused: Option<Told>,
    /// What the new volume sets aside.
    pub(crate) lifeboat: Option<Part>,
}

/// A part of what a launch sets aside, gross, in 10⁻⁶.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) needed_micros: i64,
    /// Nothing where it is not known to the asker.
    pub(crate) available_micros: Option<i64>,
}

/// What the organisation could pay and whether the cluster is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Circumstances {
    pub(crate) currency: Currency,
    pub(crate) standing: OrganisationStanding,
    /// What is overdue, where nothing new starts because of it.
    pub(crate) overdue: Option<Money>,
    /// Whether the free counts are of now.
    pub(crate) cluster_is_seen: bool,
    /// Tax on top of net, in parts per million.
    pub(crate) rate_ppm: i32,
    /// For the first hour, gross, in 10⁻⁶; nothing where it is not known to the asker.
    pub(crate) available_micros: Option<i64>,
    /// Of the budgets that would count the launch.
    pub(crate) budgets: Lefts,
    /// Of the token that asks, where it may run only so many units.
    pub(crate) token: Option<Running>,
    /// What it mounts and makes.
    pub(crate) storage: Storage,
}

impl Storage {
    /// Of a launch that has none.
    pub(crate) const fn none() -> Self {
        Self { malformed: None, refused: None, lifeboat: None }
    }
}

/// The verdict on `units` of `offer`, with alternatives out of `offers`.
pub(crate) fn verdict(offer: &Offer, units: u32, offers: &[Offer], around: &Circumstances) -> Verdict {
    let (word, reason, arguments) = match obstacle(offer, units, around) {
        None => (VerdictWord::Now, None, BTreeMap::new()),
        Some((word, reason, arguments)) => (word, Some(reason), arguments),
    };
    let wanted = word != VerdictWord::Now && around.standing == OrganisationStanding::Active;
    let alternatives = if wanted { alternatives(offer, units, offers, around) } else { Vec::new() };
    Verdict { word, reason, arguments, alternatives }
}

type Obstacle = (VerdictWord, Reason, BTreeMap<String, Argument>);

/// The first thing that keeps a launch from starting now: what refuses it comes before what makes it wait.
fn obstacle(offer: &Offer, units: u32, around: &Circumstances) -> Option<Obstacle> {
    let n = |number: u32| Argument::from(number);
    let cannot = |reason, arguments: Vec<(&str, Argument)>| told(VerdictWord::Cannot, reason, arguments);
    let waits = |reason, arguments: Vec<(&str, Argument)>| told(VerdictWord::Waits, reason, arguments);
    let refused = |(reason, arguments): Told| Some((VerdictWord::Cannot, reason, arguments));
    if let Some(malformed) = around.storage.malformed.clone() {
        return refused(malformed);
    }
    match around.standing {
        OrganisationStanding::Active => {}
        OrganisationStanding::Suspended => return cannot(Reason::Suspended, Vec::new()),
        OrganisationStanding::Closing | OrganisationStanding::Closed => return cannot(Reason::Closing, Vec::new()),
    }
    if let Some(owed) = around.overdue {
        return cannot(Reason::PaymentOverdue, vec![("owed", owed.into())]);
    }
    if units == 0 || units > offer.max_units {
        return cannot(Reason::TooManyUnits, vec![("asked", n(units)), ("most", n(offer.max_units))]);
    }
    if !offer.is_somewhere {
        return cannot(Reason::Nowhere, Vec::new());
    }
    if offer.micros_per_hour.is_none() {
        return cannot(Reason::NotForSale, Vec::new());
    }
    if units > offer.quota.left() {
        let counts = [("asked", n(units)), ("left", n(offer.quota.left())), ("quota", n(offer.quota.units))];
        return cannot(Reason::Quota, counts.to_vec());
    }
    if let Some(unmounted) = around.storage.refused.clone() {
        return refused(unmounted);
    }
    if let Some(beyond) = beyond_means(offer, units, around) {
        return Some(beyond);
    }
    if !around.cluster_is_seen {
        return waits(Reason::ClusterSilent, Vec::new());
    }
    if !offer.has_nodes {
        return waits(Reason::NodesAway, Vec::new());
    }
    if units > offer.n_free_on_one_node {
        let counts = [("asked", n(units)), ("free", n(offer.n_free)), ("largest", n(offer.n_free_on_one_node))];
        return waits(Reason::NoFreeGpu, counts.to_vec());
    }
    None
}

fn told(word: VerdictWord, reason: Reason, arguments: Vec<(&str, Argument)>) -> Option<Obstacle> {
    Some((word, reason, arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}

/// What credit, a budget or the token would refuse, in the words of that refusal and in its order: a new volume is paid
/// before the first hour. Credit and budgets are told of both.
fn beyond_means(offer: &Offer, units: u32, around: &Circumstances) -> Option<Obstacle> {
    let money = |micros| Money { micros, currency: around.currency };
    let hour = gross_of_hour(offer, units, around.rate_ppm)?;
    let hour = Part { needed_micros: hour, available_micros: around.available_micros };
    let parts: Vec<Part> = around.storage.lifeboat.into_iter().chain([hour]).collect();
    let mut budgets = around.budgets.clone();
    for part in &parts {
        if part.available_micros.is_some_and(|available| part.needed_micros > available) {
            let needed = parts.iter().map(|part| part.needed_micros).fold(0, i64::saturating_add);
            let available = parts.iter().filter_map(|part| part.available_micros).fold(0, i64::saturating_add);
            let amounts = vec![("needed", money(needed).into()), ("available", money(available).into())];
            return told(VerdictWord::Cannot, Reason::Credit, amounts);
        }
        if budgets.check(money(part.needed_micros)).is_err() {
            let needed = parts.iter().map(|part| part.needed_micros).fold(0, i64::saturating_add);
            let error = around.budgets.check(money(needed)).err()?;
            return Some((VerdictWord::Cannot, Reason::Budget, error.refusal()?.arguments));
        }
        budgets = budgets.after(part.needed_micros);
    }
    let error = around.token?.check(units).err()?;
    Some((VerdictWord::Cannot, Reason::TokenUnits, error.refusal()?.arguments))
}

/// Net price of one hour of `units`.
pub(super) fn net_of_hour(offer: &Offer, units: u32) -> Option<i64> {
    offer.micros_per_hour?.checked_mul(units.into())
}

/// Gross price of one hour of `units`, floored as the ledger does.
pub(super) fn gross_of_hour(offer: &Offer, units: u32, rate_ppm: i32) -> Option<i64> {
    let net = i128::from(net_of_hour(offer, units)?);
    i64::try_from(net + net * i128::from(rate_ppm) / 1_000_000).ok()
}

/// The nearest launches that would start now, by GPU memory, then by price: of other flavours as many units as fit up
/// to those asked for, of the same one fewer.
fn alternatives(asked: &Offer, units: u32, offers: &[Offer], around: &Circumstances) -> Vec<Alternative> {
    let mut found: Vec<(&Offer, u32)> = offers
        .iter()
        .flat_map(|offer| fitting(offer, units, around).map(move |units| (offer, units)))
        .filter(|&(offer, fits)| offer.flavour != asked.flavour || fits < units)
        .collect();
    let target = memory(asked, units.max(1));
    found.sort_by(|a, b| {
        let distance = |(offer, units): &(&Offer, u32)| memory(offer, *units);
        nearer(target, distance(a), distance(b)).then_with(|| price(a).cmp(&price(b))).then(a.0.slug.cmp(&b.0.slug))
    });
    let alternative = |(offer, units): (&Offer, u32)| Alternative {
        flavour: offer.flavour,
        slug: offer.slug.clone(),
        name: offer.name.clone(),
        units,
        per_hour: Money { micros: price(&(offer, units)), currency: around.currency },
    };
    found.into_iter().take(MOST_ALTERNATIVES).map(alternative).collect()
}

/// The most units up to `units` that would start now.
fn fitting(offer: &Offer, units: u32, around: &Circumstances) -> Option<u32> {
    let most = units.clamp(1, 64).min(offer.max_units);
    (1..=most).rev().find(|&units| obstacle(offer, units, around).is_none())
}

fn memory(offer: &Offer, units: u32) -> i128 {
    i128::from(offer.gpu_memory_mib.max(1)) * i128::from(units)
}

fn price((offer, units): &(&Offer, u32)) -> i64 {
    offer.micros_per_hour.unwrap_or(0).saturating_mul(i64::from(*units))
}

/// Compares how many times `a` and `b` are larger or smaller than `target`, without a division.
fn nearer(target: i128, a: i128, b: i128) -> Ordering {
    let (a_high, a_low) = (target.max(a), target.min(a));
    let (b_high, b_low) = (target.max(b), target.min(b));
    (a_high * b_low).cmp(&(b_high * a_low))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use types::Timestamp;

    use super::*;

    const NOW: Circumstances = Circumstances {
        currency: Currency::Mad,
        standing: OrganisationStanding::Active,
        overdue: None,
        cluster_is_seen: true,
        rate_ppm: 200_000,
        available_micros: None,
        budgets: Lefts::unlimited(),
        token: None,
        storage: Storage::none(),
    };

    fn offer(slug: &str, gib: i64, free: u32) -> Offer {
        Offer {
            flavour: FlavourId::new(Timestamp::from_second(0)),
            slug: slug.to_owned(),
            name: slug.to_owned(),
            gpu_memory_mib: gib * 1024,
            max_units: 8,
            micros_per_hour: Some(gib * 100_000),
            quota: QuotaUse { units: 8, used: 0 },
            n_free: free,
            n_free_on_one_node: free,
            is_somewhere: true,
            has_nodes: true,
        }
    }

    fn reason(offer: &Offer, units: u32, around: Circumstances) -> Option<Reason> {
        verdict(offer, units, &[], &around).reason
    }

    #[test]
    fn what_refuses_is_told_before_what_waits() {
        let mut full = offer("h100", 80, 0);
        assert_eq!(reason(&full, 1, NOW), Some(Reason::NoFreeGpu));
        assert_eq!(reason(&full, 1, Circumstances { cluster_is_seen: false, ..NOW }), Some(Reason::ClusterSilent));
        // 80 × 0.1 = 8 net, 9.60 with tax.
        assert_eq!(reason(&full, 1, Circumstances { available_micros: Some(9_599_999), ..NOW }), Some(Reason::Credit));
        assert_eq!(
            reason(&full, 1, Circumstances { available_micros: Some(9_600_000), ..NOW }),
            Some(Reason::NoFreeGpu)
        );
        let left = |micros| Circumstances { budgets: Lefts::of_member(micros), ..NOW };
        assert_eq!(reason(&full, 1, left(9_600_000)), Some(Reason::NoFreeGpu));
        assert_eq!(reason(&full, 1, left(9_599_999)), Some(Reason::Budget));
        assert_eq!(
            reason(&full, 1, Circumstances { available_micros: Some(0), ..left(0) }),
            Some(Reason::Credit),
            "the launch asks the purse first"
        );
        full.quota.used = 8;
        assert_eq!(reason(&full, 1, NOW), Some(Reason::Quota));
        full.micros_per_hour = None;
        assert_eq!(reason(&full, 1, NOW), Some(Reason::NotForSale));
        full.is_somewhere = false;
        assert_eq!(reason(&full, 1, NOW), Some(Reason::Nowhere));
        assert_eq!(reason(&full, 9, NOW), Some(Reason::TooManyUnits));
    }

    #[test]
    fn a_new_volume_is_paid_before_the_hour_and_credit_and_budgets_are_told_of_both() {
        // An hour is 9.60 with tax.
        let (h100, needed_micros) = (offer("h100", 80, 8), 20_000_000);
        let around = |lifeboat: i64, hour: i64, left: i64| {
            let lifeboat = Some(Part { needed_micros, available_micros: Some(lifeboat) });
            let storage = Storage { lifeboat, ..Storage::none() };
            Circumstances { available_micros: Some(hour), budgets: Lefts::of_member(left), storage, ..NOW }
        };
        let told = |lifeboat, hour, left| verdict(&h100, 1, &[], &around(lifeboat, hour, left));
        assert_eq!(told(20_000_000, 9_600_000, 29_600_000).word, VerdictWord::Now);
        for (lifeboat, hour) in [(19_999_999, 0), (20_000_000, 9_599_999)] {
            let told = told(lifeboat, hour, 29_600_000);
            let mad = |micros| Argument::from(Money { micros, currency: Currency::Mad });
            assert_eq!(told.reason, Some(Reason::Credit));
            assert_eq!(told.arguments["needed"], mad(29_600_000));
            assert_eq!(told.arguments["available"], mad(lifeboat + hour));
        }
        for left in [19_999_999, 29_599_999] {
            let told = told(20_000_000, 9_600_000, left);
            let mad = |micros| Argument::from(Money { micros, currency: Currency::Mad });
            assert_eq!(told.reason, Some(Reason::Budget));
            assert_eq!((&told.arguments["needed"], &told.arguments["left"]), (&mad(29_600_000), &mad(left)));
        }
        assert_eq!(told(20_000_000, 0, 19_999_999).reason, Some(Reason::Budget), "the volume is asked of all first");
    }

    #[test]
    fn storage_that_is_refused_offers_nothing_else() {
        let told = |reason| Some((reason, BTreeMap::new()));
        let refused = Storage { refused: told(Reason::VolumeInUse), ..Storage::none() };
        let both = Storage { malformed: told(Reason::NewVolume), ..refused.clone() };
        let (h100, slice) = (offer("h100", 80, 8), offer("slice", 10, 8));
        for (storage, reason) in [(refused, Reason::VolumeInUse), (both, Reason::NewVolume)] {
            let around = Circumstances { storage, ..NOW };
            let told = verdict(&h100, 1, &[h100.clone(), slice.clone()], &around);
            assert_eq!((told.word, told.reason), (VerdictWord::Cannot, Some(reason)));
            assert!(told.alternatives.is_empty(), "{told:?}");
        }
    }

    #[test]
    fn a_budget_says_whose_it_is_and_what_is_missing_as_its_refusal_does() {
        let around = Circumstances { budgets: Lefts::of_member(-5), ..NOW };
        let told = verdict(&offer("h100", 80, 8), 2, &[], &around);
        let mad = |micros| Argument::from(Money { micros, currency: Currency::Mad });
        let text = |text: &str| Argument::from(text);
        let said = [("of", text("member")), ("name", text("Amina")), ("needed", mad(19_200_000)), ("left", mad(0))];
        let said: BTreeMap<_, _> = said.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(told.arguments, said);
    }

    #[test]
    fn alternatives_are_the_nearest_in_memory_and_would_all_start_now() {
        let asked = offer("h100", 80, 0);
        let offers =
            [asked.clone(), offer("h200", 141, 3), offer("l40s", 48, 2), offer("slice", 10, 8), offer("b200", 180, 0)];
        let verdict = verdict(&asked, 1, &offers, &NOW);
        let names: Vec<_> = verdict.alternatives.iter().map(|alternative| alternative.slug.as_str()).collect();
        // 80/48 is 1.67 times, 141/80 is 1.76 times, 80/10 is 8 times; the B200 is taken.
        assert_eq!(names, ["l40s", "h200", "slice"]);
    }

    #[test]
    fn fewer_units_of_the_same_are_an_alternative() {
        let asked = offer("h200", 141, 3);
        let verdict = verdict(&asked, 4, std::slice::from_ref(&asked), &NOW);
        assert_eq!((verdict.word, verdict.alternatives[0].units), (VerdictWord::Waits, 3));
    }

    proptest! {
        #[test]
        fn every_alternative_would_start_now(
            asked in 0_u32..10,
            flavours in prop::collection::vec((1_i64..200, 0_u32..9, 0_u32..9, 0_u32..12, any::<bool>()), 1..8),
            available in prop::option::of(0_i64..100_000_000),
            left in prop::option::of(-1_i64..100_000_000),
        ) {
            let budgets = left.map_or(Lefts::unlimited(), Lefts::of_member);
            let around = Circumstances { available_micros: available, budgets, ..NOW };
            let offers: Vec<Offer> = flavours.iter().enumerate().map(|(n, &(gib, free, quota, used, sold))| Offer {
                quota: QuotaUse { units: quota, used },
                micros_per_hour: sold.then_some(gib * 100_000),
                ..offer(&format!("f{n}"), gib, free)
            }).collect();
            for alternative in verdict(&offers[0], asked, &offers, &around).alternatives {
                let other = offers.iter().find(|offer| offer.flavour == alternative.flavour).unwrap();
                prop_assert_eq!(verdict(other, alternative.units, &offers, &around).word, VerdictWord::Now);
                prop_assert!(alternative.units <= asked.max(1));
            }
        }
    }
}
