//! A private PostgreSQL that is reached over a Unix socket only: one that lasts for development, or one that a
//! test run throws away. What is inside the database is the portal's and the tests' affair.

mod binaries;
mod passwords;
mod place;

use std::{
    fs::{self, File},
    io::Write,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use rustix::process::Signal;

use self::{binaries::Binaries, passwords::Passwords, place::Place};
use crate::{
    process::{self, Running},
    stop, system, terminal,
    workspace::Workspace,
};

/// Nothing of a test server must survive a power cut. Its tables are small and mostly without statistics: a plan that looks
/// dear is not worth a compiler's tenths of a second.
const CARELESS: [&str; 5] =
    ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=1GB", "jit=off"];

/// A running server; ended when it is dropped.
#[derive(Debug)]
pub(crate) struct Postgres {
    server: Running,
    binaries: Binaries,
    place: Place,
    passwords: Passwords,
    kind: Kind,
}

/// What a server is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A development world, which stays.
    Lasting,
    /// A test run: nothing of it must survive anything.
    Passing,
    /// A measurement: thrown away too, but careful as long as it runs.
    Measured,
}

impl Postgres {
    /// Starts the development server of this clone with the data it had.
    pub(crate) fn lasting(workspace: &Workspace) -> anyhow::Result<Self> {
        let place = Place::lasting(workspace)?;
        place.end_leftover();
        Self::start(place, Kind::Lasting)
    }

    /// Starts an empty server that forgets everything when it ends.
    pub(crate) fn passing(workspace: &Workspace) -> anyhow::Result<Self> {
        Self::start(Place::passing(workspace)?, Kind::Passing)
    }

    /// Starts an empty server that brings each commit to the disk, and forgets everything when it ends.
    pub(crate) fn measured(workspace: &Workspace) -> anyhow::Result<Self> {
        Self::start(Place::measured(workspace)?, Kind::Measured)
    }

    /// The server's version, as it says it.
    pub(crate) fn version(&self) -> anyhow::Result<String> {
        let said = self.sql("SHOW server_version")?;
        Ok(said.split(' ').next().unwrap_or_default().to_owned())
    }

    fn start(place: Place, kind: Kind) -> anyhow::Result<Self> {
        let made_by =
            fs::read_to_string(place.cluster().join("PG_VERSION")).ok().and_then(|text| text.trim().parse().ok());
        let binaries = Binaries::find(made_by)?;
        let passwords = Passwords::keep(&place.folder.join("passwords.json"))?;
        terminal::silent_step(&format!("start PostgreSQL {}", binaries.major), || {
            if made_by.is_none() {
                initialise(&binaries, &place, passwords.of("postgres")?, kind)?;
            }
            let server = Running::start(&mut server_command(&binaries, &place, kind)?)?;
            let mut postgres = Self { server, binaries, place, passwords, kind };
            postgres.wait_until_ready()?;
            Ok(postgres)
        })
    }

    /// Makes the portal's own database and the role that owns it, unless they are there.
    pub(crate) fn found_portal_database(&self) -> anyhow::Result<()> {
        if self.sql("SELECT 1 FROM pg_roles WHERE rolname = 'tamuda_owner'")?.is_empty() {
            let password = self.passwords.of("tamuda_owner")?;
            self.sql(&format!("CREATE ROLE tamuda_owner LOGIN CREATEROLE PASSWORD '{password}'"))?;
        }
        if self.sql("SELECT 1 FROM pg_database WHERE datname = 'tamuda'")?.is_empty() {
            self.sql("CREATE DATABASE tamuda OWNER tamuda_owner")?;
        }
        Ok(())
    }

    /// Where a role reaches a database of this server.
    pub(crate) fn url(&self, role: &str, database: &str) -> anyhow::Result<String> {
        let password = self.passwords.of(role)?;
        Ok(format!("postgres://{role}:{password}@localhost/{database}?host={}", self.place.socket.display()))
    }

