//! How wide the columns of a table are, in what size it is set, and whether its page is turned: so
//! that nothing is cut off. Arithmetic alone.

/// What a column needs, in the size of its text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Need {
    /// The width at which none of its cells wraps.
    pub natural: f32,
    /// The width at which no word is broken, nor any number.
    pub least: f32,
    /// Whether it holds numbers: then it is not stretched where texts are.
    pub numeric: bool,
}

/// How a table is set. All measures in points.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// The columns of the table that stand here.
    pub columns: Vec<usize>,
    /// Their widths, with the space around their texts.
    pub widths: Vec<f32>,
    /// The size of its text.
    pub size: f32,
    /// Whether its page lies on its side.
    pub turned: bool,
}

/// How wide text stands on an upright page of A4.
pub(crate) const UPRIGHT: f32 = 493.0;
/// The space beside a text in its cell, of both sides together.
pub(crate) const INSET: f32 = 8.0;
/// How wide a table is on an upright page, and on one that lies on its side: its texts stand right
/// below other texts.
const PAGE: f32 = UPRIGHT + INSET;
const TURNED: f32 = 739.0 + INSET;
/// Sizes and pages, in the order in which they are tried.
const TRIES: [(f32, bool); 8] = [
    (9.0, false),
    (8.5, false),
    (8.0, false),
    (7.5, false),
    (7.0, false),
    (8.5, true),
    (7.5, true),
    (6.5, true),
];
/// More than that a word need not have: it is broken then.
const LONGEST_WORD: f32 = 9.0;
const LONGEST_NUMBER: f32 = 12.0;
/// A text wraps rather than taking more than that.
const WIDEST_TEXT: f32 = 36.0;
/// A table that needs less than this part of the page is not stretched over it.
const STRETCHED: f32 = 0.55;

/// The plans of a table, in the order of its columns. There is more than one where the columns do not
/// fit side by side even on a turned page: then the first column stands in each.
pub(crate) fn plans(needs: &[Need]) -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut rest: Vec<usize> = (0..needs.len()).collect();
    while !rest.is_empty() {
        let mut fitting = rest.len();
        let plan = loop {
            match plan(needs, &rest[..fitting]) {
                // A single column always gets its plan.
                None if fitting > 2 => fitting -= 1,
                None => break squeezed(&rest[..fitting]),
                Some(plan) => break plan,
            }
        };
        plans.push(plan);
        let head = rest[0];
        rest.drain(..fitting);
        if !rest.is_empty() {
            rest.insert(0, head);
        }
    }
    plans
}

fn plan(needs: &[Need], columns: &[usize]) -> Option<Plan> {
    TRIES.iter().find_map(|&(size, turned)| {
        let page = if turned { TURNED } else { PAGE };
        let widths = widths(needs, columns, size, page)?;
        Some(Plan {
            columns: columns.to_vec(),
            widths,
            size,
            turned,
        })
    })
}

/// Columns that do not even fit at their least, side by side all the same.
fn squeezed(columns: &[usize]) -> Plan {
    Plan {
        columns: columns.to_vec(),
        widths: vec![TURNED / columns.len() as f32; columns.len()],
        size: 6.5,
        turned: true,
    }
}

/// The widths of columns on a page so wide, unless they do not fit on it.
fn widths(needs: &[Need], columns: &[usize], size: f32, page: f32) -> Option<Vec<f32>> {
    let need = |column: &usize| needs[*column];
    let wanted = |need: Need| {
        let widest = if need.numeric {
            LONGEST_NUMBER
        } else {
            WIDEST_TEXT
        };
        need.natural.min(widest) * size + INSET
    };
    let least = |need: Need| {
        let longest = if need.numeric {
            LONGEST_NUMBER
        } else {
            LONGEST_WORD
        };
        (need.least.min(longest) * size + INSET).min(wanted(need))
    };
    let mut widths: Vec<f32> = columns.iter().map(|c| least(need(c))).collect();
    let free = page - widths.iter().sum::<f32>();
    if free < 0.0 {
        return None;
    }
    let wishes: Vec<f32> = columns
        .iter()
        .zip(&widths)
        .map(|(c, width)| wanted(need(c)) - width)
        .collect();
    let wished: f32 = wishes.iter().sum();
    let granted = if wished > free { free / wished } else { 1.0 };
    for (width, wish) in widths.iter_mut().zip(&wishes) {
        *width += wish * granted;
    }
    stretch(&mut widths, columns, needs, page);
    Some(widths)
}

/// Gives what is left of the page to the columns of texts, or to all where there are none.
fn stretch(widths: &mut [f32], columns: &[usize], needs: &[Need], page: f32) {
    let sum: f32 = widths.iter().sum();
    if sum < page * STRETCHED || sum >= page {
        return;
    }
    let takes = |at: usize| !needs[columns[at]].numeric;
    let takers: f32 = (0..widths.len())
        .filter(|at| takes(*at))
        .map(|at| widths[at])
        .sum();
    // A hair less than there is: sums of fractions are not exact.
    let left = (page - sum) * 0.999;
    for (at, width) in widths.iter_mut().enumerate() {
        if takers == 0.0 {
            *width += left * *width / sum;
        } else if takes(at) {
            *width += left * *width / takers;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(natural: f32, least: f32) -> Need {
        Need {
            natural,
            least,
            numeric: false,
        }
    }

    fn number(natural: f32) -> Need {
        Need {
            natural,
            least: natural,
            numeric: true,
        }
    }

    #[test]
    fn a_small_table_stays_upright_and_large() {
        let plans = plans(&[text(12.0, 6.0), number(4.0), number(4.0)]);
        assert_eq!(plans.len(), 1);
        assert_eq!((plans[0].size, plans[0].turned), (9.0, false));
    }

    #[test]
    fn more_columns_are_set_smaller_then_turned_then_parted() {
        let with = |numbers: usize| {
            let mut needs = vec![text(14.0, 8.0)];
            needs.resize(numbers + 1, number(4.5));
            plans(&needs)
        };
        assert!(!with(9)[0].turned);
        assert!(with(9)[0].size < 9.0);
        assert!(with(16)[0].turned);
        assert_eq!(with(16).len(), 1);
        assert!(with(60).len() > 1);
    }

    #[test]
    fn no_columns_no_plan() {
        assert_eq!(plans(&[]), []);
    }

    fn needs() -> impl Strategy<Value = Vec<Need>> {
        let need =
            (0.0..400.0f32, 0.0..1.0f32, any::<bool>()).prop_map(|(natural, part, numeric)| Need {
                natural,
                least: natural * part,
                numeric,
            });
        proptest::collection::vec(need, 1..80)
    }

    proptest! {
        #[test]
        fn nothing_is_cut_off_or_lost(needs in needs()) {
            let plans = plans(&needs);
            let mut seen: Vec<usize> = Vec::new();
            for (at, plan) in plans.iter().enumerate() {
                let page = if plan.turned { TURNED } else { PAGE };
                prop_assert!(plan.widths.iter().sum::<f32>() <= page + 0.01);
                prop_assert!(plan.widths.iter().all(|width| *width > INSET / 2.0));
                prop_assert_eq!(plan.widths.len(), plan.columns.len());
                // The first column stands in every part.
                prop_assert_eq!(plan.columns[0], 0);
                seen.extend(&plan.columns[usize::from(at > 0)..]);
            }
            prop_assert_eq!(seen, (0..needs.len()).collect::<Vec<_>>());
        }
    }
}
