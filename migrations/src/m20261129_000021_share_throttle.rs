//! Tries in vain, which all portals on one database count together.

const THROTTLE: &str = "
-- Reached only by the functions below. A row tells nobody whose it is, and goes a quarter of an hour after the last try.
CREATE TABLE throttle (
    -- Of an account, or of an address that somebody came from.
    key_sha256 bytea PRIMARY KEY,
    -- So many are free of waiting.
    free integer NOT NULL,
    n_tries integer NOT NULL CHECK (n_tries >= 0),
    last_at timestamptz NOT NULL
);
CREATE INDEX throttle_last ON throttle (last_at);
ALTER TABLE throttle ENABLE ROW LEVEL SECURITY;

-- Seconds until somebody may try again by all of these names: none, then doubling, at most a quarter of an hour.
CREATE FUNCTION wait_of_tries(names jsonb, now timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(CASE WHEN t.n_tries < t.free THEN 0
        ELSE least(900, 2::bigint << least(t.n_tries - t.free, 16)) - floor(extract(epoch FROM now - t.last_at))
        END), 0)::bigint
    FROM jsonb_to_recordset(names) AS n (key text) JOIN throttle t ON t.key_sha256 = decode(n.key, 'hex')
$$;

-- Counts a try for each name before it is known to be in vain, or says how long one of them has to wait: of many at once,
-- no more pass than one after the other.
CREATE FUNCTION begin_tries(names jsonb, now timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    seconds bigint := wait_of_tries(names, now);
BEGIN
    -- Whoever has to wait writes nothing.
    IF seconds > 0 THEN
        RETURN seconds;
    END IF;
    -- Locks the rows, all in one order, so that two who share names never wait for each other.
    INSERT INTO throttle AS t (key_sha256, free, n_tries, last_at)
    SELECT decode(n.key, 'hex'), n.free, 0, now FROM jsonb_to_recordset(names) AS n (key text, free integer) ORDER BY 1
    ON CONFLICT (key_sha256) DO UPDATE SET free = EXCLUDED.free;
    seconds := wait_of_tries(names, now);
    IF seconds > 0 THEN
        RETURN seconds;
    END IF;
    UPDATE throttle t SET last_at = now,
        n_tries = CASE WHEN now - t.last_at < interval '15 minutes' THEN t.n_tries + 1 ELSE 1 END
    FROM jsonb_to_recordset(names) AS n (key text) WHERE t.key_sha256 = decode(n.key, 'hex');
    RETURN 0;
END $$;

-- Takes a try back that was not in vain, or never came to be tried; all of them where the name has shown who it is.
CREATE FUNCTION forgive_tries(names jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM throttle t
    WHERE t.key_sha256 IN (SELECT decode(n.key, 'hex') FROM jsonb_to_recordset(names) AS n (key text))
    ORDER BY t.key_sha256 FOR UPDATE;
    UPDATE throttle t SET n_tries = CASE WHEN n.wholly THEN 0 ELSE greatest(t.n_tries - 1, 0) END
    FROM jsonb_to_recordset(names) AS n (key text, wholly boolean) WHERE t.key_sha256 = decode(n.key, 'hex');
END $$;

-- What nobody tried for as long as one waits at most; a row that somebody tries just now is left for the next time.
CREATE FUNCTION forget_tries(now timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM throttle t WHERE t.key_sha256 IN (
        SELECT x.key_sha256 FROM throttle x WHERE x.last_at <= now - interval '15 minutes' LIMIT 10000
        FOR UPDATE SKIP LOCKED)
$$;
REVOKE EXECUTE ON FUNCTION wait_of_tries, begin_tries, forgive_tries, forget_tries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_tries, forgive_tries TO tamuda_tenant;
GRANT EXECUTE ON FUNCTION forget_tries TO tamuda_worker;
";

crate::step!(THROTTLE);
