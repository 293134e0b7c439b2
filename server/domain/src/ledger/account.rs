//! Accounts: an organisation's own, made when first needed, and the house's, which carry no stored balance and which an
//! entry names by what they are for.

use sea_orm::FromQueryResult;
use types::LotKind;
use uuid::Uuid;

use crate::{Error, Open, Result, Tx};

/// The house's own accounts. Amounts are positive where the hub owes or has earned, negative where it is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum House {
    /// What organisations owe because usage went beyond their wallet.
    Receivable,
    /// What customers withheld at source: their offices owe it.
    Withheld,
    /// Usage that is charged and not invoiced yet, net.
    Accrued,
    /// The tax on it.
    AccruedTax,
    /// What was given away.
    Promo,
    /// What funders owe for the lots they pay.
    Sponsor,
    /// What ran out unused.
    Breakage,
    /// The hub's money.
    Bank,
    /// What a provider of payments has taken for the hub.
    Clearing,
    /// Money that has come and nobody knows yet whose it is.
    Unmatched,
    /// Refunds that the hub's bank has not paid yet.
    Refunds,
    /// The other side of GPU time.
    Counterpart,
    /// What was invoiced, net.
    Revenue,
    /// The tax that was invoiced.
    Tax,
    /// What rounding on documents gave or took.
    Rounding,
    /// What was owed and nobody will pay.
    WrittenOff,
}

impl House {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Receivable => "receivable",
            Self::Withheld => "withheld",
            Self::Accrued => "accrued",
            Self::AccruedTax => "accrued_tax",
            Self::Promo => "promo",
            Self::Sponsor => "sponsor",
            Self::Breakage => "breakage",
            Self::Bank => "bank",
            Self::Clearing => "clearing",
            Self::Unmatched => "unmatched",
            Self::Refunds => "refunds",
            Self::Counterpart => "counterpart",
            Self::Revenue => "revenue",
            Self::Tax => "tax",
            Self::Rounding => "rounding",
            Self::WrittenOff => "written_off",
        }
    }
}

/// Makes accounts of the house that are missing, of each kind in each unit.
pub(crate) async fn open_house_accounts_in(open: &Open, houses: &[House], units: &[&str]) -> Result<()> {
    let kinds: Vec<String> = houses.iter().map(|house| house.word().to_owned()).collect();
    let units: Vec<String> = units.iter().map(|unit| (*unit).to_owned()).collect();
    let sql = "SELECT house_account(kind, unit) FROM unnest($1::text[]) kind CROSS JOIN unnest($2::text[]) unit";
    open.run(sql, [kinds.into(), units.into()]).await.map(drop)
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The organisation's wallet, made with its first use.
pub(crate) async fn wallet_account(tx: &Tx, unit: &str, floor: i64) -> Result<Uuid> {
    own(tx, "wallet", unit, floor).await
}

/// The organisation's account for lots of this kind and unit, made with its first lot.
pub(crate) async fn lots_account(tx: &Tx, kind: LotKind, unit: &str) -> Result<Uuid> {
    own(tx, &format!("lots_{kind}"), unit, 0).await
}

async fn own(tx: &Tx, kind: &str, unit: &str, floor: i64) -> Result<Uuid> {
    let find = "SELECT id FROM account WHERE organisation_id = $1 AND kind = $2 AND unit = $3";
    let named = || [tx.organisation.into(), kind.into(), unit.into()];
    if let Some(row) = tx.one::<Id, _>(find, named()).await? {
        return Ok(row.id);
    }
    let sql = "INSERT INTO account (id, organisation_id, kind, unit, posted, held, floor)
               VALUES ($1, $2, $3, $4, 0, 0, $5) ON CONFLICT ON CONSTRAINT account_exists_once DO NOTHING";
    let id = types::new_uuid(tx.now);
    tx.run(sql, [id.into(), tx.organisation.into(), kind.into(), unit.into(), floor.into()]).await?;
    // Whoever made it first, its id is the one that counts.
    let row: Option<Id> = tx.one(find, named()).await?;
    row.map(|row| row.id).ok_or_else(|| Error::Corrupt(format!("no account {kind}")))
}
