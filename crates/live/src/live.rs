//! The audit of one company, kept up to date.

use std::sync::{Arc, OnceLock};

use audit::judge::{Clocks, Finding, Judge, Key, Ledger, Tenure, Verdict};
use audit::regulation::{Regulation, Severity};
use history::{DealId, EmployeeId, History, Instant, Names, Record, Reference};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::identity::{Slot, renumbered_key, scope_of};
use crate::kept::Kept;
use crate::known::{Change, Judged, Known, holder, reconcile, remembered};
use crate::order::Order;
use crate::wakes::Wakes;
use crate::{Row, Values};

/// A company's history, its regulation, and what follows from them at an instant.
pub struct Live {
    history: History,
    regulation: Regulation,
    now: Instant,
    ledger: Ledger,
    wakes: Wakes,
    /// When the next version of the regulation comes into force.
    next_version: Option<Instant>,
    /// All findings by number.
    findings: Vec<Known>,
    of_key: FxHashMap<Key, Vec<u32>>,
    /// Names of rules and files of regulations, as numbers of [`Known`].
    rules: Names,
    files: Names,
    kept: Kept,
    /// Made when first asked for; people, absences and the regulation are what they depend on.
    clocks: OnceLock<Vec<Arc<Clocks>>>,
    /// Made when first asked for after a change.
    order: Order,
    /// The findings judged since somebody asked; none: all of them.
    touched: Option<Vec<u32>>,
}

/// As many findings are listed as touched at most: it is simpler to look at all then.
const MOST_TOUCHED: usize = 20_000;

/// A standing finding with what it is known by.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// Its number.
    pub number: u32,
    /// The name of its rule.
    pub rule: &'a str,
    /// What the rule judges as one: a word of [`crate::SCOPES`].
    pub scope: &'static str,
    /// How grave its rule says it is.
    pub severity: Severity,
    /// As the judge says it.
    pub finding: &'a Finding,
}

/// The clocks of each version, made where they are not.
fn clocks_of<'c>(
    clocks: &'c OnceLock<Vec<Arc<Clocks>>>,
    history: &History,
    regulation: &Regulation,
) -> &'c [Arc<Clocks>] {
    clocks.get_or_init(|| Clocks::of_all(regulation, history))
}

impl Live {
    /// Judges a company at `now`. `known` are the findings that were kept of it before, by
    /// number; what changed of them is told, and new ones get the next numbers.
    pub fn open(
        history: History,
        regulation: Regulation,
        known: Vec<Row>,
        now: Instant,
    ) -> (Live, Vec<Change>) {
        let mut live = Live::unjudged(history, regulation, now);
        known.into_iter().for_each(|row| live.remember(row));
        let changes = live.judge_all();
        (live, changes)
    }

    /// A company about to be judged at `now`: first what was kept of it before is to be
    /// remembered ([`Live::remember`]), then all is to be judged ([`Live::judge`]).
    pub fn unjudged(mut history: History, regulation: Regulation, now: Instant) -> Live {
        history.thaw();
        let mut live = Live {
            history,
            regulation,
            now,
            ledger: Ledger::default(),
            wakes: Wakes::default(),
            next_version: None,
            findings: Vec::new(),
            of_key: FxHashMap::default(),
            rules: Names::new(),
            files: Names::new(),
            kept: Kept::default(),
            clocks: OnceLock::new(),
            order: Order::default(),
            touched: None,
        };
        live.know_fields();
        live
    }

    /// Judges all of it; what changed of the findings that were kept is told.
    pub fn judge(&mut self) -> Vec<Change> {
        self.judge_all()
    }

    /// Remembers the next finding that was kept before, in the order of their numbers.
    pub fn remember(&mut self, row: Row) {
        let number = self.findings.len() as u32;
        let regulation = self.files.intern(&row.values.regulation);
        let read = Slot::read(&row.identity, &mut self.rules, &self.history);
        // What names nothing that the history knows cannot come again; it keeps its number.
        let (key, slot) = read.unwrap_or((
            Key::Deal(DealId::NONE),
            Slot {
                rule: self.rules.intern(&row.identity.rule),
                holder: crate::identity::Holder::Key(Key::Deal(DealId::NONE)),
                subject: audit::judge::Subject::Deal.into(),
                start: row.identity.start,
                ordinal: row.identity.ordinal,
            },
        ));
        let known = remembered(slot, &row.values, row.standing, regulation, &self.history);
        self.findings.push(known);
        self.of_key.entry(key).or_default().push(number);
    }

