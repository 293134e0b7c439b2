//! Leases, usage intervals, settlements and what they rated.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
CREATE TABLE lease (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('pod')),
    subject_id uuid NOT NULL,
    project_id uuid NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    flavour_id uuid NOT NULL REFERENCES flavour,
    units integer NOT NULL CHECK (units > 0),
    attempt integer NOT NULL CHECK (attempt > 0),
    -- Empty while it waits; the cluster's own times of its stations.
    pod_uid text, node_name text,
    pod_created_at timestamptz, scheduled_at timestamptz, pulling_at timestamptz, starting_at timestamptz,
    ready_at timestamptz,
    -- When the pod was known to be gone; empty while there may be one.
    pod_gone_at timestamptz,
    started_at timestamptz NOT NULL,
    ended_at timestamptz CHECK (ended_at >= started_at),
    CONSTRAINT lease_is_of_organisation UNIQUE (organisation_id, id),
    CONSTRAINT attempt_has_one_lease UNIQUE (subject_id, attempt),
    FOREIGN KEY (organisation_id, project_id) REFERENCES project (organisation_id, id),
    FOREIGN KEY (organisation_id, subject_id) REFERENCES instance (organisation_id, id)
);
CREATE INDEX lease_newest_first ON lease (organisation_id, started_at DESC, id DESC);
CREATE INDEX lease_not_ended ON lease (cluster_id, organisation_id) WHERE ended_at IS NULL;
CREATE INDEX lease_by_end ON lease (organisation_id, ended_at);
CREATE INDEX lease_with_pod ON lease (cluster_id) WHERE pod_uid IS NOT NULL AND pod_gone_at IS NULL;

-- What the cluster stated about an attempt, each fact once; the intervals are calculated from all of them, so that
-- the order in which they were learnt does not count.
CREATE TABLE lease_fact (
    organisation_id uuid NOT NULL,
    lease_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('ready', 'unready', 'finished', 'deletion', 'gpu_lost', 'unseen')),
    -- How often the container had been started again.
    generation integer NOT NULL CHECK (generation >= 0),
    -- The cluster's time, and ours of the first time that it was seen.
    stated_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    container_id text,
    -- The node's last sign of life, where it did not answer; for what has no time of its own, when it was so.
    since timestamptz,
    reason text,
    CONSTRAINT fact_is_known_once PRIMARY KEY (lease_id, kind, generation, stated_at),
    FOREIGN KEY (organisation_id, lease_id) REFERENCES lease (organisation_id, id)
);
CREATE INDEX fact_of_lease ON lease_fact (organisation_id, lease_id);

-- Cut by facts only; whole seconds; disjoint; covers the lease once it has ended.
CREATE TABLE usage_interval (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    lease_id uuid NOT NULL,
    started_at timestamptz NOT NULL CHECK (date_trunc('second', started_at) = started_at),
    ended_at timestamptz CHECK (ended_at > started_at AND date_trunc('second', ended_at) = ended_at),
    billable boolean NOT NULL,
    reason text,
    -- The container whose readiness opened it.
    container_id text,
    -- When facts last cut it: a settlement before may have left seconds of it that are not rated.
    cut_at timestamptz,
    -- The first second that a settlement passed over since it had no price or no tax: rated once it has one.
    unpriced_from timestamptz,
    CONSTRAINT interval_is_of_organisation PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, lease_id) REFERENCES lease (organisation_id, id),
    CHECK (billable = (reason IS NULL)),
    CONSTRAINT intervals_do_not_overlap EXCLUDE USING gist (lease_id WITH =, tstzrange(started_at, ended_at) WITH &&)
);
CREATE INDEX interval_unbilled ON usage_interval (organisation_id, ended_at) WHERE NOT billable;
CREATE INDEX interval_of_lease ON usage_interval (organisation_id, lease_id, started_at);
CREATE UNIQUE INDEX interval_is_open_once ON usage_interval (lease_id) WHERE ended_at IS NULL;
CREATE INDEX interval_by_end ON usage_interval (organisation_id, ended_at) WHERE billable;
CREATE INDEX interval_by_cut ON usage_interval (organisation_id, cut_at) WHERE billable;
CREATE INDEX interval_unpriced ON usage_interval (organisation_id, unpriced_from) WHERE billable AND unpriced_from IS NOT NULL;
CREATE INDEX interval_unconfirmed ON usage_interval (started_at) WHERE reason = 'unconfirmed';

CREATE TABLE settlement_timer (
    organisation_id uuid PRIMARY KEY REFERENCES organisation,
    settled_through timestamptz NOT NULL,
    -- The next instant at which a settlement falls due, and the one at which the money is predicted to end.
    due_at timestamptz,
    zero_at timestamptz
);
CREATE INDEX settlement_due ON settlement_timer (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX zero_predicted ON settlement_timer (zero_at) WHERE zero_at IS NOT NULL;

CREATE TABLE tax_rule (
    id uuid PRIMARY KEY,
    country text NOT NULL CHECK (country ~ '^([A-Z]{2}|\\*)$'),
    is_business boolean NOT NULL,
    category text NOT NULL CHECK (category IN ('S', 'G', 'AE', 'E')),
    rate_ppm integer NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
    reason_code text,
    advance_invoice boolean NOT NULL,
    started_at timestamptz NOT NULL CHECK (date_trunc('second', started_at) = started_at),
    ended_at timestamptz CHECK (ended_at > started_at AND date_trunc('second', ended_at) = ended_at),
    CHECK ((category = 'S') = (reason_code IS NULL)),
    CHECK (category = 'S' OR rate_ppm = 0),
    CONSTRAINT tax_rules_do_not_overlap EXCLUDE USING gist
        (country WITH =, (is_business::int) WITH =, tstzrange(started_at, ended_at) WITH &&)
);

-- A settlement has a part for each month in which seconds end that it rated, and one where it rated none: an invoice names
-- whole parts, and not each of their items.
CREATE TABLE settlement (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid NOT NULL,
    settled_from timestamptz NOT NULL,
    settled_through timestamptz NOT NULL CHECK (settled_through > settled_from),
    part smallint NOT NULL CHECK (part >= 0),
    -- The end of its last rated second; of the settlement where it rated none.
    rated_to timestamptz NOT NULL CHECK (rated_to <= settled_through),
    entry_id uuid,
    at timestamptz NOT NULL,
    -- Set when the invoice that names it is finalised.
    invoice_id uuid,
    CONSTRAINT settlement_is_of_organisation PRIMARY KEY (organisation_id, id),
    CONSTRAINT settlements_tile UNIQUE (organisation_id, settled_from, part),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id)
);
CREATE INDEX settlement_of_invoice ON settlement (organisation_id, invoice_id, rated_to);

