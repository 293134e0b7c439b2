//! Volumes: storage that outlives instances, with leases, a price and a quota of its own.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- What is sold stands in one list, so that prices, quotas, leases, lines and exports name one thing. Of a class of
-- storage the columns about GPUs say nothing; its unit is a gigabyte.
ALTER TABLE flavour ADD COLUMN item text NOT NULL DEFAULT 'gpu' CHECK (item IN ('gpu', 'storage'));
INSERT INTO flavour (id, slug, name, gpu_model, gpu_kind, gpu_memory_mib, resource, node_labels, n_vcpus, memory_mib,
    disk_mib, max_units, first_seen_at, simulated, item)
VALUES ('019aa000-0000-7000-8000-0000005704a6', 'storage', 'Storage', '-', 'whole', 1, 'storage', '{}', 1, 1, 1, 10000,
    '2026-11-30T00:00:00Z', false, 'storage');

-- How the installation keeps volumes of who has no money left; one row.
CREATE TABLE storage_policy (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    -- Days of a volume's gross price that are set aside for it.
    lifeboat_days integer NOT NULL DEFAULT 7 CHECK (lifeboat_days BETWEEN 1 AND 90),
    -- Days from the freezing of a volume to its deletion; three notices come 14, 7 and 1 day before.
    frozen_days integer NOT NULL DEFAULT 30 CHECK (frozen_days BETWEEN 15 AND 365)
);
INSERT INTO storage_policy DEFAULT VALUES;
ALTER TABLE storage_policy ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON storage_policy TO tamuda_tenant, tamuda_staff, tamuda_worker;
CREATE POLICY everyone ON storage_policy FOR SELECT TO tamuda_tenant, tamuda_staff, tamuda_worker USING (true);

CREATE TABLE volume (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    name text NOT NULL,
    -- What is wished of it; it only grows.
    size_gb integer NOT NULL CHECK (size_gb BETWEEN 1 AND 10000),
    -- Deleted ones can be taken back; what is gone is taken out of the cluster.
    wish text NOT NULL CHECK (wish IN ('kept', 'deleted', 'gone')),
    wish_seq bigint NOT NULL,
    -- The wish that the cluster has taken; smaller than wish_seq while it has not.
    applied_seq bigint NOT NULL DEFAULT 0,
    -- The lease that counts; none runs while it is deleted or frozen.
    attempt integer NOT NULL CHECK (attempt > 0),
    phase text NOT NULL CHECK (phase IN ('requested', 'pending', 'bound', 'resizing', 'lost', 'deleting', 'deleted')),
    phase_at timestamptz NOT NULL,
    reason text,
    message text,
    -- The claim as the cluster shows it, and since when it was seen bound.
    claim_uid text,
    claim_made_at timestamptz,
    bound_at timestamptz,
    capacity_gb integer NOT NULL DEFAULT 0 CHECK (capacity_gb >= 0),
    -- Since when nobody pays for it: it is kept, not mounted and not billed.
    frozen_at timestamptz,
    made_by uuid REFERENCES person,
    token_id uuid,
    made_at timestamptz NOT NULL,
    deleted_at timestamptz,
    undo_until timestamptz,
    -- Raised by each change of the row: what If-Match names.
    version bigint NOT NULL DEFAULT 1,
    CONSTRAINT volume_is_of_organisation UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, project_id) REFERENCES project (organisation_id, id),
    FOREIGN KEY (organisation_id, token_id) REFERENCES token (organisation_id, id),
    CHECK ((wish = 'kept') = (deleted_at IS NULL)),
    CHECK (frozen_at IS NULL OR wish <> 'deleted')
);
CREATE UNIQUE INDEX volume_name_is_taken ON volume (organisation_id, name) WHERE wish = 'kept';
CREATE INDEX volume_newest_first ON volume (organisation_id, id DESC);
CREATE INDEX volume_not_taken ON volume (cluster_id, wish_seq) WHERE applied_seq < wish_seq;
CREATE INDEX volume_of_cluster ON volume (cluster_id) WHERE phase <> 'deleted';
CREATE INDEX volume_to_release ON volume (undo_until) WHERE wish = 'deleted';
CREATE INDEX volume_frozen ON volume (frozen_at) WHERE frozen_at IS NOT NULL AND wish = 'kept';
CREATE TRIGGER version_is_raised BEFORE UPDATE ON volume FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION raise_version();

-- Which volumes an instance mounts; of the instances of a volume at most one lives at a time.
CREATE TABLE volume_mount (
    organisation_id uuid NOT NULL,
    instance_id uuid NOT NULL,
    volume_id uuid NOT NULL,
    PRIMARY KEY (instance_id, volume_id),
    FOREIGN KEY (organisation_id, instance_id) REFERENCES instance (organisation_id, id),
    FOREIGN KEY (organisation_id, volume_id) REFERENCES volume (organisation_id, id)
);
CREATE INDEX mount_of_instance ON volume_mount (organisation_id, instance_id);
CREATE INDEX mount_of_volume ON volume_mount (organisation_id, volume_id);

-- What was told of a frozen volume; each step once in each freezing.
CREATE TABLE volume_notice (
    organisation_id uuid NOT NULL,
    volume_id uuid NOT NULL,
    frozen_at timestamptz NOT NULL,
    step text NOT NULL CHECK (step IN ('d14', 'd7', 'd1')),
    at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, volume_id, frozen_at, step),
    FOREIGN KEY (organisation_id, volume_id) REFERENCES volume (organisation_id, id)
);

-- A lease is of an attempt of an instance or of a volume; each reference holds for its own kind.
ALTER TABLE lease
    DROP CONSTRAINT lease_organisation_id_subject_id_fkey,
    DROP CONSTRAINT lease_subject_kind_check,
    ADD CONSTRAINT lease_subject_kind_check CHECK (subject_kind IN ('pod', 'volume')),
    ADD COLUMN instance_id uuid GENERATED ALWAYS AS (CASE WHEN subject_kind = 'pod' THEN subject_id END) STORED,
    ADD COLUMN volume_id uuid GENERATED ALWAYS AS (CASE WHEN subject_kind = 'volume' THEN subject_id END) STORED;
ALTER TABLE lease
    ADD FOREIGN KEY (organisation_id, instance_id) REFERENCES instance (organisation_id, id),
    ADD FOREIGN KEY (organisation_id, volume_id) REFERENCES volume (organisation_id, id);
-- Whoever takes a deletion back has a claim that is bound: it is billed again in the same transaction.
GRANT INSERT, UPDATE ON lease_fact TO tamuda_tenant;
";

const RIGHTS: &[Rights] = &[
    Rights { table: "volume", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, UPDATE" },
    Rights { table: "volume_mount", tenant: "SELECT, INSERT", worker: "SELECT" },
    Rights { table: "volume_notice", tenant: "SELECT", worker: "SELECT, INSERT" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
