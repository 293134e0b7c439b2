//! What runs by itself: one supervised task each, every tick with one `now`.

mod chores;
pub mod cluster;
pub mod draw_documents;
pub(crate) mod finalise;
mod give_refunds;
pub(crate) mod keep_cards;
pub(crate) mod reseal;
pub(crate) mod send_mail;
pub(crate) mod take_payments;
