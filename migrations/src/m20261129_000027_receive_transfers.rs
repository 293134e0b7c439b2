//! Money that comes by bank transfer: the hub's own accounts, what customers announced, what banks' statements say, and
//! which line of a statement paid whom. Statements and their lines are rows of the hub's own organisation.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- Money that has come and nobody knows yet whose it is.
ALTER TABLE account DROP CONSTRAINT account_kind_check;
ALTER TABLE account ADD CONSTRAINT account_kind_check CHECK (kind IN ('wallet', 'lots_promo', 'lots_sponsored',
    'receivable', 'accrued', 'accrued_tax', 'revenue', 'deferred', 'tax', 'promo', 'sponsor', 'breakage', 'rounding',
    'bank', 'unmatched', 'counterpart'));

-- Where the hub is paid: one account for each currency, and those that it had before.
CREATE TABLE receiving_account (
    id uuid PRIMARY KEY,
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    beneficiary text NOT NULL,
    bank text NOT NULL,
    -- Without spaces. A Moroccan one holds the RIB behind its check digits.
    iban text NOT NULL,
    set_by uuid REFERENCES person,
    set_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE UNIQUE INDEX one_account_receives ON receiving_account (currency) WHERE ended_at IS NULL;
GRANT SELECT ON receiving_account TO tamuda_tenant, tamuda_worker;
GRANT SELECT, INSERT, UPDATE (ended_at) ON receiving_account TO tamuda_staff;

-- A top-up that an organisation announced. When it runs out is a matter of time: the state does not say it.
CREATE TABLE transfer_order (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES receiving_account,
    reference text NOT NULL CONSTRAINT transfer_reference_is_its_own UNIQUE,
    currency text NOT NULL,
    -- Minor units: what was announced, and what has come of it.
    amount bigint NOT NULL CHECK (amount > 0),
    paid bigint NOT NULL DEFAULT 0 CHECK (paid BETWEEN 0 AND amount),
    state text NOT NULL CHECK (state IN ('open', 'paid', 'cancelled')),
    asked_by uuid REFERENCES person,
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > asked_at),
    CONSTRAINT transfer_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT paid_transfer_misses_nothing CHECK ((state = 'paid') = (paid = amount))
);
CREATE INDEX transfer_is_open ON transfer_order (currency, expires_at) WHERE state = 'open';
CREATE INDEX transfer_newest_first ON transfer_order (organisation_id, asked_at DESC, id DESC);

CREATE TABLE bank_statement (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES receiving_account,
    file_sha256 bytea NOT NULL,
    -- Its place in a file that holds several.
    place smallint NOT NULL,
    file_name text NOT NULL,
    format text NOT NULL CHECK (format IN ('camt_053', 'mt940', 'csv')),
    -- The days of its lines; nothing where it has none.
    from_on date, to_on date,
    -- Minor units.
    opening bigint, closing bigint,
    n_lines integer NOT NULL,
    -- Lines that an earlier statement brought.
    n_known integer NOT NULL,
    imported_by uuid REFERENCES person,
    imported_at timestamptz NOT NULL,
    CONSTRAINT statement_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT statement_is_imported_once UNIQUE (file_sha256, place)
);
CREATE INDEX statement_newest_first ON bank_statement (imported_at DESC, id DESC);

CREATE TABLE bank_line (
    organisation_id uuid NOT NULL,
    id uuid PRIMARY KEY,
    statement_id uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES receiving_account,
    -- The same for the same booking of the same account in any file.
    identity text NOT NULL CONSTRAINT bank_line_is_known_once UNIQUE,
    -- Where it stands in its file.
    place integer NOT NULL,
    booked_on date NOT NULL,
    value_on date NOT NULL,
    -- Minor units; negative where money went.
    amount bigint NOT NULL,
    payer_name text, payer_account text,
    remittance text NOT NULL,
    bank_reference text,
    -- new: stored and not booked yet. outgoing: no money came.
    state text NOT NULL CHECK (state IN ('new', 'unmatched', 'matched', 'ignored', 'outgoing')),
    -- Why it is as it is, as words with what they are about.
    reasons jsonb NOT NULL DEFAULT '[]',
    score smallint NOT NULL DEFAULT 0 CHECK (score BETWEEN 0 AND 100),
    -- What a person said when they decided.
    note text,
    -- How often it was decided: each decision that books has a key of its own.
    turn integer NOT NULL DEFAULT 0,
    decided_by uuid REFERENCES person,
    decided_at timestamptz,
    CONSTRAINT bank_line_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, statement_id) REFERENCES bank_statement (organisation_id, id),
    CHECK ((state = 'outgoing') = (amount <= 0))
);
CREATE INDEX bank_line_of_statement ON bank_line (organisation_id, statement_id, place);
CREATE INDEX bank_line_waits ON bank_line (id DESC) WHERE state IN ('new', 'unmatched');

