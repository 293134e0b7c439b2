//! Budgets: what a project, a member or a token may spend; and of each lease, who launched it by what.

use crate::policies::{Rights, of_organisation};

const UP: &str = "
-- Who pays is asked of the lease: a member may start what another launched.
ALTER TABLE lease ADD COLUMN launched_by uuid REFERENCES person, ADD COLUMN token_id uuid;
UPDATE lease l SET launched_by = i.launched_by FROM instance i
    WHERE i.organisation_id = l.organisation_id AND i.id = l.subject_id;

-- What a hold stands for, gross, whoever pays it: what budgets count until it is settled.
ALTER TABLE hold ADD COLUMN gross bigint NOT NULL DEFAULT 0 CHECK (gross >= 0);

CREATE TABLE budget (
    organisation_id uuid NOT NULL REFERENCES organisation,
    id uuid PRIMARY KEY,
    -- Whose spending it limits: one of these.
    project_id uuid,
    member_id uuid,
    token_id uuid,
    kind text GENERATED ALWAYS AS (CASE WHEN project_id IS NOT NULL THEN 'project' WHEN member_id IS NOT NULL THEN 'member'
        ELSE 'token' END) STORED,
    subject uuid GENERATED ALWAYS AS (coalesce(project_id, member_id, token_id)) STORED,
    span text NOT NULL CHECK (span IN ('month', 'total')),
    -- Gross, in the organisation's currency.
    alert bigint NOT NULL CHECK (alert > 0),
    ceiling bigint NOT NULL CHECK (ceiling >= alert),
    -- What settlements have charged since then; a later month begins at zero.
    spent bigint NOT NULL DEFAULT 0,
    spent_since timestamptz NOT NULL,
    -- When the letter of the alert was written, in this window.
    alerted_at timestamptz,
    set_by uuid REFERENCES person,
    set_at timestamptz NOT NULL,
    CONSTRAINT subject_has_one_budget UNIQUE (organisation_id, kind, subject),
    FOREIGN KEY (organisation_id, project_id) REFERENCES project (organisation_id, id),
    -- With the member it goes.
    FOREIGN KEY (organisation_id, member_id) REFERENCES member (organisation_id, user_id) ON DELETE CASCADE,
    CHECK (num_nonnulls(project_id, member_id, token_id) = 1)
);

-- Who may launch in a project; nobody here means every member who may launch.
CREATE TABLE project_member (
    organisation_id uuid NOT NULL,
    project_id uuid NOT NULL,
    user_id uuid NOT NULL,
    added_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, project_id, user_id),
    FOREIGN KEY (organisation_id, project_id) REFERENCES project (organisation_id, id),
    FOREIGN KEY (organisation_id, user_id) REFERENCES member (organisation_id, user_id) ON DELETE CASCADE
);

-- When the first budget is predicted to reach its alert or its ceiling.
ALTER TABLE settlement_timer ADD COLUMN budget_at timestamptz;
CREATE INDEX budget_predicted ON settlement_timer (budget_at) WHERE budget_at IS NOT NULL;

-- Whether a budget counts what a lease with these costs.
CREATE FUNCTION counts(kind text, subject uuid, project uuid, launched_by uuid, token uuid) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE kind WHEN 'project' THEN subject = project WHEN 'member' THEN subject = launched_by
                     ELSE subject = token END
$$;

-- As before, with the budgets first: a settlement charges them, and of many launches at once as many pass as fit.
CREATE OR REPLACE FUNCTION lock_purse(tenant uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM budget WHERE organisation_id = tenant ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM account WHERE organisation_id = tenant ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM lot WHERE organisation_id = tenant AND used + expired + voided < granted ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM hold WHERE organisation_id = tenant AND state = 'open' ORDER BY id FOR NO KEY UPDATE;
    UPDATE account SET floor = least(-o.credit_limit_micros, posted - held) FROM organisation o
    WHERE o.id = tenant AND account.organisation_id = tenant AND account.kind = 'wallet' AND account.unit = o.currency
    AND floor IS DISTINCT FROM least(-o.credit_limit_micros, posted - held);
END $$;
";

const RIGHTS: &[Rights] = &[
    Rights { table: "budget", tenant: "SELECT, INSERT, UPDATE, DELETE", worker: "SELECT, UPDATE" },
    Rights { table: "project_member", tenant: "SELECT, INSERT, DELETE", worker: "SELECT" },
];

crate::step!(format!("{UP}GRANT INSERT ON project TO tamuda_tenant;{}", of_organisation(RIGHTS)));
