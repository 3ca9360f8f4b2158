//! The words that everybody shares, and the few of them that this crate prints itself.

use std::sync::LazyLock;

use crate::{Catalogue, Lang};

/// The common vocabulary as a Fluent text, to be put beside one's own messages:
/// `Catalogue::new(lang, &[common_messages(lang), own])`.
///
/// - `severity-remark`, `severity-violation`, `severity-gross`, each with `.count` (`$count`):
///   «3 замечания»;
/// - `lamp-green`, `lamp-yellow`, `lamp-red`, `lamp-little-data`, each with `.shape` and `.word`:
///   «▲ жёлтый», «▲», «жёлтый»;
/// - `borderline` («на границе»), `part-of-whole` (`$part`, `$whole`: «7 из 12»);
/// - `working-time` (`$duration`), `unit-day`, `unit-hour`, `unit-minute`, `unit-second`;
/// - `month-short-1` to `-12` (as after a day: «14 мая»), `weekday-short-1` (Monday) to `-7`;
/// - `kind-created`, `kind-call_in` and so on: the kinds of events in a deal.
pub fn common_messages(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => include_str!("../messages/ru.ftl"),
        Lang::En => include_str!("../messages/en.ftl"),
    }
}

/// The common vocabulary alone, ready to speak.
pub fn common(lang: Lang) -> &'static Catalogue {
    &vocabulary(lang).catalogue
}

/// Short names and units, taken out of the catalogue once.
pub(crate) struct Words {
    /// January first.
    pub months: [String; 12],
    /// Monday first.
    pub weekdays: [String; 7],
    pub day: String,
    pub hour: String,
    pub minute: String,
    pub second: String,
}

pub(crate) fn words(lang: Lang) -> &'static Words {
    &vocabulary(lang).words
}

struct Vocabulary {
    catalogue: Catalogue,
    words: Words,
}

static RU: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(Lang::Ru));
static EN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(Lang::En));

fn vocabulary(lang: Lang) -> &'static Vocabulary {
    match lang {
        Lang::Ru => &RU,
        Lang::En => &EN,
    }
}

impl Vocabulary {
    fn new(lang: Lang) -> Vocabulary {
        let catalogue = Catalogue::new(lang, &[common_messages(lang)])
            .expect("the embedded messages are checked by a test");
        let word = |id: &str| catalogue.text(id, &[]);
        let words = Words {
            months: std::array::from_fn(|at| word(&format!("month-short-{}", at + 1))),
            weekdays: std::array::from_fn(|at| word(&format!("weekday-short-{}", at + 1))),
            day: word("unit-day"),
            hour: word("unit-hour"),
            minute: word("unit-minute"),
            second: word("unit-second"),
        };
        Vocabulary { catalogue, words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn both_languages_say_the_same_with_the_same_variables() {
        let (ru, en) = (common(Lang::Ru), common(Lang::En));
        assert_eq!(ru.ids(), en.ids());
        for id in ru.ids() {
            assert_eq!(ru.variables(id), en.variables(id), "{id}");
        }
    }

    #[test]
    fn every_word_is_there() {
        for lang in Lang::ALL {
            let words = words(lang);
            let units = [&words.day, &words.hour, &words.minute, &words.second];
            for word in words.months.iter().chain(&words.weekdays).chain(units) {
                assert!(
                    word.chars().all(char::is_alphabetic) && !word.is_empty(),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn severities_and_lamps() {
        let ru = common(Lang::Ru);
        let count = |id: &str, n| ru.text(id, &[("count", Value::Count(n))]);
        assert_eq!(count("severity-remark.count", 21), "21 замечание");
        assert_eq!(count("severity-violation.count", 3), "3 нарушения");
        assert_eq!(count("severity-gross.count", 0), "0 грубых нарушений");
        assert_eq!(ru.text("severity-gross", &[]), "грубое нарушение");
        assert_eq!(ru.text("lamp-yellow", &[]), "▲ жёлтый");
        assert_eq!(ru.text("lamp-little-data", &[]), "○ мало данных");
        assert_eq!(ru.text("lamp-red.shape", &[]), "■");
        assert_eq!(ru.text("borderline", &[]), "на границе");
        assert_eq!(common(Lang::En).text("lamp-green", &[]), "● green");
    }
}
