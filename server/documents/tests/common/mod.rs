//! Documents by chance, and as many of the same ones as are asked for: all kinds, languages, currencies and taxes.

use documents::{
    CreditNote, Invoice, Item, Means, Movement, PayTo, ProForma, Receipt, Settled, Snapshot, Statement, Tax, Unit,
    Withheld,
};
use jiff::civil::date;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRng, TestRunner},
};
use types::{
    CreditDocument, CreditedLine, Currency, Document, DocumentLine, DocumentTax, EntryKind, FlavourId, IntervalReason,
    InvoiceId, LotId, Money, Party, Payer, PayerKind, PriceId, ProjectId, TaxCategory, TaxRuleId, Timestamp,
    UnbilledLine,
};
use uuid::Uuid;

const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];
const MINOR: i64 = 10_000;
/// How a line may be taxed: the category, the rate, the reason for none.
const TAXES: [(TaxCategory, i32, Option<&str>); 5] = [
    (TaxCategory::Standard, 200_000, None),
    (TaxCategory::Standard, 100_000, None),
    (TaxCategory::Export, 0, Some("VATEX-EU-G")),
    (TaxCategory::ReverseCharge, 0, Some("VATEX-EU-AE")),
    (TaxCategory::Exempt, 0, Some("VATEX-EU-132")),
];
const NAMES: [&str; 4] = ["acme", "Société d’essai & Cie", "شركة الاختبار", "Łódź <Test> \"A\""];

/// The same documents each time, `n` of them.
pub(crate) fn fixed(n: usize) -> Vec<Snapshot> {
    let config = Config::default();
    let rng = TestRng::deterministic_rng(config.rng_algorithm);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let all = snapshots();
    (0..n).map(|_| all.new_tree(&mut runner).unwrap().current()).collect()
}

/// Any document.
pub(crate) fn snapshots() -> BoxedStrategy<Snapshot> {
    let kinds = (0..5usize, documents_of_account(), prop::collection::vec(any::<bool>(), 12), 0..1_000_000i64);
    kinds.prop_map(|(kind, invoice, taken, some)| of_kind(kind, invoice, &taken, some)).boxed()
}

fn of_kind(kind: usize, invoice: Invoice, taken: &[bool], some: i64) -> Snapshot {
    match kind {
        0 => Snapshot::Invoice(invoice),
        1 => Snapshot::CreditNote(CreditNote { document: credit(&invoice.document, taken) }),
        2 => Snapshot::ProForma(pro_forma(&invoice.document, some * MINOR)),
        3 => Snapshot::Receipt(receipt(&invoice.document, some * MINOR)),
        _ => Snapshot::Statement(statement(&invoice.document, taken)),
    }
}

/// What a line is made of: seconds, price in micro-units, per cent given, tax, and which flavour.
type Drawn = (i64, i64, i64, usize, usize);

fn documents_of_account() -> impl Strategy<Value = Invoice> {
    let line = (1..50_000_000i64, 1..500_000_000i64, 0..101i64, 0..TAXES.len(), 0..3usize);
    let lines = prop::collection::vec(line, 1..12);
    (lines, 0..LANGUAGES.len(), 0..Currency::ALL.len(), 0..NAMES.len(), 0..101i64, 0..101i64, any::<bool>()).prop_map(
        |(lines, language, currency, name, sponsored, due, is_withheld)| {
            let currency = Currency::ALL[currency];
            invoice(&lines, LANGUAGES[language], currency, NAMES[name], [sponsored, due], is_withheld)
        },
    )
}

