//! The style sheets flow with the reading direction: they say start and end, never left and right.

use crate::files;

/// One `name: value`, and whether its block writes `direction: ltr`, as blocks of code and amounts do: left is left there.
struct Declaration {
    name: String,
    value: String,
    is_always_ltr: bool,
}

#[test]
fn style_says_start_and_end() {
    for (path, text) in files("css") {
        if let Some(refused) = declarations(&text).iter().find(|declaration| is_physical(declaration)) {
            panic!("{path}: `{}: {}` does not turn with the reading direction", refused.name, refused.value);
        }
    }
}

#[test]
fn physical_directions_are_found_wherever_they_hide() {
    let refused = |text| declarations(text).iter().any(is_physical);
    assert!(refused("a { margin-left: 1px }"));
    assert!(refused("a { & b { color: red; right: 0; } }"));
    assert!(refused("@media print { a { text-align: right } }"));
    assert!(refused("a { background: linear-gradient(to right, red, blue) }"));
    assert!(!refused("a { /* left: 0 */ margin-inline-start: 1px; --leftover: 1 }"));
    assert!(!refused("code { direction: ltr; text-align: left }"));
    assert!(refused("code { direction: ltr } a { text-align: left }"));
    assert!(!refused("a:not(.left) { content: \"right\" }"));
}

fn is_physical(declaration: &Declaration) -> bool {
    let in_name = declaration.name.split('-').any(is_side);
    let value = without_strings(&declaration.value);
    let in_value = value.split(|c: char| !c.is_alphanumeric() && c != '-').any(is_side);
    (in_name || in_value) && !declaration.is_always_ltr
}

fn is_side(word: &str) -> bool {
    word == "left" || word == "right"
}

/// All declarations of a sheet, also of nested blocks. What stands before a `{` is a selector or an at-rule.
fn declarations(sheet: &str) -> Vec<Declaration> {
    let mut done = Vec::new();
    let mut open: Vec<Vec<Declaration>> = vec![Vec::new()];
    let mut text = String::new();
    for character in without_comments(sheet).chars() {
        match character {
            '{' => open.push(Vec::new()),
            ';' => open.last_mut().unwrap().extend(declaration(&text)),
            '}' => {
                let mut block = open.pop().expect("a block is closed that was not opened");
                block.extend(declaration(&text));
                done.extend(with_direction(block));
            }
            _ => {
                text.push(character);
                continue;
            }
        }
        text.clear();
    }
    assert_eq!(open.len(), 1, "a block is not closed");
    done
}

fn declaration(text: &str) -> Option<Declaration> {
    let (name, value) = text.split_once(':')?;
    Some(Declaration { name: name.trim().to_owned(), value: value.trim().to_owned(), is_always_ltr: false })
}

fn with_direction(mut block: Vec<Declaration>) -> Vec<Declaration> {
    let is_always_ltr = block.iter().any(|one| one.name == "direction" && one.value == "ltr");
    block.iter_mut().for_each(|one| one.is_always_ltr = is_always_ltr);
    block
}

fn without_comments(sheet: &str) -> String {
    let pieces = sheet.split("/*");
    pieces
        .enumerate()
        .map(|(n, piece)| if n == 0 { piece } else { piece.split_once("*/").map_or("", |both| both.1) })
        .collect()
}

fn without_strings(value: &str) -> String {
    value.split('"').step_by(2).collect()
}
