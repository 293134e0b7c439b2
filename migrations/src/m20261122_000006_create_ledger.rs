//! Double entry: accounts, entries, postings, holds, lots and what was paid from them.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
CREATE TABLE account (
    id uuid PRIMARY KEY,
    -- Empty for the house's own accounts, which carry no stored balance.
    organisation_id uuid REFERENCES organisation,
    kind text NOT NULL CHECK (kind IN ('wallet', 'lots_promo', 'lots_sponsored', 'receivable', 'accrued',
        'accrued_tax', 'revenue', 'deferred', 'tax', 'promo', 'sponsor', 'breakage', 'rounding', 'bank', 'counterpart')),
    -- A currency, or gpu_s: and a flavour's slug.
    unit text NOT NULL,
    posted bigint,
    held bigint,
    floor bigint NOT NULL DEFAULT 0,
    CONSTRAINT account_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT account_exists_once UNIQUE NULLS NOT DISTINCT (organisation_id, kind, unit),
    CHECK ((organisation_id IS NULL) = (posted IS NULL) AND (posted IS NULL) = (held IS NULL)),
    CHECK (held >= 0),
    CONSTRAINT account_stays_above_its_floor CHECK (posted - held >= floor)
);

CREATE TABLE journal_entry (
    id uuid PRIMARY KEY,
    organisation_id uuid REFERENCES organisation,
    command_key text NOT NULL CONSTRAINT entry_is_booked_once UNIQUE,
    kind text NOT NULL,
    memo jsonb NOT NULL,
    booked_at timestamptz NOT NULL,
    salt bytea NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT entry_is_of_organisation UNIQUE (organisation_id, id)
);
CREATE INDEX entry_newest_first ON journal_entry (organisation_id, booked_at DESC, id DESC);
CREATE INDEX entry_by_xid ON journal_entry (xid);

CREATE TABLE posting (
    entry_id uuid NOT NULL,
    line smallint NOT NULL,
    -- The tenant that it was made for, on the house's side too.
    organisation_id uuid NOT NULL,
    -- The tenant's own or one of the house, which is nobody's: no reference can say that, so the entry's trigger does.
    account_id uuid NOT NULL REFERENCES account,
    amount bigint NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry_id, line),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id)
);
CREATE INDEX posting_of_account ON posting (account_id, entry_id);
CREATE INDEX posting_of_organisation ON posting (organisation_id, account_id, entry_id);

CREATE TABLE lot (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    kind text NOT NULL CHECK (kind IN ('promo', 'sponsored')),
    unit text NOT NULL,
    name text NOT NULL,
    granted bigint NOT NULL CHECK (granted > 0),
    used bigint NOT NULL DEFAULT 0 CHECK (used >= 0),
    expired bigint NOT NULL DEFAULT 0 CHECK (expired >= 0),
    voided bigint NOT NULL DEFAULT 0 CHECK (voided >= 0),
    held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
    priority smallint NOT NULL DEFAULT 100,
    -- Empty: everything.
    scope_flavours uuid[], scope_projects uuid[],
    effective_at timestamptz NOT NULL,
    expires_at timestamptz CHECK (expires_at > effective_at),
    reason text NOT NULL,
    granted_by uuid REFERENCES person,
    granted_at timestamptz NOT NULL,
    CONSTRAINT lot_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT lot_covers_what_it_pays CHECK (used + expired + voided + held <= granted)
);
CREATE INDEX lot_burn_order ON lot (organisation_id, priority, expires_at, effective_at, id);

