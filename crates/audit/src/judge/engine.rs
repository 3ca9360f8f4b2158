//! The judge: walks every deal once for each version of the regulation, files what happened
//! under employees, groups and clients, and lets each rule speak.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use history::{DealId, EmployeeId, FieldId, History, Instant, StageId};
use rayon::prelude::*;

use super::filing::Filing;
use super::lists::{Facts, Room, Wanted};
use super::signals::Listeners;
use super::{
    Clocks, Deal, Filter, Finding, Holder, NO_EVENT, Proof, Shape, Stretch, Stretches, Subject,
    Tenure, TimelineProblems,
};
use crate::regulation::{ClockKind, Mistake, Names, Regulation, Version};
use crate::rules::{Build, ClientRule, DealJudge, DealRule, EmployeeRule, GroupRule, StageRule};

/// Deals given to a thread at a time.
const DEALS_AT_ONCE: usize = 2048;

/// A regulation made ready for a history: judges it at any instant.
pub struct Judge<'a> {
    pub(super) history: &'a History,
    pub(super) regulation: &'a Regulation,
    pub(super) versions: Vec<Ready<'a>>,
    /// Where nobody works, by the latest version.
    robots: Filter<'a>,
}

/// A version made ready.
pub(super) struct Ready<'a> {
    pub version: &'a Version,
    pub place: u16,
    pub in_force: (Instant, Instant),
    pub clocks: Arc<Clocks>,
    deals: Vec<DealPart<'a>>,
    /// Of the rules over deals.
    listeners: Listeners,
    pub clients: Vec<Part<'a, dyn ClientRule>>,
    pub employees: Vec<Part<'a, dyn EmployeeRule>>,
    pub groups: Vec<Part<'a, dyn GroupRule>>,
    pub stages: Vec<Part<'a, dyn StageRule>>,
    watched: Vec<FieldId>,
}

/// An entry of a regulation with its judging part.
pub(super) struct Part<'a, R: ?Sized> {
    pub entry: u16,
    pub clock: ClockKind,
    pub filter: Filter<'a>,
    pub rule: Box<R>,
}

struct DealPart<'a> {
    part: Part<'a, dyn DealRule>,
    floor: i64,
}

/// What a history amounts to at an instant.
#[derive(Default)]
pub struct Verdict {
    /// All findings, in no particular order.
    pub findings: Vec<Finding>,
    /// The next instant at which the verdict could change with no new event; none: never.
    pub wake_up: Option<Instant>,
    /// Lines of timelines that no rule saw.
    pub problems: TimelineProblems,
    /// Who had which deal in work, and when.
    pub tenures: Vec<Tenure>,
}

impl Verdict {
    fn joined(parts: Vec<Verdict>) -> Verdict {
        let mut verdict = Verdict::default();
        let found = parts.iter().map(|part| part.findings.len()).sum();
        verdict.findings.reserve_exact(found);
        parts.into_iter().for_each(|part| verdict.join(part));
        verdict
    }

    /// Adds what was said of another part.
    pub fn join(&mut self, mut other: Verdict) {
        self.findings.append(&mut other.findings);
        self.tenures.append(&mut other.tenures);
        self.problems.add(&other.problems);
        self.wake_up = earlier(self.wake_up, other.wake_up);
    }
}

