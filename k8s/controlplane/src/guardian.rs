//! Nothing is left of a control plane, even when who started it is killed: a small shell waits for the end of its input,
//! which the kernel closes then, and ends what it was told of.

use std::{
    io::Write,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};

use anyhow::Context;

/// Reads the numbers of process groups, one a line.
const SCRIPT: &str = r#"while read -r group; do groups="$groups -$group"; done
[ -z "$groups" ] || kill -s KILL -- $groups 2>/dev/null
rm -rf -- "$1""#;

#[derive(Debug)]
pub(crate) struct Guardian {
    shell: Child,
    input: Option<ChildStdin>,
}

impl Guardian {
    /// One that takes this folder away in the end.
    pub(crate) fn of(folder: &Path) -> anyhow::Result<Self> {
        // In a group of its own: a Ctrl-C is not for it.
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "guardian"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("cannot start sh")?;
        let input = shell.stdin.take();
        Ok(Self { shell, input })
    }

    /// One group more that ends with the rest.
    pub(crate) fn watch(&mut self, group: u32) -> anyhow::Result<()> {
        let mut input = self.input.as_ref().context("the guardian is there until the end")?;
        writeln!(input, "{group}").context("the guardian has ended")
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        drop(self.input.take());
        // It only tidies up, and always ends.
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use super::*;

    #[test]
    fn what_it_watches_ends_and_its_folder_goes() {
        let folder = tempfile::tempdir().unwrap().keep();
        let mut guardian = Guardian::of(&folder).unwrap();
        let mut sleeper = Command::new("sleep").arg("300").process_group(0).spawn().unwrap();
        guardian.watch(sleeper.id()).unwrap();
        thread::sleep(Duration::from_millis(50));
        assert!(sleeper.try_wait().unwrap().is_none());
        drop(guardian);
        assert!(!sleeper.wait().unwrap().success());
        assert!(!folder.exists());
    }
}
