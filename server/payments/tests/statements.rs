//! Statements as the formats' published specifications have them: the same days of one account in each format, and what
//! is told where a file is wrong.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use payments::{
    AmountColumns, Columns, DateOrder, DecimalSign, Delimiter, Encoding, Error, Fault, Format, Line, Mapping, Place,
    Reference, Statement, parse, suggest,
};
use types::Currency;

const CAMT_02: &str = include_str!("samples/camt.053.001.02.xml");
const CAMT_08: &str = include_str!("samples/camt.053.001.08.xml");
const MT940: &str = include_str!("samples/mt940.sta");
const SHEET: &str = include_str!("samples/sheet.csv");

fn mapping() -> Mapping {
    let some = |heading: &str| Some(heading.to_owned());
    Mapping {
        account: "011 519 0000012050005349 21".to_owned(),
        currency: Currency::Mad,
        encoding: Encoding::Utf8,
        delimiter: Delimiter::Semicolon,
        decimal_sign: DecimalSign::Comma,
        date_order: DateOrder::DayMonthYear,
        columns: Columns {
            booked_on: "Date opération".to_owned(),
            value_on: some("Date valeur"),
            amount: AmountColumns::Apart { credit: "Crédit".to_owned(), debit: "Débit".to_owned() },
            payer_name: some("Nom du tiers"),
            payer_account: some("Compte du tiers"),
            remittance: vec!["Libellé".to_owned()],
            reference: some("Référence"),
            currency: None,
            balance: some("Solde (MAD)"),
        },
    }
}

fn only(text: &str, format: Format<'_>) -> Statement {
    let mut statements = parse(text.as_bytes(), format).unwrap();
    assert_eq!(statements.len(), 1);
    statements.remove(0)
}

fn camt(text: &str) -> Error {
    parse(text.as_bytes(), Format::Camt053).unwrap_err()
}

fn mt940(text: &str) -> Error {
    parse(text.as_bytes(), Format::Mt940).unwrap_err()
}

fn sheet(text: &str) -> Error {
    parse(text.as_bytes(), Format::Csv(&mapping())).unwrap_err()
}

fn at(line: usize, name: &str, fault: Fault) -> Error {
    Error { place: Place::Part { line, name: name.to_owned() }, fault }
}

/// Changes exactly one place.
fn with(text: &str, before: &str, after: &str) -> String {
    assert_eq!(text.matches(before).count(), 1, "{before}");
    text.replace(before, after)
}

/// All of a line but where it stands.
fn told(mut lines: Vec<Line>) -> Vec<Line> {
    lines.iter_mut().for_each(|line| line.row = 0);
    lines.sort_by(|one, other| (one.booked_on, &one.identity).cmp(&(other.booked_on, &other.identity)));
    lines
}

#[test]
fn one_statement_is_the_same_in_every_format() {
    let camt = only(CAMT_08, Format::Camt053);
    assert_eq!(camt.account, "MA64011519000001205000534921");
    assert_eq!(
        camt.lines.iter().map(|line| line.amount).collect::<Vec<_>>(),
        [120_005, 50_000, 50_000, -3_000, 10_000, 20_000]
    );
    let balances = [camt.opening, camt.closing].map(|balance| balance.unwrap().amount);
    assert_eq!(balances, [1_000_000, 1_247_005]);
    let sheet = mapping();
    for (text, format) in [(CAMT_02, Format::Camt053), (MT940, Format::Mt940), (SHEET, Format::Csv(&sheet))] {
        let other = only(text, format);
        let mut lines = told(other.lines);
        let reference = lines.iter_mut().find(|line| line.amount == 120_005).unwrap();
        assert_eq!(Reference::read(&reference.remittance).references.len(), 1);
        reference.remittance = "RF68 is spaced in its own way".to_owned();
        let mut expected = told(camt.lines.clone());
        let reference = expected.iter_mut().find(|line| line.amount == 120_005).unwrap();
        reference.remittance = "RF68 is spaced in its own way".to_owned();
        assert_eq!(lines, expected);
        assert_eq!([other.opening, other.closing].map(|balance| balance.unwrap().amount), balances);
    }
}

