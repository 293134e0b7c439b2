//! The machine below: who this program runs as, and what the package manager may add.

use std::{env, path::Path, process::Command};

use anyhow::bail;
use rustix::process::geteuid;

use crate::{process, terminal};

/// Does this program run as root?
pub(crate) fn is_root() -> bool {
    geteuid().is_root()
}

/// May packages be installed without asking anybody: root on a Debian or its kin?
pub(crate) fn may_install() -> bool {
    is_root() && process::in_path("apt-get").is_some()
}

/// Installs one Debian package, with fresh lists when the known ones do not have it.
pub(crate) fn install(package: &str) -> anyhow::Result<()> {
    terminal::silent_step(&format!("install Debian's {package}"), || {
        if apt_get(&["install", "--yes", "--no-install-recommends", package]).is_ok() {
            return Ok(());
        }
        apt_get(&["update"])?;
        apt_get(&["install", "--yes", "--no-install-recommends", package])
    })
}

fn apt_get(arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new("apt-get");
    command.arg("--quiet").args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    process::output(&mut command).map(drop)
}

/// A user of this machine, by number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    pub(crate) user: u32,
    pub(crate) group: u32,
}

impl Account {
    /// The account `name`, made as one that nobody signs in to when it is missing.
    pub(crate) fn find_or_create(name: &str) -> anyhow::Result<Self> {
        if let Ok(account) = Self::find(name) {
            return Ok(account);
        }
        if process::in_path("useradd").is_none() {
            bail!(
                "PostgreSQL does not run as root and there is no user `{name}`: create one, or run this as another user"
            );
        }
        process::output(Command::new("useradd").args(["--system", "--shell", "/usr/sbin/nologin", name]))?;
        Self::find(name)
    }

    fn find(name: &str) -> anyhow::Result<Self> {
        let number = |what| anyhow::Ok(process::output(Command::new("id").args([what, name]))?.trim().parse()?);
        Ok(Self { user: number("-u")?, group: number("-g")? })
    }
}

/// Adds the target that the islands are built for, where rustup is there and lacks it.
pub(crate) fn add_target(target: &str) -> anyhow::Result<()> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = process::output(Command::new(rustc).args(["--print", "target-libdir", "--target", target]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    if process::in_path("rustup").is_none() {
        bail!(
            "this Rust cannot build for {target}, and there is no rustup to add it: install the target's standard library"
        );
    }
    terminal::silent_step(&format!("add the target {target}"), || {
        process::output(Command::new("rustup").args(["target", "add", target])).map(drop)
    })
}
