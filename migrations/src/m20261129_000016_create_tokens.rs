//! API tokens: what programs come with, and how far each reaches.

use crate::policies::{Rights, of_organisation};

const TABLES: &str = "
CREATE TABLE token (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    -- Whose it is, with that member's role; empty for a service account's, which has a role of its own.
    held_by uuid REFERENCES person,
    role text CHECK (role IN ('admin', 'developer', 'billing', 'viewer')),
    name text NOT NULL,
    secret_sha256 bytea NOT NULL CONSTRAINT token_is_unique UNIQUE CHECK (length(secret_sha256) = 32),
    permissions text[] NOT NULL CHECK (cardinality(permissions) > 0),
    -- Empty for all.
    projects uuid[] NOT NULL,
    flavours uuid[] NOT NULL,
    networks inet[] NOT NULL,
    -- How many units may run at once by it.
    most_units integer CHECK (most_units > 0),
    created_by uuid NOT NULL REFERENCES person,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    used_from text,
    revoked_at timestamptz,
    CONSTRAINT token_is_of_organisation UNIQUE (organisation_id, id),
    CHECK ((held_by IS NULL) <> (role IS NULL)),
    CHECK (expires_at <= created_at + interval '366 days')
);
CREATE INDEX token_newest_first ON token (organisation_id, created_at DESC);

ALTER TABLE budget ADD FOREIGN KEY (organisation_id, token_id) REFERENCES token (organisation_id, id);
ALTER TABLE lease ADD FOREIGN KEY (organisation_id, token_id) REFERENCES token (organisation_id, id);
CREATE INDEX lease_of_token ON lease (organisation_id, token_id) WHERE token_id IS NOT NULL AND ended_at IS NULL;
-- A service account is nobody's.
ALTER TABLE instance ALTER COLUMN launched_by DROP NOT NULL, ADD COLUMN token_id uuid,
    ADD FOREIGN KEY (organisation_id, token_id) REFERENCES token (organisation_id, id),
    ADD CHECK (launched_by IS NOT NULL OR token_id IS NOT NULL);
";

/// The listed functions that answer before a scope exists.
const LOOK_UPS: &str = "
-- A member's token has the member's role of now, and none once they are a member no more.
CREATE FUNCTION token_of(secret bytea, came_from inet, now timestamptz)
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
    WHERE t.secret_sha256 = secret AND t.revoked_at IS NULL AND t.expires_at > now
      AND coalesce(t.role, m.role) IS NOT NULL
      AND (cardinality(t.networks) = 0 OR came_from <<= ANY (t.networks));
END $$;

CREATE FUNCTION touch_token(which uuid, came_from text, now timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE token SET used_at = now, used_from = came_from WHERE id = which AND (used_at IS NULL OR used_at < now)
$$;
REVOKE EXECUTE ON FUNCTION token_of, touch_token FROM PUBLIC;
GRANT EXECUTE ON FUNCTION token_of, touch_token TO tamuda_tenant;
";

const RIGHTS: &[Rights] = &[Rights { table: "token", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT" }];

crate::step!(format!("{TABLES}{}{LOOK_UPS}", of_organisation(RIGHTS)));
