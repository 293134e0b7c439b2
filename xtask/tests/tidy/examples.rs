//! Examples in the documentation are run; where there are none, nothing is read to find them.

use crate::files;

#[test]
fn a_package_whose_documentation_has_examples_runs_them() {
    let sources = files("rs");
    for (manifest, _) in files("toml").into_iter().filter(|(_, text)| text.contains("doctest = false")) {
        let folder = manifest.strip_suffix("Cargo.toml").unwrap();
        for (path, text) in sources.iter().filter(|(path, _)| path.starts_with(&format!("{folder}src/"))) {
            assert!(!text.lines().any(opens_an_example), "{path} has an example: {manifest} must not switch them off");
        }
    }
}

fn opens_an_example(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("/// ```") || line.starts_with("//! ```")
}
