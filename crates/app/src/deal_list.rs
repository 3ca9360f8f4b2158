//! Lists of deals, each of which some number counts, for whoever may see the deals.

use std::collections::BTreeSet;
use std::ops::Range;

use figures::deals::{Kind, Listed, Wanted};
use figures::funnel::{Factors, Flow};
use figures::{Audited, Considered, Span};
use history::{ChannelId, DealId, EmployeeId, GroupId, History, Instant, StageId};

use crate::actor::Actor;
use crate::audits::{Audit, Audits, heavy};
use crate::deals::{self, Deal};
use crate::error::Error;
use crate::figures::NO_PROBLEMS;
use crate::life::book::Book;
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Whose};

/// What a list is narrowed by, as ids of the CRM; what is none or empty does not narrow. What
/// nobody knows, or may not see, leaves nothing.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What it is about; none: all deals that stand anywhere.
    pub kind: Option<Kind>,
    /// The stage.
    pub stage: &'a str,
    /// The pipeline.
    pub pipeline: &'a str,
    /// Whose they are.
    pub employee: &'a str,
    /// Only those that are nobody's.
    pub nobody: bool,
    /// Of whose members they are.
    pub group: &'a str,
    /// Where they came from.
    pub source: &'a str,
    /// When they came to stand where they do; of deals in work, when they were.
    pub span: Span,
}

/// A deal of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The deal as it stands.
    pub deal: Deal,
    /// Whose it is: of a closed deal, who answered for it then. Empty: nobody's.
    pub employee: String,
    /// Since when it stands where it does.
    pub since: Instant,
    /// Working time there, in milliseconds.
    pub worked: i64,
}

/// A list of deals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DealList {
    /// How many there are in all.
    pub count: usize,
    /// The sum of their prices, in hundredths.
    pub sum: i64,
    /// How many of them have no price.
    pub unpriced: usize,
    /// Some of them.
    pub lines: Vec<Line>,
}

/// The deals of a list that the actor may see: how many, and those of `part`.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn list(
    audits: &Audits,
    actor: &Actor,
    asked: &Asked<'_>,
    part: impl FnOnce(usize) -> Range<usize>,
    now: Instant,
) -> Result<DealList, Error> {
    let whose = actor.whose(Deed::ReadHistory)?;
    let audit = audits.read(&actor.company, now).await?;
    let book = match asked.kind {
        Some(Kind::Hung) => Some(Book::open(audits.store(), &actor.company).await?),
        // Only findings say that a deal hangs.
        _ => None,
    };
    heavy(|| {
        let clocks = office::clocks(audit.live());
        let eyes = Eyes {
            office: Office::of(audit.live(), clocks),
            audit: &audit,
            actor,
            whose,
            now,
        };
        let Some(wanted) = eyes.wanted(asked) else {
            return Ok(DealList::default());
        };
        let (_, flow) = audit.flow(now);
        // What hangs is the whole company's to say, whoever looks.
        let listed = match &book {
            Some(book) => audit.considered(book, |all| eyes.listed(all, &flow, &wanted)),
            None => eyes.listed(&Considered::default(), &flow, &wanted),
        };
        let history = audit.live().history();
        let prices = || listed.iter().map(|one| one.price.unwrap_or(0));
        let part = part(listed.len());
        let part = listed.get(part.start..part.end.min(listed.len()));
        Ok(DealList {
            count: listed.len(),
            sum: prices().fold(0, i64::saturating_add),
            unpriced: prices().filter(|price| *price == 0).count(),
            lines: part
                .unwrap_or_default()
                .iter()
                .map(|one| eyes.line(history, one))
                .collect(),
        })
    })
}

/// Somebody who may see deals.
struct Eyes<'a> {
    office: Office<'a>,
    audit: &'a Audit,
    actor: &'a Actor,
    whose: Whose,
    now: Instant,
}

impl Eyes<'_> {
    /// What is wanted, in numbers of the history; none: nothing that these eyes may see.
    fn wanted(&self, asked: &Asked<'_>) -> Option<Wanted> {
        let history = self.audit.live().history();
        let (pipelines, people) = (&history.pipelines, &history.people);
        let employee = match (asked.nobody, asked.employee) {
            (true, _) => Some(Some(EmployeeId::NONE)),
            (false, id) => found(id, |id| people.ids.find(id).map(EmployeeId)),
        }?;
        let is_seen = match &self.whose {
            Whose::Everyone => true,
            // Whose a deal was is told to nobody who may not see their things.
            whose => {
                let group = match whose {
                    Whose::Groups { groups, .. } => groups.contains(asked.group),
                    _ => false,
                };
                let theirs = |id: &str| self.office.within(whose, id, self.now);
                (asked.group.is_empty() || group)
                    && !asked.nobody
                    && (asked.employee.is_empty() || theirs(asked.employee))
            }
        };
        let wanted = Wanted {
            kind: asked.kind,
            stage: found(asked.stage, |id| pipelines.stage_ids.find(id).map(StageId))?,
            pipeline: found(asked.pipeline, |id| pipelines.find_pipeline(id))?,
            employee,
            group: found(asked.group, |id| people.group_ids.find(id).map(GroupId))?,
            source: found(asked.source, |id| history.channels.find(id).map(ChannelId))?,
            period: asked.span.period(&self.office.version().zone),
        };
        is_seen.then_some(wanted)
    }

    fn listed(&self, considered: &Considered, flow: &Flow, wanted: &Wanted) -> Vec<Listed> {
        let live = self.audit.live();
        let (history, regulation) = (live.history(), live.regulation());
        let tenures = match wanted.kind {
            Some(Kind::InWork) => live.all_tenures(),
            _ => &[],
        };
        let audited = considered.audited(history, regulation, tenures, NO_PROBLEMS, self.now);
        let factors = Factors::of(&audited, flow);
        let mut listed = figures::deals::deals(&audited, flow, &factors, wanted);
        if self.whose != Whose::Everyone {
            let people = self.reachable();
            listed.retain(|one| self.may_see(&audited, flow, &people, one.deal));
        }
        listed
    }

    fn reachable(&self) -> BTreeSet<EmployeeId> {
        let people = self.office.reachable(&self.whose, self.now);
        let people = people.unwrap_or_default();
        let known = people.iter().map(|id| self.office.employee(id));
        known.filter(|id| id.is_some()).collect()
    }

    /// Whether these eyes may open the page of a deal.
    fn may_see(
        &self,
        audited: &Audited<'_>,
        flow: &Flow,
        people: &BTreeSet<EmployeeId>,
        deal: DealId,
    ) -> bool {
        let last = flow.of_deal(deal).last();
        // Most are somebody else's: no need to look at their events.
        let others = last.is_some_and(|stay| stay.to.is_none() && !people.contains(&stay.answers));
        let id = audited.history.deals.get(deal.0);
        !others && deals::is_seen(self.audit, self.office, self.actor, id, self.now)
    }

    fn line(&self, history: &History, one: &Listed) -> Line {
        let deal = Deal::at(history, one.deal, self.now);
        let holder = history.people.ids.get(one.employee.0);
        let employee = match self.office.within(&self.whose, holder, self.now) {
            true => holder,
            // Somebody's of another group, before the deal was handed over.
            false => &deal.responsible,
        };
        Line {
            employee: employee.to_owned(),
            since: one.since,
            worked: one.worked,
            deal,
        }
    }
}

/// What an id names: nothing where it is empty; no answer where nobody knows it.
fn found<T>(id: &str, find: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match id {
        "" => Some(None),
        id => find(id).map(Some),
    }
}
