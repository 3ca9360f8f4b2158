//! One set of figures in every form of a report, and foreign text that does nothing.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use audit::examples;
use audit::judge::{Judge, Verdict};
use audit::message::Speaker;
use audit::regulation::{Regulation, Version};
use calamine::{Data, Reader, Xlsx};
use figures::{Audited, Options, Report, Span};
use history::{History, Instant};
use jiff::civil::date;
use report::table::{Cell, Table};
use wording::Lang;

const RULES: &str = r#"
name = "Регламент"
[[rule]]
use = "first-response"
limit = "15m"
[[rule]]
use = "no-open-task"
[[rule]]
use = "overdue-task"
[[rule]]
use = "stuck-in-stage"
limit = "2d"
[light]
min_deals = 1
"#;

const WEEKS: &str = r#"
2 10:00 d1 created stage=new employee=anna text="=1+1" amount=1000
2 10:40 d1 call_out employee=anna amount=75
2 12:00 d1 task_added task=t1 due="3 12:00" employee=anna text="@SUM(A1)" actor=anna
4 12:00 d1 task_completed task=t1 text="Договорились о встрече" actor=anna
4 12:30 d1 stage_changed stage=won actor=anna
9 10:00 d2 created stage=new employee=boris text="<script>alert(1)</script>" amount=2500.50
9 10:05 d2 call_out employee=boris amount=40
9 11:00 d3 created stage=new employee=anna text="Кухня — Белова" amount=300
10 11:00 d3 stage_changed stage=work actor=anna
17 09:00 now
"#;

struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

fn judged() -> Judged {
    let (head, rules) = RULES.split_once("\n[[rule]]").unwrap();
    let text = format!("{head}\n{}\n[[rule]]{rules}", examples::REGULATION);
    let regulation = Regulation::new(vec![Version::parse(&text, "r.toml").unwrap()]).unwrap();
    let (history, now) = examples::read(WEEKS).unwrap();
    let verdict = Judge::new(&history, &regulation).judge(now, None);
    Judged {
        history,
        regulation,
        verdict,
        now,
    }
}

impl Judged {
    fn with<T>(
        &self,
        lang: Lang,
        span: Span,
        see: impl FnOnce(&Report<'_>, &Speaker<'_>) -> T,
    ) -> T {
        let audited = Audited {
            history: &self.history,
            regulation: &self.regulation,
            findings: &self.verdict.findings,
            marks: &[],
            tenures: &self.verdict.tenures,
            problems: &self.verdict.problems,
            now: self.now,
            in_order: false,
        };
        let report = Report::of(audited, None, Options { span, worst: 10 });
        see(
            &report,
            &Speaker::new(&self.history, &self.regulation, lang),
        )
    }
}

const WEEK: Span = Span::Week(date(2026, 3, 9));

/// The text of a page as a reader sees it.
fn seen(html: &str) -> String {
    let body = html.split_once("<body>").unwrap().1;
    let mut text = String::new();
    let mut inside = false;
    for letter in body.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

#[test]
fn the_page_shows_every_cell_of_every_table() {
    let judged = judged();
    for lang in Lang::ALL {
        judged.with(lang, WEEK, |report, speaker| {
            let page = seen(&report::html(report, speaker));
            for table in report::sections(report, speaker) {
                assert!(page.contains(&table.title), "{lang} {}", table.title);
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    if !matches!(cell, Cell::Trend(_)) {
                        assert!(
                            page.contains(&cell.text(lang)),
                            "{lang} {}: {cell:?}",
                            table.id
                        );
                    }
                }
            }
            assert!(!page.contains('⟨'), "a message is missing");
        });
    }
}

#[test]
fn the_workbook_holds_the_same_numbers() {
    let judged = judged();
    judged.with(Lang::Ru, WEEK, |report, speaker| {
        let tables = report::sections(report, speaker);
        let bytes = report::xlsx(report, speaker).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let sheets = book.worksheets();
        assert_eq!(sheets.len(), tables.len());
        for (table, (_, range)) in tables.iter().zip(&sheets) {
            for (i, row) in table.rows.iter().enumerate() {
                let found: Vec<f64> = range
                    .rows()
                    .nth(i + 4 - range.start().unwrap().0 as usize)
                    .into_iter()
                    .flatten()
                    .filter_map(|cell| match cell {
                        Data::Float(number) => Some(*number),
                        Data::Int(number) => Some(*number as f64),
                        _ => None,
                    })
                    .collect();
                assert_eq!(found, numbers(row.cells.iter()), "{} row {i}", table.id);
            }
        }
    });
}

