//! The words that every crate shares: ids, money, time, states, requests, views, problems.
//! Serde only, so that the browser can have them; nothing here decides anything.

mod access;
mod audit;
mod billing;
mod cluster;
mod currency;
mod id;
mod invoices;
mod list;
mod live;
mod prices;
mod problem;
mod refusal;
mod states;
mod timestamp;
mod word;

pub use access::{MemberView, MembershipView, ProjectView, SessionView};
pub use audit::{AuditFilter, AuditView, FieldChange};
pub use billing::{
    CloseBlocker, ClosePeriod, ClosedPeriodView, PeriodState, RunningPeriodView, WaiveCluster, WaiverView,
};
pub use cluster::{
    ClusterSeen, ContainerEnded, ContainerRuns, Deletion, EventSeen, FlavourSeen, GpuResource, InstanceWish,
    NamespaceWish, NodeSeen, PodSeen, PodStage, PodWish, PortWish, Resources, Since, WishOutcome,
};
pub use currency::{Currency, MICROS_PER_UNIT, Money};
#[cfg(feature = "database")]
pub use id::new_uuid;
pub use id::{
    ClusterId, FlavourId, InstanceId, IntervalId, InvoiceId, LeaseId, LotId, OrganisationId, ParseIdError, PeriodId,
    PriceId, ProjectId, SessionId, TaxRuleId, UserId,
};
pub use invoices::{
    Difference, Document, DocumentLine, DocumentTax, FinaliseInvoice, InvoiceSummary, InvoiceView, LineInstance,
    LineStretch, LineView, Party, Payer, PayerKind, Recalculation, ReviewReason, ReviewView, UnbilledLine,
};
pub use list::{Cursor, List};
pub use live::{LogLine, Patch, SlotPatch};
pub use prices::{PriceHistory, PriceView, SetPrice, SetTaxRule, TaxCategory, TaxRuleView};
pub use problem::{Code, Problem};
pub use refusal::{Argument, Refusal};
pub use states::{GpuKind, InstanceReason, IntervalReason, InvoiceStatus, Phase, Role, StaffRole, Wish};
pub use timestamp::Timestamp;
pub use word::UnknownWord;
