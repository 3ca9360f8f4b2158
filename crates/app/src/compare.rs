//! Two periods beside each other, judged by one version of the regulation.

use std::collections::HashMap;

use audit::judge::Finding;
use audit::regulation::{Regulation, Version};
use figures::Audited;
use figures::backtest::identity;
use figures::compare::Pair;
use history::{EmployeeId, GroupId, History, Instant, StageId};
use store::Store;

use crate::actor::Actor;
use crate::audits::{Audit, Audits, Held, heavy, look};
use crate::error::Error;
use crate::figures::{Ground, NO_PROBLEMS};
use crate::life::book::Book;
use crate::permissions::Deed;
use crate::regulation::SINCE_EVER;

/// What to compare.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The periods.
    pub pair: Pair,
    /// The version that judges both, by the date it came into force on, or `since-ever`; empty: the
    /// one in force.
    pub version: &'a str,
}

/// Two periods beside each other.
pub struct Comparison<'a> {
    /// The periods, made of the whole history judged by the version alone, decisions considered.
    pub sides: figures::compare::Comparison<'a>,
    /// The version, as it is in force.
    pub version: &'a Version,
    /// Whether the version judged what others judge in daily work: lists then show other findings.
    pub is_rejudged: bool,
}

/// What some of the findings compared are about; what is none does not narrow.
#[derive(Clone, Copy, Default, Debug)]
pub struct Part<'a> {
    /// The rule.
    pub rule: Option<&'a str>,
    /// Whom they are held against; [`EmployeeId::NONE`]: nobody.
    pub employee: Option<EmployeeId>,
    /// The group that this person belonged to at the breach.
    pub group: Option<GroupId>,
    /// The stage at the breach; [`StageId::NONE`]: none.
    pub stage: Option<StageId>,
}

