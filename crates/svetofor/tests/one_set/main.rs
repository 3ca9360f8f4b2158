//! One set of figures behind every form of a report and behind the dashboards: a half-year of a made-up
//! company is reported as a page, on paper, as a workbook and as a message, each is read back, and all
//! are compared with each other and with what the dashboards show.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod board;
mod paper;
mod screen;
mod sheets;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use app::audits::Audits;
use app::companies::{NewCompany, add};
use app::import::import;
use app::period_report::{Asked, Whom, period_report};
use app::permissions::Access;
use app::{Actor, Instant, Via};
use figures::Span;
use history::write::Format;
use jiff::civil::date;
use report::Look;
use report::document::{Block, Document, Item};
use report::table::{Cell, Table};
use sandbox::company;
use store::regulations::NewVersion;
use store::{Place, Store};
use tempfile::TempDir;
use wording::Lang;

use paper::Paper;
use sheets::Book;

/// The rows of a table, each with the words of its cells.
pub(crate) type Cells = Vec<Vec<String>>;

/// The days that are reported.
const SPANS: [Span; 2] = [Span::Week(date(2026, 4, 6)), Span::Month(date(2026, 3, 1))];
const UNTIL: &str = "2026-04-17T15:00:00Z";

/// A made-up company in a store, and its director.
pub(crate) struct Office {
    pub audits: Audits,
    pub director: Actor,
    pub now: Instant,
    _folder: TempDir,
}

impl Office {
    async fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let until: jiff::Timestamp = UNTIL.parse().unwrap();
        let options = company::Options {
            deals: 400,
            ..company::Options::new(until)
        };
        let history = folder.path().join("history");
        company::write(&history, &options, Format::Csv, None).unwrap();
        let place = Place::Sqlite(folder.path().join("svetofor.db"));
        let audits = Audits::new(Arc::new(Store::open(&place).await.unwrap()));
        let asked = NewCompany {
            name: "Второй ход".to_owned(),
            timezone: "Europe/Moscow".to_owned(),
            currency: "RUB".to_owned(),
            versions: vec![NewVersion {
                effective: String::new(),
                file: "regulation.toml".to_owned(),
                text: company::regulation().to_owned(),
                author: String::new(),
            }],
        };
        let now = until.as_millisecond();
        let company = add(audits.store(), &asked, now).await.unwrap().id;
        let silent = Arc::new(|_, _| {});
        import(&audits, &company, &history, &[], silent, now)
            .await
            .unwrap();
        Office {
            audits,
            director: Actor {
                person: "director".to_owned(),
                name: "Директор".to_owned(),
                company,
                access: Access::Director,
                employee: None,
                groups: BTreeSet::new(),
                via: Via::Session,
            },
            now,
            _folder: folder,
        }
    }

    async fn document(&self, whom: Whom<'_>, span: Span, lang: Lang) -> Document {
        let asked = Asked {
            whom,
            span: Some(span),
            chapters: false,
            lang,
        };
        period_report(&self.audits, &self.director, asked, self.now)
            .await
            .unwrap()
    }

    /// A group and one of its sellers.
    async fn group_and_seller(&self) -> (String, String) {
        let audit = self.audits.read(&self.director.company, self.now).await;
        let audit = audit.unwrap();
        let people = &audit.live().history().people;
        let found = |seller: &str| {
            let held = audit.standing();
            let theirs = held.filter(|held| people.ids.get(held.finding.employee.0) == seller);
            theirs.count()
        };
        let sellers = (0..people.ids.len() as u32).map(|id| people.ids.get(id));
        let seller = sellers.max_by_key(|seller| found(seller)).unwrap();
        let group = people.group_ids.get(0);
        (group.to_owned(), seller.to_owned())
    }
}

/// Runs a test on the company.
fn with<T>(test: impl AsyncFnOnce(&Office) -> T) -> T {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| tokio::runtime::Runtime::new().unwrap());
    runtime.block_on(async { test(&Office::new().await).await })
}

/// A text without its spaces and places to break: where lines end is the layout's business.
fn squeezed(text: &str) -> String {
    let seen = |c: &char| !c.is_whitespace() && !"\u{200B}\u{AD}\u{2060}\u{FEFF}".contains(*c);
    text.chars().filter(seen).collect()
}

#[test]
fn every_form_of_a_report_shows_the_same_figures() {
    with(async |office| {
        let (group, seller) = office.group_and_seller().await;
        let mut compared = 0;
        for (whom, lang) in [
            (Whom::Company, Lang::Ru),
            (Whom::Company, Lang::En),
            (Whom::Group(&group), Lang::Ru),
            (Whom::Employee(&seller), Lang::Ru),
        ] {
            let document = office.document(whom, SPANS[0], lang).await;
            compared += assert_one_set(&document);
        }
        assert!(compared > 3_000, "{compared} cells");
    });
}