    /// Adds events that have come by `now`, and looks at what they touch and at what falls due.
    /// Whether an event is new is for the caller to know; a record that is no event
    /// ([`Record::check`]) is left out.
    pub fn add(&mut self, records: &[Record<'_>], now: Instant) -> Vec<Change> {
        let now = now.max(self.now);
        let mut deals: Vec<DealId> = records
            .iter()
            .filter_map(|record| self.history.deals.find(record.deal))
            .map(DealId)
            .collect();
        let clocks = clocks_of(&self.clocks, &self.history, &self.regulation);
        let judge = Judge::with_clocks(&self.history, &self.regulation, clocks);
        deals.sort();
        deals.dedup();
        let filed: Vec<_> = deals
            .iter()
            .map(|deal| judge.filed(&self.ledger, *deal, self.now))
            .collect();
        let mut filed: FxHashMap<DealId, _> = deals.into_iter().zip(filed).collect();
        for record in records {
            if let Ok(deal) = self.history.append(record)
                && deal.is_some()
            {
                filed.entry(deal).or_default();
            }
        }
        self.advance(filed, now)
    }

    /// Lets time pass until `now`, and looks at what falls due.
    pub fn tick(&mut self, now: Instant) -> Vec<Change> {
        self.advance(FxHashMap::default(), now.max(self.now))
    }

    /// Takes another regulation; all of it is judged anew.
    pub fn regulate(&mut self, regulation: Regulation, now: Instant) -> Vec<Change> {
        self.regulation = regulation;
        self.clocks = OnceLock::new();
        self.know_fields();
        self.now = now.max(self.now);
        self.judge_all()
    }

    /// A finding about a field that no event has named yet stays the same once one does.
    fn know_fields(&mut self) {
        for field in self.regulation.fields() {
            self.history.fields.intern(field);
        }
    }

    /// Takes other people, groups, absences and stages; all of it is judged anew.
    pub fn relist(&mut self, reference: &Reference, now: Instant) -> Vec<Change> {
        let numbers = self.history.relist(reference);
        self.clocks = OnceLock::new();
        for known in &mut self.findings {
            known.renumber(&numbers);
        }
        let keys = std::mem::take(&mut self.of_key).into_iter();
        self.of_key = keys
            .map(|(key, numbers_of)| (renumbered_key(key, &numbers), numbers_of))
            .collect();
        self.now = now.max(self.now);
        self.judge_all()
    }

    fn judge_all(&mut self) -> Vec<Change> {
        self.order = Order::default();
        self.touched = None;
        let clocks = clocks_of(&self.clocks, &self.history, &self.regulation);
        let judge = Judge::with_clocks(&self.history, &self.regulation, clocks);
        let opening = judge.open(self.now);
        let mut said: FxHashMap<Key, Verdict> = FxHashMap::default();
        for (deal, verdict) in opening.deals {
            said.entry(Key::Deal(deal)).or_default().join(verdict);
        }
        for key in opening.keys {
            said.insert(key, judge.judge_key(&opening.ledger, key, self.now));
        }
        self.next_version = judge.next_version(self.now);
        self.ledger = opening.ledger;
        self.wakes = Wakes::default();
        for deal in self.ledger.unfinished() {
            said.entry(Key::Deal(deal)).or_default();
        }
        let silent: Vec<Key> = self.of_key.keys().copied().collect();
        for key in silent {
            said.entry(key).or_default();
        }
        let mut verdicts: Vec<(Key, Verdict)> = said.into_iter().collect();
        // The order in which new findings are numbered is that of their keys.
        verdicts.sort_by_key(|(key, _)| *key);
        let mut changes = Vec::new();
        for (key, verdict) in verdicts {
            self.take(key, verdict, &mut changes);
        }
        changes
    }

    fn advance(
        &mut self,
        mut filed: FxHashMap<DealId, audit::judge::Filed>,
        now: Instant,
    ) -> Vec<Change> {
        let before = std::mem::replace(&mut self.now, now);
        if self.next_version.is_some_and(|at| at <= now) {
            return self.judge_all();
        }
        let due = self.wakes.due(now);
        let clocks = clocks_of(&self.clocks, &self.history, &self.regulation);
        let judge = Judge::with_clocks(&self.history, &self.regulation, clocks);
        let mut touched: FxHashSet<Key> = judge.file_loose(&mut self.ledger, now);
        for key in due {
            match key {
                Key::Deal(deal) if self.ledger.is_unfinished(deal) => {
                    filed
                        .entry(deal)
                        .or_insert_with(|| judge.filed(&self.ledger, deal, before));
                }
                key => {
                    touched.insert(key);
                }
            }
        }
        if !filed.is_empty() {
            self.order.forget_tenures();
        }
        let mut verdicts: Vec<(Key, Verdict)> = Vec::new();
        for (deal, filed) in filed {
            let refiled = judge.refile(&mut self.ledger, filed, deal, now);
            touched.extend(refiled.touched);
            touched.remove(&Key::Deal(deal));
            verdicts.push((Key::Deal(deal), refiled.verdict));
        }
        for key in touched {
            verdicts.push((key, judge.judge_key(&self.ledger, key, now)));
        }
        verdicts.sort_by_key(|(key, _)| *key);
        let mut changes = Vec::new();
        for (key, verdict) in verdicts {
            self.take(key, verdict, &mut changes);
        }
        if !changes.is_empty() {
            self.order.forget_findings();
        }
        changes
    }

    /// Takes what is judged of a key.
    fn take(&mut self, key: Key, verdict: Verdict, changes: &mut Vec<Change>) {
        let mut wake = verdict.wake_up;
        if let Key::Deal(deal) = key
            && let Some(at) = self.ledger.next_event(&self.history, deal)
        {
            wake = Some(wake.map_or(at, |wake| wake.min(at)));
        }
        self.wakes.set(key, wake);
        let findings = verdict.findings.into_iter();
        let judged: Vec<Judged> = findings.map(|finding| self.judged(key, finding)).collect();
        let of_key = self.of_key.entry(key).or_default();
        reconcile(&mut self.findings, of_key, judged, changes);
        self.touched = self.touched.take().and_then(|mut touched| {
            touched.extend(&*of_key);
            (touched.len() <= MOST_TOUCHED).then_some(touched)
        });
        if of_key.is_empty() {
            self.of_key.remove(&key);
        }
    }

    fn judged(&mut self, key: Key, finding: Finding) -> Judged {
        let version = &self.regulation.versions()[finding.version as usize];
        let entry = &version.entries[finding.entry as usize];
        let slot = Slot {
            rule: self.rules.intern(&entry.name),
            holder: holder(key, &finding),
            subject: finding.subject.into(),
            start: finding.start,
            ordinal: 0,
        };
        let regulation = self.files.intern(&version.file);
        let severity = entry.severity;
        Judged {
            slot,
            regulation,
            severity,
            finding,
        }
    }

    /// The next instant at which [`Live::tick`] could change something; none: only an event can.
    pub fn wake_up(&self) -> Option<Instant> {
        let next = [
            self.wakes.next(),
            self.ledger.next_loose(),
            self.next_version,
        ];
        next.into_iter().flatten().min()
    }

    /// The instant everything is judged at.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The regulation.
    pub fn regulation(&self) -> &Regulation {
        &self.regulation
    }

    /// The clocks of the regulation's latest version.
    pub fn clocks(&self) -> &Clocks {
        let clocks = clocks_of(&self.clocks, &self.history, &self.regulation);
        // The latest version stands last, and there is one at least.
        &clocks[clocks.len() - 1]
    }

    /// The findings that were judged since this was last asked, changed or not; none: all of them.
    pub fn take_touched(&mut self) -> Option<Vec<u32>> {
        self.touched.replace(Vec::new())
    }

    /// What whoever keeps the findings remembers of them.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The same, to be changed.
    pub fn kept_mut(&mut self) -> &mut Kept {
        &mut self.kept
    }

    /// Who had which deal in work, and when.
    pub fn tenures(&self) -> impl Iterator<Item = &Tenure> {
        self.ledger.tenures()
    }

    /// How many findings there are, standing and withdrawn: numbers are below.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether nothing was ever found.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Standing findings with their numbers, as the judge says them.
    pub fn standing(&self) -> impl Iterator<Item = (u32, &Finding)> {
        let all = self.findings.iter().enumerate();
        all.filter(|(_, known)| known.standing)
            .map(|(number, known)| (number as u32, &known.finding))
    }

    /// A standing finding with what it is known by; none for withdrawn and unknown ones.
    pub fn stands(&self, number: u32) -> Option<Standing<'_>> {
        let known = self.findings.get(number as usize)?;
        known.standing.then(|| Standing {
            number,
            rule: self.rules.get(known.slot.rule),
            scope: scope_of(known.slot.holder),
            severity: known.severity,
            finding: &known.finding,
        })
    }

