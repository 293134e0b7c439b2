//! Documents as files: what each is drawn from, frozen once, and the files that were drawn, which never change.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
ALTER TABLE document_series DROP CONSTRAINT document_series_document_type_check;
ALTER TABLE document_series ADD CONSTRAINT document_series_document_type_check
    CHECK (document_type IN ('invoice', 'credit_note', 'receipt'));
-- Who freezes a receipt numbers it.
GRANT EXECUTE ON FUNCTION take_document_number TO tamuda_worker;

-- A document that is drawn: a queue until it is, and its frozen content for ever.
CREATE TABLE paper (
    organisation_id uuid NOT NULL REFERENCES organisation,
    -- That of the row that it says: an invoice, a credit note, an announced transfer, a payment by card, what a transfer
    -- brought. A statement of account says no row but days, and has its own.
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note', 'pro_forma', 'receipt', 'statement')),
    from_on date, through_on date,
    asked_by uuid REFERENCES person,
    asked_at timestamptz NOT NULL,
    -- Once frozen, in one statement: its number where it has one, its language, and all that its files are drawn from.
    number text CONSTRAINT paper_number_is_used_once UNIQUE,
    language text,
    snapshot bytea, snapshot_sha256 bytea,
    -- When its files were there, and why one that should be is not.
    drawn_at timestamptz,
    trouble text,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- When somebody draws it; nothing once nobody has to.
    next_at timestamptz,
    CONSTRAINT paper_is_of_organisation UNIQUE (organisation_id, id),
    CHECK (num_nonnulls(from_on, through_on) = CASE kind WHEN 'statement' THEN 2 ELSE 0 END),
    CHECK (num_nonnulls(language, snapshot, snapshot_sha256) IN (0, 3)),
    CHECK (snapshot_sha256 = sha256(snapshot)),
    CHECK (drawn_at IS NULL OR snapshot IS NOT NULL)
);
CREATE INDEX paper_waits ON paper (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX paper_newest_first ON paper (organisation_id, asked_at DESC, id DESC);
CREATE INDEX paper_to_look_at ON paper (asked_at DESC, id DESC) WHERE next_at IS NOT NULL;

CREATE TABLE document_artifact (
    organisation_id uuid NOT NULL,
    paper_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('pdf', 'ubl')),
    language text NOT NULL,
    sha256 bytea NOT NULL,
    content bytea NOT NULL,
    drawn_at timestamptz NOT NULL,
    PRIMARY KEY (paper_id, kind, language),
    FOREIGN KEY (organisation_id, paper_id) REFERENCES paper (organisation_id, id),
    CHECK (sha256 = sha256(content))
);

-- What was frozen stays as it is, whoever asks, and so does every file.
CREATE FUNCTION refuse_change_of_paper() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'paper' THEN
        IF (NEW.organisation_id, NEW.id, NEW.kind, NEW.from_on, NEW.through_on, NEW.asked_at)
            IS NOT DISTINCT FROM (OLD.organisation_id, OLD.id, OLD.kind, OLD.from_on, OLD.through_on, OLD.asked_at)
            AND (OLD.snapshot IS NULL OR (NEW.number, NEW.language, NEW.snapshot, NEW.snapshot_sha256)
            IS NOT DISTINCT FROM (OLD.number, OLD.language, OLD.snapshot, OLD.snapshot_sha256))
            AND NEW.drawn_at IS NOT DISTINCT FROM coalesce(OLD.drawn_at, NEW.drawn_at) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a finalised document never changes'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'finalised_never_changes';
END $$;
CREATE TRIGGER finalised_never_changes BEFORE UPDATE OR DELETE ON paper
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_paper();
CREATE TRIGGER finalised_never_changes BEFORE UPDATE OR DELETE ON document_artifact
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_paper();

-- Whatever makes a document asks for its files in the same transaction, whichever way it was made.
CREATE FUNCTION ask_for_paper() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE at timestamptz;
BEGIN
    IF TG_TABLE_NAME = 'invoice' THEN
        at := NEW.finalised_at;
    ELSIF TG_TABLE_NAME = 'credit_note' THEN
        at := NEW.issued_at;
    ELSIF TG_TABLE_NAME = 'transfer_order' THEN
        at := NEW.asked_at;
    ELSIF TG_TABLE_NAME = 'payment' THEN
        at := NEW.ended_at;
    ELSE
        at := NEW.matched_at;
    END IF;
    INSERT INTO paper (organisation_id, id, kind, asked_at, next_at)
    VALUES (NEW.organisation_id, NEW.id, TG_ARGV[0], at, at)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER ask_for_paper AFTER UPDATE ON invoice FOR EACH ROW
    WHEN (OLD.status <> 'finalised' AND NEW.status = 'finalised') EXECUTE FUNCTION ask_for_paper('invoice');
CREATE TRIGGER ask_for_paper AFTER INSERT ON credit_note FOR EACH ROW EXECUTE FUNCTION ask_for_paper('credit_note');
CREATE TRIGGER ask_for_paper AFTER INSERT ON transfer_order FOR EACH ROW EXECUTE FUNCTION ask_for_paper('pro_forma');
CREATE TRIGGER ask_for_paper AFTER UPDATE ON payment FOR EACH ROW
    WHEN (OLD.state <> 'succeeded' AND NEW.state = 'succeeded') EXECUTE FUNCTION ask_for_paper('receipt');
CREATE TRIGGER ask_for_paper AFTER INSERT ON transfer_receipt FOR EACH ROW EXECUTE FUNCTION ask_for_paper('receipt');

-- What was there before, too.
INSERT INTO paper (organisation_id, id, kind, asked_at, next_at)
SELECT organisation_id, id, kind, at, at FROM (
    SELECT organisation_id, id, 'invoice' AS kind, finalised_at AS at FROM invoice WHERE status = 'finalised'
    UNION ALL SELECT organisation_id, id, 'credit_note', issued_at FROM credit_note
    UNION ALL SELECT organisation_id, id, 'pro_forma', asked_at FROM transfer_order
    UNION ALL SELECT organisation_id, id, 'receipt', ended_at FROM payment WHERE state = 'succeeded'
    UNION ALL SELECT organisation_id, id, 'receipt', matched_at FROM transfer_receipt WHERE undone_at IS NULL) made;
";

const RIGHTS: &[Rights] = &[
    Rights {
        table: "paper",
        tenant: "SELECT, INSERT",
        worker: "SELECT, UPDATE (number, language, snapshot, snapshot_sha256, drawn_at, trouble, attempts, next_at)",
    },
    Rights { table: "document_artifact", tenant: "SELECT", worker: "SELECT, INSERT" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
