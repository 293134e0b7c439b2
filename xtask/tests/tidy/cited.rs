//! A page that names a test as its proof names one that is there.

use std::fs;

use super::{files, root};

/// The tests that a line names, as file and function; `…` is the file before.
pub(super) fn named(line: &str) -> Vec<(String, String)> {
    let (mut file, mut found) = (String::new(), Vec::new());
    for code in line.split('`').skip(1).step_by(2) {
        let Some((path, function)) = code.split_once("::") else { continue };
        if path.ends_with(".rs") {
            let folder = [("rules/", "server/domain/tests/"), ("tests/", "server/")];
            let folder = folder.iter().find(|(start, _)| path.starts_with(start)).map_or("", |(_, folder)| folder);
            file = format!("{folder}{path}");
        } else if path != "…" {
            continue;
        }
        found.push((file.clone(), function.to_owned()));
    }
    found
}

#[test]
fn every_test_that_a_page_names_is_there() {
    let (mut n_named, mut missing) = (0, Vec::new());
    for (page, text) in files("md") {
        for (file, function) in text.lines().flat_map(named) {
            n_named += 1;
            let source = fs::read_to_string(root().join(&file)).unwrap_or_default();
            if !source.contains(&format!("fn {function}(")) {
                missing.push(format!("{page}: {file}::{function}"));
            }
        }
    }
    assert!(n_named > 50, "only {n_named} were looked for");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn names_are_read_with_their_files() {
    let line = "| met | `rules/audit.rs::one`, `…::two`; `app/tests/style.rs::three` and `Token::fresh` |";
    let expected = [
        ("server/domain/tests/rules/audit.rs", "one"),
        ("server/domain/tests/rules/audit.rs", "two"),
        ("app/tests/style.rs", "three"),
    ];
    assert_eq!(named(line), expected.map(|(file, function)| (file.to_owned(), function.to_owned())));
}
