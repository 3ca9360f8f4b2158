//! Which deals the pages of sales are about, as the address says it.

use ::figures::funnel::Flow;
use ::figures::{Period, Span};
use app::sales::Sales;
use history::{ChannelId, EmployeeId, GroupId, PipelineId};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;

use super::super::Words;
use super::super::address::with;
use super::{NAME, Teller};

/// Stands in an address for nobody, for no source, for no reason.
pub(super) const NONE: &str = "-";
/// Over how many days figures are taken unless asked otherwise.
const DAYS: i32 = 90;
/// How many months are offered.
const MONTHS: usize = 12;
/// Sources that are offered; there may be as many as somebody has typed.
const SOURCES: usize = 50;

/// What the address says; what cannot be read, or is not for these eyes, does not narrow.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    pub pipeline: String,
    pub employee: String,
    pub group: String,
    pub source: String,
    /// `30` or `365` for so many days, `2026-03` for a month; else it is 90 days.
    pub period: String,
    pub from: String,
    pub to: String,
    pub stage: String,
    pub part: String,
    pub reason: String,
    /// What figures are split by.
    pub by: String,
    /// What the table of people and stages shows.
    pub show: String,
    pub page: String,
}

/// What that comes to.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    pub pipeline: Option<PipelineId>,
    /// Somebody, or nobody.
    pub employee: Option<EmployeeId>,
    pub group: Option<GroupId>,
    /// A source, or none.
    pub source: Option<ChannelId>,
    pub span: Span,
    pub period: Period,
}

