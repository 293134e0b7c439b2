//! Who is asked into an organisation, and when a session last proved who it is.

use crate::policies::{Rights, of_organisation};

const TABLES: &str = "
-- When the person last proved who they are, and not only that they are signed in.
ALTER TABLE session ADD COLUMN proved_at timestamptz;
UPDATE session SET proved_at = created_at;
ALTER TABLE session ALTER COLUMN proved_at SET NOT NULL;
GRANT SELECT (proved_at), UPDATE (proved_at, token_sha256) ON session TO tamuda_tenant;

CREATE TABLE invitation (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email)),
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'developer', 'billing', 'viewer')),
    token_sha256 bytea NOT NULL UNIQUE,
    invited_by uuid NOT NULL REFERENCES person,
    created_at timestamptz NOT NULL,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    n_letters integer NOT NULL DEFAULT 0,
    revoked_at timestamptz,
    accepted_at timestamptz,
    CONSTRAINT is_accepted_or_revoked CHECK (num_nonnulls(revoked_at, accepted_at) <= 1)
);
CREATE INDEX invitation_of_organisation ON invitation (organisation_id, created_at);
CREATE UNIQUE INDEX invitation_is_open ON invitation (organisation_id, email)
    WHERE revoked_at IS NULL AND accepted_at IS NULL;
";

const LOOK_UPS: &str = "
DROP FUNCTION session_of;
CREATE FUNCTION session_of(token bytea, now timestamptz, idle interval)
RETURNS TABLE (session_id uuid, user_id uuid, email text, name text, locale text, staff_roles text[],
    seen_at timestamptz, proved_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, p.id, p.email, p.name, p.locale,
           ARRAY(SELECT role FROM staff WHERE staff.user_id = p.id ORDER BY role), s.seen_at, s.proved_at
    FROM session s JOIN person p ON p.id = s.user_id
    WHERE s.token_sha256 = token AND s.ended_at IS NULL AND s.expires_at > now AND s.seen_at > now - idle;
END $$;

CREATE FUNCTION invitation_of(token bytea, now timestamptz)
RETURNS TABLE (organisation_id uuid, organisation text, email text, role text, invited_by text, is_known boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT i.organisation_id, o.name, i.email, i.role, b.name,
           EXISTS (SELECT 1 FROM person p WHERE p.email = i.email)
    FROM invitation i JOIN organisation o ON o.id = i.organisation_id JOIN person b ON b.id = i.invited_by
    WHERE i.token_sha256 = token AND i.revoked_at IS NULL AND i.accepted_at IS NULL AND i.expires_at > now
$$;

-- Whoever brings the token first and has its address; nothing where it is used, or somebody else's.
CREATE FUNCTION join_organisation(token bytea, who uuid, now timestamptz)
RETURNS TABLE (organisation_id uuid, invitation_id uuid, slug text, role text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
    i invitation;
BEGIN
    UPDATE invitation SET accepted_at = now
    WHERE token_sha256 = token AND revoked_at IS NULL AND accepted_at IS NULL AND expires_at > now
        AND email = (SELECT p.email FROM person p WHERE p.id = who)
    RETURNING * INTO i;
    IF i.id IS NULL THEN
        RETURN;
    END IF;
    -- Who is a member already keeps the role that they have.
    INSERT INTO member (organisation_id, user_id, role, joined_at) VALUES (i.organisation_id, who, i.role, now)
    ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT i.organisation_id, i.id, o.slug, m.role FROM organisation o
        JOIN member m ON m.organisation_id = o.id AND m.user_id = who WHERE o.id = i.organisation_id;
END $$;

-- The address was proved by the letter that the token came with.
CREATE FUNCTION register_invited(token bytea, id uuid, name text, hash text, locale text, now timestamptz)
RETURNS TABLE (email text)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    INSERT INTO person AS p (id, email, name, locale, password_hash, created_at)
    SELECT register_invited.id, i.email, register_invited.name, register_invited.locale, hash, now FROM invitation i
    WHERE i.token_sha256 = token AND i.revoked_at IS NULL AND i.accepted_at IS NULL AND i.expires_at > now
    ON CONFLICT ON CONSTRAINT person_email_is_taken DO NOTHING
    RETURNING p.email
$$;

REVOKE EXECUTE ON FUNCTION session_of, invitation_of, join_organisation, register_invited FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_of, invitation_of, join_organisation, register_invited TO tamuda_tenant;
";

const RIGHTS: &[Rights] = &[Rights {
    table: "invitation",
    tenant: "SELECT (organisation_id, id, email, role, invited_by, created_at, sent_at, expires_at, n_letters, \
             revoked_at, accepted_at), INSERT, UPDATE",
    worker: "SELECT (organisation_id, id, email, role, invited_by, created_at, sent_at, expires_at, n_letters, \
             revoked_at, accepted_at)",
}];

crate::step!(format!("{TABLES}GRANT UPDATE, DELETE ON member TO tamuda_tenant;{}{LOOK_UPS}", of_organisation(RIGHTS)));
