//! Grants: giving an organisation a lot, seeing beforehand what it changes, and taking back what is left.

mod entity;
mod rules;

use serde_json::json;
use types::{EntryKind, GrantCredits, GrantPreview, LeftView, List, LotId, LotView, Timestamp, UndoGrant};

use self::rules::Checked;
use crate::{
    Database, Error, Result, Tx,
    access::{
        Scope,
        policy::{GrantCredits as MayGrant, ReadBalance},
    },
    audit::{self, Change},
    commands::{self, Command},
    ledger::{self, House, Posting, Purse},
    organisations, settlement,
};

/// Gives the organisation a lot.
///
/// # Errors
/// `Invalid` names the field: an amount that is not above zero, another currency, an unknown flavour or project, a
/// time that is over, a missing reason. A conflict for an organisation or a project that was closed.
pub async fn grant_credits(
    db: &Database,
    scope: &Scope<MayGrant>,
    ask: GrantCredits,
    command: Command,
    now: Timestamp,
) -> Result<LotView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| grant_in(tx, &ask).await).await
}

/// What a grant would change, by the rules that giving it uses.
///
/// # Errors
/// Those of [`grant_credits`].
pub async fn preview_grant(
    db: &Database,
    scope: &Scope<MayGrant>,
    ask: &GrantCredits,
    now: Timestamp,
) -> Result<GrantPreview> {
    let tx = db.look(scope, now).await?;
    let outlook = settlement::outlook_in(&tx).await?;
    let checked = rules::checked(ask, outlook.purse.currency, now)?;
    let lot = entity::known(&tx, &checked).await?;
    let with = outlook.with_lot(lot);
    let left = |purse: &Purse| LeftView {
        kind: ask.kind,
        left: ledger::amount(purse, checked.unit, rules::left(purse, ask.kind, checked.unit)),
    };
    Ok(GrantPreview {
        before: left(&outlook.purse),
        after: left(&with.purse),
        balance: outlook.purse.money(outlook.purse.posted),
        empty_before: outlook.empty_at(&[])?,
        empty_after: with.empty_at(&[])?,
    })
}

/// Takes back what is left of a lot by a reversing entry. Usage up to now that is not booked yet is still paid by it.
///
/// # Errors
/// `NotFound` for a lot of somebody else; a conflict when nothing is left; `Invalid` for a missing reason.
pub async fn undo_grant(
    db: &Database,
    scope: &Scope<MayGrant>,
    lot: LotId,
    ask: UndoGrant,
    command: Command,
    now: Timestamp,
) -> Result<LotView> {
    rules::reason(&ask.reason)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| undo_in(tx, lot, &ask).await).await
}

/// The organisation's lots with what each has paid, the latest first; at most 1,000.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_lots_in(tx: &Tx, scope: &Scope<ReadBalance>) -> Result<List<LotView>> {
    tx.admits(scope)?;
    Ok(List { items: entity::views(tx, None).await?, next_cursor: None })
}

async fn grant_in(tx: &Tx, ask: &GrantCredits) -> Result<LotView> {
    let purse = ledger::lock_in(tx).await?;
    organisations::buyer_in(tx).await?.check_open()?;
    let checked = rules::checked(ask, purse.currency, tx.now)?;
    let lot = entity::known(tx, &checked).await?;
    let account = ledger::lots_account(tx, ask.kind, &lot.unit_word).await?;
    entity::insert(tx, &lot, ask, &checked).await?;
    let against = Posting::house(checked.against(), &lot.unit_word, -checked.amount);
    let postings = [against, Posting::own(account, checked.amount)];
    let key = format!("grant:{}", lot.id);
    ledger::book_in(tx, &key, EntryKind::Grant, json!({ "note": ask.reason }), &postings).await?;
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await?;
    let view = entity::view(tx, lot.id).await?;
    let change = Change { verb: "lot.granted", subject: lot.id.to_string(), before: None::<()>, after: Some(&view) };
    audit::record_in(tx, change).await?;
    Ok(view)
}

async fn undo_in(tx: &Tx, id: LotId, ask: &UndoGrant) -> Result<LotView> {
    ledger::lock_in(tx).await?;
    let before = entity::view(tx, id).await?;
    let outlook = settlement::outlook_in(tx).await?;
    let place = outlook.purse.lots.iter().position(|lot| lot.id == id).ok_or(Error::Conflict("lot-used-up"))?;
    let lot = &outlook.purse.lots[place];
    // What usage up to now needs of it stays; as the lot ends now, settling takes that and the rest of it expires.
    let needed = lot.left - outlook.after_unrated()?.lots[place].left;
    let voided = lot.left - needed;
    if voided == 0 {
        return Err(Error::Conflict("lot-used-up"));
    }
    ledger::free_holds_in(tx).await?;
    let against = Posting::house(rules::against(lot.kind, lot.unit), &lot.unit_word, voided);
    let postings = [Posting::own(lot.account, -voided), against];
    let key = format!("undo:{id}");
    let entry = ledger::book_in(tx, &key, EntryKind::Undo, json!({ "note": ask.reason }), &postings).await?;
    entity::void(tx, id, entry, voided).await?;
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await?;
    let view = entity::view(tx, id).await?;
    let change =
        Change { verb: "lot.undone", subject: id.to_string(), before: Some(before), after: Some((&view, ask)) };
    audit::record_in(tx, change).await?;
    Ok(view)
}

/// Takes back what is left of every lot of an organisation that ends; usage up to now is still paid by them.
pub(crate) async fn undo_all_in(tx: &Tx, reason: &str) -> Result<()> {
    let ask = UndoGrant { reason: reason.to_owned() };
    let lots = ledger::lock_in(tx).await?.lots;
    for lot in lots {
        match undo_in(tx, lot.id, &ask).await {
            // Usage needs all that is left.
            Ok(_) | Err(Error::Conflict("lot-used-up")) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

impl Checked {
    fn against(&self) -> House {
        rules::against(self.kind, self.unit)
    }
}
