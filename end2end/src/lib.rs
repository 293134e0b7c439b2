//! What a journey needs: a [`Portal`] of its own (database, simulator, program), a browser for one person ([`Journey`]),
//! and its tabs ([`Tab`]). The journeys themselves stand in `tests/journeys`, one file per person. Faults need no
//! browser: a [`Visitor`] speaks the API, and a [`Wire`] to the database stops at the very write.

mod browser;
mod cluster;
mod cookies;
mod journey;
mod keys;
mod look;
pub mod peers;
pub mod places;
mod portal;
mod program;
mod tab;
mod visitor;
mod wait;
mod wire;

pub use self::{
    journey::{Journey, Scripts, Setting},
    look::{Scheme, Width},
    portal::{Hub, Portal, Replica, SignIn},
    tab::{Device, Tab},
    visitor::Visitor,
    wait::until_within,
    wire::{Mark, Moment, Wire, Writes},
};
