//! The words that every crate shares: ids, money, time, states, requests, views, problems.
//! Serde only, so that the browser can have them; nothing here decides anything.

mod access;
mod audit;
mod bank;
mod billing;
mod books;
mod budgets;
mod cards;
mod catalogue;
mod close;
mod clusters;
mod credit_notes;
mod currency;
mod disputes;
mod dunning;
mod frozen;
mod id;
mod instances;
mod invoices;
mod ledger;
mod list;
mod live;
mod mail;
mod metering;
mod organisations;
mod papers;
mod payments;
mod prices;
mod problem;
mod refunds;
mod refusal;
mod seen;
mod session;
mod sheets;
mod sign_offs;
mod staff;
mod states;
mod timestamp;
mod tokens;
mod transfers;
mod usage;
mod volumes;
mod wishes;
mod withholdings;
mod word;

pub use access::{
    AccountSettings, AnswerDomain, ChangeRole, ClaimDomain, DomainAnswer, DomainView, InvitationView, Invite,
    MakeProject, MemberView, MembershipView, OrganisationDomainView, ProjectClosingView, ProjectMembers, ProjectView,
    RenameProject, SessionView, SetProjectMembers,
};
pub use audit::{AuditFilter, AuditView, FieldChange};
pub use bank::{
    BankLineState, BankLineView, DecideLine, LinePlan, MatchClass, MatchLine, MatchReason, MatchWord,
    PayerOrganisation, PreviewedLine, PreviewedStatement, StatementPreview, StatementView,
};
pub use billing::{
    CloseBlocker, ClosePeriod, ClosedPeriodView, PeriodState, RunningPeriodView, WaiveCluster, WaiverView,
};
pub use books::{
    AccountBalance, AccountKind, Ageing, AgeingBuckets, AskBooks, AskJournal, AskVat, JournalEntry, JournalLine,
    OrganisationAgeing, OrganisationBalance, Revenue, RevenueMonth, TrialBalance, VatRow, VatSheet, VatSum,
};
pub use budgets::{BudgetSubject, BudgetView, BudgetWindow, SetBudget, SetSpendingLimit, SpendingLimit};
pub use cards::{AutoTopUpState, AutoTopUpView, CardState, SavedCardView, SetAutoTopUp};
pub use catalogue::{
    Alternative, FlavourView, LaunchPlan, PlanLaunch, PlannedMount, PlannedVolume, QuotaUse, QuotaView, QuoteView,
    SetQuota, TemplateView, Verdict, VerdictReason, VerdictWord,
};
pub use close::{
    CloseCheck, CloseLine, DraftLookView, FinaliseAll, FinaliseItemState, FinaliseItemView, FinaliseRunState,
    FinaliseRunView, LookAtDraft, MonthCloseView, MonthState, MonthSummary, OpenMonth,
};
pub use clusters::{
    AnswerQuestion, ClusterView, GpuView, HallView, NodeView, OperatorAnswer, OperatorQuestion, QuestionView,
    UnconfirmedView, WaitingView,
};
pub use credit_notes::{
    CreditDocument, CreditLine, CreditNoteSummary, CreditNoteView, CreditPreview, CreditReviewView, CreditedLine,
    InvoiceCredits, IssueCreditNote, LineCredits, RestoredLot,
};
pub use currency::{Currency, MICROS_PER_UNIT, Money};
pub use disputes::{
    AnswerDispute, ContestLine, DisputeAnswer, DisputeDeskView, DisputeState, DisputeView, InvoiceDisputes,
};
pub use dunning::{DunningCase, DunningRung, DunningStep, DunningView, OverdueView, PauseDunning, ResumeDunning};
pub use frozen::{
    AccountMovement, AccountStatement, ItemUnit, PayTo, ProForma, ProFormaItem, ProFormaTax, Receipt, ReceiptMeans,
    SettledDocument, Withheld,
};
#[cfg(feature = "database")]
pub use id::new_uuid;
pub use id::{
    BankLineId, BudgetId, ClusterId, CreditNoteId, DisputeId, DomainId, FinaliseRunId, FindingId, FlavourId,
    InstanceId, IntervalId, InvitationId, InvoiceId, LeaseId, LetterId, LotId, OrganisationId, PaperId, ParseIdError,
    PasskeyId, PaymentId, PeriodId, PriceId, ProjectId, ProposalId, ReceivingAccountId, RefundId, ResetId, SavedCardId,
    SessionId, SignOffId, StatementId, TaxRuleId, TokenId, TransferId, UserId, VolumeId, WithholdingId, WriteOffId,
};
pub use instances::{
    ChangeInstance, CostInputs, EventView, InstanceDetail, InstanceFilter, InstanceView, LaunchInstance, NewVolume,
    StopInstance,
};
pub use invoices::{
    Difference, Document, DocumentLine, DocumentTax, FinaliseInvoice, InvoiceSummary, InvoiceView, LineInstance,
    LineStretch, LineView, Party, Payer, PayerKind, Recalculation, ReviewReason, ReviewView, UnbilledLine,
};
pub use ledger::{
    Amount, CoverView, EntryKind, EntrySubject, EntryView, GrantCredits, GrantPreview, LeftView, LotKind, LotView,
    PayerView, RecordTransfer, UndoGrant, WalletView,
};
pub use list::{Cursor, List};
pub use live::{Fresh, LogLine, Patch, SlotPatch};
pub use mail::{LetterKind, LetterState, LetterView};
pub use metering::{AttemptView, IntervalView, StationView, UsageDay};
pub use organisations::{
    ClosingView, FoundOrganisation, OrganisationQuotaView, OrganisationSettings, OrganisationSettingsView,
    OrganisationStanding, OrganisationView,
};
pub use papers::{ArtifactKind, AskStatement, PaperFile, PaperKind, PaperView, WaitingPaperView};
pub use payments::{
    PaymentFinding, PaymentFindingView, PaymentProvider, PaymentState, PaymentView, SettleFinding, TopUpByCard,
};
pub use prices::{PriceHistory, PriceView, SetPrice, SetTaxRule, TaxCategory, TaxRuleView};
pub use problem::{Code, Problem};
pub use refunds::{
    AskRefund, CallOffRefund, DeskRefund, PaidRefund, RefundPreview, RefundRail, RefundState, RefundView,
    RefundableView,
};
pub use refusal::{Argument, Refusal};
pub use seen::{
    ClusterSeen, ContainerEnded, ContainerRuns, Deletion, EventSeen, FlavourSeen, GpuResource, NodeSeen, PodSeen,
    PodStage, Since,
};
pub use session::{PersonView, SignIn};
pub use sheets::{SheetDates, SheetDecimals, SheetDelimiter, SheetMapping, StatementFormat, UploadStatement};
pub use sign_offs::{
    AgreeSignOffLimit, MonthToSign, OwedInvoice, RefuseSignOff, SetSignOffLimit, SignBody, SignOffKind,
    SignOffLimitView, SignOffReview, SignOffState, SignOffView, UndoWriteOff, WaitingLimit, WriteOffDebt, WriteOffView,
    WriteOffs,
};
pub use staff::{
    AccountView, AskForFactorReset, BeginView, FactorResetView, ProposalView, ProposeStaff, RevokeStaff, StaffView,
};
pub use states::{GpuKind, InstanceReason, IntervalReason, InvoiceStatus, Phase, Role, StaffRole, Wish};
pub use timestamp::Timestamp;
pub use tokens::{MakeToken, NewTokenView, TokenView};
pub use transfers::{AnnounceTransfer, ReceivingAccountView, SetReceivingAccount, TransferState, TransferView};
pub use usage::{UsageBy, UsageGroup, UsageMonth, UsageStretch, UsageSum};
pub use volumes::{
    ChangeVolume, ClaimPhase, ClaimSeen, GrowVolume, MakeVolume, MountWish, UsedId, VolumeKeep, VolumePhase,
    VolumeView, VolumeWish,
};
pub use wishes::{InstanceWish, NamespaceWish, PodWish, PortWish, Resources, WishOutcome};
pub use withholdings::{
    InvoiceStanding, RecordWithholding, UndoWithholding, WithheldOf, WithholdingRate, WithholdingView,
};
pub use word::UnknownWord;
