//! Findings as they were known, set against findings as they are judged now.

use audit::judge::{Finding, Key};
use history::{History, Instant, Renumbered};
use rustc_hash::FxHashMap;

use crate::identity::{Holder, Slot};

/// What happened to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// It is new.
    Raised,
    /// Something about it changed: it was cured, passed to somebody else, judged by another
    /// version.
    Changed,
    /// A late event moved its beginning; it is the same finding still.
    Moved,
    /// It no longer follows from the facts.
    Withdrawn,
    /// It was withdrawn, and follows from the facts again.
    Returned,
}

impl What {
    /// The word for it where changes are kept.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Raised => "raised",
            What::Changed => "changed",
            What::Moved => "moved",
            What::Withdrawn => "withdrawn",
            What::Returned => "returned",
        }
    }
}

/// A change of a finding, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The finding.
    pub number: u32,
    /// What happened to it.
    pub what: What,
}

/// A finding of a company, standing or withdrawn.
pub(crate) struct Known {
    pub slot: Slot,
    pub standing: bool,
    /// By the names of files that a company has seen.
    pub regulation: u32,
    pub severity: audit::regulation::Severity,
    pub finding: Finding,
}

/// A finding as it is judged now.
pub(crate) struct Judged {
    pub slot: Slot,
    pub regulation: u32,
    pub severity: audit::regulation::Severity,
    pub finding: Finding,
}

impl Known {
    fn says(&self, judged: &Judged) -> bool {
        let (a, b) = (&self.finding, &judged.finding);
        self.regulation == judged.regulation
            && self.severity == judged.severity
            && (a.deal, a.employee, a.stage) == (b.deal, b.employee, b.stage)
            && (a.at, a.until, a.amount, a.count) == (b.at, b.until, b.amount, b.count)
    }

    fn take(&mut self, judged: Judged) {
        *self = Known {
            slot: judged.slot,
            standing: true,
            regulation: judged.regulation,
            severity: judged.severity,
            finding: judged.finding,
        };
    }

    fn overlaps(&self, judged: &Judged) -> bool {
        let end = |finding: &Finding| finding.until.unwrap_or(Instant::MAX);
        self.slot.start <= end(&judged.finding) && judged.slot.start <= end(&self.finding)
    }

    pub fn renumber(&mut self, numbers: &Renumbered) {
        self.slot.renumber(numbers);
        self.finding.employee = numbers.employee(self.finding.employee);
        self.finding.stage = numbers.stage(self.finding.stage);
    }
}

/// Numbers findings that are otherwise the same, in the order of their breaches.
pub(crate) fn number_equals(judged: &mut [Judged]) {
    judged.sort_by_key(|one| (one.slot, one.finding.at, one.finding.employee));
    for i in 1..judged.len() {
        let before = judged[i - 1].slot;
        let slot = &mut judged[i].slot;
        if (Slot {
            ordinal: 0,
            ..before
        }) == *slot
        {
            slot.ordinal = before.ordinal + 1;
        }
    }
}

/// Sets what is judged of a key against what was known of it (`of_key`: numbers of `all`).
/// New findings get the next numbers.
pub(crate) fn reconcile(
    all: &mut Vec<Known>,
    of_key: &mut Vec<u32>,
    mut judged: Vec<Judged>,
    changes: &mut Vec<Change>,
) {
    number_equals(&mut judged);
    let mut places: FxHashMap<Slot, u32> = of_key
        .iter()
        .map(|number| (all[*number as usize].slot, *number))
        .collect();
    let mut new = Vec::new();
    for one in judged {
        match places.remove(&one.slot) {
            Some(number) => keep(all, number, one, changes),
            None => new.push(one),
        }
    }
    let mut gone: Vec<u32> = places.into_values().collect();
    gone.sort_unstable();
    for one in new {
        let moved = gone.iter().position(|number| {
            let known = &all[*number as usize];
            let (a, b) = (known.slot, one.slot);
            let same = (a.rule, a.holder, a.subject) == (b.rule, b.holder, b.subject);
            known.standing && same && known.overlaps(&one)
        });
        let (number, what) = match moved {
            Some(place) => {
                let number = gone.remove(place);
                all[number as usize].take(one);
                (number, What::Moved)
            }
            None => {
                let number = u32::try_from(all.len()).expect("fewer than 2^32 findings");
                all.push(Known {
                    slot: one.slot,
                    standing: true,
                    regulation: one.regulation,
                    severity: one.severity,
                    finding: one.finding,
                });
                of_key.push(number);
                (number, What::Raised)
            }
        };
        changes.push(Change { number, what });
    }
    for number in gone {
        let known = &mut all[number as usize];
        if std::mem::replace(&mut known.standing, false) {
            let what = What::Withdrawn;
            changes.push(Change { number, what });
        }
    }
}

fn keep(all: &mut [Known], number: u32, one: Judged, changes: &mut Vec<Change>) {
    let known = &mut all[number as usize];
    let what = match (known.standing, known.says(&one)) {
        (true, true) => {
            // The places of its proof may have shifted.
            known.finding = one.finding;
            return;
        }
        (true, false) => What::Changed,
        (false, _) => What::Returned,
    };
    known.take(one);
    changes.push(Change { number, what });
}

/// Whom a finding belongs to.
pub(crate) fn holder(key: Key, finding: &Finding) -> Holder {
    match key {
        Key::Month(_) => Holder::Member(finding.employee),
        key => Holder::Key(key),
    }
}

/// A finding that nothing is known of but what was kept: enough to be told by, and to be found
/// again.
pub(crate) fn remembered(
    slot: Slot,
    values: &crate::Values,
    standing: bool,
    regulation: u32,
    history: &History,
) -> Known {
    let find = |names: &history::Names, id: &str| names.find(id).unwrap_or(u32::MAX);
    let severity = audit::regulation::Severity::ALL
        .iter()
        .copied()
        .find(|severity| severity.as_str() == values.severity)
        .unwrap_or(audit::regulation::Severity::Remark);
    Known {
        slot,
        standing,
        regulation,
        severity,
        finding: Finding {
            version: u16::MAX,
            entry: u16::MAX,
            deal: history::DealId(find(&history.deals, &values.deal)),
            employee: history::EmployeeId(find(&history.people.ids, &values.employee)),
            stage: history::StageId(find(&history.pipelines.stage_ids, &values.stage)),
            subject: audit::judge::Subject::Deal,
            start: slot.start,
            at: values.at,
            until: values.until,
            amount: values.amount,
            count: values.count,
            proof: audit::judge::Proof::Many(Box::new([])),
        },
    }
}
