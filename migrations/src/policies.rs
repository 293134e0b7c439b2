//! Row-level security for a table of the tenants, in one place so that no table differs by accident.

/// What each role may do with a table whose rows belong to an organisation.
pub(crate) struct Rights {
    pub(crate) table: &'static str,
    /// Of the tenant's role, inside its own organisation.
    pub(crate) tenant: &'static str,
    /// Of the worker's role: it reads all, and writes inside the organisation of its transaction.
    pub(crate) worker: &'static str,
}

/// The tenant sees and writes its own organisation's rows; staff read all; a worker reads all and writes where it is.
pub(crate) fn of_organisation(tables: &[Rights]) -> String {
    tables.iter().map(statements).collect()
}

fn statements(Rights { table, tenant, worker }: &Rights) -> String {
    format!(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
         GRANT {tenant} ON {table} TO tamuda_tenant;
         GRANT SELECT ON {table} TO tamuda_staff;
         GRANT {worker} ON {table} TO tamuda_worker;
         CREATE POLICY tenant ON {table} TO tamuda_tenant USING (organisation_id = current_organisation());
         CREATE POLICY staff ON {table} FOR SELECT TO tamuda_staff USING (true);
         CREATE POLICY worker_reads ON {table} FOR SELECT TO tamuda_worker USING (true);
         CREATE POLICY worker ON {table} TO tamuda_worker USING (organisation_id = current_organisation());\n"
    )
}
