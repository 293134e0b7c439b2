//! The ways through an organisation, and who may go them.

use domain::access::{
    Seat,
    policy::{
        ChangeOrganisation, HoldTokens, LaunchInstances, ReadAudit, ReadBalance, ReadInstances, ReadInvoices,
        ReadMembers, ReadOrganisation, ReadUsage,
    },
};
use messages::{Words, say};

use crate::components::Icon;

/// A screen that the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What runs, what it costs, what needs attention.
    Overview,
    /// The catalogue and the launch.
    Launch,
    /// All instances.
    Instances,
    /// Storage that outlives them.
    Volumes,
    /// Seconds and their cost.
    Usage,
    /// Balance, lots, entries.
    Wallet,
    /// Documents.
    Invoices,
    /// People and roles.
    Members,
    /// Shares of the organisation, and their budgets.
    Projects,
    /// What programs come with.
    Tokens,
    /// Who changed what.
    Audit,
    /// Name and billing identity.
    Settings,
}

impl Way {
    /// The path after the organisation.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Launch => "/launch",
            Self::Instances => "/instances",
            Self::Volumes => "/volumes",
            Self::Usage => "/usage",
            Self::Wallet => "/wallet",
            Self::Invoices => "/invoices",
            Self::Members => "/members",
            Self::Projects => "/projects",
            Self::Tokens => "/tokens",
            Self::Audit => "/audit",
            Self::Settings => "/settings",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn words(self, words: &Words) -> String {
        match self {
            Self::Overview => say!(words, "nav-overview"),
            Self::Launch => say!(words, "nav-launch"),
            Self::Instances => say!(words, "nav-instances"),
            Self::Volumes => say!(words, "nav-volumes"),
            Self::Usage => say!(words, "nav-usage"),
            Self::Wallet => say!(words, "nav-wallet"),
            Self::Invoices => say!(words, "nav-invoices"),
            Self::Members => say!(words, "nav-members"),
            Self::Projects => say!(words, "nav-projects"),
            Self::Tokens => say!(words, "nav-tokens"),
            Self::Audit => say!(words, "nav-audit"),
            Self::Settings => say!(words, "nav-settings"),
        }
    }

    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Overview => Icon::Home,
            Self::Launch => Icon::Plus,
            Self::Instances => Icon::Server,
            Self::Volumes => Icon::Disk,
            Self::Usage => Icon::Bars,
            Self::Wallet => Icon::Wallet,
            Self::Invoices => Icon::Document,
            Self::Members => Icon::People,
            Self::Projects => Icon::Gauge,
            Self::Tokens => Icon::Key,
            Self::Audit => Icon::Shield,
            Self::Settings => Icon::Sliders,
        }
    }

    pub(crate) fn is_open_to(self, seat: &Seat) -> bool {
        match self {
            Self::Overview => seat.may::<ReadOrganisation>(),
            Self::Launch => seat.may::<LaunchInstances>(),
            Self::Instances | Self::Volumes => seat.may::<ReadInstances>(),
            Self::Usage => seat.may::<ReadUsage>(),
            Self::Wallet => seat.may::<ReadBalance>(),
            Self::Invoices => seat.may::<ReadInvoices>(),
            Self::Members => seat.may::<ReadMembers>(),
            Self::Projects => seat.may::<ReadOrganisation>(),
            Self::Tokens => seat.may::<HoldTokens>(),
            Self::Audit => seat.may::<ReadAudit>(),
            Self::Settings => seat.may::<ChangeOrganisation>(),
        }
    }
}
