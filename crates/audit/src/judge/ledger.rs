//! Facts by whom they are about, each deal's replaceable: what lets a server judge again only
//! what an event touches.

use std::collections::BTreeMap;

use history::{ClientId, DealId, EmployeeId, History, Instant, StageId};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::engine::{Judge, Ready, Verdict};
use super::facts::{
    Action, Change, Closing, Completion, Crowding, NextStep, TaskChange, Tenure, Waiting, WonStay,
};
use super::filed::{ClientNumber, GroupClosing, Lists};
use super::lists::{Facts, Room, Wanted};
use super::order::client;
use super::work::collect;
use super::{ClientFacts, StageFacts, WorkFacts};
use crate::rules::Fact;

/// What is judged by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Key {
    /// A deal.
    Deal(DealId),
    /// A client; where there is none, a deal that stands for itself.
    Client(ClientId, DealId),
    /// A person's work.
    Employee(EmployeeId),
    /// All groups over a calendar month, as months since 1970-01.
    Month(i32),
    /// A stage.
    Stage(StageId),
}

/// The facts of a history at an instant, by whom they are about.
#[derive(Default)]
pub struct Ledger {
    actions: Lists<Action>,
    completions: Lists<Completion>,
    closings: Lists<Closing>,
    holdings: Lists<Change>,
    waiting: Lists<Waiting>,
    tasks: Lists<TaskChange>,
    won: Lists<WonStay>,
    steps: Lists<NextStep>,
    crowds: Lists<Crowding>,
    all_closings: Lists<GroupClosing>,
    tenures: BTreeMap<DealId, Vec<Tenure>>,
    /// Deals with events after the instant they were filed at, and that instant.
    partly: FxHashMap<DealId, Instant>,
    /// How many events without a deal have been looked at, and those that are still to come.
    loose: usize,
    later: Vec<Action>,
}

/// The facts of one deal as they stand in a ledger; by default none, as of a new deal.
#[derive(Default)]
pub struct Filed(Facts);

/// All deals judged and filed.
pub struct Opening {
    /// The facts.
    pub ledger: Ledger,
    /// What deal rules say, deal by deal: a deal may stand in it once for each version, and is
    /// missing where there is nothing to say.
    pub deals: Vec<(DealId, Verdict)>,
    /// All other keys, to be judged one by one.
    pub keys: FxHashSet<Key>,
}

/// One deal judged and filed anew.
pub struct Refiled {
    /// What deal rules say of it.
    pub verdict: Verdict,
    /// The other keys that have to be judged anew.
    pub touched: FxHashSet<Key>,
}

impl<'a> Judge<'a> {
    /// Judges all deals at `now` and files their facts.
    pub fn open(&self, now: Instant) -> Opening {
        let relevant = self.relevant(now);
        let (mut deals, mut filed) = (Vec::new(), Vec::new());
        for (i, ready) in relevant.iter().enumerate() {
            let wanted = self.wanted_of(&relevant, i);
            let chunks = self.chunks().into_par_iter().map(|chunk| {
                let mut said = Vec::new();
                let (_, facts) = self.walk(
                    ready,
                    chunk,
                    now,
                    (wanted, Room::default()),
                    |deal, verdict| {
                        if verdict.wake_up.is_some() || !verdict.findings.is_empty() {
                            said.push((deal, std::mem::take(verdict)));
                        }
                    },
                );
                (said, facts)
            });
            for (said, facts) in chunks.collect::<Vec<_>>() {
                deals.extend(said);
                filed.push(facts);
            }
        }
        let mut ledger = Ledger::of(filed);
        for timeline in self.history.timelines.iter() {
            if timeline.until(now).len() < timeline.len() {
                ledger.partly.insert(timeline.deal(), now);
            }
        }
        self.file_loose(&mut ledger, now);
        let keys = ledger.keys(&relevant);
        Opening {
            ledger,
            deals,
            keys,
        }
    }

    /// The facts of a deal as they were filed at or before `now`, to be asked for before an
    /// event is added to it. A deal that is new has none.
    pub fn filed(&self, ledger: &Ledger, deal: DealId, now: Instant) -> Filed {
        let until = ledger.partly.get(&deal).copied().unwrap_or(now);
        Filed(if deal.index() < self.history.timelines.deals() {
            self.walked(deal, until).1
        } else {
            Facts::default()
        })
    }

    fn walked(&self, deal: DealId, now: Instant) -> (Verdict, Facts) {
        let relevant = self.relevant(now);
        let (mut verdict, mut filed) = (Verdict::default(), Facts::default());
        for (i, ready) in relevant.iter().enumerate() {
            let wanted = self.wanted_of(&relevant, i);
            let one = deal.0..deal.0 + 1;
            let (part, facts) = self.walk(ready, one, now, (wanted, Room::default()), |_, _| {});
            verdict.join(part);
            if i == 0 {
                filed = facts;
            }
        }
        (verdict, filed)
    }

