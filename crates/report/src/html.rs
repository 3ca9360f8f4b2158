//! A report as one page that needs nothing but itself: it opens from an e-mail, prints, and works
//! without scripts.

use askama::Template;
use audit::judge::Finding;
use audit::message::Speaker;
use figures::light::Colour;
use figures::{Report, Span};
use wording::{Lang, Value, decimal, integer, money, one_line, percent};

use crate::chart::{Chart, Line};
use crate::section;
use crate::table::{Cell, Row, Table};
use crate::timeline::{self, Told};
use crate::words::{lamp, lamp_id, span, text, word};
use crate::{chart, words};

/// The most findings that a list shows.
const LISTED: usize = 30;

/// The report as a page.
pub fn html(report: &Report<'_>, speaker: &Speaker<'_>) -> String {
    let page = Page::of(report, speaker);
    page.render().expect("writing into a string cannot fail")
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    lang: &'static str,
    title: String,
    head: String,
    about: String,
    compared: String,
    cards: Vec<Card>,
    /// A heading, a note, and a chart.
    trend: (String, String, String),
    when: (String, String, [(String, String); 2]),
    tables: Vec<Shown>,
    after: Vec<Shown>,
    data: Shown,
    deals: Vec<Told>,
    list: (String, String),
    lists: Vec<List>,
    list_columns: [String; 5],
    nothing: String,
}

/// A figure at the top.
struct Card {
    title: String,
    value: String,
    about: String,
    /// The class of its lamp; empty: none.
    lamp: &'static str,
    /// A chart; may be empty.
    chart: String,
    /// The place on the page that it leads to.
    to: &'static str,
}

/// A table ready to be drawn.
struct Shown {
    table: Table,
    lang: Lang,
}

/// A list of findings.
struct List {
    id: String,
    title: String,
    lines: Vec<[String; 5]>,
    classes: Vec<&'static str>,
    more: String,
}

impl Shown {
    fn text(&self, cell: &Cell) -> String {
        cell.text(self.lang)
    }

    /// What a cell says to those who ask: its base.
    fn hint(&self, cell: &Cell) -> String {
        match cell {
            Cell::Share(part, whole) => {
                let count = |n: &u64| Value::Text(integer(*n as i64, self.lang).into());
                let args = [("part", count(part)), ("whole", count(whole))];
                text(self.lang, "part-of-whole", &args)
            }
            _ => String::new(),
        }
    }

    fn class(&self, cell: &Cell, column: &usize) -> String {
        let numeric = self
            .table
            .columns
            .get(*column)
            .is_some_and(|column| column.numeric);
        match cell {
            Cell::Lamp(colour, _) => lamp_id(*colour).to_owned(),
            _ if numeric => "n".to_owned(),
            _ => String::new(),
        }
    }

    fn spark(&self, values: &[Option<f64>]) -> String {
        chart::spark(values, &Cell::Trend(values.to_vec()).text(self.lang))
    }

    fn row_class(&self, row: &Row) -> String {
        let strong = if row.strong { "strong " } else { "" };
        format!("{strong}depth{}", row.depth)
    }

    fn title_of(&self, column: &usize) -> &str {
        self.table
            .columns
            .get(*column)
            .map_or("", |column| &column.title)
    }
}

impl Page {
    fn of(report: &Report<'_>, speaker: &Speaker<'_>) -> Page {
        let lang = speaker.lang();
        let audited = &report.audited;
        let version = audited.regulation.latest();
        let said = |text: String| Value::Text(text.into());
        let account = one_line(&audited.history.account.name, 60);
        let head = [
            ("account", said(account)),
            ("span", said(span(report.span, lang))),
        ];
        let about = [
            ("regulation", said(one_line(&version.name, 80))),
            ("now", said(speaker.moment(version, audited.now))),
            ("zone", said(version.zone.name().to_owned())),
        ];
        let compared = report.before.map(|before| {
            text(
                lang,
                "report-compared",
                &[("span", said(span(before, lang)))],
            )
        });
        let shown = |table| Shown { table, lang };
        let mut after = vec![
            shown(section::by_stage(report, &report.counts, speaker)),
            shown(section::by_person(report, &report.counts, speaker)),
        ];
        after.extend(section::funnel(report, speaker).into_iter().map(shown));
        after.extend([
            shown(section::speed(report, speaker)),
            shown(section::worst(report, speaker)),
        ]);
        let deals = report
            .worst
            .iter()
            .map(|deal| timeline::tell(report, speaker, deal));
        let most = [("most", Value::Count(LISTED as i64))];
        Page {
            lang: lang.code(),
            title: word(lang, "report-title"),
            head: text(lang, "report-head", &head),
            about: text(lang, "report-about", &about),
            compared: compared.unwrap_or_default(),
            cards: cards(report, lang),
            trend: trend(report, lang),
            when: when(report, lang),
            tables: vec![
                shown(section::lights(report, speaker)),
                shown(section::changes(report, speaker)),
                shown(section::indicators(report, speaker)),
                shown(section::by_rule(report, &report.counts, speaker)),
            ],
            after,
            data: shown(section::problems(report, speaker)),
            deals: deals.collect(),
            list: (word(lang, "list-title"), text(lang, "list-note", &most)),
            lists: lists(report, speaker),
            list_columns: [
                "col-when",
                "col-severity",
                "col-message",
                "col-who",
                "col-until",
            ]
            .map(|id| word(lang, id)),
            nothing: if report.counts.all.findings == 0 {
                word(lang, "nothing-found")
            } else {
                String::new()
            },
        }
    }
}

