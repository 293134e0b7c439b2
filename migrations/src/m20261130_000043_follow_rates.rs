//! What changed an organisation's rates and waits for its timers to follow.

use crate::policies::{Rights, of_organisation};

/// A row for each change, so that no fact waits for another one's or for the worker that takes them.
const UP: &str = "
CREATE TABLE rates_change (
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    id bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (organisation_id, id)
);
";

const RIGHTS: &[Rights] = &[Rights { table: "rates_change", tenant: "INSERT", worker: "SELECT, INSERT, DELETE" }];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
