//! What the portal says and how it writes numbers, money and time, in English, French and Arabic.
//! The sentences are the Fluent files beside `src/`; no sentence stands in code.

mod bundle;
mod countries;
mod devices;
mod letters;
mod locale;
mod moments;
mod numbers;
mod refusals;
mod spans;
mod words;

pub use bundle::Value;
pub use countries::COUNTRIES;
pub use devices::device_name;
pub use letters::Letter;
pub use locale::{Direction, Locale};
pub use refusals::Said;
pub use words::Words;

/// The sentence of a key in the language of `$words`: `say!(t, "instances-running", n = 3)`.
///
/// The key is a literal, so that a test can find every key that is used.
#[macro_export]
macro_rules! say {
    ($words:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $words.say($key, &[$((stringify!($name), $crate::Value::from($value))),*])
    };
}