impl<'a> Comparison<'a> {
    /// The findings that a number of the earlier (0) or later (1) period counts, the latest first.
    pub fn findings(&self, side: usize, part: &Part<'_>) -> Vec<&'a Finding> {
        let audited = &self.sides.audited;
        let group = |finding: &Finding| {
            let date = audited.zone().date(finding.at);
            let people = &audited.history.people;
            let membership = people.membership(finding.employee, date);
            membership.map_or(GroupId::NONE, |membership| membership.group)
        };
        let fits = |finding: &&Finding| {
            part.rule.is_none_or(|rule| audited.rule(finding) == rule)
                && part.employee.is_none_or(|one| finding.employee == one)
                && part.stage.is_none_or(|stage| finding.stage == stage)
                && part.group.is_none_or(|one| group(finding) == one)
        };
        let mut findings: Vec<&Finding> = audited
            .within(self.sides.periods[side].until(audited.now))
            .filter(fits)
            .collect();
        findings.sort_by_key(|finding| {
            let deal = audited.history.deals.get(finding.deal.0);
            (std::cmp::Reverse(finding.at), audited.rule(finding), deal)
        });
        findings
    }
}

/// Compares two periods, of the people that the actor may see figures of, and gives what comes out to
/// `read`. Where the regulation has several versions both periods are judged anew by one of them, as
/// if it had been in force since ever: what people decided about a finding holds for the same finding.
///
/// # Errors
/// Where the access does not allow it, there is no such version, or the store fails.
pub async fn compare<T>(
    audits: &Audits,
    actor: &Actor,
    asked: Asked<'_>,
    now: Instant,
    read: impl FnOnce(&Comparison<'_>) -> T,
) -> Result<T, Error> {
    actor.reach(Deed::SeeFigures)?;
    let ground = Ground::of(audits, actor, now).await?;
    let versions = ground.regulation().versions();
    let place = place_of(ground.regulation(), asked.version, now)?;
    // A version that is the only one since ever has judged all there is.
    if versions.len() == 1 && versions[0].effective.is_none() {
        return Ok(ground.read(|_, _, audited| {
            read(&Comparison::of(
                *audited,
                &versions[place],
                false,
                asked.pair,
            ))
        }));
    }
    Ok(ground.read(|audit, _, _| {
        let seen = |employee| ground.sees(employee);
        rejudged(audit, ground.book(), (place, now), seen, |audited| {
            read(&Comparison::of(
                *audited,
                &versions[place],
                true,
                asked.pair,
            ))
        })
    }))
}

/// What to compare of a company of a store.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The periods.
    pub pair: Pair,
    /// The place of the version that judges both.
    pub version: usize,
}

/// Compares two periods of a company of a store for whoever keeps the machine. Nothing is written, so a
/// server may run beside. `choose` says what to compare, knowing the company's regulation.
///
/// # Errors
/// What `choose` says; where the company cannot be loaded.
pub async fn of_store<T, E: From<Error>>(
    store: &Store,
    company: &str,
    choose: impl FnOnce(&Regulation) -> Result<Wanted, E>,
    now: Instant,
    read: impl FnOnce(&figures::compare::Comparison<'_>, &Version) -> T,
) -> Result<T, E> {
    let audit = look(store, company, now).await?;
    let wanted = choose(audit.live().regulation())?;
    let book = Book::open(store, company).await.map_err(Error::from)?;
    let judged = (wanted.version, now);
    let version = &audit.live().regulation().versions()[wanted.version];
    Ok(heavy(|| {
        rejudged(
            &audit,
            &book,
            judged,
            |_| true,
            |audited| {
                let found = figures::compare::Comparison::of(*audited, wanted.pair);
                read(&found, version)
            },
        )
    }))
}

/// Gives the whole history judged by one version alone, as if it had been in force since ever, to
/// `read`: of the people that are `seen`. `place` is that of a version. What people decided about a
/// finding holds for the same finding.
pub(crate) fn rejudged<T>(
    audit: &Audit,
    book: &Book,
    (place, now): (usize, Instant),
    seen: impl Fn(EmployeeId) -> bool,
    read: impl FnOnce(&Audited<'_>) -> T,
) -> T {
    let alone = audit.alone(place, now);
    let alone = alone.expect("the place is that of a version");
    let findings = known(audit, &alone.regulation, &alone.verdict.findings);
    let history = audit.live().history();
    let considered = book.consider(history, &alone.regulation, findings, &seen);
    let tenures = alone.verdict.tenures.iter().copied();
    let tenures: Vec<_> = tenures.filter(|tenure| seen(tenure.employee)).collect();
    let audited = considered.audited(history, &alone.regulation, &tenures, NO_PROBLEMS, alone.now);
    read(&audited)
}

/// The place of a version: by the date it came into force on, or `since-ever`; empty: of the one in
/// force.
///
/// # Errors
/// Where there is no such version.
pub fn place_of(regulation: &Regulation, named: &str, now: Instant) -> Result<usize, Error> {
    let mut versions = regulation.versions().iter();
    match named {
        "" => Ok(in_force(regulation, now)),
        date => {
            let place = versions.position(|version| name_of(version) == date);
            place.ok_or_else(|| Error::NotFound {
                what: "version of the regulation",
                id: date.to_owned(),
            })
        }
    }
}

/// The place of the version that is in force at an instant.
fn in_force(regulation: &Regulation, now: Instant) -> usize {
    let mut places = 0..regulation.versions().len();
    let holds = |place: &usize| {
        let (from, to) = regulation.in_force(*place);
        (from..to).contains(&now)
    };
    // Before the first date nothing is in force: what will be comes next to it.
    places.find(holds).unwrap_or(0)
}

/// What names a version in addresses.
pub fn name_of(version: &Version) -> String {
    let date = version.effective.map(|date| date.to_string());
    date.unwrap_or_else(|| SINCE_EVER.to_owned())
}

/// Findings with the ids under which they are kept; empty: judged by the versions in force there is
/// no such finding.
fn known<'f>(
    audit: &'f Audit,
    regulation: &'f Regulation,
    findings: &'f [Finding],
) -> Vec<(&'f str, &'f Finding)> {
    let history = audit.live().history();
    let live = bare(history, audit.live().regulation(), audit.live().now());
    let alone = bare(history, regulation, audit.live().now());
    let kept: HashMap<_, &str> = audit
        .standing()
        .map(|Held { id, finding }| (identity(live.rule(finding), finding), id))
        .collect();
    let findings = findings.iter();
    findings
        .map(|finding| {
            let id = kept.get(&identity(alone.rule(finding), finding));
            (id.copied().unwrap_or_default(), finding)
        })
        .collect()
}

/// A history and its regulation without findings: to read names by.
fn bare<'a>(history: &'a History, regulation: &'a Regulation, now: Instant) -> Audited<'a> {
    Audited {
        history,
        regulation,
        findings: &[],
        marks: &[],
        tenures: &[],
        problems: NO_PROBLEMS,
        now,
        in_order: false,
    }
}

impl<'a> Comparison<'a> {
    fn of(
        audited: Audited<'a>,
        version: &'a Version,
        is_rejudged: bool,
        pair: Pair,
    ) -> Comparison<'a> {
        Comparison {
            sides: figures::compare::Comparison::of(audited, pair),
            version,
            is_rejudged,
        }
    }
}
