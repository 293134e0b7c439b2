//! What must stay true when a part fails: the portal is killed at each of its writes, the database and the cluster go
//! away and come back, a backup is restored. Real programs, over the API, without a browser.

mod automatic;
mod away;
mod cards;
mod crash;
mod debts;
mod fingerprint;
mod month;
mod refunded;
mod replicas;
mod restored;
mod signed;
mod stopped;
mod story;
mod world;
