//! What a company may set about the life of its findings.

use std::fmt;

use serde::{Deserialize, Serialize};
use store::{Connection, Store, settings};
use worktime::Limit;

use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::Deed;

/// Who gets the check of a lost deal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checker {
    /// The head.
    #[default]
    Head,
    /// The lead of the responsible's group; the head, where the responsible is the lead, or there
    /// is none.
    Lead,
}

/// The settings. Each may be left out and has its default then.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How long a finding may be disputed, in the person's working time from delivery on.
    #[serde(with = "limit")]
    pub dispute: Limit,
    /// How long a dispute may wait for its verdict, in the company's working time.
    #[serde(with = "limit")]
    pub verdict: Limit,
    /// From which share of overturned findings on (its lower bound) a rule falls to advice.
    pub advice_from: f64,
    /// Whether findings made by hand go past the coordinator.
    pub skip_coordinator: bool,
    /// Who gets the check of a lost deal.
    pub lost_deals_to: Checker,
    /// How many days after its loss a deal still gets a check.
    pub lost_deals_within_days: u32,
    /// Beginnings of words by which a note is taken for an objection.
    pub objections: Vec<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        let objections = [
            "дорого",
            "дешевл",
            "цен",
            "скидк",
            "бюджет",
            "конкурент",
            "подума",
            "не актуальн",
            "неактуальн",
            "expensive",
            "cheaper",
            "price",
            "discount",
            "budget",
            "competitor",
        ];
        Settings {
            dispute: Limit::WorkDays(2),
            verdict: Limit::WorkDays(2),
            advice_from: 0.3,
            skip_coordinator: false,
            lost_deals_to: Checker::Head,
            lost_deals_within_days: 14,
            objections: objections.map(str::to_owned).to_vec(),
        }
    }
}

/// A setting that cannot be.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Unfit {
    /// No share.
    #[error("`advice_from` is {0}; write a share from 0 to 1, such as 0.3")]
    NotAShare(f64),
    /// A word that is in every text.
    #[error("`objections` holds an empty word")]
    EmptyWord,
    /// More words than anybody reads.
    #[error("`objections` holds {0} words; at most {MOST_WORDS} are looked for")]
    TooManyWords(usize),
    /// Longer than anybody remembers a deal.
    #[error("`lost_deals_within_days` is {0}; write at most {MOST_DAYS} days")]
    TooManyDays(u32),
}

/// After how many days a lost deal may get a check at most.
const MOST_DAYS: u32 = 3_650;

const DAY_MS: i64 = 86_400_000;

/// How many words are looked for at most.
const MOST_WORDS: usize = 200;

impl Settings {
    /// The first instant whose losses still get a check.
    pub fn oldest_loss(&self, now: history::Instant) -> history::Instant {
        now.saturating_sub(i64::from(self.lost_deals_within_days) * DAY_MS)
    }

    /// Checks values that their types let pass.
    ///
    /// # Errors
    ///
    /// When a share is not between 0 and 1, or a word is empty.
    pub fn check(&self) -> Result<(), Unfit> {
        if !(0.0..=1.0).contains(&self.advice_from) {
            return Err(Unfit::NotAShare(self.advice_from));
        }
        if self.objections.iter().any(|word| word.trim().is_empty()) {
            return Err(Unfit::EmptyWord);
        }
        if self.objections.len() > MOST_WORDS {
            return Err(Unfit::TooManyWords(self.objections.len()));
        }
        if self.lost_deals_within_days > MOST_DAYS {
            return Err(Unfit::TooManyDays(self.lost_deals_within_days));
        }
        Ok(())
    }
}

/// The key of the settings in the store.
const KEY: &str = "life";

/// The settings of a company.
///
/// # Errors
/// Where the store fails, or what it holds cannot be read.
pub async fn load(conn: &mut Connection, company: &str) -> Result<Settings, Error> {
    let Some(kept) = settings::get(conn, company, KEY).await? else {
        return Ok(Settings::default());
    };
    serde_json::from_str(&kept)
        .map_err(|error| Error::Inside(format!("the setting {KEY:?} cannot be read: {error}")))
}

/// The settings of the company, for whoever may see them.
///
/// # Errors
/// Where the access does not allow it.
pub async fn see(store: &Store, actor: &Actor) -> Result<Settings, Error> {
    actor.reach(Deed::SeeSettings)?;
    load(&mut *store.reader().await?, &actor.company).await
}

/// Changes the settings of the company.
///
/// # Errors
/// Where the access does not allow it, or a value cannot be.
pub async fn save(
    store: &Store,
    actor: &Actor,
    changed: &Settings,
    now: history::Instant,
) -> Result<(), Error> {
    actor.reach(Deed::ManageSettings)?;
    changed.check().map_err(|unfit| {
        let field = match unfit {
            Unfit::NotAShare(_) => "advice_from",
            Unfit::EmptyWord | Unfit::TooManyWords(_) => "objections",
            Unfit::TooManyDays(_) => "lost_deals_within_days",
        };
        Fault::new(field, "unfit", unfit.to_string())
    })?;
    let text = |settings: &Settings| {
        serde_json::to_string(settings).map_err(|error| Error::Inside(error.to_string()))
    };
    let mut tx = store.begin().await?;
    let before = text(&load(&mut tx, &actor.company).await?)?;
    let after = text(changed)?;
    settings::set(&mut tx, &actor.company, KEY, &after).await?;
    let line = Note::new("settings.change", "settings", KEY).change("value", &before, &after);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

/// A limit as regulations write it.
mod limit {
    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    use super::{Limit, fmt};

    pub fn serialize<S: Serializer>(limit: &Limit, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(limit)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Limit, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Limit;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a limit such as `2wd`")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Limit, E> {
                Limit::parse(text).map_err(E::custom)
            }
        }
        from.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_have_defaults_and_are_checked() {
        let read = |text: &str| serde_json::from_str::<Settings>(text);
        assert_eq!(read("{}").ok(), Some(Settings::default()));
        let three = read(r#"{"dispute": "3wd", "lost_deals_to": "lead"}"#);
        let three = three.expect("both are settings");
        assert_eq!(
            (three.dispute, three.lost_deals_to),
            (Limit::WorkDays(3), Checker::Lead)
        );
        let written = serde_json::to_string(&three).expect("settings are plain");
        assert_eq!(read(&written).ok(), Some(three));
        for wrong in [
            r#"{"dispute": "soon"}"#,
            r#"{"dispute": 2}"#,
            r#"{"disputes": "2wd"}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        let check = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.check()
        };
        assert_eq!(check(|_| ()), Ok(()));
        assert_eq!(check(|s| s.advice_from = 1.5), Err(Unfit::NotAShare(1.5)));
        assert_eq!(
            check(|s| s.objections.push(" ".into())),
            Err(Unfit::EmptyWord)
        );
    }
}
