//! Warnings of money that ends and of lots that run out: what was told, and when something is to be told next.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- An episode begins with a warning and ends once zero is out of reach again; each step is told once in it.
CREATE TABLE money_notice (
    organisation_id uuid NOT NULL REFERENCES organisation,
    step text NOT NULL CHECK (step IN ('m30', 'm10', 'zero', 'lot_30', 'lot_7', 'lot_1')),
    -- Of what is told before and at zero, its episode; of a lot that runs out, the lot.
    episode bigint,
    lot_id uuid,
    at timestamptz NOT NULL,
    CONSTRAINT step_is_told_once UNIQUE NULLS NOT DISTINCT (organisation_id, episode, lot_id, step),
    FOREIGN KEY (organisation_id, lot_id) REFERENCES lot (organisation_id, id),
    CHECK (num_nonnulls(episode, lot_id) = 1),
    CHECK ((step IN ('lot_30', 'lot_7', 'lot_1')) = (lot_id IS NOT NULL))
);

ALTER TABLE settlement_timer
    -- The number of the next or present episode, and the last step that was told in it.
    ADD COLUMN episode bigint NOT NULL DEFAULT 0,
    ADD COLUMN warned text CHECK (warned IN ('m30', 'm10', 'zero')),
    -- What was to be told of lots up to then has been.
    ADD COLUMN lots_told_at timestamptz,
    -- When something is to be told next.
    ADD COLUMN notice_at timestamptz;
-- Calculated anew with the first change; until then what is there already makes the worker look at once.
UPDATE settlement_timer t SET notice_at = settled_through
    WHERE zero_at IS NOT NULL OR EXISTS (
        SELECT 1 FROM lot l WHERE l.organisation_id = t.organisation_id AND l.expires_at IS NOT NULL
        AND l.used + l.expired + l.voided < l.granted);
CREATE INDEX notice_predicted ON settlement_timer (notice_at) WHERE notice_at IS NOT NULL;
";

const RIGHTS: &[Rights] = &[Rights { table: "money_notice", tenant: "SELECT", worker: "SELECT, INSERT" }];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
