//! What an entry is about: the time of its usage, its lot, its document. Its key and its memo say it; what that is called is
//! looked up for a whole page at once.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use serde_json::Value;
use types::{CreditNoteId, EntryKind, EntrySubject, InvoiceId, LotId, RefundId, Timestamp};
use uuid::Uuid;

use crate::{Result, Tx};

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Usage(Timestamp, Timestamp),
    Lot(LotId),
    Invoice(InvoiceId),
    CreditNote(CreditNoteId),
    Refund(RefundId),
}

#[derive(FromQueryResult)]
struct Word {
    id: Uuid,
    word: Option<String>,
}

impl Named {
    /// By an entry's kind, key and memo; nothing for what names nothing.
    pub(super) fn of(kind: EntryKind, command_key: &str, memo: &Value) -> Option<Self> {
        let moment = |field: &str| memo[field].as_str()?.parse::<Timestamp>().ok();
        // The key is of a word and the id, behind which may stand more.
        let id = command_key.split(':').nth(1)?;
        match kind {
            EntryKind::Settlement => Some(Self::Usage(moment("from")?, moment("through")?)),
            EntryKind::Grant | EntryKind::Undo | EntryKind::Expiry => id.parse().ok().map(Self::Lot),
            EntryKind::Invoice => id.parse().ok().map(Self::Invoice),
            EntryKind::CreditNote => id.parse().ok().map(Self::CreditNote),
            EntryKind::Withholding | EntryKind::WithholdingUndone => {
                memo["invoice"].as_str()?.parse().ok().map(Self::Invoice)
            }
            EntryKind::Refund | EntryKind::RefundUndone | EntryKind::RefundPaid => id.parse().ok().map(Self::Refund),
            _ => None,
        }
    }

    fn id(self) -> Option<Uuid> {
        match self {
            Self::Usage(..) => None,
            Self::Lot(id) => Some(id.uuid()),
            Self::Invoice(id) => Some(id.uuid()),
            Self::CreditNote(id) => Some(id.uuid()),
            Self::Refund(id) => Some(id.uuid()),
        }
    }

    fn called(self, words: &HashMap<Uuid, String>) -> Option<EntrySubject> {
        let word = |id: Uuid| words.get(&id).cloned();
        Some(match self {
            Self::Usage(from, through) => EntrySubject::Usage { from, through },
            Self::Lot(id) => EntrySubject::Lot { id, name: word(id.uuid())? },
            Self::Invoice(id) => EntrySubject::Invoice { id, number: word(id.uuid())? },
            Self::CreditNote(id) => EntrySubject::CreditNote { id, number: word(id.uuid())? },
            Self::Refund(id) => {
                let word = word(id.uuid())?;
                let (rail, goes_to) = word.split_once(' ')?;
                let goes_to = Some(goes_to).filter(|ends| !ends.is_empty()).map(str::to_owned);
                EntrySubject::Refund { id, rail: rail.parse().ok()?, goes_to }
            }
        })
    }
}

/// The subjects in their order, with the names of lots and the numbers of documents.
pub(super) async fn subjects_in(tx: &Tx, named: &[Option<Named>]) -> Result<Vec<Option<EntrySubject>>> {
    let ids: Vec<Uuid> = named.iter().flatten().filter_map(|named| named.id()).collect();
    let words = if ids.is_empty() { HashMap::new() } else { words_in(tx, ids).await? };
    Ok(named.iter().map(|named| named.and_then(|named| named.called(&words))).collect())
}

async fn words_in(tx: &Tx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    let sql = "SELECT id, name AS word FROM lot WHERE organisation_id = $1 AND id = ANY($2)
               UNION ALL SELECT id, number FROM invoice WHERE organisation_id = $1 AND id = ANY($2)
               UNION ALL SELECT id, number FROM credit_note WHERE organisation_id = $1 AND id = ANY($2)
               UNION ALL SELECT id, rail || ' ' || coalesce(right(goes_to, 4), '') FROM refund
               WHERE organisation_id = $1 AND id = ANY($2)";
    let rows: Vec<Word> = tx.all(sql, [tx.organisation.into(), ids.into()]).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.word?))).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entry_names_what_its_key_and_memo_say_and_an_older_one_nothing() {
        let id = Uuid::from_u128(7);
        let (lot, note) = (LotId::from_uuid(id), CreditNoteId::from_uuid(id));
        let of = |kind, key: &str| Named::of(kind, key, &json!({}));
        assert_eq!(of(EntryKind::Grant, &format!("grant:{lot}")), Some(Named::Lot(lot)));
        assert_eq!(of(EntryKind::Expiry, &format!("expiry:{lot}:2026-10-03T10:00:00Z")), Some(Named::Lot(lot)));
        assert_eq!(of(EntryKind::CreditNote, &format!("credit:{note}")), Some(Named::CreditNote(note)));
        let refund = RefundId::from_uuid(id);
        assert_eq!(of(EntryKind::Refund, &format!("refund:{refund}")), Some(Named::Refund(refund)));
        assert_eq!(of(EntryKind::RefundUndone, &format!("refund-undone:{refund}")), Some(Named::Refund(refund)));
        assert_eq!(of(EntryKind::TopUp, "transfer:BMCE 1"), None);
        assert_eq!(of(EntryKind::Settlement, "settlement:org_1:2026-10-03T10:00:00Z"), None);
        let at = |second| Timestamp::from_second(second);
        let memo = json!({ "from": at(5), "through": at(9) });
        let usage = Named::of(EntryKind::Settlement, "settlement:org_1:2026-10-03T10:00:00Z", &memo);
        assert_eq!(usage, Some(Named::Usage(at(5), at(9))));
    }
}
