//! `tamuda policy`: who may do what.

/// Prints the table of permissions.
pub(crate) fn policy() -> anyhow::Result<()> {
    super::say(&domain::access::policy::printed())
}