pub(super) fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl<'a> Judge<'a> {
    /// Makes a regulation ready for a history. Ids that the history does not know select
    /// nothing; [`Judge::misfits`] names them.
    pub fn new(history: &'a History, regulation: &'a Regulation) -> Judge<'a> {
        Judge::with_clocks(history, regulation, &Clocks::of_all(regulation, history))
    }

    /// The same with clocks that were made before ([`Clocks::of_all`]) of the same regulation and
    /// people: making them takes longer than judging a deal.
    pub fn with_clocks(
        history: &'a History,
        regulation: &'a Regulation,
        clocks: &[Arc<Clocks>],
    ) -> Judge<'a> {
        let versions = regulation.versions().iter().zip(clocks).enumerate();
        let versions = versions.map(|(place, (version, clocks))| {
            let in_force = regulation.in_force(place);
            Ready::new(history, version, (place as u16, in_force), clocks.clone())
        });
        let latest = regulation.latest();
        Judge {
            history,
            regulation,
            versions: versions.collect(),
            robots: Filter::robots(latest, history),
        }
    }

    /// Ids of the regulation that the history does not know, by version.
    pub fn misfits(&self) -> Vec<(&'a Version, Vec<Mistake>)> {
        let versions = self.regulation.versions().iter();
        let misfits = versions.map(|version| (version, version.misfits(self.history)));
        misfits
            .filter(|(_, mistakes)| !mistakes.is_empty())
            .collect()
    }

    /// The regulation.
    pub fn regulation(&self) -> &'a Regulation {
        self.regulation
    }

    /// The history.
    pub fn history(&self) -> &'a History {
        self.history
    }

    /// Judges everything at `now`. `progress` is told how many deals of how many are done;
    /// it may be called from several threads.
    pub fn judge(&self, now: Instant, progress: Option<&(dyn Fn(u64, u64) + Sync)>) -> Verdict {
        self.judged(now, progress, true)
    }

    /// The findings at `now` alone, without who had which deal in work.
    pub fn findings(&self, now: Instant) -> Vec<Finding> {
        self.judged(now, None, false).findings
    }

    fn judged(
        &self,
        now: Instant,
        progress: Option<&(dyn Fn(u64, u64) + Sync)>,
        tenures: bool,
    ) -> Verdict {
        let relevant = self.relevant(now);
        let total = (self.history.timelines.deals() * relevant.len()) as u64;
        let done = AtomicU64::new(0);
        let (mut said, mut facts) = (Vec::new(), Vec::new());
        for (i, ready) in relevant.iter().enumerate() {
            // Facts are the same for every version: they are filed on the first walk.
            let wanted = if i == 0 {
                self.wanted(&relevant, tenures)
            } else {
                Wanted::default()
            };
            let parts: Vec<(Verdict, Facts)> = self
                .chunks()
                .into_par_iter()
                .map_init(Room::default, |room, deals| {
                    let count = deals.len() as u64;
                    let part = self.walk(ready, deals, now, (wanted, *room), |_, _| {});
                    *room = Room::of(&part);
                    if let Some(progress) = progress {
                        progress(done.fetch_add(count, Ordering::Relaxed) + count, total);
                    }
                    part
                })
                .collect();
            for (mut part, filed) in parts {
                if i > 0 {
                    part.problems = TimelineProblems::default();
                }
                said.push(part);
                facts.push(filed);
            }
        }
        facts.push(self.loose_actions(&relevant, now));
        let (mut verdict, facts) = rayon::join(|| Verdict::joined(said), || Facts::gathered(facts));
        self.judge_facts(&relevant, &facts, now, &mut verdict);
        verdict.tenures = facts.tenures;
        verdict.wake_up = earlier(verdict.wake_up, self.next_version(now));
        verdict
    }

    /// Judges the rules over one deal at `now`; rules over clients, employees and groups are
    /// left out.
    pub fn judge_deal(&self, deal: DealId, now: Instant) -> Verdict {
        let mut verdict = Verdict::default();
        for ready in self.versions.iter().filter(|ready| ready.in_force.0 <= now) {
            let one = deal.0..deal.0 + 1;
            verdict.join(self.walk(ready, one, now, Default::default(), |_, _| {}).0);
        }
        verdict
    }

    /// The versions of which a part is in force up to `now`.
    pub(super) fn relevant(&self, now: Instant) -> Vec<&Ready<'a>> {
        let versions = self.versions.iter();
        versions.filter(|ready| ready.in_force.0 <= now).collect()
    }

    /// When the next version comes into force; none: no other will.
    pub fn next_version(&self, now: Instant) -> Option<Instant> {
        self.versions
            .iter()
            .map(|ready| ready.in_force.0)
            .filter(|from| *from > now)
            .min()
    }

    pub(super) fn chunks(&self) -> Vec<std::ops::Range<u32>> {
        let deals = self.history.timelines.deals() as u32;
        let starts = (0..deals).step_by(DEALS_AT_ONCE);
        starts
            .map(|from| from..deals.min(from + DEALS_AT_ONCE as u32))
            .collect()
    }

    pub(super) fn wanted(&self, versions: &[&Ready<'_>], tenures: bool) -> Wanted {
        let mut wanted = Wanted {
            tenures,
            ..Wanted::default()
        };
        for ready in versions {
            ready
                .employees
                .iter()
                .for_each(|part| wanted.add(part.rule.needs()));
            wanted.closings |= !ready.groups.is_empty();
            wanted.clients |= !ready.clients.is_empty();
            wanted.crowds |= !ready.stages.is_empty();
        }
        wanted
    }

    /// Walks deals under one version, having made room for what is likely to be said; `each` sees
    /// the verdict after each deal, and may take what has been said so far.
    pub(super) fn walk(
        &self,
        ready: &Ready<'a>,
        deals: std::ops::Range<u32>,
        now: Instant,
        (wanted, room): (Wanted, Room),
        mut each: impl FnMut(DealId, &mut Verdict),
    ) -> (Verdict, Facts) {
        let mut verdict = Verdict {
            findings: Vec::with_capacity(room.findings),
            ..Verdict::default()
        };
        let talk_ms = i64::from(ready.version.talk_seconds) * 1000;
        let mut deal = Deal::new(self.history, talk_ms, &ready.watched);
        let mut judges: Vec<Box<dyn DealJudge + '_>> = ready
            .deals
            .iter()
            .map(|part| part.part.rule.judge())
            .collect();
        let mut filing = Filing::new(wanted, Facts::with_room(&room));
        let files = wanted.any();
        let mut out = Stretches {
            list: Vec::new(),
            clocks: &ready.clocks,
            clock: ClockKind::Company,
            rule: 0,
            floor: 0,
        };
        for id in deals {
            let timeline = self.history.timelines.deal(DealId(id)).until(now);
            if timeline.is_empty() {
                continue;
            }
            deal.walk(timeline, |deal, step| {
                if files {
                    let rank = timeline.rank(step.index as usize);
                    filing.step(deal, step, rank, |stage| !self.robots.stage(stage));
                }
                ready.listeners.to(step.signals, |place| {
                    out.speak(place, &ready.deals[place]);
                    judges[place].step(deal, step, &mut out);
                });
            });
            for (i, (part, judge)) in ready.deals.iter().zip(&mut judges).enumerate() {
                out.speak(i, part);
                judge.end(&deal, &mut out);
            }
            if files {
                filing.end(&deal);
            }
            verdict.problems.add(&deal.problems);
            for stretch in out.list.drain(..) {
                ready.settle(&deal, &stretch, now, &mut verdict);
            }
            each(DealId(id), &mut verdict);
        }
        (verdict, filing.facts)
    }
}

