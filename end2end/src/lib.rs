//! What a journey needs: a [`Portal`] of its own (database, simulator, program), a browser for one person ([`Journey`]),
//! and its tabs ([`Tab`]). The journeys themselves stand in `tests/journeys`, one file per person.

mod browser;
mod journey;
mod keys;
mod places;
mod portal;
mod program;
mod tab;
mod wait;

pub use self::{
    journey::{Journey, Scheme, Scripts, Setting, Width},
    portal::{Portal, SignIn},
    tab::Tab,
};
