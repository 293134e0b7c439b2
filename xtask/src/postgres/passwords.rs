//! The generated passwords and keys of one server, each kept in a file that only its owner reads.

use std::{
    fs::{self, File},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::{Context, anyhow};

/// The roles that get a password: the superuser, the database's owner, and the three that the portal works as.
const ROLES: [&str; 5] = ["postgres", "tamuda_owner", "tamuda_tenant", "tamuda_staff", "tamuda_worker"];

/// A password for each of [`ROLES`].
#[derive(Debug)]
pub(super) struct Passwords(serde_json::Map<String, serde_json::Value>);

impl Passwords {
    /// Reads them, or makes and keeps them when there are none yet.
    pub(super) fn keep(file: &Path) -> anyhow::Result<Self> {
        if file.exists() {
            let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            return Ok(Self(serde_json::from_slice(&text).with_context(|| format!("{} is damaged", file.display()))?));
        }
        let made = Self::make()?;
        let mut kept = secret_file(file)?;
        kept.write_all(&serde_json::to_vec_pretty(&made.0)?)?;
        kept.sync_all()?;
        Ok(made)
    }

    /// The password of one role.
    pub(super) fn of(&self, role: &str) -> anyhow::Result<&str> {
        self.0.get(role).and_then(serde_json::Value::as_str).ok_or_else(|| anyhow!("no password is kept for {role}"))
    }

    fn make() -> anyhow::Result<Self> {
        let one = |role: &str| anyhow::Ok((role.to_owned(), random()?.into()));
        Ok(Self(ROLES.into_iter().map(one).collect::<anyhow::Result<_>>()?))
    }
}

/// The keys that the portal seals secrets in its database with: made once, and as long there as the database is.
pub(super) fn keep_keys(file: &Path) -> anyhow::Result<()> {
    if !file.exists() {
        let mut kept = secret_file(file)?;
        writeln!(kept, "development {}{}", random()?, random()?)?;
        kept.sync_all()?;
    }
    Ok(())
}

/// A new file that only its owner may read.
pub(super) fn secret_file(path: &Path) -> anyhow::Result<File> {
    let made = File::options().write(true).create(true).truncate(true).mode(0o600).open(path);
    made.with_context(|| format!("cannot write {}", path.display()))
}

/// 128 bits of chance in hexadecimal: nothing in it needs escaping in a URL or in SQL.
fn random() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("the system gives no random bytes: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
