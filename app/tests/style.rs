//! The style sheets hold what reviews forget: logical properties only, known tokens, no file left out.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

fn sheets() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sheets = files.filter(|path| path.extension().is_some_and(|end| end == "css"));
    sheets
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect()
}

fn without_comments(sheet: &str) -> String {
    sheet
        .split("/*")
        .enumerate()
        .map(|(place, part)| if place == 0 { part } else { part.split_once("*/").unwrap().1 })
        .collect()
}

/// Every `property: value` of a sheet.
fn declarations(sheet: &str) -> Vec<(String, String)> {
    let text = without_comments(sheet);
    let pieces = text.split([';', '{', '}']).filter_map(|piece| piece.split_once(':'));
    pieces.map(|(property, value)| (property.trim().to_owned(), value.trim().to_owned())).collect()
}

#[test]
fn right_to_left_needs_no_second_style_sheet() {
    let physical =
        ["left", "right", "top", "bottom", "width", "height", "min-width", "max-width", "min-height", "max-height"];
    let sided = ["margin-", "padding-", "border-"]
        .map(|start| ["left", "right", "top", "bottom"].map(|side| format!("{start}{side}")))
        .concat();
    for (name, sheet) in sheets() {
        for (property, value) in declarations(&sheet) {
            assert!(!physical.contains(&property.as_str()), "{name}: {property}: {value}");
            assert!(!sided.iter().any(|side| property.starts_with(side.as_str())), "{name}: {property}: {value}");
            let aligned = ["text-align", "float", "clear", "justify-content"].contains(&property.as_str());
            assert!(!(aligned && (value == "left" || value == "right")), "{name}: {property}: {value}");
            // Four values name the sides one by one: allowed only where both inline sides are alike.
            let four: Vec<_> = value.split_whitespace().collect();
            if ["margin", "padding"].contains(&property.as_str()) && four.len() == 4 && !value.contains('(') {
                assert_eq!(four[1], four[3], "{name}: {property}: {value}");
            }
        }
    }
}

#[test]
fn every_token_in_use_is_defined_and_every_defined_one_is_used() {
    let all: String = sheets().into_values().map(|sheet| without_comments(&sheet)).collect();
    let used: BTreeSet<_> =
        all.split("var(--").skip(1).map(|rest| rest.split([')', ',']).next().unwrap().to_owned()).collect();
    let declared = all.split([';', '{', '}']).filter_map(|piece| piece.trim().strip_prefix("--"));
    let defined: BTreeSet<_> =
        declared.filter_map(|piece| piece.split_once(':')).map(|(name, _)| name.to_owned()).collect();
    assert_eq!(used.difference(&defined).collect::<Vec<_>>(), Vec::<&String>::new(), "used and not defined");
    assert_eq!(defined.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "defined and not used");
}

#[test]
fn every_sheet_is_bundled_and_every_font_is_there_with_its_licence() {
    let sheets = sheets();
    let imported: BTreeSet<_> =
        sheets["main.css"].split("@import \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let written: BTreeSet<_> = sheets.keys().map(String::as_str).filter(|name| *name != "main.css").collect();
    assert_eq!(imported, written);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    for url in sheets["fonts.css"].split("url(").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        assert!(folder.join(url).exists(), "{url}");
    }
    let licences = fs::read_dir(folder.join("fonts"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|end| end == "txt"));
    assert_eq!(licences.count(), 3);
}
