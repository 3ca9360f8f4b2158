//! What the text of a cell means: an instant, an amount, a length of time.

pub(crate) mod duration;
pub(crate) mod moment;
pub(crate) mod number;

/// The largest whole number that a spreadsheet's numbers hold to the last digit.
pub(crate) const EXACT_UP_TO: f64 = 9_007_199_254_740_992.0;

/// Whether an id has come through a spreadsheet's numbers and lost digits there:
/// written like `5,80503E+18`.
pub(crate) fn is_mangled_id(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let Some(power) = exponent.strip_prefix('+') else {
        return false;
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = mantissa.split_once([',', '.']).unwrap_or((mantissa, "0"));
    digits(whole) && whole.len() == 1 && digits(part) && digits(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_a_spreadsheet_has_shortened_is_recognised() {
        for bad in ["5.80503E+18", "5,80503E+18", "1E+20"] {
            assert!(is_mangled_id(bad), "{bad}");
        }
        for good in [
            "5805028000056864695",
            "AE+1",
            "12E+3",
            "E+5",
            "1E5",
            "Сделка",
        ] {
            assert!(!is_mangled_id(good), "{good}");
        }
    }
}
