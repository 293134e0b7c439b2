//! A double of a provider of payments, in memory: it keeps what it says of keys and loses answers as it is told. The real one
//! is spoken to in `server/stripe`.

#![allow(dead_code, reason = "not every program of tests needs all of it")]

mod cards;

use std::sync::{Mutex, MutexGuard};

use domain::{
    access::policy::TopUpWallet,
    commands::Command,
    payments::{
        Answer, Checkout, Event, Gateway, Look, NewCheckout, NewCustomer, NewRefund, Reference, RefundLook, RefundSeen,
        RefundsOf, Seen, Trouble, top_up_by_card,
    },
};
use types::{Currency, Money, PaymentId, PaymentProvider, PaymentView, RefundId, Timestamp, TopUpByCard};

use crate::world::{World, noon};

/// How an answer is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// It is not.
    Not,
    /// Before anything is done.
    Before,
    /// After all of it is.
    After,
}

/// The double.
#[derive(Default)]
pub(crate) struct Double(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    sessions: Vec<Session>,
    customers: Vec<String>,
    lost: Vec<Lost>,
    events: Vec<Event>,
    keeping: cards::Keeping,
    refunds: Vec<Given>,
    /// What becomes of refunds from now on, once they are made; done where nothing is said.
    fate: Option<RefundSeen>,
    /// The word by which every refund is refused.
    refuses: Option<String>,
}

#[derive(Clone)]
struct Given {
    ask: NewRefund,
    seen: RefundSeen,
}

impl Given {
    fn look(&self) -> RefundLook {
        RefundLook {
            reference: format!("re_{}", self.ask.refund),
            refund: Some(self.ask.refund),
            intent: Some(self.ask.intent.clone()),
            seen: self.seen.clone(),
            amount: self.ask.amount,
            currency: Some(Currency::Mad),
            card: Some("4242".to_owned()),
        }
    }
}

#[derive(Clone)]
struct Session {
    ask: NewCheckout,
    seen: Seen,
}

impl Session {
    fn name(&self) -> String {
        format!("cs_{}", self.ask.payment)
    }

    fn look(&self, by_session: bool) -> Look {
        Look {
            session: by_session.then(|| self.name()),
            intent: (self.seen != Seen::Open && self.seen != Seen::Expired).then(|| format!("pi_{}", self.ask.payment)),
            payment: Some(self.ask.payment),
            seen: self.seen.clone(),
            amount: self.ask.amount,
            currency: Some(self.ask.currency),
        }
    }
}

impl Double {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap()
    }

    /// The next answers are lost like this.
    pub(crate) fn lose(&self, lost: &[Lost]) {
        self.kept().lost = lost.iter().rev().copied().collect();
    }

    /// A payment is that far from now on.
    pub(crate) fn set(&self, payment: PaymentId, seen: Seen) {
        let mut kept = self.kept();
        let session = kept.sessions.iter_mut().find(|session| session.ask.payment == payment);
        session.unwrap().seen = seen;
    }

    /// What becomes of refunds that are made from now on.
    pub(crate) fn refunds_are(&self, fate: RefundSeen) {
        self.kept().fate = Some(fate);
    }

    /// Every refund is refused with this word from now on; nothing ends that.
    pub(crate) fn refuse_refunds(&self, word: Option<&str>) {
        self.kept().refuses = word.map(str::to_owned);
    }

    /// A refund is that far from now on.
    pub(crate) fn set_refund(&self, refund: RefundId, seen: RefundSeen) {
        let mut kept = self.kept();
        kept.refunds.iter_mut().find(|given| given.ask.refund == refund).unwrap().seen = seen;
    }

    /// What it says of a refund now.
    pub(crate) fn says_of_refund(&self, refund: RefundId) -> RefundLook {
        let kept = self.kept();
        kept.refunds.iter().find(|given| given.ask.refund == refund).unwrap().look()
    }

    /// Somebody at the hub gives money back on the provider's own pages; what it calls that.
    pub(crate) fn give_by_hand(&self, payment: PaymentId, amount: i64) -> String {
        let refund = RefundId::new(noon());
        let ask = NewRefund {
            key: format!("by hand:{refund}"),
            refund,
            organisation: self.kept().sessions[0].ask.organisation,
            intent: format!("pi_{payment}"),
            amount,
        };
        self.kept().refunds.push(Given { ask, seen: RefundSeen::Done });
        format!("re_{refund}")
    }

    /// How many refunds it made.
    pub(crate) fn n_refunds(&self) -> usize {
        self.kept().refunds.len()
    }

    /// All that it gave back of a payment and did not fail.
    pub(crate) fn given_back(&self, payment: PaymentId) -> i64 {
        let kept = self.kept();
        let of = |given: &&Given| given.ask.intent == format!("pi_{payment}");
        let counts = |given: &&Given| !matches!(given.seen, RefundSeen::Failed(_));
        kept.refunds.iter().filter(of).filter(counts).map(|given| given.ask.amount).sum()
    }

    /// Tells that something happened, when it is asked what has.
    pub(crate) fn tell(&self, id: &str, kind: &str, object: &str) {
        let event = Event { id: id.to_owned(), kind: kind.to_owned(), object: Some(object.to_owned()) };
        self.kept().events.push(event);
    }

    /// What it says of a payment now, asked by its page or by the movement of money.
    pub(crate) fn says(&self, payment: PaymentId, by_session: bool) -> Look {
        let kept = self.kept();
        kept.sessions.iter().find(|session| session.ask.payment == payment).unwrap().look(by_session)
    }

    /// How many pages and customers it made.
    pub(crate) fn made(&self) -> (usize, usize) {
        let kept = self.kept();
        (kept.sessions.len(), kept.customers.len())
    }

    fn answer<T>(&self, work: impl FnOnce(&mut Kept) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let mut kept = self.kept();
        let lost = kept.lost.pop();
        let unsure = || Err(Trouble::Unsure("the answer was lost".to_owned()));
        match lost {
            Some(Lost::Before) => unsure(),
            Some(Lost::After) => work(&mut kept).and_then(|_| unsure()),
            Some(Lost::Not) | None => work(&mut kept),
        }
    }
}

