//! Organisations that their owners close: announced, taken back within a day, then ended; ledger, invoices and audit stay.
//! What a person may take along of their tokens; and how two of the hub's people take lost factors away.

const CLOSING: &str = "
-- When it is to end, and when it ended. The row stays, and with it the word in addresses, which nobody else gets.
ALTER TABLE organisation ADD COLUMN closes_at timestamptz, ADD COLUMN closed_at timestamptz,
    ADD CONSTRAINT closes_or_is_closed CHECK (num_nonnulls(closes_at, closed_at) <= 1);
CREATE INDEX organisation_to_close ON organisation (closes_at) WHERE closes_at IS NOT NULL;
GRANT UPDATE (closes_at) ON organisation TO tamuda_tenant;

-- Asked at each request; plpgsql keeps its plan.
CREATE OR REPLACE FUNCTION seat_of(who uuid, place_id uuid, place_slug text)
RETURNS TABLE (organisation_id uuid, slug text, name text, state text, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT o.id, o.slug, o.name, CASE WHEN o.closed_at IS NOT NULL THEN 'closed'
        WHEN o.closes_at IS NOT NULL THEN 'closing' ELSE o.state END, m.role
    FROM organisation o LEFT JOIN member m ON m.organisation_id = o.id AND m.user_id = who
    WHERE o.kind = 'tenant' AND (o.id = place_id OR o.slug = place_slug);
END $$;

-- Nobody comes into an organisation that is closed, and no token of one that closes is made: whoever tries at the same
-- moment waits for the close, and the close for them.
CREATE FUNCTION refuse_in_closed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM organisation o
    WHERE o.id = NEW.organisation_id AND o.closed_at IS NULL AND (o.closes_at IS NULL OR TG_TABLE_NAME <> 'token')
    FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the organisation is closed'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'organisation_is_closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_is_closed BEFORE INSERT ON member FOR EACH ROW EXECUTE FUNCTION refuse_in_closed();
CREATE TRIGGER organisation_is_closed BEFORE INSERT ON invitation FOR EACH ROW EXECUTE FUNCTION refuse_in_closed();
CREATE TRIGGER organisation_is_closed BEFORE INSERT ON domain_claim FOR EACH ROW EXECUTE FUNCTION refuse_in_closed();
CREATE TRIGGER organisation_is_closed BEFORE INSERT ON token FOR EACH ROW EXECUTE FUNCTION refuse_in_closed();

-- Ends it: who belonged to it, and what no law keeps of them. Its name and address stay, which its invoices carry.
CREATE FUNCTION end_organisation(place uuid, now timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- In the order in which somebody who joins takes them.
    PERFORM 1 FROM invitation i WHERE i.organisation_id = place FOR UPDATE;
    PERFORM 1 FROM domain_claim d WHERE d.organisation_id = place FOR UPDATE;
    UPDATE organisation o SET closes_at = NULL, closed_at = now WHERE o.id = place AND o.closes_at <= now;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    DELETE FROM invitation i WHERE i.organisation_id = place;
    UPDATE domain_claim d SET ended_at = now WHERE d.organisation_id = place AND d.ended_at IS NULL;
    DELETE FROM member m WHERE m.organisation_id = place;
    DELETE FROM departure l WHERE l.organisation_id = place;
    UPDATE token t SET revoked_at = coalesce(t.revoked_at, now), used_from = NULL, networks = '{}'
    WHERE t.organisation_id = place;
    UPDATE instance i SET environment = '{}' WHERE i.organisation_id = place AND i.environment <> '{}';
    -- Answers that were kept for who asks twice: nobody does any more, and they name people.
    DELETE FROM idempotency k WHERE k.organisation_id = place;
    RETURN NEXT place;
END $$;
REVOKE EXECUTE ON FUNCTION refuse_in_closed, end_organisation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_organisation TO tamuda_worker;
";

const TOKENS: &str = "
-- A person's own tokens, wherever they are a member or were; never what opens with them.
CREATE FUNCTION own_tokens()
RETURNS TABLE (id uuid, organisation text, name text, permissions text[], made_at timestamptz, expires_at timestamptz,
    used_at timestamptz, used_from text, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.id, o.name, t.name, t.permissions, t.created_at, t.expires_at, t.used_at, t.used_from, t.revoked_at
    FROM token t JOIN organisation o ON o.id = t.organisation_id
    WHERE t.held_by = current_person() ORDER BY t.created_at DESC, t.id
$$;
REVOKE EXECUTE ON FUNCTION own_tokens FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_tokens TO tamuda_tenant;
";

const RESETS: &str = "
-- Somebody has lost every second factor: one of the staff asks that they are taken away, and another one agrees.
CREATE TABLE factor_reset (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES person,
    reason text NOT NULL,
    asked_by uuid NOT NULL REFERENCES person,
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    confirmed_by uuid REFERENCES person,
    confirmed_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT factors_are_reset_by_two
        CHECK (asked_by <> user_id AND confirmed_by <> asked_by AND confirmed_by <> user_id)
);
CREATE UNIQUE INDEX factor_reset_is_asked_once ON factor_reset (user_id)
    WHERE confirmed_at IS NULL AND ended_at IS NULL;
ALTER TABLE factor_reset ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT (id, user_id, reason, asked_by, asked_at, expires_at), UPDATE (ended_at)
    ON factor_reset TO tamuda_staff;
-- Who it is about may see that it is asked, and stop it.
GRANT SELECT (user_id, expires_at, confirmed_at, ended_at), UPDATE (ended_at) ON factor_reset TO tamuda_tenant;
CREATE POLICY staff ON factor_reset TO tamuda_staff USING (true);
CREATE POLICY own ON factor_reset TO tamuda_tenant USING (user_id = current_person());

-- How many factors somebody has, without telling which.
CREATE FUNCTION count_factors(who uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (SELECT count(*) FROM totp t WHERE t.user_id = who AND t.confirmed_at IS NOT NULL)
        + (SELECT count(*) FROM passkey k WHERE k.user_id = who)
$$;

-- The only way by which somebody loses another's factors: one that waits, and a second person.
CREATE FUNCTION reset_factors(wanted uuid, second uuid, now timestamptz)
RETURNS TABLE (n_factors bigint, n_sessions bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r factor_reset;
    n_had bigint;
    n_ended bigint;
BEGIN
    UPDATE factor_reset f SET confirmed_by = second, confirmed_at = now
    WHERE f.id = wanted AND f.confirmed_at IS NULL AND f.ended_at IS NULL AND f.expires_at > now RETURNING f.* INTO r;
    IF r.id IS NULL THEN
        RETURN;
    END IF;
    n_had := count_factors(r.user_id);
    DELETE FROM totp t WHERE t.user_id = r.user_id;
    DELETE FROM passkey k WHERE k.user_id = r.user_id;
    DELETE FROM recovery_code c WHERE c.user_id = r.user_id;
    DELETE FROM pending_sign_in s WHERE s.user_id = r.user_id;
    DELETE FROM ceremony c WHERE c.user_id = r.user_id;
    -- Sessions before their origins, as everywhere.
    UPDATE session s SET ended_at = now WHERE s.user_id = r.user_id AND s.ended_at IS NULL;
    GET DIAGNOSTICS n_ended = ROW_COUNT;
    DELETE FROM session_origin o WHERE o.user_id = r.user_id;
    RETURN QUERY SELECT n_had, n_ended;
END $$;
REVOKE EXECUTE ON FUNCTION count_factors, reset_factors FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_factors, reset_factors TO tamuda_staff;
";

crate::step!(format!("{CLOSING}{TOKENS}{RESETS}"));
