//! The invariants of money that no other file holds by random cases. docs/MONEY.md says which test holds which.

mod arrives;
mod cuts;
mod entries;
mod goes_back;
mod periods;
mod recovers;
pub(crate) mod sums;
