//! A server that outlived the run that started it, or only its pid file did.

use std::{fs, path::Path, thread, time::Duration};

use rustix::process::{Pid, Signal, kill_process};

/// Ends the server that still works on these files, and removes a pid file that names another process:
/// PostgreSQL believes such a file when the number was given to somebody else since, after a restart of the machine say.
pub(super) fn end(cluster: &Path) {
    let pid_file = cluster.join("postmaster.pid");
    let Some(pid) = read_pid(&pid_file) else { return };
    if !is_server(pid, cluster) {
        let _ = fs::remove_file(&pid_file);
        return;
    }
    let _ = kill_process(pid, Signal::INT);
    for _ in 0..600 {
        if !is_server(pid, cluster) {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn read_pid(file: &Path) -> Option<Pid> {
    Pid::from_raw(fs::read_to_string(file).ok()?.lines().next()?.trim().parse().ok()?)
}

/// The server's command line names its files.
fn is_server(pid: Pid, cluster: &Path) -> bool {
    let command_line = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
    command_line.split(|byte| *byte == 0).any(|word| word == cluster.as_os_str().as_encoded_bytes())
}