fn invoice(
    drawn: &[Drawn],
    language: &str,
    currency: Currency,
    name: &str,
    [sponsored, due]: [i64; 2],
    is_withheld: bool,
) -> Invoice {
    let money = |micros| Money { micros, currency };
    let lines: Vec<DocumentLine> = drawn.iter().zip(1..).map(|(drawn, place)| line(drawn, place, currency)).collect();
    let taxes = taxes(lines.iter().map(|line| (line.category, line.rate_ppm, line.reason_code.clone(), line.net)));
    let net: i64 = lines.iter().map(|line| line.net.micros).sum();
    let tax: i64 = taxes.iter().map(|group| group.tax.micros).sum();
    let total = net + tax;
    let part = |of: i64, percent: i64| of / MINOR * percent / 100 * MINOR;
    let withheld = if is_withheld { part(tax, 75) } else { 0 };
    let by_funder = part(total - withheld, sponsored);
    let due = part(total - withheld - by_funder, due);
    let by_wallet = total - withheld - by_funder - due;
    let funder = Payer {
        kind: PayerKind::Sponsored,
        lot: Some(LotId::from_uuid(Uuid::from_u128(7))),
        name: Some("programme".to_owned()),
        amount: money(by_funder),
    };
    let wallet = Payer { kind: PayerKind::Wallet, lot: None, name: None, amount: money(by_wallet) };
    let document = Document {
        number: Some("TM-2026-000042".to_owned()),
        issued_on: Some(date(2026, 12, 1)),
        due_on: (due > 0).then(|| date(2026, 12, 31)),
        language: language.to_owned(),
        currency,
        time_zone: "Africa/Casablanca".to_owned(),
        period_started_at: Timestamp::from_second(1_793_491_200),
        period_ended_at: Timestamp::from_second(1_796_083_200),
        seller: party("hub", "001234567000089"),
        buyer: party(name, "009876543000021"),
        unbilled: vec![UnbilledLine {
            project: lines[0].project,
            project_name: lines[0].project_name.clone(),
            flavour: lines[0].flavour,
            flavour_name: lines[0].flavour_name.clone(),
            reason: IntervalReason::NodeFault,
            unit_seconds: 61,
        }],
        lines,
        taxes,
        net: money(net),
        tax: money(tax),
        total: money(total),
        payers: [funder, wallet].into_iter().filter(|payer| payer.amount.micros != 0).collect(),
        due: money(due),
    };
    let withheld = is_withheld.then(|| Withheld { rate_ppm: 750_000, amount: money(withheld) });
    Invoice { document, pay_to: Some(pay_to()), withheld }
}

fn line((seconds, per_hour, gift, tax, flavour): &Drawn, line: u16, currency: Currency) -> DocumentLine {
    let money = |micros| Money { micros, currency };
    let exact = i64::try_from(i128::from(*seconds) * i128::from(*per_hour) / 3600).unwrap();
    let amount = (exact + MINOR / 2) / MINOR * MINOR;
    let allowance = amount / MINOR * gift / 100 * MINOR;
    let (category, rate_ppm, reason) = TAXES[*tax];
    let some = |n: usize| Uuid::from_u128(n as u128 + 1);
    DocumentLine {
        line,
        project: ProjectId::from_uuid(some(*flavour)),
        project_name: "vision".to_owned(),
        flavour: FlavourId::from_uuid(some(*flavour)),
        flavour_name: format!("H200 MIG {}g", flavour + 1),
        price: PriceId::from_uuid(some(*flavour)),
        price_version: 1,
        per_hour: money(*per_hour),
        tax_rule: TaxRuleId::from_uuid(some(*tax)),
        category,
        rate_ppm,
        reason_code: reason.map(str::to_owned),
        started_at: Timestamp::from_second(1_793_500_000),
        ended_at: Timestamp::from_second(1_793_600_000),
        is_late: *flavour == 2,
        unit_seconds: *seconds,
        exact: money(exact),
        exact_allowance: money(allowance),
        amount: money(amount),
        allowance: money(allowance),
        net: money(amount - allowance),
    }
}

type Taxed = (TaxCategory, i32, Option<String>, Money);

fn taxes(lines: impl Iterator<Item = Taxed>) -> Vec<DocumentTax> {
    let mut groups: Vec<DocumentTax> = Vec::new();
    for (category, rate_ppm, reason_code, net) in lines {
        match groups.iter_mut().find(|group| (group.category, group.rate_ppm) == (category, rate_ppm)) {
            Some(group) => group.taxable.micros += net.micros,
            None => groups.push(DocumentTax {
                tax_rule: TaxRuleId::from_uuid(Uuid::from_u128(1)),
                category,
                rate_ppm,
                reason_code,
                taxable: net,
                tax: Money::zero(net.currency),
            }),
        }
    }
    for group in &mut groups {
        let exact = i128::from(group.taxable.micros / MINOR) * i128::from(group.rate_ppm);
        group.tax.micros = i64::try_from((exact + 500_000) / 1_000_000).unwrap() * MINOR;
    }
    groups
}

fn credit(invoice: &Document, taken: &[bool]) -> CreditDocument {
    let currency = invoice.currency;
    let money = |micros| Money { micros, currency };
    let chosen = invoice.lines.iter().zip(taken).filter(|(line, is_taken)| **is_taken || line.line == 1);
    let lines: Vec<CreditedLine> = chosen.map(|(line, _)| credited(line)).collect();
    let taxed = lines.iter().map(|line| (line.of.category, line.of.rate_ppm, line.of.reason_code.clone(), line.net));
    let taxes = taxes(taxed);
    let net: i64 = lines.iter().map(|line| line.net.micros).sum();
    let tax: i64 = taxes.iter().map(|group| group.tax.micros).sum();
    let owed = (net + tax) / MINOR / 3 * MINOR;
    let back = Payer { kind: PayerKind::Wallet, lot: None, name: None, amount: money(net + tax - owed) };
    CreditDocument {
        number: Some("TMC-2026-000007".to_owned()),
        issued_on: Some(date(2026, 12, 5)),
        invoice: InvoiceId::from_uuid(Uuid::from_u128(1)),
        invoice_number: "TM-2026-000042".to_owned(),
        invoice_issued_on: date(2026, 12, 1),
        reason: "GPU & node fault".to_owned(),
        language: invoice.language.clone(),
        currency,
        time_zone: invoice.time_zone.clone(),
        seller: invoice.seller.clone(),
        buyer: invoice.buyer.clone(),
        lines,
        taxes,
        net: money(net),
        tax: money(tax),
        total: money(net + tax),
        back: vec![back],
        owed: money(owed),
        restored: Vec::new(),
    }
}

