//! Who gets back what: each lot exactly what it gave, the rest to what is owed and to the wallet. Pure but for booking.

use sea_orm::FromQueryResult;
use types::{CreditDocument, CreditNoteId, EntryKind, FlavourId, LotId, LotKind};
use uuid::Uuid;

use super::steps::{Step, share_of};
use crate::{
    Result, Tx,
    invoices::rounding::sum,
    ledger::{self, House, Posting, Purse, share},
};

/// What a lot paid of a line: in its own unit, and of the line without and with tax, in micro-units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Burnt {
    pub(super) line: i16,
    pub(super) lot: LotId,
    /// The organisation's account that holds lots of this kind and unit.
    pub(super) account: Uuid,
    pub(super) name: String,
    pub(super) kind: LotKind,
    /// The unit as accounts name it.
    pub(super) unit: String,
    /// Where the unit is GPU time: of which flavour.
    pub(super) flavour: Option<FlavourId>,
    pub(super) amount: i64,
    pub(super) net: i64,
    pub(super) gross: i64,
}

/// What was charged for a line, with tax, in micro-units.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(super) struct Charged {
    pub(super) line: i16,
    pub(super) gross: i64,
}

/// Who paid the lines of an invoice; lots in the order of burning.
#[derive(Clone, Debug, Default)]
pub(super) struct Paid {
    pub(super) charged: Vec<Charged>,
    pub(super) burnt: Vec<Burnt>,
}

/// What a lot gets back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Restored {
    pub(super) lot: LotId,
    account: Uuid,
    pub(super) name: String,
    pub(super) kind: LotKind,
    unit: String,
    pub(super) flavour: Option<FlavourId>,
    pub(super) amount: i64,
    pub(super) net: i64,
    pub(super) gross: i64,
}

/// What a credit note undoes of what settlements charged, in micro-units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undo {
    /// Back to the wallet.
    pub(super) wallet: i64,
    /// Less that is owed.
    pub(super) owed: i64,
    pub(super) lots: Vec<Restored>,
}

impl Undo {
    /// What the steps take back of what was paid. As with a top-up, what is owed comes before the wallet.
    pub(super) fn of(steps: &[Step], paid: &Paid, receivable: i64) -> Result<Self> {
        let (mut back, mut lots) = (Vec::new(), Vec::<Restored>::new());
        for step in steps {
            let own = |line: i16| i32::from(line) == i32::from(step.line.line);
            let burnt = || paid.burnt.iter().filter(|burnt| own(burnt.line));
            let charged = paid.charged.iter().filter(|charged| own(charged.line)).map(|charged| charged.gross);
            back.push(step.part(sum(charged.chain(burnt().map(|burnt| -burnt.gross)))?));
            for part in burnt().map(|burnt| part(step, burnt)).filter(|part| part.amount > 0) {
                match lots.iter_mut().find(|lot| lot.lot == part.lot) {
                    Some(lot) => {
                        lot.amount += part.amount;
                        lot.net += part.net;
                        lot.gross += part.gross;
                    }
                    None => lots.push(part),
                }
            }
        }
        let order = |lot: &Restored| paid.burnt.iter().position(|burnt| burnt.lot == lot.lot);
        lots.sort_by_key(order);
        let back = sum(back)?;
        let owed = receivable.clamp(0, back.max(0));
        Ok(Self { wallet: back - owed, owed, lots })
    }

    /// What funders get back, in the organisation's currency.
    fn funded(&self) -> Result<i64> {
        sum(self.lots.iter().filter(|lot| lot.kind == LotKind::Sponsored).map(|lot| lot.gross))
    }
}

/// What of a lot's payment the step takes back: whole units of the lot, each with its own part of net and tax.
fn part(step: &Step, burnt: &Burnt) -> Restored {
    let given = |measure| share_of(&step.line, measure, burnt.amount);
    let (from, to) = (given(step.before), given(step.after));
    let part = |paid| share(paid, to, burnt.amount) - share(paid, from, burnt.amount);
    let (amount, net) = (to - from, part(burnt.net));
    let gross = match (burnt.flavour, burnt.kind) {
        // A funder's money is the gross amount.
        (None, LotKind::Sponsored) => amount,
        _ => net + part(burnt.gross - burnt.net),
    };
    let Burnt { lot, account, kind, flavour, .. } = *burnt;
    let (name, unit) = (burnt.name.clone(), burnt.unit.clone());
    Restored { lot, account, name, kind, unit, flavour, amount, net, gross }
}

/// Books a credit note; nothing where no amount moves.
pub(super) async fn book_in(
    tx: &Tx,
    purse: &Purse,
    note: CreditNoteId,
    document: &CreditDocument,
    undo: &Undo,
) -> Result<Option<Uuid>> {
    let postings = postings(undo, document, purse.wallet()?)?;
    if postings.iter().all(Posting::is_nothing) {
        return Ok(None);
    }
    let memo = serde_json::json!({ "credit_note": note, "note": document.reason });
    ledger::book_in(tx, &format!("credit:{note}"), EntryKind::CreditNote, memo, &postings).await.map(Some)
}

/// The mirror of a settlement's entry and of its invoice's: revenue, tax and what the invoice's rounding gave or took go
/// back to who paid. Sums to zero.
fn postings(undo: &Undo, document: &CreditDocument, wallet: Uuid) -> Result<Vec<Posting>> {
    let unit = document.currency.word();
    let house = |house, amount| Posting::house(house, unit, amount);
    let (net, tax) = (document.net.micros, document.tax.micros);
    let rounding = sum([net, tax, -undo.wallet, -undo.owed, -undo.funded()?])?;
    let mut postings = vec![
        Posting::own(wallet, undo.wallet),
        house(House::Receivable, undo.owed),
        house(House::Revenue, -net),
        house(House::Tax, -tax),
        house(House::Rounding, rounding),
    ];
    for lot in &undo.lots {
        postings.push(Posting::own(lot.account, lot.amount));
        match (lot.flavour, lot.kind) {
            (Some(_), kind) => {
                postings.push(Posting::house(House::Counterpart, &lot.unit, -lot.amount));
                let owes = if kind == LotKind::Sponsored { lot.gross } else { 0 };
                postings.push(house(House::Sponsor, owes));
            }
            (None, LotKind::Promo) => postings.push(house(House::Promo, -lot.amount)),
            // A funder's money is no longer revenue and stands in its lot again.
            (None, LotKind::Sponsored) => {}
        }
    }
    Ok(postings)
}
