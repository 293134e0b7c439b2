//! Money for the world's tenants, by the use cases that give it.

use domain::{
    Result,
    access::policy::{CloseBilling, GrantCredits as MayGrant},
    commands::Command,
    grants::{grant_credits, undo_grant},
    ledger::{checks, record_transfer},
};
use types::{Amount, GrantCredits, LotId, LotKind, LotView, Money, RecordTransfer, Timestamp, UndoGrant, WalletView};

use super::{JOB, Tenant, World};

/// A promo grant of so many micros that begins now, for everything and for ever.
pub(crate) fn gift(tenant: Tenant, micros: i64) -> GrantCredits {
    GrantCredits {
        kind: LotKind::Promo,
        name: "Welcome".to_owned(),
        amount: Amount::Money(Money { micros, currency: tenant.currency }),
        flavours: Vec::new(),
        projects: Vec::new(),
        effective_at: None,
        expires_at: None,
        priority: None,
        reason: "a test needs it".to_owned(),
    }
}

impl World {
    /// Books a bank transfer; the reference is also the command's key.
    pub(crate) async fn top_up(
        &self,
        tenant: Tenant,
        reference: &str,
        micros: i64,
        now: Timestamp,
    ) -> Result<WalletView> {
        let scope = self.scope::<CloseBilling>("finance@hub.test", tenant).await;
        let amount = Money { micros, currency: tenant.currency };
        let ask = RecordTransfer { reference: reference.to_owned(), amount };
        let command = Command::new(reference, "record_transfer", &ask)?;
        record_transfer(&self.db, &scope, ask, command, now).await
    }

    /// Gives a lot, as the incubator.
    pub(crate) async fn grant(&self, tenant: Tenant, key: &str, ask: GrantCredits, now: Timestamp) -> Result<LotView> {
        let scope = self.scope::<MayGrant>("incubator@hub.test", tenant).await;
        let command = Command::new(key, "grant_credits", &ask)?;
        grant_credits(&self.db, &scope, ask, command, now).await
    }

    /// Takes back what is left of a lot, as the incubator.
    pub(crate) async fn undo(&self, tenant: Tenant, key: &str, lot: LotId, now: Timestamp) -> Result<LotView> {
        let scope = self.scope::<MayGrant>("incubator@hub.test", tenant).await;
        let ask = UndoGrant { reason: "given by mistake".to_owned() };
        let command = Command::new(key, "undo_grant", &(lot, &ask))?;
        undo_grant(&self.db, &scope, lot, ask, command, now).await
    }

    /// Fails when anything in the ledger does not add up.
    pub(crate) async fn assert_balanced(&self) {
        let open = self.db.work(JOB, super::noon()).await.unwrap();
        assert_eq!(checks::run(&open).await.unwrap(), []);
    }
}
