//! What stands where on the papers around a payment: the pro-forma that asks for it, and the receipt.

use messages::{Locale, say};

use super::{
    Cell, Sheet, Table, Total, blank,
    pen::{Pen, cell, figures, numbers, text},
};
use crate::{Item, ProForma, Receipt, Settled, spelled};

pub(super) fn pro_forma(locale: Locale, pro_forma: &ProForma) -> Sheet {
    let pen = Pen::new(locale, "UTC");
    let words = &pen.words;
    let issued = pen.fact(say!(words, "document-issued"), pen.day(pro_forma.issued_on));
    let until = pro_forma.valid_until.map(|date| pen.fact(say!(words, "pro-forma-until"), pen.day(date)));
    let mention = say!(words, "pro-forma-mention");
    Sheet {
        title: say!(words, "pro-forma-number", number = pro_forma.number.as_str()),
        heading: say!(words, "pro-forma"),
        number: Some(pro_forma.number.clone()),
        date: numbers(pro_forma.issued_on),
        facts: [issued].into_iter().chain(until).collect(),
        lines: items(&pen, pro_forma),
        totals: pen.sums(pro_forma.net, &pro_forma.taxes, pro_forma.total),
        more: pen.taxes(&pro_forma.taxes).into_iter().collect(),
        spelled: Some(say!(words, "spelled-pro-forma", words = spelled(locale, pro_forma.total))),
        pay: pro_forma.pay_to.as_ref().map(|pay_to| pen.pay(pay_to)),
        notes: pen.untaxed(&pro_forma.taxes).into_iter().chain([mention]).collect(),
        ..blank(locale, &pen, &pro_forma.seller, &pro_forma.buyer)
    }
}

fn items(pen: &Pen, pro_forma: &ProForma) -> Table {
    let words = &pen.words;
    let row = |item: &Item| {
        let quantity = words.decimal(item.quantity_micros, 6);
        let quantity = say!(words, "document-unit", word = item.unit.word(), quantity = quantity);
        let price = pen.figure(words.amount_exact(item.price));
        let what = item.what.clone().unwrap_or_else(|| say!(words, "pro-forma-top-up"));
        vec![cell(what), cell(quantity), cell(price), cell(pen.amount(item.net))]
    };
    Table {
        title: None,
        columns: vec![
            text(say!(words, "usage-what")),
            figures(say!(words, "document-quantity")),
            figures(say!(words, "document-price")),
            figures(say!(words, "usage-net", currency = pro_forma.currency.word())),
        ],
        rows: pro_forma.items.iter().map(row).collect(),
    }
}

pub(super) fn receipt(locale: Locale, receipt: &Receipt) -> Sheet {
    let pen = Pen::new(locale, "UTC");
    let words = &pen.words;
    let on = pen.fact(say!(words, "receipt-on"), pen.day(receipt.received_on));
    let means = say!(words, "receipt-means-word", word = receipt.means.word());
    let means = pen.fact(say!(words, "receipt-means"), means);
    let payer = receipt.payer.as_ref().map(|payer| pen.fact(say!(words, "receipt-payer"), payer.clone()));
    let reference = receipt.reference.as_ref();
    let reference = reference.map(|number| pen.fact(say!(words, "receipt-reference"), pen.figure(number.clone())));
    Sheet {
        title: say!(words, "receipt-number", number = receipt.number.as_str()),
        heading: say!(words, "receipt"),
        number: Some(receipt.number.clone()),
        date: numbers(receipt.received_on),
        facts: [Some(on), Some(means), payer, reference].into_iter().flatten().collect(),
        lines: settled(&pen, receipt),
        totals: received(&pen, receipt),
        spelled: Some(say!(words, "spelled-receipt", words = spelled(locale, receipt.amount))),
        ..blank(locale, &pen, &receipt.seller, &receipt.buyer)
    }
}

/// What was paid with it, and what of it is in the wallet.
fn settled(pen: &Pen, receipt: &Receipt) -> Table {
    let words = &pen.words;
    let withheld = receipt.withheld.as_ref().map_or(0, |withheld| withheld.amount.micros);
    let paid: i64 = receipt.settled.iter().map(|settled| settled.amount.micros).sum();
    let mut rest = receipt.amount;
    rest.micros = rest.micros.saturating_add(withheld).saturating_sub(paid);
    let row = |settled: &Settled| {
        let number = settled.number.clone().map(|number| pen.figure(number));
        vec![cell(number.unwrap_or_else(|| say!(words, "receipt-owed"))), cell(pen.amount(settled.amount))]
    };
    let rows = receipt.settled.iter().map(row);
    let to_wallet = (rest.micros != 0)
        .then(|| vec![Cell { text: say!(words, "receipt-to-wallet"), beneath: None }, cell(pen.amount(rest))]);
    Table {
        title: Some(say!(words, "receipt-settles")),
        columns: vec![
            text(say!(words, "receipt-document")),
            figures(say!(words, "receipt-settled", currency = receipt.currency.word())),
        ],
        rows: rows.chain(to_wallet).collect(),
    }
}

fn received(pen: &Pen, receipt: &Receipt) -> Vec<Total> {
    let words = &pen.words;
    let label = say!(words, "receipt-amount", currency = receipt.currency.word());
    let amount = Total { label, amount: pen.amount(receipt.amount), is_grand: true };
    let withheld = receipt.withheld.as_ref().map(|withheld| {
        let label = say!(words, "document-withheld", rate = words.percent(withheld.rate_ppm.into()));
        Total { label, amount: pen.amount(withheld.amount), is_grand: false }
    });
    let balance = receipt.balance.map(|balance| {
        let label = say!(words, "receipt-balance");
        Total { label, amount: pen.amount(balance), is_grand: false }
    });
    [amount].into_iter().chain(withheld).chain(balance).collect()
}