    /// Judges a deal at `now` and puts its facts in place of those filed before.
    pub fn refile(
        &self,
        ledger: &mut Ledger,
        Filed(before): Filed,
        deal: DealId,
        now: Instant,
    ) -> Refiled {
        let (verdict, after) = self.walked(deal, now);
        let timeline = self.history.timelines.deal(deal);
        if timeline.until(now).len() < timeline.len() {
            ledger.partly.insert(deal, now);
        } else {
            ledger.partly.remove(&deal);
        }
        let relevant = self.relevant(now);
        let mut touched = FxHashSet::default();
        before.touch(&relevant, &mut touched);
        after.touch(&relevant, &mut touched);
        ledger.replace(deal, &before, after);
        Refiled { verdict, touched }
    }

    /// Files what people did that belongs to no deal, as far as it is new and has happened;
    /// tells whom it concerns.
    pub fn file_loose(&self, ledger: &mut Ledger, now: Instant) -> FxHashSet<Key> {
        let new = &self.history.loose[ledger.loose..];
        ledger.loose = self.history.loose.len();
        let new = new.iter().filter(|event| event.actor.is_some());
        ledger.later.extend(new.map(|event| Action {
            at: event.at,
            employee: event.actor,
            stage: StageId::NONE,
        }));
        let (due, later): (Vec<Action>, Vec<Action>) =
            ledger.later.drain(..).partition(|action| action.at <= now);
        ledger.later = later;
        for action in &due {
            ledger.actions.insert(*action);
        }
        let keys = due.into_iter();
        keys.map(|action| Key::Employee(action.employee)).collect()
    }

    /// Judges one key at `now`.
    pub fn judge_key(&self, ledger: &Ledger, key: Key, now: Instant) -> Verdict {
        let mut verdict = Verdict::default();
        for ready in self.relevant(now) {
            match key {
                Key::Deal(deal) => {
                    let one = deal.0..deal.0 + 1;
                    let wanted = Wanted::default();
                    verdict.join(
                        self.walk(ready, one, now, (wanted, Room::default()), |_, _| {})
                            .0,
                    );
                }
                Key::Client(id, deal) => {
                    let number = client(id.0, deal.0);
                    let (won, steps) = (ledger.won.get(number), ledger.steps.get(number));
                    if !won.is_empty() {
                        let facts = ClientFacts { won, steps };
                        collect(self.judge_client(ready, &facts, now), &mut verdict);
                    }
                }
                Key::Employee(employee) => {
                    self.judge_person(ledger, ready, employee, now, &mut verdict);
                }
                Key::Month(month) => {
                    let closings = ledger.closings_of(ready, month);
                    self.judge_months(ready, closings, now, &mut verdict);
                }
                Key::Stage(stage) => {
                    let changes = ledger.crowds.get(stage);
                    if !changes.is_empty() {
                        let facts = StageFacts { stage, changes };
                        collect(self.judge_stage(ready, &facts, now), &mut verdict);
                    }
                }
            }
        }
        verdict
    }

    fn judge_person(
        &self,
        ledger: &Ledger,
        ready: &Ready<'a>,
        employee: EmployeeId,
        now: Instant,
        verdict: &mut Verdict,
    ) {
        for part in &ready.employees {
            let mut work = WorkFacts::of(employee);
            let any = match part.rule.needs() {
                Fact::Actions => give(&mut work.actions, ledger.actions.get(employee)),
                Fact::Completions => give(&mut work.completions, ledger.completions.get(employee)),
                Fact::Closings => give(&mut work.closings, ledger.closings.get(employee)),
                Fact::Holdings => give(&mut work.holdings, ledger.holdings.get(employee)),
                Fact::Waiting => give(&mut work.waiting, ledger.waiting.get(employee)),
                Fact::Tasks => give(&mut work.tasks, ledger.tasks.get(employee)),
            };
            if any {
                collect([self.judge_employee(ready, part, &work, now)], verdict);
            }
        }
    }

    /// Facts are the same for every version: they are filed on the first walk.
    fn wanted_of(&self, relevant: &[&Ready<'_>], place: usize) -> Wanted {
        if place == 0 {
            self.wanted(relevant, true)
        } else {
            Wanted::default()
        }
    }
}

fn give<'f, T>(place: &mut &'f [T], facts: &'f [T]) -> bool {
    *place = facts;
    !facts.is_empty()
}

