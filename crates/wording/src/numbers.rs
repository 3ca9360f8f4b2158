//! Numbers, money, shares and the form of the word after a number.
//!
//! A number is rounded as by hand: on its shortest decimal notation, half away from zero.
//! So 0.285 is 29 %, although the nearest binary fraction lies a little below it.

use crate::Lang;
use crate::line::one_line;

/// Between thousands in Russian: thin, and the line does not break there.
const THIN_SPACE: char = '\u{202F}';
/// Between a number and its unit.
pub(crate) const HARD_SPACE: char = '\u{A0}';
pub(crate) const MINUS: char = '\u{2212}';
/// Printed for what is not a number, or not a finite one.
pub(crate) const NO_NUMBER: &str = "—";
/// More digits than that tell nothing, and `f64` does not hold them.
const MOST_DIGITS: usize = 20;

/// A whole number with its thousands parted: `1 250 000` (U+202F), `1,250,000`.
pub fn integer(n: i64, lang: Lang) -> String {
    signed(n < 0, &grouped(&n.unsigned_abs().to_string(), lang))
}

/// A number with exactly `digits` digits (at most 20) after the comma or point.
/// A number that is not finite gives «—»; there is no minus before a zero.
pub fn decimal(x: f64, digits: usize, lang: Lang) -> String {
    let Some(rounded) = Rounded::new(x, 0, digits) else {
        return NO_NUMBER.to_owned();
    };
    rounded.print(digits, true, lang)
}

/// An amount in hundredths of the currency's unit; hundredths are shown only when there are any:
/// `1 250 000 ₽`, `99,50 ₽`, in English `₽1,250,000`.
///
/// `currency` is an ISO 4217 code; one without a sign of its own is printed as it is:
/// `100 CHF`, in English `CHF 100`.
pub fn money(hundredths: i64, currency: &str, lang: Lang) -> String {
    let (units, rest) = (
        hundredths.unsigned_abs() / 100,
        hundredths.unsigned_abs() % 100,
    );
    let mut amount = grouped(&units.to_string(), lang);
    if rest != 0 {
        amount.push(decimal_mark(lang));
        amount.push_str(&format!("{rest:02}"));
    }
    let sign = currency_sign(currency);
    let text = match lang {
        _ if sign.is_empty() => amount,
        Lang::Ru => format!("{amount}{HARD_SPACE}{sign}"),
        Lang::En if sign.ends_with(char::is_alphanumeric) => format!("{sign}{HARD_SPACE}{amount}"),
        Lang::En => format!("{sign}{amount}"),
    };
    signed(hundredths < 0, &text)
}

/// A share as a percentage: 0.71 is `71 %`, in English `71%`.
/// A share that is not finite gives «—».
pub fn percent(share: f64, digits: usize, lang: Lang) -> String {
    let Some(rounded) = Rounded::new(share, 2, digits) else {
        return NO_NUMBER.to_owned();
    };
    let number = rounded.print(digits, true, lang);
    match lang {
        Lang::Ru => format!("{number}{HARD_SPACE}%"),
        Lang::En => format!("{number}%"),
    }
}

/// The form of a word that goes with a number, without the number. The forms are those for one,
/// few and many: `("замечание", "замечания", "замечаний")` for 1, 2 and 5. English takes the first
/// for one and the third for the rest.
pub fn plural<'a>(n: i64, lang: Lang, forms: (&'a str, &'a str, &'a str)) -> &'a str {
    let n = n.unsigned_abs();
    match lang {
        Lang::Ru => match (n % 10, n % 100) {
            (1, tail) if tail != 11 => forms.0,
            (2..=4, tail) if !(12..=14).contains(&tail) => forms.1,
            _ => forms.2,
        },
        Lang::En if n == 1 => forms.0,
        Lang::En => forms.2,
    }
}

/// A number with at least `least` and at most `most` digits after the mark, without spare zeros.
pub(crate) fn flexible(x: f64, least: usize, most: usize, thousands: bool, lang: Lang) -> String {
    match Rounded::new(x, 0, most.max(least)) {
        Some(rounded) => rounded.print(least, thousands, lang),
        None => NO_NUMBER.to_owned(),
    }
}

/// The number that is left when it has been rounded to so many digits.
pub(crate) fn round_to(x: f64, digits: usize) -> f64 {
    match Rounded::new(x, 0, digits) {
        Some(rounded) => {
            let sign = if rounded.negative { "-" } else { "" };
            format!("{sign}{}.{}0", rounded.whole, rounded.fraction)
                .parse()
                .unwrap_or(x)
        }
        None => x,
    }
}

