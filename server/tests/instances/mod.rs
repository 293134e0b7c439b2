//! Instances: launching, changing, listing.

mod change;
mod launch;
mod list;
