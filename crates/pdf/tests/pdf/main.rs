//! What a document on paper must be, read back from its bytes.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod hostile;
mod opened;
mod sample;

use opened::Opened;
use pdf::{Options, PdfError, picture, typeset};
use report::document::{Block, Document, Run};
use report::table::{Cell, Row, Table};
use wording::Lang;

fn options() -> Options {
    Options {
        made_at: "2026-04-20T06:40:00Z".parse().unwrap(),
        base: Some("https://svetofor.example.ru".to_owned()),
    }
}

fn opened(document: &Document) -> Opened {
    Opened::read(&typeset(document, &options()).unwrap())
}

#[test]
fn texts_are_found() {
    let text = opened(&sample::week()).text();
    for words in [
        "Отчёт за неделю",
        "ООО «Окна Севера», неделя 13 – 19 апр 2026",
        "▲ жёлтый",
        "3 120 000 ₽",
        "Александра Константинова-Преображенская",
        "○ мало данных",
        "Задача просрочена",
        "стр. 1 из ",
        "Как менялся светофор?",
    ] {
        assert!(
            opened::squeezed(&text).contains(&opened::squeezed(words)),
            "«{words}» is not in\n{text}"
        );
    }
}

#[test]
fn every_font_is_embedded_as_a_part_of_itself() {
    let fonts = opened(&sample::week()).fonts();
    assert!(!fonts.is_empty());
    for (name, is_embedded) in fonts {
        assert!(is_embedded, "{name}");
        // A subset is named ABCDEF+Name.
        assert_eq!(name.find('+'), Some(6), "{name}");
    }
}

#[test]
fn metadata_tell_language_title_and_time() {
    let opened = opened(&sample::week());
    assert_eq!(opened.language(), "ru");
    assert_eq!(opened.info("Title"), "Отчёт за неделю");
    assert!(opened.info("CreationDate").starts_with("D:20260420064000"));
    assert!(opened.is_tagged());

    let mut english = sample::week();
    english.lang = "en".to_owned();
    let opened = self::opened(&english);
    assert_eq!(opened.language(), "en");
    assert!(opened.text().contains("page 1 of "));
}

#[test]
fn links_lead_into_the_interface_and_about_the_document() {
    let opened = opened(&sample::week());
    let links = opened.addresses();
    for to in ["/findings", "/deals?kind=hung", "/people/7", "/findings/42"] {
        let to = format!("https://svetofor.example.ru{to}");
        assert!(links.contains(&to), "{to} is not in {links:?}");
    }
    // The card of the light leads to its table, and words of the summary to the rules.
    assert!(opened.links_inside() >= 2);

    let nowhere = Options {
        base: None,
        ..options()
    };
    let bytes = typeset(&sample::week(), &nowhere).unwrap();
    assert_eq!(Opened::read(&bytes).addresses(), Vec::<String>::new());
}

#[test]
fn an_address_that_is_none_is_named() {
    let options = Options {
        base: Some("svetofor.example.ru".to_owned()),
        ..options()
    };
    let error = typeset(&sample::week(), &options).unwrap_err();
    assert!(matches!(error, PdfError::Base(_)));
    assert_eq!(
        error.to_string(),
        "«svetofor.example.ru» is no address of an interface: it must begin with http:// or https://"
    );
}

#[test]
fn headings_are_bookmarks() {
    let bookmarks = opened(&sample::week()).bookmarks();
    for title in [
        "Коротко",
        "Группы и люди",
        "У кого какой свет?",
        "Что получается",
    ] {
        assert!(
            bookmarks
                .iter()
                .any(|found| found.replace('\u{a0}', " ") == title),
            "{title} is not in {bookmarks:?}"
        );
    }
}

/// A table of so many rows, in a document under a heading for every 20 of them.
fn long(rows: u64) -> Document {
    let mut document = sample::week();
    document.blocks = Vec::new();
    for from in (0..rows).step_by(500) {
        let row = |at: u64| Row {
            strong: false,
            depth: 0,
            cells: vec![Cell::Text(format!("строка-{at}")), Cell::Count(at)],
        };
        document.blocks.extend([
            sample::heading(1, &format!("Глава с {from}"), &format!("from-{from}")),
            Block::Table(Table {
                id: format!("table-{from}"),
                title: String::new(),
                note: String::new(),
                columns: sample::columns_of(&["Заголовок", "Число"], &[1]),
                rows: (from..rows.min(from + 500)).map(row).collect(),
            }),
        ]);
    }
    document
}