#[test]
fn every_part_of_a_line_is_told() {
    let statement = only(CAMT_08, Format::Camt053);
    let [first, second, third, fees, ..] = &statement.lines[..] else { panic!("too few lines") };
    assert_eq!(first.payer_name.as_deref(), Some("Payer 1 & Sons"));
    assert_eq!(first.reference.as_deref(), Some("B26110200001"));
    assert_eq!((first.row, first.booked_on.to_string()), (21, "2026-11-02".to_owned()));
    assert_eq!(
        (second.value_on.to_string(), second.payer_name.as_deref()),
        ("2026-11-03".to_owned(), Some("Société 2"))
    );
    assert_eq!((second.remittance.as_str(), &second.reference), ("Facture de mai", &None));
    assert_ne!(second.identity, third.identity, "two bookings that agree in everything are two");
    assert_eq!((fees.remittance.as_str(), fees.amount), ("Frais de tenue de compte", -3_000));
    assert!(
        statement.lines.iter().all(|line| line.reference.as_deref() != Some("B26110400009")),
        "pending is not booked"
    );
}

#[test]
fn same_file_twice_has_the_same_identities() {
    let identities = |text: &str, format| {
        only(text, format).lines.into_iter().map(|line| line.identity).collect::<std::collections::BTreeSet<_>>()
    };
    let (once, again) = (identities(MT940, Format::Mt940), identities(MT940, Format::Mt940));
    assert_eq!(once, again);
    assert_eq!(once.len(), 6);
    assert!(once.iter().all(|one| one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit())));
}

#[test]
fn days_that_two_files_share_have_the_same_identities() {
    let file = |days: std::ops::RangeInclusive<u8>| {
        let rows = days.flat_map(|day| vec![format!("2026-11-0{day},10.00,cash\n"); 3]);
        let text = format!("Date,Amount,Description\n{}", rows.collect::<String>());
        let mapping = suggest(text.as_bytes(), "1", Currency::Eur).unwrap();
        let lines = only(&text, Format::Csv(&mapping)).lines;
        lines.into_iter().map(|line| (line.booked_on.day(), line.identity)).collect::<std::collections::BTreeSet<_>>()
    };
    let (early, late) = (file(1..=3), file(2..=4));
    let shared: Vec<_> = early.intersection(&late).collect();
    assert_eq!((early.len(), late.len(), shared.len()), (9, 9, 6));
    assert!(shared.iter().all(|(day, _)| (2..=3).contains(day)));
}

#[test]
fn sums_that_do_not_fit_are_refused_with_what_they_are() {
    let fault = Fault::Sum { opening: 1_000_000, sum: 247_005, closing: 1_247_105 };
    let expected = Error { place: Place::File, fault };
    assert_eq!(camt(&with(CAMT_08, ">12470.05<", ">12471.05<")), expected);
    assert_eq!(mt940(&with(MT940, ":62F:C261103MAD12470,05", ":62F:C261103MAD12471,05")), expected);
    let error = sheet(&with(SHEET, ";12 170,05", ";12 171,05"));
    assert_eq!(error.place, Place::Line(7), "the row whose balance does not follow");
    assert!(matches!(error.fault, Fault::Sum { .. }));
}

