//! Numbers of JSON by what they are worth, however they are written and however long they are.

/// Whether two numbers of JSON have the same value.
pub fn same(one: &str, other: &str) -> bool {
    one == other || parts(one).is_some_and(|one| parts(other) == Some(one))
}

/// The sign, the digits without zeros around them, and the power of ten of the last digit.
fn parts(text: &str) -> Option<(bool, String, i64)> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let exponent = exponent.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    Some((negative, significant.to_owned(), exponent.checked_add(i64::try_from(zeros).ok()?)?))
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn the_value_counts_and_not_how_it_is_written() {
        for (one, other, expected) in [
            ("1.10", "1.1", true),
            ("100", "1e2", true),
            ("100", "1E+2", true),
            ("0.001", "1e-3", true),
            ("-0", "0.000", true),
            ("0", "0e999999999999999999999", true),
            ("1e400", "10e399", true),
            ("12345678901234567890", "12345678901234567891", false),
            ("1", "-1", false),
            ("1", "10", false),
            ("0.1", "0.10000000000000000001", false),
        ] {
            assert_eq!(same(one, other), expected, "{one} {other}");
        }
    }
}
