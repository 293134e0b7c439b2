//! Refusals in words: the fact in its own sentence where it has one, else the sentence of its code.

use types::{Argument, Refusal};

use crate::{Value, Words};

/// A refusal for a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What happened, in a sentence.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

impl Words {
    /// What to say of a refusal.
    #[must_use]
    pub fn refusal(&self, refusal: &Refusal) -> Said {
        let values = refusal.arguments.iter().map(|(name, value)| (name.as_str(), self.argument(value)));
        let values: Vec<_> = values.collect();
        let message = self.find(&format!("refusal-{}", refusal.fact), &values);
        let hint = self.find(&format!("refusal-{}-next", refusal.fact), &values);
        Said {
            message: message.unwrap_or_else(|| self.problem(refusal.code)),
            hint: hint.unwrap_or_else(|| self.problem_next(refusal.code)),
        }
    }

    /// An argument as a sentence takes it: counts choose plural forms, amounts and instants are written out.
    #[must_use]
    pub fn argument(&self, argument: &Argument) -> Value {
        match argument {
            Argument::Number(number) => Value::Count(*number),
            Argument::Money(money) => Value::Text(self.money(*money)),
            Argument::Time(instant) => Value::Text(self.moment(*instant)),
            Argument::Text(text) => Value::Text(text.clone()),
        }
    }

    fn find(&self, key: &str, values: &[(&str, Value)]) -> Option<String> {
        let said = self.say(key, values);
        (said != key).then_some(said)
    }
}

#[cfg(test)]
mod tests {
    use types::{Code, Currency, Money};

    use super::*;
    use crate::Locale;

    #[test]
    fn a_fact_with_a_sentence_of_its_own_says_its_arguments() {
        let mad = |micros| Money { micros, currency: Currency::Mad };
        let refusal = Refusal::new(Code::InsufficientCredit, "insufficient-credit");
        let refusal = refusal.with("needed", mad(32_880_000)).with("available", mad(1_000_000));
        let said = Words::new(Locale::En, "UTC").refusal(&refusal);
        assert_eq!(said.message, "The start sets 32.88\u{a0}MAD aside, and 1.00\u{a0}MAD is free.");
        assert_eq!(said.hint, "Top up the wallet, or choose something smaller.");
    }

    #[test]
    fn a_fact_without_one_says_what_its_code_means() {
        let words = Words::new(Locale::En, "UTC");
        let said = words.refusal(&Refusal::new(Code::NotFound, "not-found"));
        assert_eq!(said.message, words.problem(Code::NotFound));
    }
}
