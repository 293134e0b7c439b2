//! Every kind of document in every language: it adds up, becomes the same bytes each time, and says what the snapshot says.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::{
    io::{self, Write},
    mem::discriminant,
    sync::LazyLock,
    thread,
    time::Instant,
};

use documents::{Error, Snapshot, pdf, ubl};
use en16931_formats::Syntax;
use messages::Locale;
use proptest::prelude::*;

static FIXED: LazyLock<Vec<Snapshot>> = LazyLock::new(|| common::fixed(200));

/// One of each kind in each language.
static EACH: LazyLock<Vec<&'static Snapshot>> = LazyLock::new(|| {
    let mut each: Vec<&'static Snapshot> = Vec::new();
    for snapshot in FIXED.iter() {
        let is_alike =
            |other: &&Snapshot| discriminant(*other) == discriminant(snapshot) && other.locale() == snapshot.locale();
        if !each.iter().any(is_alike) {
            each.push(snapshot);
        }
    }
    each
});

fn is_of_account(snapshot: &Snapshot) -> bool {
    matches!(snapshot, Snapshot::Invoice(_) | Snapshot::CreditNote(_))
}

#[test]
fn the_fixed_documents_are_of_all_kinds_in_all_languages() {
    assert_eq!(EACH.len(), 5 * Locale::ALL.len());
}

#[test]
fn every_document_becomes_the_same_bytes_when_it_is_rendered_again_and_beside_others() {
    let started = Instant::now();
    let first: Vec<Vec<u8>> = EACH.iter().map(|snapshot| pdf(snapshot).unwrap()).collect();
    let seconds = started.elapsed().as_secs_f64();
    let (n, bytes) = (first.len(), first.iter().map(Vec::len).sum::<usize>());
    writeln!(io::stderr(), "{n} documents, {:.1} a second, {} bytes each", n as f64 / seconds, bytes / n).unwrap();
    let again = thread::scope(|scope| {
        let running: Vec<_> = EACH.iter().map(|snapshot| scope.spawn(move || pdf(snapshot).unwrap())).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    for (snapshot, (first, again)) in EACH.iter().zip(first.iter().zip(&again)) {
        assert!(first.starts_with(b"%PDF-1.") && first == again, "{:?} differs", snapshot.locale());
        let (one, other) = (ubl(snapshot), ubl(snapshot));
        assert!(one.is_ok() && one == other);
    }
}

#[test]
fn a_frozen_document_is_read_as_it_was_stored_before_there_were_artefacts() {
    let Some(Snapshot::Invoice(invoice)) = FIXED.iter().find(|one| matches!(one, Snapshot::Invoice(_))) else {
        unreachable!("there is one of each kind");
    };
    let stored = serde_json::to_vec(&invoice.document).unwrap();
    let read: documents::Invoice = serde_json::from_slice(&stored).unwrap();
    assert_eq!((&read.document, read.pay_to, read.withheld), (&invoice.document, None, None));
}

#[test]
fn what_does_not_add_up_becomes_nothing() {
    let Some(Snapshot::Invoice(right)) = FIXED.iter().find(|one| matches!(one, Snapshot::Invoice(_))) else {
        unreachable!("there is one of each kind");
    };
    let mut wrong = right.clone();
    wrong.document.total.micros += 10_000;
    assert_eq!(pdf(&Snapshot::Invoice(wrong.clone())), Err(Error::Unbalanced("total is not net and tax")));
    assert_eq!(ubl(&Snapshot::Invoice(wrong)), Err(Error::Unbalanced("total is not net and tax")));
    let mut torn = right.clone();
    torn.document.net.micros += 1;
    assert_eq!(pdf(&Snapshot::Invoice(torn)), Err(Error::Amount("net")));
    let mut foreign = right.clone();
    foreign.document.language = "de".to_owned();
    assert_eq!(pdf(&Snapshot::Invoice(foreign)), Err(Error::Missing("a language that is written here")));
}

#[test]
fn a_draft_has_no_electronic_form_and_a_seller_without_tax_number_only_paper() {
    let Some(Snapshot::Invoice(right)) = FIXED.iter().find(|one| matches!(one, Snapshot::Invoice(_))) else {
        unreachable!("there is one of each kind");
    };
    let mut draft = right.clone();
    (draft.document.number, draft.document.issued_on, draft.document.due_on) = (None, None, None);
    assert_eq!(ubl(&Snapshot::Invoice(draft.clone())), Ok(None));
    assert!(pdf(&Snapshot::Invoice(draft)).is_ok());
    let mut unknown = right.clone();
    unknown.document.seller.tax_id = None;
    let unknown = Snapshot::Invoice(unknown);
    assert!(matches!(ubl(&unknown), Err(Error::Invalid(_))) && pdf(&unknown).is_ok());
}

#[test]
fn a_name_is_no_markup_and_no_letter_keeps_a_document_from_being_set() {
    let Some(Snapshot::Invoice(right)) = FIXED.iter().find(|one| matches!(one, Snapshot::Invoice(_))) else {
        unreachable!("there is one of each kind");
    };
    let mut hostile = right.clone();
    hostile.document.buyer.name = "#panic(\"x\") *a* $b$ @c \u{0}\u{feff}\u{202e} 中 </cbc:ID>".to_owned();
    let hostile = Snapshot::Invoice(hostile);
    assert!(pdf(&hostile).is_ok());
    let xml = ubl(&hostile).unwrap().unwrap();
    assert!(xml.contains("&lt;/cbc:ID") && en16931_formats::read(xml.as_bytes()).is_ok());
}

proptest! {
    #[test]
    fn every_document_adds_up_and_its_electronic_form_is_read_back_as_it_was_written(snapshot in common::snapshots()) {
        prop_assert_eq!(snapshot.check(), Ok(()));
        let json = serde_json::to_string(&snapshot).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Snapshot>(&json).unwrap(), &snapshot);
        let written = ubl(&snapshot).unwrap();
        prop_assert_eq!(written.is_some(), is_of_account(&snapshot));
        if let Some(xml) = written {
            let read = en16931_formats::read(xml.as_bytes()).unwrap();
            prop_assert!(read.entries.is_empty(), "{:?}", read.entries);
            prop_assert_eq!(en16931_formats::write_unchecked(&read.invoice, Syntax::Ubl).unwrap().xml, xml);
            let (net, tax, total, due, n_lines) = match &snapshot {
                Snapshot::Invoice(documents::Invoice { document, .. }) => {
                    (document.net, document.tax, document.total, document.due, document.lines.len())
                }
                Snapshot::CreditNote(documents::CreditNote { document }) => {
                    (document.net, document.tax, document.total, document.owed, document.lines.len())
                }
                _ => unreachable!("it has no electronic form"),
            };
            let totals = read.invoice.totals;
            let said = [Some(totals.taxable_total), totals.vat_total, Some(totals.gross_total), Some(totals.due)];
            let meant = [net, tax, total, due].map(|amount| Some(amount.micros / 10_000));
            prop_assert_eq!(said.map(|amount| amount.map(|amount| amount.to_minor_units())), meant);
            prop_assert_eq!(read.invoice.lines.len(), n_lines);
        }
    }
}