    /// The file of the keys that the portal seals secrets with, beside the database that holds them.
    pub(crate) fn secret_keys(&self) -> anyhow::Result<PathBuf> {
        let file = self.place.folder.join("secret-keys");
        passwords::keep_keys(&file)?;
        Ok(file)
    }

    /// Fails when the server has ended by itself.
    pub(crate) fn check(&mut self) -> anyhow::Result<()> {
        if let Some(status) = self.server.ended()? {
            bail!("PostgreSQL ended ({status}):\n{}", last_lines(&self.place.log()));
        }
        Ok(())
    }

    fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        let answers = stop::wait_until(Duration::from_secs(60), || {
            self.check()?;
            Ok(self.sql("SELECT 1").is_ok())
        })?;
        ensure!(answers, "PostgreSQL does not answer after 60 s:\n{}", last_lines(&self.place.log()));
        Ok(())
    }

    /// Runs one statement as the superuser and gives its rows.
    fn sql(&self, statement: &str) -> anyhow::Result<String> {
        let mut psql = self.binaries.command("psql");
        psql.args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--username=postgres",
        ]);
        psql.arg("--host").arg(&self.place.socket).args(["--dbname=postgres", "--command", statement]);
        // In the environment only this user sees it; among the arguments everybody would.
        psql.env("PGPASSWORD", self.passwords.of("postgres")?);
        Ok(process::output(&mut psql)?.trim().to_owned())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A fast shutdown writes everything down; an immediate one does not care.
        let signal = if self.kind == Kind::Lasting { Signal::INT } else { Signal::QUIT };
        self.server.end(signal, Duration::from_secs(30));
        if self.kind != Kind::Lasting {
            self.place.remove();
        }
    }
}

/// `cargo xtask postgres`: a test server for single `cargo test`s, until somebody asks it to stop.
pub(crate) fn serve_tests(workspace: &Workspace) -> anyhow::Result<()> {
    let mut postgres = Postgres::passing(workspace)?;
    println!("export TAMUDA_TEST_POSTGRES='{}'", postgres.url("postgres", "postgres")?);
    terminal::say("Run single tests with this variable. Ctrl-C ends the server and forgets its databases.");
    while !stop::asked() {
        postgres.check()?;
        thread::sleep(stop::TICK);
    }
    Ok(())
}

fn initialise(binaries: &Binaries, place: &Place, password: &str, kind: Kind) -> anyhow::Result<()> {
    place.make_private(&place.cluster())?;
    let file = place.folder.join("first-password");
    passwords::secret_file(&file)?.write_all(password.as_bytes())?;
    place.give(&file)?;
    let mut initdb = as_account(binaries.command("initdb"), place);
    // Checking a password takes a development build a tenth of a second, and the socket's folder is closed to others.
    initdb.arg(if kind == Kind::Lasting { "--auth=scram-sha-256" } else { "--auth=trust" });
    initdb.args(["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]);
    initdb.arg("--pwfile").arg(&file).arg("--pgdata").arg(place.cluster());
    let made = process::output(&mut initdb);
    fs::remove_file(&file)?;
    made.map(drop)
}

fn server_command(binaries: &Binaries, place: &Place, kind: Kind) -> anyhow::Result<Command> {
    let mut command = as_account(binaries.command("postgres"), place);
    command.arg("-D").arg(place.cluster()).args(["-c", "listen_addresses=", "-c", "max_connections=400"]);
    command.arg("-c").arg(format!("unix_socket_directories={}", place.socket.display()));
    if kind == Kind::Passing {
        command.args(CARELESS.iter().flat_map(|setting| ["-c", setting]));
    }
    let log =
        File::options().create(true).append(true).open(place.log()).context("PostgreSQL's log cannot be written")?;
    command.stdout(log.try_clone()?).stderr(log);
    Ok(command)
}

/// The command under the server's account, in a folder that the account may enter.
fn as_account(mut command: Command, place: &Place) -> Command {
    if let Some(system::Account { user, group }) = place.account {
        command.uid(user).gid(group);
    }
    command.current_dir("/");
    command
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