impl Stretches<'_> {
    fn speak(&mut self, rule: usize, part: &DealPart<'_>) {
        self.rule = rule as u16;
        self.floor = part.floor;
        self.clock = part.part.clock;
    }
}

impl<'a> Ready<'a> {
    fn new(
        history: &'a History,
        version: &'a Version,
        (place, in_force): (u16, (Instant, Instant)),
        clocks: Arc<Clocks>,
    ) -> Ready<'a> {
        let names = Names {
            history,
            zone: &version.zone,
        };
        let mut ready = Ready {
            version,
            place,
            in_force,
            clocks,
            deals: Vec::new(),
            listeners: Listeners::default(),
            clients: Vec::new(),
            employees: Vec::new(),
            groups: Vec::new(),
            stages: Vec::new(),
            watched: Vec::new(),
        };
        for (i, entry) in version
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.enabled)
        {
            let (clock, place) = (entry.clock, i as u16);
            let filter = Filter::new(entry, version, history);
            match entry.rule.build {
                Build::Deal(build) => {
                    let rule = build(entry, &names);
                    ready.watched.extend(rule.watches());
                    ready.listeners.add(rule.listens());
                    ready.deals.push(DealPart {
                        floor: rule.floor(version.day_length_ms),
                        part: Part {
                            entry: place,
                            clock,
                            filter,
                            rule,
                        },
                    });
                }
                Build::Client(build) => {
                    let rule = build(entry, &names);
                    ready.clients.push(Part {
                        entry: place,
                        clock,
                        filter,
                        rule,
                    });
                }
                Build::Employee(build) => {
                    let rule = build(entry, &names);
                    ready.employees.push(Part {
                        entry: place,
                        clock,
                        filter,
                        rule,
                    });
                }
                Build::Group(build) => {
                    let rule = build(entry, &names);
                    ready.groups.push(Part {
                        entry: place,
                        clock,
                        filter,
                        rule,
                    });
                }
                Build::Stage(build) => {
                    let rule = build(entry, &names);
                    ready.stages.push(Part {
                        entry: place,
                        clock,
                        filter,
                        rule,
                    });
                }
            }
        }
        ready.watched.sort();
        ready.watched.dedup();
        ready
    }

    /// Makes a finding of a stretch, if it is one at `now`; otherwise notes when it could be.
    fn settle(&self, deal: &Deal<'_>, stretch: &Stretch, now: Instant, verdict: &mut Verdict) {
        if stretch.start < self.in_force.0 || stretch.start >= self.in_force.1 {
            return;
        }
        let DealPart { part, .. } = &self.deals[stretch.rule as usize];
        let breach = match stretch.shape {
            Shape::Standing | Shape::Momentary => Some(stretch.start),
            Shape::Limited | Shape::OnlyInTime => {
                let person = holder_at_start(deal, stretch);
                part.rule
                    .breach(deal, stretch, &self.clocks.time(part.clock, person))
            }
        };
        let Some(breach) = breach else { return };
        let mut cure = stretch.cure.filter(|_| stretch.shape != Shape::Momentary);
        if cure.is_some_and(|(at, _)| at <= breach) {
            return;
        }
        if stretch.shape == Shape::OnlyInTime {
            cure = None;
        }
        if stretch.shape != Shape::Momentary {
            cure = cure.or(deal.removed);
        }
        if cure.is_some_and(|(at, _)| at <= breach) {
            return;
        }
        if breach > now {
            verdict.wake_up = earlier(verdict.wake_up, Some(breach));
            return;
        }
        if let Some((later, _)) = cure.filter(|(at, _)| *at > now) {
            // Time will bring it: until then the finding lasts.
            verdict.wake_up = earlier(verdict.wake_up, Some(later));
            cure = None;
        }
        let stage = deal.stages.at(breach).unwrap_or(StageId::NONE);
        let employee = holder_at(deal, stretch, breach);
        if !part.filter.stage(stage)
            || !part.filter.person(employee, breach)
            || part.rule.excepts(deal, breach)
        {
            return;
        }
        verdict.findings.push(Finding {
            version: self.place,
            entry: part.entry,
            deal: deal.id,
            employee,
            stage,
            subject: identity(stretch.subject, &stretch.shape),
            start: stretch.start,
            at: breach,
            until: cure.map(|(at, _)| at),
            amount: deal.prices.at(breach).flatten(),
            count: stretch.count,
            proof: match cure {
                Some((_, index)) if index != NO_EVENT => Proof::Two(stretch.start_index, index),
                _ => Proof::One(stretch.start_index),
            },
        });
    }
}

