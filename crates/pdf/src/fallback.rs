//! A program that was built without Node.js: whole documents in the fonts that typst brings along.

#[path = "../tests/pdf/opened.rs"]
#[expect(dead_code, reason = "other tests ask it more")]
mod opened;
#[path = "../tests/pdf/sample.rs"]
mod sample;

use jiff::Timestamp;
use opened::{Opened, squeezed};

use crate::fonts::Fonts;
use crate::picture::picture_in;
use crate::{Options, typeset_in};

#[test]
fn a_whole_document_in_the_fonts_that_typst_brings_along() {
    let fonts = Fonts::choose(&[]);
    let options = Options {
        made_at: Timestamp::UNIX_EPOCH,
        base: None,
    };
    let bytes = typeset_in(&fonts, &sample::week(), &options).unwrap();
    let opened = Opened::read(&bytes);
    let text = squeezed(&opened.text());
    for words in [
        "Отчёт за неделю",
        "ООО «Окна Севера», неделя 13 – 19 апр 2026",
        "▲ жёлтый",
        "○ мало данных",
        "3 120 000 ₽",
        "Александра Константинова-Преображенская",
        "Задача просрочена",
        "стр. 1 из ",
    ] {
        assert!(text.contains(&squeezed(words)), "no «{words}» in\n{text}");
    }
    // Of all that stands in it these fonts lack an emoji alone.
    let lacking: Vec<&str> = text.split('\u{FFFD}').collect();
    assert!(
        lacking.len() == 2 && lacking[0].ends_with("Гареев"),
        "{text}"
    );
    let families = ["Libertinus", "DejaVu"];
    for (name, is_embedded) in opened.fonts() {
        let own = families.iter().any(|family| name.contains(family));
        assert!(is_embedded && own, "{name}");
    }
    let chart = sample::lines().picture(wording::Lang::Ru, Some("#fff"));
    let words = picture_in(&fonts, &chart, 720).unwrap();
    let other = chart.replace("апр", "мая");
    assert_ne!(picture_in(&fonts, &other, 720).unwrap(), words);
}
