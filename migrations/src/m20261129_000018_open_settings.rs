//! What the audit, and the settings of people and organisations, need besides.

const UP: &str = "
-- Rows that were sealed before have none, and their digest counts none.
ALTER TABLE audit ADD COLUMN request_id text;

CREATE INDEX audit_of_person ON audit (user_id, at DESC, id DESC) WHERE organisation_id IS NULL;
CREATE POLICY own_reads ON audit FOR SELECT TO tamuda_tenant
    USING (organisation_id IS NULL AND user_id = current_person());
";

crate::step!(UP);
