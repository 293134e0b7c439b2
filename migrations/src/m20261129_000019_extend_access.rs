//! Sessions that came by a provider, which end there too and are ended from there; the domains whose people come into an
//! organisation by themselves; the hub's staff, whom two of them appoint; and staff who look as a member would.

use crate::policies::{Rights, of_organisation};

const ORIGINS: &str = "
-- By which provider a session came. It goes with the session's end, and with it the ID token, which only signing out needs.
CREATE TABLE session_origin (
    session_id uuid PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES person,
    -- The provider's word in addresses.
    provider text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    sid text,
    id_token text,
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_origin_of_subject ON session_origin (issuer, subject);
CREATE INDEX session_origin_of_sid ON session_origin (issuer, sid);
CREATE INDEX session_origin_expires ON session_origin (expires_at);

-- A provider's notice that somebody signed out there, by the digest of its name: it works once.
CREATE TABLE logout_notice (
    name_sha256 bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX logout_notice_expires ON logout_notice (expires_at);

ALTER TABLE session_origin ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON session_origin TO tamuda_tenant;
CREATE POLICY own ON session_origin TO tamuda_tenant USING (user_id = current_person());
ALTER TABLE logout_notice ENABLE ROW LEVEL SECURITY;
GRANT SELECT (expires_at), DELETE ON session_origin, logout_notice TO tamuda_worker;
CREATE POLICY worker ON session_origin TO tamuda_worker USING (true);
CREATE POLICY worker ON logout_notice TO tamuda_worker USING (true);

-- Whoever links an account comes by the provider as well. An offer is good for ten minutes: who has one begins again.
DELETE FROM identity_offer;
ALTER TABLE identity_offer ADD COLUMN provider text NOT NULL, ADD COLUMN sid text, ADD COLUMN id_token text;
DROP FUNCTION offer_identity, link_identity;
CREATE FUNCTION offer_identity(token bytea, issuer text, subject text, provider text, sid text, id_token text,
    address text, now timestamptz, until timestamptz)
RETURNS TABLE (email text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM identity_offer o WHERE o.expires_at < now;
    WITH found AS (SELECT p.id, p.email FROM person p WHERE p.email = lower(address)), kept AS (
        INSERT INTO identity_offer (token_sha256, issuer, subject, provider, sid, id_token, user_id, expires_at)
        SELECT token, offer_identity.issuer, offer_identity.subject, offer_identity.provider, offer_identity.sid,
            offer_identity.id_token, found.id, until FROM found)
    SELECT found.email FROM found
$$;

CREATE FUNCTION link_identity(token bytea, who uuid, now timestamptz)
RETURNS TABLE (issuer text, subject text, provider text, sid text, id_token text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    o identity_offer;
BEGIN
    SELECT * INTO o FROM identity_offer
    WHERE token_sha256 = token AND user_id = who AND used_at IS NULL AND expires_at > now FOR UPDATE;
    IF o.user_id IS NULL THEN
        RETURN;
    END IF;
    UPDATE identity_offer SET used_at = now, id_token = NULL WHERE token_sha256 = token;
    INSERT INTO identity AS i (issuer, subject, user_id, linked_at)
    VALUES (o.issuer, o.subject, o.user_id, now) ON CONFLICT DO NOTHING;
    IF FOUND THEN
        RETURN QUERY SELECT o.issuer, o.subject, o.provider, o.sid, o.id_token;
    END IF;
END $$;

-- Ends the sessions that a notice is about; nothing for one that came before.
CREATE FUNCTION end_sessions_elsewhere(name bytea, until timestamptz, issuer text, subject text, sid text,
    now timestamptz)
RETURNS TABLE (n bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
BEGIN
    INSERT INTO logout_notice (name_sha256, expires_at) VALUES (name, until) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY WITH gone AS (
        DELETE FROM session_origin o
        WHERE o.issuer = issuer AND num_nonnulls(subject, sid) > 0
            AND (subject IS NULL OR o.subject = subject) AND (sid IS NULL OR o.sid = sid)
        RETURNING o.session_id
    ), ended AS (
        UPDATE session s SET ended_at = now FROM gone WHERE s.id = gone.session_id AND s.ended_at IS NULL
        RETURNING s.id
    )
    SELECT count(*) FROM ended;
END $$;
REVOKE EXECUTE ON FUNCTION offer_identity, link_identity, end_sessions_elsewhere FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offer_identity, link_identity, end_sessions_elsewhere TO tamuda_tenant;
";

const DOMAINS: &str = "
-- A domain whose people come into an organisation by themselves, once the hub's staff have seen in the name service that
-- it is the organisation's.
CREATE TABLE domain_claim (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    -- As it stands in the name service: small letters, punycode.
    name text NOT NULL CHECK (name ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$'),
    -- The provider's word in addresses.
    provider text NOT NULL,
    role text NOT NULL CHECK (role IN ('admin', 'developer', 'billing', 'viewer')),
    claimed_by uuid NOT NULL REFERENCES person,
    claimed_at timestamptz NOT NULL,
    confirmed_by uuid REFERENCES person,
    confirmed_at timestamptz,
    ended_at timestamptz
);
CREATE UNIQUE INDEX organisation_claims_one_domain ON domain_claim (organisation_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX domain_belongs_to_one ON domain_claim (name) WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX domain_claim_lives ON domain_claim (claimed_at) WHERE ended_at IS NULL;

-- Who was removed or left: a domain does not let them in again.
CREATE TABLE departure (
    organisation_id uuid NOT NULL REFERENCES organisation,
    user_id uuid NOT NULL REFERENCES person,
    left_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, user_id)
);
";

const VIEWS: &str = "
-- Staff look at an organisation as somebody with this role would, by one session and for a while.
CREATE TABLE staff_view (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'developer', 'billing', 'viewer')),
    reason text NOT NULL,
    began_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE UNIQUE INDEX staff_view_is_open ON staff_view (session_id, organisation_id) WHERE ended_at IS NULL;

CREATE FUNCTION view_of(by_session uuid, place uuid, now timestamptz) RETURNS TABLE (role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT v.role FROM staff_view v
    WHERE v.session_id = by_session AND v.organisation_id = place AND v.ended_at IS NULL AND v.expires_at > now
$$;
REVOKE EXECUTE ON FUNCTION view_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION view_of TO tamuda_tenant;
";

const COMING_IN: &str = "
-- Makes a person a member whom their provider vouches an address of a confirmed domain for; nothing for members and for
-- those who were removed or left.
CREATE FUNCTION join_by_domain(who uuid, by_provider text, host text, now timestamptz)
RETURNS TABLE (organisation_id uuid, domain_id uuid, slug text, organisation text, role text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    c domain_claim;
BEGIN
    -- Locked, so that one that is taken back at this moment lets nobody in any more.
    SELECT * INTO c FROM domain_claim d
    WHERE d.name = host AND d.provider = by_provider AND d.confirmed_at IS NOT NULL AND d.ended_at IS NULL FOR SHARE;
    IF c.id IS NULL OR EXISTS (
        SELECT 1 FROM departure l WHERE l.organisation_id = c.organisation_id AND l.user_id = who) THEN
        RETURN;
    END IF;
    INSERT INTO member (organisation_id, user_id, role, joined_at) VALUES (c.organisation_id, who, c.role, now)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Who was removed while this waited for it stays out.
    IF EXISTS (SELECT 1 FROM departure l WHERE l.organisation_id = c.organisation_id AND l.user_id = who) THEN
        DELETE FROM member m WHERE m.organisation_id = c.organisation_id AND m.user_id = who;
        RETURN;
    END IF;
    RETURN QUERY SELECT o.id, c.id, o.slug, o.name, c.role FROM organisation o WHERE o.id = c.organisation_id;
END $$;
REVOKE EXECUTE ON FUNCTION join_by_domain FROM PUBLIC;
GRANT EXECUTE ON FUNCTION join_by_domain TO tamuda_tenant;
";

const STAFF: &str = "
-- Somebody is to have a role at the hub, once another one of its staff agrees.
CREATE TABLE staff_proposal (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES person,
    role text NOT NULL CHECK (role IN ('operator', 'incubator', 'finance', 'auditor')),
    reason text NOT NULL,
    proposed_by uuid NOT NULL REFERENCES person,
    proposed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    confirmed_by uuid REFERENCES person,
    confirmed_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT staff_is_appointed_by_two CHECK (confirmed_by <> proposed_by AND confirmed_by <> user_id)
);
CREATE UNIQUE INDEX staff_is_proposed_once ON staff_proposal (user_id, role)
    WHERE confirmed_at IS NULL AND ended_at IS NULL;
ALTER TABLE staff_proposal ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT (id, user_id, role, reason, proposed_by, proposed_at, expires_at), UPDATE (ended_at)
    ON staff_proposal TO tamuda_staff;
CREATE POLICY staff ON staff_proposal TO tamuda_staff USING (true);
GRANT DELETE ON staff TO tamuda_staff;
CREATE POLICY revokes ON staff FOR DELETE TO tamuda_staff USING (true);

-- The only way to a role but the owner's: a proposal that waits, and a second person.
CREATE FUNCTION appoint_staff(proposal uuid, second uuid, now timestamptz) RETURNS TABLE (user_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    p staff_proposal;
BEGIN
    UPDATE staff_proposal SET confirmed_by = second, confirmed_at = now
    WHERE id = proposal AND confirmed_at IS NULL AND ended_at IS NULL AND expires_at > now RETURNING * INTO p;
    IF p.id IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO staff (user_id, role, since) VALUES (p.user_id, p.role, now) ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT p.user_id;
END $$;
REVOKE EXECUTE ON FUNCTION appoint_staff FROM PUBLIC;
GRANT EXECUTE ON FUNCTION appoint_staff TO tamuda_staff;
";

const RIGHTS: &[Rights] = &[
    Rights {
        table: "domain_claim",
        tenant: "SELECT, INSERT, UPDATE (confirmed_by, confirmed_at, ended_at)",
        worker: "SELECT",
    },
    Rights { table: "staff_view", tenant: "SELECT, INSERT, UPDATE (ended_at)", worker: "SELECT" },
    Rights { table: "departure", tenant: "SELECT, INSERT, UPDATE (left_at)", worker: "SELECT" },
];

crate::step!(format!("{ORIGINS}{DOMAINS}{VIEWS}{}{COMING_IN}{STAFF}", of_organisation(RIGHTS)));