/// Puts the minus before a text that needs one.
pub(crate) fn signed(negative: bool, text: &str) -> String {
    if negative {
        format!("{MINUS}{text}")
    } else {
        text.to_owned()
    }
}

/// A finite number in decimal digits, rounded.
struct Rounded {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Rounded {
    /// The number times ten to the power of `shift`; the point moves, no digit is computed.
    fn new(x: f64, shift: usize, digits: usize) -> Option<Rounded> {
        if !x.is_finite() {
            return None;
        }
        let text = x.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let mut point = whole.len() + shift;
        let kept = point + digits.min(MOST_DIGITS);
        let up = all.get(kept).is_some_and(|next| *next >= b'5');
        all.resize(kept, b'0');
        if up {
            let nines = all.iter().rev().take_while(|digit| **digit == b'9').count();
            all[kept - nines..].fill(b'0');
            match all[..kept - nines].last_mut() {
                Some(digit) => *digit += 1,
                None => {
                    all.insert(0, b'1');
                    point += 1;
                }
            }
        }
        let negative = x < 0.0 && all.iter().any(|digit| *digit != b'0');
        let text: String = all.into_iter().map(char::from).collect();
        let (whole, fraction) = text.split_at(point);
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            significant => significant,
        };
        Some(Rounded {
            negative,
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        })
    }

    fn print(&self, least: usize, thousands: bool, lang: Lang) -> String {
        let mut text = if thousands {
            grouped(&self.whole, lang)
        } else {
            self.whole.clone()
        };
        let needed = self.fraction.trim_end_matches('0').len().max(least);
        let fraction = self.fraction.get(..needed).unwrap_or(&self.fraction);
        if !fraction.is_empty() {
            text.push(decimal_mark(lang));
            text.push_str(fraction);
        }
        signed(self.negative, &text)
    }
}

