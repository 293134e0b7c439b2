//! Who people are at the providers that they sign in with.

const UP: &str = "
CREATE TABLE identity (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL REFERENCES person,
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_of_person ON identity (user_id);

-- Somebody came from a provider with the proven address of an account that is not linked to it yet: whoever has the token
-- is asked for the account's password first.
CREATE TABLE identity_offer (
    token_sha256 bytea PRIMARY KEY,
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL REFERENCES person,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX identity_offer_expires ON identity_offer (expires_at);

ALTER TABLE identity ENABLE ROW LEVEL SECURITY;
GRANT SELECT, DELETE ON identity TO tamuda_tenant;
CREATE POLICY own ON identity TO tamuda_tenant USING (user_id = current_person());
-- Reached only by the functions below.
ALTER TABLE identity_offer ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION person_of_identity(issuer text, subject text) RETURNS TABLE (user_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.user_id FROM identity i WHERE i.issuer = person_of_identity.issuer AND i.subject = person_of_identity.subject
$$;

-- A new person with a proven address and no password; nothing where somebody signs in with that address.
CREATE FUNCTION register_identity(issuer text, subject text, id uuid, address text, name text, locale text,
    now timestamptz)
RETURNS TABLE (user_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
BEGIN
    INSERT INTO person (id, email, name, locale, created_at) VALUES (id, lower(address), name, locale, now)
    ON CONFLICT ON CONSTRAINT person_email_is_taken DO NOTHING;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    INSERT INTO identity (issuer, subject, user_id, linked_at) VALUES (issuer, subject, id, now);
    RETURN QUERY SELECT id;
END $$;

-- Offers to link the identity to the account with this address; what was offered before and is over is forgotten.
CREATE FUNCTION offer_identity(token bytea, issuer text, subject text, address text, now timestamptz, until timestamptz)
RETURNS TABLE (email text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM identity_offer o WHERE o.expires_at < now;
    WITH found AS (SELECT p.id, p.email FROM person p WHERE p.email = lower(address)), kept AS (
        INSERT INTO identity_offer (token_sha256, issuer, subject, user_id, expires_at)
        SELECT token, offer_identity.issuer, offer_identity.subject, found.id, until FROM found)
    SELECT found.email FROM found
$$;

CREATE FUNCTION address_of_offer(token bytea, now timestamptz) RETURNS TABLE (email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.email FROM identity_offer o JOIN person p ON p.id = o.user_id
    WHERE o.token_sha256 = token AND o.used_at IS NULL AND o.expires_at > now
$$;

-- Whoever brings the token first, for the person who has just shown their password.
CREATE FUNCTION link_identity(token bytea, who uuid, now timestamptz) RETURNS TABLE (issuer text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    o identity_offer;
BEGIN
    UPDATE identity_offer SET used_at = now
    WHERE token_sha256 = token AND user_id = who AND used_at IS NULL AND expires_at > now RETURNING * INTO o;
    IF o.user_id IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY INSERT INTO identity AS i (issuer, subject, user_id, linked_at)
        VALUES (o.issuer, o.subject, o.user_id, now) ON CONFLICT DO NOTHING RETURNING i.issuer;
END $$;
REVOKE EXECUTE ON FUNCTION person_of_identity, register_identity, offer_identity, address_of_offer, link_identity
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION person_of_identity, register_identity, offer_identity, address_of_offer, link_identity
    TO tamuda_tenant;
";

crate::step!(UP);
