//! The figures of a note about findings: those of the pages, from the same use cases.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use audit::regulation::{Severity, Tell};
use figures::light::Who;
use figures::worked_off;
use history::{EmployeeId, Instant};
use notes::{Away, Checked, Daily, Day, Found, Person, Worst};
use store::events;
use store::findings::Filter;

use super::{Due, escaped};
use crate::actor::Actor;
use crate::audits::{Audit, Audits};
use crate::error::Error;
use crate::figures::{Figures, figures_with};
use crate::life::office::{self, Office};
use crate::life::seen::Seen;
use crate::life::todo::{Todo, todo};
use crate::permissions::Deed;
use crate::telling::plan::{Tells, Whom};
use crate::telling::said::Said;

/// How many findings a note names.
const WORST: usize = 5;
/// How many people a note names.
const PEOPLE: usize = 15;

/// What happened in the days of a note.
#[derive(Default)]
struct Counted {
    deals: u64,
    new: u64,
    gross: u64,
    concerned: u64,
    again: u64,
    mended: u64,
    mended_of: u64,
    /// New findings by employee.
    people: BTreeMap<String, u64>,
    currency: String,
}

impl Counted {
    /// Of one employee, or of all that the figures are of.
    fn of(figures: &Figures<'_>, employee: Option<EmployeeId>) -> Counted {
        let audited = &figures.audited;
        let (count, tally) = match employee {
            Some(one) => (
                figures.counts.people.get(&one).copied(),
                figures.lights.people.get(&one).copied(),
            ),
            None => (Some(figures.counts.all), Some(figures.lights.company)),
        };
        let (count, tally) = (count.unwrap_or_default(), tally.unwrap_or_default());
        let who = employee.map_or(Who::Company, Who::Employee);
        let worked = worked_off(audited, figures.period);
        let worked = worked.get(&who).copied().unwrap_or_default();
        let people = &audited.history.people.ids;
        let by_person = figures.counts.people.iter();
        Counted {
            deals: tally.deals,
            new: count.findings,
            gross: count.severities[Severity::Gross as usize],
            concerned: count.concerned.deals,
            again: count.again,
            mended: worked.mended,
            mended_of: worked.of,
            people: by_person
                .map(|(one, count)| (people.get(one.0).to_owned(), count.findings))
                .collect(),
            currency: audited.history.account.currency.clone(),
        }
    }
}

/// The facts of a note for an employee, a lead or a head.
pub(super) async fn facts(
    audits: &Audits,
    actor: &Actor,
    due: &Due,
    now: Instant,
) -> Result<Daily, Error> {
    let store = audits.store();
    let own = match due.kind {
        notes::Reader::Employee => actor.employee.as_deref(),
        _ => None,
    };
    let counted = figures_with(audits, actor, Some(due.span()), now, |figures, _| {
        let people = &figures.audited.history.people;
        let number = own.map(|id| people.ids.find(id).map_or(EmployeeId::NONE, EmployeeId));
        Counted::of(figures, number)
    })
    .await?;
    let mut conn = store.reader().await?;
    let received = events::last_received(&mut conn, &actor.company).await?;
    drop(conn);
    let audit = audits.read(&actor.company, now).await?;
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let whose = own.map(|employee| [employee]);
    let filter = Filter {
        employees: whose.as_ref().map(|own| own.as_slice()),
        ..Filter::default()
    };
    let found = todo(store, actor, office, &filter, now).await?;
    let said = Said::new(&audit, due.reader.lang);
    let zone = &office.version().zone;
    let heard = received.is_some_and(|at| at >= zone.start_of_day(due.from));
    let mut note = Daily {
        checked: (counted.deals > 0 && heard).then_some(Checked {
            deals: counted.deals,
        }),
        found: Some(found_facts(
            &counted,
            &found,
            due,
            own,
            zone.end_of_day(due.today),
        )),
        worst: worst(&found, due.kind, &said, actor),
        currency: counted.currency.clone(),
        ..due.empty()
    };
    if due.kind != notes::Reader::Employee {
        let whose = actor.whose(Deed::SeeFindings)?;
        let members = office.reachable(&whose, now);
        let people = people(&counted, &found, &said);
        note.more_people = people.len().saturating_sub(PEOPLE) as u64;
        note.people = people.into_iter().take(PEOPLE).collect();
        if let Some(members) = members {
            note.away = away(&members, &audit, office, &said, now);
        }
    }
    Ok(note)
}

