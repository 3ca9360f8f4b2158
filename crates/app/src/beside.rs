//! What stands beside the figures of a period: findings made by hand, and those that people's decisions
//! leave out, with who decided and why.

use std::collections::BTreeMap;

use audit::judge::Deal;
use audit::regulation::Severity;
use figures::light::Who;
use figures::{Count, Period, View, concerned_by};
use history::{DealId, EmployeeId, GroupId, Instant};
use live::Live;
use report::period::{AllBeside, Beside, Decided};
use store::StoreError;
use store::findings::Finding;

use crate::audits::Audit;
use crate::life::book::Book;
use crate::life::hand::Place;
use crate::life::memory;

/// The names of people by their ids.
pub(crate) type Names = BTreeMap<String, String>;

/// A finding that is not in the light.
#[derive(Clone)]
struct One<'b> {
    decided: Decided,
    severity: Severity,
    employee: EmployeeId,
    deal: DealId,
    at: Instant,
    /// The deal's price then, in hundredths.
    price: Option<i64>,
    /// Which person decided; empty: the program.
    author: &'b str,
    /// Why; empty: they need not say.
    reason: &'b str,
}

/// What stands beside the figures of everybody in a period.
///
/// # Errors
/// Where a finding made by hand has a severity that this program does not know.
pub(crate) fn beside(
    audit: &Audit,
    book: &Book,
    period: Period,
    names: &Names,
) -> Result<AllBeside, StoreError> {
    let live = audit.live();
    let mut found: BTreeMap<(Who, Decided), Vec<&One<'_>>> = BTreeMap::new();
    let all = [by_rule(live, book, period), by_hand(live, book, period)?].concat();
    for one in &all {
        found
            .entry((Who::Company, one.decided))
            .or_default()
            .push(one);
        // It never reached them.
        if one.decided == Decided::Kept || one.employee.is_none() {
            continue;
        }
        let who = Who::Employee(one.employee);
        found.entry((who, one.decided)).or_default().push(one);
        let group = group(live, one);
        if group.is_some() {
            let who = Who::Group(group);
            found.entry((who, one.decided)).or_default().push(one);
        }
    }
    let mut told = AllBeside::new();
    for ((who, decided), found) in found {
        let beside = summed(decided, &found, names);
        told.entry(who).or_default().push(beside);
    }
    Ok(told)
}

fn group(live: &Live, one: &One<'_>) -> GroupId {
    let date = live.regulation().latest().zone.date(one.at);
    let membership = live.history().people.membership(one.employee, date);
    membership.map_or(GroupId::NONE, |membership| membership.group)
}

/// Findings of rules that decisions leave out.
fn by_rule<'b>(live: &'b Live, book: &'b Book, period: Period) -> Vec<One<'b>> {
    let standing = live.by_breach().iter();
    let standing = standing.filter_map(|number| Some((*number, live.stands(*number)?)));
    let within = standing.filter(|(_, one)| period.holds(one.finding.at));
    let left_out = within.filter_map(|(number, standing)| {
        let id = live.kept().id(number);
        let facts = memory::facts(live, &standing);
        let (decided, author, reason) = left_out(book, id, book.view(id, &facts))?;
        Some(One {
            decided,
            severity: standing.severity,
            employee: standing.finding.employee,
            deal: standing.finding.deal,
            at: standing.finding.at,
            price: standing.finding.amount,
            author,
            reason,
        })
    });
    left_out.collect()
}

/// What leaves a finding out, who decided it and why; none: it counts, or nobody decided.
fn left_out<'b>(book: &'b Book, id: &str, view: View) -> Option<(Decided, &'b str, &'b str)> {
    match view {
        View::Exempt(place) => {
            let exemption = book.exemptions().get(place)?;
            Some((Decided::Exempt, &exemption.author, &exemption.reason))
        }
        View::Dismissed => Some((Decided::Dismissed, book.judge(id), "")),
        View::Counts(_) | View::Advice | View::Held | View::Withdrawn => None,
    }
}

/// Findings made by hand; those that wait for the coordinator are not decided yet.
fn by_hand<'b>(live: &'b Live, book: &'b Book, period: Period) -> Result<Vec<One<'b>>, StoreError> {
    let mut all = Vec::new();
    let made = book
        .made()
        .filter(|one| one.standing && period.holds(one.at));
    for finding in made {
        let Some(hand) = book.hand(&finding.id) else {
            continue;
        };
        let facts = book.facts(finding)?;
        let view = book.view(&finding.id, &facts);
        let way = &hand.way;
        let (decided, author, reason) = match (view, &way.exempted) {
            (View::Counts(_), _) => (Decided::ByHand, way.passed_by.as_str(), ""),
            (View::Held, Some((_, reason))) if way.place() == Place::Exempted => {
                (Decided::Kept, way.exempted_by.as_str(), reason.as_str())
            }
            _ => match left_out(book, &finding.id, view) {
                Some(decided) => decided,
                None => continue,
            },
        };
        let severity = match view {
            View::Counts(severity) => severity,
            _ => facts.severity,
        };
        let history = live.history();
        let employee = history.people.ids.find(&finding.employee);
        let deal = history
            .deals
            .find(&finding.deal)
            .map_or(DealId::NONE, DealId);
        all.push(One {
            decided,
            severity,
            employee: employee.map_or(EmployeeId::NONE, EmployeeId),
            deal,
            at: finding.at,
            price: price(live, finding, deal),
            author,
            reason,
        });
    }
    Ok(all)
}

/// The price of a deal when something was found by hand.
fn price(live: &Live, finding: &Finding, deal: DealId) -> Option<i64> {
    if deal.is_none() {
        return None;
    }
    let history = live.history();
    let mut walked = Deal::new(history, i64::MAX, &[]);
    let timeline = history.timelines.deal(deal).until(finding.at);
    walked.walk(timeline, |_, _| {});
    walked.prices.at(finding.at).flatten()
}

fn summed(decided: Decided, found: &[&One<'_>], names: &Names) -> Beside {
    let mut severities = [0; 3];
    let mut by: BTreeMap<String, u64> = BTreeMap::new();
    let mut reasons: Vec<String> = Vec::new();
    for one in found {
        severities[one.severity as usize] += 1;
        let name = names.get(one.author).map_or(one.author, String::as_str);
        *by.entry(name.to_owned()).or_default() += 1;
        if !one.reason.is_empty() && !reasons.iter().any(|known| known == one.reason) {
            reasons.push(one.reason.to_owned());
        }
    }
    reasons.sort_unstable();
    Beside {
        decided,
        count: Count {
            findings: found.len() as u64,
            severities,
            concerned: concerned_by(found.iter().map(|one| (one.deal, one.at, one.price))),
            ..Count::default()
        },
        by,
        reasons,
    }
}
