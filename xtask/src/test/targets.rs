//! Which test targets there are, as cargo says it.

use anyhow::Context;
use serde_json::Value;

use crate::{process, workspace::Workspace};

/// The names of those that need nothing but cargo and a database: a target that drives whole programs is behind a feature.
pub(super) fn alone(workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    let mut cargo = process::cargo(workspace, &["metadata", "--no-deps", "--format-version=1"]);
    named(&process::output(&mut cargo)?)
}

fn named(metadata: &str) -> anyhow::Result<Vec<String>> {
    let metadata: Value = serde_json::from_str(metadata).context("cargo's metadata is no JSON")?;
    let packages = metadata["packages"].as_array().context("cargo names no packages")?;
    let targets = packages.iter().flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let is_alone = |target: &&Value| target["kind"][0] == "test" && target["required-features"].is_null();
    let name = |target: &Value| target["name"].as_str().map(str::to_owned).context("a target without a name");
    targets.filter(is_alone).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_behind_a_feature_and_what_is_no_test_are_left_out() {
        let metadata = r#"{"packages": [
            {"targets": [{"kind": ["lib"], "name": "domain"}, {"kind": ["test"], "name": "rules"}]},
            {"targets": [{"kind": ["test"], "name": "journeys", "required-features": ["journeys"]}]},
            {"targets": [{"kind": ["bench"], "name": "figures"}, {"kind": ["test"], "name": "tidy"}]}
        ]}"#;
        assert_eq!(named(metadata).unwrap(), ["rules", "tidy"]);
        assert!(named("{}").is_err());
    }
}
