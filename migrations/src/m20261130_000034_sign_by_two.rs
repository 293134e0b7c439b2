//! What two people sign: above a limit somebody else of the hub agrees to exactly what was asked. And debts that are written
//! off, with the account that they go to.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- The kinds of accounts, whichever they are by now, and one more: what nobody will pay.
DO $$
DECLARE said text;
BEGIN
    SELECT pg_get_constraintdef(oid) INTO said FROM pg_constraint WHERE conname = 'account_kind_check';
    ALTER TABLE account DROP CONSTRAINT account_kind_check;
    EXECUTE 'ALTER TABLE account ADD CONSTRAINT account_kind_check '
        || replace(said, 'ARRAY[', 'ARRAY[''written_off''::text, ');
END $$;

-- Above which amount two people sign: one row in force for each kind and currency, and at most one that waits. Whoever
-- makes a limit stricter does so alone; a looser one needs somebody else.
CREATE TABLE sign_off_limit (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('finalise', 'refund', 'write_off', 'close')),
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    -- Micro-units; nothing where one person is enough whatever the amount.
    amount bigint CHECK (amount >= 0),
    asked_by uuid NOT NULL REFERENCES person,
    asked_at timestamptz NOT NULL,
    agreed_by uuid REFERENCES person,
    in_force_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT limit_is_agreed_by_another CHECK (agreed_by <> asked_by),
    CHECK (agreed_by IS NULL OR in_force_at IS NOT NULL)
);
CREATE UNIQUE INDEX one_limit_is_in_force ON sign_off_limit (kind, currency)
    WHERE in_force_at IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX one_limit_waits ON sign_off_limit (kind, currency)
    WHERE in_force_at IS NULL AND ended_at IS NULL;
GRANT SELECT ON sign_off_limit TO tamuda_tenant, tamuda_worker;
GRANT SELECT, INSERT, UPDATE (agreed_by, in_force_at, ended_at) ON sign_off_limit TO tamuda_staff;

CREATE TABLE sign_off (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('finalise', 'refund', 'write_off', 'close')),
    -- The invoice, the payment, the organisation, the period: what the kind is about.
    subject uuid NOT NULL,
    -- The digest of exactly what is signed.
    body_sha256 text NOT NULL CHECK (body_sha256 ~ '^[0-9a-f]{64}$'),
    -- What is signed, where it stands nowhere else.
    body jsonb,
    -- Micro-units.
    amount bigint NOT NULL CHECK (amount >= 0),
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    -- voided: something else was asked for the same subject. used: the command was given.
    state text NOT NULL CHECK (state IN ('open', 'signed', 'refused', 'withdrawn', 'voided', 'used')),
    asked_by uuid NOT NULL REFERENCES person,
    asked_at timestamptz NOT NULL,
    signed_by uuid REFERENCES person,
    signed_at timestamptz,
    refused_by uuid REFERENCES person,
    refused_at timestamptz,
    reason text,
    ended_at timestamptz,
    CONSTRAINT sign_off_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT sign_off_is_signed_by_another CHECK (signed_by <> asked_by),
    CONSTRAINT sign_off_is_refused_by_another CHECK (refused_by <> asked_by),
    CHECK ((signed_by IS NULL) = (signed_at IS NULL) AND (refused_by IS NULL) = (refused_at IS NULL)),
    CHECK ((state = 'refused') = (refused_by IS NOT NULL) AND (refused_by IS NULL) = (reason IS NULL)),
    CHECK (state NOT IN ('signed', 'used') OR signed_by IS NOT NULL),
    CHECK ((state IN ('open', 'signed')) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX sign_off_is_asked_once ON sign_off (organisation_id, kind, subject) WHERE state IN ('open', 'signed');
CREATE INDEX sign_off_waits ON sign_off (asked_at, id) WHERE state IN ('open', 'signed');
CREATE INDEX sign_off_of_subject ON sign_off (organisation_id, kind, subject, asked_at DESC);

-- What is signed never changes under a signature, and what has ended stays as it ended.
CREATE FUNCTION sign_off_keeps_its_body() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR (OLD.state = 'signed' AND NEW.state = 'open') OR
        (NEW.organisation_id, NEW.id, NEW.kind, NEW.subject, NEW.body_sha256, NEW.body, NEW.amount, NEW.currency,
            NEW.asked_by, NEW.asked_at)
        IS DISTINCT FROM
        (OLD.organisation_id, OLD.id, OLD.kind, OLD.subject, OLD.body_sha256, OLD.body, OLD.amount, OLD.currency,
            OLD.asked_by, OLD.asked_at)
        OR NEW.signed_by IS DISTINCT FROM coalesce(OLD.signed_by, NEW.signed_by) THEN
        RAISE EXCEPTION 'what is signed never changes'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'sign_off_keeps_its_body';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sign_off_keeps_its_body BEFORE UPDATE ON sign_off
    FOR EACH ROW EXECUTE FUNCTION sign_off_keeps_its_body();

CREATE TABLE write_off (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    -- Of which invoice; nothing where it is of all that is owed.
    invoice_id uuid,
    -- Micro-units: all of it, and what of it was owed in the wallet of who pays on account.
    amount bigint NOT NULL CHECK (amount > 0),
    of_wallet bigint NOT NULL CHECK (of_wallet BETWEEN 0 AND amount),
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    reason text NOT NULL,
    entry_id uuid NOT NULL,
    written_off_by uuid REFERENCES person,
    written_off_at timestamptz NOT NULL,
    undo_entry_id uuid,
    undo_reason text,
    undone_by uuid REFERENCES person,
    undone_at timestamptz,
    CONSTRAINT write_off_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, invoice_id) REFERENCES invoice (organisation_id, id),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id),
    FOREIGN KEY (organisation_id, undo_entry_id) REFERENCES journal_entry (organisation_id, id),
    CHECK ((undone_at IS NULL) = (undo_entry_id IS NULL) AND (undone_at IS NULL) = (undo_reason IS NULL))
);
CREATE INDEX write_off_newest_first ON write_off (organisation_id, written_off_at DESC, id DESC);
CREATE INDEX write_off_of_invoice ON write_off (organisation_id, invoice_id) WHERE undone_at IS NULL;
";

const RIGHTS: &[Rights] = &[
    Rights {
        table: "sign_off",
        tenant: "SELECT, INSERT, UPDATE (state, signed_by, signed_at, refused_by, refused_at, reason, ended_at)",
        worker: "SELECT",
    },
    Rights {
        table: "write_off",
        tenant: "SELECT, INSERT, UPDATE (undo_entry_id, undo_reason, undone_by, undone_at)",
        worker: "SELECT",
    },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
