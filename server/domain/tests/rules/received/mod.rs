//! A hub that is paid by bank transfer, and the files that its bank gives.

use std::sync::Arc;

use crate::world::{Tenant, World, noon};
use domain::{
    Result,
    access::policy::{CloseBilling, ReadBalance, ReadInvoices, TopUpWallet},
    commands::Command,
    transfers::{
        announce_transfer, cancel_transfer, ignore_line, import_statement, line, list_waiting_lines, match_line,
        preview_statement, reopen_line, set_receiving_account, transfer_in, undo_match,
    },
};
use types::{
    AnnounceTransfer, BankLineId, BankLineView, Currency, Cursor, DecideLine, MatchLine, Money, ReceivingAccountView,
    SetReceivingAccount, StatementFormat, StatementPreview, StatementView, TransferId, TransferView, UploadStatement,
};
use uuid::Uuid;

/// The account of the samples.
pub(crate) const IBAN: &str = "MA64011519000001205000534921";

/// A booking of the hub's bank: its own reference, minor units, what was written, and who paid.
#[derive(Clone, Debug)]
pub(crate) struct Booking {
    pub(crate) bank_reference: String,
    pub(crate) amount: i64,
    pub(crate) remittance: String,
    pub(crate) payer: &'static str,
}

/// A booking by Payer 1.
pub(crate) fn booking(bank_reference: &str, amount: i64, remittance: &str) -> Booking {
    Booking { bank_reference: bank_reference.to_owned(), amount, remittance: remittance.to_owned(), payer: "Payer 1" }
}

/// A statement of these bookings, as MT940.
pub(crate) fn mt940(bookings: &[Booking]) -> String {
    let decimal = |minor: i64| format!("{},{:02}", minor.abs() / 100, minor.abs() % 100);
    let mut text = format!(":20:S1\n:25:{IBAN}\n:28C:1/1\n:60F:C261001MAD1000000,00\n");
    for Booking { bank_reference, amount, remittance, payer } in bookings {
        let sign = if *amount < 0 { 'D' } else { 'C' };
        text.push_str(&format!(":61:2610021002{sign}{}NTRFNONREF//{bank_reference}\n", decimal(*amount)));
        text.push_str(&format!(":86:166?00TRANSFER?20{remittance}?32{payer}\n"));
    }
    let closing = 100_000_000 + bookings.iter().map(|booking| booking.amount).sum::<i64>();
    text.push_str(&format!(":62F:C261003MAD{}\n-}}\n", decimal(closing)));
    text
}

/// The world with an account in dirhams.
pub(crate) struct Desk(pub(crate) Arc<World>);

impl Desk {
    pub(crate) async fn open() -> Self {
        let desk = Self(Arc::new(World::new().await));
        desk.set_account(IBAN).await.unwrap();
        desk
    }

    pub(crate) async fn set_account(&self, iban: &str) -> Result<ReceivingAccountView> {
        let survey = self.0.survey::<CloseBilling>("finance").await;
        let ask = SetReceivingAccount {
            currency: Currency::Mad,
            beneficiary: "Hub of Tétouan".to_owned(),
            bank: "Bank of Tétouan".to_owned(),
            iban: iban.to_owned(),
        };
        set_receiving_account(&self.0.db, &survey, ask, command("set_receiving_account"), noon()).await
    }

    /// Announces a top-up, as the tenant's billing.
    pub(crate) async fn announce(&self, tenant: Tenant, who: &str, minor: i64) -> Result<TransferView> {
        let scope = self.0.scope::<TopUpWallet>(who, tenant).await;
        let ask = AnnounceTransfer { amount: Money { micros: minor * 10_000, currency: tenant.currency } };
        announce_transfer(&self.0.db, &scope, ask, command("announce_transfer"), noon()).await
    }

    /// The same in Atlas, where it is right.
    pub(crate) async fn announced(&self, minor: i64) -> TransferView {
        self.announce(self.0.atlas, "billing@atlas.test", minor).await.unwrap()
    }

    pub(crate) async fn cancel(&self, transfer: TransferId) -> Result<TransferView> {
        let scope = self.0.scope::<TopUpWallet>("owner@atlas.test", self.0.atlas).await;
        cancel_transfer(&self.0.db, &scope, transfer, command("cancel_transfer"), noon()).await
    }

    pub(crate) async fn transfer(&self, transfer: TransferId) -> TransferView {
        let scope = self.0.scope::<ReadBalance>("owner@atlas.test", self.0.atlas).await;
        let tx = self.0.db.look(&scope, noon()).await.unwrap();
        transfer_in(&tx, &scope, transfer).await.unwrap()
    }

    pub(crate) async fn preview(&self, ask: &UploadStatement) -> Result<StatementPreview> {
        let survey = self.0.survey::<CloseBilling>("finance").await;
        preview_statement(&self.0.db, &survey, ask, noon()).await
    }

