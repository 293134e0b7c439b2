//! The simulator seen from outside, by the real client: one file per theme, one binary for all.

mod applying;
mod deleting;
mod faults;
mod house;
mod journal;
mod kubectl;
mod life;
mod quota;
mod reading;
mod scheduling;
mod watching;
