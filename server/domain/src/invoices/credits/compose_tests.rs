//! What holds for every credit of every invoice, in whatever parts it comes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use types::{CreditLine, Currency, TaxCategory};
use uuid::Uuid;

use super::*;
use crate::invoices::{
    compose::{
        self as invoiced,
        tests::{frame, slice},
    },
    credits::{
        restore::{Burnt, Charged, Paid},
        steps::{Measure, left_of, steps},
    },
};

/// An issued invoice with some lines, at 0, 10 and 20 %, of which the hub gave a part.
fn issued(rows: Vec<(u128, u128, i64, i64)>) -> Document {
    let slices = rows.into_iter().map(|(project, tax, net, percent)| slice(project, 1, tax, net, net / 100 * percent));
    let (slices, sponsored, unbilled) = (slices.collect(), vec![], vec![]);
    let parts = invoiced::Parts { frame: frame(), slices, sponsored, unbilled, owed: 0 };
    let document = invoiced::compose(parts).unwrap();
    Document { number: Some("TM-2026-000001".to_owned()), issued_on: Some("2026-11-02".parse().unwrap()), ..document }
}

fn flavour() -> types::FlavourId {
    types::FlavourId::from_uuid(Uuid::nil())
}

/// The gift of each line by a lot in money, and of each line's first half by a funder, half in money and half in time.
fn paid(document: &Document) -> Paid {
    let (mut charged, mut burnt) = (Vec::new(), Vec::new());
    for line in &document.lines {
        let number = i16::try_from(line.line).unwrap();
        let gross = |net: i64| net + net * i64::from(line.rate_ppm) / 1_000_000;
        charged.push(Charged { line: number, gross: gross(line.exact.micros) });
        let (gift, rest) = (line.exact_allowance.micros, line.exact.micros - line.exact_allowance.micros);
        let lot = |n: u128, kind, flavour, amount, net: i64| Burnt {
            line: number,
            lot: types::LotId::from_uuid(Uuid::from_u128(n)),
            account: Uuid::from_u128(n),
            name: format!("lot {n}"),
            kind,
            unit: if n == 3 { "gpu_s:h100" } else { "MAD" }.to_owned(),
            flavour,
            amount,
            net,
            gross: gross(net),
        };
        let quarter = rest / 4;
        burnt.push(lot(1, LotKind::Promo, None, gift, gift));
        burnt.push(lot(2, LotKind::Sponsored, None, gross(quarter), quarter));
        burnt.push(lot(3, LotKind::Sponsored, Some(flavour()), 700, quarter));
    }
    burnt.retain(|burnt| burnt.amount > 0);
    Paid { charged, burnt }
}

/// All credit notes of an invoice so far, by line, by group and by who paid.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    lines: BTreeMap<u16, (i64, i64)>,
    taxes: BTreeMap<(TaxCategory, i32), (i64, i64)>,
    lots: BTreeMap<types::LotId, (i64, i64, i64)>,
    back: i64,
    total: i64,
}

impl Sums {
    fn add(&mut self, document: &CreditDocument, undo: &Undo) {
        for line in &document.lines {
            assert_eq!(line.amount.micros, line.allowance.micros + line.net.micros);
            let sum = self.lines.entry(line.of.line).or_default();
            *sum = (sum.0 + line.amount.micros, sum.1 + line.net.micros);
        }
        for group in &document.taxes {
            assert!(group.taxable.micros >= 0 && group.tax.micros >= 0);
            let sum = self.taxes.entry((group.category, group.rate_ppm)).or_default();
            *sum = (sum.0 + group.taxable.micros, sum.1 + group.tax.micros);
        }
        for lot in &undo.lots {
            assert!(lot.amount > 0 && 0 <= lot.net && lot.net <= lot.gross);
            let sum = self.lots.entry(lot.lot).or_default();
            *sum = (sum.0 + lot.amount, sum.1 + lot.net, sum.2 + lot.gross);
        }
        assert!(undo.wallet >= 0 && undo.owed >= 0);
        self.back += undo.wallet + undo.owed;
        self.total += document.total.micros;
    }

    /// What an invoice says, and who paid it.
    fn of(document: &Document, paid: &Paid) -> Self {
        let mut sums = Self { total: document.total.micros, ..Self::default() };
        for line in &document.lines {
            sums.lines.insert(line.line, (line.amount.micros, line.net.micros));
        }
        for group in &document.taxes {
            sums.taxes.insert((group.category, group.rate_ppm), (group.taxable.micros, group.tax.micros));
        }
        for burnt in &paid.burnt {
            let sum = sums.lots.entry(burnt.lot).or_default();
            *sum = (sum.0 + burnt.amount, sum.1 + burnt.net, sum.2 + burnt.gross);
        }
        let burnt = paid.burnt.iter().map(|burnt| burnt.gross).sum::<i64>();
        sums.back = paid.charged.iter().map(|charged| charged.gross).sum::<i64>() - burnt;
        sums
    }
}

