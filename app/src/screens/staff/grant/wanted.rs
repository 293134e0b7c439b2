//! What the form of a grant sends, and the request that it makes.

use messages::Words;
use serde::{Deserialize, Serialize};
use session::Refused;
use types::{Amount, Currency, FlavourId, GrantCredits, LotKind, MICROS_PER_UNIT, Money};

use crate::screens::staff::asked::{instant, micros};

/// The fields as they were sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) amount: String,
    /// Empty for money, else the flavour of GPU-hours.
    pub(super) unit: String,
    /// Empty for all.
    pub(super) flavours: String,
    /// Empty for all.
    pub(super) projects: String,
    pub(super) effective_at: String,
    pub(super) expires_at: String,
    pub(super) reason: String,
    #[serde(skip_serializing)]
    pub(super) idempotency_key: String,
}

impl Wanted {
    /// The request, or the field that cannot be read.
    pub(super) fn ask(&self, words: &Words, currency: Currency) -> Result<GrantCredits, Refused> {
        Ok(GrantCredits {
            kind: self.kind.parse().unwrap_or(LotKind::Promo),
            name: self.name.clone(),
            amount: self.read_amount(currency)?,
            flavours: chosen("flavours", &self.flavours)?.into_iter().collect(),
            projects: chosen("projects", &self.projects)?.into_iter().collect(),
            effective_at: instant(words, "effective_at", &self.effective_at)?,
            expires_at: instant(words, "expires_at", &self.expires_at)?,
            priority: None,
            reason: self.reason.clone(),
        })
    }

    fn read_amount(&self, currency: Currency) -> Result<Amount, Refused> {
        let micros = micros("amount", &self.amount)?;
        let flavour: Option<FlavourId> = chosen("unit", &self.unit)?;
        Ok(match flavour {
            None => Amount::Money(Money { micros, currency }),
            // Hours with at most six decimals; a part of a second is not granted.
            Some(flavour) => {
                let seconds = i128::from(micros) * 3600 / i128::from(MICROS_PER_UNIT);
                Amount::GpuSeconds { flavour, seconds: i64::try_from(seconds).unwrap_or(i64::MAX) }
            }
        })
    }

    /// The address of the form with these fields in it.
    pub(super) fn address(&self, slug: &str) -> String {
        format!("/staff/grants/{slug}?{}#grant", serde_urlencoded::to_string(self).unwrap_or_default())
    }

    /// All fields with their names, for a form that only confirms.
    pub(super) fn fields(&self) -> [(&'static str, &str); 9] {
        [
            ("kind", &self.kind),
            ("name", &self.name),
            ("amount", &self.amount),
            ("unit", &self.unit),
            ("flavours", &self.flavours),
            ("projects", &self.projects),
            ("effective_at", &self.effective_at),
            ("expires_at", &self.expires_at),
            ("reason", &self.reason),
        ]
    }
}

fn chosen<T: std::str::FromStr>(field: &'static str, text: &str) -> Result<Option<T>, Refused> {
    let wrong = |_| Refused::from(domain::Error::Invalid { field, rule: domain::Rule::Known });
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(wrong) }
}

#[cfg(test)]
mod tests {
    use messages::Locale;

    use super::*;

    #[test]
    fn gpu_hours_are_granted_in_whole_seconds() {
        let flavour: FlavourId = FlavourId::from_uuid(types::new_uuid(types::Timestamp::from_second(0)));
        let wanted = Wanted { amount: "1.5".into(), unit: flavour.to_string(), ..Wanted::default() };
        let ask = wanted.ask(&Words::new(Locale::En, "UTC"), Currency::Mad).unwrap();
        assert_eq!(ask.amount, Amount::GpuSeconds { flavour, seconds: 5_400 });
    }
}
