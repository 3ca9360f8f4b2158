//! Reckons both sides of a trial.

use audit::judge::{Finding, Tenure};
use audit::regulation::{Entry, Regulation};
use figures::backtest::{Backtest, Identity, Side, identity};
use figures::what_if::Trial;
use figures::{Audited, Considered, Look, Period, Span};
use history::{History, Instant};
use rustc_hash::FxHashMap;

use super::{Sees, WhatIf};
use crate::audits::{Audit, Held};
use crate::figures::NO_PROBLEMS;
use crate::life::book::Book;
use crate::life::finding::Facts;

/// Reckons both sides, and gives them to `read`.
pub(super) fn reckon<T>(
    audit: &Audit,
    book: &Book,
    trial: &Trial,
    span: Span,
    sees: Sees,
    read: impl FnOnce(&WhatIf<'_>) -> T,
) -> T {
    let live = audit.live();
    let now = live.now();
    let period = span.period(&trial.before().latest().zone).until(now);
    let work = Work {
        audit,
        book,
        trial,
        period,
        now,
    };
    let sides = work.sides();
    let tenures = live.all_tenures();
    let other_tenures = sides.tenures.as_deref().unwrap_or(tenures);
    let before = work.audited(&sides.before, trial.before(), tenures);
    let after = work.audited(&sides.after, trial.after(), other_tenures);
    let left_out = (
        sides.before.left_out(&before, period),
        sides.after.left_out(&after, period),
    );
    let mut before = Side::of(before, period);
    if !sees.people {
        hide_people(&mut before);
    }
    let mut backtest = Backtest::of(&before, after, period, |rule| trial.concerns(rule));
    if !sees.people {
        hide_people(&mut backtest.after);
    }
    read(&WhatIf {
        before: &before,
        after: &backtest.after,
        span,
        left_out,
        rejudged: sides.rejudged,
        sees,
        appear: &backtest.appear,
        vanish: &backtest.vanish,
        ids: &sides.ids,
    })
}

fn hide_people(side: &mut Side<'_>) {
    side.lights.people.clear();
    side.lights.groups.clear();
    side.counts.people.clear();
}

/// What a trial is reckoned of.
#[derive(Clone, Copy)]
struct Work<'a> {
    audit: &'a Audit,
    book: &'a Book,
    trial: &'a Trial,
    period: Period,
    now: Instant,
}

/// Both sides of a trial, after people have looked at them.
struct Sides<'a> {
    before: Considered,
    after: Considered,
    /// Who had which deal in work by the version that is tried; none: as before.
    tenures: Option<Vec<Tenure>>,
    /// The ids of standing findings of rules that are concerned.
    ids: FxHashMap<Identity<'a>, &'a str>,
    rejudged: bool,
}

impl<'a> Work<'a> {
    fn audited<'s>(
        &self,
        considered: &'s Considered,
        regulation: &'s Regulation,
        tenures: &'s [Tenure],
    ) -> Audited<'s>
    where
        'a: 's,
    {
        let history = self.history();
        considered.audited(history, regulation, tenures, NO_PROBLEMS, self.now)
    }

    fn history(&self) -> &'a History {
        self.audit.live().history()
    }

    fn sides(&self) -> Sides<'a> {
        let (trial, history) = (self.trial, self.history());
        let judged = trial.found_before(history, self.period, self.now);
        let rejudged = judged.is_some();
        let mut sides = Sides {
            before: Considered::default(),
            after: Considered::default(),
            tenures: None,
            ids: FxHashMap::default(),
            rejudged,
        };
        for Held { id, finding } in self.audit.standing() {
            self.stand(id, finding, &mut sides);
        }
        for finding in judged.into_iter().flat_map(|found| found.findings) {
            let id = sides.id(trial.before(), &finding);
            let look = self.look(id, trial.before(), &finding);
            sides.before.add(finding, look);
        }
        let found = trial.found_after(history, self.period, self.now);
        for finding in found.findings {
            let id = sides.id(trial.after(), &finding);
            let look = self.look(id, trial.after(), &finding);
            sides.after.add(finding, look);
        }
        sides.tenures = found.tenures;
        sides
    }

    /// Takes a standing finding for what it is before, and after where its rule does not differ.
    fn stand(&self, id: &'a str, finding: &Finding, sides: &mut Sides<'a>) {
        let trial = self.trial;
        let regulation = self.audit.live().regulation();
        let rule = entry(regulation, finding).name.as_str();
        if trial.concerns(rule) {
            sides.ids.insert(identity(rule, finding), id);
        }
        if !self.period.holds(finding.at) {
            return;
        }
        if !trial.differs(rule) {
            let (before, after) = trial.kept(rule, finding);
            let look = self.look(id, trial.before(), &before);
            sides.before.add(before, look);
            let look = self.look(id, trial.after(), &after);
            sides.after.add(after, look);
        } else if !sides.rejudged {
            let look = self.look(id, trial.before(), finding);
            sides.before.add(finding.clone(), look);
        }
    }

    fn look(&self, id: &str, regulation: &Regulation, finding: &Finding) -> Look {
        let (history, entry) = (self.history(), entry(regulation, finding));
        let facts = Facts {
            rule: &entry.name,
            deal: history.deals.get(finding.deal.0),
            employee: history.people.ids.get(finding.employee.0),
            stage: history.pipelines.stage_ids.get(finding.stage.0),
            severity: entry.severity,
            at: finding.at,
            until: finding.until,
            withdrawn: false,
            maker: "",
            by_hand: false,
            held: false,
        };
        self.book.look(id, &facts)
    }
}

impl Sides<'_> {
    /// The id of the standing finding that a finding is; empty: it is none.
    fn id(&self, regulation: &Regulation, finding: &Finding) -> &str {
        let rule = entry(regulation, finding).name.as_str();
        let known = self.ids.get(&identity(rule, finding));
        known.copied().unwrap_or_default()
    }
}

fn entry<'r>(regulation: &'r Regulation, finding: &Finding) -> &'r Entry {
    let version = &regulation.versions()[usize::from(finding.version)];
    &version.entries[usize::from(finding.entry)]
}
