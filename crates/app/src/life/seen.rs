//! Findings as somebody sees them: with where they stand, how they count, and what is possible.

use std::collections::BTreeSet;

use audit::regulation::Severity;
use figures::{AGAIN_WITHIN, View};
use history::Instant;
use store::findings::{self, Cursor, Filter, Finding};
use store::{Connection, Store, decisions};

use super::book::{Book, Hand};
use super::decide::{deed, finding, who};
use super::decision::MoveKind;
use super::finding::{Life, State};
use super::hand::Reaction;
use super::office::Office;
use super::settings::{self, Settings};
use crate::actor::Actor;
use crate::error::Error;
use crate::permissions::{Deed, Whose};

/// A finding as somebody sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct Seen {
    /// The finding.
    pub finding: Finding,
    /// The one word for where it stands.
    pub state: State,
    /// What people's decisions come to.
    pub life: Life,
    /// How it enters the figures.
    pub view: View,
    /// The exemption that hides it.
    pub exemption: Option<String>,
    /// Whether it repeats what the same person had settled not long before.
    pub again: bool,
    /// Until when it may be disputed; none: no deadline runs.
    pub deadline: Option<Instant>,
    /// Until when a dispute that waits is to be decided; none: none waits.
    pub verdict_until: Option<Instant>,
    /// What whoever sees it may do with it now.
    pub allowed: Vec<MoveKind>,
    /// What it has besides, where it was made by hand.
    pub hand: Option<Hand>,
    /// How fast the lead reacted to what was made by hand.
    pub reaction: Option<Reaction>,
}

impl Seen {
    /// How grave it is: as people decided, else as its rule says.
    pub fn severity(&self) -> Severity {
        let own = || {
            Severity::ALL
                .iter()
                .find(|s| s.as_str() == self.finding.severity)
        };
        match self.view {
            View::Counts(severity) => severity,
            _ => own().copied().unwrap_or(Severity::Remark),
        }
    }
}

/// A page of findings.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Page {
    /// The findings, the latest breach first.
    pub findings: Vec<Seen>,
    /// Where the next page begins; none: there is none. A page may be short and have a next one.
    pub next: Option<Cursor>,
}

/// Somebody who may see findings.
pub(super) struct Eyes<'a> {
    actor: &'a Actor,
    office: Office<'a>,
    whose: Whose,
    /// Whether rules that fell to advice are this person's to decide on.
    sees_advice: bool,
    now: Instant,
}

impl<'a> Eyes<'a> {
    pub fn new(actor: &'a Actor, office: Office<'a>, now: Instant) -> Result<Eyes<'a>, Error> {
        Ok(Eyes {
            whose: actor.whose(Deed::SeeFindings)?,
            sees_advice: actor.reach(Deed::DecideStanding).is_ok(),
            actor,
            office,
            now,
        })
    }

    /// A finding that these eyes may see, and what was decided on it.
    pub async fn find(&self, conn: &mut Connection, id: &str) -> Result<(Finding, Book), Error> {
        let found = finding(conn, &self.actor.company, id).await?;
        let book = Book::of(conn, &self.actor.company, std::slice::from_ref(&found)).await?;
        if !self.may_see(&found, &book)? {
            return Err(Error::NotFound {
                what: "finding",
                id: id.to_owned(),
            });
        }
        Ok((found, book))
    }

    fn is_own(&self, finding: &Finding) -> bool {
        let own = self.actor.employee.as_deref();
        own.is_some_and(|own| !own.is_empty() && own == finding.employee)
    }

    fn may_see(&self, finding: &Finding, book: &Book) -> Result<bool, Error> {
        if !self.office.within(&self.whose, &finding.employee, self.now) {
            return Ok(false);
        }
        Ok(match book.view(&finding.id, &book.facts(finding)?) {
            View::Held => self.sees_held(finding, book.hand(&finding.id)),
            View::Advice => self.is_own(finding) || self.sees_advice,
            _ => true,
        })
    }

    /// What the coordinator has not passed on is nobody's business but quality control's.
    pub fn sees_held(&self, finding: &Finding, hand: Option<&Hand>) -> bool {
        let made = hand.is_some_and(|hand| hand.maker == self.actor.person);
        made || (self.whose == Whose::Everyone && !self.is_own(finding))
    }

    /// A finding with all that a list shows beside it.
    pub fn seen(
        &self,
        finding: Finding,
        book: &Book,
        settings: &Settings,
        again: bool,
    ) -> Result<Seen, Error> {
        let (life, facts) = (book.life(&finding.id), book.facts(&finding)?);
        let view = book.view(&finding.id, &facts);
        let term = self.office.term(settings, &finding.employee);
        let mut allowed = life.allowed(&facts, who(self.actor), self.now, &term);
        allowed.retain(|kind| {
            let whose = self.actor.whose(deed(*kind));
            // Telling is nobody's button.
            *kind != MoveKind::Tell
                && whose.is_ok_and(|whose| self.office.within(&whose, &finding.employee, self.now))
        });
        let exemption = match view {
            View::Exempt(place) => book.exemptions().get(place).map(|one| one.id.clone()),
            _ => None,
        };
        let hand = book.hand(&finding.id).cloned();
        let lead = self.office.lead(&finding.employee, self.now);
        let reaction = hand.as_ref().and_then(|hand| {
            let worked_off = life.marked.or(finding.until);
            hand.way
                .reaction(worked_off, self.office.clock(lead), self.now)
        });
        Ok(Seen {
            state: life.state(&facts),
            deadline: life.deadline(&term),
            verdict_until: match &life.dispute {
                Some(dispute) if dispute.verdict.is_none() => {
                    self.office.verdict_until(settings, dispute.at)
                }
                _ => None,
            },
            view,
            exemption,
            again,
            allowed,
            hand,
            reaction,
            life,
            finding,
        })
    }
}

