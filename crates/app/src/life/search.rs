//! Lists of findings that somebody may see, narrowed by what judging says and by what people decided.

use audit::regulation::Severity;
use figures::{Done, Period, View, Worked};
use history::Instant;
use live::Live;
use store::findings::{self, Cursor, Filter, Finding};
use store::{Store, decisions};

use super::again::{Repeats, repeating};
use super::book::Book;
use super::finding::{Facts, State};
use super::memory::{self, Narrow};
use super::office::Office;
use super::seen::{Eyes, Page, Seen};
use super::settings::{self, Settings};
use crate::actor::Actor;
use crate::error::Error;

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
    /// Only those that were mended in these days, or could have been: what notes and reports count as
    /// worked off.
    pub worked: Option<(Working, Period)>,
}

/// What a list of what was worked off has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Working {
    /// What was mended.
    Mended,
    /// All that could have been.
    All,
}

impl Working {
    /// Both.
    pub const ALL: [Working; 2] = [Working::Mended, Working::All];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Working::Mended => "mended",
            Working::All => "all",
        }
    }

    /// What a word means.
    pub fn parse(word: &str) -> Option<Working> {
        Working::ALL.into_iter().find(|one| one.as_str() == word)
    }

    fn holds(self, worked: Option<Worked>) -> bool {
        match self {
            Working::Mended => worked == Some(Worked::Mended),
            Working::All => worked.is_some(),
        }
    }
}

impl Wanted<'_> {
    /// Whether a finding is among those wanted, but for whether it is a repetition.
    fn fits(&self, id: &str, facts: &Facts<'_>, book: &Book, office: Office<'_>) -> bool {
        let belonged = |group: &str| office.group(facts.employee, facts.at) == group;
        if !self.group.is_none_or(belonged) {
            return false;
        }
        if !self.states.is_empty() && !self.states.contains(&book.life(id).state(facts)) {
            return false;
        }
        let look = book.look(id, facts);
        let done = Done {
            until: facts.until,
            cured: look.cured,
            acknowledged: look.acknowledged,
        };
        let worked =
            |(working, days): (Working, Period)| working.holds(done.worked(facts.at, days));
        if !self.worked.is_none_or(worked) {
            return false;
        }
        let view = look.view;
        let severity = match view {
            View::Counts(severity) => severity,
            _ => facts.severity,
        };
        let exemption = match view {
            View::Exempt(place) => book.exemptions().get(place).map(|one| one.id.as_str()),
            _ => None,
        };
        let part = Part::of(view, facts.by_hand);
        self.part.is_none_or(|wanted| part == Some(wanted))
            && self.severity.is_none_or(|wanted| severity == wanted)
            && (self.exemption.is_none() || exemption == self.exemption)
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
    drop(reader);
    let list = List {
        eyes: &eyes,
        settings: &settings,
        filter: &filter,
        wanted,
        after,
        limit,
    };
    match office.live {
        Some(live) if memory::can_tell(&filter) => {
            list.of_memory(live, &*Book::open(store, company).await?)
        }
        _ => list.of_store(store).await,
    }
}

/// How many rows are read at once, and how often, while a page is being filled.
const CHUNK: i64 = 200;
const CHUNKS: usize = 25;

/// A list that somebody asks for.
struct List<'a> {
    eyes: &'a Eyes<'a>,
    settings: &'a Settings,
    filter: &'a Filter<'a>,
    wanted: &'a Wanted<'a>,
    after: Option<&'a Cursor>,
    limit: usize,
}

