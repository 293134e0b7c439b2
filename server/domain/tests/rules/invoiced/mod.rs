//! The books of a tenant of the world, as finance keeps them: usage, closing, finalising, recalculating.

#![allow(dead_code, reason = "each test file uses its part of the books")]

use std::sync::Arc;

use domain::{
    Result,
    access::{
        Permission, Scope,
        policy::{CloseBilling, GrantCredits as MayGrant, IssueCreditNotes, ReadBalance, ReadInvoices},
    },
    billing::{close_period, list_running_periods, waive_cluster},
    commands::Command,
    grants::{grant_credits, list_lots_in},
    invoices::{
        credit_notes_of_in, finalise_invoice, invoice_in, issue_credit_note, list_for_review, preview_credit_note,
        recalculate_in,
    },
    ledger::{record_transfer, wallet_in},
    settlement,
};
use types::{
    Amount, ClosePeriod, ClosedPeriodView, CreditLine, CreditNoteView, CreditPreview, Cursor, Document,
    FinaliseInvoice, GrantCredits, InvoiceCredits, InvoiceId, InvoiceView, IssueCreditNote, LotKind, LotView, Money,
    PeriodId, Recalculation, RecordTransfer, ReviewView, RunningPeriodView, WaiveCluster, WaiverView, WalletView,
};
use uuid::Uuid;

pub(crate) use crate::world::at;
use crate::world::{JOB, Tenant, World, facts::Lease, organisation, start};

/// When the month that the tests bill begins, and when all of it is known.
const OCTOBER: &str = "2026-10-01T00:00:00Z";
const KNOWN: &str = "2026-11-02T00:00:00Z";

/// The books of one tenant.
pub(crate) struct Books {
    pub(crate) world: Arc<World>,
    pub(crate) tenant: Tenant,
}

fn fresh(body: &impl serde::Serialize) -> Command {
    Command::new(&Uuid::now_v7().to_string(), "test", body).unwrap()
}

/// Asks to take these parts of an invoice back.
pub(crate) fn correction(invoice: InvoiceId, lines: &[CreditLine]) -> IssueCreditNote {
    IssueCreditNote { invoice, lines: lines.to_vec(), reason: "a node fault".to_owned(), sha256: None }
}

/// The unbilled time of a document, by reason.
pub(crate) fn lost_seconds(document: &Document) -> Vec<(String, i64)> {
    document.unbilled.iter().map(|line| (line.reason.word().to_owned(), line.unit_seconds)).collect()
}

impl Books {
    /// A world in which the atlas company's October runs.
    pub(crate) async fn open() -> Self {
        let world = Arc::new(World::new().await);
        let tenant = world.atlas;
        let books = Self { world, tenant };
        books.reach_october().await;
        books
    }

    /// The books of another Moroccan company in the same world; its instances are launched by the atlas's people.
    pub(crate) async fn another(&self, slug: &str) -> Self {
        let ask = organisation(slug, self.tenant.currency, "MA");
        let id = self.world.founding.open_organisation(&ask, start()).await.unwrap();
        let project = self.world.founding.add_project(id, "research", "Research", start()).await.unwrap();
        let books = Self { world: self.world.clone(), tenant: Tenant { id, project, ..self.tenant } };
        books.reach_october().await;
        books
    }

    pub(crate) async fn reach_october(&self) {
        while self.running().await.ends_at <= at(OCTOBER) {
            let closed = self.close("2026-10-01T00:02:00Z").await.unwrap();
            assert_eq!(closed.invoice, None, "nothing was used, so there is nothing to bill");
        }
    }

    /// An instance of so many whole GPUs that was billed from one instant to another and then ended.
    pub(crate) async fn usage(&self, units: i32, from: &str, to: &str) -> Lease {
        let lease = self.world.lease(self.tenant, self.world.h100, units, at(from)).await;
        self.world.billable(lease, at(from), Some(at(to))).await;
        self.world.end(lease, at(to)).await;
        lease
    }

    /// An instance of one GPU that is ready since `from`, with the fact behind it.
    pub(crate) async fn running_usage(&self, from: &str) -> Lease {
        let lease = self.world.lease(self.tenant, self.world.h100, 1, at(from)).await;
        self.world.billable(lease, at(from), None).await;
        let sql = "INSERT INTO lease_fact (organisation_id, lease_id, kind, generation, stated_at, seen_at)
                   VALUES ($1, $2, 'ready', 0, $3, $3)";
        self.world.run(sql, [self.tenant.id.into(), lease.id.into(), at(from).into()]).await;
        lease
    }

