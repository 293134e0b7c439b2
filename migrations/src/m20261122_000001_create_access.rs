//! People, sessions, staff, organisations, members, projects, and the look-ups before a scope exists.

use crate::policies::{Rights, of_organisation};

const TABLES: &str = "
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE FUNCTION current_organisation() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('tamuda.organisation', true), '')::uuid $$;
CREATE FUNCTION current_person() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('tamuda.user', true), '')::uuid $$;

CREATE TABLE organisation (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('hub', 'tenant')),
    slug text NOT NULL CONSTRAINT organisation_slug_is_taken UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text NOT NULL,
    legal_name text NOT NULL,
    address text NOT NULL,
    country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    is_business boolean NOT NULL,
    -- ICE, IF, RC and TP as Moroccan invoices name them; empty elsewhere.
    ice text, tax_id text, trade_register text, business_tax text,
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    language text NOT NULL CHECK (language IN ('en', 'fr', 'ar')),
    time_zone text NOT NULL,
    credit_limit_micros bigint NOT NULL DEFAULT 0 CHECK (credit_limit_micros >= 0),
    state text NOT NULL CHECK (state IN ('active', 'suspended')),
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX there_is_one_hub ON organisation (kind) WHERE kind = 'hub';

-- One row: what this installation is, so that a database and a cluster that do not belong together notice it.
CREATE TABLE installation (
    id uuid PRIMARY KEY,
    hub_id uuid NOT NULL REFERENCES organisation,
    one boolean NOT NULL DEFAULT true UNIQUE CHECK (one),
    created_at timestamptz NOT NULL
);

CREATE TABLE person (
    id uuid PRIMARY KEY,
    email text NOT NULL CONSTRAINT person_email_is_taken UNIQUE CHECK (email = lower(email)),
    name text NOT NULL,
    locale text CHECK (locale IN ('en', 'fr', 'ar')),
    password_hash text,
    created_at timestamptz NOT NULL
);

CREATE TABLE session (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES person,
    token_sha256 bytea NOT NULL UNIQUE,
    device text NOT NULL,
    address text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX session_of_person ON session (user_id, created_at DESC);

CREATE TABLE staff (
    user_id uuid NOT NULL REFERENCES person,
    role text NOT NULL CHECK (role IN ('operator', 'incubator', 'finance', 'auditor')),
    since timestamptz NOT NULL,
    PRIMARY KEY (user_id, role)
);

CREATE TABLE member (
    organisation_id uuid NOT NULL REFERENCES organisation,
    user_id uuid NOT NULL REFERENCES person,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'developer', 'billing', 'viewer')),
    joined_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, user_id)
);
CREATE INDEX member_of_person ON member (user_id);

CREATE TABLE project (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT project_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT project_slug_is_taken UNIQUE (organisation_id, slug)
);

-- What a person may see of themselves and of the organisations they belong to.
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE installation ENABLE ROW LEVEL SECURITY;
GRANT SELECT (id, email, name, locale, created_at), UPDATE (locale) ON person TO tamuda_tenant;
GRANT SELECT (id, email, name, locale, created_at) ON person TO tamuda_staff, tamuda_worker;
GRANT SELECT (id, user_id, device, address, created_at, seen_at, expires_at, ended_at), UPDATE (ended_at), INSERT
    ON session TO tamuda_tenant;
GRANT SELECT ON staff TO tamuda_staff;
GRANT SELECT ON organisation TO tamuda_tenant, tamuda_staff, tamuda_worker;
GRANT SELECT ON installation TO tamuda_tenant, tamuda_staff, tamuda_worker;
CREATE POLICY own ON person TO tamuda_tenant USING (id = current_person());
CREATE POLICY colleague ON person FOR SELECT TO tamuda_tenant USING (EXISTS (
    SELECT 1 FROM member WHERE member.user_id = person.id AND member.organisation_id = current_organisation()));
CREATE POLICY staff ON person FOR SELECT TO tamuda_staff USING (true);
CREATE POLICY worker ON person FOR SELECT TO tamuda_worker USING (true);
CREATE POLICY own ON session TO tamuda_tenant USING (user_id = current_person());
CREATE POLICY staff ON staff FOR SELECT TO tamuda_staff USING (true);
-- The hub is on every invoice, so every tenant may read it.
CREATE POLICY own ON organisation FOR SELECT TO tamuda_tenant USING (id = current_organisation() OR kind = 'hub');
CREATE POLICY staff ON organisation FOR SELECT TO tamuda_staff USING (true);
CREATE POLICY worker ON organisation FOR SELECT TO tamuda_worker USING (true);
CREATE POLICY everyone ON installation FOR SELECT TO tamuda_tenant, tamuda_staff, tamuda_worker USING (true);
";

/// The listed functions of the owner that answer before a scope exists. Those that each request calls are plpgsql, which
/// keeps their plans: `sql` with the owner's rights is planned again at every call.
const LOOK_UPS: &str = "
CREATE FUNCTION session_of(token bytea, now timestamptz, idle interval)
RETURNS TABLE (session_id uuid, user_id uuid, email text, name text, locale text, staff_roles text[], seen_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, p.id, p.email, p.name, p.locale,
           ARRAY(SELECT role FROM staff WHERE staff.user_id = p.id ORDER BY role), s.seen_at
    FROM session s JOIN person p ON p.id = s.user_id
    WHERE s.token_sha256 = token AND s.ended_at IS NULL AND s.expires_at > now AND s.seen_at > now - idle;
END $$;

-- Moved at most once a minute, so that reading pages does not write.
CREATE FUNCTION touch_session(wanted uuid, now timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    UPDATE session SET seen_at = now WHERE id = wanted AND seen_at < now - interval '1 minute'
$$;

CREATE FUNCTION password_of(address text) RETURNS TABLE (user_id uuid, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT id, person.password_hash FROM person WHERE email = lower(address)
$$;

CREATE FUNCTION seat_of(who uuid, place_id uuid, place_slug text)
RETURNS TABLE (organisation_id uuid, slug text, name text, state text, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT o.id, o.slug, o.name, o.state, m.role
    FROM organisation o LEFT JOIN member m ON m.organisation_id = o.id AND m.user_id = who
    WHERE o.kind = 'tenant' AND (o.id = place_id OR o.slug = place_slug);
END $$;

CREATE FUNCTION organisations_of(who uuid) RETURNS TABLE (organisation_id uuid, slug text, name text, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT o.id, o.slug, o.name, m.role FROM member m JOIN organisation o ON o.id = m.organisation_id
    WHERE m.user_id = who ORDER BY o.name;
END $$;
REVOKE EXECUTE ON FUNCTION session_of, touch_session, password_of, seat_of, organisations_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_of, touch_session, password_of, seat_of, organisations_of TO tamuda_tenant;
";

const RIGHTS: &[Rights] = &[
    Rights { table: "member", tenant: "SELECT", worker: "SELECT" },
    Rights { table: "project", tenant: "SELECT", worker: "SELECT" },
];

crate::step!(format!("{TABLES}{}{LOOK_UPS}", of_organisation(RIGHTS)));
