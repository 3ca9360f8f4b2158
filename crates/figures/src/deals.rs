//! Lists of deals: each is what some number of deals, or of their money, counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use history::{ChannelId, DealId, EmployeeId, GroupId, Instant, PipelineId, StageId, StageKind};

use crate::funnel::{Factors, Flow, Stay};
use crate::light::{Who, each_group};
use crate::{Audited, Period};

/// What a list of deals is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// They stand in an open stage now.
    Open,
    /// They stand in a won stage.
    Won,
    /// They stand in a stage of refusal.
    Lost,
    /// They stand in an open stage now, and a lasting finding says that they hang.
    Hung,
    /// They were open and somebody's in a period: what the light divides by.
    InWork,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 5] = [Kind::Open, Kind::Hung, Kind::Won, Kind::Lost, Kind::InWork];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Open => "open",
            Kind::Won => "won",
            Kind::Lost => "lost",
            Kind::Hung => "hung",
            Kind::InWork => "in_work",
        }
    }

    /// The kind that a word means.
    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What a list is narrowed by; what is none does not narrow.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// What it is about; none: all deals that stand anywhere.
    pub kind: Option<Kind>,
    /// The stage in which they stand or, of deals in work, stood meanwhile.
    pub stage: Option<StageId>,
    /// The pipeline of that stage.
    pub pipeline: Option<PipelineId>,
    /// Whose they are: of open deals who answers for them now, of closed ones who did when they were
    /// closed, of deals in work who had them meanwhile. [`EmployeeId::NONE`]: nobody's.
    pub employee: Option<EmployeeId>,
    /// The group that these people belonged to then.
    pub group: Option<GroupId>,
    /// Where they came from.
    pub source: Option<ChannelId>,
    /// When they came to stand there; of deals in work, when they were in work.
    pub period: Period,
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted {
            kind: None,
            stage: None,
            pipeline: None,
            employee: None,
            group: None,
            source: None,
            period: Period::EVER,
        }
    }
}

/// A deal of a list.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Listed {
    /// The deal.
    pub deal: DealId,
    /// Whose it is, as [`Wanted::employee`] says it.
    pub employee: EmployeeId,
    /// Where it stands, or stood last.
    pub stage: StageId,
    /// Since when.
    pub since: Instant,
    /// Working time there, in milliseconds.
    pub worked: i64,
    /// Its price, in hundredths.
    pub price: Option<i64>,
}

impl Listed {
    fn of(stay: &Stay, employee: EmployeeId) -> Listed {
        Listed {
            deal: stay.deal,
            employee,
            stage: stay.stage,
            since: stay.cut.at,
            worked: stay.worked,
            price: stay.price,
        }
    }
}

/// Whose a deal is that stands in a stage: who answers for it, or did when it was closed.
fn holder(stay: &Stay) -> EmployeeId {
    match stay.kind {
        StageKind::Open => stay.answers,
        StageKind::Won | StageKind::Lost => stay.cut.employee,
    }
}

/// The deals of a list: closed ones by when they were closed, the latest first; others by price, of
/// equal ones the one that has stood longest first.
pub fn deals(
    audited: &Audited<'_>,
    flow: &Flow,
    factors: &Factors,
    wanted: &Wanted,
) -> Vec<Listed> {
    let mut listed = match wanted.kind {
        Some(Kind::InWork) => in_work(audited, flow, wanted),
        _ => standing(audited, flow, factors, wanted),
    };
    let id = |one: &Listed| audited.history.deals.get(one.deal.0);
    match wanted.kind {
        Some(Kind::Won | Kind::Lost) => listed.sort_by_key(|one| (Reverse(one.since), id(one))),
        _ => listed.sort_by_key(|one| (Reverse(one.price), one.since, id(one))),
    }
    listed
}

fn standing(audited: &Audited<'_>, flow: &Flow, factors: &Factors, wanted: &Wanted) -> Vec<Listed> {
    let stays = flow.stays.iter().filter(|stay| stay.to.is_none());
    let of_kind = |stay: &&Stay| match wanted.kind {
        Some(Kind::Open) => stay.stands_open,
        Some(Kind::Hung) => stay.stands_open && factors.hangs(stay.deal),
        Some(Kind::Won) => stay.kind == StageKind::Won,
        Some(Kind::Lost) => stay.kind == StageKind::Lost,
        Some(Kind::InWork) => false,
        None => true,
    };
    let wanted_here =
        |stay: &&Stay| wanted.period.holds(stay.cut.at) && is_at(audited, stay, wanted);
    let whose = |stay: &Stay| {
        let employee = holder(stay);
        let at = match stay.kind {
            StageKind::Open => audited.now,
            StageKind::Won | StageKind::Lost => stay.cut.at,
        };
        let of_group = |group| group_of(audited, employee, at) == group;
        let fits = wanted.employee.is_none_or(|wanted| wanted == employee)
            && wanted.group.is_none_or(of_group);
        fits.then(|| Listed::of(stay, employee))
    };
    stays
        .filter(of_kind)
        .filter(wanted_here)
        .filter_map(whose)
        .collect()
}

