//! Kubernetes' quantities (`500m`, `1.5Gi`, `2e3`) as whole numbers.

use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

/// Thousandths of the quantity's unit, rounded up as the scheduler does; none when it is not a quantity.
pub(crate) fn thousandths(quantity: &Quantity) -> Option<i64> {
    let text = quantity.0.trim();
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '.' | '+' | '-')).unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let (up, down) = scale(suffix)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let down = down.checked_mul(10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?)?;
    let exact = digits.checked_mul(up)?.checked_mul(1000)?;
    i64::try_from(exact.div_euclid(down) + i128::from(exact.rem_euclid(down) != 0)).ok()
}

/// Whole units of the quantity, rounded up; none when it is not a quantity.
pub(crate) fn whole(quantity: &Quantity) -> Option<i64> {
    thousandths(quantity).map(|value| value.div_euclid(1000) + i64::from(value.rem_euclid(1000) != 0))
}

/// The quantity of `value` thousandths.
pub(crate) fn of_millis(value: i64) -> Quantity {
    Quantity(if value % 1000 == 0 { format!("{}", value / 1000) } else { format!("{value}m") })
}

/// The quantity of `value` whole units.
pub(crate) fn of_units(value: i64) -> Quantity {
    Quantity(value.to_string())
}

/// What a suffix multiplies and divides by.
fn scale(suffix: &str) -> Option<(i128, i128)> {
    let binary = |power: u32| (1_i128 << (10 * power), 1);
    let decimal = |power: u32| (10_i128.pow(power), 1);
    Some(match suffix {
        "" => (1, 1),
        "n" => (1, 1_000_000_000),
        "u" => (1, 1_000_000),
        "m" => (1, 1000),
        "k" => decimal(3),
        "M" => decimal(6),
        "G" => decimal(9),
        "T" => decimal(12),
        "P" => decimal(15),
        "E" => decimal(18),
        "Ki" => binary(1),
        "Mi" => binary(2),
        "Gi" => binary(3),
        "Ti" => binary(4),
        "Pi" => binary(5),
        "Ei" => binary(6),
        exponent => return exponential(exponent.strip_prefix(['e', 'E'])?),
    })
}

fn exponential(exponent: &str) -> Option<(i128, i128)> {
    let exponent: i32 = exponent.parse().ok()?;
    let power = 10_i128.checked_pow(exponent.unsigned_abs())?;
    Some(if exponent < 0 { (1, power) } else { (power, 1) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_is_read() {
        for (text, expected) in [
            ("0", 0),
            ("2", 2_000),
            ("500m", 500),
            ("1.5", 1_500),
            ("1.5Gi", 1_610_612_736_000),
            ("64Ki", 65_536_000),
            ("2e3", 2_000_000),
            ("1E2", 100_000),
            ("1500e-3", 1_500),
            ("100n", 1),
        ] {
            assert_eq!(thousandths(&Quantity(text.into())), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for text in ["", "Gi", "1Zi", "1.2.3", "one", "9999999Ei", "1e99"] {
            assert_eq!(thousandths(&Quantity(text.into())), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in 0_i64..1_000_000_000_000) {
            prop_assert_eq!(thousandths(&of_millis(value)), Some(value));
            prop_assert_eq!(whole(&of_units(value)), Some(value));
        }
    }
}
