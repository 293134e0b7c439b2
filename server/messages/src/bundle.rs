//! The Fluent files, parsed once, and how a sentence comes out of them.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use crate::{Locale, numbers};

type Bundle = FluentBundle<FluentResource>;

/// What fills a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words that are already in the reader's language, or a name or a code.
    Text(String),
    /// A number that chooses the plural form and is written with the locale's grouping.
    Count(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! counts {
    ($($integer:ty),+) => {
        $(impl From<$integer> for Value {
            fn from(count: $integer) -> Self {
                Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
            }
        })+
    };
}
counts!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl From<Value> for FluentValue<'static> {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => text.into(),
            Value::Count(count) => count.into(),
        }
    }
}

/// The files of each language, in the order of `Locale::ALL`.
macro_rules! files {
    ($($area:literal),+ $(,)?) => {
        /// The text of every area's file in one language.
        pub(crate) fn sources(locale: Locale) -> Vec<&'static str> {
            match locale {
                Locale::En => vec![$(include_str!(concat!("../en/", $area, ".ftl"))),+],
                Locale::Fr => vec![$(include_str!(concat!("../fr/", $area, ".ftl"))),+],
                Locale::Ar => vec![$(include_str!(concat!("../ar/", $area, ".ftl"))),+],
            }
        }
    };
}
files!(
    "common",
    "access",
    "formats",
    "instances",
    "catalogue",
    "money",
    "billing",
    "disputes",
    "books",
    "close",
    "refunds",
    "documents",
    "dunning",
    "members",
    "audit",
    "settings",
    "mail",
    "signing",
    "staff",
    "problems",
    "refusals",
);

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Locale::ALL.map(bundle));

/// The sentence of `key`; the key itself where there is none, which a test excludes for every key in use.
pub(crate) fn say(locale: Locale, key: &str, values: &[(&str, Value)]) -> String {
    let bundle = &BUNDLES[locale as usize];
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let args: FluentArgs = values.iter().map(|(name, value)| (*name, FluentValue::from(value.clone()))).collect();
    // What is left out stands as its name in braces: visible, and again excluded by a test.
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

fn bundle(locale: Locale) -> Bundle {
    let mut bundle = Bundle::new_concurrent(locale.tag().parse().into_iter().collect());
    // Invisible isolates keep amounts and names in order inside a right-to-left sentence.
    bundle.set_use_isolating(locale == Locale::Ar);
    bundle.set_formatter(Some(match locale {
        Locale::En => |value, _| written(value, Locale::En),
        Locale::Fr => |value, _| written(value, Locale::Fr),
        Locale::Ar => |value, _| written(value, Locale::Ar),
    }));
    for source in sources(locale) {
        // A file with a mistake still gives its good messages; a test refuses the mistake.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn written(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    match value {
        // Counts came in as i64, so the way back loses nothing that a person would read.
        #[expect(clippy::cast_possible_truncation, reason = "a count below 2^53 is exact in f64")]
        FluentValue::Number(number) => Some(numbers::count(locale, number.value as i64)),
        _ => None,
    }
}
