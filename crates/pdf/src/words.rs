//! The few words that paper adds to a document.

use std::sync::LazyLock;

use wording::{Catalogue, Lang, Value};

/// The messages of documents on paper in a language.
fn catalogue(lang: Lang) -> &'static Catalogue {
    static RU: LazyLock<Catalogue> = LazyLock::new(|| build(Lang::Ru));
    static EN: LazyLock<Catalogue> = LazyLock::new(|| build(Lang::En));
    match lang {
        Lang::Ru => &RU,
        Lang::En => &EN,
    }
}

fn build(lang: Lang) -> Catalogue {
    let own = match lang {
        Lang::Ru => include_str!("../messages/ru.ftl"),
        Lang::En => include_str!("../messages/en.ftl"),
    };
    Catalogue::new(lang, &[own]).expect("a test builds the catalogue in both languages")
}

/// A message.
pub(crate) fn text(lang: Lang, id: &str, args: &[(&str, Value<'_>)]) -> String {
    catalogue(lang).text(id, args)
}

/// «стр. 3 из 12» in three parts: before the page, between, and after the number of pages, which the
/// typesetter alone knows.
pub(crate) fn page_of(lang: Lang) -> [String; 3] {
    const HOLE: &str = "\u{FFFC}";
    let said = text(
        lang,
        "page-of",
        &[("page", HOLE.into()), ("pages", HOLE.into())],
    );
    let mut parts = said.splitn(3, HOLE).map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        let (ru, en) = (catalogue(Lang::Ru), catalogue(Lang::En));
        assert_eq!(ru.ids(), en.ids());
        for id in ru.ids() {
            assert_eq!(ru.variables(id), en.variables(id), "{id}");
        }
    }

    #[test]
    fn the_page_stands_between_its_words() {
        assert_eq!(page_of(Lang::Ru), ["стр. ", " из ", ""]);
        assert_eq!(page_of(Lang::En), ["page ", " of ", ""]);
    }
}
