//! The journal of all organisations in the order of booking: what is exported, and what was booked since an instant.

const UP: &str = "
CREATE INDEX entry_in_order ON journal_entry (booked_at, id);
";

crate::step!(UP);
