//! What every source file looks like.

use crate::files;

/// Longer files need a name here and a reason. Empty is best.
const LONG: &[(&str, &str)] = &[];
const LONGEST: usize = 400;

/// Written so that this file does not hold the word itself.
const LEFT_UNDONE: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

#[test]
fn every_file_says_first_what_lives_in_it() {
    for (path, text) in files("rs") {
        assert!(text.starts_with("//! "), "{path} does not open with `//!` and what lives there");
    }
}

#[test]
fn files_are_short_enough_to_be_one_thing() {
    for (path, text) in files("rs") {
        let n_lines = text.lines().count();
        let is_excused = LONG.iter().any(|(excused, _)| *excused == path);
        assert!(n_lines <= LONGEST || is_excused, "{path} has {n_lines} lines, more than {LONGEST}: is it one thing?");
        assert!(n_lines > LONGEST || !is_excused, "{path} is short again: take it off the list");
    }
}

#[test]
fn no_test_is_switched_off() {
    for (path, text) in files("rs") {
        let switched_off = text.lines().any(|line| line.trim_start().starts_with("#[ignore"));
        assert!(!switched_off, "{path} ignores a test: mend it or remove it");
    }
}

#[test]
fn nothing_is_left_for_later_in_a_comment() {
    let all = ["rs", "css", "js", "toml", "md"].into_iter().filter(|extension| *extension != "md" || has_documents());
    for (path, text) in all.flat_map(files) {
        for word in LEFT_UNDONE {
            assert!(!text.contains(word), "{path} says {word}: do it, or file an issue");
        }
    }
}

fn has_documents() -> bool {
    crate::root().join("README.md").exists()
}
