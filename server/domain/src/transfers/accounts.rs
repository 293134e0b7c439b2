//! The accounts at which the hub is paid: one for each currency now. Those before stay, because their statements still
//! come and pro-formas name them.

use payments::{AccountFault, Iban, Rib};
use sea_orm::FromQueryResult;
use types::{Code, Currency, List, ReceivingAccountId, ReceivingAccountView, Refusal, SetReceivingAccount, Timestamp};

use crate::{
    Database, Error, Open, Result, Rule,
    access::{
        Survey,
        policy::{CloseBilling, ReadInvoices},
    },
    audit::{self, Change},
    commands::{self, Command, Installation},
};

/// The columns of an account `a`.
const COLUMNS: &str = "a.id, a.currency, a.beneficiary, a.bank, a.iban, a.set_at";

/// An account, now or before.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Account {
    pub(super) id: ReceivingAccountId,
    pub(super) currency: Currency,
    pub(super) beneficiary: String,
    pub(super) bank: String,
    pub(super) iban: String,
    set_at: Timestamp,
}

impl Account {
    pub(super) fn view(&self) -> Result<ReceivingAccountView> {
        let iban = stored(&self.iban)?;
        Ok(ReceivingAccountView {
            id: self.id,
            currency: self.currency,
            beneficiary: self.beneficiary.clone(),
            bank: self.bank.clone(),
            iban: iban.to_string(),
            rib: rib_of(&iban).map(|rib| rib.to_string()),
            set_at: self.set_at,
        })
    }
}

/// An IBAN that was checked when it was stored.
pub(super) fn stored(iban: &str) -> Result<Iban> {
    Iban::parse(iban).map_err(|fault| Error::Corrupt(format!("iban: {fault}")))
}

/// The RIB that a Moroccan IBAN holds.
pub(super) fn rib_of(iban: &Iban) -> Option<Rib> {
    let body = iban.as_str().get(4..).filter(|_| iban.country() == "MA")?;
    Rib::parse(body).ok()
}

/// The IBAN that somebody typed, or the one of the RIB that they typed.
pub(super) fn typed(text: &str) -> std::result::Result<Iban, AccountFault> {
    let begins_with_digit = text.trim_start().starts_with(|character: char| character.is_ascii_digit());
    if begins_with_digit { Rib::parse(text).map(|rib| rib.iban()) } else { Iban::parse(text) }
}

/// Makes this the account at which the hub is paid in its currency; the one before ends.
///
/// # Errors
/// `Invalid` for an account that is wrong in itself, or a name that is missing or too long.
pub async fn set_receiving_account(
    db: &Database,
    survey: &Survey<CloseBilling>,
    ask: SetReceivingAccount,
    command: Command,
    now: Timestamp,
) -> Result<ReceivingAccountView> {
    let ask = checked(ask)?;
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| set_in(tx, &ask).await).await
}

/// The accounts at which the hub is paid now, by currency.
///
/// # Errors
/// Only the database's own.
pub async fn list_receiving_accounts(open: &Open, _: &Survey<ReadInvoices>) -> Result<List<ReceivingAccountView>> {
    let sql = format!("SELECT {COLUMNS} FROM receiving_account a WHERE a.ended_at IS NULL ORDER BY a.currency");
    let rows: Vec<Account> = open.all(&sql, []).await?;
    Ok(List { items: rows.iter().map(Account::view).collect::<Result<_>>()?, next_cursor: None })
}

/// The account at which the hub is paid in a currency now.
pub(super) async fn receiving(open: &Open, currency: Currency) -> Result<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM receiving_account a WHERE a.currency = $1 AND a.ended_at IS NULL");
    open.one(&sql, [currency.word().into()]).await
}

/// All accounts that the hub has or had, the present ones first.
pub(super) async fn all(open: &Open) -> Result<Vec<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM receiving_account a ORDER BY a.ended_at DESC NULLS FIRST, a.set_at DESC");
    open.all(&sql, []).await
}

fn checked(ask: SetReceivingAccount) -> Result<SetReceivingAccount> {
    let said = |text: &str, field, max: u32| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let rule = Rule::Length { min: 1, max };
        let fits = !text.is_empty() && text.chars().count() <= max as usize;
        if fits { Ok(text) } else { Err(Error::Invalid { field, rule }) }
    };
    Ok(SetReceivingAccount {
        currency: ask.currency,
        beneficiary: said(&ask.beneficiary, "beneficiary", 70)?,
        bank: said(&ask.bank, "bank", 100)?,
        iban: typed(&ask.iban).map_err(|fault| wrong(&fault))?.as_str().to_owned(),
    })
}

fn wrong(fault: &AccountFault) -> Error {
    let word = match fault {
        AccountFault::Empty => "empty",
        AccountFault::Character(_) => "character",
        AccountFault::Start => "start",
        AccountFault::Country(_) => "country",
        AccountFault::Length { .. } | AccountFault::Shape { .. } => "length",
        AccountFault::CheckDigits | AccountFault::Key => "digits",
    };
    Error::Refused(Box::new(Refusal::new(Code::Invalid, "invalid-account").about("iban").with("fault", word)))
}

async fn set_in(open: &Open, ask: &SetReceivingAccount) -> Result<ReceivingAccountView> {
    let before = receiving(open, ask.currency).await?.map(|account| account.view()).transpose()?;
    let end = "UPDATE receiving_account SET ended_at = $2 WHERE currency = $1 AND ended_at IS NULL";
    open.run(end, [ask.currency.word().into(), open.now.into()]).await?;
    let sql = "INSERT INTO receiving_account (id, currency, beneficiary, bank, iban, set_by, set_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        ReceivingAccountId::new(open.now).into(),
        ask.currency.word().into(),
        ask.beneficiary.clone().into(),
        ask.bank.clone().into(),
        ask.iban.clone().into(),
        open.principal.user().into(),
        open.now.into(),
    ];
    open.run(sql, values).await?;
    let set = receiving(open, ask.currency).await?;
    let view = set.ok_or_else(|| Error::Corrupt("an account is not stored".to_owned()))?.view()?;
    let change = Change { verb: "bank.account_set", subject: view.id.to_string(), before, after: Some(&view) };
    audit::record_installation(open, change).await?;
    Ok(view)
}