impl Gateway for Double {
    fn provider(&self) -> PaymentProvider {
        PaymentProvider::Stripe
    }

    fn make_customer<'a>(&'a self, ask: &'a NewCustomer) -> Answer<'a, String> {
        let answer = self.answer(|kept| {
            if !kept.customers.contains(&ask.key) {
                kept.customers.push(ask.key.clone());
            }
            Ok(format!("cus_{}", ask.organisation))
        });
        Box::pin(std::future::ready(answer))
    }

    fn open_checkout<'a>(&'a self, ask: &'a NewCheckout) -> Answer<'a, Checkout> {
        let answer = self.answer(|kept| {
            if let Some(session) = kept.sessions.iter().find(|session| session.ask.key == ask.key) {
                assert_eq!(session.ask, *ask, "a key came with another request");
            } else {
                kept.sessions.push(Session { ask: ask.clone(), seen: Seen::Open });
            }
            let session = format!("cs_{}", ask.payment);
            Ok(Checkout { pay_at: Some(format!("https://pay.test/{session}")), session })
        });
        Box::pin(std::future::ready(answer))
    }

    fn look<'a>(&'a self, at: &'a Reference) -> Answer<'a, Look> {
        let answer = self.answer(|kept| {
            if let Some(look) = kept.keeping.look(at) {
                return Ok(look);
            }
            let (by_session, name) = match at {
                Reference::Session(name) => (true, name.clone()),
                Reference::Intent(name) => (false, name.replacen("pi_", "cs_", 1)),
            };
            let session = kept.sessions.iter().find(|session| session.name() == name);
            session.map(|session| session.look(by_session)).ok_or(Trouble::Refused("resource_missing".to_owned()))
        });
        Box::pin(std::future::ready(answer))
    }

    fn give_back<'a>(&'a self, ask: &'a NewRefund) -> Answer<'a, RefundLook> {
        let answer = self.answer(|kept| {
            if let Some(given) = kept.refunds.iter().find(|given| given.ask.key == ask.key) {
                assert_eq!(given.ask, *ask, "a key came with another request");
                return Ok(given.look());
            }
            if let Some(word) = &kept.refuses {
                return Err(Trouble::Refused(word.clone()));
            }
            let given = Given { ask: ask.clone(), seen: kept.fate.clone().unwrap_or(RefundSeen::Done) };
            kept.refunds.push(given.clone());
            Ok(given.look())
        });
        Box::pin(std::future::ready(answer))
    }

    fn look_at_refund<'a>(&'a self, reference: &'a str) -> Answer<'a, RefundLook> {
        let answer = self.answer(|kept| {
            let look = kept.refunds.iter().map(Given::look).find(|look| look.reference == reference);
            look.ok_or(Trouble::Refused("resource_missing".to_owned()))
        });
        Box::pin(std::future::ready(answer))
    }

    fn list_refunds<'a>(&'a self, of: &'a RefundsOf) -> Answer<'a, Vec<RefundLook>> {
        let answer = self.answer(|kept| {
            let is_of = |look: &RefundLook| match of {
                RefundsOf::Intent(intent) => look.intent.as_ref() == Some(intent),
                RefundsOf::Charge(charge) => look.intent == Some(charge.replacen("ch_", "pi_", 1)),
                RefundsOf::Since(_) => true,
            };
            Ok(kept.refunds.iter().map(Given::look).filter(is_of).collect())
        });
        Box::pin(std::future::ready(answer))
    }

    fn list_since(&self, _: Timestamp) -> Answer<'_, Vec<Event>> {
        let answer = self.answer(|kept| Ok(kept.events.clone()));
        Box::pin(std::future::ready(answer))
    }
}

impl World {
    /// Asks for a top-up of Atlas by card, in minor units; the key is the command's.
    pub(crate) async fn ask_by_card(
        &self,
        double: &Double,
        key: &str,
        minor: i64,
        now: Timestamp,
    ) -> domain::Result<PaymentView> {
        let scope = self.scope::<TopUpWallet>("billing@atlas.test", self.atlas).await;
        let amount = Money { micros: minor * 10_000, currency: Currency::Mad };
        let ask = TopUpByCard { amount, keep_card: false };
        let command = Command::new(key, "top_up_by_card", &ask)?;
        top_up_by_card(&self.db, double, &scope, ask, command, now).await
    }

    /// What Atlas has in its wallet, in minor units.
    pub(crate) async fn minor_of_atlas(&self) -> i64 {
        self.wallet(self.atlas, noon()).await.balance.micros / 10_000
    }

    /// How far a payment is, by the rank of its state.
    pub(crate) async fn rank(&self, payment: PaymentId) -> i64 {
        let sql = "SELECT payment_rank(state)::bigint AS n FROM payment WHERE id = $1";
        self.number(sql, [payment.uuid().into()]).await
    }

    /// How often a payment was booked.
    pub(crate) async fn n_booked(&self, payment: PaymentId) -> i64 {
        let sql = "SELECT count(*) AS n FROM journal_entry WHERE command_key = $1";
        self.number(sql, [format!("payment:{payment}").into()]).await
    }
}
