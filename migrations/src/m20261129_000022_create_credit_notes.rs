//! Credit notes: what corrects a finalised invoice, numbered in a series of their own, and never more than the invoice.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- What a credit note's rows refer to.
ALTER TABLE invoice_line ADD CONSTRAINT line_is_of_organisation UNIQUE (organisation_id, invoice_id, line);
ALTER TABLE invoice_tax ADD CONSTRAINT tax_is_of_organisation UNIQUE (organisation_id, invoice_id, tax_rule_id);

CREATE TABLE credit_note (
    organisation_id uuid NOT NULL,
    id uuid PRIMARY KEY,
    invoice_id uuid NOT NULL,
    series text NOT NULL,
    number text NOT NULL CONSTRAINT credit_number_is_used_once UNIQUE,
    language text NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    -- Minor units of the currency, positive although they are taken back.
    net bigint NOT NULL CHECK (net >= 0), tax bigint NOT NULL CHECK (tax >= 0), total bigint NOT NULL,
    issued_on date NOT NULL,
    -- The document as it was issued, byte for byte.
    snapshot bytea NOT NULL, snapshot_sha256 bytea NOT NULL,
    -- What was booked; nothing where no amount moved.
    entry_id uuid,
    issued_at timestamptz NOT NULL,
    issued_by uuid REFERENCES person,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT credit_note_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT credit_note_is_of_invoice UNIQUE (organisation_id, id, invoice_id),
    FOREIGN KEY (organisation_id, invoice_id) REFERENCES invoice (organisation_id, id),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id),
    CHECK (total = net + tax)
);
CREATE INDEX credit_note_newest_first ON credit_note (organisation_id, issued_at DESC, id DESC);
CREATE INDEX credit_note_by_issue ON credit_note (issued_at DESC, id DESC);
CREATE INDEX credit_note_of_invoice ON credit_note (organisation_id, invoice_id);

CREATE TABLE credit_note_line (
    organisation_id uuid NOT NULL,
    credit_note_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    -- The invoice's own number of the line.
    line smallint NOT NULL,
    -- Units times seconds that are taken back; nothing where only the amount is.
    unit_seconds bigint NOT NULL CHECK (unit_seconds >= 0),
    -- Minor units: before the hub's gifts, the gifts, and what is taxed.
    amount bigint NOT NULL CHECK (amount = allowance + net),
    allowance bigint NOT NULL CHECK (allowance >= 0),
    net bigint NOT NULL CHECK (net >= 0),
    PRIMARY KEY (credit_note_id, line),
    FOREIGN KEY (organisation_id, credit_note_id, invoice_id) REFERENCES credit_note (organisation_id, id, invoice_id),
    FOREIGN KEY (organisation_id, invoice_id, line) REFERENCES invoice_line (organisation_id, invoice_id, line)
);
CREATE INDEX credit_of_line ON credit_note_line (organisation_id, invoice_id, line);

CREATE TABLE credit_note_tax (
    organisation_id uuid NOT NULL,
    credit_note_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    tax_rule_id uuid NOT NULL REFERENCES tax_rule,
    taxable bigint NOT NULL CHECK (taxable >= 0),
    tax bigint NOT NULL CHECK (tax >= 0),
    PRIMARY KEY (credit_note_id, tax_rule_id),
    FOREIGN KEY (organisation_id, credit_note_id, invoice_id) REFERENCES credit_note (organisation_id, id, invoice_id),
    FOREIGN KEY (organisation_id, invoice_id, tax_rule_id) REFERENCES invoice_tax (organisation_id, invoice_id, tax_rule_id)
);
CREATE INDEX credit_of_tax ON credit_note_tax (organisation_id, invoice_id, tax_rule_id);

ALTER TABLE document_series DROP CONSTRAINT document_series_document_type_check;
ALTER TABLE document_series ADD CONSTRAINT document_series_document_type_check
    CHECK (document_type IN ('invoice', 'credit_note'));

-- A credit note is whole when its transaction ends, and never changes, whoever asks.
CREATE FUNCTION refuse_change_of_credit_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT 1 FROM credit_note WHERE id = NEW.credit_note_id AND xid = pg_current_xact_id()) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a finalised document never changes'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'finalised_never_changes';
END $$;
CREATE TRIGGER finalised_never_changes BEFORE UPDATE OR DELETE ON credit_note
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_credit_note();
CREATE TRIGGER finalised_never_changes BEFORE INSERT OR UPDATE OR DELETE ON credit_note_line
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_credit_note();
CREATE TRIGGER finalised_never_changes BEFORE INSERT OR UPDATE OR DELETE ON credit_note_tax
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_credit_note();

-- Of no line and of no tax more is credited than was invoiced. Whoever credits holds the invoice's lock.
CREATE FUNCTION credit_stays_within_its_invoice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE beyond boolean;
BEGIN
    IF TG_TABLE_NAME = 'credit_note_line' THEN
        SELECT sum(c.net) > i.net OR sum(c.unit_seconds) > i.unit_seconds INTO beyond
        FROM invoice_line i JOIN credit_note_line c
            ON c.organisation_id = i.organisation_id AND c.invoice_id = i.invoice_id AND c.line = i.line
        WHERE i.invoice_id = NEW.invoice_id AND i.line = NEW.line GROUP BY i.net, i.unit_seconds;
    ELSE
        SELECT sum(c.taxable) > i.taxable OR sum(c.tax) > i.tax INTO beyond
        FROM invoice_tax i JOIN credit_note_tax c
            ON c.organisation_id = i.organisation_id AND c.invoice_id = i.invoice_id AND c.tax_rule_id = i.tax_rule_id
        WHERE i.invoice_id = NEW.invoice_id AND i.tax_rule_id = NEW.tax_rule_id GROUP BY i.taxable, i.tax;
    END IF;
    IF beyond THEN
        RAISE EXCEPTION 'a credit note is beyond its invoice'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'credit_stays_within_its_invoice';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER credit_stays_within_its_invoice AFTER INSERT ON credit_note_line
    FOR EACH ROW EXECUTE FUNCTION credit_stays_within_its_invoice();
CREATE TRIGGER credit_stays_within_its_invoice AFTER INSERT ON credit_note_tax
    FOR EACH ROW EXECUTE FUNCTION credit_stays_within_its_invoice();
";

const RIGHTS: &[Rights] = &[
    Rights { table: "credit_note", tenant: "SELECT, INSERT", worker: "SELECT" },
    Rights { table: "credit_note_line", tenant: "SELECT, INSERT", worker: "SELECT" },
    Rights { table: "credit_note_tax", tenant: "SELECT, INSERT", worker: "SELECT" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
