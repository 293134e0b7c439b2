//! Contested lines: who pays objects to a line of a finalised invoice, and the hub answers once.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
CREATE TABLE dispute (
    organisation_id uuid NOT NULL,
    id uuid PRIMARY KEY,
    invoice_id uuid NOT NULL,
    -- The invoice's own number of the line, and what the invoice calls it.
    line smallint NOT NULL,
    flavour_name text NOT NULL,
    project_name text NOT NULL,
    -- Minor units: what of the line is contested before the hub's gifts, and what a credit note of it came to with tax.
    amount bigint NOT NULL CHECK (amount > 0),
    total bigint NOT NULL CHECK (total >= 0),
    -- All that was left of the line.
    is_whole boolean NOT NULL,
    reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'credited', 'refused', 'withdrawn')),
    opened_by uuid REFERENCES person,
    opened_at timestamptz NOT NULL,
    -- What the hub says; who withdrew it says nothing.
    answer text,
    answered_by uuid REFERENCES person,
    answered_at timestamptz,
    credit_note_id uuid,
    FOREIGN KEY (organisation_id, invoice_id, line) REFERENCES invoice_line (organisation_id, invoice_id, line),
    FOREIGN KEY (organisation_id, credit_note_id, invoice_id) REFERENCES credit_note (organisation_id, id, invoice_id),
    CHECK ((state = 'open') = (answered_at IS NULL)),
    CHECK ((state IN ('credited', 'refused')) = (answer IS NOT NULL)),
    CHECK ((state = 'credited') = (credit_note_id IS NOT NULL))
);
CREATE UNIQUE INDEX line_is_contested_once ON dispute (organisation_id, invoice_id, line) WHERE state = 'open';
CREATE UNIQUE INDEX credit_note_answers_once ON dispute (credit_note_id) WHERE credit_note_id IS NOT NULL;
CREATE INDEX dispute_newest_first ON dispute (organisation_id, opened_at DESC, id DESC);
CREATE INDEX dispute_of_invoice ON dispute (organisation_id, invoice_id);
CREATE INDEX dispute_by_opening ON dispute (opened_at, id);
CREATE INDEX dispute_by_state ON dispute (state, opened_at, id);

-- It begins open, is answered once, and what was said stays as it was, whoever asks.
CREATE FUNCTION dispute_goes_forward() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'open' THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'open' AND NEW.state <> 'open'
           AND (NEW.organisation_id, NEW.id, NEW.invoice_id, NEW.line, NEW.flavour_name, NEW.project_name, NEW.amount,
                NEW.total, NEW.is_whole, NEW.reason, NEW.opened_by, NEW.opened_at)
               IS NOT DISTINCT FROM
               (OLD.organisation_id, OLD.id, OLD.invoice_id, OLD.line, OLD.flavour_name, OLD.project_name, OLD.amount,
                OLD.total, OLD.is_whole, OLD.reason, OLD.opened_by, OLD.opened_at)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a contested line goes only forward'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'dispute_goes_forward';
END $$;
CREATE TRIGGER dispute_goes_forward BEFORE INSERT OR UPDATE OR DELETE ON dispute
    FOR EACH ROW EXECUTE FUNCTION dispute_goes_forward();
";

const RIGHTS: &[Rights] = &[Rights {
    table: "dispute",
    tenant: "SELECT, INSERT, UPDATE (state, answer, answered_by, answered_at, credit_note_id)",
    worker: "SELECT",
}];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