/// The numbers of cells as a spreadsheet holds them.
fn numbers<'c>(cells: impl Iterator<Item = &'c Cell>) -> Vec<f64> {
    let of = |cell: &Cell| match cell {
        Cell::Count(count) => vec![*count as f64],
        Cell::Signed(number) => vec![*number as f64],
        Cell::Decimal(number) => vec![*number],
        Cell::Range(low, high) => vec![*low, *high],
        Cell::Money(hundredths, _) => vec![*hundredths as f64 / 100.0],
        Cell::Share(part, whole) => vec![*part as f64 / *whole as f64],
        Cell::Work(ms) => vec![*ms as f64 / 3_600_000.0],
        Cell::Trend(values) => values.iter().flatten().copied().collect(),
        _ => Vec::new(),
    };
    cells.flat_map(of).collect()
}

#[test]
fn foreign_text_does_nothing() {
    let judged = judged();
    judged.with(Lang::Ru, Span::Dates(None, None), |report, speaker| {
        let page = report::html(report, speaker);
        assert!(
            !page.contains("<script"),
            "markup of a title must not come through"
        );
        assert!(seen(&page).contains("<script>alert(1)</script>"));
        let bytes = report::xlsx(report, speaker).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let mut harmless = 0;
        for (_, range) in book.worksheets() {
            for text in range.used_cells().filter_map(|(_, _, cell)| match cell {
                Data::String(text) => Some(text.clone()),
                _ => None,
            }) {
                assert!(!text.starts_with(['=', '+', '-', '@']), "{text}");
                harmless += usize::from(text.starts_with("'="));
            }
        }
        assert_eq!(harmless, 1, "the title of d1 stands among the worst deals");
    });
}

#[test]
fn a_page_needs_nothing_but_itself() {
    let judged = judged();
    judged.with(Lang::Ru, WEEK, |report, speaker| {
        let page = report::html(report, speaker);
        for outside in ["src=", "href=\"http", "@import", "url("] {
            assert!(!page.contains(outside), "{outside}");
        }
        // Every link leads to a place on the page.
        for to in page
            .split("href=\"#")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
        {
            assert!(page.contains(&format!("id=\"{to}\"")), "{to}");
        }
    });
}

#[test]
fn figures_worked_out_by_hand() {
    let judged = judged();
    judged.with(Lang::Ru, WEEK, |report, speaker| {
        let tables = report::sections(report, speaker);
        let find = |id: &str| tables.iter().find(|table| table.id == id).unwrap();
        // d2 and d3 are in work; d3 is not answered within 15 minutes, neither has a task, and
        // d2 stands at its first stage for over two days, as d3 does at its second.
        let company = &find("lights").rows[0].cells;
        assert_eq!(company[6], Cell::Count(2));
        assert_eq!(
            company[7..10],
            [Cell::Count(0), Cell::Count(3), Cell::Count(2)]
        );
        let rules = find("rules");
        let all = rules.rows.last().unwrap();
        assert_eq!(all.cells[1], Cell::Count(5));
        // The week before: no response, no task twice, an overdue one, stuck.
        assert_eq!(all.cells[3], Cell::Count(5));
        assert_eq!(all.cells[6], Cell::Count(2));
        assert_eq!(all.cells[7], Cell::Money(280_050, "RUB".into()));
        funnel_by_hand(find("funnel"));
        let speed = &find("speed").rows[0].cells;
        assert_eq!(speed[1], Cell::Count(3));
        assert_eq!(speed[2], Cell::Share(1, 3));
        assert_eq!(
            speed[3..6],
            [Cell::Share(1, 3), Cell::Share(1, 3), Cell::Share(2, 3)]
        );
    });
}

/// Of three deals at the first stage one was won and one went on; both that are open hang.
fn funnel_by_hand(funnel: &Table) {
    let new = &funnel.rows[0].cells;
    assert_eq!(new[1], Cell::Count(3));
    assert_eq!(new[2], Cell::Share(2, 3));
    assert_eq!(new[3], Cell::Share(1, 3));
    assert_eq!(new[6], Cell::Count(1));
    assert_eq!(new[7], Cell::Count(1));
    assert_eq!(new[8], Cell::Money(250_050, "RUB".into()));
    assert_eq!(new[9], Cell::Share(1, 3));
    // 2500.50 × 1/3 = 833.5, in whole roubles.
    assert_eq!(new[10], Cell::Money(83_400, "RUB".into()));
    let work = &funnel.rows[1].cells;
    assert_eq!(work[7], Cell::Count(1));
    assert_eq!(work[9], Cell::Share(0, 1));
}
