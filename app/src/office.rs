//! What a staff screen stands in: who is there, with which proof across organisations, and the frame around.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    response::Response,
};
use domain::{
    Open,
    access::{
        Actor, Permission, Survey,
        policy::{
            ConfirmDomains, GrantCredits, MaintainMail, ReadInstallationAudit, ReadInvoices, ReadNodes,
            ReadOrganisation, ReadStaff, SetPrices, SetQuotas,
        },
    },
    organisations,
};
use leptos::prelude::AnyView;
use messages::{Words, say};
use session::{Now, Portal, Refused, Signed, Staff};
use types::Timestamp;

use crate::{
    Flash, Page, Site, Visit,
    components::{Account, Crumb, Icon, Item, Organisation, Section, Shell, Switcher},
    flash::redirect,
};

/// A request of staff who may do `P` across organisations.
#[derive(Clone, Debug)]
pub struct Office<P> {
    /// Database, clock and settings.
    pub portal: Portal,
    /// The request's instant.
    pub now: Timestamp,
    /// Language, colours, address.
    pub visit: Visit,
    /// Who it is.
    pub actor: Actor,
    /// The proof.
    pub survey: Survey<P>,
}

/// A staff screen that the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffWay {
    /// Nodes with a cell per GPU, and what needs a decision.
    Hall,
    /// All nodes.
    Nodes,
    /// What waits, and why.
    Waiting,
    /// Letters that did not leave.
    Letters,
    /// The hub's own people.
    People,
    /// All tenants.
    Organisations,
    /// What they may hold.
    Quotas,
    /// Whose people come in by themselves.
    Domains,
    /// What they were given.
    Grants,
    /// What things cost.
    Prices,
    /// Periods and drafts.
    Billing,
    /// What the bank says has come.
    Bank,
    /// What the ledger sums up to.
    Books,
    /// Who did what.
    Audit,
}

impl StaffWay {
    /// The whole path.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Hall => "/staff",
            Self::Nodes => "/staff/nodes",
            Self::Waiting => "/staff/waiting",
            Self::Letters => "/staff/letters",
            Self::People => "/staff/people",
            Self::Organisations => "/staff/organisations",
            Self::Quotas => "/staff/quotas",
            Self::Domains => "/staff/domains",
            Self::Grants => "/staff/grants",
            Self::Prices => "/staff/prices",
            Self::Billing => "/staff/billing",
            Self::Bank => "/staff/bank",
            Self::Books => "/staff/books",
            Self::Audit => "/staff/audit",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn words(self, words: &Words) -> String {
        match self {
            Self::Hall => say!(words, "nav-hall"),
            Self::Nodes => say!(words, "nav-nodes"),
            Self::Waiting => say!(words, "nav-waiting"),
            Self::Letters => say!(words, "nav-letters"),
            Self::People => say!(words, "nav-people"),
            Self::Organisations => say!(words, "nav-organisations"),
            Self::Quotas => say!(words, "nav-quotas"),
            Self::Domains => say!(words, "nav-domains"),
            Self::Grants => say!(words, "nav-grants"),
            Self::Prices => say!(words, "nav-prices"),
            Self::Billing => say!(words, "nav-billing"),
            Self::Bank => say!(words, "nav-bank"),
            Self::Books => say!(words, "nav-books"),
            Self::Audit => say!(words, "nav-audit"),
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Hall => Icon::Home,
            Self::Nodes => Icon::Server,
            Self::Waiting => Icon::Clock,
            Self::Letters => Icon::Mail,
            Self::People => Icon::Person,
            Self::Organisations => Icon::People,
            Self::Quotas => Icon::Gauge,
            Self::Domains => Icon::Globe,
            Self::Grants => Icon::Gift,
            Self::Prices => Icon::Tag,
            Self::Billing => Icon::Document,
            Self::Bank => Icon::Wallet,
            Self::Books => Icon::Bars,
            Self::Audit => Icon::Shield,
        }
    }

    fn open_to(self, actor: &Actor) -> bool {
        match self {
            Self::Hall | Self::Nodes | Self::Waiting => actor.prove::<ReadNodes>().is_ok(),
            Self::Letters => actor.prove::<MaintainMail>().is_ok(),
            Self::People => actor.prove::<ReadStaff>().is_ok(),
            Self::Organisations => actor.prove::<ReadOrganisation>().is_ok(),
            Self::Quotas => actor.prove::<SetQuotas>().is_ok(),
            Self::Domains => actor.prove::<ConfirmDomains>().is_ok(),
            Self::Grants => actor.prove::<GrantCredits>().is_ok(),
            Self::Prices => actor.prove::<SetPrices>().is_ok(),
            Self::Billing | Self::Books | Self::Bank => actor.prove::<ReadInvoices>().is_ok(),
            Self::Audit => actor.prove::<ReadInstallationAudit>().is_ok(),
        }
    }

