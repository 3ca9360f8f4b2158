//! A document such as a company gets for a week, made by hand.

use report::chart::{Bar, Chart, Limit, Line};
use report::document::{Block, Card, Document, Example, Item, Run};
use report::table::{Cell, Colour, Column, Row, Table};

/// The report of a week, with everything that a document can have.
pub fn week() -> Document {
    Document {
        lang: "ru".to_owned(),
        title: "Отчёт за неделю".to_owned(),
        subtitle: "ООО «Окна Севера», неделя 13 – 19 апр 2026".to_owned(),
        about: vec![
            "Регламент «Отдел продаж», редакция от 1 марта 2026. Сравнение с неделей 6 – 12 апр 2026.".to_owned(),
            "Данные на пн 20 апр, 09:40. Время в поясе Europe/Moscow.".to_owned(),
        ],
        blocks: [opening(), people(), rules(), advice(), wide()].concat(),
        data: Vec::new(),
    }
}

fn opening() -> Vec<Block> {
    vec![
        Block::Cards(vec![
            card("Светофор компании", "▲ жёлтый", "18,4 на 100 сделок, было 22,1", Some(Colour::Yellow), "#lights"),
            card("Замечаний", "143", "из них 7 грубых; было 171", None, "/findings"),
            card("Деньги под угрозой", "3 120 000 ₽", "в 214 сделках", None, "/deals?kind=hung"),
            card("Ответ за 15 мин", "71 %", "58 из 82 заявок, от 60 до 79 %", None, "/speed"),
        ]),
        heading(1, "Коротко", "short"),
        Block::Text {
            id: "summary".to_owned(),
            text: vec![
                Run::plain("Неделя прошла "),
                Run::strong("лучше прошлой"),
                Run::plain(": 18,4 взвешенного замечания на 100 сделок против 22,1. Быстрее стали отвечать на заявки; больше всего замечаний по-прежнему за "),
                Run::link("просроченные задачи", "#rules"),
                Run::plain(" – 52 из 143. В группе «Север» четыре недели подряд нет грубых нарушений."),
            ],
        },
        Block::Chart {
            id: "trend".to_owned(),
            title: "Как менялся светофор?".to_owned(),
            note: "Взвешенных замечаний на 100 сделок в работе по неделям; пунктир – границы зелёного и жёлтого.".to_owned(),
            chart: lines(),
        },
    ]
}

/// Twelve weeks of a company.
pub fn lines() -> Chart {
    let values = [
        27.5, 26.0, 24.8, 25.9, 23.3, 22.7, 24.1, 21.0, 20.2, 21.4, 22.1, 18.4,
    ];
    let names = [
        "26 янв",
        "2 фев",
        "9 фев",
        "16 фев",
        "23 фев",
        "2 мар",
        "9 мар",
        "16 мар",
        "23 мар",
        "30 мар",
        "6 апр",
        "13 апр",
    ];
    Chart::Lines {
        names: names.map(str::to_owned).to_vec(),
        lines: vec![Line {
            name: "Компания".to_owned(),
            values: values.map(Some).to_vec(),
        }],
        limits: vec![
            Limit {
                colour: Colour::Green,
                value: 10.0,
            },
            Limit {
                colour: Colour::Yellow,
                value: 25.0,
            },
        ],
    }
}

fn people() -> Vec<Block> {
    let group = |name: &str, deals, colour| row(true, 0, name, deals, colour, 24.5);
    let person = |name: &str, deals, colour| row(false, 1, name, deals, colour, 31.2);
    let rows = vec![
        group("Группа «Север»", 212, Colour::Green),
        person("Александра Константинова-Преображенская", 48, Colour::Green),
        person("Иван Петров", 71, Colour::Yellow),
        person("Мария Ким", 93, Colour::Green),
        group("Группа «Юг»", 187, Colour::Red),
        person("Олег Ли", 12, Colour::TooLittleData),
        person("Тимур Гареев 🔥", 175, Colour::Red),
    ];
    let columns = [
        "Группы и люди",
        "Сделок",
        "Замечаний",
        "Наруш.",
        "Грубых",
        "На 100",
        "12 недель",
        "Светофор",
    ];
    vec![
        heading(1, "Группы и люди", "people"),
        Block::Table(Table {
            id: "lights".to_owned(),
            title: "У кого какой свет?".to_owned(),
            note: "Свет – взвешенные замечания на 100 сделок в работе. Где сделок мало, света нет."
                .to_owned(),
            columns: columns_of(&columns, &[1, 2, 3, 4, 5]),
            rows,
        }),
    ]
}

