//! Event streams: what opens them, what ends them.

mod ends;
mod follow;
