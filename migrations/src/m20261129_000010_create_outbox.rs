//! What waits to be sent out, and the proofs that came with it.

const UP: &str = "
CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    topic text NOT NULL CHECK (topic IN ('mail')),
    -- What may be sent once says so by its key.
    key text NOT NULL CONSTRAINT outbox_key_is_sent_once UNIQUE,
    kind text NOT NULL,
    recipient text NOT NULL,
    locale text CHECK (locale IN ('en', 'fr', 'ar')),
    -- May hold a secret; emptied once it was sent.
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    -- Nobody can use it any more from then on.
    useful_until timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- When it is tried next; nothing once it was sent or given up.
    next_at timestamptz,
    sent_at timestamptz,
    given_up_at timestamptz,
    failure text,
    CONSTRAINT waits_or_is_over CHECK (num_nonnulls(next_at, sent_at, given_up_at) = 1)
);
CREATE INDEX outbox_waits ON outbox (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX outbox_did_not_leave ON outbox (created_at DESC, id) WHERE sent_at IS NULL;
CREATE INDEX outbox_has_left ON outbox (sent_at) WHERE sent_at IS NOT NULL;

ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
GRANT INSERT ON outbox TO tamuda_tenant, tamuda_staff;
GRANT SELECT (id, topic, kind, recipient, created_at, useful_until, attempts, next_at, sent_at, given_up_at, failure),
    UPDATE (useful_until, attempts, next_at, given_up_at), DELETE ON outbox TO tamuda_staff;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO tamuda_worker;
CREATE POLICY posts ON outbox FOR INSERT TO tamuda_tenant WITH CHECK (true);
CREATE POLICY staff ON outbox TO tamuda_staff USING (true);
CREATE POLICY worker ON outbox TO tamuda_worker USING (true);
";

crate::step!(UP);