fn row(strong: bool, depth: usize, name: &str, deals: u64, colour: Colour, rate: f64) -> Row {
    let weeks = [
        30.0, 28.0, 26.5, 31.0, 24.0, rate, 22.0, 25.0, 21.5, 20.0, 19.0, 18.0,
    ];
    let name = if depth == 0 {
        Cell::Text(name.to_owned())
    } else {
        Cell::Link(name.to_owned(), "/people/7".to_owned())
    };
    Row {
        strong,
        depth,
        cells: vec![
            name,
            Cell::Count(deals),
            Cell::Count(deals / 7),
            Cell::Count(deals / 21),
            Cell::Count(deals / 90),
            Cell::Decimal(rate),
            Cell::Trend(weeks.map(Some).to_vec()),
            Cell::Lamp(colour, deals == 71),
        ],
    }
}

fn rules() -> Vec<Block> {
    let names = [
        "Задача просрочена",
        "Сделка без задачи",
        "Первый ответ позже срока",
        "Сделка стоит на этапе",
        "Результат задачи – отписка",
        "Не заполнено обязательное поле",
        "Название сделки не по образцу",
        "Сделка закрыта без причины",
        "Клиент ждёт ответа",
        "Сделки закрыты пачкой",
    ];
    let columns = [
        "Правило",
        "Найдено",
        "Было",
        "Разница",
        "Доля исправленных",
        "Исправлено за",
        "Денег в сделках",
    ];
    let rows = names.iter().enumerate().map(|(at, name)| {
        let found = 52 - 5 * at as u64;
        Row {
            strong: false,
            depth: 0,
            cells: vec![
                Cell::Link((*name).to_owned(), "/rules/overdue-task".to_owned()),
                Cell::Count(found),
                Cell::Count(60 - 4 * at as u64),
                Cell::Signed(found as i64 - (60 - 4 * at as i64)),
                Cell::share(found / 2, found),
                Cell::Work(12_000_000),
                Cell::Money(125_000_000 - 9_000_000 * at as i64, "RUB".to_owned()),
            ],
        }
    });
    let bars = names.iter().enumerate().map(|(at, name)| Bar {
        name: (*name).to_owned(),
        value: 52 - 5 * at as u64,
        before: Some(60 - 4 * at as u64),
    });
    vec![
        heading(1, "Что чаще всего", "what"),
        Block::Table(Table {
            id: "rules".to_owned(),
            title: "Какие правила нарушают?".to_owned(),
            note: String::new(),
            columns: columns_of(&columns, &[1, 2, 3, 4, 5, 6]),
            rows: rows.collect(),
        }),
        Block::Chart {
            id: "bars".to_owned(),
            title: "Стало и было".to_owned(),
            note: String::new(),
            chart: Chart::Bars(bars.collect()),
        },
        Block::Chart {
            id: "hours".to_owned(),
            title: "В какие часы?".to_owned(),
            note: String::new(),
            chart: Chart::Columns(
                (9..19)
                    .map(|hour| (hour.to_string(), hour * 37 % 23))
                    .collect(),
            ),
        },
    ]
}

