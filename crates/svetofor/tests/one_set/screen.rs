//! A report as a page, read back from its HTML.

use crate::Cells;

/// The tables of a page, each with its rows without the headings, and all its words.
pub fn read(html: &str) -> (Vec<Cells>, String) {
    let tables = html.split("<tbody>").skip(1).map(|rest| {
        let body = rest.split("</tbody>").next().unwrap();
        let rows = body.split("<tr").skip(1);
        rows.map(|row| row.split("<td").skip(1).map(cell).collect())
            .collect()
    });
    let body = html.split_once("<body>").unwrap().1;
    (tables.collect(), words(body))
}

/// The words of a cell, without those of its base.
fn cell(rest: &str) -> String {
    let inner = rest.split("</td>").next().unwrap();
    let inner = inner.split_once('>').unwrap().1;
    let inner = inner.split("<small>").next().unwrap();
    match inner.split_once("aria-label=\"") {
        Some((_, said)) => plain(said.split('"').next().unwrap()),
        None => words(inner),
    }
}

/// What stands outside of tags.
fn words(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split('<').enumerate() {
        let shown = match at {
            0 => part,
            _ => part.split_once('>').map_or("", |(_, shown)| shown),
        };
        text += shown;
    }
    plain(&text)
}

fn plain(text: &str) -> String {
    let signs = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (sign, letter) in signs {
        text = text.replace(sign, letter);
    }
    text
}
