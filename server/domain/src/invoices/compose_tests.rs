//! What holds for every document, whatever was rated.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn party(name: &str) -> Party {
    Party {
        name: name.to_owned(),
        address: String::new(),
        country: "MA".to_owned(),
        ice: None,
        tax_id: None,
        trade_register: None,
        business_tax: None,
        vat_id: None,
    }
}

pub(crate) fn frame() -> Frame {
    Frame {
        language: "fr".to_owned(),
        currency: Currency::Mad,
        time_zone: "Africa/Casablanca".to_owned(),
        period_started_at: Timestamp::from_second(0),
        period_ended_at: Timestamp::from_second(2_592_000),
        seller: party("hub"),
        buyer: party("acme"),
    }
}

pub(crate) fn slice(project: u128, price: u128, tax: u128, net: i64, promo: i64) -> Slice {
    Slice {
        project: ProjectId::from_uuid(Uuid::from_u128(project)),
        project_name: format!("project {project}"),
        flavour: FlavourId::from_uuid(Uuid::from_u128(price)),
        flavour_name: format!("flavour {price}"),
        price: PriceId::from_uuid(Uuid::from_u128(price)),
        price_version: 1,
        micros_per_hour: 20_000_000,
        tax_rule: TaxRuleId::from_uuid(Uuid::from_u128(tax)),
        category: if tax == 0 { TaxCategory::Export } else { TaxCategory::Standard },
        rate_ppm: i32::try_from(tax).unwrap() * 100_000,
        reason_code: (tax == 0).then(|| "VATEX-EU-G".to_owned()),
        late_from: None,
        started_at: Timestamp::from_second(0),
        ended_at: Timestamp::from_second(3600),
        unit_seconds: 3600,
        net,
        promo,
        accrued_tax: (net - promo) / 10 * i64::try_from(tax).unwrap(),
    }
}

fn slices() -> impl Strategy<Value = Vec<Slice>> {
    let one = (0u128..3, 0u128..3, 0u128..3, 0i64..1_000_000_000_000, 0u8..101);
    prop::collection::vec(one, 0..40).prop_map(|rows| {
        let slice = |(project, price, tax, net, percent): (u128, u128, u128, i64, u8)| {
            slice(project, price, tax, net, net / 100 * i64::from(percent))
        };
        rows.into_iter().map(slice).collect()
    })
}

fn parts(slices: Vec<Slice>, gross: &[i64], owed: i64) -> Parts {
    let lot = |(n, &gross): (usize, &i64)| Sponsored {
        lot: LotId::from_uuid(Uuid::from_u128(n as u128)),
        name: format!("lot {n}"),
        gross,
    };
    Parts { frame: frame(), slices, sponsored: gross.iter().enumerate().map(lot).collect(), unbilled: vec![], owed }
}

proptest! {
    #[test]
    fn totals_are_the_sums_of_what_stands_above_them(
        slices in slices(),
        gross in prop::collection::vec(0i64..1_000_000_000_000, 0..4),
        owed in -1_000_000_000_000i64..1_000_000_000_000,
    ) {
        let document = compose(parts(slices, &gross, owed)).unwrap();
        prop_assert_eq!(document.net.micros, document.lines.iter().map(|line| line.net.micros).sum::<i64>());
        prop_assert_eq!(document.net.micros, document.taxes.iter().map(|group| group.taxable.micros).sum::<i64>());
        prop_assert_eq!(document.tax.micros, document.taxes.iter().map(|group| group.tax.micros).sum::<i64>());
        prop_assert_eq!(document.total.micros, document.net.micros + document.tax.micros);
        let paid: i64 = document.payers.iter().map(|payer| payer.amount.micros).sum();
        prop_assert_eq!(document.total.micros, paid + document.due.micros);
        prop_assert!(document.payers.iter().all(|payer| payer.amount.micros > 0) && document.due.micros >= 0);
        for line in &document.lines {
            prop_assert_eq!(line.amount.micros, line.net.micros + line.allowance.micros);
            prop_assert_eq!(line.net.micros % 10_000, 0);
            let exact = line.exact.micros - line.exact_allowance.micros;
            prop_assert!((line.net.micros - exact).abs() * 2 <= 10_000, "a line is rounded once");
        }
    }

    #[test]
    fn the_order_in_which_slices_come_and_how_they_are_cut_changes_nothing(slices in slices(), seed: u64) {
        let mut cut: Vec<Slice> = slices.iter().cloned().flat_map(|slice| {
            let (net, promo, accrued_tax) = (slice.net / 3, slice.promo / 3, slice.accrued_tax / 3);
            let rest = Slice {
                net: slice.net - net,
                promo: slice.promo - promo,
                accrued_tax: slice.accrued_tax - accrued_tax,
                unit_seconds: slice.unit_seconds - 1000,
                ..slice.clone()
            };
            [Slice { net, promo, accrued_tax, unit_seconds: 1000, ..slice }, rest]
        }).collect();
        let place = usize::try_from(seed % 1000).unwrap();
        if !cut.is_empty() {
            let middle = place % cut.len();
            cut.rotate_left(middle);
        }
        prop_assert_eq!(compose(parts(slices, &[], 0)).unwrap(), compose(parts(cut, &[], 0)).unwrap());
    }
}

#[test]
fn a_rate_that_changed_and_came_back_is_one_tax_group_and_one_line() {
    let mut back = slice(1, 1, 2, 1_005_000, 0);
    back.tax_rule = TaxRuleId::from_uuid(Uuid::from_u128(99));
    let document = compose(parts(vec![slice(1, 1, 2, 1_000_000, 0), back], &[], 0)).unwrap();
    assert_eq!((document.lines.len(), document.taxes.len()), (1, 1));
    assert_eq!((document.net.micros, document.tax.micros), (2_010_000, 400_000));
}

#[test]
fn a_gift_is_taken_off_before_tax_and_a_funder_pays_beneath_the_total() {
    let document = compose(parts(vec![slice(1, 1, 2, 100_000_000, 40_000_000)], &[20_009_999], 0)).unwrap();
    assert_eq!((document.net.micros, document.tax.micros, document.total.micros), (60_000_000, 12_000_000, 72_000_000));
    let paid: Vec<_> = document.payers.iter().map(|payer| (payer.kind, payer.amount.micros)).collect();
    assert_eq!(paid, [(PayerKind::Sponsored, 20_000_000), (PayerKind::Wallet, 52_000_000)]);
}

#[test]
fn late_time_stands_on_a_line_of_its_own_period() {
    let late = Slice { late_from: Some(Timestamp::from_second(-2_592_000)), ..slice(1, 1, 2, 1_000_000, 0) };
    let document = compose(parts(vec![slice(1, 1, 2, 1_000_000, 0), late], &[], 0)).unwrap();
    assert_eq!(document.lines.iter().map(|line| line.is_late).collect::<Vec<_>>(), [false, true]);
}
