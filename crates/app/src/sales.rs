//! The funnel, losses, load and speed of response, of the people that somebody may see figures of.

use std::borrow::Cow;
use std::collections::BTreeSet;

use audit::judge::{Clocks, Finding, TimelineProblems};
use figures::Audited;
use figures::funnel::{Factors, Flow, Limits, RULES};
use history::{DealId, EmployeeId, Instant, StageId};

use crate::actor::Actor;
use crate::audits::{Audit, Audits, heavy};
use crate::error::Error;
use crate::life::book::Book;
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Reach, Whose};

/// What the figures of sales are made of, for one reader.
pub struct Sales<'a> {
    /// The company, with the findings that the funnel asks for.
    pub audited: Audited<'a>,
    /// What deals went through, as far as it is that of people whom the reader may see.
    pub flow: Cow<'a, Flow>,
    /// What hung money is reckoned with: the whole company's.
    pub factors: Factors,
    /// Within what time leads are to be answered.
    pub limits: Limits,
    /// When everybody works.
    pub clocks: &'a Clocks,
    /// The people whom the reader may see; none: everybody.
    pub people: Option<BTreeSet<EmployeeId>>,
    office: Office<'a>,
    /// Whose deals the reader may open.
    opens: Option<Whose>,
}

/// A deal as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Its id in the CRM.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub stage: StageId,
    /// Who answers for it now; none: nobody.
    pub responsible: EmployeeId,
    /// Its price, in hundredths.
    pub price: Option<i64>,
}

impl Sales<'_> {
    /// A deal as it stands now; none: somebody answers for it by now whose deals are not for these
    /// eyes.
    pub fn deal(&self, deal: DealId) -> Option<Deal> {
        let (history, now) = (self.audited.history, self.audited.now);
        let mut walked = audit::judge::Deal::new(history, i64::MAX, &[]);
        walked.walk(history.timelines.deal(deal).until(now), |_, _| {});
        let responsible = history.people.ids.get(walked.responsible.0);
        let opens = self.opens.as_ref()?;
        let seen = self.office.within(opens, responsible, now);
        seen.then(|| Deal {
            id: history.deals.get(deal.0).to_owned(),
            title: history.texts.get(walked.title).to_owned(),
            stage: walked.stage,
            responsible: walked.responsible,
            price: walked.prices.at(now).flatten(),
        })
    }

    /// Whether somebody is among the people whom the reader may see; nobody is only for those who
    /// see everybody.
    pub fn sees(&self, employee: EmployeeId) -> bool {
        let among = |people: &BTreeSet<EmployeeId>| people.contains(&employee);
        self.people.as_ref().is_none_or(among)
    }
}

/// Gives what the figures of sales are made of to `read`: to those who see the figures of all or
/// of their group.
///
/// # Errors
/// Where the access does not allow it, or the store fails.
pub async fn sales<T>(
    audits: &Audits,
    actor: &Actor,
    now: Instant,
    read: impl FnOnce(&Sales<'_>) -> T,
) -> Result<T, Error> {
    // Beside one's own alone nothing can be set.
    if actor.reach(Deed::SeeFigures)? == Reach::Own {
        return Err(Error::Denied(Deed::SeeFigures));
    }
    let whose = actor.whose(Deed::SeeFigures)?;
    let audit = audits.read(&actor.company, now).await?;
    let book = Book::open(audits.store(), &actor.company).await?;
    heavy(|| {
        let clocks = office::clocks(audit.live());
        let office = Office::of(audit.live(), clocks);
        let ids = &audit.live().history().people.ids;
        let reachable = office.reachable(&whose, now);
        let people = reachable.map(|people| {
            let known = people.iter().filter_map(|id| ids.find(id));
            known.map(EmployeeId).collect::<BTreeSet<EmployeeId>>()
        });
        let (at, flow) = audit.flow(now);
        let considered = book.considered_of(&audit, |finding| is_asked_for(&audit, finding));
        let (history, regulation) = (audit.live().history(), audit.live().regulation());
        let problems = TimelineProblems::default();
        let audited = considered.audited(history, regulation, &[], &problems, at);
        let sales = Sales {
            factors: Factors::of(&audited, &flow),
            limits: Limits::of(&audited),
            flow: match &people {
                Some(people) => Cow::Owned(flow.only(|cut| people.contains(&cut.employee))),
                None => Cow::Borrowed(&flow),
            },
            opens: actor.whose(Deed::ReadHistory).ok(),
            audited,
            clocks,
            people,
            office,
        };
        Ok(read(&sales))
    })
}

/// Whether the funnel asks for a finding.
fn is_asked_for(audit: &Audit, finding: &Finding) -> bool {
    let versions = audit.live().regulation().versions();
    let version = &versions[usize::from(finding.version)];
    let code = version.entries[usize::from(finding.entry)].rule.code;
    finding.until.is_none() && RULES.contains(&code)
}