/// A stage that a deal rule mentions is its own affair, not what the finding is told by.
fn identity(subject: Subject, shape: &Shape) -> Subject {
    match (subject, shape) {
        (Subject::Stage(_), Shape::Limited) => Subject::Deal,
        _ => subject,
    }
}

/// Whose clock runs.
fn holder_at_start(deal: &Deal<'_>, stretch: &Stretch) -> EmployeeId {
    match stretch.holder {
        Holder::Person(person) => person,
        Holder::Responsible | Holder::ResponsibleAtStart => deal
            .responsibles
            .at(stretch.start)
            .unwrap_or(EmployeeId::NONE),
        Holder::LastResponsible => last_responsible(deal, stretch.start),
    }
}

/// Whom it is held against.
fn holder_at(deal: &Deal<'_>, stretch: &Stretch, breach: Instant) -> EmployeeId {
    match stretch.holder {
        Holder::Person(person) => person,
        Holder::Responsible => deal.responsibles.at(breach).unwrap_or(EmployeeId::NONE),
        Holder::ResponsibleAtStart => deal
            .responsibles
            .at(stretch.start)
            .unwrap_or(EmployeeId::NONE),
        Holder::LastResponsible => last_responsible(deal, breach),
    }
}

fn last_responsible(deal: &Deal<'_>, at: Instant) -> EmployeeId {
    deal.last_responsibles.at(at).unwrap_or(EmployeeId::NONE)
}
