//! Where routes are made: by the tables that the matrix is held against, and nowhere else.

use std::{fs, path::Path};

/// A route that no table makes would be missed by everything here.
#[test]
fn no_route_is_made_but_by_a_table() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut makers = Vec::new();
    for root in ["src", "session/src", "../app/src"] {
        makers.extend(route_makers(&here.join(root)).into_iter().map(|file| format!("{root}{file}")));
    }
    makers.sort();
    let known = [
        "../app/src/router.rs",
        "src/http/mod.rs",
        // The description's own route, and the folder of built files.
        "src/http/rest/documents.rs",
        "src/http/rest/mod.rs",
        "src/http/site.rs",
    ];
    assert_eq!(makers, known);
}

/// The files beneath a folder that give a router something to answer, by their paths in it.
fn route_makers(root: &Path) -> Vec<String> {
    let (mut folders, mut found) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let makes = [".route(", ".route_service(", ".nest(", ".nest_service(", ".fallback_service("];
            if makes.iter().any(|word| text.contains(word)) {
                found.push(path.to_str().unwrap().strip_prefix(root.to_str().unwrap()).unwrap().to_owned());
            }
        }
    }
    found
}
