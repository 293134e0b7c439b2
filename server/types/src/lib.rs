//! The words that every crate shares: ids, money, time, states, requests, views, problems.
//! Serde only, so that the browser can have them; nothing here decides anything.

mod access;
mod cluster;
mod currency;
mod id;
mod ledger;
mod list;
mod live;
mod prices;
mod problem;
mod refusal;
mod states;
mod timestamp;
mod word;

pub use access::{MemberView, MembershipView, ProjectView, SessionView};
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
pub use ledger::{
    Amount, CoverView, EntryKind, EntryView, GrantCredits, GrantPreview, LeftView, LotKind, LotView, PayerView,
    RecordTransfer, UndoGrant, WalletView,
};
pub use list::{Cursor, List};
pub use live::{LogLine, Patch, SlotPatch};
pub use prices::{PriceHistory, PriceView, SetPrice, SetTaxRule, TaxCategory, TaxRuleView};
pub use problem::{Code, Problem};
pub use refusal::{Argument, Refusal};
pub use states::{GpuKind, InstanceReason, IntervalReason, InvoiceStatus, Phase, Role, StaffRole, Wish};
pub use timestamp::Timestamp;
pub use word::UnknownWord;