/// Compares the forms of a document, cell by cell and word by word; how many cells there are.
fn assert_one_set(document: &Document) -> usize {
    let lang = document.lang();
    let (on_screen, screen) = screen::read(&report::page(document, &Look::default()));
    let paper = pdf::typeset(document, &pdf::Options::default()).unwrap();
    let paper = Paper::read(&paper);
    let book = Book::read(report::book(document).unwrap());
    let mut compared = 0;
    let mut on_screen = on_screen.iter();
    let mut on_paper = paper.tables.iter();
    for table in document.tables() {
        compared += book.compare(table, lang);
        if !table.rows.is_empty() {
            let shown = on_screen.next().unwrap();
            assert_table(table, shown, &Vec::from_iter(0..table.columns.len()), lang);
        }
        assert_on_paper(table, &mut on_paper, lang);
    }
    assert!(on_screen.next().is_none() && on_paper.next().is_none());
    for table in &document.data {
        compared += book.compare(table, lang);
    }
    let forms = [
        ("page", squeezed(&screen)),
        ("paper", squeezed(&paper.words)),
    ];
    for words in words(document) {
        for (form, all) in &forms {
            assert!(all.contains(&squeezed(&words)), "{form} lacks «{words}»");
        }
    }
    for block in &document.blocks {
        if let Block::Chart { chart, .. } = block {
            assert!(forms[1].1.contains(&squeezed(&chart.words(lang))));
        }
    }
    assert_message(document);
    compared
}

/// Compares some columns of a table with what a form shows of them.
fn assert_table(table: &Table, shown: &Cells, columns: &[usize], lang: Lang) {
    let empty = [report::table::Row {
        strong: false,
        depth: 0,
        cells: vec![Cell::Empty; table.columns.len()],
    }];
    let rows = match table.rows.is_empty() {
        true => &empty[..],
        false => &table.rows,
    };
    assert_eq!(rows.len(), shown.len(), "{}", table.id);
    for (row, shown) in rows.iter().zip(shown) {
        assert_eq!(columns.len(), shown.len(), "{}", table.id);
        for (at, shown) in columns.iter().zip(shown) {
            let (cell, shown) = (&row.cells[*at], squeezed(shown));
            match cell {
                // Where nothing is known of any week one dash says as much as twelve.
                Cell::Trend(weeks) if weeks.iter().all(Option::is_none) => {
                    assert_eq!(shown.replace('—', ""), "", "{}", table.id);
                }
                _ => assert_eq!(squeezed(&cell.text(lang)), shown, "{}", table.id),
            }
        }
    }
}

/// Compares a table with its parts on paper: each has the first column and some of the others.
fn assert_on_paper<'p>(table: &Table, parts: &mut impl Iterator<Item = &'p Cells>, lang: Lang) {
    let mut next = 0;
    while next < table.columns.len() {
        let part = parts.next().unwrap();
        let more = part[0].len() - usize::from(next > 0);
        let first = Some(0).filter(|_| next > 0);
        let columns: Vec<usize> = first.into_iter().chain(next..next + more).collect();
        assert_table(table, part, &columns, lang);
        next += more;
    }
}

/// Everything that a document says outside of tables and charts.
fn words(document: &Document) -> Vec<String> {
    let mut all = vec![document.title.clone(), document.subtitle.clone()];
    all.extend(document.about.iter().cloned());
    let run = |run: &report::document::Run| run.text.clone();
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } => all.push(text.clone()),
            Block::Text { text, .. } => all.extend(text.iter().map(run)),
            Block::Cards(cards) => {
                for card in cards {
                    all.push([&*card.title, &card.value, &card.about].concat());
                }
            }
            Block::List(items) => {
                for Item { text, examples, .. } in items {
                    all.extend(text.iter().map(run));
                    all.extend(examples.iter().map(|example| example.words.clone()));
                }
            }
            Block::Table(table) => all.extend([table.title.clone(), table.note.clone()]),
            Block::Chart { title, note, .. } => all.extend([title.clone(), note.clone()]),
            Block::Break => {}
        }
    }
    all
}

/// The numbers in a text, as they are written.
fn numbers(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_digit() || ",.\u{202f}\u{a0}".contains(c);
    let numbers = text.split(|c: char| !is_part(c));
    let numbers = numbers.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
    numbers
        .filter(|number| !number.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A message has every card and every light of the document, and no number that the document has not.
fn assert_message(document: &Document) {
    let lang = document.lang();
    let message = report::message(document, None).text;
    for block in &document.blocks {
        match block {
            Block::Cards(cards) => {
                for card in cards {
                    let line = format!("{}: {} ({})", card.title, card.value, card.about);
                    assert!(message.contains(&line), "no «{line}» in {message}");
                }
            }
            Block::Table(table) if table.id == "lights" => {
                for row in &table.rows {
                    let (name, lamp) = (row.cells[0].text(lang), row.cells[1].text(lang));
                    let rate = match &row.cells[2] {
                        Cell::Empty => String::new(),
                        rate => format!(", {}", rate.text(lang)),
                    };
                    let line = format!("{name}: {lamp}{rate}");
                    assert!(message.contains(&line), "no «{line}» in {message}");
                }
            }
            _ => {}
        }
    }
    let mut own: Vec<String> = words(document);
    for cell in document.tables().flat_map(|table| &table.rows) {
        own.extend(cell.cells.iter().map(|cell| cell.text(lang)));
    }
    let own = own.iter().flat_map(|words| numbers(words));
    let own: BTreeSet<String> = own.collect();
    let told = numbers(&message);
    assert!(told.len() > 5, "{message}");
    for number in told {
        assert!(own.contains(&number), "{number} is only in the message");
    }
}

#[test]
fn a_report_shows_what_the_dashboards_show() {
    with(async |office| {
        for span in SPANS {
            let document = office.document(Whom::Company, span, Lang::Ru).await;
            board::assert_same(office, span, &document).await;
        }
    });
}
