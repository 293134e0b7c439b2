//! What a provider of card payments does with cards that are kept; the other part of the port stands in `gateway`. What is
//! called here runs outside of every transaction.

use types::{Currency, OrganisationId, PaymentId, SavedCardId};

use crate::payments::gateway::{Answer, Checkout, Look};

/// A page on which somebody is to give a card, without paying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSetup {
    /// Sent with every try, so that one is made.
    pub key: String,
    /// What we call the card.
    pub card: SavedCardId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What the provider calls them.
    pub customer: String,
    /// In what they pay.
    pub currency: Currency,
}

/// A card, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSeen {
    /// What the provider calls it.
    pub method: String,
    /// Whose card it is, in the provider's word.
    pub brand: String,
    /// The last four digits.
    pub last4: String,
    /// The last month in which it counts, 1 to 12.
    pub exp_month: i16,
    /// The year of that month.
    pub exp_year: i16,
}

/// What became of the card of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Somebody has to do something.
    Open,
    /// Nobody did in time.
    Expired,
    /// It is kept.
    Card(CardSeen),
    /// The page is done, and no card is kept.
    Nothing,
}

/// A payment with a card that is kept, while nobody is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCharge {
    /// Sent with every try, so that one is made.
    pub key: String,
    /// What we call it.
    pub payment: PaymentId,
    /// Whose payment it is.
    pub organisation: OrganisationId,
    /// What the provider calls them.
    pub customer: String,
    /// What the provider calls the card.
    pub method: String,
    /// Minor units.
    pub amount: i64,
    /// Of the amount.
    pub currency: Currency,
}

/// How far such a payment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// What the provider says of it. A refused card is `Failed`, with the provider's word.
    pub look: Look,
    /// Where somebody shows their bank that it is them; nothing where nobody has to or can.
    pub confirm_at: Option<String>,
}

/// That a card is kept no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forget {
    /// Sent with every try.
    pub key: String,
    /// What the provider calls the card.
    pub method: String,
}

/// The part of a provider that keeps cards.
pub trait KeepsCards: Send + Sync {
    /// Opens a page on which somebody can give a card.
    fn open_setup<'a>(&'a self, ask: &'a NewSetup) -> Answer<'a, Checkout>;

    /// What became of the card of a page, one to pay on or one to give a card on.
    fn kept_card<'a>(&'a self, session: &'a str) -> Answer<'a, Kept>;

    /// Takes money while nobody is there.
    fn charge<'a>(&'a self, ask: &'a NewCharge) -> Answer<'a, Charged>;

    /// How far a payment without anybody there is, found by what we call it; nothing where the provider has none.
    fn find_charge<'a>(&'a self, customer: &'a str, payment: PaymentId) -> Answer<'a, Option<Charged>>;

    /// Keeps a card no more.
    fn forget_card<'a>(&'a self, ask: &'a Forget) -> Answer<'a, ()>;
}
