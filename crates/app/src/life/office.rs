//! Who is where in a company, when they work, and what is known: what use cases ask of the company
//! as it is loaded.

use std::collections::BTreeSet;

use audit::judge::Clocks;
use audit::regulation::{ClockKind, Regulation, Version};
use history::{EmployeeId, History, Instant, Membership, People};
use live::Live;
use worktime::Clock;

use super::dispute::Term;
use super::settings::Settings;
use crate::permissions::Whose;

/// A company's history, and its hours by the regulation in force.
#[derive(Clone, Copy)]
pub struct Office<'a> {
    /// The history.
    pub history: &'a History,
    /// The regulation.
    pub regulation: &'a Regulation,
    /// The clocks of its latest version.
    pub clocks: &'a Clocks,
    /// The audit that all this is of; without one, findings are looked up in the store.
    pub live: Option<&'a Live>,
}

/// The clocks of a live audit's people, by the regulation in force.
pub fn clocks(live: &Live) -> &Clocks {
    live.clocks()
}

impl<'a> Office<'a> {
    /// The office of a live audit; `clocks` are those that [`clocks`] makes of it.
    pub fn of(live: &'a Live, clocks: &'a Clocks) -> Office<'a> {
        Office {
            history: live.history(),
            regulation: live.regulation(),
            clocks,
            live: Some(live),
        }
    }

    /// The version in force.
    pub fn version(&self) -> &'a Version {
        self.regulation.latest()
    }

    fn people(&self) -> &'a People {
        &self.history.people
    }

    /// Whether the history knows a deal of this id.
    pub fn has_deal(&self, deal: &str) -> bool {
        self.history.deals.find(deal).is_some()
    }

    /// Whether the history knows a stage of this id.
    pub fn has_stage(&self, stage: &str) -> bool {
        self.history.pipelines.stage_ids.find(stage).is_some()
    }

    /// Whether a version of the regulation has a rule of this name.
    pub fn has_rule(&self, rule: &str) -> bool {
        let versions = self.regulation.versions().iter();
        let mut entries = versions.flat_map(|version| &version.entries);
        entries.any(|entry| entry.name == rule)
    }

    /// The employee of this id; none where nobody knows them.
    pub fn employee(&self, employee: &str) -> EmployeeId {
        self.people()
            .ids
            .find(employee)
            .map_or(EmployeeId::NONE, EmployeeId)
    }

    /// The working time of an employee, less absences; of nobody the company's.
    pub fn clock(&self, employee: &str) -> &'a Clock {
        self.clocks
            .less_absences(ClockKind::Responsible, self.employee(employee))
    }

    /// The time for a dispute, as it runs for an employee.
    pub fn term(&self, settings: &Settings, employee: &str) -> Term<'a> {
        Term {
            limit: settings.dispute,
            clock: self.clock(employee),
            day_length_ms: self.version().day_length_ms,
        }
    }

    /// Until when a dispute of this instant is to be decided, in the company's hours; none: it has
    /// none.
    pub fn verdict_until(&self, settings: &Settings, disputed: Instant) -> Option<Instant> {
        let day = self.version().day_length_ms;
        settings.verdict.breach(self.clock(""), disputed, day)
    }

    fn membership(&self, employee: EmployeeId, now: Instant) -> Option<&'a Membership> {
        self.people()
            .membership(employee, self.version().zone.date(now))
    }

    /// The group that an employee belongs to now; empty: none.
    pub fn group(&self, employee: &str, now: Instant) -> &'a str {
        let membership = self.membership(self.employee(employee), now);
        membership.map_or("", |membership| {
            self.people().group_ids.get(membership.group.0)
        })
    }

    /// The employee who leads the group that an employee belongs to now; empty: nobody.
    pub fn lead(&self, employee: &str, now: Instant) -> &'a str {
        let lead = |membership: &Membership| {
            let group = membership.group;
            let group = group
                .is_some()
                .then(|| self.people().groups.get(group.index()));
            group.flatten().map(|group| group.lead)
        };
        let lead = self.membership(self.employee(employee), now).and_then(lead);
        lead.map_or("", |lead| self.people().ids.get(lead.0))
    }

    /// Whether the history knows a group of this id.
    pub fn has_group(&self, group: &str) -> bool {
        self.people().group_ids.find(group).is_some()
    }

    /// The employee who leads a group; empty: nobody.
    pub fn leader(&self, group: &str) -> &'a str {
        let people = self.people();
        let group = people.group_ids.find(group);
        let group = group.and_then(|id| people.groups.get(id as usize));
        group.map_or("", |group| people.ids.get(group.lead.0))
    }

    /// The employees who belong to one of these groups now.
    pub fn members(&self, groups: &BTreeSet<String>, now: Instant) -> Vec<&'a str> {
        let ids = (0u32..).take(self.people().employees.len()).map(EmployeeId);
        let led = |id: &EmployeeId| {
            let membership = self.membership(*id, now);
            membership.is_some_and(|m| groups.contains(self.people().group_ids.get(m.group.0)))
        };
        ids.filter(led)
            .map(|id| self.people().ids.get(id.0))
            .collect()
    }

    /// The employees who belonged to a group at any time.
    pub fn ever_members(&self, group: &str) -> Vec<&'a str> {
        let Some(group) = self.people().group_ids.find(group) else {
            return Vec::new();
        };
        let everybody = (0u32..).zip(&self.people().employees);
        let members = everybody.filter(|(_, employee)| {
            let mut memberships = employee.memberships.iter();
            memberships.any(|membership| membership.group.0 == group)
        });
        members.map(|(id, _)| self.people().ids.get(id)).collect()
    }

    /// Whether what is held against an employee is among what somebody may touch.
    pub fn within(&self, whose: &Whose, employee: &str, now: Instant) -> bool {
        match whose {
            Whose::Everyone => true,
            Whose::Employee(own) => own == employee,
            Whose::Groups {
                groups,
                employee: own,
            } => own == employee || groups.contains(self.group(employee, now)),
        }
    }

    /// The employees whose things somebody may touch; none: everybody's.
    pub fn reachable(&self, whose: &Whose, now: Instant) -> Option<Vec<String>> {
        match whose {
            Whose::Everyone => None,
            Whose::Employee(own) => Some(vec![own.clone()]),
            Whose::Groups { groups, employee } => {
                let members = self.members(groups, now).into_iter();
                let mut all: BTreeSet<String> = members.map(str::to_owned).collect();
                all.insert(employee.clone());
                Some(all.into_iter().collect())
            }
        }
    }
}