fn advice() -> Vec<Block> {
    let example = |deal: &str, words: &str| Example {
        moment: "ср 15 апр, 11:20".to_owned(),
        deal: deal.to_owned(),
        words: words.to_owned(),
        link: Some("/findings/42".to_owned()),
    };
    vec![
        heading(1, "Сильные стороны и зоны роста", "sides"),
        heading(2, "Что получается", "strong"),
        Block::List(vec![Item {
            id: "strong-1".to_owned(),
            text: vec![
                Run::strong("Мария Ким"),
                Run::plain(
                    ": 93 сделки в работе и ни одного грубого нарушения шестую неделю подряд.",
                ),
            ],
            examples: Vec::new(),
        }]),
        heading(2, "На что обратить внимание", "growth"),
        Block::List(vec![
            Item {
                id: "growth-1".to_owned(),
                text: vec![Run::plain(
                    "Задачи просрочены в 52 сделках. Закрывайте задачу в день звонка или сразу ставьте новую дату.",
                )],
                examples: vec![
                    example(
                        "Окна, дача в Кратово",
                        "задача «Перезвонить» просрочена на 3 ч 20 мин раб.",
                    ),
                    example(
                        "Балкон, ул. Ленина, 5",
                        "задача «Отправить расчёт» просрочена на 2 раб. дня",
                    ),
                ],
            },
            Item {
                id: "growth-2".to_owned(),
                text: vec![Run::plain(
                    "На этапе «Согласование договора» стоят 31 сделка на 1 250 000 ₽.",
                )],
                examples: vec![example(
                    "Офис на Садовой",
                    "на этапе 9 раб. дней при сроке 3",
                )],
            },
        ]),
    ]
}

fn wide() -> Vec<Block> {
    let columns = [
        "Сотрудник",
        "Скорость обработки",
        "Движение по воронке",
        "Просроченные задачи",
        "Сделки без задач",
        "Результаты задач",
        "История общения",
        "Поля и примечания",
        "Названия сделок",
        "Причины закрытия",
        "Рабочее время в CRM",
        "Всего",
        "Было",
        "На 100 сделок",
        "Деньги под угрозой",
        "Светофор",
    ];
    let names = [
        "Александра Константинова",
        "Иван Петров",
        "Мария Ким",
        "Олег Ли",
        "Тимур Гареев",
    ];
    let rows = names.iter().enumerate().map(|(at, name)| {
        let mut cells = vec![Cell::Text((*name).to_owned())];
        cells.extend((0..12).map(|column| Cell::Count((at as u64 * 31 + column * 17) % 140)));
        cells.extend([
            Cell::Decimal(18.4),
            Cell::Money(312_000_000, "RUB".to_owned()),
            Cell::Lamp(Colour::Yellow, true),
        ]);
        Row {
            strong: false,
            depth: 0,
            cells,
        }
    });
    vec![
        heading(1, "Десять показателей", "indicators"),
        Block::Table(Table {
            id: "matrix".to_owned(),
            title: "Сотрудники и показатели".to_owned(),
            note: "Замечаний за неделю по каждому показателю.".to_owned(),
            columns: columns_of(&columns, &(1..15).collect::<Vec<_>>()),
            rows: rows.collect(),
        }),
        Block::Break,
        heading(1, "Как читать отчёт", "how"),
        Block::Text {
            id: String::new(),
            text: vec![Run::plain(
                "Каждое число ведёт к списку, который оно считает, каждое замечание – к событию в ленте сделки.",
            )],
        },
    ]
}

/// Columns with the numbers of those that hold numbers.
pub fn columns_of(titles: &[&str], numeric: &[usize]) -> Vec<Column> {
    let column = |(at, title): (usize, &&str)| Column {
        title: (*title).to_owned(),
        numeric: numeric.contains(&at),
    };
    titles.iter().enumerate().map(column).collect()
}

/// A heading.
pub fn heading(level: u8, text: &str, id: &str) -> Block {
    Block::Heading {
        level,
        text: text.to_owned(),
        id: id.to_owned(),
    }
}

fn card(title: &str, value: &str, about: &str, lamp: Option<Colour>, link: &str) -> Card {
    Card {
        title: title.to_owned(),
        value: value.to_owned(),
        about: about.to_owned(),
        lamp,
        link: Some(link.to_owned()),
    }
}
