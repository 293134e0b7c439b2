//! The screens of an organisation's members.

pub(crate) mod audit;
pub(crate) mod budget;
pub(crate) mod closing;
pub(crate) mod credit_note;
pub(crate) mod credit_notes;
pub(crate) mod disputes;
pub(crate) mod documents;
pub(crate) mod instance;
pub(crate) mod instances;
pub(crate) mod invoice;
pub(crate) mod invoices;
pub(crate) mod launch;
pub(crate) mod members;
pub(crate) mod overview;
pub(crate) mod projects;
pub(crate) mod settings;
pub(crate) mod tokens;
pub(crate) mod transfers;
pub(crate) mod unpaid;
pub(crate) mod usage;
pub(crate) mod volumes;
pub(crate) mod wallet;
