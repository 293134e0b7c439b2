//! Billing periods: where they end, when they may be closed, and who looked.

mod calendar;
mod entity;

pub(crate) use self::{
    calendar::period_end,
    entity::{running_period_end_in, seller_zone_in},
};
