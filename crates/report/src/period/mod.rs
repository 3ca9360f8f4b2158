//! The report of a week, a month or any days, on the company, a group or an employee: figures, what
//! they say in words, strong sides, growth zones and what to do.

mod beside;
mod chapter;
mod sides;
mod summary;
mod tables;
mod weekly;

use audit::judge::Finding;
use audit::message::Speaker;
use figures::light::Who;
use figures::{Everybody, Measured, Report, Span};
use history::{DealId, GroupId};
use wording::{Lang, Value, one_line};

use crate::document::{Block, Document, Item};
use crate::links;
use crate::section::{self, group_name};
use crate::words::{span, text, word};

pub use beside::{AllBeside, Beside, Decided};

/// What to report.
pub struct Asked<'q> {
    /// On whom.
    pub who: Who,
    /// Whether each group and employee that belongs to it has a chapter of its own.
    pub chapters: bool,
    /// The page of a finding in the interface, where it has one.
    pub page: &'q dyn Fn(&Finding) -> Option<String>,
    /// What stands beside the figures of everybody.
    pub beside: &'q AllBeside,
}

/// Everything that the parts of a report are told from.
struct Teller<'t> {
    everybody: &'t Everybody<'t>,
    speaker: &'t Speaker<'t>,
    lang: Lang,
    asked: &'t Asked<'t>,
}

/// The report on somebody. A report on whoever had neither a deal nor a finding says so.
pub fn document(everybody: &Everybody<'_>, speaker: &Speaker<'_>, asked: &Asked<'_>) -> Document {
    let teller = Teller {
        everybody,
        speaker,
        lang: speaker.lang(),
        asked,
    };
    let mut blocks = teller.chapter(asked.who, 0);
    blocks.extend(teller.tables(asked.who));
    if asked.chapters {
        blocks.extend(teller.chapters());
    }
    Document {
        lang: teller.lang.code().to_owned(),
        title: teller.say("period-title", &[]),
        subtitle: teller.subtitle(),
        about: teller.about(),
        blocks,
        data: vec![teller.by_week(asked.who)],
    }
}

impl<'t> Teller<'t> {
    fn report(&self) -> &'t Report<'t> {
        &self.everybody.report
    }

    fn measured(&self, who: Who) -> Option<&'t Measured<'t>> {
        self.everybody.measured(who)
    }

