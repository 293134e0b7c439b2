//! A worker that finalises a draft above the limit uses the signature on it up, as a person does.

const UP: &str = "
-- It locks the signature and ends it; it neither asks, nor signs, nor refuses.
GRANT UPDATE (state, ended_at) ON sign_off TO tamuda_worker;
";

crate::step!(UP);
