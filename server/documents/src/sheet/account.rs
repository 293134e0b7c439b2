//! What stands where on a statement of account.

use messages::{Locale, say};

use super::{
    Cell, Sheet, Table, Total, blank,
    pen::{Pen, cell, figures, numbers, text},
};
use crate::{Movement, Statement};

pub(super) fn sheet(locale: Locale, statement: &Statement) -> Sheet {
    let pen = Pen::new(locale, "UTC");
    let words = &pen.words;
    let (from, to) = (pen.day(statement.from), pen.day(statement.through));
    let period = say!(words, "document-from-to", from = from.as_str(), to = to.as_str());
    let total = |label: String, amount, is_grand| Total { label, amount: pen.money(amount), is_grand };
    let opening = total(say!(words, "statement-opening"), statement.opening, false);
    let closing = total(say!(words, "statement-closing"), statement.closing, true);
    Sheet {
        title: say!(words, "statement-title", name = statement.buyer.name.as_str(), from = from, to = to),
        heading: say!(words, "statement"),
        date: numbers(statement.issued_on),
        facts: vec![
            pen.fact(say!(words, "statement-written"), pen.day(statement.issued_on)),
            pen.fact(say!(words, "document-period"), period),
        ],
        lines: movements(&pen, statement),
        totals: vec![opening, closing],
        ..blank(locale, &pen, &statement.seller, &statement.buyer)
    }
}

fn movements(pen: &Pen, statement: &Statement) -> Table {
    let (words, currency) = (&pen.words, statement.currency.word());
    let row = |movement: &Movement| {
        let booked = Cell { text: words.entry_kind(movement.kind), beneath: movement.detail.clone() };
        vec![booked, cell(pen.day(movement.on)), cell(pen.amount(movement.amount)), cell(pen.amount(movement.balance))]
    };
    Table {
        title: None,
        columns: vec![
            text(say!(words, "statement-booked")),
            text(say!(words, "statement-day")),
            figures(say!(words, "statement-change", currency = currency)),
            figures(say!(words, "statement-balance", currency = currency)),
        ],
        rows: statement.movements.iter().map(row).collect(),
    }
}
