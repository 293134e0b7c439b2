//! The program `tamuda`.
fn main() {}
