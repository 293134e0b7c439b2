//! What was asked and done: idempotency records, the audit, and the seal over it.

const UP: &str = "
CREATE TABLE idempotency (
    organisation_id uuid REFERENCES organisation,
    principal text NOT NULL,
    key text NOT NULL,
    command text NOT NULL,
    body_sha256 bytea NOT NULL,
    result jsonb,
    at timestamptz NOT NULL,
    CONSTRAINT command_was_given UNIQUE NULLS NOT DISTINCT (organisation_id, principal, key)
);

CREATE TABLE audit (
    id uuid PRIMARY KEY,
    organisation_id uuid REFERENCES organisation,
    -- A person's id with the session, or the name of a worker.
    principal text NOT NULL,
    user_id uuid REFERENCES person,
    -- Set when a person acted as the hub's staff.
    staff_role text,
    verb text NOT NULL,
    subject text NOT NULL,
    before jsonb,
    after jsonb,
    address text,
    at timestamptz NOT NULL,
    salt bytea NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX audit_of_organisation ON audit (organisation_id, at DESC, id DESC);
CREATE INDEX audit_by_time ON audit (at DESC, id DESC);
CREATE INDEX audit_by_xid ON audit (xid);

-- Numbers and chains what is committed; salt and content of a sealed row may be erased, the chain still verifies.
CREATE TABLE seal (
    seq bigint PRIMARY KEY,
    table_name text NOT NULL,
    row_id uuid NOT NULL,
    -- The transaction that wrote the row: the sealer goes on behind the last one.
    row_xid xid8 NOT NULL,
    digest bytea NOT NULL,
    head bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    CONSTRAINT row_is_sealed_once UNIQUE (table_name, row_id)
);

ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE (result) ON idempotency TO tamuda_tenant, tamuda_staff;
GRANT SELECT, INSERT ON audit TO tamuda_tenant, tamuda_staff, tamuda_worker;
GRANT SELECT ON seal TO tamuda_staff;
GRANT SELECT, INSERT ON seal TO tamuda_worker;
CREATE POLICY tenant ON idempotency TO tamuda_tenant USING (organisation_id = current_organisation());
CREATE POLICY staff ON idempotency TO tamuda_staff USING (organisation_id IS NULL);
CREATE POLICY tenant ON audit TO tamuda_tenant USING (organisation_id = current_organisation());
CREATE POLICY staff_reads ON audit FOR SELECT TO tamuda_staff USING (true);
CREATE POLICY staff ON audit FOR INSERT TO tamuda_staff WITH CHECK (organisation_id IS NULL);
CREATE POLICY worker_reads ON audit FOR SELECT TO tamuda_worker USING (true);
CREATE POLICY worker ON audit FOR INSERT TO tamuda_worker
    WITH CHECK (organisation_id IS NOT DISTINCT FROM current_organisation());
";

crate::step!(UP);
