//! Money of a wallet that goes back the way it came: to the card that paid, by its provider, or to the account that paid, by
//! the hub's own bank.
//!
//! What goes back is free money of the wallet, never what a lot gave, and of each payment and each transfer never more than
//! came; the database holds it too. A refund and its entry are written at once. A card's provider is told afterwards, with a
//! key that was stored before; what the bank is to pay stands on the desk of finance until a statement's line, or a person,
//! says that it did. What fails is booked back, and people are told.

mod advance;
mod ask;
mod desk;
mod inbox;
mod letters;
mod list;
mod record;
mod rules;
mod signing;
mod source;
mod statement;

pub use self::{
    advance::{advance_refund, take_due_refund},
    ask::{ask_refund, preview_refund},
    desk::{call_off_refund, desk_refund, list_desk_refunds, record_paid_refund},
    inbox::reconcile_refunds,
    list::{list_refunds_in, refund_in},
    record::record_refund,
    signing::ask_to_refund,
    source::refundables_in,
};
pub(crate) use self::{
    inbox::count_event,
    rules::named,
    statement::{Pays, paid_by, pay_by_statement},
};
