//! Spending limits: a budget that counts everything an organisation launches stands in the table of all budgets.

const UP: &str = "
-- A budget with no subject of its own is the whole organisation's. The table's check of one subject has a name of the
-- database's own making, so it is found by what it says.
DO $$
DECLARE one text;
BEGIN
    SELECT conname INTO STRICT one FROM pg_constraint
    WHERE conrelid = 'budget'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%num_nonnulls%';
    EXECUTE format('ALTER TABLE budget DROP CONSTRAINT %I', one);
END $$;
ALTER TABLE budget DROP CONSTRAINT subject_has_one_budget, DROP COLUMN kind, DROP COLUMN subject;
ALTER TABLE budget
    ADD COLUMN kind text GENERATED ALWAYS AS (CASE WHEN project_id IS NOT NULL THEN 'project'
        WHEN member_id IS NOT NULL THEN 'member' WHEN token_id IS NOT NULL THEN 'token' ELSE 'organisation' END) STORED,
    ADD COLUMN subject uuid GENERATED ALWAYS AS (coalesce(project_id, member_id, token_id, organisation_id)) STORED,
    ADD CONSTRAINT budget_has_one_subject CHECK (num_nonnulls(project_id, member_id, token_id) <= 1),
    -- An organisation's limit is one of each month.
    ADD CONSTRAINT limit_is_of_a_month CHECK (num_nonnulls(project_id, member_id, token_id) = 1 OR span = 'month');
ALTER TABLE budget ADD CONSTRAINT subject_has_one_budget UNIQUE (organisation_id, kind, subject);

-- As before, and the organisation's counts every lease.
CREATE OR REPLACE FUNCTION counts(kind text, subject uuid, project uuid, launched_by uuid, token uuid) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE kind WHEN 'project' THEN subject = project WHEN 'member' THEN subject = launched_by
                     WHEN 'token' THEN subject = token ELSE kind = 'organisation' END
$$;
";

crate::step!(UP);
