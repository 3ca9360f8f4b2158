//! A change between two periods in words: which way, and whether it may as well be chance.

use ::figures::{Change, Told};
use wording::percent;

use super::Words;
use super::table::Cell;

/// The word for what a change tells, as messages name it.
fn word(told: Told) -> &'static str {
    match told {
        Told::TooLittleData => "little-data",
        Told::Chance => "chance",
        Told::Look => "look",
        Told::Sure => "sure",
    }
}

/// Which way it went.
fn way(change: &Change) -> &'static str {
    match change.rates() {
        (Some(before), Some(after)) if after < before => "fewer",
        (Some(before), Some(after)) if after > before => "more",
        _ => "same",
    }
}

/// The change in words; below, how often chance alone makes such a one.
pub(super) fn told(words: Words, change: &Change) -> Cell {
    let told = change.told();
    let said = match (told, way(change)) {
        (Told::TooLittleData, _) => words.text("change-little-data"),
        (_, "same") => words.text("change-same"),
        (_, way) => words.text(&format!("change-{way}-{}", word(told))),
    };
    let chance = match (told, change.chance()) {
        (Told::Sure, _) => words.text("change-chance-least"),
        (Told::Look | Told::Chance, Some(chance)) if way(change) != "same" => {
            let shown = percent(chance, 0, words.0);
            words.say("change-chance", &[("share", shown.into())])
        }
        _ => String::new(),
    };
    Cell::text(said).small(chance).strong(told == Told::Sure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_has_words() {
        let words = Words(wording::Lang::Ru);
        for told in [Told::Chance, Told::Look, Told::Sure] {
            for way in ["fewer", "more"] {
                let id = format!("change-{way}-{}", word(told));
                assert!(words.has(&id), "{id}");
            }
        }
        let change = |findings, deals| Change { findings, deals };
        for (one, said) in [
            (change((8, 0), (0, 50)), "мало данных"),
            (change((8, 8), (50, 50)), "не изменилось"),
            (change((8, 7), (50, 50)), "↓ в пределах случайного"),
            (change((8, 0), (50, 50)), "↓ похоже, стало меньше"),
            (change((5, 40), (50, 50)), "↑ стало больше"),
        ] {
            assert_eq!(told(words, &one).shown(&words), said);
        }
    }
}
