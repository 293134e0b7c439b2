//! What a reviewer should not have to look for: who imports whom, what files look like, and what must not come back.

#![expect(clippy::unwrap_used, reason = "a check that cannot read what it checks has failed")]
#![expect(clippy::print_stderr, reason = "a list that is told is looked at")]

mod cited;
mod examples;
mod imports;
mod invariants;
mod real_only;
mod sources;
mod style;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The clone's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// What cargo answers in the clone.
fn cargo(arguments: &[&str]) -> String {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program).args(arguments).arg("--locked").current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every file of the project with this extension, as its path from the clone's folder and its text.
fn files(extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root(), extension, &mut found);
    assert!(!found.is_empty(), "no .{extension} file was looked at");
    found.sort();
    found
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "data", "node_modules"].contains(&&*name) && !name.starts_with('.') {
            collect(&path, extension, found);
        } else if path.is_file() && path.extension().is_some_and(|other| other == extension) {
            let relative = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push((relative, fs::read_to_string(&path).unwrap()));
        }
    }
}
