//! Who may import whom.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{cargo, root};

/// A package, the packages of ours that it may build on, and libraries that it must not know.
#[rustfmt::skip]
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("types",         &[],                                                     &["axum", "leptos", "kube", "tokio"]),
    ("messages",      &["types"],                                              &["axum", "sea-orm", "kube", "leptos"]),
    ("migrations",    &[],                                                     &["axum", "kube", "leptos"]),
    ("domain",        &["payments", "types"],                                  &["axum", "leptos", "kube", "k8s-openapi", "async-stripe"]),
    ("documents",     &["messages", "types"],                                  &["axum", "leptos", "kube", "sea-orm", "tokio"]),
    ("openid",        &[],                                                     &["axum", "sea-orm", "leptos", "kube"]),
    ("payments",      &["types"],                                              &["axum", "leptos", "kube", "sea-orm", "tokio"]),
    ("stripe-gateway", &["domain", "types"],                                    &["axum", "leptos", "sea-orm", "kube"]),
    ("session",       &["domain", "openid", "types"],                          &["leptos", "sea-orm", "kube"]),
    ("frontend",      &["types"],                                              &["axum", "sea-orm", "kube", "tokio"]),
    ("app",           &["domain", "frontend", "messages", "openid", "session", "types"], &["sea-orm", "kube", "k8s-openapi"]),
    ("k8s",           &["types"],                                              &["axum", "leptos", "sea-orm"]),
    ("k8s-simulator", &[],                                                     &["kube", "leptos", "sea-orm"]),
    ("controlplane",  &["k8s-simulator"],                                      &["leptos", "sea-orm"]),
    ("server",        &["app", "documents", "domain", "frontend", "k8s", "messages", "migrations", "openid", "session", "stripe-gateway", "types"], &[]),
    ("testing",       &["migrations"],                                         &["axum", "kube", "leptos"]),
    ("end2end",       &["controlplane", "testing"],                            &["axum", "kube", "leptos"]),
    ("xtask",         &[],                                                     &["axum", "kube", "leptos", "sea-orm", "tokio"]),
];

/// Native code and second opinions about certificates.
const OTHER_TLS: [&str; 4] = ["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl-sys"];

struct Package {
    name: String,
    /// What it is built from; what only its tests use is left out.
    dependencies: BTreeSet<String>,
}

fn packages() -> Vec<Package> {
    let metadata: Value = serde_json::from_str(&cargo(&["metadata", "--format-version=1", "--no-deps"])).unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let built_from = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap();
        all.iter().filter(|dependency| dependency["kind"] != "dev").map(name).collect()
    };
    let members = metadata["packages"].as_array().unwrap();
    members.iter().map(|package| Package { name: name(package), dependencies: built_from(package) }).collect()
}

#[test]
fn packages_import_only_what_the_table_allows() {
    let packages = packages();
    let ours: BTreeSet<_> = packages.iter().map(|package| package.name.clone()).collect();
    for Package { name, dependencies } in &packages {
        let row = TABLE.iter().find(|(package, ..)| package == name);
        let (_, allowed, refused) = row.unwrap_or_else(|| panic!("{name} has no row in the table of imports"));
        for dependency in dependencies {
            let is_allowed = !ours.contains(dependency) || allowed.contains(&dependency.as_str());
            assert!(is_allowed, "{name} must not import {dependency}");
            assert!(!refused.contains(&dependency.as_str()), "{name} must not know {dependency}");
        }
    }
    for (package, allowed, _) in TABLE {
        assert!(ours.contains(*package), "the table of imports names {package}, which is gone");
        assert!(allowed.iter().all(|other| ours.contains(*other)), "the row of {package} names a package that is gone");
    }
}

#[test]
fn browser_loads_no_library_of_the_server() {
    let arguments = ["tree", "--package", "frontend", "--features", "hydrate", "--target", "wasm32-unknown-unknown"];
    let listed = cargo(&[&arguments[..], &["--edges", "normal", "--prefix", "none", "--format", "{p}"]].concat());
    let names: BTreeSet<_> = listed.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains("leptos"), "the tree is the islands' own");
    for refused in ["axum", "hyper", "kube", "sea-orm", "sqlx", "tokio"] {
        assert!(
            !names.contains(refused),
            "{refused} reaches the browser: `cargo tree --invert {refused}` says through whom"
        );
    }
}

#[test]
fn connections_are_secured_by_one_library() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for refused in OTHER_TLS {
        assert!(
            !lock.contains(&format!("name = \"{refused}\"")),
            "{refused} is in the lock file: rustls with ring is ours"
        );
    }
    assert!(lock.contains("name = \"rustls\"") && lock.contains("name = \"ring\""));
}
