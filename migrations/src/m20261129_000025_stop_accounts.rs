//! Accounts that the hub stops: nobody comes in by one, whatever they show, until the hub opens it again. And what else a
//! session is looked up with: the time zone, and whether its person has a second factor, without which staff wait.

const UP: &str = "
ALTER TABLE person ADD COLUMN stopped_at timestamptz;
GRANT SELECT (stopped_at) ON person TO tamuda_staff;

-- Whichever way somebody comes: whoever signs in at the same moment waits for the stop, and the stop for them.
CREATE FUNCTION refuse_stopped() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM person p WHERE p.id = NEW.user_id AND p.stopped_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the account is stopped'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'account_is_stopped';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_is_stopped BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION refuse_stopped();

DROP FUNCTION session_of;
DROP FUNCTION time_zone_of;
CREATE FUNCTION session_of(token bytea, now timestamptz, idle interval)
RETURNS TABLE (session_id uuid, user_id uuid, email text, name text, locale text, time_zone text, staff_roles text[],
    has_factor boolean, seen_at timestamptz, proved_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, p.id, p.email, p.name, p.locale, p.time_zone,
           ARRAY(SELECT role FROM staff WHERE staff.user_id = p.id ORDER BY role),
           EXISTS (SELECT 1 FROM totp t WHERE t.user_id = p.id AND t.confirmed_at IS NOT NULL)
               OR EXISTS (SELECT 1 FROM passkey k WHERE k.user_id = p.id),
           s.seen_at, s.proved_at
    FROM session s JOIN person p ON p.id = s.user_id
    WHERE s.token_sha256 = token AND s.ended_at IS NULL AND s.expires_at > now AND s.seen_at > now - idle
      AND p.stopped_at IS NULL;
END $$;
REVOKE EXECUTE ON FUNCTION session_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_of TO tamuda_tenant;

-- A member's token has the member's role of now, and none once they are a member no more or their account is stopped; a
-- service account's is nobody's, and goes on.
CREATE OR REPLACE FUNCTION token_of(secret bytea, came_from inet, now timestamptz)
RETURNS TABLE (organisation_id uuid, slug text, name text, state text, token_id uuid, held_by uuid, role text,
    permissions text[], projects uuid[], flavours uuid[], most_units integer, used_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT o.id, o.slug, o.name, o.state, t.id, t.held_by, coalesce(t.role, m.role), t.permissions, t.projects,
        t.flavours, t.most_units, t.used_at
    FROM token t JOIN organisation o ON o.id = t.organisation_id AND o.kind = 'tenant'
    LEFT JOIN member m ON m.organisation_id = t.organisation_id AND m.user_id = t.held_by
    LEFT JOIN person p ON p.id = t.held_by
    WHERE t.secret_sha256 = secret AND t.revoked_at IS NULL AND t.expires_at > now
      AND coalesce(t.role, m.role) IS NOT NULL AND p.stopped_at IS NULL
      AND (cardinality(t.networks) = 0 OR came_from <<= ANY (t.networks));
END $$;

-- What the hub sees of anybody's account: never what opens it.
CREATE FUNCTION account_of(who uuid, now timestamptz, idle interval)
RETURNS TABLE (user_id uuid, name text, email text, stopped_at timestamptz, roles text[], organisations text[],
    n_sessions bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.name, p.email, p.stopped_at,
        ARRAY(SELECT f.role FROM staff f WHERE f.user_id = p.id ORDER BY f.role),
        ARRAY(SELECT o.name FROM member m JOIN organisation o ON o.id = m.organisation_id
              WHERE m.user_id = p.id ORDER BY o.name),
        (SELECT count(*) FROM session s
         WHERE s.user_id = p.id AND s.ended_at IS NULL AND s.expires_at > now AND s.seen_at > now - idle)
    FROM person p WHERE p.id = who AND p.erased_at IS NULL
$$;

CREATE FUNCTION end_sessions_of(who uuid, now timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    n_ended bigint;
BEGIN
    UPDATE session s SET ended_at = now WHERE s.user_id = who AND s.ended_at IS NULL;
    GET DIAGNOSTICS n_ended = ROW_COUNT;
    DELETE FROM session_origin o WHERE o.user_id = who;
    RETURN n_ended;
END $$;

-- With the sessions end the sign-ins that wait for a factor.
CREATE FUNCTION sign_account_out(who uuid, now timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM pending_sign_in s WHERE s.user_id = who;
    DELETE FROM ceremony c WHERE c.user_id = who;
    RETURN end_sessions_of(who, now);
END $$;

-- Nothing where it is stopped already. Whoever took it over may have asked that it is erased, and its person could not
-- keep it any more: so it is kept.
CREATE FUNCTION stop_account(who uuid, now timestamptz) RETURNS TABLE (n_ended bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- In the order in which somebody who signs in takes them, so that neither waits for the other.
    DELETE FROM pending_sign_in s WHERE s.user_id = who;
    DELETE FROM ceremony c WHERE c.user_id = who;
    UPDATE person p SET stopped_at = now, erase_at = NULL
    WHERE p.id = who AND p.stopped_at IS NULL AND p.erased_at IS NULL;
    IF FOUND THEN
        RETURN QUERY SELECT end_sessions_of(who, now);
    END IF;
END $$;

CREATE FUNCTION open_account(who uuid) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE person p SET stopped_at = NULL WHERE p.id = who AND p.stopped_at IS NOT NULL RETURNING p.id
$$;
REVOKE EXECUTE ON FUNCTION refuse_stopped, account_of, end_sessions_of, sign_account_out, stop_account, open_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_of, sign_account_out, stop_account, open_account TO tamuda_staff;
";

crate::step!(UP);
