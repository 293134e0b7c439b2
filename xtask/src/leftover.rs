//! Programs that outlived the run that started them, because it was killed.

use std::{fs, path::Path, thread};

use rustix::process::{Pid, Signal, kill_process};

use crate::{process::Running, stop};

/// Asks the process in this pid file to end with `signal`, if its command line has the word `mark`, and waits for that.
/// A file that names another process is removed: the number was given to somebody else since, and PostgreSQL for one
/// believes such a file.
pub(crate) fn end(pid_file: &Path, mark: &Path, signal: Signal) {
    let Some(pid) = read_pid(pid_file).filter(|_| can_look()) else { return };
    let is_alive = || has_word(pid, mark);
    if !is_alive() {
        // Without the right to remove it, what reads it will say so.
        let _ = fs::remove_file(pid_file);
        return;
    }
    // A process that has just ended needs no signal.
    let _ = kill_process(pid, signal);
    for _ in 0..600 {
        if !is_alive() || stop::asked() {
            return;
        }
        thread::sleep(stop::TICK);
    }
}

/// Keeps the number of a running program for [`end`].
pub(crate) fn note(pid_file: &Path, running: &Running) -> anyhow::Result<()> {
    Ok(fs::write(pid_file, running.pid().to_string())?)
}

/// Has the process with this number ended? Where the system does not tell, nothing counts as ended.
pub(crate) fn has_ended(pid: &str) -> bool {
    can_look() && !Path::new("/proc").join(pid).exists()
}

fn can_look() -> bool {
    Path::new("/proc/self").exists()
}

fn read_pid(file: &Path) -> Option<Pid> {
    Pid::from_raw(fs::read_to_string(file).ok()?.lines().next()?.trim().parse().ok()?)
}

fn has_word(pid: Pid, word: &Path) -> bool {
    let command_line = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
    command_line.split(|byte| *byte == 0).any(|other| other == word.as_os_str().as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use std::{env, process::Command, time::Duration};

    use super::*;

    fn pid_file(name: &str) -> std::path::PathBuf {
        env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()))
    }

    #[test]
    fn program_of_a_killed_run_is_ended() {
        let file = pid_file("left");
        let mut left = Running::start(Command::new("sleep").arg("301")).unwrap();
        note(&file, &left).unwrap();
        // Between a fork and its program a process has no command line for a moment.
        let pid = read_pid(&file).unwrap();
        assert!(stop::wait_until(Duration::from_secs(5), || Ok(has_word(pid, Path::new("301")))).unwrap());
        // Reaped here, as by init after its parent was killed.
        let reaper = thread::spawn(move || stop::wait_until(Duration::from_secs(5), || Ok(left.ended()?.is_some())));
        end(&file, Path::new("301"), Signal::TERM);
        assert!(reaper.join().unwrap().unwrap());
        fs::remove_file(file).unwrap();
    }

    #[test]
    fn number_that_another_process_got_since_is_left_alone() {
        let file = pid_file("foreign");
        let mut foreign = Running::start(Command::new("sleep").arg("302")).unwrap();
        note(&file, &foreign).unwrap();
        end(&file, Path::new("/some/postgres/cluster"), Signal::TERM);
        assert!(foreign.ended().unwrap().is_none() && !file.exists());
    }
}
