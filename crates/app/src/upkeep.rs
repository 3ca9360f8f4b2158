//! What of a company's keeping needs a look: each is counted as the list counts it that it leads to.

use history::Instant;
use store::{imports, outbox};

use crate::accounts::{self, PersonShown};
use crate::actor::Actor;
use crate::addresses;
use crate::audits::Audits;
use crate::calendar;
use crate::employees::{Listed, roster};
use crate::error::Error;
use crate::jobs;
use crate::permissions::Deed;
use crate::reports;

/// Something that may need a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Deliveries and jobs that were given up.
    FailedJobs,
    /// Messages that have waited for minutes for a channel that nobody has.
    Waiting,
    /// People whose address stopped working by itself.
    Unreached,
    /// Reports that the schedule could not make or send.
    Reports,
    /// Imports that have not ended.
    Imports,
    /// People who were invited and have not come.
    Invited,
    /// People whose access is about an employee, which nobody has named.
    Untied,
    /// Employees without a group.
    Groupless,
    /// Groups that nobody leads.
    Leadless,
    /// Employees whose shift the regulation does not know.
    Shiftless,
    /// Years for which the production calendar is needed and not known.
    CalendarYears,
}

impl Matter {
    /// Every matter.
    pub const ALL: [Matter; 11] = [
        Matter::FailedJobs,
        Matter::Waiting,
        Matter::Unreached,
        Matter::Reports,
        Matter::Imports,
        Matter::Invited,
        Matter::Untied,
        Matter::Groupless,
        Matter::Leadless,
        Matter::Shiftless,
        Matter::CalendarYears,
    ];

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Matter::FailedJobs => "failed_jobs",
            Matter::Waiting => "waiting",
            Matter::Unreached => "unreached",
            Matter::Reports => "reports",
            Matter::Imports => "imports",
            Matter::Invited => "invited",
            Matter::Untied => "untied",
            Matter::Groupless => "groupless",
            Matter::Leadless => "leadless",
            Matter::Shiftless => "shiftless",
            Matter::CalendarYears => "calendar_years",
        }
    }
}

/// How many days before a year begins its calendar is asked for.
const AHEAD_DAYS: i64 = 60;

/// What there is of each matter that the actor may see.
///
/// # Errors
/// Where the access does not allow to keep anything.
pub async fn look(
    audits: &Audits,
    actor: &Actor,
    now: Instant,
) -> Result<Vec<(Matter, usize)>, Error> {
    actor.reach(Deed::ManageEmployees)?;
    let store = audits.store();
    let may = |deed| actor.reach(deed).is_ok();
    let number = |count: i64| usize::try_from(count).unwrap_or(0);
    let mut found = Vec::new();
    if may(Deed::SeeJobs) {
        let mut reader = store.reader().await?;
        let failed = outbox::count_failed(&mut reader, &actor.company).await?;
        found.push((Matter::FailedJobs, number(failed)));
        drop(reader);
        let waiting = jobs::unclaimed(store, actor, now).await?;
        let waiting = waiting.iter().map(|one| one.number).sum();
        found.push((Matter::Waiting, number(waiting)));
        let broken = addresses::broken(store, actor).await?;
        found.push((Matter::Unreached, broken.len()));
    }
    if may(Deed::SeeSettings) {
        let failed = reports::failures(audits, actor, now).await?;
        found.push((Matter::Reports, failed.len()));
    }
    if may(Deed::SendEvents) {
        let mut reader = store.reader().await?;
        let all = imports::list(&mut reader, &actor.company).await?;
        let running = all.iter().filter(|one| one.ended_at.is_none());
        found.push((Matter::Imports, running.count()));
    }
    if may(Deed::SeePeople) {
        let people = accounts::everybody(store, actor).await?;
        let count = |what: fn(&PersonShown) -> bool| people.iter().filter(|one| what(one)).count();
        found.push((Matter::Invited, count(PersonShown::is_invited)));
        found.push((Matter::Untied, count(PersonShown::is_untied)));
    }
    let roster = roster(audits, actor, now).await?;
    let (plan, _) = calendar::month(audits, actor, None, now).await?;
    let count =
        |what: &dyn Fn(&Listed) -> bool| roster.people.iter().filter(|one| what(one)).count();
    let leadless = roster.groups.iter().filter(|group| group.lead.is_empty());
    found.push((Matter::Groupless, count(&Listed::is_groupless)));
    found.push((Matter::Leadless, leadless.count()));
    found.push((Matter::Shiftless, count(&|one| plan.lacks_shift_of(one))));
    found.push((Matter::CalendarYears, plan.missing_years().len()));
    Ok(found)
}

impl calendar::Plan {
    /// Whether somebody works by a shift that the regulation does not know.
    pub fn lacks_shift_of(&self, one: &Listed) -> bool {
        one.is_active() && !one.shift.is_empty() && !self.shifts.contains_key(&one.shift)
    }

    /// The years, now or soon, that the production calendar should know and does not.
    pub fn missing_years(&self) -> Vec<i16> {
        let Some(known) = &self.known else {
            return Vec::new();
        };
        let ahead = jiff::Span::new().days(AHEAD_DAYS);
        let soon = self.today.checked_add(ahead).unwrap_or(self.today);
        let years = self.today.year()..=soon.year();
        years.filter(|year| !known.contains(year)).collect()
    }
}
