//! How a company wants its people to be told, and how a person does.

use std::collections::BTreeSet;

use history::Instant;
use serde::{Deserialize, Serialize};
use store::{Connection, Store, settings, tellings};

use super::hours::{Quiet, time};
use crate::actor::Actor;
use crate::error::{Error, Fault};
use crate::journal::{Note, note};
use crate::permissions::Deed;

/// A company's settings. Each may be left out and has its default then.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// When nobody is disturbed, whatever their hours; none: working hours are enough.
    pub quiet: Option<Quiet>,
    /// At what time of the day notes go out, `09:30`; empty: so long after one's work begins.
    pub note_at: String,
    /// How many minutes after the beginning of one's work the note goes out.
    pub note_after: u32,
    /// For how many minutes after a message at once everything else waits, to be one message.
    pub window: u32,
    /// What was breached more hours ago is not told at once any more; the note has it.
    pub within: u32,
    /// Whether group chats are told names.
    pub chat_names: bool,
    /// After how many working days of a person the director hears of what they leave lying.
    pub unhandled_after: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            quiet: None,
            note_at: String::new(),
            note_after: 30,
            window: 15,
            within: 24,
            chat_names: false,
            unhandled_after: 3,
        }
    }
}

const MINUTE: i64 = 60_000;

impl Settings {
    /// The window of a flood, in milliseconds.
    pub fn window_ms(&self) -> i64 {
        i64::from(self.window) * MINUTE
    }

    /// How old a breach may be that is told at once, in milliseconds.
    pub fn within_ms(&self) -> i64 {
        i64::from(self.within) * 60 * MINUTE
    }

    /// How long after the beginning of work notes go out, in milliseconds.
    pub fn note_after_ms(&self) -> i64 {
        i64::from(self.note_after) * MINUTE
    }

    /// At what time notes go out; none: after the beginning of work.
    pub fn note_time(&self) -> Option<jiff::civil::Time> {
        time(&self.note_at)
    }

    fn check(&self) -> Result<(), Fault> {
        if !self.note_at.is_empty() && self.note_time().is_none() {
            let said = format!("{:?} is no time; write one such as 09:30", self.note_at);
            return Err(Fault::new("note_at", "time", said));
        }
        let bounds = [
            ("note_after", self.note_after, 0, 600),
            ("window", self.window, 1, 240),
            ("within", self.within, 1, 240),
            ("unhandled_after", self.unhandled_after, 1, 30),
        ];
        for (field, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                let said = format!("`{field}` is {value}; write a number from {least} to {most}");
                return Err(Fault::new(field, "bounds", said));
            }
        }
        Ok(())
    }
}

/// The key of the settings in the store.
const KEY: &str = "telling";

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
    now: Instant,
) -> Result<(), Error> {
    actor.reach(Deed::ManageSettings)?;
    changed.check()?;
    let mut tx = store.begin().await?;
    let before = written(&load(&mut tx, &actor.company).await?)?;
    let after = written(changed)?;
    settings::set(&mut tx, &actor.company, KEY, &after).await?;
    let line = Note::new("settings.change", "settings", KEY).change("value", &before, &after);
    note(&mut tx, &actor.company, &actor.person, line, now).await?;
    Ok(tx.commit().await?)
}

fn written(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Inside(error.to_string()))
}

/// The channels outside the program by which a person may be told. Within it they always are.
pub const OUTSIDE: [&str; 2] = ["telegram", "email"];

/// How a person wants to be told.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// By which of [`OUTSIDE`], besides the program itself.
    pub channels: BTreeSet<String>,
    /// When they are not to be disturbed, besides the company's quiet hours.
    pub quiet: Option<Quiet>,
}

impl Choice {
    /// The choice that was kept; the default where nothing was, or what was kept cannot be read.
    pub(super) fn read(kept: &str) -> Choice {
        serde_json::from_str(kept).unwrap_or_default()
    }
}

/// How somebody wants to be told.
///
/// # Errors
/// Where the store fails.
pub async fn choice(store: &Store, actor: &Actor) -> Result<Choice, Error> {
    actor.reach(Deed::SeeNotices)?;
    let mut reader = store.reader().await?;
    let kept = tellings::choice(&mut reader, &actor.company, &actor.person).await?;
    Ok(Choice::read(&kept.unwrap_or_default()))
}

/// Writes down how somebody wants to be told.
///
/// # Errors
/// Where one of the channels is none.
pub async fn choose(store: &Store, actor: &Actor, choice: &Choice) -> Result<(), Error> {
    actor.reach(Deed::ChooseTelling)?;
    let unknown = |channel: &&String| !OUTSIDE.contains(&channel.as_str());
    if let Some(channel) = choice.channels.iter().find(unknown) {
        let said = format!(
            "{channel:?} is no channel; there are {}",
            OUTSIDE.join(", ")
        );
        return Err(Fault::new("channels", "unknown", said).into());
    }
    let mut tx = store.begin().await?;
    tellings::choose(&mut tx, &actor.company, &actor.person, &written(choice)?).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_have_defaults_and_bounds() {
        let read = |text: &str| serde_json::from_str::<Settings>(text);
        assert_eq!(read("{}").ok(), Some(Settings::default()));
        let some = read(r#"{"quiet": "21:00-08:00", "note_at": "09:15"}"#).expect("settings");
        assert_eq!(some.quiet, Quiet::parse("21:00-08:00"));
        assert_eq!(some.check(), Ok(()));
        let faulty = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.check().err().map(|fault| fault.field)
        };
        assert_eq!(faulty(|_| ()), None);
        assert_eq!(faulty(|s| s.note_at = "9".into()), Some("note_at"));
        assert_eq!(faulty(|s| s.note_after = 601), Some("note_after"));
        assert_eq!(faulty(|s| s.window = 0), Some("window"));
        assert_eq!(faulty(|s| s.within = 0), Some("within"));
        assert_eq!(faulty(|s| s.unhandled_after = 31), Some("unhandled_after"));
        assert!(read(r#"{"quiet": "late"}"#).is_err());
    }
}
