//! What a story is told in: a portal on a wire, and the double of Stripe beside it where the portal takes cards.

use std::future::pending;

use anyhow::Context;
use end2end::{Mark, Portal, Writes, peers::Stripe};
use sea_orm::ConnectionTrait;

/// What of these a portal has taken to work at is its own for minutes, also where it dies.
const TAKEN: [&str; 5] = ["payment", "saved_card", "refund", "webhook_event", "paper"];

pub(crate) struct World {
    pub(crate) portal: Portal,
    /// The double of it, where the portal takes cards.
    stripe: Option<Stripe>,
}

impl World {
    pub(crate) async fn start(takes_cards: bool) -> anyhow::Result<Self> {
        if !takes_cards {
            return Ok(Self { portal: Portal::start_on_a_wire(&[]).await?, stripe: None });
        }
        let stripe = Stripe::start().await?;
        let portal = Portal::start_on_a_wire(&stripe.offered().each_ref().map(String::as_str)).await?;
        stripe.send_events_to(&portal.origin()).await?;
        Ok(Self { portal, stripe: Some(stripe) })
    }

    /// Has the documents of earlier months never drawn: that computes for seconds in each world, and is of no story but one.
    pub(crate) async fn draw_nothing_earlier(&self) -> anyhow::Result<()> {
        change(&self.portal, "UPDATE paper SET next_at = NULL WHERE drawn_at IS NULL").await
    }

    pub(crate) fn stripe(&self) -> anyhow::Result<&Stripe> {
        self.stripe.as_ref().context("nobody takes cards")
    }

    /// Counts what the portal writes and calls from here on, and stops at the mark, if one is given.
    pub(crate) async fn watch(&self, mark: Option<&Mark>) -> anyhow::Result<()> {
        self.portal.wire()?.watch(mark);
        match &self.stripe {
            Some(stripe) => stripe.watch(mark).await,
            None => Ok(()),
        }
    }

    /// Waits until the mark was reached.
    pub(crate) async fn stopped(&self) -> anyhow::Result<()> {
        let called = async {
            match &self.stripe {
                Some(stripe) => stripe.stopped().await,
                None => pending().await,
            }
        };
        tokio::select! {
            () = self.portal.wire()?.stopped() => Ok(()),
            outcome = called => outcome,
        }
    }

    /// Kills the portal and starts it again, when what it had taken is anybody's again.
    pub(crate) async fn crash(&mut self) -> anyhow::Result<()> {
        self.portal.crash_portal().await?;
        // Two minutes pass, for documents five: they would be waited for at every second mark.
        let due = TAKEN.map(|table| format!("UPDATE {table} SET next_at = now() WHERE next_at > now()"));
        change(&self.portal, &due.join("; ")).await?;
        let arguments = self.stripe.as_ref().map(Stripe::offered);
        let arguments: Vec<&str> = arguments.iter().flatten().map(String::as_str).collect();
        self.portal.start_portal_with(&arguments).await
    }

    /// What was written and called since the watch began.
    pub(crate) async fn seen(&self) -> anyhow::Result<Vec<Writes>> {
        let mut seen = self.portal.wire()?.seen();
        if let Some(stripe) = &self.stripe {
            seen.append(&mut stripe.watched().await?);
        }
        Ok(seen)
    }
}

/// Runs statements beside the portal, as the owner of its tables.
pub(crate) async fn change(portal: &Portal, sql: &str) -> anyhow::Result<()> {
    let owner = sea_orm::Database::connect(portal.database().owner_url()).await?;
    owner.execute_unprepared(sql).await?;
    Ok(owner.close().await?)
}
