//! What the audit, and the settings of people and organisations, need besides.

const UP: &str = "
-- Rows that were sealed before have none, and their digest counts none.
ALTER TABLE audit ADD COLUMN request_id text;

-- What is nobody's but a person's own, and all that they did.
CREATE INDEX audit_of_person ON audit (user_id, organisation_id, at DESC, id DESC);
CREATE POLICY own_reads ON audit FOR SELECT TO tamuda_tenant
    USING (organisation_id IS NULL AND user_id = current_person());

ALTER TABLE person ADD COLUMN time_zone text;
GRANT SELECT (time_zone), UPDATE (name, time_zone) ON person TO tamuda_tenant;

-- Asked with each look-up of a session; plpgsql keeps its plan.
CREATE FUNCTION time_zone_of(who uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT p.time_zone FROM person p WHERE p.id = who);
END $$;

CREATE TABLE address_change (
    token_sha256 bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES person,
    email text NOT NULL CHECK (email = lower(email)),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX address_change_of_person ON address_change (user_id, created_at DESC);

-- Reached only by the functions below.
ALTER TABLE address_change ENABLE ROW LEVEL SECURITY;

-- At most three open ones for each person; whether somebody signs in with the address, only its letter tells.
CREATE FUNCTION ask_for_address(who uuid, address text, token bytea, now timestamptz, until timestamptz)
RETURNS TABLE (is_known boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended(who::text, 18));
    WITH open AS (
        SELECT count(*) AS n FROM address_change c WHERE c.user_id = who AND c.used_at IS NULL AND c.expires_at > now
    ), kept AS (
        INSERT INTO address_change (token_sha256, user_id, email, created_at, expires_at)
        SELECT token, who, lower(address), now, until FROM open WHERE open.n < 3
        RETURNING email
    )
    SELECT EXISTS (SELECT 1 FROM person p WHERE p.email = kept.email) FROM kept
$$;

CREATE FUNCTION address_of_change(token bytea, who uuid, now timestamptz) RETURNS TABLE (email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.email FROM address_change c
    WHERE c.token_sha256 = token AND c.user_id = who AND c.used_at IS NULL AND c.expires_at > now
        AND NOT EXISTS (SELECT 1 FROM person p WHERE p.email = c.email)
$$;

-- Whoever brings the token first; with it end the other open ones, and the ways to a password that the address before
-- was sent.
CREATE FUNCTION change_address(token bytea, who uuid, now timestamptz) RETURNS TABLE (email text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
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
ALTER TABLE organisation ADD COLUMN vat_id text;
GRANT UPDATE (name, legal_name, address, ice, tax_id, trade_register, business_tax, vat_id, language)
    ON organisation TO tamuda_tenant;
CREATE POLICY changes ON organisation FOR UPDATE TO tamuda_tenant
    USING (id = current_organisation() AND kind = 'tenant');

CREATE INDEX audit_about_person ON audit (subject) WHERE subject LIKE 'usr_%';

-- What a person did and what was done to them, the latest first. What an organisation's rows say is the organisation's.
CREATE FUNCTION audit_about(who uuid, id text, most bigint)
RETURNS TABLE (at timestamptz, own boolean, organisation text, verb text, subject text, address text, request_id text,
    before jsonb, after jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.at, a.user_id IS NOT DISTINCT FROM who, o.name, a.verb, a.subject,
        CASE WHEN a.user_id = who THEN a.address END, CASE WHEN a.user_id = who THEN a.request_id END,
        CASE WHEN a.organisation_id IS NULL THEN a.before END, CASE WHEN a.organisation_id IS NULL THEN a.after END
    FROM (
        SELECT * FROM audit x WHERE x.user_id = who
        UNION ALL
        SELECT * FROM audit x
        WHERE x.subject = audit_about.id AND x.subject LIKE 'usr_%' AND x.user_id IS DISTINCT FROM who
    ) a LEFT JOIN organisation o ON o.id = a.organisation_id
    ORDER BY a.at DESC, a.id DESC LIMIT most
$$;

-- That there were letters, not what they said: it may have been a secret.
CREATE FUNCTION letters_to(address text)
RETURNS TABLE (kind text, recipient text, language text, written_at timestamptz, sent_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.kind, o.recipient, o.locale, o.created_at, o.sent_at FROM outbox o
    WHERE o.topic = 'mail' AND o.recipient = address ORDER BY o.created_at DESC, o.id LIMIT 10000
$$;

ALTER TABLE person ADD COLUMN erase_at timestamptz, ADD COLUMN erased_at timestamptz;
CREATE INDEX person_to_erase ON person (erase_at) WHERE erase_at IS NOT NULL;
GRANT SELECT (erase_at), UPDATE (erase_at) ON person TO tamuda_tenant;

-- Whoever belongs somewhere leaves there first, so that no organisation loses its owner by it.
CREATE FUNCTION close_account(who uuid, until timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

-- What is a person's own has the column user_id and goes; what they did for others names them elsewhere (set_by, launched_by)
-- and keeps their id. Their own rows of the audit lose content and salt, and the chain still verifies.
CREATE FUNCTION erase_due(now timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who uuid;
    address text;
    own regclass;
BEGIN
    FOR who, address IN
        SELECT p.id, p.email FROM person p WHERE p.erase_at <= now ORDER BY p.erase_at LIMIT 10 FOR UPDATE SKIP LOCKED
    LOOP
        IF EXISTS (SELECT 1 FROM member m WHERE m.user_id = who) OR EXISTS (SELECT 1 FROM staff s WHERE s.user_id = who) THEN
            -- They joined somewhere meanwhile, and so kept it.
            UPDATE person p SET erase_at = NULL WHERE p.id = who;
            CONTINUE;
        END IF;
        FOR own IN
            SELECT c.conrelid FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass AND a.attname = 'user_id'
                AND c.conrelid <> 'audit'::regclass
        LOOP
            EXECUTE format('DELETE FROM %s WHERE user_id = $1', own) USING who;
        END LOOP;
        DELETE FROM registration r WHERE r.email = address;
        DELETE FROM outbox o WHERE o.recipient = address;
        UPDATE audit a SET salt = '', before = NULL, after = NULL, address = NULL, request_id = NULL
        WHERE a.user_id = who AND a.organisation_id IS NULL;
        UPDATE person p SET email = 'erased-' || p.id || '@erased.invalid', name = '', locale = NULL, time_zone = NULL,
            password_hash = NULL, erase_at = NULL, erased_at = now
        WHERE p.id = who;
        RETURN NEXT who;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION close_account, erase_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_account TO tamuda_tenant;
GRANT EXECUTE ON FUNCTION erase_due TO tamuda_worker;
REVOKE EXECUTE ON FUNCTION time_zone_of, ask_for_address, address_of_change, change_address, audit_about, letters_to
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION time_zone_of, ask_for_address, address_of_change, change_address, audit_about, letters_to
    TO tamuda_tenant;
";

crate::step!(UP);
