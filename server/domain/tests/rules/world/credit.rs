//! Money for the world's tenants, by the use cases that give it.

use domain::{
    Result,
    access::policy::{CloseBilling, GrantCredits as MayGrant, LaunchInstances, ReadBalance},
    commands::{Command, once},
    grants::{grant_credits, list_lots_in, undo_grant},
    ledger::{COVER_S, Terms, checks, open_hold_in, record_transfer, wallet_in},
    settlement::{follow_rates, organisations_with_new_rates, recalculate_timer, settle},
};
use types::{
    Amount, CoverView, FlavourId, GrantCredits, LotId, LotKind, LotView, Money, RecordTransfer, Timestamp, UndoGrant,
    WalletView,
};

use super::{JOB, Tenant, World, facts::Lease};

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

    /// Settles a tenant; whether a settlement was made.
    pub(crate) async fn settle(&self, tenant: Tenant, now: Timestamp) -> bool {
        settle(&self.db, JOB, tenant.id, now).await.unwrap()
    }

    /// Calculates a tenant's timer again, as metering does after it changed facts.
    pub(crate) async fn recalculate(&self, tenant: Tenant, now: Timestamp) {
        recalculate_timer(&self.db, JOB, tenant.id, now).await.unwrap();
    }

    /// Calculates the timers of all whose rates changed, as the worker does each second.
    pub(crate) async fn follow_rates(&self, now: Timestamp) {
        let open = self.db.work(JOB, now).await.unwrap();
        for organisation in organisations_with_new_rates(&open).await.unwrap() {
            follow_rates(&self.db, JOB, organisation, now).await.unwrap();
        }
    }

    /// Sets aside an hour for a lease, as its launch does. The key is the lease's id.
    pub(crate) async fn hold(&self, tenant: Tenant, lease: Lease, terms: Terms, now: Timestamp) -> Result<CoverView> {
        let scope = self.scope::<LaunchInstances>("developer@everywhere.test", tenant).await;
        let command = Command::new(&lease.id.to_string(), "hold", &lease.id)?;
        once(self.db.begin(&scope, now).await?, command, async |tx| open_hold_in(tx, &terms).await).await
    }

    /// What so many units of a flavour cost a tenant at a net price and a tax.
    pub(crate) fn terms(
        &self,
        tenant: Tenant,
        lease: Lease,
        flavour: FlavourId,
        units: u32,
        price: (i64, i32),
    ) -> Terms {
        let (micros_per_hour, rate_ppm) = price;
        let (project, currency) = (tenant.project, tenant.currency);
        Terms { lease: lease.id, project, flavour, units, currency, micros_per_hour, rate_ppm, seconds: COVER_S }
    }

    /// What the tenant has at an instant.
    pub(crate) async fn wallet(&self, tenant: Tenant, now: Timestamp) -> WalletView {
        let scope = self.scope::<ReadBalance>("finance@hub.test", tenant).await;
        wallet_in(&self.db.look(&scope, now).await.unwrap(), &scope).await.unwrap()
    }

    /// The tenant's lots at an instant, the latest first.
    pub(crate) async fn lots(&self, tenant: Tenant, now: Timestamp) -> Vec<LotView> {
        let scope = self.scope::<ReadBalance>("finance@hub.test", tenant).await;
        list_lots_in(&self.db.look(&scope, now).await.unwrap(), &scope).await.unwrap().items
    }

    /// Fails when anything in the ledger does not add up.
    pub(crate) async fn assert_balanced(&self) {
        let open = self.db.work(JOB, super::noon()).await.unwrap();
        assert_eq!(checks::run(&open).await.unwrap(), []);
    }
}
