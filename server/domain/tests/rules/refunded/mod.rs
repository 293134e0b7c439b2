//! Refunds of Atlas, as finance asks for them and as they are read.

use domain::{
    Result,
    access::policy::{CloseBilling, ReadBalance, ReadInvoices},
    commands::Command,
    payments::{Seen, advance_payment},
    refunds::{advance_refund, ask_refund, desk_refund, list_refunds_in},
};
use types::{AskRefund, BankLineId, Currency, Cursor, DeskRefund, Money, PaymentId, RefundId, RefundView, Timestamp};

use crate::{
    paid::Double,
    received::command,
    world::{JOB, World, noon},
};

pub(crate) fn mad(minor: i64) -> Money {
    Money { micros: minor * 10_000, currency: Currency::Mad }
}

pub(crate) fn of_payment(payment: PaymentId, amount: Option<Money>) -> AskRefund {
    AskRefund { payment: Some(payment), bank_line: None, amount, reason: "paid by mistake".to_owned() }
}

pub(crate) fn of_line(line: BankLineId, amount: Option<Money>) -> AskRefund {
    AskRefund { payment: None, bank_line: Some(line), amount, reason: "paid twice".to_owned() }
}

pub(crate) async fn ask(world: &World, ask: AskRefund) -> Result<RefundView> {
    asked(world, ask, command("ask_refund")).await
}

pub(crate) async fn asked(world: &World, ask: AskRefund, command: Command) -> Result<RefundView> {
    let scope = world.scope::<CloseBilling>("finance@hub.test", world.atlas).await;
    ask_refund(&world.db, &scope, ask, command, noon()).await
}

/// A payment of Atlas by card that is in its wallet.
pub(crate) async fn paid(world: &World, double: &Double, key: &str, minor: i64) -> PaymentId {
    let payment = world.ask_by_card(double, key, minor, noon()).await.unwrap().id;
    double.set(payment, Seen::Paid);
    advance_payment(&world.db, JOB, double, (world.atlas.id, payment), noon()).await.unwrap();
    payment
}

pub(crate) async fn advance(world: &World, double: &Double, refund: RefundId, now: Timestamp) {
    advance_refund(&world.db, JOB, double, (world.atlas.id, refund), now).await.unwrap();
}

pub(crate) async fn all(world: &World) -> Vec<RefundView> {
    let scope = world.scope::<ReadBalance>("owner@atlas.test", world.atlas).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    list_refunds_in(&tx, &scope, &Cursor { cursor: None, limit: Some(200) }).await.unwrap().items
}

pub(crate) async fn one(world: &World, refund: RefundId) -> DeskRefund {
    let survey = world.survey::<ReadInvoices>("auditor").await;
    let open = world.db.survey(&survey, noon()).await.unwrap();
    desk_refund(&open, &survey, refund).await.unwrap()
}

pub(crate) async fn letters(world: &World, kind: &str) -> i64 {
    world.number("SELECT count(*) AS n FROM outbox WHERE kind = $1", [kind.into()]).await
}

pub(crate) async fn n_findings(world: &World, kind: &str) -> i64 {
    world.number("SELECT count(*) AS n FROM payment_finding WHERE kind = $1", [kind.into()]).await
}

/// What went back of a payment, as its row says.
pub(crate) async fn refunded(world: &World, payment: PaymentId) -> i64 {
    let sql = "SELECT refunded AS n FROM payment WHERE id = $1";
    world.number(sql, [payment.uuid().into()]).await
}