-- Cut for money: one price and one tax rule. net and gross are differences of F and G from the segment's start.
CREATE TABLE rated_item (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    settlement_id uuid NOT NULL,
    interval_id uuid NOT NULL,
    lease_id uuid NOT NULL,
    price_id uuid NOT NULL REFERENCES price,
    tax_rule_id uuid NOT NULL REFERENCES tax_rule,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL CHECK (ended_at > started_at),
    -- Seconds of the lease at this price and tax that were rated before: net is F(before + seconds) - F(before).
    seconds_before bigint NOT NULL CHECK (seconds_before >= 0),
    net bigint NOT NULL CHECK (net >= 0),
    gross bigint NOT NULL CHECK (gross >= net),
    CONSTRAINT item_is_of_organisation PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, settlement_id) REFERENCES settlement (organisation_id, id),
    FOREIGN KEY (organisation_id, interval_id) REFERENCES usage_interval (organisation_id, id),
    FOREIGN KEY (organisation_id, lease_id) REFERENCES lease (organisation_id, id),
    CONSTRAINT seconds_are_rated_once EXCLUDE USING gist (interval_id WITH =, tstzrange(started_at, ended_at) WITH &&)
);
CREATE INDEX item_by_time ON rated_item (organisation_id, started_at);
CREATE INDEX item_of_lease ON rated_item (organisation_id, lease_id, started_at);
CREATE INDEX item_of_settlement ON rated_item (organisation_id, settlement_id);

-- Seconds that were rated and that, as was learnt later, are not billable: finance sees their invoice in review.
CREATE TABLE overbilled (
    organisation_id uuid NOT NULL,
    lease_id uuid NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL CHECK (ended_at > started_at),
    reason text NOT NULL,
    learnt_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, lease_id, started_at),
    FOREIGN KEY (organisation_id, lease_id) REFERENCES lease (organisation_id, id)
);

CREATE TABLE lot_use (
    organisation_id uuid NOT NULL,
    id uuid NOT NULL,
    lot_id uuid NOT NULL,
    rated_item_id uuid,
    entry_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('burn', 'expire', 'void', 'restore')),
    -- In the lot's unit; net and gross are what of the item it paid, in the currency.
    amount bigint NOT NULL CHECK (amount > 0),
    net bigint NOT NULL DEFAULT 0 CHECK (net >= 0),
    gross bigint NOT NULL DEFAULT 0 CHECK (gross >= net),
    at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, lot_id) REFERENCES lot (organisation_id, id),
    FOREIGN KEY (organisation_id, rated_item_id) REFERENCES rated_item (organisation_id, id),
    FOREIGN KEY (organisation_id, entry_id) REFERENCES journal_entry (organisation_id, id)
);
CREATE INDEX use_of_lot ON lot_use (organisation_id, lot_id, at);
CREATE INDEX use_by_item ON lot_use (organisation_id, rated_item_id);

ALTER TABLE hold ADD FOREIGN KEY (organisation_id, lease_id) REFERENCES lease (organisation_id, id);
GRANT SELECT ON tax_rule TO tamuda_tenant, tamuda_staff, tamuda_worker;
GRANT INSERT, UPDATE (ended_at) ON tax_rule TO tamuda_staff;
";

const RIGHTS: &[Rights] = &[
    Rights { table: "lease", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, INSERT, UPDATE" },
    // Deleted are only stretches that later facts replace; what was rated holds its interval by reference.
    Rights {
        table: "usage_interval",
        tenant: "SELECT, INSERT, UPDATE, DELETE",
        worker: "SELECT, INSERT, UPDATE, DELETE",
    },
    Rights { table: "lease_fact", tenant: "SELECT", worker: "SELECT, INSERT, UPDATE" },
    Rights { table: "settlement_timer", tenant: "SELECT, INSERT, UPDATE", worker: "SELECT, INSERT, UPDATE" },
    Rights { table: "settlement", tenant: "SELECT, INSERT, UPDATE (invoice_id)", worker: "SELECT, INSERT" },
    Rights { table: "rated_item", tenant: "SELECT, INSERT", worker: "SELECT, INSERT" },
    Rights { table: "overbilled", tenant: "SELECT, INSERT, DELETE", worker: "SELECT, INSERT, DELETE" },
    Rights { table: "lot_use", tenant: "SELECT, INSERT", worker: "SELECT, INSERT" },
];

crate::step!(format!("{UP}{}", of_organisation(RIGHTS)));
