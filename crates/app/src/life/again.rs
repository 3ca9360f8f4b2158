//! Which findings repeat earlier ones that the same person had settled.

use std::cell::RefCell;
use std::collections::BTreeSet;

use figures::{AGAIN_WITHIN, Settled, View};
use history::{EmployeeId, Instant};
use live::Live;
use rustc_hash::FxHashMap;
use store::findings::Finding;
use store::{Connection, Store, decisions};

use super::book::Book;
use super::memory::facts;
use super::seen::Eyes;
use crate::error::Error;

/// Whether each finding repeats an earlier one, as the store says.
pub(super) async fn again(
    conn: &mut Connection,
    company: &str,
    shown: &[Finding],
) -> Result<Vec<bool>, Error> {
    let people = shown.iter().map(|finding| finding.employee.as_str());
    let people: BTreeSet<&str> = people.filter(|employee| !employee.is_empty()).collect();
    let people: Vec<&str> = people.into_iter().collect();
    let breaches = || shown.iter().map(|finding| finding.at);
    let from = breaches()
        .min()
        .unwrap_or_default()
        .saturating_sub(AGAIN_WITHIN);
    let to = breaches().max().unwrap_or_default();
    let earlier = decisions::settled(conn, company, &people, (from, to)).await?;
    let book = Book::of(conn, company, &earlier).await?;
    let settled = book.settled(&earlier)?;
    let repeats = shown.iter().map(|finding| {
        let key = (finding.rule.as_str(), finding.employee.as_str());
        settled
            .get(&key)
            .is_some_and(|settled| settled.repeats(finding.at))
    });
    Ok(repeats.collect())
}

/// Whether each finding repeats an earlier one: by the audit where one is in memory, else as the
/// store says.
pub(super) async fn repeating(
    store: &Store,
    eyes: &Eyes<'_>,
    shown: &[Finding],
) -> Result<Vec<bool>, Error> {
    let company = &eyes.actor.company;
    let Some(live) = eyes.office.live else {
        let mut reader = store.reader().await?;
        return again(&mut reader, company, shown).await;
    };
    let book = Book::open(store, company).await?;
    let repeats = Repeats::new(live, &book)?;
    let repeats = shown.iter().map(|finding| repeats.holds(finding));
    Ok(repeats.collect())
}

/// What repeats earlier findings, by an audit in memory.
pub(super) struct Repeats<'a> {
    live: &'a Live,
    book: &'a Book,
    /// What was settled of findings made by hand.
    by_hand: FxHashMap<(EmployeeId, &'a str), Settled>,
    /// What was settled of each person asked about, by rule.
    people: RefCell<FxHashMap<EmployeeId, FxHashMap<&'a str, Settled>>>,
}

impl<'a> Repeats<'a> {
    pub fn new(live: &'a Live, book: &'a Book) -> Result<Repeats<'a>, Error> {
        let ids = &live.history().people.ids;
        let mut by_hand: FxHashMap<(EmployeeId, &str), Settled> = FxHashMap::default();
        for finding in book.made().filter(|finding| finding.standing) {
            let look = book.look(&finding.id, &book.facts(finding)?);
            if let (View::Counts(_), Some(id)) = (look.view, ids.find(&finding.employee)) {
                let key = (EmployeeId(id), finding.rule.as_str());
                let instants = [finding.until, look.acknowledged, look.cured];
                by_hand.entry(key).or_default().add(finding.at, instants);
            }
        }
        Ok(Repeats {
            live,
            book,
            by_hand,
            people: RefCell::default(),
        })
    }

    /// Whether a finding is a repetition.
    pub fn holds(&self, finding: &Finding) -> bool {
        let id = self.live.history().people.ids.find(&finding.employee);
        id.is_some_and(|id| self.repeats(&finding.rule, EmployeeId(id), finding.at))
    }

    /// Whether somebody had a finding of a rule settled not long before a breach.
    pub fn repeats(&self, rule: &str, employee: EmployeeId, breach: Instant) -> bool {
        if employee.is_none() {
            return false;
        }
        let mut people = self.people.borrow_mut();
        let rules = people
            .entry(employee)
            .or_insert_with(|| self.settled(employee));
        rules
            .get(rule)
            .is_some_and(|settled| settled.repeats(breach))
    }

    fn settled(&self, employee: EmployeeId) -> FxHashMap<&'a str, Settled> {
        let (live, book) = (self.live, self.book);
        let mut rules: FxHashMap<&str, Settled> = FxHashMap::default();
        let theirs = live.against(employee).iter();
        for standing in theirs.filter_map(|number| live.stands(*number)) {
            let id = live.kept().id(standing.number);
            let look = book.look(id, &facts(live, &standing));
            if matches!(look.view, View::Counts(_)) {
                let finding = standing.finding;
                let instants = [finding.until, look.acknowledged, look.cured];
                let settled = rules.entry(standing.rule).or_default();
                settled.add(finding.at, instants);
            }
        }
        let by_hand = self.by_hand.iter();
        for ((_, rule), settled) in by_hand.filter(|((of, _), _)| *of == employee) {
            rules.entry(rule).or_default().join(settled);
        }
        rules.values_mut().for_each(Settled::sort);
        rules
    }
}
