//! Who registers by themselves, and the organisations that they open.

const TABLES: &str = "
-- An address that somebody wants to sign in with, until who reads its letters says so.
CREATE TABLE registration (
    token_sha256 bytea PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email)),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX registration_of_address ON registration (email, expires_at);
-- Reached only by the functions below.
ALTER TABLE registration ENABLE ROW LEVEL SECURITY;
";

const FUNCTIONS: &str = "
-- The same statements, whether or not somebody signs in with the address; at most three open ones for each.
CREATE FUNCTION ask_to_register(address text, token bytea, now timestamptz, until timestamptz)
RETURNS TABLE (is_known boolean, name text, locale text)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    SELECT pg_advisory_xact_lock(hashtextextended(lower(address), 13));
    WITH open AS (
        SELECT count(*) AS n FROM registration r
        WHERE r.email = lower(address) AND r.used_at IS NULL AND r.expires_at > now
    ), kept AS (
        INSERT INTO registration (token_sha256, email, created_at, expires_at)
        SELECT token, lower(address), now, until FROM open WHERE open.n < 3
        RETURNING email
    )
    SELECT p.id IS NOT NULL, p.name, p.locale FROM kept LEFT JOIN person p ON p.email = kept.email
$$;

CREATE FUNCTION address_of_registration(token bytea, now timestamptz) RETURNS TABLE (email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT r.email FROM registration r
    WHERE r.token_sha256 = token AND r.used_at IS NULL AND r.expires_at > now
        AND NOT EXISTS (SELECT 1 FROM person p WHERE p.email = r.email)
$$;

-- Whoever brings the token first; the other open ones of the address end with it.
CREATE FUNCTION register(token bytea, id uuid, name text, hash text, locale text, now timestamptz)
RETURNS TABLE (email text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
    address text;
BEGIN
    UPDATE registration r SET used_at = now
    WHERE r.token_sha256 = token AND r.used_at IS NULL AND r.expires_at > now RETURNING r.email INTO address;
    IF address IS NULL THEN
        RETURN;
    END IF;
    UPDATE registration r SET used_at = now WHERE r.email = address AND r.used_at IS NULL;
    RETURN QUERY INSERT INTO person AS p (id, email, name, locale, password_hash, created_at)
        VALUES (register.id, address, register.name, register.locale, hash, now)
        ON CONFLICT ON CONSTRAINT person_email_is_taken DO NOTHING RETURNING p.email;
END $$;

-- A tenant with all that begins with it; false for a slug that is taken.
CREATE FUNCTION open_organisation(id uuid, slug text, name text, legal_name text, address text, country text,
    is_business boolean, ice text, tax_id text, trade_register text, business_tax text, currency text, language text,
    time_zone text, period_id uuid, now timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
    INSERT INTO organisation (id, kind, slug, name, legal_name, address, country, is_business, ice, tax_id,
        trade_register, business_tax, currency, language, time_zone, state, created_at)
    VALUES (id, 'tenant', slug, name, legal_name, address, country, is_business, ice, tax_id, trade_register,
        business_tax, currency, language, time_zone, 'active', now)
    ON CONFLICT ON CONSTRAINT organisation_slug_is_taken DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO billing_period (organisation_id, id, started_at) VALUES (id, period_id, now);
    INSERT INTO settlement_timer (organisation_id, settled_through) VALUES (id, now);
    INSERT INTO namespace (organisation_id, cluster_id, wish_seq) SELECT id, c.id, nextval('wish_seq') FROM cluster c;
    RETURN true;
END $$;

-- What a person opens for themselves: they own it, and it has a project to launch in. At most five for each.
CREATE FUNCTION found_organisation(owner uuid, project_id uuid, project_slug text, project_name text, id uuid,
    slug text, name text, legal_name text, address text, country text, is_business boolean, currency text,
    language text, time_zone text, period_id uuid, now timestamptz)
RETURNS TABLE (outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_variable
BEGIN
    -- Locked, so that two tabs do not both see four.
    PERFORM 1 FROM person p WHERE p.id = owner FOR UPDATE;
    IF (SELECT count(*) FROM member m WHERE m.user_id = owner AND m.role = 'owner') >= 5 THEN
        RETURN QUERY SELECT 'many';
    ELSIF NOT open_organisation(id, slug, name, legal_name, address, country, is_business, NULL, NULL, NULL, NULL,
        currency, language, time_zone, period_id, now) THEN
        RETURN QUERY SELECT 'taken';
    ELSE
        INSERT INTO member (organisation_id, user_id, role, joined_at) VALUES (id, owner, 'owner', now);
        INSERT INTO project (organisation_id, id, slug, name, created_at)
        VALUES (id, project_id, project_slug, project_name, now);
        RETURN QUERY SELECT 'done';
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION ask_to_register, address_of_registration, register, open_organisation, found_organisation
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_to_register, address_of_registration, register, found_organisation TO tamuda_tenant;
";

/// Whoever may run SQL as one of the roles could otherwise put a table of their own before ours.
const SAFE_PATH: &str = "
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT oid FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', f);
    END LOOP;
END $$;
";

crate::step!(format!("{TABLES}{FUNCTIONS}{SAFE_PATH}"));
