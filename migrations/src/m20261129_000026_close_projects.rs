//! Projects that are renamed, closed, and opened again: what is launched belongs to an open one, and what was launched in
//! one that is closed stays readable under its name.

const UP: &str = "
-- When it was closed; nothing while it is open. Its word stays its own.
ALTER TABLE project ADD COLUMN closed_at timestamptz;
GRANT UPDATE (slug, name, closed_at) ON project TO tamuda_tenant;
";

crate::step!(UP);
