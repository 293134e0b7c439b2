//! A first guess at what a sheet looks like, for a person to look at: from its headings, in the languages that banks of
//! the hub's customers write them in, and from the first rows below.

use types::Currency;

use super::{
    super::{Error, Fault, check_size, decode},
    AmountColumns, Columns, DateOrder, DecimalSign, Delimiter, Encoding, Mapping,
    read::numbers,
    rows::{N_COLUMNS, N_ROWS_BEFORE, Row, heading, records},
};

/// Rows that are looked at for signs and dates.
const N_SAMPLES: usize = 50;

// What columns are called, folded, the surest first. A heading is one of these, or begins with one and goes on in other
// words, as “Amount (MAD)”.
const VALUE_ON: &[&str] =
    &["value date", "date valeur", "date de valeur", "valeur", "valuta", "wertstellung", "تاريخ القيمة"];
const BOOKED_ON: &[&str] = &[
    "booking date",
    "posting date",
    "date operation",
    "date d operation",
    "date comptable",
    "date de comptabilisation",
    "buchungstag",
    "transaction date",
    "تاريخ العملية",
    "date",
    "التاريخ",
];
const CREDIT: &[&str] = &["credit", "credits", "paid in", "money in", "encaissement", "haben", "دائن"];
const DEBIT: &[&str] = &["debit", "debits", "paid out", "money out", "decaissement", "soll", "مدين"];
const AMOUNT: &[&str] = &["amount", "transaction amount", "montant", "betrag", "المبلغ"];
const PAYER_NAME: &[&str] = &[
    "counterparty name",
    "counterparty",
    "payer",
    "nom",
    "nom du tiers",
    "tiers",
    "donneur d ordre",
    "auftraggeber",
    "beneficiary",
    "beneficiaire",
    "name",
    "الاسم",
];
const PAYER_ACCOUNT: &[&str] = &[
    "counterparty account",
    "counterparty iban",
    "payer account",
    "iban",
    "rib",
    "compte du tiers",
    "compte",
    "kontonummer",
    "account",
    "الحساب",
];
const REMITTANCE: &[&str] = &[
    "remittance information",
    "remittance",
    "description",
    "details",
    "libelle",
    "motif",
    "communication",
    "verwendungszweck",
    "narrative",
    "البيان",
];
const REFERENCE: &[&str] = &[
    "bank reference",
    "transaction id",
    "transaction reference",
    "reference",
    "reference operation",
    "ref",
    "numero d operation",
    "المرجع",
];
const CURRENCY: &[&str] = &["currency", "devise", "monnaie", "wahrung", "العملة"];
const BALANCE: &[&str] = &["balance", "running balance", "solde", "saldo", "الرصيد"];

/// A guess for the account of this name and currency.
///
/// # Errors
/// When no row names both a date and an amount.
pub fn suggest(bytes: &[u8], account: &str, currency: Currency) -> Result<Mapping, Error> {
    check_size(bytes)?;
    let (encoding, text) = match decode::utf8(bytes) {
        Some(text) => (Encoding::Utf8, text),
        None => (Encoding::Windows1252, decode::windows_1252(bytes)),
    };
    let found = Delimiter::ALL.into_iter().find_map(|delimiter| Some((delimiter, headings(&text, delimiter)?)));
    let (delimiter, (columns, samples)) = found.ok_or_else(|| Error::file(Fault::Headings))?;
    let (decimal_sign, date_order) = (decimal_sign(&samples, &columns), date_order(&samples, &columns));
    Ok(Mapping { account: account.to_owned(), currency, encoding, delimiter, decimal_sign, date_order, columns })
}

/// The first row that names a date and an amount, and some rows from there on.
fn headings(text: &str, delimiter: Delimiter) -> Option<(Columns, Vec<Row>)> {
    let rows: Vec<Row> = records(text, delimiter).take(N_ROWS_BEFORE + N_SAMPLES).map_while(Result::ok).collect();
    let (place, columns) = rows.iter().take(N_ROWS_BEFORE).enumerate().find_map(|(n, row)| Some((n, columns(row)?)))?;
    Some((columns, rows.into_iter().skip(place).take(N_SAMPLES).collect()))
}

fn columns(row: &Row) -> Option<Columns> {
    let mut free: Vec<(String, &str)> =
        row.cells.iter().take(N_COLUMNS).map(|cell| (heading(cell), cell.trim())).collect();
    let mut take = |words: &[&str]| {
        let is =
            |word: &str, cell: &str| cell == word || cell.strip_prefix(word).is_some_and(|more| more.starts_with(' '));
        let place = words.iter().find_map(|word| free.iter().position(|(cell, _)| is(word, cell)))?;
        Some(free.remove(place).1.to_owned())
    };
    // Dates of value before dates, which their headings begin with.
    let value_on = take(VALUE_ON);
    let booked_on = take(BOOKED_ON)?;
    let amount = match (take(CREDIT), take(DEBIT)) {
        (Some(credit), Some(debit)) => AmountColumns::Apart { credit, debit },
        _ => AmountColumns::Signed(take(AMOUNT)?),
    };
    Some(Columns {
        booked_on,
        value_on,
        amount,
        payer_account: take(PAYER_ACCOUNT),
        payer_name: take(PAYER_NAME),
        remittance: take(REMITTANCE).into_iter().collect(),
        reference: take(REFERENCE),
        currency: take(CURRENCY),
        balance: take(BALANCE),
    })
}

/// What stands below a heading, in rows that begin with the headings.
fn below<'a>(rows: &'a [Row], heading: &str) -> Vec<&'a str> {
    let Some((headings, rows)) = rows.split_first() else { return Vec::new() };
    let Some(place) = headings.cells.iter().position(|cell| cell.trim() == heading) else { return Vec::new() };
    rows.iter().filter_map(|row| row.cells.get(place)).map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

/// The sign before one or two last digits; a point where nothing tells.
fn decimal_sign(rows: &[Row], columns: &Columns) -> DecimalSign {
    let mut cells = columns.amount.headings().into_iter().flat_map(|heading| below(rows, heading));
    let sign = cells.find_map(|cell| {
        let cell = cell.trim_end_matches(|c: char| !c.is_ascii_digit());
        let (before, digits) = cell.rsplit_once(['.', ','])?;
        (1..=2).contains(&digits.len()).then(|| cell.as_bytes().get(before.len()).copied())?
    });
    if sign == Some(b',') { DecimalSign::Comma } else { DecimalSign::Point }
}

/// The order that all dates can have; the day first where several can.
fn date_order(rows: &[Row], columns: &Columns) -> DateOrder {
    let cells: Vec<Vec<&str>> = below(rows, &columns.booked_on).into_iter().map(numbers).collect();
    let is_year = |number: &&str| number.len() == 4 || number.len() == 8 && number.starts_with("20");
    let is_no_month = |number: &&str| number.parse::<u32>().is_ok_and(|number| number > 12);
    if cells.iter().any(|numbers| numbers.first().is_some_and(is_year)) {
        DateOrder::YearMonthDay
    } else if cells.iter().any(|numbers| numbers.len() > 2 && numbers.get(1).is_some_and(is_no_month)) {
        DateOrder::MonthDayYear
    } else {
        DateOrder::DayMonthYear
    }
}
