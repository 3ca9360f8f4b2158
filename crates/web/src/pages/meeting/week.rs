//! The last week of a group: who stands how, what went well, and what weighs most.

use std::collections::BTreeMap;

use ::figures::{Topic, topics};
use app::figures::Figures;
use audit::message::Speaker;
use history::{EmployeeId, GroupId};
use wording::{Value as Said, integer};

use super::super::address::{self, with};
use super::super::light::{Light, Weeks, Whose};
use super::super::table::{Cell, Row, Table, Value};
use super::super::{Member, Words};
use super::Line;

/// Topics of one meeting, and examples of each.
const TOPICS: usize = 3;
const EXAMPLES: usize = 2;

/// A rule to talk about.
pub(super) struct Told {
    pub title: String,
    pub page: String,
    pub count: Line,
    /// How many there were before, and in which deals.
    pub more: String,
    pub examples: Vec<Line>,
}

/// The last full week of a group.
pub(super) struct Week {
    pub span: String,
    pub light: Light,
    pub people: Table,
    pub praise: Vec<String>,
    pub topics: Vec<Told>,
    /// For how many weeks the light of each person has not been green.
    pub not_green: BTreeMap<String, usize>,
}

/// Puts a week into words.
struct Teller<'a> {
    figures: &'a Figures<'a>,
    words: Words,
    weeks: Weeks,
    group: &'a str,
    from: String,
    to: String,
}

impl Week {
    pub fn of(figures: &Figures<'_>, group: &str, member: &Member) -> Week {
        let (from, to) = figures.span.dates();
        let date = |d: Option<jiff::civil::Date>| d.map_or_else(String::new, |d| d.to_string());
        let teller = Teller {
            figures,
            words: member.words(),
            weeks: Weeks::of(figures),
            group,
            from: date(from),
            to: date(to),
        };
        let people = teller.members();
        let id = figures.audited.history.people.group_ids.find(group);
        let id = id.map_or(GroupId::NONE, GroupId);
        let zone = figures.audited.zone();
        let before = figures.before.map(|span| span.period(zone));
        let topics = topics(&figures.audited, id, (figures.period, before));
        Week {
            span: report::span(figures.span, teller.words.0),
            light: teller.light(Whose::Group(id)),
            praise: teller.praise(&people, &topics),
            topics: topics
                .iter()
                .filter(|topic| !topic.findings.is_empty())
                .take(TOPICS)
                .map(|topic| teller.topic(topic))
                .collect(),
            not_green: people
                .iter()
                .map(|(id, key)| (key.clone(), teller.not_green(*id)))
                .collect(),
            people: teller.table(&people, member),
        }
    }
}

