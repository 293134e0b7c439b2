//! What people of the hub are written to, and the signatures that staff give outside of all organisations: for a month.

const UP: &str = "
-- The months are the hub's: staff ask for the signature for a close, give it and use it, and no other.
GRANT INSERT, UPDATE (state, signed_by, signed_at, refused_by, refused_at, reason, ended_at) ON sign_off TO tamuda_staff;
CREATE POLICY closes ON sign_off FOR INSERT TO tamuda_staff
    WITH CHECK (kind = 'close' AND organisation_id = (SELECT o.id FROM organisation o WHERE o.kind = 'hub'));
CREATE POLICY decides ON sign_off FOR UPDATE TO tamuda_staff USING (kind = 'close') WITH CHECK (kind = 'close');

-- A letter to everybody of the hub who has one of the roles, but not to who acts: whoever writes it inside an organisation
-- learns neither who that is nor where they are reached.
CREATE FUNCTION write_to_staff(roles text[], actor uuid, what text, facts jsonb, now timestamptz, until timestamptz)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO outbox (id, topic, key, kind, recipient, locale, payload, created_at, useful_until, next_at)
    SELECT gen_random_uuid(), 'mail', what || '/' || gen_random_uuid(), what, p.email, p.locale,
        facts || jsonb_build_object('name', p.name,
            'by', coalesce((SELECT a.name FROM person a WHERE a.id = actor), '')),
        now, until, now
    FROM person p
    WHERE p.id IS DISTINCT FROM actor AND p.stopped_at IS NULL
    AND EXISTS (SELECT 1 FROM staff s WHERE s.user_id = p.id AND s.role = ANY (roles))
$$;
REVOKE EXECUTE ON FUNCTION write_to_staff FROM PUBLIC;
GRANT EXECUTE ON FUNCTION write_to_staff TO tamuda_tenant, tamuda_staff;
";

crate::step!(UP);
