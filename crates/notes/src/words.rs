//! The messages, and days and moments as facts carry them.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use wording::{Catalogue, Lang, Value};

/// The messages of notes in a language.
pub fn catalogue(lang: Lang) -> &'static Catalogue {
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
    let sources = [wording::common_messages(lang), own];
    Catalogue::new(lang, &sources).expect("a test builds the catalogue in both languages")
}

/// A language's words.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub Lang);

impl Words {
    pub fn say(self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        catalogue(self.0).text(id, args)
    }

    pub fn word(self, id: &str) -> String {
        self.say(id, &[])
    }

    pub fn count(self, id: &str, count: u64) -> String {
        self.say(id, &[("count", number(count))])
    }

    /// `14 апр`.
    pub fn day(self, day: Day) -> String {
        let whole = wording::date(day.0, self.0);
        whole
            .rsplit_once(' ')
            .map_or(whole.clone(), |(day, _)| day.to_owned())
    }

    /// `вт 14 апр, 09:40`.
    pub fn moment(self, moment: Moment) -> String {
        wording::moment_short(moment.0, self.0)
    }

    pub fn money(self, hundredths: i64, currency: &str) -> String {
        wording::money(hundredths, currency, self.0)
    }
}

pub(crate) fn number(count: u64) -> Value<'static> {
    Value::Count(i64::try_from(count).unwrap_or(i64::MAX))
}

macro_rules! written {
    ($(#[$doc:meta])* $name:ident $of:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub $of);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<$name, D::Error> {
                let text = String::deserialize(from)?;
                $of::from_str(&text).map($name).map_err(D::Error::custom)
            }
        }
    };
}

written!(
    /// A local day, written `2026-04-14`.
    Day Date
);
written!(
    /// A local moment, written `2026-04-14T09:40:00`.
    Moment DateTime
);
