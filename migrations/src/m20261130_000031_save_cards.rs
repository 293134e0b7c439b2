//! Cards that are kept at the provider of payments: by its name for them, never by their number.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
CREATE TABLE saved_card (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    provider text NOT NULL CHECK (provider IN ('stripe')),
    -- The top-up beside which it is kept; nothing for one that is given on a page of its own.
    payment_id uuid CONSTRAINT payment_keeps_one_card UNIQUE,
    -- Stored before the provider is called, and sent with every call for this card.
    idempotency_key text NOT NULL CONSTRAINT saved_card_key_is_used_once UNIQUE,
    -- What the provider calls its page, and where the person gives the card.
    session_ref text CONSTRAINT saved_card_has_its_own_session UNIQUE,
    save_at text,
    state text NOT NULL CHECK (state IN ('wanted', 'sent', 'needs_person', 'failed', 'expired', 'saved', 'removing',
        'removed')),
    -- What the provider calls the card, and what may be shown of it.
    method_ref text CONSTRAINT saved_card_has_its_own_method UNIQUE,
    brand text,
    last4 text CHECK (last4 ~ '^[0-9]{4}$'),
    exp_month smallint CHECK (exp_month BETWEEN 1 AND 12),
    exp_year smallint,
    is_default boolean NOT NULL DEFAULT false,
    -- The provider's word for why it was not kept.
    failure text,
    asked_by uuid REFERENCES person,
    asked_at timestamptz NOT NULL,
    ended_at timestamptz,
    -- How often it was looked at, and when it is next; nothing once nobody has to.
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_at timestamptz,
    CONSTRAINT saved_card_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, payment_id) REFERENCES payment (organisation_id, id),
    CHECK (num_nonnulls(method_ref, brand, last4, exp_month, exp_year) IN (0, 5)),
    CHECK ((method_ref IS NOT NULL) = (state IN ('saved', 'removing', 'removed'))),
    CHECK (NOT is_default OR state = 'saved'),
    CHECK ((ended_at IS NOT NULL) = (state IN ('failed', 'expired', 'removed')))
);
CREATE UNIQUE INDEX organisation_has_one_default_card ON saved_card (organisation_id) WHERE is_default;
CREATE INDEX saved_card_waits ON saved_card (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX saved_card_of_organisation ON saved_card (organisation_id, asked_at);

CREATE FUNCTION saved_card_rank(state text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE state WHEN 'wanted' THEN 0 WHEN 'sent' THEN 1 WHEN 'needs_person' THEN 2 WHEN 'saved' THEN 4
        WHEN 'removing' THEN 5 WHEN 'removed' THEN 6 ELSE 3 END
$$;

-- A card only goes forward, and nobody changes what it is.
CREATE FUNCTION saved_card_goes_forward() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF saved_card_rank(NEW.state) < saved_card_rank(OLD.state)
        OR (saved_card_rank(OLD.state) = 3 AND NEW.state <> OLD.state) THEN
        RAISE EXCEPTION 'a card does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'saved_card_goes_forward';
    END IF;
    IF (NEW.organisation_id, NEW.id, NEW.provider, NEW.payment_id, NEW.idempotency_key)
        IS DISTINCT FROM (OLD.organisation_id, OLD.id, OLD.provider, OLD.payment_id, OLD.idempotency_key)
        OR NEW.session_ref IS DISTINCT FROM coalesce(OLD.session_ref, NEW.session_ref)
        OR NEW.method_ref IS DISTINCT FROM coalesce(OLD.method_ref, NEW.method_ref) THEN
        RAISE EXCEPTION 'what a card is and is called never changes'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'saved_card_stays_itself';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER saved_card_goes_forward BEFORE UPDATE ON saved_card
    FOR EACH ROW EXECUTE FUNCTION saved_card_goes_forward();
";

const RIGHTS: &[Rights] = &[Rights {
    table: "saved_card",
    // Who belongs there asks for a card, chooses the usual one and takes one away; what the provider says a worker writes.
    tenant: "SELECT, INSERT, UPDATE (state, is_default, next_at, attempts)",
    worker: "SELECT, UPDATE",
}];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
