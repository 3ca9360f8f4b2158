//! What the bot says, in both languages.

use std::sync::OnceLock;

use wording::{Catalogue, Lang, Value, one_line};

/// Characters of a foreign text within a sentence.
const SHOWN: usize = 120;

fn catalogue(lang: Lang) -> &'static Catalogue {
    static RU: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    let (cell, own) = match lang {
        Lang::Ru => (&RU, include_str!("../messages/ru.ftl")),
        Lang::En => (&EN, include_str!("../messages/en.ftl")),
    };
    cell.get_or_init(|| {
        let sources = [wording::common_messages(lang), own];
        Catalogue::new(lang, &sources).expect("a test builds the catalogue in both languages")
    })
}

/// The words for one reader.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub Lang);

impl Words {
    /// A message.
    pub fn text(self, id: &str) -> String {
        catalogue(self.0).text(id, &[])
    }

    /// A message with values for its variables.
    pub fn say(self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        catalogue(self.0).text(id, args)
    }

    /// A message about something that has a name.
    pub fn named(self, id: &str, name: &str) -> String {
        self.say(id, &[("name", Value::Text(one_line(name, SHOWN).into()))])
    }

    /// A word that the program knows by its name.
    pub fn word(self, kind: &str, name: &str) -> String {
        self.text(&format!("{kind}-{}", name.replace('_', "-")))
    }
}

#[cfg(test)]
mod tests {
    use app::life::decision::Cause;

    use super::*;

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        let (ru, en) = (catalogue(Lang::Ru), catalogue(Lang::En));
        assert_eq!(ru.ids(), en.ids());
        for id in ru.ids() {
            assert_eq!(ru.variables(id), en.variables(id), "{id}");
        }
        for cause in Cause::ALL {
            let id = format!("bot-cause-{}", cause.as_str().replace('_', "-"));
            assert!(ru.has(&id), "{id}");
        }
    }
}
