//! Any two periods beside each other.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use history::{EmployeeId, GroupId, StageId};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::everybody::group_at;
use crate::light::{Lights, Tally, Who};
use crate::{Audited, Change, Changes, Count, Counts, Period, Span, Told, again, changes};

/// Days on either side of a date, at most.
const AROUND: i32 = 28;

/// Two periods to be compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// The earlier one.
    pub before: Span,
    /// The later one.
    pub after: Span,
}

impl Pair {
    /// A period with the one before, where there is one.
    pub fn of(before: Option<Span>, after: Span) -> Pair {
        let before = before.unwrap_or(after);
        Pair { before, after }
    }

    /// The last full week and the one before.
    pub fn weeks(today: Date) -> Pair {
        let after = Span::week_of(today).before();
        let after = after.unwrap_or(Span::week_of(today));
        Pair::of(after.before(), after)
    }

    /// This week up to today, and the same days of the last one.
    pub fn this_week(today: Date) -> Pair {
        let (monday, _) = Span::week_of(today).dates();
        let earlier = |date: Date| date.checked_sub(7.days()).ok();
        let before = Span::days(monday.and_then(earlier), earlier(today));
        Pair::of(Some(before), Span::days(monday, Some(today)))
    }

    /// The last full month and the one before.
    pub fn months(today: Date) -> Pair {
        let after = Span::month_of(today).before();
        let after = after.unwrap_or(Span::month_of(today));
        Pair::of(after.before(), after)
    }

    /// The last full month and the same one a year ago.
    pub fn years(today: Date) -> Pair {
        let after = Pair::months(today).after;
        let first = after.dates().0.unwrap_or(today);
        let before = first.checked_sub(1.year()).ok().map(Span::month_of);
        Pair::of(before, after)
    }

    /// As many days before a date as there are since then, up to four weeks.
    pub fn around(date: Date, today: Date) -> Pair {
        let since = date.until(today).map_or(0, |span| span.get_days()) + 1;
        let length = since.clamp(1, AROUND);
        let from = date.saturating_sub(length.days());
        let to = date.saturating_add((length - 1).days());
        let eve = date.saturating_sub(1.day());
        Pair {
            before: Span::days(Some(from), Some(eve)),
            after: Span::days(Some(date), Some(to)),
        }
    }

    /// How many days each has; 0: it has no beginning or no end.
    pub fn lengths(self) -> [i64; 2] {
        [self.before, self.after].map(|span| match span.dates() {
            (Some(from), Some(to)) => {
                let days = from.until(to).map_or(0, |span| span.get_days());
                i64::from(days) + 1
            }
            _ => 0,
        })
    }

    /// Whether one of them is so much longer that it has more findings a deal for that alone.
    pub fn is_uneven(self) -> bool {
        let [before, after] = self.lengths();
        (before - after).abs() * 10 > before.max(after)
    }
}

/// What a line of a comparison is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About<'a> {
    /// The company, a group or an employee.
    Who(Who),
    /// A rule.
    Rule(&'a str),
    /// A stage; [`StageId::NONE`]: none.
    Stage(StageId),
}

/// A line of a comparison.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Line<'a> {
    /// What it is about.
    pub about: About<'a>,
    /// Findings and deals in work before and after; of a rule or a stage the deals are all.
    pub change: Change,
    /// The lights of somebody before and after.
    pub lights: Option<[Tally; 2]>,
    /// How many lines it stands below: an employee below a group.
    pub depth: usize,
}

/// How sure a change is: the surest first.
pub fn rank(change: &Change) -> u8 {
    match change.told() {
        Told::Sure => 0,
        Told::Look => 1,
        Told::Chance => 2,
        Told::TooLittleData => 3,
    }
}

/// Two periods beside each other, of findings that one version of the regulation made.
pub struct Comparison<'a> {
    /// What both are made of.
    pub audited: Audited<'a>,
    /// The periods.
    pub spans: [Span; 2],
    /// Their instants.
    pub periods: [Period; 2],
    /// The lights of each.
    pub lights: [Lights; 2],
    /// The findings of the later one, with those of the earlier one beside them.
    pub counts: Counts<'a>,
    /// What changed; none: the periods share days, so that nothing can be told from chance.
    pub changes: Option<Changes<'a>>,
}

