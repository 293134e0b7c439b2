//! Tries in vain, which all portals on one database count together; and what a person does of their own, where the database
//! is not told who it is but asks itself, as row-level security does; and that somebody came with a wrong password.

const THROTTLE: &str = "
-- Reached only by the functions below. A row tells nobody whose it is, and goes a quarter of an hour after the last try.
CREATE TABLE throttle (
    -- Of an account, or of an address that somebody came from.
    key_sha256 bytea PRIMARY KEY,
    -- So many are free of waiting.
    free integer NOT NULL,
    n_tries integer NOT NULL CHECK (n_tries >= 0),
    last_at timestamptz NOT NULL
);
CREATE INDEX throttle_last ON throttle (last_at);
ALTER TABLE throttle ENABLE ROW LEVEL SECURITY;

-- Seconds until somebody may try again by all of these names: none, then doubling, at most a quarter of an hour.
CREATE FUNCTION wait_of_tries(names jsonb, now timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(CASE WHEN t.n_tries < t.free THEN 0
        ELSE least(900, 2::bigint << least(t.n_tries - t.free, 16)) - floor(extract(epoch FROM now - t.last_at))
        END), 0)::bigint
    FROM jsonb_to_recordset(names) AS n (key text) JOIN throttle t ON t.key_sha256 = decode(n.key, 'hex')
$$;

