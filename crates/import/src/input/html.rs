//! The table of a web page: what Bitrix24 calls an export to Excel.

use super::grid::{Grid, GridCell};

/// Whether a text in lower case starts like a web page or a bare table.
pub(super) fn is_html(start: &str) -> bool {
    [
        "<html",
        "<!doctype html",
        "<table",
        "<meta",
        "<head",
        "<style",
    ]
    .iter()
    .any(|tag| start.starts_with(tag))
}

/// All rows of the page as one table; a row's line is its number among the rows.
pub(super) fn read(page: &str) -> Vec<Grid> {
    let mut grid = Grid::default();
    let mut cell: Option<String> = None;
    let mut row: Vec<GridCell> = Vec::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        if let Some(cell) = &mut cell {
            unescape(&rest[..open], cell);
        }
        rest = &rest[open..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
            continue;
        }
        let Some(close) = rest.find('>') else {
            break;
        };
        let tag = tag_name(&rest[1..close]);
        rest = &rest[close + 1..];
        match tag.as_str() {
            "td" | "th" | "/td" | "/th" | "tr" | "/tr" | "/table" => {
                if let Some(text) = cell.take() {
                    row.push(GridCell::Text(text.trim().to_owned()));
                }
                if tag.contains("tr") || tag == "/table" {
                    end_row(&mut grid, &mut row);
                }
                if tag == "td" || tag == "th" {
                    cell = Some(String::new());
                }
            }
            "br" | "/p" | "/div" => {
                if let Some(cell) = &mut cell {
                    cell.push('\n');
                }
            }
            _ => {}
        }
    }
    if let Some(mut text) = cell.take() {
        unescape(rest, &mut text);
        row.push(GridCell::Text(text.trim().to_owned()));
    }
    end_row(&mut grid, &mut row);
    vec![grid]
}

fn end_row(grid: &mut Grid, row: &mut Vec<GridCell>) {
    if !row.is_empty() {
        let line = grid.cells.len() as u64 + 1;
        grid.cells.push((line, std::mem::take(row)));
    }
}

/// `td` of `td align="right"`, in lower case.
fn tag_name(tag: &str) -> String {
    let end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    tag[..end].trim_end_matches('/').to_ascii_lowercase()
}

/// Adds text with its entities replaced.
fn unescape(text: &str, to: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        to.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(';').filter(|end| *end <= 10);
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((c, end)) => {
                to.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                to.push('&');
                rest = &rest[1..];
            }
        }
    }
    to.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "laquo" => '«',
        "raquo" => '»',
        "mdash" => '—',
        "ndash" => '–',
        "euro" => '€',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<Vec<String>> {
        let text = |cell: &GridCell| match cell {
            GridCell::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        let rows = &read(page)[0].cells;
        rows.iter()
            .map(|(_, row)| row.iter().map(text).collect())
            .collect()
    }

    #[test]
    fn a_table_made_for_excel() {
        let page = "<html><head><title>x</title></head><body><table border=\"1\">\
            <thead><tr><th>ID</th><th>Название</th></tr></thead>\
            <tr><td>1</td><td>Окна &quot;Про&quot; &amp; Ко<br/>срочно &#8381; &unknown; &</td></tr>\
            <tr><td>2</td><td></td></tr></table></body></html>";
        assert_eq!(
            texts(page),
            [
                vec!["ID", "Название"],
                vec!["1", "Окна \"Про\" & Ко\nсрочно ₽ &unknown; &"],
                vec!["2", ""],
            ]
        );
    }

    #[test]
    fn broken_pages_end_quietly() {
        for page in [
            "",
            "<table",
            "<table><tr><td>1",
            "<!-- <td>",
            "<td>&#99999999;</td>",
            "<>",
        ] {
            read(page);
        }
        let unclosed = texts("<tr><td>1<td>2<tr><td>3");
        assert_eq!(unclosed, [vec!["1", "2"], vec!["3"]]);
    }
}