/// Whether each finding repeats an earlier one.
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

/// A finding.
///
/// # Errors
/// Where it is not for these eyes.
pub async fn see(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    id: &str,
    now: Instant,
) -> Result<Seen, Error> {
    let eyes = Eyes::new(actor, office, now)?;
    let mut reader = store.reader().await?;
    let settings = settings::load(&mut reader, &actor.company).await?;
    let (finding, book) = eyes.find(&mut reader, id).await?;
    let again = again(&mut reader, &actor.company, std::slice::from_ref(&finding)).await?;
    eyes.seen(finding, &book, &settings, again[0])
}

/// Those of these findings that somebody may see, in the order of their ids.
///
/// # Errors
/// Where the access does not allow it.
pub async fn some(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    ids: &[&str],
    now: Instant,
) -> Result<Vec<Seen>, Error> {
    let eyes = Eyes::new(actor, office, now)?;
    let company = actor.company.as_str();
    let mut reader = store.reader().await?;
    let settings = settings::load(&mut reader, company).await?;
    let found = findings::some(&mut reader, company, ids).await?;
    let book = Book::of(&mut reader, company, &found).await?;
    let mut chosen: Vec<Finding> = Vec::new();
    for finding in found {
        if eyes.may_see(&finding, &book)? {
            chosen.push(finding);
        }
    }
    let again = again(&mut reader, company, &chosen).await?;
    let seen = chosen.into_iter().zip(again);
    seen.map(|(finding, again)| eyes.seen(finding, &book, &settings, again))
        .collect()
}

/// How many rows are read at once, and how often, while a page is being filled.
const CHUNK: i64 = 200;
const CHUNKS: usize = 25;

/// How a finding enters the figures, as a list is narrowed by it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// It is in the light and in all counts.
    Counted,
    /// Made by hand and passed on: it is counted beside the light.
    ByHand,
    /// A dispute took it out.
    Dismissed,
    /// An exemption hides it.
    Exempt,
    /// Its rule has fallen to advice.
    Advice,
}

impl Part {
    /// Every part.
    pub const ALL: [Part; 5] = [
        Part::Counted,
        Part::ByHand,
        Part::Dismissed,
        Part::Exempt,
        Part::Advice,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Counted => "counted",
            Part::ByHand => "by_hand",
            Part::Dismissed => "dismissed",
            Part::Exempt => "exempt",
            Part::Advice => "advice",
        }
    }

    /// The part that a word means.
    pub fn parse(word: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.as_str() == word)
    }

    fn of(view: View, by_hand: bool) -> Option<Part> {
        match view {
            View::Counts(_) if by_hand => Some(Part::ByHand),
            View::Counts(_) => Some(Part::Counted),
            View::Dismissed => Some(Part::Dismissed),
            View::Exempt(_) => Some(Part::Exempt),
            View::Advice => Some(Part::Advice),
            View::Held | View::Withdrawn => None,
        }
    }
}

/// What a list is narrowed by that only people's decisions tell; what is none, empty or false does
/// not narrow.
#[derive(Clone, Copy, Default, Debug)]
pub struct Wanted<'a> {
    /// Where the findings stand.
    pub states: &'a [State],
    /// How they enter the figures.
    pub part: Option<Part>,
    /// How grave they are, as people decided.
    pub severity: Option<Severity>,
    /// Which exemption hides them.
    pub exemption: Option<&'a str>,
    /// Only those that repeat what the same person had settled.
    pub again: bool,
    /// Only those against people who belonged to this group at the breach, as figures count.
    pub group: Option<&'a str>,
}

