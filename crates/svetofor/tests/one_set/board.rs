//! What the dashboards show, compared with a report on the same days.

use app::overview::{Overview, overview};
use app::sales::{Sales, sales};
use audit::message::Speaker;
use audit::regulation::Severity;
use figures::funnel::{Hung, funnels};
use figures::light::{Tally, Who};
use figures::{Count, INDICATORS, Period, Span};
use history::{EmployeeId, GroupId};
use jiff::ToSpan;
use report::document::{Block, Document};
use report::table::{Cell, Table};

use crate::Office;

/// How many days the funnel of a report has.
const FUNNEL: i32 = 90;

/// Compares the dashboards of a period with a report on the company.
pub async fn assert_same(office: &Office, span: Span, document: &Document) {
    let (audits, director, now) = (&office.audits, &office.director, office.now);
    let hung = overview(audits, director, Some(span), now, |all| {
        let board = Board {
            all,
            speaker: Speaker::new(
                all.figures.audited.history,
                all.figures.audited.regulation,
                document.lang(),
            ),
            document,
        };
        board.assert_lights();
        board.assert_indicators();
        board.assert_counts();
        board.assert_worst();
        board.assert_cards();
        let hung = all
            .hung
            .iter()
            .map(|(_, hung)| hung_cells(hung, &board.currency()));
        hung.collect::<Vec<_>>()
    });
    let hung = hung.await.unwrap();
    let shown = sales(audits, director, now, |sales| {
        assert_funnels(sales, span, document)
    });
    assert_eq!(sorted(shown.await.unwrap()), sorted(hung));
}

fn table<'d>(document: &'d Document, id: &str) -> &'d Table {
    let mut tables = document.tables();
    let table = tables.find(|table| table.id == id);
    table.unwrap_or_else(|| panic!("no table {id}"))
}

fn sorted(mut cells: Vec<Vec<Cell>>) -> Vec<String> {
    let mut all: Vec<String> = cells.iter_mut().map(|cells| format!("{cells:?}")).collect();
    all.sort_unstable();
    all
}

/// The money that hangs at a stage, as a report shows it.
fn hung_cells(hung: &Hung, currency: &str) -> Vec<Cell> {
    let money = |hundredths| Cell::Money(hundredths, currency.to_owned());
    vec![
        Cell::Count(hung.deals),
        money(hung.sum),
        Cell::share(hung.reached.1, hung.reached.0),
        hung.money().map_or(Cell::Empty, money),
    ]
}

/// Compares the funnels, and gives what the report says of the stages where money hangs.
fn assert_funnels(sales: &Sales<'_>, span: Span, document: &Document) -> Vec<Vec<Cell>> {
    let audited = &sales.audited;
    let last = span.dates().1.unwrap();
    let days = Span::Dates(Some(last.saturating_sub((FUNNEL - 1).days())), Some(last));
    let period: Period = days.period(audited.zone());
    let speaker = Speaker::new(audited.history, audited.regulation, document.lang());
    let known = funnels(audited, &sales.flow, &sales.factors, period);
    let mut tables = document
        .tables()
        .filter(|table| table.id.starts_with("funnel"));
    let speed = table(document, "speed").rows.iter();
    let mut speed = speed.filter(|row| row.strong);
    let mut hung = Vec::new();
    assert!(!known.is_empty());
    for funnel in &known {
        let shown = tables.next().unwrap();
        let own = report::funnel_of(audited, &speaker, funnel, days);
        assert_eq!((&own.title, &own.note), (&shown.title, &shown.note));
        assert_eq!(own.rows, shown.rows, "{}", own.title);
        let rows = shown
            .rows
            .iter()
            .filter(|row| row.cells[7] != Cell::Count(0));
        hung.extend(rows.map(|row| row.cells[7..].to_vec()));
        if funnel.speed.leads > 0 {
            let own = report::speed_of(audited, funnel);
            assert_eq!(own.cells, speed.next().unwrap().cells);
        }
    }
    assert!(tables.next().is_none() && speed.next().is_none());
    hung
}

/// The dashboard of a period beside a report.
struct Board<'b> {
    all: &'b Overview<'b>,
    speaker: Speaker<'b>,
    document: &'b Document,
}

