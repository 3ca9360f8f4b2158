//! The report of a period: its words in both languages, and one set of figures in every form of it.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::io::Cursor;

use audit::examples;
use audit::judge::{Judge, Verdict};
use audit::message::Speaker;
use audit::regulation::{Regulation, Version};
use calamine::{Data, Reader, Xlsx};
use figures::funnel::Flow;
use figures::light::Who;
use figures::{Audited, Concerned, Count, Everybody, Options, Span};
use history::{EmployeeId, GroupId, History, Instant};
use jiff::civil::date;
use report::document::{Block, Document, marked};
use report::period::{AllBeside, Beside, Decided};
use report::table::Cell;
use report::{LONGEST, Look, period};
use wording::Lang;

const ENTRIES: &str = r#"
[light]
min_deals = 5
[[rule]]
use = "first-response"
limit = "15m"
[[rule]]
use = "no-open-task"
grace = "2wd"
[[rule]]
use = "stuck-in-stage"
limit = "3wd"
"#;

const WEEK: Span = Span::Week(date(2026, 3, 9));

struct Judged {
    history: History,
    regulation: Regulation,
    verdict: Verdict,
    now: Instant,
}

/// Leads of somebody on a day of March: so many, so many of them answered too late, so many left to
/// hang.
fn leads(story: &mut String, person: &str, day: u8, [all, late, hung]: [usize; 3]) {
    for number in 0..all {
        let deal = format!("{person}-{day}-{number}");
        let (hour, minute) = (9 + number % 4, number % 10);
        let answer = minute + if number < late { 45 } else { 5 };
        let price = 10_000 * (number + 1);
        writeln!(
            story,
            "{day} {hour}:{minute:02} {deal} created stage=new employee={person} amount={price} text=\"Кухня {number}\"\n\
             {day} {hour}:{answer:02} {deal} call_out employee={person} amount=60"
        )
        .unwrap();
        if number >= hung {
            let end = if number % 3 == 0 { "lost" } else { "won" };
            writeln!(
                story,
                "{day} 17:00 {deal} stage_changed stage={end} actor={person}"
            )
            .unwrap();
        }
    }
}

/// Anna does well in the second week, Boris does not, Clara has begun, Elena is away.
fn two_weeks() -> String {
    let mut story = String::new();
    leads(&mut story, "anna", 3, [24, 12, 0]);
    leads(&mut story, "anna", 10, [24, 0, 0]);
    leads(&mut story, "boris", 3, [24, 4, 1]);
    leads(&mut story, "boris", 10, [24, 14, 3]);
    leads(&mut story, "clara", 10, [6, 1, 1]);
    story.push_str("16 10:00 now\n");
    story
}

fn judged(story: &str) -> Judged {
    judged_by(story, ENTRIES)
}

fn judged_by(story: &str, entries: &str) -> Judged {
    let head = "name = \"Регламент отдела продаж\"";
    let text = format!("{head}\n{}\n{entries}", examples::REGULATION);
    let version = Version::parse(&text, "r.toml").unwrap_or_else(|error| panic!("{error}"));
    let regulation = Regulation::new(vec![version]).unwrap();
    let (history, now) = examples::read(story).unwrap_or_else(|error| panic!("{error}"));
    let verdict = Judge::new(&history, &regulation).judge(now, None);
    Judged {
        history,
        regulation,
        verdict,
        now,
    }
}

