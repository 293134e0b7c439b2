//! Who gets which answer.

mod api_doors;
mod belongings;
mod beside;
mod doors;
mod foreign;
mod matrix;
mod reads;
mod rehearsal;
mod routes;
mod screen_doors;
mod suspended;
