//! Resource quantities (`500m`, `2Gi`, `8`) in thousandths, and sums of them by resource name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Amounts by resource name, in thousandths of the unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amounts(pub(crate) BTreeMap<String, i128>);

impl Amounts {
    /// Reads a map of quantities; what is not a quantity counts as nothing.
    pub(crate) fn read(map: Option<&Value>) -> Self {
        let entries = map.and_then(Value::as_object).into_iter().flatten();
        Self(entries.filter_map(|(name, quantity)| Some((name.clone(), amount(quantity)?))).collect())
    }

    pub(crate) fn get(&self, name: &str) -> i128 {
        self.0.get(name).copied().unwrap_or(0)
    }

    pub(crate) fn add(&mut self, name: impl Into<String>, amount: i128) {
        *self.0.entry(name.into()).or_default() += amount;
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        for (name, amount) in &other.0 {
            self.add(name.as_str(), *amount);
        }
    }

    /// Takes `other` away; names that reach nothing are forgotten.
    pub(crate) fn take_all(&mut self, other: &Self) {
        for (name, amount) in &other.0 {
            self.add(name.as_str(), -amount);
        }
        self.0.retain(|_, amount| *amount != 0);
    }

    /// The map Kubernetes would write.
    pub(crate) fn write(&self) -> Value {
        Value::Object(
            self.0.iter().map(|(name, amount)| (name.clone(), write(name, *amount).into())).collect::<Map<_, _>>(),
        )
    }
}

/// Thousandths of a JSON quantity, rounded up; none when it is not one.
pub(crate) fn amount(quantity: &Value) -> Option<i128> {
    match quantity {
        Value::String(text) => parse(text),
        Value::Number(number) => parse(&number.to_string()),
        _ => None,
    }
}

/// Thousandths of a quantity's text, rounded up; none when it is not one.
pub(crate) fn parse(text: &str) -> Option<i128> {
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (digits, suffix) = text.split_at(split);
    let (numerator, denominator) = factor(suffix)?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = 10i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let value: i128 = format!("{whole}{fraction}").parse().ok()?;
    let dividend = value.checked_mul(numerator)?.checked_mul(1000)?;
    let divisor = denominator.checked_mul(scale)?;
    Some(dividend.div_euclid(divisor) + i128::from(dividend.rem_euclid(divisor) != 0))
}

/// `amount` thousandths of `resource` the way people write it.
pub(crate) fn write(resource: &str, amount: i128) -> String {
    if amount % 1000 != 0 {
        return format!("{amount}m");
    }
    let whole = amount / 1000;
    let bytes = resource.ends_with("memory") || resource.ends_with("storage");
    let units = [("Ti", 1i128 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)];
    let unit = units.iter().find(|(_, size)| bytes && whole != 0 && whole % size == 0);
    unit.map_or_else(|| whole.to_string(), |(name, size)| format!("{}{name}", whole / size))
}

fn factor(suffix: &str) -> Option<(i128, i128)> {
    let decimal = |power: u32| (10i128.pow(power), 1);
    Some(match suffix {
        "n" => (1, 1_000_000_000),
        "u" => (1, 1_000_000),
        "m" => (1, 1000),
        "" => (1, 1),
        "k" => decimal(3),
        "M" => decimal(6),
        "G" => decimal(9),
        "T" => decimal(12),
        "P" => decimal(15),
        "E" => decimal(18),
        "Ki" => (1 << 10, 1),
        "Mi" => (1 << 20, 1),
        "Gi" => (1 << 30, 1),
        "Ti" => (1 << 40, 1),
        "Pi" => (1 << 50, 1),
        "Ei" => (1 << 60, 1),
        _ => exponent(suffix)?,
    })
}

fn exponent(suffix: &str) -> Option<(i128, i128)> {
    let power: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    let size = 10i128.checked_pow(power.unsigned_abs()).filter(|_| power.abs() <= 18)?;
    Some(if power < 0 { (1, size) } else { (size, 1) })
}

#[cfg(test)]
mod tests {
    use super::{parse, write};

    #[test]
    fn quantities_of_every_suffix_are_read_as_thousandths() {
        let cases = [
            ("500m", 500),
            ("2", 2000),
            ("1.5", 1500),
            ("1Ki", 1_024_000),
            ("2k", 2_000_000),
            ("1e3", 1_000_000),
            ("1n", 1),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        assert_eq!(parse("lots"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn amounts_are_written_in_the_largest_exact_unit() {
        assert_eq!(write("requests.memory", 3 * 1000 * (1 << 30)), "3Gi");
        assert_eq!(write("cpu", 2500), "2500m");
        assert_eq!(write("requests.nvidia.com/gpu", 2000), "2");
        assert_eq!(write("memory", 0), "0");
    }
}
