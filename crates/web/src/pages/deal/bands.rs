//! Bands beside the timeline: what held while the rows beside them happened.

/// A stretch of rows in which something held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Stretch {
    /// The first of its rows.
    pub first: usize,
    /// The row behind its last one.
    pub end: usize,
    pub class: String,
    /// What is written on it; empty: nothing.
    pub label: String,
    /// The same at length.
    pub title: String,
}

/// A cell of a column of bands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Cell {
    /// How many rows it runs over.
    pub span: usize,
    /// Empty: a gap.
    pub class: String,
    pub label: String,
    pub title: String,
}

/// Stretches that do not overlap, in order, as the cells of a column: a cell at each row where one
/// begins, gaps included.
pub(super) fn column(rows: usize, stretches: Vec<Stretch>) -> Vec<Option<Cell>> {
    let mut cells = vec![None; rows];
    let mut next = 0;
    for stretch in stretches {
        let (first, end) = (stretch.first.max(next), stretch.end.min(rows));
        if first >= end {
            continue;
        }
        gap(&mut cells, next, first);
        cells[first] = Some(Cell {
            span: end - first,
            class: stretch.class,
            label: stretch.label,
            title: stretch.title,
        });
        next = end;
    }
    gap(&mut cells, next, rows);
    cells
}

fn gap(cells: &mut [Option<Cell>], from: usize, to: usize) {
    if from < to {
        cells[from] = Some(Cell {
            span: to - from,
            class: String::new(),
            label: String::new(),
            title: String::new(),
        });
    }
}

/// Stretches that may overlap, beside one another in at most `most` lanes; those that find no room
/// are left out.
pub(super) fn lanes(mut stretches: Vec<Stretch>, most: usize) -> Vec<Vec<Stretch>> {
    // Of those that begin together the longest is the outermost.
    stretches.sort_by_key(|one| (one.first, std::cmp::Reverse(one.end)));
    let mut lanes: Vec<Vec<Stretch>> = Vec::new();
    for one in stretches.into_iter().filter(|one| one.first < one.end) {
        let ends = |lane: &Vec<Stretch>| lane.last().map_or(0, |last| last.end);
        match lanes.iter().position(|lane| ends(lane) <= one.first) {
            Some(free) => lanes[free].push(one),
            None if lanes.len() < most => lanes.push(vec![one]),
            None => {}
        }
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(first: usize, end: usize) -> Stretch {
        Stretch {
            first,
            end,
            class: "b".to_owned(),
            label: format!("{first}"),
            title: String::new(),
        }
    }

    /// Where cells begin, how far they run, and whether they are gaps.
    fn shape(cells: &[Option<Cell>]) -> Vec<(usize, usize, bool)> {
        let cells = cells.iter().enumerate();
        cells
            .filter_map(|(at, cell)| {
                let cell = cell.as_ref()?;
                Some((at, cell.span, cell.class.is_empty()))
            })
            .collect()
    }

    #[test]
    fn a_column_covers_every_row_once() {
        let cells = column(9, vec![stretch(1, 4), stretch(4, 5), stretch(7, 99)]);
        let expected = [
            (0, 1, true),
            (1, 3, false),
            (4, 1, false),
            (5, 2, true),
            (7, 2, false),
        ];
        assert_eq!(shape(&cells), expected);
        // What lies behind or before the rows leaves no hole.
        for stretches in [vec![], vec![stretch(9, 12)], vec![stretch(3, 3)]] {
            assert_eq!(shape(&column(9, stretches)), [(0, 9, true)]);
        }
        let twice = column(3, vec![stretch(0, 2), stretch(0, 3)]);
        assert_eq!(shape(&twice), [(0, 2, false), (2, 1, false)]);
        assert!(column(0, vec![stretch(0, 1)]).is_empty());
    }

    #[test]
    fn what_overlaps_stands_side_by_side() {
        let all = vec![stretch(2, 4), stretch(0, 3), stretch(0, 9), stretch(5, 6)];
        let found = lanes(all.clone(), 3);
        let ends = |lane: &Vec<Stretch>| lane.iter().map(|one| one.end).collect::<Vec<_>>();
        let found: Vec<_> = found.iter().map(ends).collect();
        assert_eq!(found, [vec![9], vec![3, 6], vec![4]]);
        assert_eq!(lanes(all, 1).len(), 1);
    }
}
