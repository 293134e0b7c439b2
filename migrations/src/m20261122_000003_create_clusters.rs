//! Clusters, what was last seen of them, their nodes, who leads, and what the operator is asked.

const UP: &str = "
CREATE TABLE cluster (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    region text NOT NULL,
    simulated boolean NOT NULL,
    created_at timestamptz NOT NULL
);

-- The one row that confirms all intervals of a cluster: everything up to observed_through was seen.
CREATE TABLE cluster_observation (
    cluster_id uuid PRIMARY KEY REFERENCES cluster,
    epoch bigint NOT NULL,
    observed_through timestamptz NOT NULL,
    -- Why it does not move, where it does not.
    trouble text,
    skew_ms bigint NOT NULL,
    written_at timestamptz NOT NULL
);

CREATE TABLE leader (
    name text PRIMARY KEY,
    holder text NOT NULL,
    epoch bigint NOT NULL,
    until timestamptz NOT NULL
);

CREATE TABLE node (
    cluster_id uuid NOT NULL REFERENCES cluster,
    name text NOT NULL,
    -- types::NodeSeen, as the leader last saw it.
    seen jsonb NOT NULL,
    ready boolean NOT NULL,
    seen_at timestamptz NOT NULL,
    gone_at timestamptz,
    PRIMARY KEY (cluster_id, name)
);

-- One sequence for the installation: a managed object above last_value means that the database is a restored one.
CREATE SEQUENCE wish_seq AS bigint;

CREATE TABLE operator_question (
    id uuid PRIMARY KEY,
    cluster_id uuid NOT NULL REFERENCES cluster,
    kind text NOT NULL CHECK (kind IN ('restored_database', 'many_deletions')),
    arguments jsonb NOT NULL,
    asked_at timestamptz NOT NULL,
    answer text CHECK (answer IN ('keep', 'delete')),
    answered_at timestamptz,
    answered_by uuid REFERENCES person,
    CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE UNIQUE INDEX question_is_open_once ON operator_question (cluster_id, kind) WHERE answer IS NULL;

GRANT SELECT ON cluster, cluster_observation TO tamuda_tenant;
GRANT SELECT ON cluster, cluster_observation, leader, node, operator_question TO tamuda_staff;
GRANT UPDATE (answer, answered_at, answered_by) ON operator_question TO tamuda_staff;
GRANT SELECT, INSERT, UPDATE ON cluster, cluster_observation, leader, node, operator_question TO tamuda_worker;
GRANT USAGE, SELECT ON SEQUENCE wish_seq TO tamuda_tenant, tamuda_worker;
";

crate::step!(UP);
