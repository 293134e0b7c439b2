//! Who gets which answer.

mod foreign;
mod matrix;