impl Facts {
    /// The keys that these facts concern.
    ///
    /// Rules ask deals for their stage and price, too: an event that leaves a person's facts as
    /// they are may still change what is found, so whoever has facts of the deal is concerned.
    fn touch(&self, relevant: &[&Ready<'_>], keys: &mut FxHashSet<Key>) {
        let people = self.actions.iter().map(|fact| fact.employee);
        let people = people
            .chain(self.completions.iter().map(|fact| fact.employee))
            .chain(self.closings.iter().map(|fact| fact.actor))
            .chain(self.holdings.iter().map(|fact| fact.employee))
            .chain(self.waiting.iter().map(|fact| fact.change.employee))
            .chain(self.tasks.iter().map(|fact| fact.change.employee));
        keys.extend(people.filter(|id| id.is_some()).map(Key::Employee));
        let clients = self.won.iter().map(|stay| (stay.client, stay.event.deal));
        let clients = clients.chain(self.steps.iter().map(|step| (step.client, step.event.deal)));
        keys.extend(clients.map(|(id, deal)| client_key(client(id.0, deal.0))));
        keys.extend(self.crowds.iter().map(|fact| Key::Stage(fact.stage)));
        keys.extend(months(relevant, self.closings.iter()));
    }
}

fn client_key((id, deal): ClientNumber) -> Key {
    Key::Client(ClientId(id), DealId(deal))
}

/// The months in which groups are judged by these closings.
fn months<'f>(
    relevant: &[&Ready<'_>],
    closings: impl Iterator<Item = &'f Closing>,
) -> FxHashSet<Key> {
    let mut keys = FxHashSet::default();
    let ready = relevant.iter().filter(|ready| !ready.groups.is_empty());
    let ready: Vec<_> = ready.collect();
    for closing in closings {
        keys.extend(
            ready
                .iter()
                .map(|ready| Key::Month(ready.month_of(closing.at))),
        );
    }
    keys
}

impl Ledger {
    /// Who had which deal in work, and when.
    pub fn tenures(&self) -> impl Iterator<Item = &Tenure> {
        self.tenures.values().flatten()
    }

    /// Deals with events after the instant they were filed at.
    pub fn unfinished(&self) -> Vec<DealId> {
        self.partly.keys().copied().collect()
    }

    /// Whether a deal has such events.
    pub fn is_unfinished(&self, deal: DealId) -> bool {
        self.partly.contains_key(&deal)
    }

    /// When the next event of a deal happens that is not filed yet; none: all are.
    pub fn next_event(&self, history: &History, deal: DealId) -> Option<Instant> {
        let filed = *self.partly.get(&deal)?;
        let timeline = history.timelines.deal(deal);
        Some(timeline.at(timeline.until(filed).len()))
    }

    /// When the next event without a deal happens that is not filed yet; none: there is none.
    pub fn next_loose(&self) -> Option<Instant> {
        self.later.iter().map(|action| action.at).min()
    }

    /// Facts of parts in the order of deals.
    fn of(parts: Vec<Facts>) -> Ledger {
        macro_rules! each {
            ($list:ident) => {
                Lists::of(parts.iter().flat_map(|part| part.$list.iter().copied()))
            };
        }
        let all_closings = parts.iter().flat_map(|part| &part.closings);
        let mut tenures: BTreeMap<DealId, Vec<Tenure>> = BTreeMap::new();
        for tenure in parts.iter().flat_map(|part| &part.tenures) {
            tenures.entry(tenure.deal).or_default().push(*tenure);
        }
        Ledger {
            actions: each!(actions),
            completions: each!(completions),
            closings: each!(closings),
            holdings: each!(holdings),
            waiting: each!(waiting),
            tasks: each!(tasks),
            won: each!(won),
            steps: each!(steps),
            crowds: each!(crowds),
            all_closings: Lists::of(all_closings.copied().map(GroupClosing)),
            tenures,
            ..Ledger::default()
        }
    }

    fn replace(&mut self, deal: DealId, before: &Facts, after: Facts) {
        self.actions.replace(&before.actions, &after.actions);
        self.completions
            .replace(&before.completions, &after.completions);
        self.closings.replace(&before.closings, &after.closings);
        self.holdings.replace(&before.holdings, &after.holdings);
        self.waiting.replace(&before.waiting, &after.waiting);
        self.tasks.replace(&before.tasks, &after.tasks);
        self.won.replace(&before.won, &after.won);
        self.steps.replace(&before.steps, &after.steps);
        self.crowds.replace(&before.crowds, &after.crowds);
        let of_groups = |facts: &Facts| -> Vec<GroupClosing> {
            facts.closings.iter().copied().map(GroupClosing).collect()
        };
        self.all_closings
            .replace(&of_groups(before), &of_groups(&after));
        if after.tenures.is_empty() {
            self.tenures.remove(&deal);
        } else {
            self.tenures.insert(deal, after.tenures);
        }
    }

    fn keys(&self, relevant: &[&Ready<'_>]) -> FxHashSet<Key> {
        let people = self.actions.keys().chain(self.completions.keys());
        let people = people
            .chain(self.closings.keys())
            .chain(self.holdings.keys())
            .chain(self.waiting.keys())
            .chain(self.tasks.keys());
        let mut keys: FxHashSet<Key> = people.map(Key::Employee).collect();
        keys.extend(self.won.keys().map(client_key));
        keys.extend(self.crowds.keys().map(Key::Stage));
        let closings = self.all_closings.get(());
        keys.extend(months(relevant, closings.iter().map(|closing| &closing.0)));
        keys
    }

    /// The closings of a month by the zone of a version, in order of time.
    fn closings_of(&self, ready: &Ready<'_>, month: i32) -> Vec<Closing> {
        let (start, end) = (ready.start_of_month(month), ready.start_of_month(month + 1));
        let all = self.all_closings.get(());
        let place = |at| all.partition_point(|closing| closing.0.at < at);
        let of_month = &all[place(start)..place(end)];
        of_month.iter().map(|closing| closing.0).collect()
    }
}