/// By time where the line's number is odd, by amount where it is even.
fn credited(line: &DocumentLine) -> CreditedLine {
    let unit_seconds = if line.line % 2 == 1 { line.unit_seconds } else { 0 };
    CreditedLine { of: line.clone(), unit_seconds, amount: line.amount, allowance: line.allowance, net: line.net }
}

fn pro_forma(like: &Document, micros: i64) -> ProForma {
    let (net, tax) = (
        Money { micros, currency: like.currency },
        Money { micros: micros / MINOR / 5 * MINOR, currency: like.currency },
    );
    let (category, rate_ppm, reason_code) = (TaxCategory::Standard, 200_000, None);
    ProForma {
        number: "PF-RF18539007547034".to_owned(),
        issued_on: date(2026, 11, 2),
        valid_until: Some(date(2026, 12, 2)),
        language: like.language.clone(),
        currency: like.currency,
        seller: like.seller.clone(),
        buyer: like.buyer.clone(),
        items: vec![Item {
            what: Some("GPU".to_owned()),
            quantity_micros: 1_000_000,
            unit: Unit::Piece,
            price: net,
            net,
        }],
        taxes: vec![Tax { category, rate_ppm, reason_code, taxable: net, tax }],
        net,
        tax,
        total: Money { micros: net.micros + tax.micros, currency: like.currency },
        pay_to: Some(pay_to()),
    }
}

fn receipt(like: &Document, micros: i64) -> Receipt {
    let money = |micros| Money { micros, currency: like.currency };
    Receipt {
        number: "R-2026-000003".to_owned(),
        received_on: date(2026, 11, 3),
        language: like.language.clone(),
        currency: like.currency,
        seller: like.seller.clone(),
        buyer: like.buyer.clone(),
        means: if micros / MINOR % 2 == 0 { Means::Transfer } else { Means::Card },
        payer: Some("acme".to_owned()),
        reference: Some("RF18539007547034".to_owned()),
        amount: money(micros),
        withheld: Some(Withheld { rate_ppm: 100_000, amount: money(MINOR) }),
        settled: vec![Settled { number: Some("TM-2026-000042".to_owned()), amount: money(micros / MINOR / 2 * MINOR) }],
        balance: Some(money(-micros)),
    }
}

fn statement(like: &Document, taken: &[bool]) -> Statement {
    let money = |micros| Money { micros, currency: like.currency };
    let mut balance = 12 * MINOR;
    let movements = taken.iter().zip(EntryKind::ALL.iter().cycle()).map(|(is_in, kind)| {
        let amount = if *is_in { 731 * MINOR } else { -205 * MINOR };
        balance += amount;
        let detail = is_in.then(|| "TM-2026-000042".to_owned());
        Movement { on: date(2026, 11, 9), kind: *kind, detail, amount: money(amount), balance: money(balance) }
    });
    let movements: Vec<Movement> = movements.collect();
    Statement {
        issued_on: date(2026, 12, 1),
        from: date(2026, 11, 1),
        through: date(2026, 11, 30),
        language: like.language.clone(),
        currency: like.currency,
        seller: like.seller.clone(),
        buyer: like.buyer.clone(),
        opening: money(12 * MINOR),
        movements,
        closing: money(balance),
    }
}

fn party(name: &str, ice: &str) -> Party {
    Party {
        name: name.to_owned(),
        address: "12, avenue Mohammed V\nTétouan".to_owned(),
        country: "MA".to_owned(),
        ice: Some(ice.to_owned()),
        tax_id: Some("12345678".to_owned()),
        trade_register: Some("4321".to_owned()),
        business_tax: Some("51234567".to_owned()),
        vat_id: None,
    }
}

fn pay_to() -> PayTo {
    PayTo {
        holder: "hub".to_owned(),
        iban: "MA64011519000001205000534921".to_owned(),
        bic: Some("BCMAMAMC".to_owned()),
        bank: None,
        reference: Some("RF18539007547034".to_owned()),
    }
}
