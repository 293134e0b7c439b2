//! Lets the portal's roles read which steps were applied, so that the program refuses a schema that is too old.

const UP: &str = "GRANT SELECT ON seaql_migrations TO tamuda_tenant, tamuda_staff, tamuda_worker;";

crate::step!(UP);