fn cards(report: &Report<'_>, lang: Lang) -> Vec<Card> {
    vec![
        light_card(report, lang),
        findings_card(report, lang),
        money_card(report, lang),
        speed_card(report, lang),
    ]
}

fn light_card(report: &Report<'_>, lang: Lang) -> Card {
    let light = &report.audited.regulation.latest().light;
    let company = &report.lights.company;
    let colour = company.colour(light);
    let rate = company.rate(light);
    let number = |rate: f64| decimal(rate, 1, lang);
    let mut about = match rate {
        Some(rate) => format!("{} {}", number(rate), word(lang, "card-rate")),
        None => word(lang, "card-no-rate"),
    };
    let before = report
        .lights_before
        .as_ref()
        .and_then(|lights| lights.company.rate(light));
    if let Some(before) = before {
        let was = text(
            lang,
            "card-was",
            &[("rate", Value::Text(number(before).into()))],
        );
        let arrow = match rate {
            Some(rate) if rate > before => " ▲",
            Some(rate) if rate < before => " ▼",
            _ => "",
        };
        about = format!("{about}, {was}{arrow}");
    }
    let values: Vec<Option<f64>> = report
        .trend
        .iter()
        .map(|(_, lights)| lights.company.rate(light))
        .collect();
    let label = text(
        lang,
        "trend-text",
        &[(
            "values",
            Value::Text(Cell::Trend(values.clone()).text(lang).into()),
        )],
    );
    Card {
        title: word(lang, "card-light"),
        value: if company.is_borderline(light) {
            format!("{}, {}", lamp(colour, lang), word(lang, "borderline"))
        } else {
            lamp(colour, lang)
        },
        about,
        lamp: lamp_id(colour),
        chart: chart::spark(&values, &label),
        to: "#lights",
    }
}

fn findings_card(report: &Report<'_>, lang: Lang) -> Card {
    let all = &report.counts.all;
    let gross = all.severities[audit::regulation::Severity::Gross as usize];
    let mut about = text(lang, "card-found", &[("gross", Value::Count(gross as i64))]);
    if let Some(before) = all.before {
        let before = integer(before as i64, lang);
        let was = text(lang, "card-was", &[("rate", Value::Text(before.into()))]);
        about = format!("{about}; {was}");
    }
    Card {
        title: word(lang, "card-findings"),
        value: integer(all.findings as i64, lang),
        about,
        lamp: "",
        chart: String::new(),
        to: "#rules",
    }
}

fn money_card(report: &Report<'_>, lang: Lang) -> Card {
    let stages = || report.funnels.iter().flat_map(|funnel| &funnel.stages);
    let sum = stages()
        .filter_map(|stage| stage.hung.money())
        .fold(0i64, i64::saturating_add);
    let deals: u64 = stages().map(|stage| stage.hung.deals).sum();
    Card {
        title: word(lang, "card-money"),
        value: money(sum, &report.audited.history.account.currency, lang),
        about: text(lang, "card-hung", &[("deals", Value::Count(deals as i64))]),
        lamp: "",
        chart: String::new(),
        to: "#funnel",
    }
}

