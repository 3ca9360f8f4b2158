//! Who loses deals, for what reasons, how soon and after how many attempts; each person against
//! the rest of their group.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use history::{DealId, EmployeeId, FieldId, GroupId, StageId};
use stats::{Interval, Survival};

use super::{CONFIDENCE, Cut, Flow};
use crate::change::{LOOK, SURE};
use crate::{Audited, Period, Told};

/// How many cases both sides need before they are compared: as the rules about shares ask for
/// unless told otherwise.
const ENOUGH: u64 = 20;

/// A deal was won or lost, or went from one to the other.
#[derive(Clone, Copy, Debug)]
pub struct Closing {
    /// The deal.
    pub deal: DealId,
    /// The stage that it left.
    pub from: StageId,
    /// The stage that it entered.
    pub to: StageId,
    /// Whether it is a loss.
    pub lost: bool,
    /// Who answered for it after all events of that instant, where it came from, and when it was
    /// closed.
    pub cut: Cut,
    /// The last reason given since the deal was opened, or while it was lost; none: none.
    pub reason: FieldId,
    /// Working time since the deal was last opened, in milliseconds.
    pub worked: i64,
    /// Contact attempts since then.
    pub attempts: u32,
    /// The deal's price then, in hundredths.
    pub price: Option<i64>,
}

/// A share of somebody's cases beside that of the others of their group.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Against {
    /// Hits and cases of the person.
    pub own: (u64, u64),
    /// Those of the others.
    pub others: (u64, u64),
}

impl Against {
    /// The person's share; none of nothing.
    pub fn share(&self) -> Option<f64> {
        share(self.own)
    }

    /// That of the others.
    pub fn others_share(&self) -> Option<f64> {
        share(self.others)
    }

    /// The 95 % interval of the person's share.
    pub fn interval(&self) -> Option<Interval> {
        stats::wilson(self.own.0, self.own.1, CONFIDENCE)
    }

    /// Whether the share is greater than that of the others.
    pub fn is_more(&self) -> bool {
        self.share() > self.others_share()
    }

    /// Whether there are cases enough on both sides to compare them.
    pub fn is_enough(&self) -> bool {
        self.own.1 >= ENOUGH && self.others.1 >= ENOUGH
    }

    /// What the difference tells, by Fisher's exact test.
    pub fn told(&self) -> Told {
        self.told_of(ENOUGH)
    }

    /// The same where both sides need `least` cases.
    pub fn told_of(&self, least: u64) -> Told {
        if self.own.1.min(self.others.1) < least {
            return Told::TooLittleData;
        }
        match stats::fisher(self.own, self.others) {
            None => Told::TooLittleData,
            Some(chance) if chance < SURE => Told::Sure,
            Some(chance) if chance < LOOK => Told::Look,
            Some(_) => Told::Chance,
        }
    }
}

fn share((hits, cases): (u64, u64)) -> Option<f64> {
    (cases > 0).then(|| hits as f64 / cases as f64)
}

/// The median of some numbers, which are all known.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Typical {
    /// The median; none of nothing.
    pub median: Option<i64>,
    /// Its 95 % interval by order statistics; none where there are too few.
    pub interval: Option<(i64, i64)>,
}

impl Typical {
    fn of(values: impl Iterator<Item = i64>) -> Typical {
        let values: Vec<(i64, bool)> = values.map(|value| (value, true)).collect();
        let survival = Survival::new(&values);
        let interval = survival.median_interval(CONFIDENCE);
        Typical {
            median: survival.median(),
            interval: interval.and_then(|(low, high)| low.zip(high)),
        }
    }
}

/// Somebody's closings, against the others of the group that they belonged to.
#[derive(Clone, Debug)]
pub struct Loser {
    /// Who; none: nobody answered for the deals.
    pub employee: EmployeeId,
    /// Losses of all closings.
    pub lost: Against,
    /// By reason, in the order of [`Losses::reasons`]: losses put down to it, of all losses.
    pub reasons: Vec<Against>,
    /// Working time from the last opening to the loss, in milliseconds, of losses.
    pub time: Typical,
    /// Contact attempts before the loss, of losses.
    pub attempts: Typical,
}

/// How many comparisons were made, and what they told.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Compared {
    /// Those with cases enough.
    pub made: u64,
    /// Of these, those worth a look.
    pub look: u64,
    /// Of these, those that are sure.
    pub sure: u64,
}

impl Compared {
    /// How many would be told from chance by chance alone: at least worth a look, and sure.
    pub fn by_chance(&self) -> (f64, f64) {
        (self.made as f64 * LOOK, self.made as f64 * SURE)
    }
}

/// The losses of a period, person by person.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    /// The most frequent reasons, most first; none: no reason was given.
    pub reasons: Vec<(FieldId, u64)>,
    /// Closings and losses of everybody.
    pub all: (u64, u64),
    /// By the group that the person belonged to on the day of the closing; whoever belonged to none
    /// is compared with others who did not.
    pub groups: BTreeMap<GroupId, Vec<Loser>>,
    /// How many comparisons that makes.
    pub compared: Compared,
}

