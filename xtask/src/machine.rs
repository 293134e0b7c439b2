//! The machine that something was found on, without its name.

use std::{fs, thread};

use anyhow::Context;

/// Processor, memory and the kernel's release, without the number of its build: machines of one kind differ in that.
pub(crate) fn describe() -> anyhow::Result<String> {
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let read = |path: &str| fs::read_to_string(path).with_context(|| format!("cannot read {path}"));
    let processor = field(&read("/proc/cpuinfo")?, "model name").unwrap_or_else(|| "an unnamed processor".to_owned());
    let memory = field(&read("/proc/meminfo")?, "MemTotal").context("no MemTotal")?;
    let kib: u64 = memory.split(' ').next().unwrap_or_default().parse().context("MemTotal is no number")?;
    let kernel = read("/proc/sys/kernel/osrelease")?;
    let kernel = kernel.split('-').next().unwrap_or_default();
    let cores = thread::available_parallelism()?;
    let memory = kib as f64 / 1024.0 / 1024.0;
    Ok(format!("{processor}, {cores} cores, {memory:.0} GiB of memory, Linux {}", kernel.trim()))
}