impl List<'_> {
    /// A page of it, by the audit in memory.
    fn of_memory(&self, live: &Live, book: &Book) -> Result<Page, Error> {
        let Some(narrow) = Narrow::new(self.filter, self.after, live) else {
            return Ok(Page::default());
        };
        let repeats = Repeats::new(live, book)?;
        let mut by_hand: Vec<&Finding> = book.made().filter(|one| narrow.holds(one)).collect();
        by_hand.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
        let mut by_hand = by_hand.into_iter().peekable();
        let mut by_rule = narrow.latest().peekable();
        let mut chosen: Vec<Finding> = Vec::new();
        loop {
            let made = by_hand.peek();
            let later = |number: &u32| {
                let at = live.finding(*number).map_or(0, |finding| finding.at);
                made.is_none_or(|made| (made.at, made.id.as_str()) < (at, live.kept().id(*number)))
            };
            let finding = if by_rule.peek().is_some_and(later) {
                let number = by_rule.next().unwrap_or_default();
                let Some(standing) = live.stands(number) else {
                    continue;
                };
                let facts = memory::facts(live, &standing);
                if !self.takes(live.kept().id(number), &facts, book)
                    || (self.wanted.again
                        && !repeats.repeats(facts.rule, standing.finding.employee, facts.at))
                {
                    continue;
                }
                memory::row(live, number)
            } else if let Some(made) = by_hand.next() {
                let taken = self.takes(&made.id, &book.facts(made)?, book)
                    && (!self.wanted.again || repeats.holds(made));
                taken.then(|| made.clone())
            } else {
                break;
            };
            let Some(finding) = finding else {
                continue;
            };
            if chosen.len() == self.limit {
                let next = chosen.last().map(Finding::cursor);
                return self.page(chosen, book, &repeats, next);
            }
            chosen.push(finding);
        }
        self.page(chosen, book, &repeats, None)
    }

    /// Whether a finding that the filter lets through is on the list; people are among those that
    /// these eyes may see.
    fn takes(&self, id: &str, facts: &Facts<'_>, book: &Book) -> bool {
        self.wanted.fits(id, facts, book, self.eyes.office) && self.eyes.shows(id, facts, book)
    }

    fn page(
        &self,
        chosen: Vec<Finding>,
        book: &Book,
        repeats: &Repeats<'_>,
        next: Option<Cursor>,
    ) -> Result<Page, Error> {
        let seen = chosen.into_iter().map(|finding| {
            let again = repeats.holds(&finding);
            self.eyes.seen(finding, book, self.settings, again)
        });
        Ok(Page {
            findings: seen.collect::<Result<_, _>>()?,
            next,
        })
    }

    /// A page of it, by the store.
    async fn of_store(&self, store: &Store) -> Result<Page, Error> {
        let (eyes, wanted) = (self.eyes, self.wanted);
        let company = eyes.actor.company.as_str();
        let mut reader = store.reader().await?;
        let disputed = match wanted.states {
            [State::Disputed] => Some(decisions::waiting(&mut reader, company).await?),
            _ => None,
        };
        drop(reader);
        let mut chosen: Vec<Finding> = Vec::new();
        let mut after = self.after.cloned();
        for _ in 0..CHUNKS {
            let mut reader = store.reader().await?;
            let filter = self.filter;
            let rows = findings::page(&mut reader, company, filter, after.as_ref(), CHUNK).await?;
            drop(reader);
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
                let repeats = repeating(store, eyes, &candidates).await?;
                let repeats = candidates.into_iter().zip(repeats);
                candidates = repeats
                    .filter_map(|(finding, again)| again.then_some(finding))
                    .collect();
            }
            let mut reader = store.reader().await?;
            let book = Book::of(&mut reader, company, &candidates).await?;
            drop(reader);
            let mut full = false;
            let mut last = rows.last().map(Finding::cursor);
            for finding in candidates {
                let facts = book.facts(&finding)?;
                if wanted.fits(&finding.id, &facts, &book, eyes.office)
                    && eyes.may_see(&finding.id, &facts, &book)
                {
                    if chosen.len() == self.limit {
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
        let again = repeating(store, eyes, &chosen).await?;
        let mut reader = store.reader().await?;
        let book = Book::of(&mut reader, company, &chosen).await?;
        let seen = chosen.into_iter().zip(again);
        let seen: Result<Vec<Seen>, Error> = seen
            .map(|(finding, again)| eyes.seen(finding, &book, self.settings, again))
            .collect();
        Ok(Page {
            findings: seen?,
            next: after,
        })
    }
}