#[test]
fn camt_that_cannot_be_read_names_line_and_element() {
    let other = |found: &str| Fault::OtherCurrency { account: "MAD".to_owned(), found: found.to_owned() };
    let fees = |from: &str, to: &str| with(CAMT_08, from, to);
    for (text, expected) in [
        (fees(">30<", ">30,00<"), at(75, "Ntry/Amt", Fault::Amount("30,00".to_owned()))),
        (fees("<Amt Ccy=\"MAD\">30<", "<Amt Ccy=\"EUR\">30<"), at(75, "Ntry/Amt", other("EUR"))),
        (fees("<CdtDbtInd>DBIT<", "<CdtDbtInd>DEBIT<"), at(76, "Ntry/CdtDbtInd", Fault::Sign("DEBIT".to_owned()))),
        (
            fees("<DtTm>2026-11-03T", "<DtTm>2026-11-33T"),
            at(79, "Ntry/ValDt", Fault::Date("2026-11-33T00:00:00+01:00".to_owned())),
        ),
        (fees("<Ccy>MAD<", "<Ccy>GBP<"), at(8, "Ccy", Fault::Currency("GBP".to_owned()))),
        (
            fees("<Id><IBAN>MA64011519000001205000534921</IBAN></Id>", ""),
            at(5, "Stmt", Fault::Missing("the account, Acct/Id,")),
        ),
    ] {
        assert_eq!(camt(&text), expected, "{}", camt(&text));
    }
    let report = CAMT_08.replace("BkToCstmrStmt", "BkToCstmrAcctRpt");
    assert_eq!(camt(&report), at(2, "Document", Fault::OtherFormat("CAMT.053")));
    assert_eq!(camt(MT940).fault, Fault::OtherFormat("CAMT.053"));
    assert!(matches!(camt(&CAMT_08[..CAMT_08.len() / 2]).fault, Fault::Xml(_)));
}

#[test]
fn entities_are_neither_fetched_nor_expanded() {
    let root = "<Document ";
    let outside = format!("<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n{root}");
    assert_eq!(camt(&with(CAMT_08, root, &outside)), Error { place: Place::Line(2), fault: Fault::Entities });
    let asked = camt(&with(CAMT_08, "Order 3", "&x;"));
    assert_eq!(asked.fault, Fault::Entities);
}

#[test]
fn batch_whose_parts_do_not_add_up_is_one_line() {
    let text = with(CAMT_08, "<Amt Ccy=\"MAD\">100.00</Amt>", "<Amt Ccy=\"MAD\">101.00</Amt>");
    let statement = only(&text, Format::Camt053);
    let batch = statement.lines.last().unwrap();
    assert_eq!((statement.lines.len(), batch.amount), (5, 30_000));
    assert_eq!((batch.reference.as_deref(), batch.remittance.as_str()), (Some("B26110300003"), "Order 3 Order 4"));
}

#[test]
fn old_encodings_are_read() {
    let bytes = encoding_rs::WINDOWS_1252.encode(CAMT_02).0;
    assert_eq!(parse(&bytes, Format::Camt053).unwrap(), parse(CAMT_02.as_bytes(), Format::Camt053).unwrap());
    let bytes = encoding_rs::WINDOWS_1252.encode(SHEET).0;
    let windows = Mapping { encoding: Encoding::Windows1252, ..mapping() };
    assert_eq!(parse(&bytes, Format::Csv(&windows)).unwrap(), vec![only(SHEET, Format::Csv(&mapping()))]);
    let refused = parse(&bytes, Format::Csv(&mapping())).unwrap_err();
    assert_eq!(refused.fault, Fault::Encoding("UTF-8"));
}

#[test]
fn mt940_that_cannot_be_read_names_line_and_field() {
    let fees = |from: &str, to: &str| with(MT940, from, to);
    for (text, expected) in [
        (fees("D30,00NCHG", "D30.00NCHG"), at(13, ":61:", Fault::Missing("the kind of booking"))),
        (fees("2611031103D30", "2613031103D30"), at(13, ":61:", Fault::Date("2613031103".to_owned()))),
        (fees("1103D30,00", "1103X30,00"), at(13, ":61:", Fault::Sign("X30,00NCHG".to_owned()))),
        (fees(":60F:C261101MAD", ":60F:C261101GBP"), at(5, ":60F:", Fault::Currency("GBP".to_owned()))),
        (
            fees(":62F:C261103MAD12470,05", ":62F:C261103EUR12470,05"),
            at(20, ":62F:", Fault::OtherCurrency { account: "MAD".to_owned(), found: "EUR".to_owned() }),
        ),
        (fees(":25:", ":21:"), at(2, ":20:", Fault::Missing("the account, :25:,"))),
    ] {
        assert_eq!(mt940(&text), expected, "{}", mt940(&text));
    }
    assert_eq!(mt940(SHEET), Error { place: Place::Line(1), fault: Fault::OtherFormat("MT940") });
}

