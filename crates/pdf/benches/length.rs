//! How long it takes to typeset the report of a company of 200 people, each with a table of 30 rows, a
//! chart and a text, and how much memory: `cargo bench -p pdf`. `PDF_OUT` names a file to keep it in.

#[path = "../tests/pdf/sample.rs"]
mod sample;

use std::time::Instant;
use std::{env, fs};

use report::document::{Block, Document, Run};
use report::table::{Cell, Colour, Row, Table};
use sample::{columns_of, heading};

fn main() {
    let people = 200;
    let document = document(people);
    let options = pdf::Options {
        base: Some("https://svetofor.example.ru".to_owned()),
        ..pdf::Options::default()
    };
    for run in 1..=3 {
        let start = Instant::now();
        let bytes = pdf::typeset(&document, &options).expect("a document is typeset");
        println!(
            "run {run}: {people} people in {:.2} s, {} KB; peak memory so far {}",
            start.elapsed().as_secs_f64(),
            bytes.len() / 1024,
            peak(),
        );
        if let Some(path) = env::var_os("PDF_OUT") {
            fs::write(path, bytes).expect("the file can be written");
        }
    }
}

/// The most memory that the process has had, where the system tells.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown".to_owned(), |line| line.trim().to_owned())
}

fn document(people: u64) -> Document {
    let mut document = sample::week();
    for person in 0..people {
        let name = format!("Сотрудник {person}");
        document.blocks.extend([
            Block::Break,
            heading(1, &name, &format!("person-{person}")),
            Block::Text {
                id: format!("text-{person}"),
                text: vec![
                    Run::strong(format!("{name}. ")),
                    Run::plain("Замечаний стало меньше, а сделок в работе больше: 31 против 28. Ответ на заявку в срок в 12 случаях из 14. Больше всего замечаний за просроченные задачи: закрывайте задачу в день звонка или сразу ставьте новую дату."),
                ],
            },
            Block::Chart {
                id: format!("chart-{person}"),
                title: "По неделям".to_owned(),
                note: String::new(),
                chart: sample::lines(),
            },
            Block::Table(table(person)),
        ]);
    }
    document
}

fn table(person: u64) -> Table {
    let columns = [
        "Правило",
        "Найдено",
        "Было",
        "Разница",
        "Исправлено",
        "Денег в сделках",
        "12 недель",
        "Свет",
    ];
    let row = |at: u64| Row {
        strong: at == 0,
        depth: usize::from(at > 0),
        cells: vec![
            Cell::Link(
                format!("Правило {at} об одном из десяти показателей"),
                format!("/rules/{at}"),
            ),
            Cell::Count(person + at),
            Cell::Count(person * 3 % (at + 1)),
            Cell::Signed(person as i64 - at as i64),
            Cell::share(at + 1, person + at + 1),
            Cell::Money((person * 1_000 + at) as i64 * 7_300, "RUB".to_owned()),
            Cell::Trend(
                (0..12)
                    .map(|week| Some(((person + at + week) * 7 % 31) as f64))
                    .collect(),
            ),
            Cell::Lamp(
                [Colour::Green, Colour::Yellow, Colour::Red][(at % 3) as usize],
                false,
            ),
        ],
    };
    Table {
        id: format!("rules-{person}"),
        title: "Правила".to_owned(),
        note: "Что нашлось за год и что было годом раньше.".to_owned(),
        columns: columns_of(&columns, &[1, 2, 3, 4, 5]),
        rows: (0..30).map(row).collect(),
    }
}