/// A field of the filter.
pub(super) struct Field {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// What a field offers.
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The filter of a page.
pub(super) struct Filter {
    pub action: &'static str,
    pub fields: Vec<Field>,
    /// Whether dates can be set, and which are.
    pub dates: Option<(String, String)>,
    /// What the address says besides.
    pub kept: Vec<(&'static str, String)>,
    /// Whether anything is chosen.
    pub narrowed: bool,
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn month(text: &str) -> Option<Span> {
    let (year, month) = text.split_once('-')?;
    let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    Some(Span::Month(first))
}

impl Asked {
    /// The parameters that say whose deals; those of an address.
    pub fn whose(&self) -> [(&'static str, &str); 4] {
        [
            ("pipeline", &self.pipeline),
            ("employee", &self.employee),
            ("group", &self.group),
            ("source", &self.source),
        ]
    }

    /// The parameters that say of when.
    pub fn when(&self) -> [(&'static str, &str); 3] {
        [
            ("period", &self.period),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// The address of a page with what is chosen, and one thing otherwise.
    pub fn address(&self, path: &str, name: &str, value: &str) -> String {
        let all = self.whose().into_iter().chain(self.when());
        let all = all.chain([("by", self.by.as_str()), ("show", &self.show)]);
        let mut all: Vec<(&str, &str)> = all.filter(|(given, _)| *given != name).collect();
        all.push((name, value));
        with(path, &all)
    }

    fn span(&self, today: Date) -> Span {
        let back = |days: i32| {
            let first = today.saturating_sub((days - 1).days());
            Span::Dates(Some(first), Some(today))
        };
        let days = match (date(&self.from), date(&self.to)) {
            (None, None) => None,
            (Some(from), Some(to)) if to < from => None,
            (from, to) => Some(Span::days(from, to)),
        };
        days.or_else(|| month(&self.period))
            .unwrap_or_else(|| match self.period.as_str() {
                "30" => back(30),
                "365" => back(365),
                _ => back(DAYS),
            })
    }

    /// What the address comes to for one reader.
    pub fn chosen(&self, sales: &Sales<'_>) -> Chosen {
        let history = sales.audited.history;
        let zone = sales.audited.zone();
        let span = self.span(zone.date(sales.audited.now));
        let employee = history.people.ids.find(&self.employee).map(EmployeeId);
        let employee = employee.or((self.employee == NONE).then_some(EmployeeId::NONE));
        let source = history.channels.find(&self.source).map(ChannelId);
        let group = history.people.group_ids.find(&self.group).map(GroupId);
        Chosen {
            pipeline: history.pipelines.find_pipeline(&self.pipeline),
            employee: employee.filter(|one| !self.employee.is_empty() && sales.sees(*one)),
            group: group.filter(|_| !self.group.is_empty() && sales.people.is_none()),
            source: source
                .filter(|_| !self.source.is_empty())
                .or((self.source == NONE).then_some(ChannelId::NONE)),
            period: span.period(zone),
            span,
        }
    }

    /// The same with nothing in it that does not narrow: what addresses and forms say from here on.
    pub fn cleaned(mut self, sales: &Sales<'_>) -> Asked {
        let chosen = self.chosen(sales);
        let clear = |text: &mut String, keep: bool| {
            if !keep {
                text.clear();
            }
        };
        clear(&mut self.pipeline, chosen.pipeline.is_some());
        clear(&mut self.employee, chosen.employee.is_some());
        clear(&mut self.group, chosen.group.is_some());
        clear(&mut self.source, chosen.source.is_some());
        let known = month(&self.period).is_some() || ["30", "365"].contains(&&*self.period);
        clear(&mut self.period, known);
        let by = ["source", "month"].contains(&&*self.by);
        clear(&mut self.by, by);
        let dates = [date(&self.from), date(&self.to)];
        clear(&mut self.from, dates[0].is_some());
        clear(&mut self.to, dates[1].is_some());
        self
    }
}

impl Chosen {
    /// What of the flow is chosen, whichever period.
    pub fn flow(&self, sales: &Sales<'_>) -> Flow {
        let audited = &sales.audited;
        let people = &audited.history.people;
        let today = audited.zone().date(audited.now);
        let members: Option<BTreeSet<EmployeeId>> = self.group.map(|group| {
            let ids = (0u32..).take(people.employees.len()).map(EmployeeId);
            let belongs = |id: &EmployeeId| {
                let membership = people.membership(*id, today);
                membership.is_some_and(|membership| membership.group == group)
            };
            ids.filter(belongs).collect()
        });
        let flow = sales.flow.only(|cut| {
            self.employee.is_none_or(|one| cut.employee == one)
                && self.source.is_none_or(|one| cut.source == one)
                && members
                    .as_ref()
                    .is_none_or(|members| members.contains(&cut.employee))
        });
        match self.pipeline {
            Some(pipeline) => flow.of_pipeline(&audited.history.pipelines, pipeline),
            None => flow,
        }
    }

    /// Whether anything but the period and the pipeline is chosen.
    pub fn is_narrowed(&self) -> bool {
        self.employee.is_some() || self.group.is_some() || self.source.is_some()
    }
}

impl Filter {
    /// The filter of a page; `with` names the fields that it has.
    pub fn of(teller: &Teller<'_>, action: &'static str, with: &[&str]) -> Filter {
        let (asked, words) = (teller.asked, teller.words);
        let mut fields = Vec::new();
        for name in with {
            let (name, any, all, chosen) = match *name {
                "pipeline" => ("pipeline", "filter-any", pipelines(teller), &asked.pipeline),
                "funnel" => ("pipeline", "", pipelines(teller), &asked.pipeline),
                "employee" => ("employee", "filter-any", people(teller), &asked.employee),
                "group" => ("group", "filter-any", groups(teller), &asked.group),
                "source" => ("source", "filter-any", sources(teller), &asked.source),
                "by" => ("by", "sales-by-employee", ways(words), &asked.by),
                _ => ("period", "sales-days-90", periods(teller), &asked.period),
            };
            // One's own need no choice.
            if all.len() > 1 || name == "by" || name == "period" {
                fields.push(field(words, name, any, all, chosen));
            }
        }
        let dates = with.contains(&"period");
        let all = asked.whose().into_iter().chain(asked.when());
        let narrowed = all.filter(|(name, _)| *name != "pipeline");
        Filter {
            action,
            fields,
            dates: dates.then(|| (asked.from.clone(), asked.to.clone())),
            kept: vec![("show", asked.show.clone())],
            narrowed: narrowed.into_iter().any(|(_, value)| !value.is_empty()),
        }
    }
}

fn field(
    words: Words,
    name: &'static str,
    any: &str,
    all: Vec<(String, String)>,
    chosen: &str,
) -> Field {
    let any = (!any.is_empty()).then(|| (String::new(), words.text(any)));
    let choices = any.into_iter().chain(all).map(|(value, label)| Choice {
        chosen: value == chosen,
        value,
        label,
    });
    Field {
        name,
        label: words.word("sales-filter", name),
        choices: choices.collect(),
    }
}

/// Pipelines in which anything goes on.
fn pipelines(teller: &Teller<'_>) -> Vec<(String, String)> {
    let pipelines = &teller.sales.audited.history.pipelines;
    let seen: BTreeSet<PipelineId> = teller
        .sales
        .flow
        .stays
        .iter()
        .filter_map(|stay| pipelines.pipeline(stay.stage))
        .collect();
    let named = |id: PipelineId| (teller.pipeline_id(id).to_owned(), teller.pipeline(id));
    seen.into_iter().map(named).collect()
}

/// Those whom the reader may see.
fn people(teller: &Teller<'_>) -> Vec<(String, String)> {
    let people = &teller.sales.audited.history.people;
    let ids = (0u32..).take(people.employees.len()).map(EmployeeId);
    let seen = ids.filter(|id| teller.sales.sees(*id));
    let named = seen.map(|id| (people.ids.get(id.0).to_owned(), teller.person(id)));
    let mut named: Vec<(String, String)> = named.collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    if teller.sales.people.is_none() {
        named.push((NONE.to_owned(), teller.words.text("sales-nobody")));
    }
    named
}

fn groups(teller: &Teller<'_>) -> Vec<(String, String)> {
    if teller.sales.people.is_some() {
        return Vec::new();
    }
    let people = &teller.sales.audited.history.people;
    let ids = (0u32..).take(people.groups.len()).map(GroupId);
    ids.map(|id| (people.group_ids.get(id.0).to_owned(), teller.group(id)))
        .collect()
}

/// Where deals came from.
fn sources(teller: &Teller<'_>) -> Vec<(String, String)> {
    let seen: BTreeSet<ChannelId> = teller
        .sales
        .flow
        .stays
        .iter()
        .map(|stay| stay.cut.source)
        .collect();
    let named = seen.into_iter().take(SOURCES);
    let named = named.map(|id| (teller.source_id(id).to_owned(), teller.source(id)));
    let mut named: Vec<(String, String)> = named.collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    named
}

fn ways(words: Words) -> Vec<(String, String)> {
    let ways = ["source", "month"];
    ways.map(|way| (way.to_owned(), words.word("sales-by", way)))
        .into()
}

fn periods(teller: &Teller<'_>) -> Vec<(String, String)> {
    let words = teller.words;
    let days = ["30", "365"].map(|days| (days.to_owned(), words.word("sales-days", days)));
    let today = teller.sales.audited.zone().date(teller.sales.audited.now);
    let months = std::iter::successors(Some(Span::month_of(today)), |month| month.before());
    let months = months.take(MONTHS).filter_map(|month| {
        let (first, _) = month.dates();
        let first = first?;
        let value = format!("{:04}-{:02}", first.year(), first.month());
        Some((
            value,
            wording::one_line(&report::span(month, words.0), NAME),
        ))
    });
    days.into_iter().chain(months).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_is_read_from_the_address() {
        let today = jiff::civil::date(2026, 3, 31);
        let span = |period: &str, from: &str, to: &str| {
            let [period, from, to] = [period, from, to].map(str::to_owned);
            let asked = Asked {
                period,
                from,
                to,
                ..Asked::default()
            };
            asked.span(today)
        };
        let dates = |from: Date| Span::Dates(Some(from), Some(today));
        assert_eq!(span("", "", ""), dates(jiff::civil::date(2026, 1, 1)));
        assert_eq!(span("soon", "x", ""), dates(jiff::civil::date(2026, 1, 1)));
        assert_eq!(span("30", "", ""), dates(jiff::civil::date(2026, 3, 2)));
        let month = Span::Month(jiff::civil::date(2026, 2, 1));
        assert_eq!(span("2026-02", "", ""), month);
        assert_eq!(span("30", "2026-02-01", "2026-02-28"), month);
        assert_eq!(span("2026-13", "", ""), span("", "", ""));
        assert_eq!(span("", "2026-03-02", "2026-03-01"), span("", "", ""));
    }
}
