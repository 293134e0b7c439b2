//! Instances and namespaces: what is wished, and how far the cluster has come.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
CREATE TABLE namespace (
    organisation_id uuid NOT NULL REFERENCES organisation,
    cluster_id uuid NOT NULL REFERENCES cluster,
    -- Raised with each change of a quota; the reconciler applies until both are equal.
    wish_seq bigint NOT NULL,
    applied_seq bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organisation_id, cluster_id)
);

CREATE TABLE instance (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    name text NOT NULL,
    flavour_id uuid NOT NULL REFERENCES flavour,
    units integer NOT NULL CHECK (units > 0),
    template text NOT NULL,
    image text NOT NULL CHECK (image ~ '@sha256:[0-9a-f]{64}$'),
    environment jsonb NOT NULL,
    wish text NOT NULL CHECK (wish IN ('running', 'stopped', 'deleted')),
    wish_seq bigint NOT NULL,
    -- The wish that the cluster has taken in full; smaller than wish_seq while it has not.
    applied_seq bigint NOT NULL DEFAULT 0,
    -- When a person, not the portal, wished last.
    wished_at timestamptz NOT NULL,
    -- What the person who stopped it said, shown to the customer.
    stop_note text,
    -- The attempt that is wanted; each has a lease.
    attempt integer NOT NULL CHECK (attempt > 0),
    phase text NOT NULL,
    phase_at timestamptz NOT NULL,
    deadline_at timestamptz,
    reason text,
    reason_arguments jsonb,
    -- The cluster's last event about it.
    event_reason text, event_message text, event_at timestamptz,
    n_restarts integer NOT NULL DEFAULT 0,
    launched_by uuid NOT NULL REFERENCES person,
    launched_at timestamptz NOT NULL,
    -- When deletion was wished, and until when it can be undone.
    deleted_at timestamptz, undo_until timestamptz,
    -- Raised by each change of the row: what If-Match names.
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT instance_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, project_id) REFERENCES project (organisation_id, id),
    CHECK ((wish = 'deleted') = (deleted_at IS NOT NULL))
);
CREATE UNIQUE INDEX instance_name_is_taken ON instance (organisation_id, name) WHERE deleted_at IS NULL;
-- Ids begin with the time of the launch.
CREATE INDEX instance_newest_first ON instance (organisation_id, id DESC);
CREATE INDEX instance_that_moves ON instance (cluster_id, wish_seq)
    WHERE applied_seq < wish_seq OR phase NOT IN ('stopped', 'failed', 'deleted');
CREATE INDEX instance_not_taken ON instance (cluster_id, wish_seq) WHERE applied_seq < wish_seq;
CREATE INDEX instance_with_units ON instance (organisation_id, flavour_id) WHERE wish = 'running' OR phase = 'stopping';
CREATE INDEX instance_deadline ON instance (deadline_at) WHERE deadline_at IS NOT NULL;

CREATE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER version_is_raised BEFORE UPDATE ON instance FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION raise_version();
";

const RIGHTS: &[Rights] = &[
    Rights { table: "namespace", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, INSERT, UPDATE" },
    Rights { table: "instance", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, UPDATE" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