fn found_facts(
    counted: &Counted,
    found: &Todo,
    due: &Due,
    own: Option<&str>,
    tonight: Instant,
) -> Found {
    let employee = own.unwrap_or_default();
    let money = found.money();
    let ends_today = |seen: &&Seen| seen.deadline.is_some_and(|at| at < tonight);
    Found {
        new: counted.new,
        new_link: due.list(&[("employee", employee)]),
        gross: counted.gross,
        deals: counted.concerned,
        again: counted.again,
        again_link: due.list(&[("employee", employee), ("again", "yes")]),
        mended: counted.mended,
        mended_link: due.list(&[("employee", employee), ("worked", "mended")]),
        mended_of: counted.mended_of,
        mended_of_link: due.list(&[("employee", employee), ("worked", "all")]),
        open: found.open.len() as u64,
        open_link: match due.kind {
            notes::Reader::Employee => "/mine",
            notes::Reader::Lead => "/group",
            _ => "/findings?open=yes",
        }
        .to_owned(),
        due: found.open.iter().filter(ends_today).count() as u64,
        money: money.sum,
        money_deals: money.deals,
    }
}

/// The findings to begin with, of those that the regulation tells this reader by the day.
fn worst(found: &Todo, kind: notes::Reader, said: &Said<'_>, actor: &Actor) -> Vec<Worst> {
    let whom = match kind {
        notes::Reader::Employee => Whom::Employee,
        notes::Reader::Lead => Whom::Lead,
        notes::Reader::Coordinator => Whom::Coordinator,
        notes::Reader::Head => Whom::Head,
    };
    let own = actor.employee.as_deref().unwrap_or_default();
    let is_told = |seen: &&Seen| {
        let tells = said.entry(&seen.finding.rule).map(Tells::of);
        let is_own = !own.is_empty() && seen.finding.employee == own;
        is_own || tells.is_none_or(|tells| matches!(tells.whom(whom), Tell::Now | Tell::Daily))
    };
    let chosen = found.open.iter().filter(is_told).take(WORST);
    let named = chosen.map(|seen| Worst {
        finding: seen.finding.id.clone(),
        deal: said.deal(&seen.finding.deal),
        person: match seen.finding.employee == own {
            true => String::new(),
            false => said.employee(&seen.finding.employee),
        },
        text: said.finding(seen),
        link: format!("/findings/{}", escaped(&seen.finding.id)),
        rule: said.rule(&seen.finding.rule),
        severity: seen.severity().as_str().to_owned(),
    });
    named.collect()
}

/// The people with something new or open, those who need help most first.
fn people(counted: &Counted, found: &Todo, said: &Said<'_>) -> Vec<Person> {
    let mut people: BTreeMap<&str, (Person, BTreeMap<&str, i64>)> = BTreeMap::new();
    for (employee, new) in counted.people.iter().filter(|(_, new)| **new > 0) {
        people.entry(employee).or_default().0.new = *new;
    }
    for seen in &found.open {
        let (person, deals) = people.entry(&seen.finding.employee).or_default();
        person.open += 1;
        person.gross += u64::from(seen.severity() == Severity::Gross);
        let amount = seen.finding.amount.unwrap_or(0);
        let most = deals.entry(&seen.finding.deal).or_insert(amount);
        *most = amount.max(*most);
    }
    people.remove("");
    let named = people
        .into_iter()
        .map(|(employee, (person, deals))| Person {
            name: said.employee(employee),
            link: format!("/people/{}", escaped(employee)),
            money: deals
                .values()
                .fold(0, |sum: i64, amount| sum.saturating_add(*amount)),
            ..person
        });
    let mut named: Vec<Person> = named.collect();
    named.sort_by_key(|one| (Reverse(one.gross), Reverse(one.open), Reverse(one.new)));
    named
}

/// Who of some employees is absent today, and how many open deals they leave.
fn away(
    members: &[String],
    audit: &Audit,
    office: Office<'_>,
    said: &Said<'_>,
    now: Instant,
) -> Vec<Away> {
    let zone = &office.version().zone;
    let today = zone.date(now);
    let (from, to) = (zone.start_of_day(today), zone.end_of_day(today));
    let mut away = Vec::new();
    for employee in members {
        let id = office.employee(employee);
        let known = office.history.people.get(id);
        let Some(known) = known.filter(|known| known.active) else {
            continue;
        };
        let mut absences = known.absences.iter();
        let absence =
            absences.find(|absence| absence.from < to && absence.to.is_none_or(|back| from < back));
        let Some(absence) = absence else {
            continue;
        };
        let tenures = audit.live().tenures_of(id).iter();
        away.push(Away {
            name: said.employee(employee),
            kind: absence.kind.as_str().to_owned(),
            until: absence.to.map(|back| Day(zone.date(back - 1))),
            deals: tenures
                .filter(|one| one.from <= now && now < one.to)
                .count() as u64,
        });
    }
    away
}
