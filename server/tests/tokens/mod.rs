//! Programs with tokens, from the making to the last request.

mod rehearse;
mod r#use;
