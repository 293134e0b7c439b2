//! Each of the 25 invariants of money is held by tests that try random cases: docs/MONEY.md says by which, and they are there.

use std::{collections::BTreeSet, fs};

use super::{cited::named, root};

const N_INVARIANTS: usize = 25;
const HEADING: &str = "## The 25 invariants";

/// An invariant as the page has it: its number, the tests that it names, and how many cases they try.
struct Row {
    number: usize,
    tests: Vec<(String, String)>,
    cases: String,
}

/// The rows of the page's table.
fn rows(page: &str) -> Vec<Row> {
    let (_, section) = page.split_once(HEADING).unwrap();
    let section = section.split("\n## ").next().unwrap();
    section.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    let number = cells[0].split(' ').next()?.parse().ok()?;
    let [_, tests, cases] = cells[..] else { return None };
    Some(Row { number, tests: named(tests), cases: cases.to_owned() })
}

/// How many cases a test tries, in every run and in the deep one; nothing where it is none of random cases, or tries fewer.
fn cases_of(source: &str, function: &str) -> Option<&'static str> {
    let (before, after) = source.split_once(&format!("fn {function}("))?;
    let attribute = before.rsplit_once('\n')?.0.lines().next_back()?.trim();
    if attribute.starts_with("#[tokio::test") {
        let body = after.split("\n}\n").next()?;
        return body.contains(" in cases() {").then_some("64, deep 1,000");
    }
    let macros = before.rsplit_once("\nproptest! {")?.1;
    (attribute == "#[test]" && !macros.contains("\n}\n") && !macros.contains("with_cases")).then_some("256, deep 1,000")
}

#[test]
fn each_invariant_of_money_names_the_tests_of_random_cases_that_hold_it() {
    let page = fs::read_to_string(root().join("docs/MONEY.md")).unwrap();
    let rows = rows(&page);
    let numbers: Vec<usize> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=N_INVARIANTS).collect::<Vec<_>>(), "the page's table has each once, in order");
    let mut wrong = Vec::new();
    for Row { number, tests, cases } in rows {
        if tests.is_empty() {
            wrong.push(format!("{number} names no test"));
        }
        let mut all_tried = BTreeSet::new();
        for (file, function) in tests {
            let source = fs::read_to_string(root().join(&file)).unwrap_or_default();
            match cases_of(&source, &function) {
                Some(tried) => {
                    all_tried.insert(tried);
                }
                None => wrong.push(format!("{number} names {file}::{function}, which is no property test")),
            }
        }
        if all_tried.iter().any(|tried| *tried != cases) {
            wrong.push(format!("{number} says {cases} and its tests try {all_tried:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_test_of_random_cases_is_told_from_an_example() {
    let domain = "#[tokio::test]\nasync fn all() {\n    for (case, mut dice) in cases() {\n    }\n}\n
        #[tokio::test]\nasync fn one() {\n    true\n}\n\nfn other() {\n    for _ in cases() {}\n}\n
        #[tokio::test]\nasync fn few() {\n    for (case, mut dice) in cases().take(2) {\n    }\n}\n";
    let found = ["all", "one", "few", "other", "none"].map(|name| cases_of(domain, name));
    assert_eq!(found, [Some("64, deep 1,000"), None, None, None, None]);
    let pure = "\nproptest! {\n    #[test]\n    fn all(n: u8) {\n    }\n}\n\n#[test]\nfn one() {\n}\n";
    assert_eq!(["all", "one"].map(|name| cases_of(pure, name)), [Some("256, deep 1,000"), None]);
}

#[test]
fn rows_are_read_up_to_the_next_heading() {
    let page = "# Money\n\n| 7 before | `a.rs::b` | 1 |\n\n## The 25 invariants\n\n| invariant | tests | cases |\n|---|---|---|
| 1 sums | `rules/books.rs::one`, `…::two` | 64 |\n| a word | `a.rs::b` | 64 |\n\n## Else\n\n| 2 after | `a.rs::b` | 64 |\n";
    let rows = rows(page);
    assert_eq!((rows.len(), rows[0].number, rows[0].cases.as_str()), (1, 1, "64"));
    let file = "server/domain/tests/rules/books.rs";
    assert_eq!(rows[0].tests, ["one", "two"].map(|function| (file.to_owned(), function.to_owned())));
}