impl Losses {
    /// Counts the closings of a period; at most `most` reasons are told apart.
    pub fn of(audited: &Audited<'_>, flow: &Flow, period: Period, most: usize) -> Losses {
        let within = |closing: &&Closing| period.holds(closing.cut.at);
        let closings: Vec<&Closing> = flow.closings.iter().filter(within).collect();
        let lost: Vec<&Closing> = closings.iter().copied().filter(|one| one.lost).collect();
        let mut counts: BTreeMap<FieldId, u64> = BTreeMap::new();
        for loss in &lost {
            *counts.entry(loss.reason).or_default() += 1;
        }
        let mut reasons: Vec<(FieldId, u64)> = counts.into_iter().collect();
        reasons.sort_by_key(|(reason, count)| (Reverse(*count), *reason));
        reasons.truncate(most);
        let mut groups: BTreeMap<GroupId, Vec<&Closing>> = BTreeMap::new();
        for closing in &closings {
            let group = group_of(audited, closing);
            groups.entry(group).or_default().push(closing);
        }
        let mut losses = Losses {
            all: (closings.len() as u64, lost.len() as u64),
            ..Losses::default()
        };
        for (group, closings) in groups {
            let losers = people(&closings, &reasons);
            for against in losers.iter().flat_map(Loser::comparisons) {
                losses.compared.add(against.told());
            }
            losses.groups.insert(group, losers);
        }
        losses.reasons = reasons;
        losses
    }
}

impl Loser {
    /// Everything of them that is compared.
    pub fn comparisons(&self) -> impl Iterator<Item = &Against> {
        std::iter::once(&self.lost).chain(&self.reasons)
    }
}

impl Compared {
    fn add(&mut self, told: Told) {
        self.made += u64::from(told != Told::TooLittleData);
        self.look += u64::from(told == Told::Look);
        self.sure += u64::from(told == Told::Sure);
    }
}

/// The group that somebody belonged to when they closed a deal.
fn group_of(audited: &Audited<'_>, closing: &Closing) -> GroupId {
    let people = &audited.history.people;
    let date = audited.zone().date(closing.cut.at);
    let membership = people.membership(closing.cut.employee, date);
    membership.map_or(GroupId::NONE, |membership| membership.group)
}

/// Somebody's closings, or those of a whole group.
#[derive(Clone, Default)]
struct Tally {
    closings: u64,
    lost: u64,
    /// Losses by reason, in the order of [`Losses::reasons`].
    reasons: Vec<u64>,
    times: Vec<i64>,
    attempts: Vec<i64>,
}

impl Tally {
    /// Takes a closing; `reason` is the place of its reason.
    fn take(&mut self, closing: &Closing, reason: Option<usize>) {
        self.closings += 1;
        if closing.lost {
            self.lost += 1;
            self.times.push(closing.worked);
            self.attempts.push(i64::from(closing.attempts));
            if let Some(reason) = reason {
                self.reasons[reason] += 1;
            }
        }
    }
}

/// The people of one group, who loses most first.
fn people(closings: &[&Closing], reasons: &[(FieldId, u64)]) -> Vec<Loser> {
    let nothing = Tally {
        reasons: vec![0; reasons.len()],
        ..Tally::default()
    };
    let mut all = nothing.clone();
    let mut own: BTreeMap<EmployeeId, Tally> = BTreeMap::new();
    for closing in closings {
        let reason = reasons.iter().position(|(id, _)| *id == closing.reason);
        let employee = closing.cut.employee;
        let tally = own.entry(employee).or_insert_with(|| nothing.clone());
        tally.take(closing, reason);
        all.take(closing, reason);
    }
    let mut losers: Vec<Loser> = own
        .into_iter()
        .map(|(employee, own)| loser(employee, &own, &all))
        .collect();
    let key = |loser: &Loser| {
        let thousandths = loser.lost.share().map(|share| (share * 1000.0) as u64);
        (Reverse(loser.lost.is_enough()), Reverse(thousandths))
    };
    losers.sort_by_key(key);
    losers
}

fn loser(employee: EmployeeId, own: &Tally, all: &Tally) -> Loser {
    let others = all.lost - own.lost;
    let reasons = own.reasons.iter().zip(&all.reasons);
    Loser {
        employee,
        lost: Against {
            own: (own.lost, own.closings),
            others: (others, all.closings - own.closings),
        },
        reasons: reasons
            .map(|(own_hits, all_hits)| Against {
                own: (*own_hits, own.lost),
                others: (all_hits - own_hits, others),
            })
            .collect(),
        time: Typical::of(own.times.iter().copied()),
        attempts: Typical::of(own.attempts.iter().copied()),
    }
}
