//! The three languages say the same things: same keys, same arguments, every plural form, nothing the code lacks.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey},
    parser,
};

const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];
const PLURAL_FORMS: [&str; 5] = ["zero", "one", "two", "few", "many"];

/// What a message needs and distinguishes.
#[derive(Debug, Default, PartialEq)]
struct Shape {
    variables: BTreeSet<String>,
    /// The variants of each selector that is no plural.
    words: BTreeSet<BTreeSet<String>>,
    /// The variants of each plural selector.
    plurals: Vec<BTreeSet<String>>,
}

type Shapes = BTreeMap<String, Shape>;

#[test]
fn every_language_has_the_same_keys_arguments_and_words() {
    let english = shapes("en");
    for language in ["fr", "ar"] {
        let other = shapes(language);
        let keys = |shapes: &Shapes| shapes.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&english), keys(&other), "keys of {language}");
        for (key, shape) in &english {
            assert_eq!(shape.variables, other[key].variables, "arguments of {key} in {language}");
            let numbers =
                |shape: &Shape| shape.words.iter().all(|set| set.iter().all(|word| word.parse::<u8>().is_ok()));
            // Dates may be told apart by their numbers in one language alone.
            if !(numbers(shape) && numbers(&other[key])) {
                assert_eq!(shape.words, other[key].words, "words of {key} in {language}");
            }
        }
    }
}

#[test]
fn every_plural_has_all_forms_of_its_language() {
    let needed = |language: &str| match language {
        "ar" => BTreeSet::from(["zero", "one", "two", "few", "many", "other"].map(str::to_owned)),
        _ => BTreeSet::from(["one", "other"].map(str::to_owned)),
    };
    for language in LANGUAGES {
        for (key, shape) in shapes(language) {
            for forms in shape.plurals {
                // French has a form for millions that no sentence of ours needs.
                let forms: BTreeSet<_> = forms.into_iter().filter(|form| language == "ar" || form != "many").collect();
                assert_eq!(forms, needed(language), "plural forms of {key} in {language}");
            }
        }
    }
}

#[test]
fn every_key_in_the_code_is_a_message() {
    let known = shapes("en");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files: Vec<_> =
        ["app/src", "server", "frontend/src"].iter().flat_map(|folder| rust_files(&root.join(folder))).collect();
    assert!(files.len() > 20, "the sources moved: {} files", files.len());
    let mut n_uses = 0;
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        for key in keys_in(&source) {
            n_uses += 1;
            assert!(known.contains_key(&key), "{} says {key}, which no language knows", file.display());
        }
    }
    assert!(n_uses > 10, "found {n_uses} uses: does the search still know how messages are said?");
}

#[test]
fn every_argument_in_the_code_is_one_the_message_takes() {
    let known = shapes("en");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for file in rust_files(&root.join("app/src")) {
        let source = fs::read_to_string(&file).unwrap();
        for (key, given) in calls_in(&source) {
            let Some(shape) = known.get(&key) else { continue };
            assert_eq!(shape.variables, given, "{}: arguments of {key}", file.display());
        }
    }
}

#[test]
fn every_reason_of_a_verdict_is_a_message() {
    let known = shapes("en");
    for reason in types::VerdictReason::ALL {
        assert!(known.contains_key(&format!("verdict-{}", reason.word())), "no language says {reason}");
    }
}

/// The keys of `say!(words, "key"…)` and `.say("key"…)`.
fn keys_in(source: &str) -> Vec<String> {
    let after = |mark: &str| source.split(mark).skip(1).map(str::to_owned).collect::<Vec<_>>();
    let in_macros = after("say!(").into_iter().filter_map(|call| call.split('"').nth(1).map(str::to_owned));
    let in_calls = after(".say(")
        .into_iter()
        .filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned));
    // The documentation of the macro itself names an example.
    in_macros.chain(in_calls).filter(|key| is_key(key) && key != "instances-running").collect()
}

/// Each `say!(words, "key", a = …, b = …)` with the names of its arguments.
fn calls_in(source: &str) -> Vec<(String, BTreeSet<String>)> {
    source.split("say!(").skip(1).filter_map(call).collect()
}

fn call(rest: &str) -> Option<(String, BTreeSet<String>)> {
    let body = until_closed(rest)?;
    let key = body.split('"').nth(1)?.to_owned();
    let arguments = body.splitn(3, '"').nth(2)?;
    let names = top_level_parts(arguments)
        .into_iter()
        .filter_map(|part| part.split_once('='))
        .map(|(name, _)| name.trim().to_owned());
    is_key(&key).then(|| (key, names.filter(|name| !name.is_empty()).collect()))
}

fn until_closed(text: &str) -> Option<&str> {
    let mut depth = 1;
    for (at, letter) in text.char_indices() {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return Some(&text[..at]);
        }
    }
    None
}

fn top_level_parts(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| is_source(path))
        .collect()
}

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "rs") && !path.components().any(|part| part.as_os_str() == "tests")
}

fn shapes(language: &str) -> Shapes {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(language);
    let mut shapes = Shapes::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let Resource { body } =
            parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in body {
            let Entry::Message(message) = entry else { continue };
            let mut shape = Shape::default();
            read_pattern(message.value.as_ref().unwrap(), &mut shape);
            let twice = shapes.insert(message.id.name.clone(), shape);
            assert!(twice.is_none(), "{} stands twice in {language}", message.id.name);
        }
    }
    shapes
}

fn read_pattern(pattern: &Pattern<String>, shape: &mut Shape) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => read_inline(inline, shape),
            Expression::Select { selector, variants } => {
                read_inline(selector, shape);
                let names: BTreeSet<_> = variants.iter().map(|variant| name(&variant.key)).collect();
                match names.iter().any(|name| PLURAL_FORMS.contains(&name.as_str())) {
                    true => shape.plurals.push(names),
                    false => drop(shape.words.insert(names)),
                }
                variants.iter().for_each(|variant| read_pattern(&variant.value, shape));
            }
        }
    }
}

fn read_inline(inline: &InlineExpression<String>, shape: &mut Shape) {
    if let InlineExpression::VariableReference { id } = inline {
        shape.variables.insert(id.name.clone());
    }
}

fn name(key: &VariantKey<String>) -> String {
    match key {
        VariantKey::Identifier { name } => name.clone(),
        VariantKey::NumberLiteral { value } => value.clone(),
    }
}
