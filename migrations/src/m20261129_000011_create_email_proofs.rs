//! What was sent to an address and proves, once, that whoever brings it reads what is sent there.

const UP: &str = "
CREATE TABLE email_proof (
    token_sha256 bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES person,
    purpose text NOT NULL CHECK (purpose IN ('reset-password')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX email_proof_of_person ON email_proof (user_id, created_at DESC);

-- Reached only by the functions below.
ALTER TABLE email_proof ENABLE ROW LEVEL SECURITY;

GRANT UPDATE (password_hash) ON person TO tamuda_tenant;
CREATE POLICY own ON audit FOR INSERT TO tamuda_tenant
    WITH CHECK (organisation_id IS NULL AND user_id = current_person());

-- The same statements, whether or not there is such a person; at most three open proofs for each.
CREATE FUNCTION ask_for_reset(address text, token bytea, now timestamptz, until timestamptz)
RETURNS TABLE (user_id uuid, email text, name text, locale text)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    -- Of many at once each sees what the one before has asked.
    SELECT pg_advisory_xact_lock(hashtextextended(lower(address), 11));
    WITH found AS (
        SELECT p.id, p.email, p.name, p.locale FROM person p
        WHERE p.email = lower(address) AND (
            SELECT count(*) FROM email_proof e
            WHERE e.user_id = p.id AND e.used_at IS NULL AND e.expires_at > now) < 3
    ), kept AS (
        INSERT INTO email_proof (token_sha256, user_id, purpose, created_at, expires_at)
        SELECT token, id, 'reset-password', now, until FROM found
    )
    SELECT id, email, name, locale FROM found
$$;

CREATE FUNCTION holder_of_reset(token bytea, now timestamptz) RETURNS TABLE (email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.email FROM email_proof e JOIN person p ON p.id = e.user_id
    WHERE e.token_sha256 = token AND e.purpose = 'reset-password' AND e.used_at IS NULL AND e.expires_at > now
$$;

-- Whoever brings the token first; every other open proof and every session of the person end with it.
CREATE FUNCTION reset_password(token bytea, hash text, now timestamptz)
RETURNS TABLE (user_id uuid, email text, name text, locale text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    who uuid;
BEGIN
    UPDATE email_proof e SET used_at = now
    WHERE e.token_sha256 = token AND e.purpose = 'reset-password' AND e.used_at IS NULL AND e.expires_at > now
    RETURNING e.user_id INTO who;
    IF who IS NULL THEN
        RETURN;
    END IF;
    UPDATE email_proof e SET used_at = now WHERE e.user_id = who AND e.purpose = 'reset-password' AND e.used_at IS NULL;
    UPDATE session s SET ended_at = now WHERE s.user_id = who AND s.ended_at IS NULL;
    RETURN QUERY UPDATE person p SET password_hash = hash WHERE p.id = who RETURNING p.id, p.email, p.name, p.locale;
END $$;
REVOKE EXECUTE ON FUNCTION ask_for_reset, holder_of_reset, reset_password FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_for_reset, holder_of_reset, reset_password TO tamuda_tenant;
";

crate::step!(UP);
