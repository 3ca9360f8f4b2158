//! Lengths of time: `01:33:10`, `1 day, 8:01:02`, `3 мин 20 с`, `200`.

/// Seconds; none where the text is no length of time.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    if let Some(seconds) = seconds(&text) {
        return Some(seconds);
    }
    // ISO 8601, as OpenDocument sheets write it: PT01H33M10S.
    if let Some(iso) = text.strip_prefix("pt") {
        return with_units(iso);
    }
    match text.find(':') {
        Some(_) => with_colons(&text),
        None => with_units(&text),
    }
}

fn seconds(text: &str) -> Option<f64> {
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    let value: f64 = plain.then(|| text.replace(',', "."))?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// `h:m:s` or `m:s`, with days in front.
fn with_colons(text: &str) -> Option<f64> {
    let clock_start = text
        .rfind(|c: char| c.is_whitespace())
        .map_or(0, |at| at + 1);
    let days = match text[..clock_start].trim().trim_end_matches(',') {
        "" => 0.0,
        days => with_units(days)?,
    };
    let parts: Option<Vec<f64>> = text[clock_start..].split(':').map(seconds).collect();
    match parts?.as_slice() {
        [h, m, s] if *m < 60.0 && *s < 60.0 => Some(days + h * 3600.0 + m * 60.0 + s),
        [m, s] if *s < 60.0 => Some(days + m * 60.0 + s),
        _ => None,
    }
}

/// Numbers with words after them.
fn with_units(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let unit_start = rest.find(|c: char| c.is_alphabetic())?;
        let value = seconds(rest[..unit_start].trim())?;
        let unit = &rest[unit_start..];
        let unit_end = unit
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(unit.len());
        total += value * factor(&unit[..unit_end])?;
        rest = unit[unit_end..].trim_start_matches(['.', ',']).trim_start();
    }
    (total.is_finite() && !text.is_empty()).then_some(total)
}

fn factor(unit: &str) -> Option<f64> {
    Some(match unit {
        "d" | "day" | "days" | "д" | "дн" | "день" | "дня" | "дней" => 86_400.0,
        "h" | "hr" | "hrs" | "hour" | "hours" | "ч" | "час" | "часа" | "часов" => {
            3600.0
        }
        "m" | "min" | "mins" | "minute" | "minutes" | "м" | "мин" | "минут" | "минута"
        | "минуты" => 60.0,
        "s" | "sec" | "secs" | "second" | "seconds" | "с" | "сек" | "секунд" | "секунда"
        | "секунды" => 1.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_many_forms() {
        for (text, expected) in [
            ("01:33:10", 5590.0),
            ("33:10", 1990.0),
            ("0:00:00", 0.0),
            ("1 day, 8:01:02", 115_262.0),
            ("203 days, 22:00:16", 17_618_416.0),
            ("200", 200.0),
            ("200,5", 200.5),
            ("1h 3m 5s", 3785.0),
            ("3 мин. 20 с", 200.0),
            ("2 Ч", 7200.0),
            ("PT01H33M10S", 5590.0),
        ] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        for bad in ["", "час", "1:75", "1:2:3:4", "-5", "12 попугаев", "1:", ":"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
