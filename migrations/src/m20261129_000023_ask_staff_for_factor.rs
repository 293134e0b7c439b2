//! Whether somebody has a second factor, looked up with their session: the hub's doors open to staff who have one.

const UP: &str = "
DROP FUNCTION session_of;
DROP FUNCTION time_zone_of;
CREATE FUNCTION session_of(token bytea, now timestamptz, idle interval)
RETURNS TABLE (session_id uuid, user_id uuid, email text, name text, locale text, time_zone text, staff_roles text[],
    has_factor boolean, seen_at timestamptz, proved_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, p.id, p.email, p.name, p.locale, p.time_zone,
           ARRAY(SELECT role FROM staff WHERE staff.user_id = p.id ORDER BY role),
           EXISTS (SELECT 1 FROM totp t WHERE t.user_id = p.id AND t.confirmed_at IS NOT NULL)
               OR EXISTS (SELECT 1 FROM passkey k WHERE k.user_id = p.id),
           s.seen_at, s.proved_at
    FROM session s JOIN person p ON p.id = s.user_id
    WHERE s.token_sha256 = token AND s.ended_at IS NULL AND s.expires_at > now AND s.seen_at > now - idle;
END $$;
REVOKE EXECUTE ON FUNCTION session_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_of TO tamuda_tenant;
";

crate::step!(UP);
