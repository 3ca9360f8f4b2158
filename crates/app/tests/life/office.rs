//! A small company with people who can come in.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::life::office::Office;
use app::permissions::Access;
use app::{Actor, Instant, Via};
use audit::examples;
use audit::judge::Clocks;
use audit::regulation::{Regulation, Version};
use history::{EmployeeId, History, Kind, Record};
use jiff::civil::date;
use store::admissions::{self, Admission};
use store::events::{self, Keys};
use store::findings::{self, Finding};
use store::outbox;
use store::persons::{self, Person};
use store::{Store, testing};

/// Anna, Boris and Clara (their lead) with a coordinator, a specialist, a head and a director.
pub struct World {
    pub store: Arc<Store>,
    pub company: String,
    pub history: History,
    regulation: Regulation,
    clocks: Clocks,
}

const PEOPLE: [(&str, Access, &str); 7] = [
    ("p-anna", Access::Employee, "anna"),
    ("p-boris", Access::Employee, "boris"),
    ("p-clara", Access::Lead, "clara"),
    ("p-coordinator", Access::Coordinator, ""),
    ("p-specialist", Access::Specialist, ""),
    ("p-head", Access::Head, ""),
    ("p-director", Access::Director, ""),
];

/// An hour of a day of March 2026 in Moscow; the 2nd is a Monday.
pub fn at(day: i8, hour: i8) -> Instant {
    let zone = worktime::Zone::new("Europe/Moscow").unwrap();
    zone.instant_from(date(2026, 3, day).at(hour, 0, 0, 0))
}

impl World {
    pub async fn new(store: Arc<Store>) -> World {
        World::of(store, "2 10:00 d1 created stage=new employee=anna").await
    }

    pub async fn of(store: Arc<Store>, story: &str) -> World {
        let company = testing::company(&store, "one").await;
        let rules = ["late", "silent"]
            .map(|name| format!("[[rule]]\nuse = \"no-open-task\"\nname = \"{name}\"\n"));
        let rules = format!("{}\n{}", examples::REGULATION, rules.concat());
        let version = Version::parse(&rules, "r.toml").unwrap();
        let regulation = Regulation::new(vec![version]).unwrap();
        let history = told(story);
        let mut tx = store.begin().await.unwrap();
        for (person, access, employee) in PEOPLE {
            let somebody = Person {
                id: person.to_owned(),
                login: person.to_owned(),
                name: person.to_owned(),
                password: None,
                language: "ru".to_owned(),
                created_at: 0,
            };
            persons::add(&mut tx, &somebody).await.unwrap();
            let admission = Admission {
                company: company.clone(),
                person: person.to_owned(),
                access: access.name().to_owned(),
                employee: Some(employee.to_owned()).filter(|id| !id.is_empty()),
                disabled: false,
                created_at: 0,
                accepted_at: Some(0),
            };
            admissions::add(&mut tx, &admission).await.unwrap();
        }
        tx.commit().await.unwrap();
        World {
            clocks: Clocks::new(regulation.latest(), &history),
            store,
            company,
            history,
            regulation,
        }
    }

    pub fn office(&self) -> Office<'_> {
        Office {
            history: &self.history,
            regulation: &self.regulation,
            clocks: &self.clocks,
            live: None,
        }
    }

    /// Another story of the same people.
    pub fn retell(&mut self, story: &str) {
        self.history = told(story);
    }

    pub fn actor(&self, person: &str) -> Actor {
        let (_, access, employee) = PEOPLE.iter().find(|(id, ..)| *id == person).unwrap();
        let leads = *access == Access::Lead;
        Actor {
            person: person.to_owned(),
            name: person.to_owned(),
            company: self.company.clone(),
            access: *access,
            employee: Some((*employee).to_owned()).filter(|id| !id.is_empty()),
            groups: leads
                .then(|| "north".to_owned())
                .into_iter()
                .collect::<BTreeSet<_>>(),
            via: Via::Session,
        }
    }

    /// Findings against somebody by a rule, a minute apart from an instant on.
    pub async fn found(
        &self,
        (rule, employee): (&str, &str),
        count: usize,
        from: Instant,
    ) -> Vec<String> {
        let finding = |n: usize| Finding {
            id: format!("{rule}-{employee}-{from}-{n:03}"),
            rule: rule.to_owned(),
            scope: "deal".to_owned(),
            scope_key: format!("{employee}-{from}-{n}"),
            deal: format!("d{n}"),
            employee: employee.to_owned(),
            stage: "new".to_owned(),
            severity: "violation".to_owned(),
            at: from + n as i64 * 60_000,
            standing: true,
            ..Finding::default()
        };
        let all: Vec<Finding> = (0..count).map(finding).collect();
        let mut tx = self.store.begin().await.unwrap();
        findings::insert(&mut tx, &self.company, &all)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        all.into_iter().map(|finding| finding.id).collect()
    }

    /// An event of the deal `d1`; its key.
    pub async fn event(&self, kind: Kind) -> String {
        let record = Record {
            id: kind.as_str(),
            deal: "d1",
            at: at(2, 10),
            kind: Some(kind),
            employee: "anna",
            ..Record::default()
        };
        let event = Keys::new().event(record).unwrap();
        let mut tx = self.store.begin().await.unwrap();
        let new = std::slice::from_ref(&event);
        events::add(&mut tx, &self.company, 0, new).await.unwrap();
        tx.commit().await.unwrap();
        event.key().to_owned()
    }

    pub async fn finding(&self, id: &str) -> Finding {
        let mut reader = self.store.reader().await.unwrap();
        findings::find(&mut reader, &self.company, id)
            .await
            .unwrap()
            .unwrap()
    }

    /// The recipients of messages of a kind that wait in the outbox, in order.
    pub async fn told_of(&self, kind: &str) -> Vec<String> {
        let mut tx = self.store.begin().await.unwrap();
        let claims = outbox::claim(&mut tx, "test", &["app", "job"], Instant::MAX - 1, 0, 1_000)
            .await
            .unwrap();
        tx.rollback().await.unwrap();
        let of_kind = claims.into_iter().map(|claim| claim.message);
        let mut people: Vec<String> = of_kind
            .filter(|message| message.kind == kind)
            .map(|message| message.recipient)
            .collect();
        people.sort();
        people
    }

    /// What the journal says was done to an object, the latest first.
    pub async fn journal(&self, object: &str) -> Vec<String> {
        let mut reader = self.store.reader().await.unwrap();
        let about = store::journal::Filter {
            object: Some(object),
            ..Default::default()
        };
        let lines = store::journal::page(&mut reader, &self.company, about, None, 100)
            .await
            .unwrap();
        lines.into_iter().map(|line| line.action).collect()
    }
}

fn told(story: &str) -> History {
    let (mut history, _) = examples::read(story).unwrap();
    let clara = history.people.ids.find("clara").unwrap();
    history.people.groups[0].lead = EmployeeId(clara);
    history
}
