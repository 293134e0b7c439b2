//! What was used in a month and who paid, for whoever pays: by project, member or flavour, and stretch by stretch.
//! All of it is read from what settlements rated, so that it adds up to the invoice and to the ledger; what is not billed
//! stands in `metering`.

mod days;
mod focus;
mod groups;
mod month;
mod stretches;

pub use self::{
    days::usage_by_day_of_month_in,
    focus::{
        FocusBill, FocusCharge, FocusNature, FocusPayer, FocusStretch, list_all_focus_charges, list_focus_charges_in,
    },
    groups::usage_of_month_in,
    month::Month,
    stretches::list_usage_in,
};
