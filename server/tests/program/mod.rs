//! What holds for every address: headers, sizes, versions, failures.

mod answers;
mod health;
mod log;
mod refusals;
mod scanned;