    /// The first way that is open to the actor, where staff begin; nothing for people who are not staff.
    #[must_use]
    pub fn first_of(actor: &Actor) -> Option<Self> {
        GROUPS.iter().flat_map(|(_, ways)| *ways).copied().find(|way| way.open_to(actor))
    }
}

#[derive(Clone, Copy)]
enum Group {
    Hub,
    Tenants,
    Finance,
}

const GROUPS: [(Group, &[StaffWay]); 3] = [
    (Group::Hub, &[StaffWay::Hall, StaffWay::Nodes, StaffWay::Waiting, StaffWay::Letters, StaffWay::People]),
    (Group::Tenants, &[StaffWay::Organisations, StaffWay::Domains, StaffWay::Quotas, StaffWay::Grants]),
    (Group::Finance, &[StaffWay::Prices, StaffWay::Billing, StaffWay::Bank, StaffWay::Books, StaffWay::Audit]),
];

impl<P: Permission> Office<P> {
    /// How to write for this person.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.visit.words
    }

    /// A fresh idempotency key for a form.
    #[must_use]
    pub fn key(&self) -> String {
        types::new_uuid(self.now).to_string()
    }

    /// Opens the one reading transaction of the page, across organisations.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn look(&self) -> Result<Open, Refused> {
        Ok(self.portal.db.survey(&self.survey, self.now).await?)
    }

    /// The frame.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn shell(&self, here: StaffWay) -> Result<Shell, Refused> {
        let (words, person) = (self.words(), self.actor.person());
        let memberships = organisations::list_memberships(&self.portal.db, &self.actor).await?;
        let others = memberships.into_iter().map(|other| Organisation {
            role: words.role(other.role),
            href: format!("/o/{}", other.slug),
            name: other.name,
        });
        let roles = person.staff.iter().map(|role| words.staff_role(*role)).collect::<Vec<_>>();
        let role = roles.join(&say!(words, "list-and"));
        Ok(Shell {
            switcher: Switcher { name: say!(words, "staff-area"), role, others: others.collect() },
            sections: self.sections(here),
            wallet: None,
            notice: None,
            account: Account { name: person.name.clone(), email: person.email.clone() },
        })
    }

    /// A page at `way`.
    #[must_use]
    pub fn page(&self, shell: Shell, way: StaffWay, view: impl FnOnce() -> AnyView) -> Page {
        let crumbs = vec![self.home(), Crumb::here(way.words(self.words()))];
        Page::within(&self.visit, shell, &way.words(self.words()), crumbs, view)
    }

    /// A page of one thing, called `name`, beneath `way`.
    #[must_use]
    pub fn page_of(&self, shell: Shell, way: StaffWay, name: &str, view: impl FnOnce() -> AnyView) -> Page {
        let crumbs = vec![self.home(), Crumb::to(way.path(), way.words(self.words())), Crumb::here(name)];
        Page::within(&self.visit, shell, name, crumbs, view)
    }

    /// On to `path`, where `flash` is said.
    #[must_use]
    pub fn redirect(&self, path: &str, flash: Flash) -> Response {
        redirect(&self.portal.settings, path, flash)
    }

    fn home(&self) -> Crumb {
        let first = StaffWay::first_of(&self.actor).unwrap_or(StaffWay::Hall);
        Crumb::to(first.path(), say!(self.words(), "staff-area"))
    }

    fn sections(&self, here: StaffWay) -> Vec<Section> {
        let words = self.words();
        let item = |way: StaffWay| Item {
            icon: way.icon(),
            words: way.words(words),
            href: way.path().to_owned(),
            count: None,
            here: way == here,
        };
        let section = |(group, ways): (Group, &[StaffWay])| {
            let heading = match group {
                Group::Hub => say!(words, "nav-hub"),
                Group::Tenants => say!(words, "nav-tenants"),
                Group::Finance => say!(words, "nav-finance"),
            };
            let items = ways.iter().filter(|way| way.open_to(&self.actor)).map(|way| item(*way)).collect::<Vec<_>>();
            (!items.is_empty()).then_some(Section { heading: Some(heading), items })
        };
        GROUPS.into_iter().filter_map(section).collect()
    }
}

impl<P: Permission, S> FromRequestParts<S> for Office<P>
where
    Portal: FromRef<S>,
    Site: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let Signed(actor) = <Signed as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let Staff(survey) = Staff::<P>::from_request_parts(parts, state).await?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let Ok(visit) = Visit::from_request_parts(parts, state).await;
        Ok(Self { portal: Portal::from_ref(state), now, visit, actor, survey })
    }
}
