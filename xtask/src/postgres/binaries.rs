//! The installed PostgreSQL: found, or set up through the package manager where that is allowed.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::bail;

use crate::{process, system};

const OLDEST: u32 = 15;
const NEEDED: [&str; 3] = ["initdb", "postgres", "psql"];

/// The folder of one installed version's programs.
#[derive(Clone, Debug)]
pub(super) struct Binaries {
    pub(super) folder: PathBuf,
    pub(super) major: u32,
}

impl Binaries {
    /// The newest installed version, or the one that made the server whose files exist.
    pub(super) fn find(made_by: Option<u32>) -> anyhow::Result<Self> {
        let installed = || newest(candidates(), made_by);
        if let Some(found) = installed() {
            return Ok(found);
        }
        if let Some(major) = made_by {
            bail!(
                "the database here was made by PostgreSQL {major}, which is not installed: install postgresql-{major} and run this again"
            );
        }
        if !system::may_install() {
            bail!(
                "PostgreSQL {OLDEST} or newer is missing: install it (on Debian and Ubuntu `sudo apt-get install postgresql`) and run this again"
            );
        }
        system::install("postgresql")?;
        match installed() {
            Some(found) => Ok(found),
            None => bail!(
                "the package `postgresql` of this system is older than version {OLDEST}: install a newer one and run this again"
            ),
        }
    }

    /// A command of this version.
    pub(super) fn command(&self, name: &str) -> Command {
        Command::new(self.folder.join(name))
    }
}

fn newest(folders: Vec<PathBuf>, made_by: Option<u32>) -> Option<Binaries> {
    let complete = folders.into_iter().filter(|folder| NEEDED.iter().all(|name| folder.join(name).is_file()));
    let known = complete.filter_map(|folder| Some(Binaries { major: major_of(&folder)?, folder }));
    let right = known.filter(|found| made_by.map_or(found.major >= OLDEST, |major| found.major == major));
    right.max_by_key(|found| found.major)
}

/// Every folder that may hold them: of the search path, of Debian's versions, of `pg_config`.
fn candidates() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    // A link in the path stands for the folder it points to, where the other programs are.
    let linked = env::split_paths(&path).filter_map(|folder| folder.join("postgres").canonicalize().ok());
    let mut folders: Vec<PathBuf> = linked.filter_map(|file| file.parent().map(Path::to_path_buf)).collect();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    folders.extend(versions.map(|version| version.path().join("bin")));
    if let Ok(folder) = process::output(Command::new("pg_config").arg("--bindir")) {
        folders.push(folder.trim().into());
    }
    folders
}

fn major_of(folder: &Path) -> Option<u32> {
    let version = process::output(Command::new(folder.join("postgres")).arg("--version")).ok()?;
    parse_major(&version)
}

/// `postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)`, `… 18beta1`.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split(')').nth(1)?.trim_start();
    let end = number.find(|character: char| !character.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_read_from_what_the_program_says() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(parse_major("what?"), None);
    }
}
