//! Dunning: how far each organisation that owes something stands on the ladder, and when it is to be looked at next.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- Who owes anything has a row, due or not; who owes nothing has none.
CREATE TABLE dunning (
    organisation_id uuid PRIMARY KEY REFERENCES organisation,
    -- Since when it owes anything.
    since timestamptz NOT NULL,
    -- The day on which the oldest part of what is overdue was due, and all of that as it was found last; empty while
    -- nothing is overdue.
    due_on date,
    overdue_micros bigint NOT NULL DEFAULT 0 CHECK (overdue_micros >= 0),
    -- The last step that was taken, and when each up to it was, in their order.
    step text CHECK (step IN ('first_letter', 'second_letter', 'last_letter', 'refused', 'stopped')),
    taken_at jsonb NOT NULL DEFAULT '[]',
    -- When it is to be looked at next.
    next_at timestamptz NOT NULL,
    -- Until when finance lets it rest.
    paused_until timestamptz,
    pause_reason text CHECK (char_length(pause_reason) BETWEEN 1 AND 500),
    paused_by uuid REFERENCES person,
    paused_at timestamptz,
    CHECK (due_on IS NOT NULL OR (step IS NULL AND paused_until IS NULL AND overdue_micros = 0)),
    CHECK ((step IS NULL) = (jsonb_array_length(taken_at) = 0)),
    CHECK (num_nulls(paused_until, pause_reason, paused_at) IN (0, 3))
);
CREATE INDEX dunning_to_look_at ON dunning (next_at);
CREATE INDEX dunning_oldest_first ON dunning (due_on, organisation_id) WHERE due_on IS NOT NULL;

-- Whose wallet is below zero, and who used more than it could pay: looked at as soon as the worker comes.
INSERT INTO dunning (organisation_id, since, next_at)
SELECT t.organisation_id, t.settled_through, t.settled_through FROM settlement_timer t
WHERE EXISTS (SELECT 1 FROM account a WHERE a.organisation_id = t.organisation_id AND a.kind = 'wallet' AND a.posted < 0)
   OR (SELECT sum(p.amount) FROM posting p JOIN account r ON r.id = p.account_id
       WHERE p.organisation_id = t.organisation_id AND r.organisation_id IS NULL AND r.kind = 'receivable') < 0;
";

const RIGHTS: &[Rights] =
    &[Rights { table: "dunning", tenant: "SELECT, INSERT, UPDATE, DELETE", worker: "SELECT, INSERT, UPDATE, DELETE" }];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