/// Credits what is asked and adds it up; what is refused changes nothing.
fn credit(document: &Document, paid: &Paid, credited: &mut Credited, sums: &mut Sums, asked: &[CreditLine]) {
    let Ok(steps) = steps(document, credited, asked) else { return };
    let undo = Undo::of(&steps, paid, sums.total % 7 * 1_000_000).unwrap();
    let invoice = InvoiceId::from_uuid(Uuid::nil());
    let parts = Parts { invoice, issued: document.clone(), reason: "a fault", credited, steps: &steps, undo: &undo };
    let note = compose(parts).unwrap();
    let back = note.back.iter().map(|payer| payer.amount.micros).sum::<i64>();
    assert_eq!(note.total.micros, back + note.owed.micros, "the total goes back to somebody");
    sums.add(&note, &undo);
    for step in steps {
        credited.insert(step.line.line, step.after);
    }
}

proptest! {
    #[test]
    fn parts_of_an_invoice_are_never_more_than_it_and_all_parts_are_exactly_it(
        rows in prop::collection::vec((0u128..3, 0u128..3, 0i64..1_000_000_000_000, 0i64..101), 1..6),
        asks in prop::collection::vec((1u16..7, 0u8..3, 1i64..1_000), 0..12),
    ) {
        let document = issued(rows);
        let paid = paid(&document);
        let (mut credited, mut sums) = (Credited::new(), Sums::default());
        for (line, mode, part) in asks {
            let Some(known) = document.lines.iter().find(|known| known.line == line) else { continue };
            let left = left_of(known, credited.get(&line).copied().unwrap_or_default());
            let micros = left.amount / 1_000 * part * 10_000;
            let ask = match mode {
                0 => CreditLine { line, amount: Some(Money { micros, currency: Currency::Mad }), unit_seconds: None },
                1 => CreditLine { line, amount: None, unit_seconds: Some(left.unit_seconds * part / 1_000) },
                _ => CreditLine { line, amount: None, unit_seconds: None },
            };
            credit(&document, &paid, &mut credited, &mut sums, &[ask]);
            let whole = Sums::of(&document, &paid);
            prop_assert!(sums.lines.iter().all(|(line, sum)| sum.0 <= whole.lines[line].0 && sum.1 <= whole.lines[line].1));
            prop_assert!(sums.taxes.iter().all(|(group, sum)| sum.1 <= whole.taxes[group].1));
            prop_assert!(sums.lots.iter().all(|(lot, sum)| sum.0 <= whole.lots[lot].0));
            prop_assert!(sums.back <= whole.back);
        }
        credit(&document, &paid, &mut credited, &mut sums, &[]);
        prop_assert_eq!(&sums, &Sums::of(&document, &paid));
        prop_assert!(steps(&document, &credited, &[]).is_err(), "nothing is left");
    }
}

#[test]
fn more_than_is_left_is_refused_with_what_is_left() {
    let document = issued(vec![(1, 2, 30_000_000, 0)]);
    let ask =
        |micros| CreditLine { line: 1, amount: Some(Money { micros, currency: Currency::Mad }), unit_seconds: None };
    let credited = Credited::from([(1, Measure { amount: 1_000, unit_seconds: 0 })]);
    match steps(&document, &credited, &[ask(20_010_000)]) {
        Err(Error::CreditExceeds { line: 1, asked, left }) => {
            assert_eq!((asked.micros, left.micros), (20_010_000, 20_000_000));
        }
        other => panic!("{other:?}"),
    }
    let fields = [ask(0), ask(1), CreditLine { unit_seconds: Some(1), ..ask(10_000) }]
        .map(|ask| steps(&document, &credited, &[ask]).unwrap_err().refusal().unwrap().field.unwrap());
    assert_eq!(fields, ["amount", "amount", "unit_seconds"]);
    let twice = steps(&document, &credited, &[ask(10_000), ask(10_000)]);
    assert!(matches!(twice, Err(Error::Invalid { field: "lines", .. })), "{twice:?}");
}

#[test]
fn a_part_of_the_time_is_credited_at_the_lines_own_price() {
    let document = issued(vec![(1, 2, 30_000_000, 0)]);
    let half = CreditLine { line: 1, amount: None, unit_seconds: Some(1_800) };
    let steps = steps(&document, &Credited::new(), &[half]).unwrap();
    assert_eq!((steps[0].amount(), steps[0].net().unwrap()), (1_500, 1_500));
}