    pub(crate) async fn running(&self) -> RunningPeriodView {
        let survey = self.world.survey::<ReadInvoices>("finance").await;
        let open = self.world.db.survey(&survey, at(OCTOBER)).await.unwrap();
        let mut page = Cursor { cursor: None, limit: Some(200) };
        loop {
            let list = list_running_periods(&open, &survey, &page).await.unwrap();
            if let Some(period) = list.items.into_iter().find(|period| period.organisation == self.tenant.id) {
                return period;
            }
            page.cursor = Some(list.next_cursor.expect("a period of every organisation runs"));
        }
    }

    /// What the person of the hub may do for the tenant.
    pub(crate) async fn scope<P: Permission>(&self, role: &str) -> Scope<P> {
        let actor = self.world.actor(&format!("{role}@hub.test")).await;
        actor.enter(&self.world.db, &self.tenant.id.to_string()).await.unwrap().prove().unwrap()
    }

    pub(crate) async fn settle(&self, now: &str) {
        settlement::settle(&self.world.db, JOB, self.tenant.id, at(now)).await.unwrap();
    }

    pub(crate) async fn close(&self, now: &str) -> Result<ClosedPeriodView> {
        self.close_period(self.running().await.period, now).await
    }

    pub(crate) async fn close_period(&self, period: PeriodId, now: &str) -> Result<ClosedPeriodView> {
        let scope = self.scope::<CloseBilling>("finance").await;
        let ask = ClosePeriod { period };
        let command = fresh(&ask);
        close_period(&self.world.db, &scope, ask, command, at(now)).await
    }

    /// October's draft, after the cluster was seen beyond its end.
    pub(crate) async fn closed(&self) -> InvoiceView {
        self.world.observe(at(KNOWN)).await;
        self.invoice(self.close(KNOWN).await.unwrap().invoice.unwrap()).await
    }

    pub(crate) async fn waive(&self, now: &str) -> Result<WaiverView> {
        let scope = self.scope::<CloseBilling>("finance").await;
        let period = self.running().await.period;
        let ask = WaiveCluster { period, cluster: self.world.cluster, reason: "burnt down".to_owned() };
        let command = fresh(&ask);
        waive_cluster(&self.world.db, &scope, ask, command, at(now)).await
    }

    pub(crate) async fn invoice(&self, invoice: InvoiceId) -> InvoiceView {
        let scope = self.scope::<ReadInvoices>("finance").await;
        let tx = self.world.db.look(&scope, at(KNOWN)).await.unwrap();
        invoice_in(&tx, &scope, invoice).await.unwrap()
    }

    /// Finalises what the draft comes to now.
    pub(crate) async fn finalise(&self, invoice: InvoiceId, now: &str) -> Result<InvoiceView> {
        let sha256 = self.invoice(invoice).await.sha256;
        self.finalise_seen(invoice, &sha256, now).await
    }

    pub(crate) async fn finalise_seen(&self, invoice: InvoiceId, sha256: &str, now: &str) -> Result<InvoiceView> {
        let scope = self.scope::<CloseBilling>("finance").await;
        let ask = FinaliseInvoice { invoice, sha256: sha256.to_owned() };
        let command = fresh(&ask);
        finalise_invoice(&self.world.db, &scope, ask, command, at(now)).await
    }

    pub(crate) async fn recalculate(&self, invoice: InvoiceId) -> Recalculation {
        let scope = self.scope::<ReadInvoices>("auditor").await;
        let tx = self.world.db.look(&scope, at(KNOWN)).await.unwrap();
        recalculate_in(&tx, &scope, invoice).await.unwrap()
    }

    pub(crate) async fn review(&self, invoice: InvoiceId) -> ReviewView {
        let survey = self.world.survey::<ReadInvoices>("finance").await;
        let open = self.world.db.survey(&survey, at(KNOWN)).await.unwrap();
        let page = Cursor { cursor: None, limit: Some(200) };
        let list = list_for_review(&open, &survey, None, &page).await.unwrap();
        list.items.into_iter().find(|review| review.invoice.id == invoice).unwrap()
    }

    pub(crate) async fn gift(&self, micros: i64, now: &str) {
        self.grant(LotKind::Promo, micros, now).await;
    }

    pub(crate) async fn sponsor(&self, micros: i64, now: &str) {
        self.grant(LotKind::Sponsored, micros, now).await;
    }

