//! The coordinator's note: what waits to be passed on and decided, and what was not checked.

use history::{EmployeeId, Instant};
use notes::{Checked, Daily, Moment, NoDeals, Silence, Unchecked, Waits};
use store::events;

use super::Due;
use crate::actor::Actor;
use crate::audits::Audits;
use crate::error::Error;
use crate::figures::figures_with;
use crate::life::office::{self, Office};
use crate::life::{by_hand, seen};
use crate::permissions::Access;
use crate::telling::people::Reader;
use crate::telling::said::Said;

/// How many people a note names.
const NAMED: usize = 10;

/// The facts of a coordinator's note.
pub(super) async fn facts(
    audits: &Audits,
    actor: &Actor,
    due: &Due,
    people: &[Reader],
    now: Instant,
) -> Result<Daily, Error> {
    let store = audits.store();
    let readers: Vec<&Reader> = people
        .iter()
        .filter(|reader| reader.access == Access::Employee && !reader.employee.is_empty())
        .collect();
    let (deals, idle) = figures_with(audits, actor, Some(due.span()), now, |figures, _| {
        let ids = &figures.audited.history.people.ids;
        let deals = |employee: &str| {
            let known = ids.find(employee).map(EmployeeId);
            let tally = known.and_then(|one| figures.lights.people.get(&one));
            tally.map_or(0, |tally| tally.deals)
        };
        let idle = readers.iter().filter(|reader| deals(&reader.employee) == 0);
        let idle: Vec<&Reader> = idle.copied().collect();
        (figures.lights.company.deals, idle)
    })
    .await?;
    let mut conn = store.reader().await?;
    let received = events::last_received(&mut conn, &actor.company).await?;
    drop(conn);
    let audit = audits.read(&actor.company, now).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let zone = &office.version().zone;
    let moment = |at: Instant| Moment(zone.datetime(at));
    let to_pass_on = by_hand::waiting(store, actor, office, now).await?;
    let disputes = seen::disputed(store, actor, office, now).await?;
    let (begin, tonight) = (zone.start_of_day(due.from), zone.end_of_day(due.today));
    let ends = || disputes.iter().filter_map(|seen| seen.verdict_until);
    let late = ends().filter(|at| *at < now).count() as u64;
    let today = ends().filter(|at| now <= *at && *at < tonight).count() as u64;
    let silence = received.is_none_or(|at| at < begin).then(|| Silence {
        since: received.map(moment),
    });
    let said = Said::new(&audit, due.reader.lang);
    let worked = |reader: &&&Reader| {
        let clock = office.clock(&reader.employee);
        let known = office.history.people.get(office.employee(&reader.employee));
        known.is_some_and(|known| known.active) && clock.work(begin, zone.end_of_day(due.to)) > 0
    };
    // Where nothing came at all it is no matter of anybody's.
    let idle: Vec<&&Reader> = match silence {
        Some(_) => Vec::new(),
        None => idle.iter().filter(worked).collect(),
    };
    Ok(Daily {
        checked: (deals > 0 && silence.is_none()).then_some(Checked { deals }),
        waits: Some(Waits {
            to_pass_on: to_pass_on.len() as u64,
            since: to_pass_on
                .iter()
                .map(|seen| seen.finding.raised_at)
                .min()
                .map(moment),
            disputes: disputes.len() as u64,
            disputes_late: late,
            disputes_today: today,
            next: ends().min().map(moment),
        }),
        unchecked: Some(Unchecked {
            silence,
            without_deals: NoDeals {
                count: idle.len() as u64,
                names: idle
                    .iter()
                    .take(NAMED)
                    .map(|reader| said.employee(&reader.employee))
                    .collect(),
            },
        }),
        currency: office.history.account.currency.clone(),
        ..due.empty()
    })
}
