//! Amounts as people and programs write them: `€ 3.500,00`, `1 250 000 ₽`, `$1,117.10K`.

/// An amount, and whether it could have been read otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Amount {
    pub value: f64,
    /// One separator with three digits after it: `3.500` was taken for 3500.
    pub ambiguous: bool,
}

/// Words that may stand beside a number without changing it.
const UNITS: [&str; 18] = [
    "руб",
    "рублей",
    "р",
    "тг",
    "тенге",
    "грн",
    "бел",
    "сум",
    "сом",
    "сек",
    "с",
    "шт",
    "kč",
    "kr",
    "zł",
    "lei",
    "s",
    "sec",
];

/// Reads an amount; `decimal` is the mark before the fraction where it is known.
pub(crate) fn parse(text: &str, decimal: Option<char>) -> Option<Amount> {
    let mut digits = String::new();
    let mut word = String::new();
    let mut factor = 1.0;
    let mut negative = false;
    for c in text.trim().chars() {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            factor *= unit(&word, !digits.is_empty())?;
            // The dot of «руб.» and «тыс.» is the word's.
            word.clear();
            if c == '.' {
                continue;
            }
        }
        match c {
            '0'..='9' | '.' | ',' => digits.push(c),
            '-' | '−' | '–' | '(' if digits.is_empty() && !negative => negative = true,
            '+' if digits.is_empty() => {}
            ')' if negative => {}
            // An apostrophe is a Swiss thousands mark.
            '\'' | '’' => digits.push(' '),
            c if c.is_whitespace() => digits.push(' '),
            c if is_currency_sign(c) => {}
            _ => return None,
        }
    }
    if !word.is_empty() {
        factor *= unit(&word, !digits.is_empty())?;
    }
    let (value, ambiguous) = plain(digits.trim(), decimal)?;
    let value = value * factor * if negative { -1.0 } else { 1.0 };
    Some(Amount { value, ambiguous })
}

/// The factor a word stands for; none where the word has no business beside a number.
fn unit(word: &str, after_number: bool) -> Option<f64> {
    let lower = word.to_lowercase();
    if after_number {
        match lower.as_str() {
            "k" | "к" | "тыс" => return Some(1e3),
            "m" | "mln" | "млн" => return Some(1e6),
            "bn" | "млрд" => return Some(1e9),
            _ => {}
        }
    }
    let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    (code || UNITS.contains(&lower.as_str())).then_some(1.0)
}

fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '\u{20a0}'..='\u{20cf}')
}

/// Digits with separators, nothing else.
fn plain(digits: &str, decimal: Option<char>) -> Option<(f64, bool)> {
    let dots = digits.matches('.').count();
    let commas = digits.matches(',').count();
    let (mark, ambiguous) = match decimal {
        Some(mark) => (Some(mark), false),
        None if dots > 0 && commas > 0 => {
            // The later one stands before the fraction.
            let later = digits.rfind('.') > digits.rfind(',');
            (Some(if later { '.' } else { ',' }), false)
        }
        None if dots + commas == 1 => lone_separator(digits),
        None => (None, false),
    };
    let (whole, fraction) = match mark.and_then(|mark| digits.rsplit_once(mark)) {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = ungroup(whole)?;
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let value: f64 = format!("0{whole}.{fraction}0").parse().ok()?;
    value.is_finite().then_some((value, ambiguous))
}

/// One dot or comma: the mark before a fraction unless exactly three digits follow.
fn lone_separator(digits: &str) -> (Option<char>, bool) {
    let Some(at) = digits.find(['.', ',']) else {
        return (None, false);
    };
    let (before, after) = (digits[..at].trim(), &digits[at + 1..]);
    let grouped = after.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
    if grouped {
        return (None, true);
    }
    (digits[at..].chars().next(), false)
}

/// The digits of a whole number whose groups of three may be parted.
fn ungroup(whole: &str) -> Option<String> {
    let mut groups = whole.split([' ', '.', ',']);
    let mut digits = groups.next()?.to_owned();
    for group in groups {
        if group.len() != 3 || digits.is_empty() {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<f64> {
        parse(text, None).map(|amount| amount.value)
    }

    #[test]
    fn amounts_of_many_forms() {
        let cases = [
            ("1000", 1000.0),
            ("€ 3.500,00", 3500.0),
            ("€ 11500,00", 11500.0),
            ("1\u{a0}250\u{a0}000 ₽", 1_250_000.0),
            ("1 250 000,50 руб.", 1_250_000.5),
            ("$22,700.00", 22_700.0),
            ("$1,117.10K", 1_117_100.0),
            ("1,5 млн", 1_500_000.0),
            ("12 тыс. руб.", 12_000.0),
            ("(1,200.00)", -1200.0),
            ("-5", -5.0),
            ("EUR 12", 12.0),
            ("CHF 1'250.00", 1250.0),
            ("0,125", 0.125),
            ("12.5", 12.5),
            ("1.234.567", 1_234_567.0),
            ("10000.125", 10000.125),
        ];
        for (text, expected) in cases {
            let read = value(text);
            let near = read.is_some_and(|v| (v - expected).abs() < 1e-6);
            assert!(near, "{text}: {read:?}, expected {expected}");
        }
    }

    #[test]
    fn what_is_no_amount() {
        for bad in [
            "", "нет", "12abc", "1-2", "12 5", "1.2.3", ",", ".", "1 25", "10 %", "--5",
        ] {
            assert_eq!(value(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn three_digits_after_one_mark_may_mean_either() {
        let doubtful = parse("3.500", None).expect("a number");
        assert!(doubtful.ambiguous && doubtful.value == 3500.0);
        let named = parse("3.500", Some('.')).expect("a number");
        assert!(!named.ambiguous && named.value == 3.5);
        assert_eq!(parse("3.500", Some(',')).expect("a number").value, 3500.0);
    }
}
