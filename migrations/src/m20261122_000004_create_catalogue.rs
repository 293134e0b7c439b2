//! Flavours as the nodes show them, how many are free, what they cost, and how many an organisation may hold.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
CREATE TABLE flavour (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    gpu_model text NOT NULL,
    gpu_kind text NOT NULL CHECK (gpu_kind IN ('whole', 'mig')),
    gpu_memory_mib bigint NOT NULL CHECK (gpu_memory_mib > 0),
    -- The extended resource that a pod asks for, and the node labels that select it.
    resource text NOT NULL,
    node_labels jsonb NOT NULL,
    n_vcpus integer NOT NULL CHECK (n_vcpus > 0),
    memory_mib bigint NOT NULL CHECK (memory_mib > 0),
    disk_mib bigint NOT NULL CHECK (disk_mib > 0),
    max_units integer NOT NULL CHECK (max_units > 0 AND (gpu_kind = 'whole' OR max_units = 1)),
    first_seen_at timestamptz NOT NULL,
    -- True while every node behind it is invented.
    simulated boolean NOT NULL DEFAULT false
);

-- Written by the leader from what the cluster shows: units of a flavour on a node.
CREATE TABLE node_flavour (
    cluster_id uuid NOT NULL,
    node_name text NOT NULL,
    flavour_id uuid NOT NULL REFERENCES flavour,
    n_capacity integer NOT NULL CHECK (n_capacity >= 0),
    n_allocatable integer NOT NULL CHECK (n_allocatable >= 0),
    n_used integer NOT NULL CHECK (n_used >= 0),
    -- False while the node is lost, cordoned or not ready.
    takes_pods boolean NOT NULL,
    PRIMARY KEY (cluster_id, node_name, flavour_id),
    FOREIGN KEY (cluster_id, node_name) REFERENCES node (cluster_id, name)
);

CREATE TABLE price (
    id uuid PRIMARY KEY,
    flavour_id uuid NOT NULL REFERENCES flavour,
    currency text NOT NULL CHECK (currency IN ('MAD', 'EUR', 'USD')),
    version integer NOT NULL CHECK (version > 0),
    -- Of one unit for one hour, net; 1,000,000 an hour keeps every product inside 128 bits.
    micros_per_hour bigint NOT NULL CHECK (micros_per_hour > 0 AND micros_per_hour <= 1000000000000),
    started_at timestamptz NOT NULL CHECK (date_trunc('second', started_at) = started_at),
    ended_at timestamptz CHECK (ended_at > started_at AND date_trunc('second', ended_at) = ended_at),
    set_by uuid REFERENCES person,
    set_at timestamptz NOT NULL,
    CONSTRAINT price_version_is_used_once UNIQUE (flavour_id, currency, version),
    CONSTRAINT prices_do_not_overlap EXCLUDE USING gist
        (flavour_id WITH =, currency WITH =, tstzrange(started_at, ended_at) WITH &&)
);
CREATE INDEX price_by_flavour ON price (flavour_id, currency, started_at);

CREATE TABLE quota (
    organisation_id uuid NOT NULL REFERENCES organisation,
    flavour_id uuid NOT NULL REFERENCES flavour,
    units integer NOT NULL CHECK (units >= 0),
    reason text NOT NULL,
    set_by uuid REFERENCES person,
    set_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, flavour_id)
);

GRANT SELECT ON flavour, node_flavour, price TO tamuda_tenant, tamuda_staff, tamuda_worker;
-- A version is never changed but in its end, and withdrawn only before it begins.
GRANT INSERT, UPDATE (ended_at), DELETE ON price TO tamuda_staff;
GRANT INSERT, UPDATE ON flavour TO tamuda_worker;
GRANT INSERT, UPDATE, DELETE ON node_flavour TO tamuda_worker;
";

const RIGHTS: &[Rights] = &[Rights { table: "quota", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT" }];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