    /// The numbers of all standing findings in the order of their breaches.
    pub fn by_breach(&self) -> &[u32] {
        self.order.by_breach(self.standing())
    }

    /// The numbers of the standing findings against somebody, or against nobody, in the order of
    /// their breaches.
    pub fn against(&self, employee: EmployeeId) -> &[u32] {
        self.order.against(employee, self.standing())
    }

    /// Who had which deal in work, and when, as one list.
    pub fn all_tenures(&self) -> &[Tenure] {
        self.order.all_tenures(self.tenures())
    }

    /// Which deals somebody had in work, and when.
    pub fn tenures_of(&self, employee: EmployeeId) -> &[Tenure] {
        self.order.tenures_of(employee, self.tenures())
    }

    /// A standing finding as the judge says it; none for withdrawn and unknown ones.
    pub fn finding(&self, number: u32) -> Option<&Finding> {
        let known = self.findings.get(number as usize)?;
        known.standing.then_some(&known.finding)
    }

    /// A finding in words; none where no finding has the number.
    pub fn row(&self, number: u32) -> Option<Row> {
        let known = self.findings.get(number as usize)?;
        let finding = &known.finding;
        let history = &self.history;
        Some(Row {
            identity: known.slot.words(&self.rules, history),
            standing: known.standing,
            values: Values {
                regulation: self.files.get(known.regulation).to_owned(),
                severity: known.severity.as_str().to_owned(),
                deal: history.deals.get(finding.deal.0).to_owned(),
                employee: history.people.ids.get(finding.employee.0).to_owned(),
                stage: history.pipelines.stage_ids.get(finding.stage.0).to_owned(),
                at: finding.at,
                until: finding.until,
                amount: finding.amount,
                count: finding.count,
            },
        })
    }
}