/// Whether a stay is at the stage, in the pipeline and of the source that are wanted.
fn is_at(audited: &Audited<'_>, stay: &Stay, wanted: &Wanted) -> bool {
    let pipelines = &audited.history.pipelines;
    let in_pipeline = |pipeline| pipelines.pipeline(stay.stage) == Some(pipeline);
    wanted.stage.is_none_or(|stage| stage == stay.stage)
        && wanted.source.is_none_or(|source| source == stay.cut.source)
        && wanted.pipeline.is_none_or(in_pipeline)
}

/// The group that somebody belongs to at an instant.
fn group_of(audited: &Audited<'_>, employee: EmployeeId, at: Instant) -> GroupId {
    let date = audited.zone().date(at);
    let membership = audited.history.people.membership(employee, date);
    membership.map_or(GroupId::NONE, |membership| membership.group)
}

fn in_work(audited: &Audited<'_>, flow: &Flow, wanted: &Wanted) -> Vec<Listed> {
    let period = wanted.period.until(audited.now);
    let narrowed = wanted.stage.is_some() || wanted.pipeline.is_some() || wanted.source.is_some();
    let mut seen = BTreeSet::new();
    let mut listed = Vec::new();
    for tenure in audited.tenures {
        let time = (tenure.from.max(period.from), tenure.to.min(period.to));
        let is_theirs = wanted
            .employee
            .is_none_or(|wanted| wanted == tenure.employee);
        if time.0 >= time.1 || !is_theirs || seen.contains(&tenure.deal) {
            continue;
        }
        let stays = flow.of_deal(tenure.deal);
        let stood = |stay: &Stay| overlaps(stay, time) && is_at(audited, stay, wanted);
        if narrowed && !stays.iter().any(stood) {
            continue;
        }
        if let Some(wanted) = wanted.group {
            let mut within = false;
            let see = |group| within |= group == wanted;
            each_group(audited.history, audited.zone(), tenure.employee, time, see);
            if !within {
                continue;
            }
        }
        seen.insert(tenure.deal);
        listed.push(match stays.last() {
            Some(last) => Listed::of(last, tenure.employee),
            // No stage of it is known: it has been in work all the same.
            None => Listed {
                deal: tenure.deal,
                employee: tenure.employee,
                stage: StageId::NONE,
                since: tenure.from,
                worked: 0,
                price: None,
            },
        });
    }
    listed
}

/// Whether a stay has an instant in common with some time.
fn overlaps(stay: &Stay, (from, to): (Instant, Instant)) -> bool {
    stay.cut.at.max(from) < stay.to.unwrap_or(Instant::MAX).min(to)
}

/// Deals that were closed in a period and still are.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Closings {
    /// Won ones.
    pub won: u64,
    /// Lost ones.
    pub lost: u64,
    /// The prices of the lost ones, in hundredths.
    pub lost_sum: i64,
}

impl Closings {
    /// All of them.
    pub fn all(&self) -> u64 {
        self.won + self.lost
    }

    fn add(&mut self, stay: &Stay) {
        match stay.kind {
            StageKind::Won => self.won += 1,
            StageKind::Lost => {
                self.lost += 1;
                self.lost_sum = self.lost_sum.saturating_add(stay.price.unwrap_or(0));
            }
            StageKind::Open => {}
        }
    }
}

/// The closings of a period: what lists of won and of lost deals count.
#[derive(Clone, Debug, Default)]
pub struct Closed {
    /// All of them.
    pub company: Closings,
    /// By the group that whoever closed a deal belonged to then.
    pub groups: BTreeMap<GroupId, Closings>,
    /// By who answered for the deal then; under nobody those that nobody did.
    pub people: BTreeMap<EmployeeId, Closings>,
}

impl Closed {
    /// Theirs.
    pub fn whose(&self, who: Who) -> Closings {
        let known = match who {
            Who::Company => Some(&self.company),
            Who::Group(group) => self.groups.get(&group),
            Who::Employee(person) => self.people.get(&person),
        };
        known.copied().unwrap_or_default()
    }

    /// The closings of a period.
    pub fn of(audited: &Audited<'_>, flow: &Flow, period: Period) -> Closed {
        let mut closed = Closed::default();
        let stays = flow.stays.iter();
        let stays = stays.filter(|stay| stay.to.is_none() && stay.kind != StageKind::Open);
        for stay in stays.filter(|stay| period.holds(stay.cut.at)) {
            closed.company.add(stay);
            let employee = holder(stay);
            closed.people.entry(employee).or_default().add(stay);
            let group = group_of(audited, employee, stay.cut.at);
            closed.groups.entry(group).or_default().add(stay);
        }
        closed.groups.remove(&GroupId::NONE);
        closed
    }
}
