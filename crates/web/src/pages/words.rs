//! What pages say, in both languages.

use std::sync::OnceLock;

use app::permissions::Access;
use wording::{Catalogue, Lang, Value, one_line};

/// Characters of a foreign text shown within a sentence.
const SHOWN: usize = 120;

/// The files of messages, one a page; the same in both languages.
macro_rules! messages {
    ($lang:literal) => {
        messages!($lang:
            "access",
            "admin",
            "board",
            "calls",
            "change",
            "companies",
            "compare",
            "deal",
            "deals",
            "disputes",
            "exemptions",
            "fields",
            "finding",
            "findings",
            "frame",
            "funnel",
            "goals",
            "group",
            "light",
            "load",
            "login",
            "looked",
            "lost",
            "meeting",
            "mine",
            "month",
            "outcomes",
            "person",
            "pipelines",
            "problems",
            "queue",
            "reach",
            "reasons",
            "regulation",
            "reports",
            "reviews",
            "rules",
            "sales",
            "scripts",
            "search",
            "setup",
            "speed",
            "spent",
            "start",
            "tables",
            "telling",
            "trends",
            "what_if",
        )
    };
    ($lang:literal: $($file:literal,)*) => {
        [$(include_str!(concat!("../../messages/", $lang, "/", $file, ".ftl")),)*]
    };
}

fn catalogue(lang: Lang) -> &'static Catalogue {
    static RU: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    let (cell, own) = match lang {
        Lang::Ru => (&RU, messages!("ru")),
        Lang::En => (&EN, messages!("en")),
    };
    cell.get_or_init(|| {
        let mut sources = vec![wording::common_messages(lang)];
        sources.extend(own);
        Catalogue::new(lang, &sources).expect("a test builds the catalogue in both languages")
    })
}

/// The words of a page.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub Lang);

impl Words {
    /// The language's code.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// Whether there is such a message.
    pub fn has(&self, id: &str) -> bool {
        catalogue(self.0).has(id)
    }

    /// A message.
    pub fn text(&self, id: &str) -> String {
        catalogue(self.0).text(id, &[])
    }

    /// A message with values for its variables.
    pub fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        catalogue(self.0).text(id, args)
    }

    /// A message about a number of things.
    pub fn count(&self, id: &str, count: usize) -> String {
        self.say(id, &[("count", Value::Count(count as i64))])
    }

    /// A word that the program knows by its name: `state` and `did_not_know` are `state-did-not-know`.
    pub fn word(&self, kind: &str, name: &str) -> String {
        self.text(&format!("{kind}-{}", name.replace('_', "-")))
    }

    /// A message about something that has a name.
    pub fn named(&self, id: &str, name: &str) -> String {
        let name = Value::Text(one_line(name, SHOWN).into());
        catalogue(self.0).text(id, &[("name", name)])
    }

    /// The words of every cause, for a list of buttons.
    pub fn causes(&self) -> impl Iterator<Item = &'static str> + use<> {
        app::life::decision::Cause::ALL
            .iter()
            .map(|cause| cause.as_str())
    }

    /// What an access is called.
    pub fn access(&self, access: Access) -> String {
        self.word("access", access.name())
    }

    /// What one may do by it.
    pub fn access_help(&self, access: Access) -> String {
        self.text(&format!("access-{}-help", access.name().replace('_', "-")))
    }
}

#[cfg(test)]
mod tests {
    use app::life::decision::{Cause, Outcome};
    use app::life::finding::State;
    use audit::regulation::Severity;

    use super::*;
    use crate::problem::Kind;

    #[test]
    fn every_file_of_messages_is_read() {
        let read: Vec<&str> = messages!("ru").into();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/messages/ru");
        for entry in std::fs::read_dir(folder).expect("messages") {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).expect("messages");
            assert!(read.contains(&text.as_str()), "{}", path.display());
        }
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        let (ru, en) = (catalogue(Lang::Ru), catalogue(Lang::En));
        assert_eq!(ru.ids(), en.ids());
        for id in ru.ids() {
            assert_eq!(ru.variables(id), en.variables(id), "{id}");
        }
    }

    #[test]
    fn nothing_is_without_words() {
        let ru = catalogue(Lang::Ru);
        for access in Access::ALL {
            let id = format!("access-{}", access.name().replace('_', "-"));
            assert!(ru.has(&id) && ru.has(&format!("{id}-help")), "{id}");
        }
        for kind in Kind::ALL {
            let id = format!("problem-{}", kind.name());
            assert!(ru.has(&id) && ru.has(&format!("{id}-help")), "{id}");
        }
        let words = |kind: &str, names: &[&str]| {
            for name in names {
                let id = format!("{kind}-{}", name.replace('_', "-"));
                assert!(ru.has(&id), "{id}");
            }
        };
        let states: Vec<&str> = State::ALL.iter().map(|state| state.as_str()).collect();
        words("state", &states);
        let done = states.iter().filter(|state| **state != "acknowledged");
        words("done", &done.copied().collect::<Vec<_>>());
        let causes: Vec<&str> = Cause::ALL.iter().map(|cause| cause.as_str()).collect();
        words("cause", &causes);
        let outcomes: Vec<&str> = Outcome::ALL
            .iter()
            .map(|outcome| outcome.as_str())
            .collect();
        words("do-decide", &outcomes);
        let severities: Vec<&str> = Severity::ALL.iter().map(|one| one.as_str()).collect();
        words("severity", &severities);
        words("sign", &severities);
        words("refused", &crate::pages::act::REFUSALS);
        let employees = app::employees::FAULTS;
        let faults = app::accounts::FAULTS.into_iter().chain(employees);
        for code in faults.chain([
            "unfit",
            "limit",
            "number",
            "address_email",
            "address_soon",
            "address_code",
            "webhook_address",
            "webhook_many",
        ]) {
            let id = format!("fault-{}", code.replace('_', "-"));
            assert!(ru.has(&id), "{id}");
        }
    }

    #[test]
    fn templates_use_words_that_there_are() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        for entry in std::fs::read_dir(folder).expect("templates") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a template");
            for call in [".text(\"", ".named(\"", ".count(\""] {
                for after in text.split(call).skip(1) {
                    let id = after.split('"').next().unwrap_or_default();
                    assert!(catalogue(Lang::Ru).has(id), "{}: {id}", path.display());
                }
            }
        }
    }
}
