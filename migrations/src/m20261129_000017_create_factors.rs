//! What people show beside their password: authenticators, passkeys and recovery codes; and sign-ins that wait for them.

const TABLES: &str = "
-- A seed that an authenticator of the person has: one counts, and one more may wait for its first code.
CREATE TABLE totp (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES person,
    -- Sealed with the key of this id.
    secret bytea NOT NULL,
    key_id text NOT NULL,
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    -- The last step of 30 seconds whose code was taken: it and those before are over.
    last_step bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX totp_counts ON totp (user_id) WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX totp_waits ON totp (user_id) WHERE confirmed_at IS NULL;
CREATE INDEX totp_of_key ON totp (key_id);

CREATE TABLE passkey (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES person,
    credential_id bytea NOT NULL CONSTRAINT passkey_is_known UNIQUE,
    -- The public key with its counter.
    credential jsonb NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX passkey_of_person ON passkey (user_id, created_at);

CREATE TABLE recovery_code (
    user_id uuid NOT NULL REFERENCES person,
    code_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, code_sha256)
);

-- Somebody has shown a password, or came from a provider, and is asked for their factor.
CREATE TABLE pending_sign_in (
    token_sha256 bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES person,
    -- The identity that is linked to their account once they have shown it.
    offer_sha256 bytea,
    -- Who they are at the provider that they came by.
    came_by jsonb,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX pending_sign_in_of_person ON pending_sign_in (user_id, expires_at);

-- What a browser was asked to sign with a passkey; gone once it is answered.
CREATE TABLE ceremony (
    token_sha256 bytea PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('register', 'prove', 'second', 'alone')),
    -- Nobody where the passkey itself says who it is.
    user_id uuid REFERENCES person,
    session_id uuid REFERENCES session ON DELETE CASCADE,
    state jsonb NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ceremony_expires ON ceremony (expires_at);

ALTER TABLE totp ENABLE ROW LEVEL SECURITY;
ALTER TABLE passkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE pending_sign_in ENABLE ROW LEVEL SECURITY;
-- Reached only by the functions below.
ALTER TABLE ceremony ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON totp TO tamuda_tenant;
GRANT SELECT, INSERT, UPDATE (credential, used_at), DELETE ON passkey TO tamuda_tenant;
GRANT SELECT, INSERT, DELETE ON recovery_code TO tamuda_tenant;
GRANT SELECT, INSERT, UPDATE (used_at, came_by), DELETE ON pending_sign_in TO tamuda_tenant;
-- A worker seals anew what an older key has sealed.
GRANT SELECT (id, secret, key_id), UPDATE (secret, key_id) ON totp TO tamuda_worker;
CREATE POLICY own ON totp TO tamuda_tenant USING (user_id = current_person());
CREATE POLICY worker ON totp TO tamuda_worker USING (true);
CREATE POLICY own ON passkey TO tamuda_tenant USING (user_id = current_person());
CREATE POLICY own ON recovery_code TO tamuda_tenant USING (user_id = current_person());
CREATE POLICY own ON pending_sign_in TO tamuda_tenant USING (user_id = current_person());
";

const FUNCTIONS: &str = "
CREATE FUNCTION pending_of(token bytea, now timestamptz)
RETURNS TABLE (user_id uuid, email text, has_totp boolean, has_passkey boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.email,
           EXISTS (SELECT 1 FROM totp t WHERE t.user_id = p.id AND t.confirmed_at IS NOT NULL),
           EXISTS (SELECT 1 FROM passkey k WHERE k.user_id = p.id)
    FROM pending_sign_in s JOIN person p ON p.id = s.user_id
    WHERE s.token_sha256 = token AND s.used_at IS NULL AND s.expires_at > now
$$;

-- What was asked before and is over is forgotten.
CREATE FUNCTION begin_ceremony(token bytea, purpose text, who uuid, session uuid, state jsonb, now timestamptz,
    until timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM ceremony c WHERE c.expires_at < now;
    INSERT INTO ceremony (token_sha256, purpose, user_id, session_id, state, expires_at)
    VALUES (token, begin_ceremony.purpose, who, session, begin_ceremony.state, until)
$$;

-- Whoever brings the token first, for what it was given for.
CREATE FUNCTION end_ceremony(token bytea, purpose text, now timestamptz)
RETURNS TABLE (user_id uuid, session_id uuid, state jsonb)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM ceremony c
    WHERE c.token_sha256 = token AND c.purpose = end_ceremony.purpose AND c.expires_at > now
    RETURNING c.user_id, c.session_id, c.state
$$;

-- The passkey that says whose it is, before anybody has believed it.
CREATE FUNCTION passkey_of(wanted bytea, who uuid) RETURNS TABLE (id uuid, credential jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.id, k.credential FROM passkey k WHERE k.credential_id = wanted AND k.user_id = who
$$;
REVOKE EXECUTE ON FUNCTION pending_of, begin_ceremony, end_ceremony, passkey_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pending_of, begin_ceremony, end_ceremony, passkey_of TO tamuda_tenant;
";

crate::step!(format!("{TABLES}{FUNCTIONS}"));