    /// The kind of period, as messages tell kinds apart.
    fn kind(&self) -> &'static str {
        match self.report().span {
            Span::Week(_) => "week",
            Span::Month(_) => "month",
            Span::Dates(..) => "dates",
        }
    }

    /// A message, which may speak of the kind of period.
    fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        let mut all = args.to_vec();
        all.push(("kind", self.kind().into()));
        text(self.lang, id, &all)
    }

    /// One of several ways to say the same: always the same one in a report on somebody, and another
    /// one in the next report on them.
    fn way(&self, id: &str, ways: usize, who: Who) -> String {
        let (from, _) = self.report().span.dates();
        let named = format!("{id} {} {from:?}", self.key(who));
        // FNV-1a: the same on every machine and in every version of the program.
        let hash = named.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{id}-{}", 1 + (hash >> 32) as usize % ways)
    }

    /// Something by which they are told apart, the same in every history.
    fn key(&self, who: Who) -> String {
        let people = &self.report().audited.history.people;
        match who {
            Who::Company => "company".to_owned(),
            Who::Group(group) => format!("group {}", people.group_ids.get(group.0)),
            Who::Employee(person) => format!("person {}", people.ids.get(person.0)),
        }
    }

    /// Their place in the document.
    fn place(&self, who: Who) -> String {
        match who {
            Who::Company => "company".to_owned(),
            Who::Group(group) if group.is_none() => "no-group".to_owned(),
            Who::Group(group) => format!("group-{}", group.0),
            Who::Employee(person) => format!("person-{}", person.0),
        }
    }

    fn name(&self, who: Who) -> String {
        match who {
            Who::Company => word(self.lang, "company"),
            Who::Group(group) => self.group(group),
            Who::Employee(person) => self.speaker.person(person),
        }
    }

    fn group(&self, group: GroupId) -> String {
        match group.is_none() {
            true => word(self.lang, "no-group"),
            false => group_name(&self.report().audited.history.people, group),
        }
    }

    /// The rule's title, as the regulation calls it.
    fn rule(&self, rule: &str) -> String {
        one_line(&section::rule_title(self.report(), rule, self.lang), 80)
    }

    fn subtitle(&self) -> String {
        let account = &self.report().audited.history.account;
        let named = |name: String| Value::Text(name.into());
        let account = ("account", named(one_line(&account.name, 60)));
        let span = ("span", named(span(self.report().span, self.lang)));
        let name = named(self.name(self.asked.who));
        match self.asked.who {
            Who::Company => self.say("period-of-company", &[account, span]),
            Who::Group(_) => self.say("period-of-group", &[account, span, ("group", name)]),
            Who::Employee(_) => self.say("period-of-employee", &[account, span, ("person", name)]),
        }
    }

    fn about(&self) -> Vec<String> {
        let (report, lang) = (self.report(), self.lang);
        let audited = &report.audited;
        let version = audited.regulation.latest();
        let said = |text: String| Value::Text(text.into());
        let now = self.speaker.moment(version, audited.now);
        let by = [
            ("regulation", said(one_line(&version.name, 80))),
            ("now", said(now.clone())),
            ("zone", said(version.zone.name().to_owned())),
        ];
        let mut about = vec![self.say("period-by", &by)];
        if let Some(before) = report.before {
            let before = [("span", said(span(before, lang)))];
            about.push(text(lang, "report-compared", &before));
            if audited.regulation.versions().len() > 1 {
                about.push(self.say("period-versions", &[]));
            }
        }
        if audited.now < report.period.to.saturating_sub(1) && report.span.dates().1.is_some() {
            about.push(self.say("period-unfinished", &[("now", said(now))]));
        }
        about
    }

    /// The chapters of those who belong to whom the report is about.
    fn chapters(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (group, members) in section::groups(self.report()) {
            let who = Who::Group(group.unwrap_or(GroupId::NONE));
            match self.asked.who {
                Who::Company => {
                    blocks.push(Block::Break);
                    blocks.push(self.heading(who, 1));
                    if group.is_some() {
                        blocks.extend(self.chapter(who, 1));
                    }
                }
                asked if asked == who => {
                    blocks.push(Block::Break);
                    blocks.push(Block::Heading {
                        level: 1,
                        text: word(self.lang, "people-of-group"),
                        id: "people-of-group".to_owned(),
                    });
                }
                _ => continue,
            }
            for person in members {
                let who = Who::Employee(person);
                blocks.push(self.heading(who, 2));
                blocks.extend(self.chapter(who, 2));
            }
        }
        blocks
    }

    fn heading(&self, who: Who, level: u8) -> Block {
        Block::Heading {
            level,
            text: self.name(who),
            id: self.place(who),
        }
    }

    /// The list of somebody's findings in the period, of one rule where it is named.
    fn findings(&self, who: Who, rule: &str) -> String {
        self.list(who, &[("figures", "counted"), ("rule", rule)])
    }

    /// The list of somebody's findings in the period, narrowed further.
    fn list(&self, who: Who, narrowed: &[(&str, &str)]) -> String {
        let people = &self.report().audited.history.people;
        let (group, employee) = match who {
            Who::Company => ("", ""),
            Who::Group(group) => (people.group_ids.get(group.0), ""),
            Who::Employee(person) => ("", people.ids.get(person.0)),
        };
        let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
        let (from, to) = self.report().span.dates();
        let (from, to) = (date(from).unwrap_or_default(), date(to).unwrap_or_default());
        let whose = [
            ("group", group),
            ("employee", employee),
            ("from", from.as_str()),
            ("to", to.as_str()),
        ];
        links::with("/findings", &[narrowed, &whose[..]].concat())
    }

    /// The findings of the period that are somebody's.
    fn found(&self, who: Who) -> impl Iterator<Item = &'t Finding> {
        let audited = &self.report().audited;
        let is_theirs = move |finding: &&Finding| match who {
            Who::Company => true,
            Who::Group(group) => finding.employee.is_some() && audited.group(finding) == group,
            Who::Employee(person) => finding.employee == person,
        };
        audited.within(self.report().period).filter(is_theirs)
    }

    /// The page of a deal; none: it is none.
    fn deal_page(&self, deal: DealId) -> Option<String> {
        let history = self.report().audited.history;
        let page = || links::deal(history.deals.get(deal.0));
        deal.is_some().then(page)
    }

    /// Points under their heading, which has `above` below it; nothing where there are none.
    fn points(&self, kind: &str, who: Who, items: Vec<Item>, above: Vec<Block>) -> Vec<Block> {
        if items.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![self.subheading(kind, who)];
        blocks.extend(above);
        blocks.push(Block::List(numbered(items, kind, &self.place(who))));
        blocks
    }

    /// The heading of a part of somebody's chapter.
    fn subheading(&self, kind: &str, who: Who) -> Block {
        Block::Heading {
            level: 3,
            text: word(self.lang, &format!("{kind}-title")),
            id: format!("{kind}-{}", self.place(who)),
        }
    }
}

/// The points of a list under ids by which they are edited.
fn numbered(items: Vec<Item>, kind: &str, place: &str) -> Vec<Item> {
    let numbered = items.into_iter().enumerate().map(|(at, item)| Item {
        id: format!("{kind}-{place}-{}", at + 1),
        ..item
    });
    numbered.collect()
}
