//! What the simulator cannot show: it must not be believed on its own word, so the list is kept short.

use crate::files;

/// Tests of a real control plane alone. Lower it with each that moves to the suite of both; never raise it for one that the
/// simulator could learn.
const MOST: usize = 14;

#[test]
fn what_only_a_real_cluster_shows_says_why_and_becomes_no_more() {
    let mut n_tests = 0;
    for (path, text) in files("rs").into_iter().filter(|(path, _)| path.starts_with("k8s/controlplane/tests/plane/")) {
        let tests: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("async fn ")).collect();
        let tests = tests.iter().filter_map(|rest| rest.strip_suffix("() {"));
        let reason = text.strip_prefix("//! real_only: ").map(|rest| rest.lines().next().unwrap());
        for test in tests.filter(|_| text.contains("#[tokio::test")) {
            let reason =
                reason.unwrap_or_else(|| panic!("{path} has tests and does not open with `real_only:` and why"));
            eprintln!("real_only: {test} ({reason})");
            n_tests += 1;
        }
    }
    assert!(n_tests > 0, "no test of a real control plane was found");
    assert!(n_tests <= MOST, "{n_tests} tests run on a real control plane alone, more than {MOST}");
}
