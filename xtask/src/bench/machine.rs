//! The machine that was measured, without its name.

use std::{fs, thread};

use anyhow::Context;

use crate::postgres::Postgres;

/// Processor, memory, kernel and PostgreSQL in one sentence.
pub(super) fn describe(postgres: &Postgres) -> anyhow::Result<String> {
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let read = |path: &str| fs::read_to_string(path).with_context(|| format!("cannot read {path}"));
    let processor = field(&read("/proc/cpuinfo")?, "model name").unwrap_or_else(|| "an unnamed processor".to_owned());
    let memory = field(&read("/proc/meminfo")?, "MemTotal").context("no MemTotal")?;
    let kib: u64 = memory.split(' ').next().unwrap_or_default().parse().context("MemTotal is no number")?;
    let kernel = read("/proc/sys/kernel/osrelease")?;
    let cores = thread::available_parallelism()?;
    Ok(format!(
        "Measured on {processor}, {cores} cores, {:.0} GiB of memory, Linux {}, PostgreSQL {} with `fsync` on; release \
         builds of Rust {}. Load, portal, database and cluster share the cores.",
        kib as f64 / 1024.0 / 1024.0,
        kernel.trim(),
        postgres.version()?,
        rust()?,
    ))
}

fn rust() -> anyhow::Result<String> {
    let said = crate::process::output(std::process::Command::new("rustc").arg("--version"))?;
    Ok(said.split(' ').nth(1).unwrap_or_default().to_owned())
}
