//! Periods, invoices that never change once numbered, and the series their numbers come from.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
CREATE TABLE billing_period (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    started_at timestamptz NOT NULL,
    -- Empty while it runs; computed from the seller's zone at the close.
    ended_at timestamptz CHECK (ended_at > started_at),
    closed_at timestamptz,
    closed_by uuid REFERENCES person,
    CONSTRAINT period_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT periods_tile UNIQUE (organisation_id, started_at),
    CHECK ((ended_at IS NULL) = (closed_at IS NULL))
);
CREATE UNIQUE INDEX one_period_runs ON billing_period (organisation_id) WHERE ended_at IS NULL;
CREATE INDEX period_by_end ON billing_period (organisation_id, ended_at);

-- Finance does not wait for a cluster's word: what it has not confirmed of the stretch is never billed.
CREATE TABLE cluster_waiver (
    organisation_id uuid NOT NULL,
    period_id uuid NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    waived_from timestamptz NOT NULL,
    waived_through timestamptz NOT NULL CHECK (waived_through > waived_from),
    reason text NOT NULL,
    waived_by uuid REFERENCES person,
    waived_at timestamptz NOT NULL,
    CONSTRAINT cluster_is_waived_once PRIMARY KEY (organisation_id, cluster_id, period_id),
    FOREIGN KEY (organisation_id, period_id) REFERENCES billing_period (organisation_id, id)
);

CREATE TABLE invoice (
    organisation_id uuid NOT NULL,
    id uuid PRIMARY KEY,
    period_id uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'finalised')),
    series text NOT NULL,
    number text CONSTRAINT number_is_used_once UNIQUE,
    language text NOT NULL,
    currency text NOT NULL,
    -- Minor units of the currency.
    net bigint NOT NULL, tax bigint NOT NULL, total bigint NOT NULL,
    issued_on date, due_on date,
    -- The document as it was issued, byte for byte.
    snapshot bytea, snapshot_sha256 bytea,
    drafted_at timestamptz NOT NULL,
    finalised_at timestamptz,
    finalised_by uuid REFERENCES person,
    CONSTRAINT invoice_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT period_has_one_invoice UNIQUE (organisation_id, period_id),
    FOREIGN KEY (organisation_id, period_id) REFERENCES billing_period (organisation_id, id),
    CHECK (total = net + tax),
    CHECK ((status = 'finalised') = (number IS NOT NULL AND snapshot IS NOT NULL AND finalised_at IS NOT NULL))
);
CREATE INDEX invoice_newest_first ON invoice (organisation_id, drafted_at DESC, id DESC);
CREATE INDEX invoice_by_draft ON invoice (drafted_at DESC, id DESC);
CREATE INDEX invoice_by_status ON invoice (status, drafted_at DESC, id DESC);

CREATE TABLE invoice_line (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line smallint NOT NULL CHECK (line > 0),
    project_id uuid NOT NULL,
    flavour_id uuid NOT NULL REFERENCES flavour,
    price_id uuid NOT NULL REFERENCES price,
    tax_rule_id uuid NOT NULL REFERENCES tax_rule,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL CHECK (ended_at > started_at),
    -- Units times seconds, and their price before and after the hub's own gifts.
    unit_seconds bigint NOT NULL CHECK (unit_seconds >= 0),
    net_micros bigint NOT NULL CHECK (net_micros >= 0),
    allowance_micros bigint NOT NULL CHECK (allowance_micros >= 0),
    net bigint NOT NULL,
    PRIMARY KEY (invoice_id, line),
    FOREIGN KEY (organisation_id, invoice_id) REFERENCES invoice (organisation_id, id),
    FOREIGN KEY (organisation_id, project_id) REFERENCES project (organisation_id, id)
);

CREATE TABLE invoice_tax (
    organisation_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    tax_rule_id uuid NOT NULL REFERENCES tax_rule,
    taxable bigint NOT NULL,
    tax bigint NOT NULL,
    PRIMARY KEY (invoice_id, tax_rule_id),
    FOREIGN KEY (organisation_id, invoice_id) REFERENCES invoice (organisation_id, id)
);

ALTER TABLE settlement ADD FOREIGN KEY (organisation_id, invoice_id) REFERENCES invoice (organisation_id, id);

CREATE TABLE document_series (
    seller_id uuid NOT NULL REFERENCES organisation,
    document_type text NOT NULL CHECK (document_type IN ('invoice')),
    fiscal_year integer NOT NULL,
    last_number integer NOT NULL CHECK (last_number > 0),
    last_on date NOT NULL,
    PRIMARY KEY (seller_id, document_type, fiscal_year)
);

-- Taken last before the commit: a rollback gives the number back, and the row's lock keeps dates in order.
CREATE FUNCTION take_document_number(seller uuid, wanted_type text, year integer, today date, OUT number integer, OUT issued_on date)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    INSERT INTO document_series AS s (seller_id, document_type, fiscal_year, last_number, last_on)
    VALUES (seller, wanted_type, year, 1, today)
    ON CONFLICT (seller_id, document_type, fiscal_year)
        DO UPDATE SET last_number = s.last_number + 1, last_on = greatest(s.last_on, today)
    RETURNING last_number, last_on
$$;
REVOKE EXECUTE ON FUNCTION take_document_number FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_document_number TO tamuda_tenant;
GRANT SELECT ON document_series TO tamuda_staff;

-- A finalised document never changes, whoever asks.
CREATE FUNCTION refuse_change_of_finalised() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_TABLE_NAME = 'invoice' THEN
        IF OLD.status <> 'finalised' THEN RETURN coalesce(NEW, OLD); END IF;
    ELSIF NOT EXISTS (SELECT 1 FROM invoice WHERE id IN (NEW.invoice_id, OLD.invoice_id) AND status = 'finalised') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'a finalised document never changes'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'finalised_never_changes';
END $$;
CREATE TRIGGER finalised_never_changes BEFORE UPDATE OR DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_finalised();
CREATE TRIGGER finalised_never_changes BEFORE INSERT OR UPDATE OR DELETE ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_finalised();
CREATE TRIGGER finalised_never_changes BEFORE INSERT OR UPDATE OR DELETE ON invoice_tax
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_finalised();
CREATE TRIGGER finalised_never_changes BEFORE UPDATE OR DELETE ON settlement
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_finalised();
";

const RIGHTS: &[Rights] = &[
    Rights { table: "billing_period", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, INSERT" },
    Rights { table: "cluster_waiver", tenant: "SELECT, INSERT", worker: "SELECT" },
    Rights { table: "invoice", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT" },
    Rights { table: "invoice_line", tenant: "SELECT, INSERT, DELETE", worker: "SELECT" },
    Rights { table: "invoice_tax", tenant: "SELECT, INSERT, DELETE", worker: "SELECT" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
