//! Who gets which answer.

mod beside;
mod doors;
mod foreign;
mod matrix;
mod reads;
mod rehearsal;
mod routes;
mod suspended;
mod tables;