impl Board<'_> {
    fn currency(&self) -> String {
        self.all.figures.audited.history.account.currency.clone()
    }

    fn person(&self, person: EmployeeId) -> String {
        self.speaker.person(person)
    }

    fn assert_lights(&self) {
        let figures = self.all.figures;
        let people = &figures.audited.history.people;
        let group = |id: &GroupId| people.groups[id.index()].name.clone();
        let lights = &figures.lights;
        let groups = lights.groups.keys().map(|id| (group(id), Who::Group(*id)));
        let persons = lights.people.keys();
        let persons = persons.map(|id| (self.person(*id), Who::Employee(*id)));
        let all: Vec<(String, Who)> = groups.chain(persons).collect();
        let shown = &table(self.document, "lights").rows;
        assert_eq!(shown.len(), all.len() + 1);
        assert_eq!(shown[0].cells[1..], self.light(Who::Company));
        for (name, who) in all {
            let row = shown.iter().skip(1);
            let mut row = row.filter(|row| row.cells[0].text(self.document.lang()) == name);
            let row = row.next().unwrap_or_else(|| panic!("no {name}"));
            assert_eq!(row.cells[1..], self.light(who), "{name}");
        }
    }

    /// Somebody's light, and what it rests on.
    fn light(&self, who: Who) -> Vec<Cell> {
        let figures = self.all.figures;
        let light = &figures.audited.regulation.latest().light;
        let tally = figures.lights.whose(who);
        let before = figures.lights_before.as_ref().unwrap().whose(who);
        let week = |tally: Tally| {
            let is_enough = tally.deals >= u64::from(light.min_deals);
            tally.rate(light).filter(|_| is_enough)
        };
        let weeks = self.all.weeks.iter();
        let weeks = weeks.map(|(_, lights)| week(lights.whose(who)));
        let range = tally.interval(light);
        let mut cells = vec![
            Cell::Lamp(tally.colour(light), tally.is_borderline(light)),
            Cell::decimal(tally.rate(light)),
            range.map_or(Cell::Empty, |(low, high)| Cell::Range(low, high)),
            Cell::decimal(before.rate(light)),
            Cell::Trend(weeks.collect()),
            Cell::Count(tally.deals),
        ];
        cells.extend(tally.findings.map(Cell::Count));
        cells
    }

    fn assert_indicators(&self) {
        let indicators = &self.all.figures.indicators;
        let shown = &table(self.document, "indicators").rows;
        assert_eq!(shown.len(), indicators.len());
        for (person, indicators) in indicators {
            let row = match person.is_none() {
                true => shown.first(),
                false => {
                    let name = Cell::Text(self.person(*person));
                    shown.iter().find(|row| row.cells[0] == name)
                }
            };
            let mut own = vec![Cell::Count(indicators.deals)];
            own.extend((1..=INDICATORS).map(|number| Cell::decimal(indicators.rate(number))));
            assert_eq!(row.unwrap().cells[1..], own);
        }
    }

    fn assert_counts(&self) {
        let counts = &self.all.figures.counts;
        self.assert_counted("rules", counts.rules.values());
        self.assert_counted("stages", counts.stages.values());
        self.assert_counted("people", counts.people.values());
        let regulation = self.all.figures.audited.regulation;
        let rules = counts.rules.iter().filter(|(_, count)| count.findings > 0);
        for (rule, count) in rules {
            let entries = &regulation.latest().entries;
            let entry = entries.iter().find(|entry| entry.name == *rule).unwrap();
            let title = entry.title(self.document.lang());
            self.assert_named("rules", title, count);
        }
        for (person, count) in counts.people.iter().filter(|(id, _)| id.is_some()) {
            self.assert_named("people", &self.person(*person), count);
        }
    }

    /// The rows of what is counted, in their order, and the sum of all.
    fn assert_counted<'c>(&self, id: &str, counts: impl Iterator<Item = &'c Count>) {
        let mut counts: Vec<&Count> = counts.collect();
        counts.sort_by_key(|count| std::cmp::Reverse((count.findings, count.before)));
        counts.push(&self.all.figures.counts.all);
        let shown = table(self.document, id).rows.iter();
        let shown: Vec<&[Cell]> = shown.map(|row| &row.cells[1..]).collect();
        let own: Vec<Vec<Cell>> = counts.iter().map(|count| self.counted(count)).collect();
        assert!(own.len() > 2, "{id}");
        assert_eq!(shown, own, "{id}");
    }

    fn assert_named(&self, id: &str, name: &str, count: &Count) {
        let mut rows = table(self.document, id).rows.iter();
        let own = self.counted(count);
        let found = rows.any(|row| {
            let shown = row.cells[0].text(self.document.lang());
            shown.starts_with(name) && row.cells[1..] == own
        });
        assert!(found, "{id}: {name}");
    }

    fn counted(&self, count: &Count) -> Vec<Cell> {
        vec![
            Cell::Count(count.findings),
            Cell::share(count.findings, self.all.figures.counts.all.findings),
            Cell::count(count.before),
            Cell::Count(count.severities[Severity::Gross as usize]),
            Cell::Count(count.again),
            Cell::Count(count.concerned.deals),
            Cell::Money(count.concerned.sum, self.currency()),
        ]
    }

    fn assert_worst(&self) {
        let worst = &self.all.figures.worst;
        let shown = &table(self.document, "worst").rows;
        assert_eq!(shown.len(), worst.len());
        for (deal, row) in worst.iter().zip(shown) {
            let name = self.speaker.deal(deal.deal);
            assert_eq!(row.cells[0].text(self.document.lang()), name);
            assert_eq!(row.cells[1], Cell::Count(deal.findings.len() as u64));
            assert_eq!(row.cells[2], Cell::Decimal(deal.weight));
        }
    }

    /// The cards of the company are the numbers at the head of the dashboard.
    fn assert_cards(&self) {
        let Block::Cards(cards) = &self.document.blocks[0] else {
            panic!("cards come first");
        };
        let lang = self.document.lang();
        let figures = self.all.figures;
        let light = &figures.audited.regulation.latest().light;
        let tally = figures.lights.company;
        let card = |id: &str| {
            let title = report::catalogue(lang).text(id, &[]);
            let mut cards = cards.iter();
            cards.find(|card| card.title == title).unwrap()
        };
        assert_eq!(card("card-light-own").lamp, Some(tally.colour(light)));
        let rate = Cell::decimal(tally.rate(light)).text(lang);
        assert!(card("card-light-own").about.starts_with(&rate));
        let found = Cell::Count(figures.counts.all.findings).text(lang);
        assert_eq!(card("card-findings").value, found);
        let closed = Cell::Count(self.all.closed.company.all()).text(lang);
        assert_eq!(card("card-closed").value, closed);
        let sum = self.all.hung.iter().map(|(_, hung)| hung.sum).sum();
        let sum = Cell::Money(sum, self.currency()).text(lang);
        assert!(card("card-money").about.contains(&sum), "{sum}");
        let worth = self.all.hung.iter().filter_map(|(_, hung)| hung.money());
        let worth = Cell::Money(worth.sum(), self.currency()).text(lang);
        assert_eq!(card("card-money").value, worth);
    }
}