    async fn grant(&self, kind: LotKind, micros: i64, now: &str) {
        self.give(self.lot(kind, Amount::Money(self.money(micros))), now).await;
    }

    pub(crate) fn money(&self, micros: i64) -> Money {
        Money { micros, currency: self.tenant.currency }
    }

    /// A lot for everything and for ever.
    pub(crate) fn lot(&self, kind: LotKind, amount: Amount) -> GrantCredits {
        GrantCredits {
            kind,
            name: kind.word().to_owned(),
            amount,
            flavours: Vec::new(),
            projects: Vec::new(),
            effective_at: None,
            expires_at: None,
            priority: None,
            reason: "a test needs it".to_owned(),
        }
    }

    pub(crate) async fn give(&self, ask: GrantCredits, now: &str) -> LotView {
        let scope = self.scope::<MayGrant>("incubator").await;
        let command = fresh(&ask);
        grant_credits(&self.world.db, &scope, ask, command, at(now)).await.unwrap()
    }

    /// The tenant's lots at an instant, the latest first.
    pub(crate) async fn lots(&self, now: &str) -> Vec<LotView> {
        let scope = self.scope::<ReadBalance>("finance").await;
        let tx = self.world.db.look(&scope, at(now)).await.unwrap();
        list_lots_in(&tx, &scope).await.unwrap().items
    }

    /// What the tenant has at an instant.
    pub(crate) async fn wallet(&self, now: &str) -> WalletView {
        let scope = self.scope::<ReadBalance>("finance").await;
        wallet_in(&self.world.db.look(&scope, at(now)).await.unwrap(), &scope).await.unwrap()
    }

    /// Credits these parts of an invoice, all that is left of it where there are none.
    pub(crate) async fn credit(&self, invoice: InvoiceId, lines: &[CreditLine], now: &str) -> Result<CreditNoteView> {
        let ask = correction(invoice, lines);
        let command = fresh(&ask);
        self.credit_by(ask, command, now).await
    }

    pub(crate) async fn credit_by(&self, ask: IssueCreditNote, command: Command, now: &str) -> Result<CreditNoteView> {
        let scope = self.scope::<IssueCreditNotes>("finance").await;
        issue_credit_note(&self.world.db, &scope, ask, command, at(now)).await
    }

    pub(crate) async fn credit_preview(&self, ask: &IssueCreditNote, now: &str) -> Result<CreditPreview> {
        let scope = self.scope::<IssueCreditNotes>("finance").await;
        preview_credit_note(&self.world.db, &scope, ask, at(now)).await
    }

    /// What has become of an invoice.
    pub(crate) async fn credits(&self, invoice: InvoiceId) -> InvoiceCredits {
        let scope = self.scope::<ReadInvoices>("auditor").await;
        let tx = self.world.db.look(&scope, at(KNOWN)).await.unwrap();
        credit_notes_of_in(&tx, &scope, invoice).await.unwrap()
    }

    pub(crate) async fn top_up(&self, micros: i64, now: &str) {
        let scope = self.scope::<CloseBilling>("finance").await;
        let amount = Money { micros, currency: self.tenant.currency };
        let ask = RecordTransfer { reference: format!("transfer {}", Uuid::now_v7()), amount };
        let command = fresh(&ask);
        record_transfer(&self.world.db, &scope, ask, command, at(now)).await.unwrap();
    }

    /// Fails unless everything that was set aside for invoiced time has become revenue, tax or rounding.
    pub(crate) async fn ledger_adds_up(&self) {
        let sums = "SELECT coalesce(sum(p.amount), 0)::bigint AS n FROM posting p JOIN account a ON a.id = p.account_id
                    WHERE p.organisation_id = $1 AND a.kind = $2 AND a.organisation_id IS NULL";
        let sum = async |kind: &str| self.world.number(sums, [self.tenant.id.into(), kind.into()]).await;
        assert_eq!((sum("accrued").await, sum("accrued_tax").await), (0, 0));
        let said = "SELECT coalesce(sum(net), 0)::bigint * 10000 AS n FROM invoice WHERE organisation_id = $1 AND status = 'finalised'";
        assert_eq!(sum("revenue").await, self.world.number(said, [self.tenant.id.into()]).await);
        let said = "SELECT coalesce(sum(tax), 0)::bigint * 10000 AS n FROM invoice WHERE organisation_id = $1 AND status = 'finalised'";
        assert_eq!(sum("tax").await, self.world.number(said, [self.tenant.id.into()]).await);
    }
}
