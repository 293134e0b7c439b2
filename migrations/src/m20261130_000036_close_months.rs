//! The close of a month: what was looked at, what is finalised all at once, and that nothing is booked in a closed month.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- A month of the seller's that finance closes. It is opened when the month is over, so that bookings of now never meet it.
CREATE TABLE month_close (
    seller_id uuid NOT NULL REFERENCES organisation,
    -- 2026-10, on the seller's calendar, and its instants.
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL CHECK (ended_at > started_at),
    opened_by uuid REFERENCES person,
    opened_at timestamptz NOT NULL CHECK (opened_at >= ended_at),
    closed_by uuid REFERENCES person,
    closed_at timestamptz CHECK (closed_at >= opened_at),
    -- What was found when it was closed.
    checklist jsonb,
    PRIMARY KEY (seller_id, month),
    CHECK ((closed_at IS NULL) = (checklist IS NULL))
);
GRANT SELECT, INSERT, UPDATE (closed_by, closed_at, checklist) ON month_close TO tamuda_staff;

CREATE FUNCTION refuse_change_of_closed_month() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.closed_at IS NULL THEN RETURN coalesce(NEW, OLD); END IF;
    RAISE EXCEPTION 'a closed month never changes'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'closed_month_never_changes';
END $$;
CREATE TRIGGER closed_month_never_changes BEFORE UPDATE OR DELETE ON month_close
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_closed_month();

-- An entry is dated when it is booked, so one that is dated in a closed month comes from a clock that is behind or from a
-- command that waited: it is refused and booked anew. Whoever books into a month that is open for its close holds the
-- month's row until they commit, and whoever closes it waits for them.
CREATE FUNCTION refuse_entry_of_closed_month() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month record;
BEGIN
    SELECT m.closed_at INTO month FROM month_close m
    WHERE m.started_at <= NEW.booked_at AND m.ended_at > NEW.booked_at FOR SHARE;
    IF FOUND AND month.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'the month of % is closed', NEW.booked_at
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'month_is_closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER month_is_closed BEFORE INSERT OR UPDATE OF booked_at ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_entry_of_closed_month();

-- Somebody has looked at the reasons that a draft had.
CREATE TABLE invoice_look (
    organisation_id uuid NOT NULL,
    id uuid PRIMARY KEY,
    invoice_id uuid NOT NULL,
    -- The words of the reasons.
    reasons jsonb NOT NULL,
    note text NOT NULL,
    looked_by uuid REFERENCES person,
    looked_at timestamptz NOT NULL,
    FOREIGN KEY (organisation_id, invoice_id) REFERENCES invoice (organisation_id, id)
);
CREATE INDEX look_of_invoice ON invoice_look (organisation_id, invoice_id);

-- All drafts of a month finalised at once, as one job that outlives whoever works at it.
CREATE TABLE finalise_run (
    id uuid PRIMARY KEY,
    month text NOT NULL,
    -- Nothing where it was asked for all.
    currency text,
    state text NOT NULL CHECK (state IN ('running', 'stopped', 'ended')),
    asked_by uuid REFERENCES person,
    asked_at timestamptz NOT NULL,
    stopped_by uuid REFERENCES person,
    ended_at timestamptz,
    CHECK ((state = 'running') = (ended_at IS NULL)),
    CHECK (stopped_by IS NULL OR state = 'stopped')
);
CREATE UNIQUE INDEX month_is_finalised_by_one_run ON finalise_run (month) WHERE state = 'running';
CREATE INDEX run_newest_first ON finalise_run (month, asked_at DESC, id DESC);
GRANT SELECT, INSERT, UPDATE (state, stopped_by, ended_at) ON finalise_run TO tamuda_staff;
GRANT SELECT, UPDATE (state, ended_at) ON finalise_run TO tamuda_worker;

CREATE TABLE finalise_item (
    run_id uuid NOT NULL REFERENCES finalise_run,
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    place integer NOT NULL,
    -- left: it has reasons that nobody has looked at.
    state text NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'left')),
    -- Minor units, as the list showed them when it was asked for.
    net bigint NOT NULL, tax bigint NOT NULL, total bigint NOT NULL,
    reasons jsonb NOT NULL,
    -- Why it failed, as a fact with arguments.
    refusal jsonb,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    at timestamptz,
    PRIMARY KEY (run_id, invoice_id),
    FOREIGN KEY (organisation_id, invoice_id) REFERENCES invoice (organisation_id, id),
    CHECK ((state = 'failed') = (refusal IS NOT NULL)),
    CHECK ((state IN ('done', 'failed')) = (at IS NOT NULL))
);
CREATE INDEX item_waits ON finalise_item (run_id, attempts, place) WHERE state = 'waiting';
CREATE INDEX finalise_item_of_invoice ON finalise_item (organisation_id, invoice_id);
ALTER TABLE finalise_item ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON finalise_item TO tamuda_staff;
GRANT SELECT, UPDATE (state, refusal, attempts, at) ON finalise_item TO tamuda_worker;
CREATE POLICY staff ON finalise_item TO tamuda_staff USING (true) WITH CHECK (true);
CREATE POLICY worker_reads ON finalise_item FOR SELECT TO tamuda_worker USING (true);
CREATE POLICY worker ON finalise_item FOR UPDATE TO tamuda_worker USING (organisation_id = current_organisation());

-- The worker finalises by the use case that people finalise by.
GRANT UPDATE ON invoice TO tamuda_worker;
GRANT INSERT ON invoice_line, invoice_tax TO tamuda_worker;
GRANT UPDATE (invoice_id) ON settlement TO tamuda_worker;
GRANT EXECUTE ON FUNCTION take_document_number TO tamuda_worker;
";

const RIGHTS: &[Rights] = &[Rights { table: "invoice_look", tenant: "SELECT, INSERT", worker: "SELECT" }];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