-- Counts a try for each name before it is known to be in vain, or says how long one of them has to wait: of many at once,
-- no more pass than one after the other.
CREATE FUNCTION begin_tries(names jsonb, now timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    seconds bigint := wait_of_tries(names, now);
BEGIN
    -- Whoever has to wait writes nothing.
    IF seconds > 0 THEN
        RETURN seconds;
    END IF;
    -- Locks the rows, all in one order, so that two who share names never wait for each other.
    INSERT INTO throttle AS t (key_sha256, free, n_tries, last_at)
    SELECT decode(n.key, 'hex'), n.free, 0, now FROM jsonb_to_recordset(names) AS n (key text, free integer) ORDER BY 1
    ON CONFLICT (key_sha256) DO UPDATE SET free = EXCLUDED.free;
    seconds := wait_of_tries(names, now);
    IF seconds > 0 THEN
        RETURN seconds;
    END IF;
    UPDATE throttle t SET last_at = now,
        n_tries = CASE WHEN now - t.last_at < interval '15 minutes' THEN t.n_tries + 1 ELSE 1 END
    FROM jsonb_to_recordset(names) AS n (key text) WHERE t.key_sha256 = decode(n.key, 'hex');
    RETURN 0;
END $$;

-- Takes a try back that was not in vain, or never came to be tried; all of them where the name has shown who it is.
CREATE FUNCTION forgive_tries(names jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM throttle t
    WHERE t.key_sha256 IN (SELECT decode(n.key, 'hex') FROM jsonb_to_recordset(names) AS n (key text))
    ORDER BY t.key_sha256 FOR UPDATE;
    UPDATE throttle t SET n_tries = CASE WHEN n.wholly THEN 0 ELSE greatest(t.n_tries - 1, 0) END
    FROM jsonb_to_recordset(names) AS n (key text, wholly boolean) WHERE t.key_sha256 = decode(n.key, 'hex');
END $$;

-- What nobody tried for as long as one waits at most; a row that somebody tries just now is left for the next time.
CREATE FUNCTION forget_tries(now timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM throttle t WHERE t.key_sha256 IN (
        SELECT x.key_sha256 FROM throttle x WHERE x.last_at <= now - interval '15 minutes' LIMIT 10000
        FOR UPDATE SKIP LOCKED)
$$;
REVOKE EXECUTE ON FUNCTION wait_of_tries, begin_tries, forgive_tries, forget_tries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_tries, forgive_tries TO tamuda_tenant;
GRANT EXECUTE ON FUNCTION forget_tries TO tamuda_worker;
";

const OWN: &str = "
DROP FUNCTION ask_for_address, address_of_change, change_address, close_account, audit_about, letters_to;

-- At most three open ones for each person; whether somebody signs in with the address, only its letter tells.
CREATE FUNCTION ask_for_address(address text, token bytea, now timestamptz, until timestamptz)
RETURNS TABLE (is_known boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended(current_person()::text, 18));
    WITH open AS (
        SELECT count(*) AS n FROM address_change c
        WHERE c.user_id = current_person() AND c.used_at IS NULL AND c.expires_at > now
    ), kept AS (
        INSERT INTO address_change (token_sha256, user_id, email, created_at, expires_at)
        SELECT token, current_person(), lower(address), now, until FROM open WHERE open.n < 3
        RETURNING email
    )
    SELECT EXISTS (SELECT 1 FROM person p WHERE p.email = kept.email) FROM kept
$$;

CREATE FUNCTION address_of_change(token bytea, now timestamptz) RETURNS TABLE (email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.email FROM address_change c
    WHERE c.token_sha256 = token AND c.user_id = current_person() AND c.used_at IS NULL AND c.expires_at > now
        AND NOT EXISTS (SELECT 1 FROM person p WHERE p.email = c.email)
$$;

-- Whoever brings the token first; with it end the other open ones, and the ways to a password that the address before
-- was sent.
CREATE FUNCTION change_address(token bytea, now timestamptz) RETURNS TABLE (email text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    who uuid := current_person();
    wanted text;
BEGIN
    UPDATE address_change c SET used_at = now
    WHERE c.token_sha256 = token AND c.user_id = who AND c.used_at IS NULL AND c.expires_at > now
        AND NOT EXISTS (SELECT 1 FROM person p WHERE p.email = c.email)
    RETURNING c.email INTO wanted;
    IF wanted IS NULL THEN
        RETURN;
    END IF;
    UPDATE address_change c SET used_at = now WHERE c.user_id = who AND c.used_at IS NULL;
    UPDATE email_proof e SET used_at = now WHERE e.user_id = who AND e.used_at IS NULL;
    RETURN QUERY UPDATE person p SET email = wanted WHERE p.id = who RETURNING p.email;
END $$;

-- Whoever belongs somewhere leaves there first, so that no organisation loses its owner by it.
CREATE FUNCTION close_account(until timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who uuid := current_person();
BEGIN
    PERFORM 1 FROM person p WHERE p.id = who FOR UPDATE;
    IF EXISTS (SELECT 1 FROM member m WHERE m.user_id = who) THEN
        RETURN 'member';
    ELSIF EXISTS (SELECT 1 FROM staff s WHERE s.user_id = who) THEN
        RETURN 'staff';
    END IF;
    UPDATE person p SET erase_at = until WHERE p.id = who AND p.erase_at IS NULL;
    RETURN CASE WHEN FOUND THEN 'closed' ELSE 'closed before' END;
END $$;

-- A person's id as it stands outside of the database: 26 digits of 5 bits, the first of 3.
CREATE FUNCTION id_of_person(who uuid) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'usr_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz',
        1 + substring(B'00' || ('x' || replace(who::text, '-', ''))::bit(128) FROM 5 * n + 1 FOR 5)::bit(5)::integer, 1),
        '' ORDER BY n)
    FROM generate_series(0, 25) AS n
$$;

-- What the person did and what was done to them, the latest first. What an organisation's rows say is the organisation's.
CREATE FUNCTION audit_about(most bigint)
RETURNS TABLE (at timestamptz, own boolean, organisation text, verb text, subject text, address text, request_id text,
    before jsonb, after jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    who uuid := current_person();
    named text := id_of_person(who);
BEGIN
    RETURN QUERY
    SELECT a.at, a.user_id IS NOT DISTINCT FROM who, o.name, a.verb, a.subject,
        CASE WHEN a.user_id = who THEN a.address END, CASE WHEN a.user_id = who THEN a.request_id END,
        CASE WHEN a.organisation_id IS NULL THEN a.before END, CASE WHEN a.organisation_id IS NULL THEN a.after END
    FROM (
        SELECT * FROM audit x WHERE x.user_id = who
        UNION ALL
        SELECT * FROM audit x
        WHERE x.subject = named AND x.subject LIKE 'usr_%' AND x.user_id IS DISTINCT FROM who
    ) a LEFT JOIN organisation o ON o.id = a.organisation_id
    ORDER BY a.at DESC, a.id DESC LIMIT most;
END $$;

-- That there were letters, not what they said: it may have been a secret.
CREATE FUNCTION own_letters()
RETURNS TABLE (kind text, recipient text, language text, written_at timestamptz, sent_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.kind, o.recipient, o.locale, o.created_at, o.sent_at
    FROM person p JOIN outbox o ON o.topic = 'mail' AND o.recipient = p.email
    WHERE p.id = current_person() ORDER BY o.created_at DESC, o.id LIMIT 10000
$$;
REVOKE EXECUTE ON FUNCTION ask_for_address, address_of_change, change_address, close_account, id_of_person, audit_about,
    own_letters FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_for_address, address_of_change, change_address, close_account, audit_about, own_letters
    TO tamuda_tenant;
";

const REFUSED: &str = "
-- Tells a person that somebody came to their account with a wrong password. Where there is no account the same statements run,
-- and the row is gone again: whoever waits for the answer does not learn it.
CREATE FUNCTION refuse_sign_in(row_id uuid, who uuid, address text, now timestamptz, salt bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    named text := id_of_person(coalesce(who, row_id));
BEGIN
    INSERT INTO audit (id, principal, user_id, verb, subject, address, at, salt)
    VALUES (row_id, named, who, 'session.refused', named, address, now, salt);
    DELETE FROM audit a WHERE a.id = row_id AND a.user_id IS NULL;
END $$;
REVOKE EXECUTE ON FUNCTION refuse_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refuse_sign_in TO tamuda_tenant;
";

crate::step!(format!("{THROTTLE}{OWN}{REFUSED}"));
