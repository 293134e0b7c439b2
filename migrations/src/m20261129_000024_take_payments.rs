//! Money that people pay by card: what was asked for, what the provider says of it, and the events that it sends.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- Money that a provider of payments has taken and not paid out yet, and money of which nobody knows yet whose it is.
ALTER TABLE account DROP CONSTRAINT account_kind_check;
ALTER TABLE account ADD CONSTRAINT account_kind_check CHECK (kind IN ('wallet', 'lots_promo', 'lots_sponsored',
    'receivable', 'accrued', 'accrued_tax', 'revenue', 'deferred', 'tax', 'promo', 'sponsor', 'breakage', 'rounding',
    'bank', 'clearing', 'unmatched', 'counterpart'));

CREATE TABLE payment (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    provider text NOT NULL CHECK (provider IN ('stripe')),
    -- checkout: on a page of the provider. saved_card: without the person.
    kind text NOT NULL CHECK (kind IN ('checkout', 'saved_card')),
    -- Minor units: our quote, which is all that is ever credited.
    amount bigint NOT NULL CHECK (amount > 0),
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    -- Stored before the provider is called, and sent with every call for this payment.
    idempotency_key text NOT NULL CONSTRAINT payment_key_is_used_once UNIQUE,
    -- What the provider calls its page and the movement of money behind it.
    session_ref text CONSTRAINT payment_has_its_own_session UNIQUE,
    intent_ref text CONSTRAINT payment_has_its_own_intent UNIQUE,
    -- Where the person pays.
    pay_at text,
    state text NOT NULL CHECK (state IN ('wanted', 'sent', 'waits', 'needs_person', 'failed', 'cancelled', 'expired',
        'succeeded')),
    captured bigint NOT NULL DEFAULT 0,
    refunded bigint NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND captured),
    -- The provider's word for why it failed.
    failure text,
    asked_by uuid REFERENCES person,
    asked_at timestamptz NOT NULL,
    ended_at timestamptz,
    -- How often it was looked at, and when it is next; nothing once nobody has to.
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_at timestamptz,
    entry_id uuid CONSTRAINT payment_has_its_own_entry UNIQUE,
    CONSTRAINT payment_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id),
    CHECK ((state = 'succeeded') = (entry_id IS NOT NULL)),
    CHECK (captured = CASE WHEN state = 'succeeded' THEN amount ELSE 0 END),
    CHECK ((ended_at IS NOT NULL) = (state IN ('failed', 'cancelled', 'expired', 'succeeded')))
);
CREATE INDEX payment_waits ON payment (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX payment_of_organisation_waits ON payment (organisation_id, asked_at) WHERE next_at IS NOT NULL;
CREATE INDEX payment_ended ON payment (ended_at) WHERE state = 'succeeded';

CREATE FUNCTION payment_rank(state text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE state WHEN 'wanted' THEN 0 WHEN 'sent' THEN 1 WHEN 'waits' THEN 2 WHEN 'needs_person' THEN 2
        WHEN 'succeeded' THEN 4 ELSE 3 END
$$;

-- A payment only goes forward, money that comes late counts, and nobody changes what was quoted.
CREATE FUNCTION payment_goes_forward() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    rank_before integer := payment_rank(OLD.state);
    rank_after integer := payment_rank(NEW.state);
BEGIN
    IF rank_after < rank_before OR (rank_after = rank_before AND rank_after <> 2 AND NEW.state <> OLD.state) THEN
        RAISE EXCEPTION 'a payment does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payment_goes_forward';
    END IF;
    IF (NEW.organisation_id, NEW.id, NEW.provider, NEW.kind, NEW.amount, NEW.currency, NEW.idempotency_key)
        IS DISTINCT FROM
        (OLD.organisation_id, OLD.id, OLD.provider, OLD.kind, OLD.amount, OLD.currency, OLD.idempotency_key)
        OR NEW.session_ref IS DISTINCT FROM coalesce(OLD.session_ref, NEW.session_ref)
        OR NEW.intent_ref IS DISTINCT FROM coalesce(OLD.intent_ref, NEW.intent_ref)
        OR NEW.entry_id IS DISTINCT FROM coalesce(OLD.entry_id, NEW.entry_id) THEN
        RAISE EXCEPTION 'what a payment was quoted and is called never changes'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payment_keeps_its_quote';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_goes_forward BEFORE UPDATE ON payment
    FOR EACH ROW EXECUTE FUNCTION payment_goes_forward();

-- What a provider calls an organisation.
CREATE TABLE provider_customer (
    organisation_id uuid NOT NULL REFERENCES organisation,
    provider text NOT NULL CHECK (provider IN ('stripe')),
    reference text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, provider),
    CONSTRAINT customer_is_one_organisation UNIQUE (provider, reference)
);

-- What does not agree between the provider and us, for people to look into; nothing of it was credited.
CREATE TABLE payment_finding (
    id uuid PRIMARY KEY,
    provider text NOT NULL CHECK (provider IN ('stripe')),
    kind text NOT NULL CHECK (kind IN ('amount_differs', 'unknown_payment', 'not_at_provider', 'unreadable_event')),
    -- What the provider calls the thing.
    reference text NOT NULL,
    -- Ours, where there is one.
    payment uuid,
    details jsonb NOT NULL,
    found_at timestamptz NOT NULL,
    -- Who looked into it, and what they found.
    settled_by uuid REFERENCES person,
    settled_at timestamptz,
    note text,
    CONSTRAINT finding_is_told_once UNIQUE (provider, kind, reference),
    CHECK ((settled_at IS NULL) = (note IS NULL))
);
CREATE INDEX finding_waits ON payment_finding (found_at DESC, id DESC) WHERE settled_at IS NULL;
GRANT SELECT, UPDATE (settled_by, settled_at, note) ON payment_finding TO tamuda_staff;
GRANT SELECT, INSERT ON payment_finding TO tamuda_worker;

-- What a provider tells, byte for byte. Its name is remembered for ever, so that nothing counts twice; its bytes, which may
-- name people, are forgotten once nobody can have a question about them.
CREATE TABLE webhook_event (
    id uuid PRIMARY KEY,
    provider text NOT NULL CHECK (provider IN ('stripe')),
    event_id text NOT NULL,
    -- What happened to what; nothing where the body could not be read.
    kind text,
    object_ref text,
    -- sent: the provider called. listed: we asked what we had missed.
    source text NOT NULL CHECK (source IN ('sent', 'listed')),
    raw bytea NOT NULL,
    raw_sha256 bytea NOT NULL,
    received_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- When it is taken up; nothing once it was.
    next_at timestamptz,
    outcome text CHECK (outcome IN ('counted', 'ignored', 'unknown')),
    CONSTRAINT event_is_stored_once UNIQUE (provider, event_id),
    CHECK ((next_at IS NULL) = (outcome IS NOT NULL))
);
CREATE INDEX webhook_event_waits ON webhook_event (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX webhook_event_has_bytes ON webhook_event (received_at) WHERE raw <> '' AND outcome IS NOT NULL;
GRANT SELECT ON webhook_event TO tamuda_staff;
GRANT SELECT, INSERT, UPDATE ON webhook_event TO tamuda_worker;
";

const RIGHTS: &[Rights] = &[
    Rights { table: "payment", tenant: "SELECT, INSERT", worker: "SELECT, UPDATE" },
    Rights { table: "provider_customer", tenant: "SELECT", worker: "SELECT, INSERT" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