impl Teller<'_> {
    /// The people of the group at the end of the week, by their ids.
    fn members(&self) -> Vec<(EmployeeId, String)> {
        let audited = &self.figures.audited;
        let people = &audited.history.people;
        let today = audited.zone().date(audited.now);
        let last = self.figures.span.dates().1.unwrap_or(today).min(today);
        let all = (0u32..).take(people.employees.len()).map(EmployeeId);
        let belongs = |id: &EmployeeId| {
            let membership = people.membership(*id, last);
            membership.is_some_and(|one| people.group_ids.get(one.group.0) == self.group)
        };
        let has_any = |id: &EmployeeId| {
            let works = people.get(*id).is_some_and(|one| one.active);
            works || self.figures.lights.people.contains_key(id)
        };
        all.filter(|id| belongs(id) && has_any(id))
            .map(|id| (id, people.ids.get(id.0).to_owned()))
            .collect()
    }

    fn limits(&self) -> &audit::regulation::Light {
        &self.figures.audited.regulation.latest().light
    }

    fn light(&self, whose: Whose) -> Light {
        let tally = whose.of(&self.figures.lights).copied().unwrap_or_default();
        let before = self.figures.lights_before.as_ref();
        let before = before.and_then(|lights| whose.of(lights));
        Light::of(self.words, self.limits(), &tally, before)
    }

    fn not_green(&self, id: EmployeeId) -> usize {
        self.weeks.not_green(self.limits(), Whose::Person(id))
    }

    fn name(&self, id: EmployeeId) -> String {
        wording::one_line(self.figures.audited.history.people.name(id), 60)
    }

    fn rule(&self, rule: &str) -> String {
        let versions = self.figures.audited.regulation.versions().iter().rev();
        let mut entries = versions.flat_map(|version| &version.entries);
        let entry = entries.find(|entry| entry.name == rule);
        wording::one_line(entry.map_or(rule, |entry| entry.title(self.words.0)), 80)
    }

    fn table(&self, people: &[(EmployeeId, String)], member: &Member) -> Table {
        let words = self.words;
        let mut rows: Vec<(u8, Row)> = Vec::new();
        for (id, key) in people {
            let whose = Whose::Person(*id);
            let light = self.light(whose);
            let tally = whose.of(&self.figures.lights).copied().unwrap_or_default();
            let count: u64 = tally.findings.iter().sum();
            let list = [
                ("figures", "counted"),
                ("employee", key.as_str()),
                ("from", &self.from),
                ("to", &self.to),
            ];
            let found = Cell::from(Value::Count(count));
            let rate = match light.rate.is_empty() {
                true => Value::Empty.into(),
                false => Cell::text(light.rate).small(light.before),
            };
            let colour = tally.colour(self.limits());
            let borderline = tally.is_borderline(self.limits());
            rows.push((
                light.rank,
                Row::of(vec![
                    Cell::text(self.name(*id)).to(address::person(key)),
                    Value::Lamp(colour, borderline).into(),
                    rate,
                    if count > 0 {
                        found.to(with("/findings", &list))
                    } else {
                        found
                    },
                    Value::Count(tally.findings[2]).into(),
                    Value::Count(tally.deals).into(),
                ]),
            ));
        }
        rows.sort_by_key(|(rank, _)| *rank);
        let mut table = Table::new(member, "people", words.text("meeting-light"))
            .column(words.text("col-employee"))
            .column(words.text("col-light"))
            .number(words.text("col-rate"))
            .number(words.text("board-findings"))
            .number(words.text("col-gross"))
            .number(words.text("board-deals"));
        rows.into_iter().for_each(|(_, row)| table.push(row));
        table
    }

    /// What went well: who got better, who stays green, what is found less often.
    fn praise(&self, people: &[(EmployeeId, String)], topics: &[Topic<'_>]) -> Vec<String> {
        let (words, limits) = (self.words, self.limits());
        let mut praise = Vec::new();
        for (id, _) in people {
            let whose = Whose::Person(*id);
            let name = Said::Text(self.name(*id).into());
            let green = self.weeks.green(limits, whose);
            let known = |lights: &::figures::light::Lights| {
                let tally = whose.of(lights).copied()?;
                let enough = tally.deals >= u64::from(limits.min_deals);
                tally.rate(limits).filter(|_| enough)
            };
            let before = self.figures.lights_before.as_ref().and_then(known);
            if let (Some(now), Some(before)) = (known(&self.figures.lights), before)
                && now < before
            {
                let number = |rate| Said::Text(wording::decimal(rate, 1, words.0).into());
                let args = [
                    ("name", name),
                    ("now", number(now)),
                    ("before", number(before)),
                ];
                praise.push(words.say("meeting-better", &args));
            } else if green > 1 {
                let args = [("name", name), ("count", Said::Count(green as i64))];
                praise.push(words.say("meeting-green", &args));
            }
        }
        let fewer = topics
            .iter()
            .filter(|topic| (topic.findings.len() as u64) < topic.before);
        for topic in fewer.take(TOPICS) {
            let number = |count: i64| Said::Text(integer(count, words.0).into());
            let args = [
                ("name", Said::Text(self.rule(topic.rule).into())),
                ("now", number(topic.findings.len() as i64)),
                ("before", number(topic.before as i64)),
            ];
            praise.push(words.say("meeting-fewer", &args));
        }
        praise
    }

    fn topic(&self, topic: &Topic<'_>) -> Told {
        let (words, audited) = (self.words, &self.figures.audited);
        let speaker = Speaker::new(audited.history, audited.regulation, words.0);
        let list = [
            ("figures", "counted"),
            ("group", self.group),
            ("rule", topic.rule),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let concerned = topic.concerned();
        let money = wording::money(concerned.sum, &audited.history.account.currency, words.0);
        let args = [
            (
                "before",
                Said::Text(integer(topic.before as i64, words.0).into()),
            ),
            ("deals", Said::Count(concerned.deals as i64)),
            ("money", Said::Text(money.into())),
        ];
        let examples = topic.findings.iter().take(EXAMPLES);
        Told {
            title: self.rule(topic.rule),
            page: address::rule(topic.rule),
            count: Line {
                text: words.count("meeting-count", topic.findings.len()),
                href: with("/findings", &list),
            },
            more: words.say("meeting-topic", &args),
            examples: examples
                .map(|finding| Line {
                    text: format!(
                        "{}: {}",
                        self.name(finding.employee),
                        speaker.message(finding)
                    ),
                    href: match finding.deal.is_some() {
                        true => address::deal(audited.history.deals.get(finding.deal.0)),
                        false => String::new(),
                    },
                })
                .collect(),
        }
    }
}
