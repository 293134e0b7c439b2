//! What runs by itself: one supervised task each, every tick with one `now`.

pub mod cluster;
