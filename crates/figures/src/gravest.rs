//! The findings that back something best.

use std::cmp::Reverse;

use audit::judge::Finding;
use rustc_hash::FxHashSet;

use crate::Audited;
use crate::sides::EXAMPLES;

/// The gravest of some findings, of equally grave ones the dearest, then the latest: as many as are
/// told. A deal is taken once, unless there are no others.
pub fn gravest<'a>(
    audited: &Audited<'a>,
    found: impl IntoIterator<Item = &'a Finding>,
) -> Vec<&'a Finding> {
    let mut chosen: Vec<&'a Finding> = found.into_iter().collect();
    let key = |finding: &&Finding| {
        let money = finding.amount.unwrap_or(0);
        let id = audited.history.deals.get(finding.deal.0);
        let gravity = (audited.severity(finding), money, finding.at);
        (Reverse(gravity), id, audited.rule(finding), finding.start)
    };
    // Of a year's findings of a company only the first few are wanted in order.
    let most = 16 * EXAMPLES;
    if chosen.len() > most {
        chosen.select_nth_unstable_by(most, |a, b| key(a).cmp(&key(b)));
        chosen.truncate(most);
    }
    chosen.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut seen = FxHashSet::default();
    let (first, again): (Vec<_>, Vec<_>) = chosen
        .into_iter()
        .partition(|finding| finding.deal.is_none() || seen.insert(finding.deal));
    first.into_iter().chain(again).take(EXAMPLES).collect()
}
