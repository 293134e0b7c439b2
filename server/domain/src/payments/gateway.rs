//! The port to a provider of card payments; implemented where the provider is known. What is called here runs outside of
//! every transaction.

use std::pin::Pin;

use types::{Currency, OrganisationId, PaymentId, PaymentProvider, RefundId, Timestamp};

use super::cards::KeepsCards;

/// Why a provider did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It refuses for good, in its own word: asked again it says the same.
    #[error("refused: {0}")]
    Refused(String),
    /// It may have done it or not: nobody answered, or not in time, or the answer cannot be read. To be asked again with the
    /// same key.
    #[error("nobody knows: {0}")]
    Unsure(String),
}

/// What a provider answers, later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + Send + 'a>>;

/// Somebody who pays, as a provider is to know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCustomer {
    /// Sent with every try, so that one is made.
    pub key: String,
    /// Who.
    pub organisation: OrganisationId,
    /// What they are called.
    pub name: String,
}

/// A page on which somebody is to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCheckout {
    /// Sent with every try, so that one is made.
    pub key: String,
    /// What we call it.
    pub payment: PaymentId,
    /// Whose payment it is.
    pub organisation: OrganisationId,
    /// What the provider calls them.
    pub customer: String,
    /// Minor units.
    pub amount: i64,
    /// Of the amount.
    pub currency: Currency,
    /// What stands on the page beside the amount.
    pub title: String,
    /// Whether the card is kept for payments without anybody there.
    pub keeps_card: bool,
}

/// A page on which somebody can pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// What the provider calls it.
    pub session: String,
    /// Where it is; nothing where it is no longer open.
    pub pay_at: Option<String>,
}

/// Something of a provider's, by its own name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A page on which somebody can pay.
    Session(String),
    /// A movement of money.
    Intent(String),
}

impl Reference {
    /// What the provider calls it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Session(text) | Self::Intent(text) => text,
        }
    }
}

/// How far a payment is at the provider's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Somebody has to do something.
    Open,
    /// Nobody has to do anything, and it is not over.
    OnItsWay,
    /// It was refused, in the provider's own word.
    Failed(String),
    /// It was called off.
    Cancelled,
    /// Nobody paid in time.
    Expired,
    /// The provider has the money.
    Paid,
}

/// What a provider says of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its page, where that was asked for.
    pub session: Option<String>,
    /// The movement of money, once there is one.
    pub intent: Option<String>,
    /// What we call it, where the provider was told.
    pub payment: Option<PaymentId>,
    /// How far it is.
    pub seen: Seen,
    /// Minor units: what was taken where it is paid, else what is asked for.
    pub amount: i64,
    /// Of the amount; nothing for one that nobody has here.
    pub currency: Option<Currency>,
}

/// Something that a provider says has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What the provider calls it.
    pub id: String,
    /// What happened.
    pub kind: String,
    /// To what.
    pub object: Option<String>,
}

/// Money that is to go back to the card that paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    /// Sent with every try, so that one is made.
    pub key: String,
    /// What we call it.
    pub refund: RefundId,
    /// Whose money it was.
    pub organisation: OrganisationId,
    /// The movement of money of which it is.
    pub intent: String,
    /// Minor units.
    pub amount: i64,
}

/// How far a refund is at the provider's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundSeen {
    /// It is not over.
    OnItsWay,
    /// The money went back.
    Done,
    /// It did not, in the provider's own word.
    Failed(String),
}

/// What a provider says of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundLook {
    /// What the provider calls it.
    pub reference: String,
    /// What we call it, where the provider was told.
    pub refund: Option<RefundId>,
    /// The movement of money of which it is.
    pub intent: Option<String>,
    /// How far it is.
    pub seen: RefundSeen,
    /// Minor units.
    pub amount: i64,
    /// Of the amount; nothing for one that nobody has here.
    pub currency: Option<Currency>,
    /// The last four digits of the card, where that was said.
    pub card: Option<String>,
}

/// Which refunds are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundsOf {
    /// Those of a movement of money.
    Intent(String),
    /// Those of what a card was charged.
    Charge(String),
    /// Those that were made since then.
    Since(Timestamp),
}

/// A provider of card payments.
pub trait Gateway: KeepsCards + Send + Sync {
    /// Which one.
    fn provider(&self) -> PaymentProvider;

    /// Makes a customer; what the provider calls them.
    fn make_customer<'a>(&'a self, ask: &'a NewCustomer) -> Answer<'a, String>;

    /// Opens a page on which somebody can pay.
    fn open_checkout<'a>(&'a self, ask: &'a NewCheckout) -> Answer<'a, Checkout>;

    /// How far a payment is.
    fn look<'a>(&'a self, at: &'a Reference) -> Answer<'a, Look>;

    /// Gives money back to the card that paid.
    fn give_back<'a>(&'a self, ask: &'a NewRefund) -> Answer<'a, RefundLook>;

    /// How far a refund is, by the provider's name of it.
    fn look_at_refund<'a>(&'a self, reference: &'a str) -> Answer<'a, RefundLook>;

    /// All refunds of these, the latest first.
    fn list_refunds<'a>(&'a self, of: &'a RefundsOf) -> Answer<'a, Vec<RefundLook>>;

    /// All that has happened to payments since then.
    fn list_since(&self, since: Timestamp) -> Answer<'_, Vec<Event>>;
}