#[test]
fn a_long_document_has_contents_and_headings_of_tables_on_every_page() {
    let opened = opened(&long(2000));
    let pages = opened.pages();
    assert!(pages.len() > 30);
    assert!(pages[0].contains("Содержание"));
    assert!(pages[0].contains("Глава с 1500"));
    for (at, page) in pages.iter().enumerate().skip(1) {
        assert!(page.contains("Заголовок"), "page {}", at + 1);
        let foot = format!("стр. {} из {}", at + 1, pages.len());
        assert!(page.contains(&foot), "{foot}");
        assert!(page.contains("ООО «Окна Севера»"), "page {}", at + 1);
    }
    let text = opened.text();
    for at in 0..2000 {
        assert!(text.contains(&format!("строка-{at}")), "{at}");
    }
    assert!(!self::opened(&sample::week()).text().contains("Содержание"));
}

#[test]
fn a_wide_table_lies_on_its_side_and_a_wider_one_is_parted() {
    let with = |columns: usize| {
        let mut document = sample::week();
        let titles: Vec<String> = (0..columns).map(|at| format!("Столбец {at}")).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        document.blocks = vec![Block::Table(Table {
            id: "wide".to_owned(),
            title: "Широкая".to_owned(),
            note: String::new(),
            columns: sample::columns_of(&titles, &(1..columns).collect::<Vec<_>>()),
            rows: vec![Row {
                strong: false,
                depth: 0,
                cells: (0..columns)
                    .map(|at| Cell::Count(1_000_000 + at as u64))
                    .collect(),
            }],
        })];
        opened(&document)
    };
    assert!(with(5).turned().is_empty());
    // The first page has the title of the document.
    assert_eq!(with(14).turned(), [2]);
    let parted = with(60);
    assert!(parted.text().contains("Широкая (часть 1 из"));
    for at in 0..60 {
        let number = format!("1 000 {at:03}");
        assert!(parted.text().contains(&number), "{number}");
    }
}

#[test]
fn nothing_of_a_long_word_is_lost() {
    let mut document = sample::week();
    let word = "щ".repeat(10_000);
    document.blocks = vec![
        Block::Text {
            id: String::new(),
            text: vec![Run::plain(word.clone())],
        },
        Block::Table(Table {
            id: "table".to_owned(),
            title: String::new(),
            note: String::new(),
            columns: sample::columns_of(&["Имя", "Число"], &[1]),
            rows: vec![Row {
                strong: false,
                depth: 0,
                cells: vec![Cell::Text(word), Cell::Count(1)],
            }],
        }),
    ];
    let opened = opened(&document);
    assert_eq!(opened.text().matches('щ').count(), 20_000);
    // So much does not stand on one page, unless it runs out of it.
    assert!(opened.pages().len() > 3);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = typeset(&sample::week(), &options()).unwrap();
    typeset(&long(40), &options()).unwrap();
    let others: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| typeset(&sample::week(), &options()).unwrap()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(others.iter().all(|other| *other == first));
    // It is read back from the JSON that it is kept as, and is still the same.
    let kept = serde_json::to_string(&sample::week()).unwrap();
    let kept: Document = serde_json::from_str(&kept).unwrap();
    assert!(typeset(&kept, &options()).unwrap() == first);
}

#[test]
fn an_empty_document_is_a_page() {
    let document = Document {
        lang: String::new(),
        title: String::new(),
        subtitle: String::new(),
        about: Vec::new(),
        blocks: Vec::new(),
        data: Vec::new(),
    };
    assert_eq!(opened(&document).pages().len(), 1);
}

#[test]
fn charts_are_pictures() {
    let svg = sample::lines().picture(Lang::Ru, Some("#fff"));
    let png = picture(&svg, 1440).unwrap();
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(&png[1..4], b"PNG");
    assert_eq!((side(16), side(20)), (1440, 400));
    assert_eq!(picture(&svg, 1440).unwrap(), png);
    // Its words are drawn: with other words it is another picture.
    let other = picture(&svg.replace("апр", "мая"), 1440).unwrap();
    assert_ne!(other, png);
}

#[test]
fn what_is_no_picture_is_refused() {
    assert!(matches!(picture("<svg", 100), Err(PdfError::Svg(_))));
    assert!(matches!(picture("", 100), Err(PdfError::Svg(_))));
    let svg = sample::lines().picture(Lang::Ru, None);
    for width in [0, 1_000_000] {
        assert!(
            matches!(picture(&svg, width), Err(PdfError::Size { .. })),
            "{width}"
        );
    }
}
