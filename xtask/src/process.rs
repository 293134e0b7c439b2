//! Programs started by this one: each in a process group of its own, ended with all it started.

use std::{
    env,
    io::Read,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::{stop, workspace::Workspace};

/// A program that runs beside this one until it is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts it in a process group of its own: a Ctrl-C reaches this program alone, which then ends the group in order.
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = name_of(command);
        let child = command.stdin(Stdio::null()).process_group(0).spawn();
        Ok(Self { child: child.with_context(|| format!("cannot start {name}"))?, name })
    }

    /// Its process number.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits for its end, and ends it when somebody asks this program to stop.
    pub(crate) fn wait(mut self) -> anyhow::Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            stop::check()?;
            thread::sleep(stop::TICK);
        }
    }

    /// Asks its group to end with `signal`; after `patience`, no longer asks.
    pub(crate) fn end(&mut self, signal: Signal, patience: Duration) {
        self.signal(signal);
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if start.elapsed() > patience {
                crate::terminal::warn(&format!("{} does not end: it is killed", self.name));
                self.signal(Signal::KILL);
                // A killed process always ends.
                let _ = self.child.wait();
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Lets it go on when this program ends.
    pub(crate) fn leave(self) {
        std::mem::forget(self);
    }

    fn signal(&self, signal: Signal) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        // A group that has ended needs no signal.
        let _ = group.map(|group| kill_process_group(group, signal));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.end(Signal::TERM, Duration::from_secs(15));
        }
    }
}

/// Runs a program to its end with its output on the terminal; fails when it fails.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = name_of(command);
    let status = Running::start(command)?.wait()?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs a program to its end, its complaints on the terminal, and gives what it wrote; fails when it fails.
pub(crate) fn said(command: &mut Command) -> anyhow::Result<String> {
    let name = name_of(command);
    let mut running = Running::start(command.stdout(Stdio::piped()))?;
    let mut output = running.child.stdout.take().context("it has an output")?;
    let reading = thread::spawn(move || {
        let mut text = String::new();
        output.read_to_string(&mut text).map(|_| text)
    });
    let status = running.wait()?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    reading.join().map_err(|_| anyhow::anyhow!("what {name} wrote was not read"))?.context("it wrote no text")
}

/// Runs a short program and gives what it wrote; fails with its complaint when it fails.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = name_of(command);
    let Output { status, stdout, stderr } =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("{name} failed ({status}): {}", String::from_utf8_lossy(&stderr).trim());
    }
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}

/// Cargo as this program was started with, building into the workspace's folder.
pub(crate) fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    // Not `env!("CARGO")`: that is cargo without rustup, and a dependency's `rust-toolchain.toml` then counts.
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).env("CARGO_TARGET_DIR", workspace.target());
    // What cargo told this package would make the build scripts that watch these variables run again each time.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|ours| name.starts_with(ours)) {
            command.env_remove(&*name);
        }
    }
    command
}

/// Has cargo compile our own crates with clippy's compiler, to which a warning is an error.
pub(crate) fn lint(cargo: &mut Command) {
    // As `cargo clippy -- -D warnings` hands them on.
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
}

/// The file that `name` means in the search path.
pub(crate) fn in_path(name: &str) -> Option<std::path::PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let file = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    match command.get_args().next() {
        Some(first) if !first.as_encoded_bytes().starts_with(b"-") => format!("{file} {}", first.to_string_lossy()),
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A process that has ended, even one that nobody has waited for, has no command line.
    fn is_alive(pid: &str) -> bool {
        std::fs::read(format!("/proc/{}/cmdline", pid.trim())).is_ok_and(|words| !words.is_empty())
    }

    #[test]
    fn program_ends_together_with_what_it_started() {
        let noted = env::temp_dir().join(format!("xtask-group-{}", std::process::id()));
        let script = format!("sleep 300 & echo $! > {}; wait", noted.display());
        let running = Running::start(Command::new("sh").args(["-c", &script])).unwrap();
        let written = || std::fs::read_to_string(&noted).is_ok_and(|text| text.ends_with('\n'));
        assert!(stop::wait_until(Duration::from_secs(5), || Ok(written())).unwrap());
        let sleeper = std::fs::read_to_string(&noted).unwrap();
        // Between a fork and its program a process has no command line for a moment.
        assert!(stop::wait_until(Duration::from_secs(5), || Ok(is_alive(&sleeper))).unwrap());
        drop(running);
        assert!(stop::wait_until(Duration::from_secs(5), || Ok(!is_alive(&sleeper))).unwrap());
        std::fs::remove_file(noted).unwrap();
    }

    #[test]
    fn failure_says_which_program_and_what_it_complained_about() {
        let error = output(Command::new("sh").args(["-c", "echo no room >&2; exit 3"])).unwrap_err().to_string();
        assert_eq!(error, "sh failed (exit status: 3): no room");
    }
}
