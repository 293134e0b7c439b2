//! Withholding at source: what a customer may withhold is data of the tax rules, what it withheld is a row with its
//! certificate and the entry that books it.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- One kind more, whichever there are by now.
DO $$
DECLARE known text;
BEGIN
    SELECT pg_get_constraintdef(oid) INTO STRICT known FROM pg_constraint
    WHERE conrelid = 'account'::regclass AND conname = 'account_kind_check';
    ALTER TABLE account DROP CONSTRAINT account_kind_check;
    EXECUTE 'ALTER TABLE account ADD CONSTRAINT account_kind_check CHECK (kind = ''withheld'' OR '
        || substr(known, length('CHECK ') + 1) || ')';
END $$;

-- The most that buyers may withhold of what the rule taxes; nothing where the law knows no such thing.
ALTER TABLE tax_rule ADD COLUMN withheld_of text CHECK (withheld_of IN ('net', 'tax')),
    ADD COLUMN withheld_ppm integer CHECK (withheld_ppm BETWEEN 1 AND 1000000),
    ADD CONSTRAINT withheld_is_whole CHECK ((withheld_of IS NULL) = (withheld_ppm IS NULL));

CREATE TABLE withholding (
    organisation_id uuid NOT NULL,
    id uuid PRIMARY KEY,
    invoice_id uuid NOT NULL,
    certificate text NOT NULL CHECK (length(certificate) BETWEEN 1 AND 60),
    certified_on date NOT NULL,
    currency text NOT NULL,
    -- Minor units.
    amount bigint NOT NULL CHECK (amount > 0),
    -- Micro-units that paid what was owed beyond the wallet; the rest went to the wallet.
    owed bigint NOT NULL CHECK (owed >= 0),
    entry_id uuid NOT NULL,
    recorded_by uuid REFERENCES person,
    recorded_at timestamptz NOT NULL,
    undo_entry_id uuid,
    undo_reason text,
    undone_by uuid REFERENCES person,
    undone_at timestamptz,
    CONSTRAINT withholding_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, invoice_id) REFERENCES invoice (organisation_id, id),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id),
    FOREIGN KEY (organisation_id, undo_entry_id) REFERENCES journal_entry (organisation_id, id),
    CHECK ((undone_at IS NULL) = (undo_entry_id IS NULL) AND (undone_at IS NULL) = (undo_reason IS NULL))
);
CREATE INDEX withholding_of_invoice ON withholding (organisation_id, invoice_id);
-- A certificate may be of several invoices, and counts once for each.
CREATE UNIQUE INDEX certificate_counts_once ON withholding (organisation_id, invoice_id, certificate)
    WHERE undone_at IS NULL;

-- Only that it is taken back is ever added, once; and of no invoice more is withheld than it says.
CREATE FUNCTION withholding_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (SELECT sum(w.amount) > max(i.total) FROM withholding w
            JOIN invoice i ON i.organisation_id = w.organisation_id AND i.id = w.invoice_id
            WHERE w.invoice_id = NEW.invoice_id AND w.undone_at IS NULL) THEN
            RAISE EXCEPTION 'more is withheld than the invoice says'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'withheld_stays_within_its_invoice';
        END IF;
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.undone_at IS NULL AND (OLD.organisation_id, OLD.id, OLD.invoice_id, OLD.certificate, OLD.certified_on,
            OLD.currency, OLD.amount, OLD.owed, OLD.entry_id, OLD.recorded_at)
            = (NEW.organisation_id, NEW.id, NEW.invoice_id, NEW.certificate, NEW.certified_on,
            NEW.currency, NEW.amount, NEW.owed, NEW.entry_id, NEW.recorded_at) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'what was withheld is taken back, never changed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'withholding_is_undone_once';
END $$;
CREATE TRIGGER withholding_stays BEFORE UPDATE OR DELETE ON withholding
    FOR EACH ROW EXECUTE FUNCTION withholding_stays();
CREATE TRIGGER withheld_stays_within_its_invoice AFTER INSERT ON withholding
    FOR EACH ROW EXECUTE FUNCTION withholding_stays();
";

const RIGHTS: &[Rights] = &[Rights {
    table: "withholding",
    tenant: "SELECT, INSERT, UPDATE (undo_entry_id, undo_reason, undone_by, undone_at)",
    worker: "SELECT",
}];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