fn grouped(digits: &str, lang: Lang) -> String {
    let mark = match lang {
        Lang::Ru => THIN_SPACE,
        Lang::En => ',',
    };
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

fn decimal_mark(lang: Lang) -> char {
    match lang {
        Lang::Ru => ',',
        Lang::En => '.',
    }
}

fn currency_sign(code: &str) -> String {
    let sign = match code {
        "RUB" => "₽",
        "USD" => "$",
        "EUR" => "€",
        "KZT" => "₸",
        "BYN" => "Br",
        "UAH" => "₴",
        // The code comes from outside.
        other => return one_line(other, 8),
    };
    sign.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain_spaces;
    use Lang::{En, Ru};

    #[test]
    fn thousands_are_parted() {
        assert_eq!(integer(1_250_000, Ru), "1\u{202F}250\u{202F}000");
        assert_eq!(integer(1_250_000, En), "1,250,000");
        for (n, ru, en) in [
            (0, "0", "0"),
            (7, "7", "7"),
            (999, "999", "999"),
            (1000, "1 000", "1,000"),
            (-1, "−1", "−1"),
            (-999, "−999", "−999"),
            (-123_456, "−123 456", "−123,456"),
            (
                i64::MAX,
                "9 223 372 036 854 775 807",
                "9,223,372,036,854,775,807",
            ),
            (
                i64::MIN,
                "−9 223 372 036 854 775 808",
                "−9,223,372,036,854,775,808",
            ),
        ] {
            assert_eq!(plain_spaces(&integer(n, Ru)), ru);
            assert_eq!(integer(n, En), en);
        }
    }

    #[test]
    fn decimals_are_rounded_as_by_hand() {
        for (x, digits, ru) in [
            (0.0, 0, "0"),
            (0.0, 2, "0,00"),
            (-0.0, 1, "0,0"),
            (-0.004, 2, "0,00"),
            (-0.005, 2, "−0,01"),
            (0.125, 2, "0,13"),
            (2.5, 0, "3"),
            (-2.5, 0, "−3"),
            (1.005, 2, "1,01"),
            (9.99, 1, "10,0"),
            (999.95, 1, "1 000,0"),
            (99_999.5, 0, "100 000"),
            (0.95, 0, "1"),
            (0.5, 0, "1"),
            (0.49, 0, "0"),
            (24.46, 1, "24,5"),
            (1_234_567.891, 2, "1 234 567,89"),
            (1e21, 0, "1 000 000 000 000 000 000 000"),
            (1e-7, 3, "0,000"),
            (3.0, 2, "3,00"),
            (f64::NAN, 1, "—"),
            (f64::NEG_INFINITY, 1, "—"),
        ] {
            assert_eq!(plain_spaces(&decimal(x, digits, Ru)), ru, "{x} to {digits}");
        }
        assert_eq!(decimal(-1234.5, 1, En), "−1,234.5");
        assert_eq!(decimal(0.1, usize::MAX, En).len(), 22);
        assert_eq!(decimal(f64::MAX, 0, En).len(), 309 + 102);
    }

    #[test]
    fn spare_zeros_are_left_out_where_they_may_be() {
        assert_eq!(flexible(24.5, 0, 2, true, Ru), "24,5");
        assert_eq!(flexible(24.0, 0, 2, true, Ru), "24");
        assert_eq!(flexible(24.0, 1, 2, true, Ru), "24,0");
        assert_eq!(flexible(24.999, 0, 2, true, Ru), "25");
        assert_eq!(flexible(24.999, 4, 2, true, Ru), "24,9990");
        assert_eq!(flexible(2026.0, 0, 2, false, Ru), "2026");
        assert_eq!(round_to(-1.005, 2), -1.01);
        assert_eq!(round_to(99.999, 2), 100.0);
        assert_eq!(round_to(7.0, 0), 7.0);
    }

    #[test]
    fn money_shows_hundredths_only_when_there_are_any() {
        assert_eq!(
            money(125_000_000, "RUB", Ru),
            "1\u{202F}250\u{202F}000\u{A0}₽"
        );
        for (hundredths, currency, ru, en) in [
            (0, "RUB", "0 ₽", "₽0"),
            (1, "RUB", "0,01 ₽", "₽0.01"),
            (9950, "USD", "99,50 $", "$99.50"),
            (-9950, "USD", "−99,50 $", "−$99.50"),
            (100_000, "EUR", "1 000 €", "€1,000"),
            (100, "KZT", "1 ₸", "₸1"),
            (100, "BYN", "1 Br", "Br 1"),
            (100, "UAH", "1 ₴", "₴1"),
            (-123_456_700, "CHF", "−1 234 567 CHF", "−CHF 1,234,567"),
            (100, "", "1", "1"),
            (100, "\u{1b}[31mX\n", "1 X", "X 1"),
            (
                i64::MIN,
                "RUB",
                "−92 233 720 368 547 758,08 ₽",
                "−₽92,233,720,368,547,758.08",
            ),
        ] {
            assert_eq!(plain_spaces(&money(hundredths, currency, Ru)), ru);
            assert_eq!(plain_spaces(&money(hundredths, currency, En)), en);
        }
    }

    #[test]
    fn percentages() {
        assert_eq!(percent(0.71, 0, Ru), "71\u{A0}%");
        assert_eq!(percent(0.71, 0, En), "71%");
        for (share, digits, ru) in [
            (0.0, 0, "0 %"),
            (1.0, 0, "100 %"),
            (0.285, 0, "29 %"),
            (0.0005, 1, "0,1 %"),
            (0.0004, 1, "0,0 %"),
            (-0.052, 1, "−5,2 %"),
            (0.9999, 1, "100,0 %"),
            (12.5, 0, "1 250 %"),
            (0.1, 2, "10,00 %"),
            (f64::NAN, 0, "—"),
        ] {
            assert_eq!(
                plain_spaces(&percent(share, digits, Ru)),
                ru,
                "{share} to {digits}"
            );
        }
    }

    #[test]
    fn russian_has_three_forms_and_english_two() {
        let ru = |n| plural(n, Ru, ("замечание", "замечания", "замечаний"));
        for n in [1, 21, 31, 101, 1001, 121, -1, -21] {
            assert_eq!(ru(n), "замечание", "{n}");
        }
        for n in [2, 3, 4, 22, 23, 24, 34, 102, 1004, -2, -24] {
            assert_eq!(ru(n), "замечания", "{n}");
        }
        for n in [
            0, 5, 9, 10, 11, 12, 13, 14, 15, 20, 25, 100, 111, 112, 114, 1011, -5, -11,
        ] {
            assert_eq!(ru(n), "замечаний", "{n}");
        }
        assert_eq!(ru(i64::MIN), "замечаний");
        let en = |n| plural(n, En, ("remark", "?", "remarks"));
        assert_eq!([1, -1].map(en), ["remark"; 2]);
        assert_eq!([0, 2, 11, 21, 101].map(en), ["remarks"; 5]);
    }
}
