//! What the double keeps of cards: pages to give one on, payments without anybody there, and what becomes of both.

use domain::{
    access::policy::TopUpWallet,
    commands::Command,
    payments::{
        Answer, Checkout, Look, Reference, Seen, Trouble,
        automatic::set_auto_top_up,
        cards::{CardSeen, Charged, Forget, KeepsCards, Kept as Became, NewCharge, NewSetup, advance_card, save_card},
    },
};
use types::{AutoTopUpView, Currency, Money, PaymentId, SavedCardId, SetAutoTopUp, Timestamp};

use super::Double;
use crate::world::{JOB, World};

/// What is kept of cards.
#[derive(Default)]
pub(super) struct Keeping {
    setups: Vec<NewSetup>,
    /// The pages on which somebody gave a card.
    given: Vec<String>,
    charges: Vec<Charge>,
    /// What becomes of the next payment; it is paid where nobody says.
    fate: Option<Seen>,
    forgotten: Vec<String>,
}

struct Charge {
    ask: NewCharge,
    seen: Seen,
}

impl Charge {
    fn charged(&self) -> Charged {
        let look = Look {
            session: None,
            intent: Some(format!("pi_{}", self.ask.payment)),
            payment: Some(self.ask.payment),
            seen: self.seen.clone(),
            amount: self.ask.amount,
            currency: Some(self.ask.currency),
        };
        let is_open = self.seen == Seen::Open;
        Charged { look, confirm_at: is_open.then(|| format!("https://pay.test/3ds/{}", self.ask.payment)) }
    }
}

impl Keeping {
    /// What is said of a payment without anybody there, asked for by its movement of money.
    pub(super) fn look(&self, at: &Reference) -> Option<Look> {
        let Reference::Intent(name) = at else { return None };
        let charge = self.charges.iter().find(|charge| name.ends_with(&charge.ask.payment.to_string()));
        charge.map(|charge| charge.charged().look)
    }
}

impl Double {
    /// Payments without anybody there end like this from now on.
    pub(crate) fn fate(&self, seen: Seen) {
        self.kept().keeping.fate = Some(seen);
    }

    /// One of them goes on to this.
    pub(crate) fn goes_on(&self, payment: PaymentId, seen: Seen) {
        let mut kept = self.kept();
        kept.keeping.charges.iter_mut().find(|charge| charge.ask.payment == payment).unwrap().seen = seen;
    }

    /// Somebody gives their card on its page.
    pub(crate) fn give(&self, card: SavedCardId) {
        self.kept().keeping.given.push(format!("cs_{card}"));
    }

    /// How many pages were made, and how many payments without anybody there.
    pub(crate) fn n_of_cards(&self) -> (usize, usize) {
        let kept = self.kept();
        (kept.keeping.setups.len(), kept.keeping.charges.len())
    }

    /// What it was told to forget, once for each time.
    pub(crate) fn forgotten(&self) -> Vec<String> {
        self.kept().keeping.forgotten.clone()
    }

    /// Nobody can pay on any page any more.
    pub(crate) fn expire_pages(&self) {
        let mut kept = self.kept();
        kept.sessions.iter_mut().filter(|session| session.seen == Seen::Open).for_each(|it| it.seen = Seen::Expired);
        let open = kept.keeping.charges.iter_mut().filter(|charge| charge.seen == Seen::Open);
        open.for_each(|it| it.seen = Seen::Failed("expired".to_owned()));
    }
}

impl KeepsCards for Double {
    fn open_setup<'a>(&'a self, ask: &'a NewSetup) -> Answer<'a, Checkout> {
        let answer = self.answer(|kept| {
            if !kept.keeping.setups.iter().any(|setup| setup == ask) {
                kept.keeping.setups.push(ask.clone());
            }
            let session = format!("cs_{}", ask.card);
            Ok(Checkout { pay_at: Some(format!("https://pay.test/{session}")), session })
        });
        Box::pin(std::future::ready(answer))
    }

    fn kept_card<'a>(&'a self, session: &'a str) -> Answer<'a, Became> {
        let answer = self.answer(|kept| {
            let is_paid = kept.sessions.iter().any(|page| page.name() == session && page.seen == Seen::Paid);
            if !is_paid && !kept.keeping.given.iter().any(|page| page == session) {
                return Ok(Became::Open);
            }
            Ok(Became::Card(CardSeen {
                method: session.replacen("cs_", "pm_", 1),
                brand: "visa".to_owned(),
                last4: "4242".to_owned(),
                exp_month: 12,
                exp_year: 2031,
            }))
        });
        Box::pin(std::future::ready(answer))
    }

    fn charge<'a>(&'a self, ask: &'a NewCharge) -> Answer<'a, Charged> {
        let answer = self.answer(|kept| {
            let keeping = &mut kept.keeping;
            if let Some(charge) = keeping.charges.iter().find(|charge| charge.ask.key == ask.key) {
                assert_eq!(charge.ask, *ask, "a key came with another request");
                return Ok(charge.charged());
            }
            let charge = Charge { ask: ask.clone(), seen: keeping.fate.clone().unwrap_or(Seen::Paid) };
            let charged = charge.charged();
            keeping.charges.push(charge);
            Ok(charged)
        });
        Box::pin(std::future::ready(answer))
    }

    fn find_charge<'a>(&'a self, _: &'a str, payment: PaymentId) -> Answer<'a, Option<Charged>> {
        let answer = self.answer(|kept| {
            Ok(kept.keeping.charges.iter().find(|charge| charge.ask.payment == payment).map(Charge::charged))
        });
        Box::pin(std::future::ready(answer))
    }

    fn forget_card<'a>(&'a self, ask: &'a Forget) -> Answer<'a, ()> {
        let answer = self.answer(|kept| {
            if kept.keeping.forgotten.contains(&ask.method) {
                return Err(Trouble::Refused("resource_missing".to_owned()));
            }
            kept.keeping.forgotten.push(ask.method.clone());
            Ok(())
        });
        Box::pin(std::future::ready(answer))
    }
}

impl World {
    /// A card that Atlas keeps.
    pub(crate) async fn card_of_atlas(&self, double: &Double, key: &str, now: Timestamp) -> SavedCardId {
        let scope = self.scope::<TopUpWallet>("billing@atlas.test", self.atlas).await;
        let command = Command::new(key, "save_card", &()).unwrap();
        let card = save_card(&self.db, double, &scope, command, now).await.unwrap().id;
        double.give(card);
        advance_card(&self.db, JOB, double, (self.atlas.id, card), now).await.unwrap();
        card
    }

    /// Atlas agrees that its wallet tops itself up: below, amount and limit in whole dirhams.
    pub(crate) async fn agree(
        &self,
        card: SavedCardId,
        (below, amount, monthly_limit): (i64, i64, i64),
        now: Timestamp,
    ) -> domain::Result<AutoTopUpView> {
        let money = |units: i64| Money { micros: units * 1_000_000, currency: Currency::Mad };
        let scope = self.scope::<TopUpWallet>("billing@atlas.test", self.atlas).await;
        let ask = SetAutoTopUp {
            below: money(below),
            amount: money(amount),
            monthly_limit: money(monthly_limit),
            card,
            consents: true,
        };
        set_auto_top_up(&self.db, &scope, &ask, now).await
    }
}