    pub(crate) async fn import(&self, ask: &UploadStatement) -> Result<StatementView> {
        let survey = self.0.survey::<CloseBilling>("finance").await;
        let views = import_statement(&self.0.db, &survey, ask, command("import_statement"), noon()).await?;
        assert_eq!(views.len(), 1);
        Ok(views.into_iter().next().unwrap())
    }

    /// Imports a statement of these bookings, which has to be right.
    pub(crate) async fn book(&self, bookings: &[Booking]) -> StatementView {
        self.import(&file(StatementFormat::Mt940, &mt940(bookings))).await.unwrap()
    }

    /// What waits for a person, the latest first.
    pub(crate) async fn waiting(&self) -> Vec<BankLineView> {
        let survey = self.0.survey::<ReadInvoices>("auditor").await;
        let open = self.0.db.survey(&survey, noon()).await.unwrap();
        list_waiting_lines(&open, &survey, &Cursor { cursor: None, limit: Some(200) }).await.unwrap().items
    }

    pub(crate) async fn line(&self, id: BankLineId) -> BankLineView {
        let survey = self.0.survey::<ReadInvoices>("auditor").await;
        let open = self.0.db.survey(&survey, noon()).await.unwrap();
        line(&open, &survey, id).await.unwrap()
    }

    pub(crate) async fn assign(&self, id: BankLineId, tenant: Tenant, transfer: Option<TransferId>) -> Result<()> {
        let survey = self.0.survey::<CloseBilling>("finance").await;
        let ask = MatchLine { organisation: tenant.slug.to_owned(), transfer };
        match_line(&self.0.db, &survey, id, &ask, command("match_line"), noon()).await
    }

    pub(crate) async fn undo(&self, id: BankLineId) -> Result<()> {
        let survey = self.0.survey::<CloseBilling>("finance").await;
        undo_match(&self.0.db, &survey, id, &because(), command("undo_match"), noon()).await
    }

    pub(crate) async fn ignore(&self, id: BankLineId) -> Result<()> {
        let survey = self.0.survey::<CloseBilling>("finance").await;
        ignore_line(&self.0.db, &survey, id, &because(), command("ignore_line"), noon()).await
    }

    pub(crate) async fn reopen(&self, id: BankLineId) -> Result<()> {
        let survey = self.0.survey::<CloseBilling>("finance").await;
        reopen_line(&self.0.db, &survey, id, command("reopen_line"), noon()).await
    }

    /// Minor units in the hub's bank, as the ledger has it.
    pub(crate) async fn in_bank(&self) -> i64 {
        -self.booked("bank").await
    }

    /// Minor units on a house account in dirhams; positive where the hub owes.
    pub(crate) async fn booked(&self, kind: &str) -> i64 {
        let sql = "SELECT (coalesce(sum(p.amount), 0) / 10000)::bigint AS n FROM posting p
                   JOIN account a ON a.id = p.account_id
                   WHERE a.organisation_id IS NULL AND a.kind = $1 AND a.unit = 'MAD'";
        self.0.number(sql, [kind.into()]).await
    }

    /// The one line that paid somebody.
    pub(crate) async fn matched(&self) -> BankLineId {
        let lines = self.any_matched(self.0.atlas).await;
        assert_eq!(lines.len(), 1);
        lines[0]
    }

    /// The lines that paid a tenant.
    pub(crate) async fn any_matched(&self, tenant: Tenant) -> Vec<BankLineId> {
        let sql = format!(
            "SELECT bank_line::text AS line FROM transfer_receipt
             WHERE undone_at IS NULL AND organisation_id = '{}' ORDER BY 1",
            tenant.id.uuid()
        );
        let rows = self.0.database().rows(&sql).await.unwrap();
        let id = |row: &serde_json::Value| BankLineId::from_uuid(row["line"].as_str().unwrap().parse().unwrap());
        rows.iter().map(id).collect()
    }

    /// Atlas' balance in minor units.
    pub(crate) async fn balance(&self) -> i64 {
        self.0.wallet(self.0.atlas, noon()).await.balance.micros / 10_000
    }
}

/// A command with a key of its own.
pub(crate) fn command(name: &'static str) -> Command {
    Command::new(&Uuid::now_v7().to_string(), name, &()).unwrap()
}

pub(crate) fn because() -> DecideLine {
    DecideLine { reason: "the bank says so".to_owned() }
}

/// A file to upload.
pub(crate) fn file(format: StatementFormat, content: &str) -> UploadStatement {
    UploadStatement {
        file_name: "statement".to_owned(),
        format,
        content: content.to_owned(),
        currency: Some(Currency::Mad).filter(|_| format == StatementFormat::Csv),
        mapping: None,
    }
}