fn speed_card(report: &Report<'_>, lang: Lang) -> Card {
    let speeds = || report.funnels.iter().map(|funnel| &funnel.speed);
    let leads: u64 = speeds().map(|speed| speed.leads).sum();
    let quick: u64 = speeds().map(|speed| speed.answered[1]).sum();
    let all = figures::funnel::Speed {
        leads,
        ..Default::default()
    };
    let (value, about) = match all.interval(quick) {
        Some((low, high)) => {
            let said = |text: String| Value::Text(text.into());
            let args = [
                ("part", said(integer(quick as i64, lang))),
                ("whole", said(integer(leads as i64, lang))),
                ("low", said(percent(low, 0, lang))),
                ("high", said(percent(high, 0, lang))),
            ];
            let share = percent(quick as f64 / leads as f64, 0, lang);
            (share, text(lang, "card-speed-base", &args))
        }
        None => ("—".to_owned(), word(lang, "card-no-leads")),
    };
    Card {
        title: word(lang, "card-speed"),
        value,
        about,
        lamp: "",
        chart: String::new(),
        to: "#speed",
    }
}

fn trend(report: &Report<'_>, lang: Lang) -> (String, String, String) {
    let light = &report.audited.regulation.latest().light;
    let weeks: Vec<(String, Option<f64>)> = report
        .trend
        .iter()
        .map(|(week, lights)| {
            let first = match week {
                Span::Week(monday) => format!("{:02}.{:02}", monday.day(), monday.month()),
                other => words::span(*other, lang),
            };
            let enough = lights.company.colour(light) != Colour::TooLittleData;
            (first, lights.company.rate(light).filter(|_| enough))
        })
        .collect();
    let (names, values) = weeks.into_iter().unzip();
    let title = word(lang, "trend-title");
    let chart = Chart::Lines {
        names,
        lines: vec![Line {
            name: word(lang, "company"),
            values,
        }],
        limits: section::limits(light),
    };
    let svg = chart.svg(&title, lang);
    (title, word(lang, "trend-note"), svg)
}

fn when(report: &Report<'_>, lang: Lang) -> (String, String, [(String, String); 2]) {
    let named = |names: Vec<String>, counts: &[u64], id: &str| {
        let label = word(lang, id);
        let counts: Vec<(String, u64)> = names.into_iter().zip(counts.iter().copied()).collect();
        let chart = Chart::Columns(counts).svg(&label, lang);
        (label, chart)
    };
    let days = (1..=7)
        .map(|day| word(lang, &format!("weekday-short-{day}")))
        .collect();
    let hours = (0..24).map(|hour| hour.to_string()).collect();
    let charts = [
        named(days, &report.counts.weekdays, "when-weekdays"),
        named(hours, &report.counts.hours, "when-hours"),
    ];
    (word(lang, "when-title"), word(lang, "when-note"), charts)
}

/// Everything found, by rule and by person.
fn lists(report: &Report<'_>, speaker: &Speaker<'_>) -> Vec<List> {
    let lang = speaker.lang();
    let mut found: Vec<&Finding> = report.audited.within(report.period).collect();
    found.sort_by_key(|finding| (finding.at, finding.deal, finding.employee, finding.start));
    let of = |id: String, title: String, which: &dyn Fn(&Finding) -> bool| {
        let chosen: Vec<&Finding> = found
            .iter()
            .copied()
            .filter(|finding| which(finding))
            .collect();
        let more = chosen.len().saturating_sub(LISTED);
        let shown = &chosen[..chosen.len() - more];
        List {
            id,
            title,
            lines: shown
                .iter()
                .map(|finding| listed(report, speaker, finding))
                .collect(),
            classes: shown
                .iter()
                .map(|finding| report.audited.severity(finding).as_str())
                .collect(),
            more: if more > 0 {
                text(lang, "list-more", &[("count", Value::Count(more as i64))])
            } else {
                String::new()
            },
        }
    };
    let rules = report
        .counts
        .rules
        .iter()
        .filter(|(_, count)| count.findings > 0);
    let rules = rules.map(|(rule, _)| {
        let title = section::rule_title(report, rule, lang);
        of(format!("rule-{rule}"), title, &|finding| {
            report.audited.rule(finding) == *rule
        })
    });
    let people = report
        .counts
        .people
        .iter()
        .filter(|(_, count)| count.findings > 0);
    let people = people
        .filter(|(person, _)| person.is_some())
        .map(|(person, _)| {
            let id = format!("person-{}", person.0);
            of(id, speaker.person(*person), &|finding| {
                finding.employee == *person
            })
        });
    rules.chain(people).collect()
}

fn listed(report: &Report<'_>, speaker: &Speaker<'_>, finding: &Finding) -> [String; 5] {
    let (version, _) = report.audited.entry(finding);
    let severity = report.audited.severity(finding).as_str();
    let lang = speaker.lang();
    [
        speaker.moment(version, finding.at),
        word(lang, &format!("severity-{severity}")),
        speaker.message(finding),
        speaker.person(finding.employee),
        finding
            .until
            .map_or_else(|| "—".to_owned(), |until| speaker.moment(version, until)),
    ]
}
