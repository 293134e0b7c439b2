//! A program of the workspace that runs for one journey and is killed at its end.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, bail};
use tokio::process::{Child, Command};

/// It runs until it is killed or dropped; a crash is the only end it must survive.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts it; what it says goes into `log`.
    pub(crate) fn start(command: &mut Command, log: &Path) -> anyhow::Result<Self> {
        let file = File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).kill_on_drop(true);
        Ok(Self {
            child: command.spawn().context("a program of the workspace cannot be started")?,
            log: log.to_owned(),
        })
    }

    /// Fails with the end of its log when it has ended by itself.
    pub(crate) fn check(&mut self) -> anyhow::Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("{} ended ({status}):\n{}", self.log.display(), self.last_words());
        }
        Ok(())
    }

    /// The most memory that it has had, in bytes.
    pub(crate) fn most_memory(&self) -> anyhow::Result<u64> {
        let pid = self.child.id().context("it has ended")?;
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("the system does not tell")?;
        let kib: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kib * 1024)
    }

    /// Asks it to end (`SIGTERM`) and waits until it has.
    pub(crate) async fn end(mut self) -> anyhow::Result<()> {
        let pid = self.child.id().context("it has ended before")?;
        output(Command::new("kill").arg(pid.to_string())).await?;
        self.child.wait().await?;
        Ok(())
    }

    /// Lets it stand still (`SIGSTOP`), or go on (`SIGCONT`).
    pub(crate) async fn pause(&self, pauses: bool) -> anyhow::Result<()> {
        let pid = self.child.id().context("it has ended")?;
        output(Command::new("kill").args(["-s", if pauses { "STOP" } else { "CONT" }]).arg(pid.to_string())).await?;
        Ok(())
    }

    /// Kills it (`SIGKILL`) and waits for its end.
    pub(crate) async fn kill(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }

    /// The last lines of its log.
    pub(crate) fn last_words(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

/// Runs a program to its end and gives what it wrote.
pub(crate) async fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stdin(Stdio::null()).kill_on_drop(true).output().await?;
    if !output.status.success() {
        bail!("{:?} failed: {}", command.as_std().get_program(), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}
