//! Who may be told, and when: people as messages reach them.

use history::Instant;
use store::chats::Chat;
use store::pauses::Pause;
use store::{Connection, admissions, pauses};
use wording::Lang;
use worktime::Clock;

use super::hours::{Hours, Quiet};
use super::settings::{Choice, Settings};
use crate::error::Error;
use crate::life::office::Office;
use crate::permissions::Access;

/// Somebody who can come in to a company.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// The person.
    pub person: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub access: Access,
    /// The employee who they are; empty: none.
    pub employee: String,
    /// Of a group chat: whose working hours it keeps, their absences left aside; empty: the company's.
    keeps_hours_of: Option<String>,
    /// The language that they read.
    pub lang: Lang,
    /// When they are not to be disturbed: the company's quiet hours and their own.
    quiet: Vec<Quiet>,
    /// Until when their notices are paused; none: they are not.
    pub paused: Option<Instant>,
    /// The pauses of their notices and of the company's, also those that are over.
    pauses: Vec<Pause>,
}

/// How far back pauses are looked for, in milliseconds: 400 days.
const PAUSES: i64 = 400 * 86_400_000;

/// Everybody who can come in to a company; those of `only` where it is not empty.
pub(crate) async fn readers(
    conn: &mut Connection,
    company: &str,
    only: &[&str],
    settings: &Settings,
    now: Instant,
) -> Result<Vec<Reader>, Error> {
    let all = lately_paused(conn, company, now).await?;
    let found = admissions::reachable(conn, company, only).await?;
    let readers = found.into_iter().filter_map(|found| {
        let choice = Choice::read(&found.choice);
        let own = all.iter().filter(|pause| pause.is_of(&found.person));
        let own: Vec<Pause> = own.cloned().collect();
        let holding = own.iter().filter(|pause| pause.holds(now));
        Some(Reader {
            access: Access::of_name(&found.access)?,
            lang: found.language.parse().unwrap_or(Lang::Ru),
            quiet: [settings.quiet, choice.quiet]
                .into_iter()
                .flatten()
                .collect(),
            paused: holding.map(Pause::until).max(),
            pauses: own,
            keeps_hours_of: None,
            person: found.person,
            name: found.name,
            employee: found.employee,
        })
    });
    Ok(readers.collect())
}

/// The pauses of a company's notices that hold now or did lately.
pub(super) async fn lately_paused(
    conn: &mut Connection,
    company: &str,
    now: Instant,
) -> Result<Vec<Pause>, Error> {
    Ok(pauses::since(conn, company, now.saturating_sub(PAUSES)).await?)
}

impl Reader {
    /// A group chat, as messages reach it: in the hours of whoever leads the group that it hears about,
    /// else in the company's, and not while the whole company's notices are paused.
    pub(super) fn of_chat(
        chat: &Chat,
        office: Office<'_>,
        (settings, pauses): (&Settings, &[Pause]),
        now: Instant,
    ) -> Reader {
        let of_all = pauses.iter().filter(|pause| pause.person.is_empty());
        let pauses: Vec<Pause> = of_all.cloned().collect();
        let holding = pauses.iter().filter(|pause| pause.holds(now));
        Reader {
            person: chat.id.clone(),
            name: chat.title.clone(),
            access: match chat.about.as_str() {
                "" => Access::Head,
                _ => Access::Lead,
            },
            employee: String::new(),
            keeps_hours_of: Some(office.leader(&chat.about).to_owned()),
            lang: chat.language.parse().unwrap_or(Lang::Ru),
            quiet: settings.quiet.into_iter().collect(),
            paused: holding.map(Pause::until).max(),
            pauses,
        }
    }

    /// When they may be told something.
    pub fn hours<'a>(&'a self, office: Office<'a>, now: Instant) -> Hours<'a> {
        let clock = match self.keeps_hours_of {
            Some(_) => self.plain(office),
            None => office.clock(&self.employee),
        };
        self.within(office, clock, now)
    }

    /// The same as if they were never absent.
    pub fn rota<'a>(&'a self, office: Office<'a>, now: Instant) -> Hours<'a> {
        self.within(office, self.plain(office), now)
    }

    fn plain<'a>(&self, office: Office<'a>) -> &'a Clock {
        let employee = self.keeps_hours_of.as_ref().unwrap_or(&self.employee);
        office.clocks.rota(office.employee(employee))
    }

    /// Whether the regulation gives them any hours at all, absences left aside.
    fn works(&self, office: Office<'_>, now: Instant) -> Option<Instant> {
        self.plain(office).add_work(now, 1)
    }

    fn within<'a>(&'a self, office: Office<'a>, clock: &'a Clock, now: Instant) -> Hours<'a> {
        // Somebody without hours of their own is reached in the company's.
        let clock = match self.works(office, now) {
            Some(_) => clock,
            None => office.clock(""),
        };
        Hours {
            clock,
            zone: &office.version().zone,
            quiet: &self.quiet,
        }
    }

    /// Since when their notices had been paused, if a pause ended after `since` and by `now`.
    pub fn paused_since(&self, since: Instant, now: Instant) -> Option<Instant> {
        let over = self.pauses.iter();
        let over = over.filter(|pause| pause.until() > since && pause.until() <= now);
        over.map(|pause| pause.from_at).min()
    }
}