impl Wanted<'_> {
    /// Whether a finding is among those wanted, but for whether it is a repetition.
    fn fits(&self, finding: &Finding, book: &Book, office: Office<'_>) -> Result<bool, Error> {
        let belonged = |group: &str| office.group(&finding.employee, finding.at) == group;
        if !self.group.is_none_or(belonged) {
            return Ok(false);
        }
        if !self.states.is_empty() && !self.states.contains(&book.state(finding)?) {
            return Ok(false);
        }
        let facts = book.facts(finding)?;
        let view = book.view(&finding.id, &facts);
        let severity = match view {
            View::Counts(severity) => severity,
            _ => facts.severity,
        };
        let exemption = match view {
            View::Exempt(place) => book.exemptions().get(place).map(|one| one.id.as_str()),
            _ => None,
        };
        let part = Part::of(view, facts.by_hand);
        Ok(self.part.is_none_or(|wanted| part == Some(wanted))
            && self.severity.is_none_or(|wanted| severity == wanted)
            && (self.exemption.is_none() || exemption == self.exemption))
    }
}

/// A page of the findings that somebody may see, narrowed by `filter` and by where they stand; no
/// state at all does not narrow.
///
/// # Errors
/// Where the access does not allow it.
pub async fn list(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    (filter, states): (&Filter<'_>, &[State]),
    paging: (Option<&Cursor>, usize),
    now: Instant,
) -> Result<Page, Error> {
    let wanted = Wanted {
        states,
        ..Wanted::default()
    };
    search(store, actor, office, (filter, &wanted), paging, now).await
}

/// A page of the findings that somebody may see, narrowed by `filter` and by what was decided.
///
/// # Errors
/// Where the access does not allow it.
pub async fn search(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    (filter, wanted): (&Filter<'_>, &Wanted<'_>),
    (after, limit): (Option<&Cursor>, usize),
    now: Instant,
) -> Result<Page, Error> {
    let eyes = Eyes::new(actor, office, now)?;
    let company = actor.company.as_str();
    let reachable = office.reachable(&eyes.whose, now);
    let reachable = reachable.as_ref();
    let reachable = reachable.map(|all| all.iter().map(String::as_str).collect());
    let members = wanted.group.map(|group| office.ever_members(group));
    let asked = filter.employees.map(<[&str]>::to_vec);
    let lists: [Option<Vec<&str>>; 3] = [asked, reachable, members];
    let people = lists.into_iter().flatten().reduce(|mut people, list| {
        people.retain(|person| list.contains(person));
        people
    });
    let filter = Filter {
        employees: people.as_deref(),
        ..filter.clone()
    };
    let mut reader = store.reader().await?;
    let settings = settings::load(&mut reader, company).await?;
    let disputed = match wanted.states {
        [State::Disputed] => Some(decisions::waiting(&mut reader, company).await?),
        _ => None,
    };
    let mut chosen: Vec<Finding> = Vec::new();
    let mut after = after.cloned();
    for _ in 0..CHUNKS {
        let rows = findings::page(&mut reader, company, &filter, after.as_ref(), CHUNK).await?;
        let whole = rows.len() as i64 == CHUNK;
        let mut candidates: Vec<Finding> = rows
            .iter()
            .filter(|finding| {
                disputed
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&finding.id))
            })
            .cloned()
            .collect();
        if wanted.again {
            let repeats = again(&mut reader, company, &candidates).await?;
            let repeats = candidates.into_iter().zip(repeats);
            candidates = repeats
                .filter_map(|(finding, again)| again.then_some(finding))
                .collect();
        }
        let book = Book::of(&mut reader, company, &candidates).await?;
        let mut full = false;
        let mut last = rows.last().map(Finding::cursor);
        for finding in candidates {
            if wanted.fits(&finding, &book, office)? && eyes.may_see(&finding, &book)? {
                if chosen.len() == limit {
                    full = true;
                    last = chosen.last().map(Finding::cursor);
                    break;
                }
                chosen.push(finding);
            }
        }
        after = last.filter(|_| full || whole);
        if full || !whole {
            break;
        }
    }
    let again = again(&mut reader, company, &chosen).await?;
    let book = Book::of(&mut reader, company, &chosen).await?;
    let seen = chosen.into_iter().zip(again);
    let seen = seen.map(|(finding, again)| eyes.seen(finding, &book, &settings, again));
    Ok(Page {
        findings: seen.collect::<Result<_, _>>()?,
        next: after,
    })
}

/// The findings that somebody may see whose dispute waits for its judge, the one that is to be decided
/// first first.
///
/// # Errors
/// Where the access does not allow it.
pub async fn disputed(
    store: &Store,
    actor: &Actor,
    office: Office<'_>,
    now: Instant,
) -> Result<Vec<Seen>, Error> {
    let mut reader = store.reader().await?;
    let waiting = decisions::waiting(&mut reader, &actor.company).await?;
    drop(reader);
    let ids: Vec<&str> = waiting.iter().map(String::as_str).collect();
    let mut seen = some(store, actor, office, &ids, now).await?;
    seen.retain(|seen| seen.state == State::Disputed);
    seen.sort_by_key(|seen| {
        let disputed = seen.life.dispute.as_ref().map(|dispute| dispute.at);
        // A company that never works has no deadlines.
        (seen.verdict_until.unwrap_or(Instant::MAX), disputed)
    });
    Ok(seen)
}
