//! A worker that finalises drafts above the limit uses up what two people signed, as a person does.

const UP: &str = "
GRANT UPDATE (state, ended_at) ON sign_off TO tamuda_worker;
";

crate::step!(UP);