impl<'a> Comparison<'a> {
    /// Compares two periods.
    pub fn of(audited: Audited<'a>, pair: Pair) -> Comparison<'a> {
        let zone = audited.zone();
        let spans = [pair.before, pair.after];
        let periods = spans.map(|span| span.period(zone));
        let lights = periods.map(|period| Lights::of(&audited, period));
        let [before, after] = periods;
        let counts = Counts::of(&audited, after, Some(before), &again(&audited));
        let apart = before.to <= after.from || after.to <= before.from;
        Comparison {
            changes: apart.then(|| changes(&lights[0], &lights[1], &counts)),
            audited,
            spans,
            periods,
            lights,
            counts,
        }
    }

    /// The change of what is counted of the whole company: by rule, by stage.
    pub fn counted(&self, count: &Count) -> Change {
        let [before, after] = &self.lights;
        Change {
            findings: (count.before.unwrap_or(0), count.findings),
            deals: (before.company.deals, after.company.deals),
        }
    }

    /// The change of somebody, with their lights.
    pub fn of_whom(&self, who: Who) -> (Change, [Tally; 2]) {
        let [before, after] = &self.lights;
        let tallies = [before.whose(who), after.whose(who)];
        let all = |tally: &Tally| tally.findings.iter().sum();
        let change = Change {
            findings: (all(&tallies[0]), all(&tallies[1])),
            deals: (tallies[0].deals, tallies[1].deals),
        };
        (change, tallies)
    }

    /// The company; then each group with the people who are in it at the end of the later period below
    /// it; then people without a group. Of each the surest change first.
    pub fn people(&self) -> Vec<Line<'a>> {
        let [before, after] = &self.lights;
        let groups = before.groups.keys().chain(after.groups.keys());
        let people = before.people.keys().chain(after.people.keys());
        let people: BTreeSet<EmployeeId> = people.copied().collect();
        let end = self.periods[1].until(self.audited.now).to.saturating_sub(1);
        let belongs = |person: EmployeeId| group_at(&self.audited, person, end);
        let mut groups: BTreeSet<GroupId> = groups.copied().collect();
        groups.extend(people.iter().map(|person| belongs(*person)));
        let groups = groups.into_iter().filter(|group| group.is_some());
        let mut lines = vec![self.line(Who::Company, 0)];
        for group in self.sorted(groups.map(Who::Group), 0) {
            lines.push(group);
            let About::Who(Who::Group(id)) = group.about else {
                continue;
            };
            let members = people.iter().filter(|person| belongs(**person) == id);
            lines.extend(self.sorted(members.map(|person| Who::Employee(*person)), 1));
        }
        let alone = people.iter().filter(|person| belongs(**person).is_none());
        lines.extend(self.sorted(alone.map(|person| Who::Employee(*person)), 0));
        lines
    }

    fn sorted(&self, whom: impl Iterator<Item = Who>, depth: usize) -> Vec<Line<'a>> {
        let mut lines: Vec<Line<'a>> = whom.map(|who| self.line(who, depth)).collect();
        sort(&mut lines);
        lines
    }

    fn line(&self, who: Who, depth: usize) -> Line<'a> {
        let (change, lights) = self.of_whom(who);
        Line {
            about: About::Who(who),
            change,
            lights: Some(lights),
            depth,
        }
    }

    /// The rules, the surest change first.
    pub fn rules(&self) -> Vec<Line<'a>> {
        let rules = self.counts.rules.iter();
        self.counts_of(rules.map(|(rule, count)| (About::Rule(rule), count)))
    }

    /// The stages, the surest change first.
    pub fn stages(&self) -> Vec<Line<'a>> {
        let stages = self.counts.stages.iter();
        self.counts_of(stages.map(|(stage, count)| (About::Stage(*stage), count)))
    }

    fn counts_of<'c>(&self, counts: impl Iterator<Item = (About<'a>, &'c Count)>) -> Vec<Line<'a>> {
        let lines = counts.map(|(about, count)| Line {
            about,
            change: self.counted(count),
            lights: None,
            depth: 0,
        });
        let mut lines: Vec<Line<'a>> = lines.collect();
        sort(&mut lines);
        lines
    }
}

fn sort(lines: &mut [Line<'_>]) {
    lines.sort_by_key(|line| (rank(&line.change), Reverse(line.change.findings.1)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn span(from: Date, to: Date) -> Span {
        Span::days(Some(from), Some(to))
    }

    #[test]
    fn what_is_offered_lies_side_by_side() {
        // A Thursday.
        let today = day(2026, 3, 5);
        let this = Pair::this_week(today);
        assert_eq!(this.after, span(day(2026, 3, 2), today));
        assert_eq!(this.before, span(day(2026, 2, 23), day(2026, 2, 26)));
        let weeks = Pair::weeks(today);
        assert_eq!(weeks.after, Span::Week(day(2026, 2, 23)));
        assert_eq!(weeks.before, Span::Week(day(2026, 2, 16)));
        let months = Pair::months(today);
        assert_eq!(months.after, Span::Month(day(2026, 2, 1)));
        assert_eq!(months.before, Span::Month(day(2026, 1, 1)));
        let years = Pair::years(today);
        assert_eq!(years.after, months.after);
        assert_eq!(years.before, Span::Month(day(2025, 2, 1)));
    }

    #[test]
    fn both_sides_of_a_date_are_of_one_length() {
        let around = |date| Pair::around(date, day(2026, 3, 5));
        // Five days have passed, today among them.
        let short = around(day(2026, 3, 1));
        assert_eq!(short.before, span(day(2026, 2, 24), day(2026, 2, 28)));
        assert_eq!(short.after, span(day(2026, 3, 1), day(2026, 3, 5)));
        let long = around(day(2026, 1, 1));
        assert_eq!(long.lengths(), [28, 28]);
        assert_eq!(long.after, span(day(2026, 1, 1), day(2026, 1, 28)));
        // Ahead of today there is nothing to compare; whoever shows it says so.
        assert_eq!(around(day(2026, 4, 1)).lengths(), [1, 1]);
    }

    #[test]
    fn months_are_even_and_a_week_beside_one_is_not() {
        let pair = |before, after| Pair { before, after };
        let month = |number| Span::Month(day(2026, number, 1));
        assert!(!pair(month(3), month(4)).is_uneven());
        assert!(!pair(month(1), month(2)).is_uneven());
        assert!(pair(month(1), Span::Week(day(2026, 2, 2))).is_uneven());
    }
}