impl Judged {
    fn with<T>(&self, span: Span, see: impl FnOnce(&Everybody<'_>) -> T) -> T {
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
        let flow = Flow::of(&audited);
        see(&Everybody::of(
            audited,
            None,
            Options { span, worst: 10 },
            &flow,
        ))
    }

    fn document(&self, span: Span, who: Who, lang: Lang) -> Document {
        self.beside(&AllBeside::new(), span, who, lang)
    }

    /// The same with something beside the figures.
    fn beside(&self, beside: &AllBeside, span: Span, who: Who, lang: Lang) -> Document {
        let speaker = Speaker::new(&self.history, &self.regulation, lang);
        let asked = period::Asked {
            who,
            chapters: true,
            page: &|_| None,
            beside,
        };
        self.with(span, |all| period::document(all, &speaker, &asked))
    }

    fn person(&self, id: &str) -> Who {
        Who::Employee(EmployeeId(self.history.people.ids.find(id).unwrap()))
    }

    fn group(&self) -> Who {
        Who::Group(GroupId(
            self.history.people.group_ids.find("north").unwrap(),
        ))
    }
}

/// What a document says in words, with what backs it.
fn words(document: &Document) -> String {
    let mut out = format!("{}\n{}\n", document.title, document.subtitle);
    for block in &document.blocks {
        match block {
            Block::Heading { text, level, .. } => {
                let marks = "#".repeat(usize::from(*level));
                writeln!(out, "{marks} {text}").unwrap();
            }
            Block::Text { text, .. } => writeln!(out, "{}", marked(text)).unwrap(),
            Block::Cards(cards) => {
                for card in cards {
                    writeln!(out, "[{}: {} ({})]", card.title, card.value, card.about).unwrap();
                }
            }
            Block::List(items) => {
                for item in items {
                    writeln!(out, "- {}", marked(&item.text)).unwrap();
                    for example in &item.examples {
                        let (moment, deal) = (&example.moment, &example.deal);
                        writeln!(out, "  · {moment} | {deal} | {}", example.words).unwrap();
                    }
                }
            }
            Block::Break => writeln!(out, "---").unwrap(),
            Block::Table(_) | Block::Chart { .. } => {}
        }
    }
    out
}

/// A snapshot in each language.
fn said(name: &str, judged: &Judged, span: Span, who: Who) {
    for lang in Lang::ALL {
        let document = judged.document(span, who, lang);
        let said = words(&document);
        assert!(!said.contains('⟨'), "a message is missing: {said}");
        insta::assert_snapshot!(format!("{name}_{lang}"), said);
    }
}

#[test]
fn a_good_week() {
    let judged = judged(&two_weeks());
    said("good_week", &judged, WEEK, judged.person("anna"));
}

#[test]
fn a_bad_week() {
    let judged = judged(&two_weeks());
    said("bad_week", &judged, WEEK, judged.person("boris"));
}

#[test]
fn a_first_week() {
    let judged = judged(&two_weeks());
    said("first_week", &judged, WEEK, judged.person("clara"));
}

#[test]
fn a_week_without_anything() {
    let judged = judged(&two_weeks());
    said("no_data", &judged, WEEK, judged.person("elena"));
}

#[test]
fn a_group() {
    let judged = judged(&two_weeks());
    said("group", &judged, WEEK, judged.group());
}

#[test]
fn the_company_in_a_month() {
    let judged = judged(&two_weeks());
    let march = Span::Month(date(2026, 3, 1));
    said("company_month", &judged, march, Who::Company);
}

/// So many findings of a kind of decision on deals of so much money.
fn decided(decided: Decided, severities: [u64; 3], by: &[(&str, u64)], reasons: &[&str]) -> Beside {
    let findings = severities.iter().sum();
    Beside {
        decided,
        count: Count {
            findings,
            severities,
            concerned: Concerned {
                deals: findings,
                sum: findings as i64 * 4_500_000,
            },
            ..Count::default()
        },
        by: by
            .iter()
            .map(|(name, n)| ((*name).to_owned(), *n))
            .collect(),
        reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
    }
}

#[test]
fn what_stands_beside_the_light() {
    let judged = judged(&two_weeks());
    let few = vec![
        decided(Decided::ByHand, [0, 0, 1], &[("Ольга Котова", 1)], &[]),
        decided(
            Decided::Exempt,
            [1, 0, 0],
            &[("Иван Седов", 1)],
            &["Стажёр"],
        ),
    ];
    let why = ["Клиент не против", "Уже обсудили"];
    let mut kept = decided(Decided::Kept, [2, 0, 0], &[("Ольга Котова", 2)], &why);
    // About people, not about deals.
    kept.count.concerned = Concerned::default();
    let many = vec![
        decided(
            Decided::ByHand,
            [3, 1, 1],
            &[("Ольга Котова", 3), ("", 2)],
            &[],
        ),
        kept,
        decided(
            Decided::Exempt,
            [20, 1, 0],
            &[("Иван Седов", 19), ("Ольга Котова", 2)],
            &["Стажёр", "Переезд офиса", "Новая CRM", "Тесты"],
        ),
        decided(Decided::Dismissed, [0, 2, 0], &[("Иван Седов", 2)], &[]),
    ];
    let elena = judged.person("elena");
    let beside = AllBeside::from([(Who::Company, many), (elena, few)]);
    for lang in Lang::ALL {
        let said = [Who::Company, elena].map(|who| {
            let document = judged.beside(&beside, WEEK, who, lang);
            let words = words(&document);
            let from = words.find(report::catalogue(lang).text("beside-title", &[]).as_str());
            let said = words[from.unwrap()..]
                .split("\n---")
                .next()
                .unwrap()
                .to_owned();
            let chat = report::message(&document, None).text;
            assert!(chat.contains("Ольга Котова"), "{chat}");
            said
        });
        assert!(
            !said.concat().contains('⟨'),
            "a message is missing: {said:?}"
        );
        insta::assert_snapshot!(format!("beside_{lang}"), said.join("\n"));
    }
}

const WEEKLY: &str = r#"
[light]
min_deals = 5
[[rule]]
use = "first-response"
limit = "15m"
tells = { employee = "weekly", head = "weekly" }
[[rule]]
use = "no-open-task"
grace = "2wd"
tells = { director = "weekly" }
[[rule]]
use = "stuck-in-stage"
limit = "20wd"
tells = { head = "weekly", lead = "weekly" }
"#;

#[test]
fn what_only_the_weekly_report_tells() {
    let judged = judged_by(&two_weeks(), WEEKLY);
    let part = |span, who, lang| {
        let document = judged.document(span, who, lang);
        let words = words(&document);
        let title = report::catalogue(lang).text("weekly-title", &[]);
        let from = words.find(title.as_str())?;
        let rest = &words[from..];
        let ends = ["\n###", "\n---"].map(|end| rest.find(end));
        let next = ends.into_iter().flatten().min().unwrap_or(rest.len());
        Some(rest[..next].to_owned())
    };
    for lang in Lang::ALL {
        let company = part(WEEK, Who::Company, lang).unwrap();
        let boris = part(WEEK, judged.person("boris"), lang).unwrap();
        let group = part(WEEK, judged.group(), lang).unwrap();
        let said = [company, boris, group].join("\n\n");
        insta::assert_snapshot!(format!("weekly_{lang}"), said);
    }
    // A month is told by the week, too.
    let march = Span::Month(date(2026, 3, 1));
    assert_eq!(part(march, Who::Company, Lang::Ru), None);
    // Where the regulation says nothing of it there is no such part.
    let others = self::judged(&two_weeks());
    let document = others.document(WEEK, Who::Company, Lang::Ru);
    assert!(!words(&document).contains("Только в этом отчёте"));
}

/// One person with one deal, answered in time and won; one with a single late answer.
#[test]
fn small_companies() {
    let clean = "10 10:00 d1 created stage=new employee=anna amount=500 text=\"Кухня\"\n\
        10 10:05 d1 call_out employee=anna amount=60\n\
        10 17:00 d1 stage_changed stage=won actor=anna\n16 10:00 now\n";
    let late = "10 10:00 d1 created stage=new employee=anna amount=500 text=\"Кухня\"\n\
        10 10:45 d1 call_out employee=anna amount=60\n\
        10 17:00 d1 stage_changed stage=lost actor=anna\n16 10:00 now\n";
    let hangs = "2 10:00 d1 created stage=new employee=anna text=\"Кухня\"\n\
        2 10:05 d1 call_out employee=anna amount=60\n16 10:00 now\n";
    for (name, story) in [("clean", clean), ("late", late), ("hangs", hangs)] {
        let judged = judged(story);
        said(&format!("one_deal_{name}"), &judged, WEEK, Who::Company);
    }
    let nothing = judged("16 10:00 now\n");
    said("nothing_at_all", &nothing, WEEK, Who::Company);
    said("group_without_people", &nothing, WEEK, nothing.group());
}

#[test]
fn a_message_for_a_chat() {
    let judged = judged(&two_weeks());
    let document = judged.document(WEEK, Who::Company, Lang::Ru);
    let message = report::message(&document, Some("https://qc.example.ru/reports/7"));
    insta::assert_snapshot!("chat", message.text);
    assert_eq!(message.pictures, ["trend-company", "bars-company"]);
    for id in &message.pictures {
        let (title, chart) = document.chart(id).unwrap();
        assert!(chart.svg(title, Lang::Ru).starts_with("<svg"));
        assert!(chart.picture(Lang::Ru, Some("#fff")).contains("xmlns"));
    }
}

#[test]
fn a_message_is_never_too_long() {
    let judged = judged(&two_weeks());
    let mut document = judged.document(WEEK, Who::Company, Lang::Ru);
    let length = |document: &Document| {
        let message = report::message(document, None);
        message.text.encode_utf16().count()
    };
    assert!(length(&document) <= LONGEST);
    for block in &mut document.blocks {
        if let Block::List(items) = block {
            for item in items {
                item.text
                    .push(report::document::Run::plain("😀".repeat(700)));
            }
        }
    }
    let long = length(&document);
    assert!((LONGEST / 2..=LONGEST).contains(&long), "{long}");
    let message = report::message(&document, None);
    assert!(message.text.ends_with("Остальное — в полном отчёте."));
}

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

/// The numbers of a cell as a spreadsheet holds them.
fn numbers(cell: &Cell) -> Vec<f64> {
    match cell {
        Cell::Count(count) => vec![*count as f64],
        Cell::Signed(number) => vec![*number as f64],
        Cell::Decimal(number) => vec![*number],
        Cell::Range(low, high) => vec![*low, *high],
        Cell::Money(hundredths, _) => vec![*hundredths as f64 / 100.0],
        Cell::Share(part, whole) => vec![*part as f64 / *whole as f64],
        Cell::Work(ms) => vec![*ms as f64 / 3_600_000.0],
        Cell::Trend(values) => values.iter().flatten().copied().collect(),
        _ => Vec::new(),
    }
}

#[test]
fn one_set_of_figures_in_every_form() {
    let judged = judged(&two_weeks());
    for who in [Who::Company, judged.group(), judged.person("boris")] {
        for lang in Lang::ALL {
            let document = judged.document(WEEK, who, lang);
            let page = seen(&report::page(&document, &Look::default()));
            let book = report::book(&document).unwrap();
            let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
            let mut rows: Vec<Vec<f64>> = Vec::new();
            for (_, range) in book.worksheets() {
                rows.extend(range.rows().map(|row| {
                    let number = |cell: &Data| match cell {
                        Data::Float(number) => Some(*number),
                        Data::Int(number) => Some(*number as f64),
                        _ => None,
                    };
                    row.iter().filter_map(number).collect()
                }));
            }
            let mut compared = 0;
            for table in document.tables() {
                assert!(page.contains(&table.title), "{}", table.title);
                for row in &table.rows {
                    let own: Vec<f64> = row.cells.iter().flat_map(numbers).collect();
                    assert!(rows.contains(&own), "{} {own:?}", table.id);
                    compared += own.len();
                    for cell in row
                        .cells
                        .iter()
                        .filter(|cell| !matches!(cell, Cell::Trend(_)))
                    {
                        let text = cell.text(lang);
                        assert!(page.contains(&text), "{} {text}", table.id);
                    }
                }
            }
            for row in document.data.iter().flat_map(|table| &table.rows) {
                let own: Vec<f64> = row.cells.iter().flat_map(numbers).collect();
                assert!(rows.contains(&own), "{own:?}");
            }
            assert!(compared > 100, "{compared}");
            assert_chat_is_of(&document, &page);
        }
    }
}

/// Every number of a message stands on the page.
fn assert_chat_is_of(document: &Document, page: &str) {
    let text = report::message(document, None).text;
    let is_part = |c: char| c.is_ascii_digit() || ",.\u{202f}".contains(c);
    let numbers = text.split(|c: char| !is_part(c));
    let numbers = numbers.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
    let mut compared = 0;
    for number in numbers.filter(|number| !number.is_empty()) {
        assert!(page.contains(number), "{number}");
        compared += 1;
    }
    assert!(compared > 5);
}

#[test]
fn the_summary_by_week_adds_up() {
    let judged = judged(&two_weeks());
    let document = judged.document(WEEK, Who::Company, Lang::Ru);
    let [table] = &document.data[..] else {
        panic!("one table");
    };
    let found: f64 = table
        .rows
        .iter()
        .map(|row| numbers(row.cells.last().unwrap())[0])
        .sum();
    assert_eq!(
        found,
        judged
            .verdict
            .findings
            .iter()
            .filter(|finding| {
                let zone = &judged.regulation.latest().zone;
                finding.at < zone.end_of_day(date(2026, 3, 15))
            })
            .count() as f64
    );
    for row in &table.rows {
        let all: Vec<f64> = row.cells.iter().flat_map(numbers).collect();
        let (total, weeks) = all.split_last().unwrap();
        assert_eq!(weeks.len(), 12);
        assert_eq!(weeks.iter().sum::<f64>(), *total);
    }
}

#[test]
fn what_was_sent_can_be_drawn_again() {
    let judged = judged(&two_weeks());
    for lang in Lang::ALL {
        let document = judged.document(WEEK, Who::Company, lang);
        let again = Document::from_json(&document.to_json().unwrap()).unwrap();
        assert_eq!(again, document);
        let look = Look {
            base: Some("https://qc.example.ru"),
            pictures: None,
        };
        assert_eq!(report::page(&again, &look), report::page(&document, &look));
        assert_eq!(
            report::message(&again, None),
            report::message(&document, None)
        );
        assert_eq!(judged.document(WEEK, Who::Company, lang), document);
    }
}

#[test]
fn a_specialist_edits_the_words_and_not_the_figures() {
    let judged = judged(&two_weeks());
    let document = judged.document(WEEK, judged.person("boris"), Lang::Ru);
    let mut texts = document.texts();
    assert_eq!(document.with_texts(&texts), document, "nothing was edited");
    let summary = texts
        .iter_mut()
        .find(|(id, _)| id.starts_with("summary-"))
        .unwrap();
    "Борис замещал **двоих**, см. [сделку](/deals/boris-10-0)".clone_into(summary.1);
    let advice = texts.iter_mut().find(|(id, _)| id.starts_with("advice-"));
    advice.unwrap().1.clear();
    let edited = document.with_texts(&texts);
    let page = report::page(
        &edited,
        &Look {
            base: Some(""),
            pictures: None,
        },
    );
    assert!(page.contains("<b>двоих</b>"));
    assert!(page.contains("href=\"/deals/boris-10-0\""));
    assert_eq!(
        edited.tables().collect::<Vec<_>>(),
        document.tables().collect::<Vec<_>>()
    );
    let points = |document: &Document| {
        let lists = document.blocks.iter().filter_map(|block| match block {
            Block::List(items) => Some(items.len()),
            _ => None,
        });
        lists.sum::<usize>()
    };
    assert_eq!(points(&edited) + 1, points(&document));
}

#[test]
fn a_page_leads_nowhere_unless_it_is_told_where_the_interface_is() {
    let judged = judged(&two_weeks());
    let document = judged.document(WEEK, Who::Company, Lang::Ru);
    let alone = report::page(&document, &Look::default());
    for outside in [
        "href=\"/",
        "href=\"http",
        "src=",
        "<script",
        "@import",
        "url(",
    ] {
        assert!(!alone.contains(outside), "{outside}");
    }
    for to in alone
        .split("href=\"#")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
    {
        assert!(alone.contains(&format!("id=\"{to}\"")), "{to}");
    }
    let look = Look {
        base: Some("https://qc.example.ru/"),
        pictures: Some("cid:"),
    };
    let sent = report::page(&document, &look);
    assert!(sent.contains("href=\"https://qc.example.ru/findings?figures=counted"));
    assert!(sent.contains("src=\"cid:trend-company\""));
    assert!(!sent.contains("qc.example.ru//"));
}

#[test]
fn foreign_text_does_nothing() {
    let story = two_weeks().replace(
        "Кухня 1\"",
        "<script>alert(1)</script> **=1+1** [x](//evil)\"",
    );
    let judged = judged(&story);
    let document = judged.document(WEEK, Who::Company, Lang::Ru);
    let page = report::page(
        &document,
        &Look {
            base: Some(""),
            pictures: None,
        },
    );
    assert!(!page.contains("<script") && !page.contains("href=\"//evil"));
    assert!(seen(&page).contains("<script>alert(1)</script>"));
}
