//! A deal with everything that happened in it.

use audit::judge::Trail;
use history::{DealId, History, Instant, Kind};
use store::events::{self, Event};

use crate::actor::Actor;
use crate::audits::{Audit, Audits};
use crate::error::Error;
use crate::life::office::{self, Office};
use crate::permissions::Deed;

/// A deal as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deal {
    /// Its id in the CRM.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its client; empty: none.
    pub client: String,
    /// Its stage and the stage's name.
    pub stage: (String, String),
    /// Who answers for it; empty: nobody.
    pub responsible: String,
    /// Its price, in hundredths.
    pub price: Option<i64>,
    /// When it began.
    pub begun_at: Instant,
    /// When it was removed.
    pub removed_at: Option<Instant>,
    /// The names of its stages, each with when it was entered.
    pub stages: Vec<(Instant, String)>,
    /// Who answered for it, each from when on; empty: nobody.
    pub responsibles: Vec<(Instant, String)>,
}

/// What a value was, without the changes that changed nothing.
fn held<T: Copy + PartialEq>(
    trail: &Trail<T>,
    name: impl Fn(T) -> String,
) -> Vec<(Instant, String)> {
    let mut changes = trail.changes().to_vec();
    changes.dedup_by_key(|(_, value)| *value);
    let named = changes.into_iter().map(|(at, value)| (at, name(value)));
    named.collect()
}

impl Deal {
    /// A deal of the history as it stands at an instant.
    pub fn at(history: &History, deal: DealId, now: Instant) -> Deal {
        let mut walked = audit::judge::Deal::new(history, i64::MAX, &[]);
        walked.walk(history.timelines.deal(deal).until(now), |_, _| {});
        Deal {
            id: history.deals.get(deal.0).to_owned(),
            title: history.texts.get(walked.title).to_owned(),
            client: history.clients.get(walked.client.0).to_owned(),
            stage: (
                history.pipelines.stage_ids.get(walked.stage.0).to_owned(),
                history.pipelines.stage_name(walked.stage).to_owned(),
            ),
            responsible: history.people.ids.get(walked.responsible.0).to_owned(),
            price: walked.prices.at(now).flatten(),
            begun_at: walked.begun_at,
            removed_at: walked.removed.map(|(at, _)| at),
            stages: held(&walked.stages, |stage| {
                history.pipelines.stage_name(stage).to_owned()
            }),
            responsibles: held(&walked.responsibles, |employee| {
                history.people.ids.get(employee.0).to_owned()
            }),
        }
    }
}

/// Whether somebody may open the page of a deal.
pub fn is_seen(audit: &Audit, office: Office<'_>, actor: &Actor, id: &str, now: Instant) -> bool {
    let history = audit.live().history();
    let Some(number) = history.deals.find(id).map(DealId) else {
        return false;
    };
    let Ok(whose) = actor.whose(Deed::ReadHistory) else {
        return false;
    };
    let events = history.timelines.deal(number).until(now).iter();
    let answers =
        events.filter(|event| matches!(event.kind, Kind::Created | Kind::ResponsibleChanged));
    let answers = answers.last().map(|event| event.employee);
    let answers = answers.map_or("", |employee| history.people.ids.get(employee.0));
    office.within(&whose, answers, now)
}

/// The deal of an id, and `each` of its events in the order of time, as they are known now.
///
/// # Errors
/// Where the access does not allow it, or nobody the actor may see answers for such a deal.
pub async fn deal<T>(
    audits: &Audits,
    actor: &Actor,
    id: &str,
    now: Instant,
    each: impl Fn(&Event<'_>) -> T,
) -> Result<(Deal, Vec<T>), Error> {
    let whose = actor.whose(Deed::ReadHistory)?;
    let absent = || Error::NotFound {
        what: "deal",
        id: id.to_owned(),
    };
    let audit = audits.read(&actor.company, now).await?;
    let (deal, is_seen) = {
        let history = audit.live().history();
        let number = history.deals.find(id).map(history::DealId);
        let number = number.ok_or_else(absent)?;
        let deal = Deal::at(history, number, now);
        let clocks = office::clocks(audit.live());
        let is_seen = Office::of(audit.live(), clocks).within(&whose, &deal.responsible, now);
        (deal, is_seen)
    };
    drop(audit);
    if !is_seen {
        return Err(absent());
    }
    let mut reader = audits.store().reader().await?;
    let rows = events::of_deal(&mut reader, &actor.company, id).await?;
    let told = rows.iter().map(|row| Ok(each(&row.event()?)));
    Ok((deal, told.collect::<Result<_, Error>>()?))
}