-- Which line of a statement paid an organisation. Its line is a row of the hub's, so no reference can name it together
-- with the organisation: the functions below look after it.
CREATE TABLE transfer_receipt (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    bank_line uuid NOT NULL,
    transfer_id uuid,
    -- Minor units: all that came, and what of it paid what was announced.
    amount bigint NOT NULL CHECK (amount > 0),
    applied bigint NOT NULL CHECK (applied BETWEEN 0 AND amount),
    -- Micro-units that paid what was owed; the rest went to the wallet.
    owed bigint NOT NULL CHECK (owed >= 0),
    -- What it did to what was announced.
    class text NOT NULL CHECK (class IN ('exact', 'partial', 'over', 'double', 'unmatched')),
    score smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
    reasons jsonb NOT NULL,
    entry_id uuid NOT NULL,
    matched_by uuid REFERENCES person,
    matched_at timestamptz NOT NULL,
    undo_entry_id uuid,
    undo_reason text,
    undone_by uuid REFERENCES person,
    undone_at timestamptz,
    CONSTRAINT receipt_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, transfer_id) REFERENCES transfer_order (organisation_id, id),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id),
    FOREIGN KEY (organisation_id, undo_entry_id) REFERENCES journal_entry (organisation_id, id),
    CHECK ((undone_at IS NULL) = (undo_entry_id IS NULL) AND (undone_at IS NULL) = (undo_reason IS NULL))
);
CREATE UNIQUE INDEX bank_line_is_credited_once ON transfer_receipt (bank_line) WHERE undone_at IS NULL;
CREATE INDEX receipt_of_transfer ON transfer_receipt (organisation_id, transfer_id);

-- How the sheets of an account are read, remembered from the last time.
CREATE TABLE bank_mapping (
    organisation_id uuid NOT NULL REFERENCES organisation,
    account_id uuid PRIMARY KEY REFERENCES receiving_account,
    mapping jsonb NOT NULL,
    set_by uuid REFERENCES person,
    set_at timestamptz NOT NULL
);

-- Takes a line for the organisation of the transaction, once: whoever comes second gets nothing. Tells how much it is,
-- whether its money lay among what is unmatched, and what the payer wrote.
CREATE FUNCTION take_bank_line(wanted uuid, who uuid, now timestamptz, why jsonb, points smallint)
RETURNS TABLE (amount bigint, currency text, was_unmatched boolean, remittance text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE found bank_line;
BEGIN
    SELECT * INTO found FROM bank_line l WHERE l.id = wanted FOR NO KEY UPDATE;
    IF found.id IS NULL OR found.state NOT IN ('new', 'unmatched') THEN
        RETURN;
    END IF;
    UPDATE bank_line l SET state = 'matched', decided_by = who, decided_at = now, reasons = why, score = points,
        note = NULL, turn = l.turn + 1
    WHERE l.id = wanted;
    RETURN QUERY SELECT found.amount, a.currency, found.state = 'unmatched', found.remittance
    FROM receiving_account a WHERE a.id = found.account_id;
END $$;

-- Gives a line of the transaction's organisation back to what is unmatched; before its receipt is marked undone.
CREATE FUNCTION give_bank_line_back(wanted uuid, who uuid, now timestamptz, why text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE bank_line l SET state = 'unmatched', decided_by = who, decided_at = now, note = why, turn = l.turn + 1
    WHERE l.id = wanted AND l.state = 'matched' AND EXISTS (
        SELECT 1 FROM transfer_receipt r WHERE r.bank_line = wanted AND r.undone_at IS NULL
        AND r.organisation_id = current_organisation());
    RETURN FOUND;
END $$;
REVOKE EXECUTE ON FUNCTION take_bank_line, give_bank_line_back FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_bank_line, give_bank_line_back TO tamuda_tenant;
";

const RIGHTS: &[Rights] = &[
    Rights { table: "transfer_order", tenant: "SELECT, INSERT, UPDATE (paid, state)", worker: "SELECT" },
    Rights { table: "bank_statement", tenant: "SELECT, INSERT", worker: "SELECT" },
    Rights {
        table: "bank_line",
        tenant: "SELECT, INSERT, UPDATE (state, reasons, score, note, turn, decided_by, decided_at)",
        worker: "SELECT",
    },
    Rights {
        table: "transfer_receipt",
        tenant: "SELECT, INSERT, UPDATE (undo_entry_id, undo_reason, undone_by, undone_at)",
        worker: "SELECT",
    },
    Rights { table: "bank_mapping", tenant: "SELECT, INSERT, UPDATE (mapping, set_by, set_at)", worker: "SELECT" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