#[test]
fn several_messages_are_several_statements() {
    let text = format!("{MT940}{MT940}");
    let statements = parse(text.as_bytes(), Format::Mt940).unwrap();
    assert_eq!(statements.len(), 2);
    let identities: std::collections::BTreeSet<_> =
        statements.iter().flat_map(|one| &one.lines).map(|line| &line.identity).collect();
    assert_eq!(identities.len(), 12, "a file does not bring a line twice: these are others that agree in everything");
}

#[test]
fn sheet_that_cannot_be_read_names_line_and_column() {
    for (text, expected) in [
        (with(SHEET, ";30,00;", ";30.00;"), at(7, "Débit", Fault::Amount("30.00".to_owned()))),
        (with(SHEET, ";30,00;;", ";30,00;1,00;"), Error { place: Place::Line(7), fault: Fault::TwoAmounts }),
        (with(SHEET, ";30,00;;", ";;;"), Error { place: Place::Line(7), fault: Fault::Missing("an amount") }),
        (with(SHEET, "Crédit;", "Avoir;"), Error { place: Place::Line(4), fault: Fault::Column("Crédit".to_owned()) }),
    ] {
        assert_eq!(sheet(&text), expected, "{}", sheet(&text));
    }
    let months_first = Mapping { date_order: DateOrder::MonthDayYear, ..mapping() };
    let text = with(SHEET, "02/11/2026;02/11/2026", "13/11/2026;02/11/2026");
    let error = parse(text.as_bytes(), Format::Csv(&months_first)).unwrap_err();
    assert_eq!(error, at(10, "Date opération", Fault::Date("13/11/2026".to_owned())));
}

#[test]
fn mapping_is_suggested_and_kept() {
    assert_eq!(suggest(SHEET.as_bytes(), "011 519 0000012050005349 21", Currency::Mad).unwrap(), mapping());
    let bytes = encoding_rs::WINDOWS_1252.encode(SHEET).0;
    assert_eq!(suggest(&bytes, "1", Currency::Mad).unwrap().encoding, Encoding::Windows1252);
    let kept = serde_json::to_string(&mapping()).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&kept).unwrap(), mapping());
    assert!(serde_json::from_str::<Mapping>(&kept.replacen("account", "acount", 1)).is_err());
    let english = "Booking Date,Value Date,Amount (EUR),Counterparty,IBAN,Details,Bank reference\n11/13/2026,11/14/2026,\"1,200.50\",Payer 1,,May,B1\n";
    let guessed = suggest(english.as_bytes(), "1", Currency::Eur).unwrap();
    assert_eq!((guessed.date_order, guessed.decimal_sign), (DateOrder::MonthDayYear, DecimalSign::Point));
    let line = only(english, Format::Csv(&guessed)).lines.remove(0);
    assert_eq!(
        (line.amount, line.reference.as_deref(), line.payer_name.as_deref()),
        (120_050, Some("B1"), Some("Payer 1"))
    );
    let arabic = "التاريخ;البيان;مدين;دائن\n02/11/2026;تحويل;;10,00\n";
    let guessed = suggest(arabic.as_bytes(), "1", Currency::Mad).unwrap();
    assert_eq!(only(arabic, Format::Csv(&guessed)).lines[0].amount, 1_000);
    let refused = suggest(b"hello\nworld", "1", Currency::Mad).unwrap_err();
    assert_eq!(refused, Error { place: Place::File, fault: Fault::Headings });
}

#[test]
fn every_error_says_where_what_and_what_next() {
    let error = sheet(&with(SHEET, ";30,00;", ";30.00;"));
    let next = "Check the decimal sign and the column; nothing was taken from the file.";
    assert_eq!(error.to_string(), format!("line 7, Débit: “30.00” is not an amount. {next}"));
}
