//! Texts of strangers: whatever they are, a document comes out, and they stand in it as texts.

use proptest::prelude::*;
use report::chart::{Bar, Chart};
use report::document::{Block, Card, Document, Example, Item, Run};
use report::table::{Cell, Row, Table};

use crate::opened::squeezed;
use crate::sample::columns_of;

/// A document with one text in every place that has any.
fn all_over(text: &str) -> Document {
    let own = || text.to_owned();
    let run = |link: &str| Run {
        text: own(),
        strong: true,
        link: Some(link.to_owned()),
    };
    Document {
        lang: "ru".to_owned(),
        title: own(),
        subtitle: own(),
        about: vec![own()],
        blocks: vec![
            Block::Heading {
                level: 3,
                text: own(),
                id: own(),
            },
            Block::Heading {
                level: 1,
                text: own(),
                id: own(),
            },
            Block::Text {
                id: own(),
                text: vec![
                    run(text),
                    run(&format!("/{text}")),
                    run(&format!("#{text}")),
                    run("#"),
                ],
            },
            Block::Cards(vec![Card {
                title: own(),
                value: own(),
                about: own(),
                lamp: None,
                link: Some(format!("#{text}")),
            }]),
            Block::Table(Table {
                id: own(),
                title: own(),
                note: own(),
                columns: columns_of(&[text, text, text], &[1]),
                rows: vec![Row {
                    strong: true,
                    depth: 1,
                    cells: vec![Cell::Text(own()), Cell::Link(own(), own())],
                }],
            }),
            Block::Chart {
                id: own(),
                title: own(),
                note: own(),
                chart: Chart::Bars(vec![Bar {
                    name: own(),
                    value: 1,
                    before: None,
                }]),
            },
            Block::List(vec![Item {
                id: own(),
                text: vec![run("")],
                examples: vec![Example {
                    moment: own(),
                    deal: own(),
                    words: own(),
                    link: Some(own()),
                }],
            }]),
        ],
        data: Vec::new(),
    }
}

#[test]
fn code_is_text() {
    for text in [
        "#panic(1)",
        "#import \"/x.typ\"",
        "$ x^2 $ \\ #let",
        "]#read(\"/etc/passwd\")[",
        "\"); #eval(\"1+1\") //",
        "= Heading <label> @ref",
        "<script>&amp;{{7*7}}${7*7}",
        "*a* _b_ `c` /* d */",
    ] {
        let found = crate::opened(&all_over(text)).text();
        let times = squeezed(&found).matches(&squeezed(text)).count();
        assert!(times >= 15, "{text} stands {times} times in\n{found}");
    }
}

#[test]
fn odd_texts_are_survived() {
    let long = "ы".repeat(10_000);
    for text in [
        "\0",
        "a\0b\u{1b}[31m",
        "\u{202E}txet\u{202C} \u{2066}\u{2069}",
        "שלום مرحبا",
        "👨‍👩‍👧 🔥 ❤️ 🇷🇺",
        "日本語 ไทย",
        "и\u{306}\u{306}\u{306}",
        "\u{FFFE}\u{FFFF}\u{10FFFF}\u{E0001}",
        "\u{200B}\u{AD}\u{2028}\u{2029}\u{85}",
        "   ",
        "",
        long.as_str(),
    ] {
        crate::opened(&all_over(text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        let document = all_over(&text);
        let bytes = pdf::typeset(&document, &crate::options());
        prop_assert!(bytes.is_ok(), "{:?}", bytes.err());
    }

    #[test]
    fn any_signs_of_typst_are_survived(text in r#"[#$\\\[\]{}()"'`*_=<>@/~^&|:;,.! a-z-]{0,60}"#) {
        let document = all_over(&text);
        let bytes = pdf::typeset(&document, &crate::options());
        prop_assert!(bytes.is_ok(), "{:?}", bytes.err());
    }
}