CREATE TABLE hold (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    lease_id uuid NOT NULL CONSTRAINT lease_has_one_hold UNIQUE,
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    cover_until timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    CONSTRAINT hold_is_of_organisation UNIQUE (organisation_id, id),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX hold_is_open ON hold (organisation_id, opened_at) WHERE state = 'open';

CREATE TABLE hold_part (
    organisation_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    line smallint NOT NULL,
    account_id uuid NOT NULL,
    lot_id uuid,
    amount bigint NOT NULL CHECK (amount > 0),
    PRIMARY KEY (hold_id, line),
    FOREIGN KEY (organisation_id, account_id) REFERENCES account (organisation_id, id),
    FOREIGN KEY (organisation_id, hold_id) REFERENCES hold (organisation_id, id),
    FOREIGN KEY (organisation_id, lot_id) REFERENCES lot (organisation_id, id)
);
CREATE INDEX part_of_account ON hold_part (organisation_id, account_id);

-- Sees the postings of every statement, whoever wrote it: they sum to zero per entry and unit, and none is on an account
-- of another organisation. An entry is written by one statement, so what it adds to another one sums to zero too.
CREATE FUNCTION entry_sums_to_zero() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE wrong uuid;
BEGIN
    SELECT p.entry_id INTO wrong FROM written p JOIN account a ON a.id = p.account_id
        GROUP BY p.entry_id, a.unit HAVING sum(p.amount) <> 0 OR bool_or(a.organisation_id <> p.organisation_id);
    IF FOUND THEN
        RAISE EXCEPTION 'entry % does not sum to zero among its own organisation''s accounts', wrong
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entry_sums_to_zero';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_sums_to_zero AFTER INSERT ON posting REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION entry_sums_to_zero();

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE (posted, held, floor) ON account TO tamuda_tenant, tamuda_worker;
GRANT SELECT ON account TO tamuda_staff;
CREATE POLICY tenant ON account TO tamuda_tenant USING (organisation_id = current_organisation());
CREATE POLICY house ON account FOR SELECT TO tamuda_tenant USING (organisation_id IS NULL);
CREATE POLICY staff ON account FOR SELECT TO tamuda_staff USING (true);
CREATE POLICY worker_reads ON account FOR SELECT TO tamuda_worker USING (true);
CREATE POLICY worker ON account TO tamuda_worker USING (organisation_id = current_organisation());

-- A house account is named by its kind and unit; making it twice finds the one that is there.
CREATE FUNCTION house_account(wanted_kind text, wanted_unit text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE found uuid;
BEGIN
    SELECT id INTO found FROM account WHERE organisation_id IS NULL AND kind = wanted_kind AND unit = wanted_unit;
    IF found IS NULL THEN
        INSERT INTO account (id, organisation_id, kind, unit) VALUES (gen_random_uuid(), NULL, wanted_kind, wanted_unit)
            ON CONFLICT ON CONSTRAINT account_exists_once DO NOTHING;
        SELECT id INTO found FROM account WHERE organisation_id IS NULL AND kind = wanted_kind AND unit = wanted_unit;
    END IF;
    RETURN found;
END $$;
-- What every change of an organisation's money locks first, always in this order. FOR UPDATE would block every insert
-- that references one of the rows. The wallet's floor is minus the credit limit; one that was lowered below the debt
-- takes effect as the debt is paid.
CREATE FUNCTION lock_purse(tenant uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM account WHERE organisation_id = tenant ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM lot WHERE organisation_id = tenant AND used + expired + voided < granted ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM hold WHERE organisation_id = tenant AND state = 'open' ORDER BY id FOR NO KEY UPDATE;
    UPDATE account SET floor = least(-o.credit_limit_micros, posted - held) FROM organisation o
    WHERE o.id = tenant AND account.organisation_id = tenant AND account.kind = 'wallet' AND account.unit = o.currency
    AND floor IS DISTINCT FROM least(-o.credit_limit_micros, posted - held);
END $$;
REVOKE EXECUTE ON FUNCTION house_account, lock_purse FROM PUBLIC;
GRANT EXECUTE ON FUNCTION house_account, lock_purse TO tamuda_tenant, tamuda_worker;
";

const RIGHTS: &[Rights] = &[
    Rights { table: "journal_entry", tenant: "SELECT, INSERT", worker: "SELECT, INSERT" },
    Rights { table: "posting", tenant: "SELECT, INSERT", worker: "SELECT, INSERT" },
    Rights { table: "lot", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, UPDATE" },
    Rights { table: "hold", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, INSERT, UPDATE" },
    Rights { table: "hold_part", tenant: "SELECT, INSERT, DELETE", worker: "SELECT, INSERT, DELETE" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
