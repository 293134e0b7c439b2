//! The screens of the hub's own people.

use super::asked;

pub(crate) mod audit;
pub(crate) mod bank;
pub(crate) mod billing;
pub(crate) mod books;
pub(crate) mod credit;
pub(crate) mod credit_note;
pub(crate) mod credit_notes;
pub(crate) mod domains;
pub(crate) mod focus;
pub(crate) mod grant;
pub(crate) mod grants;
pub(crate) mod hall;
pub(crate) mod instance;
pub(crate) mod invoice;
pub(crate) mod letters;
pub(crate) mod nodes;
pub(crate) mod organisation;
pub(crate) mod organisations;
pub(crate) mod people;
pub(crate) mod period;
pub(crate) mod price;
pub(crate) mod prices;
pub(crate) mod questions;
pub(crate) mod quota;
pub(crate) mod quotas;
pub(crate) mod refund;
pub(crate) mod refunds;
pub(crate) mod undo;
pub(crate) mod view;
pub(crate) mod waiting;
