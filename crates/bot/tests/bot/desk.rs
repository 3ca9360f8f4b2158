//! A company with an employee, a colleague, their lead and a director, and a bot that they talk to.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use app::accounts::everywhere;
use app::audits::{Audits, TableChange};
use app::journal::Note;
use app::permissions::Access;
use app::{Actor, Instant, addresses};
use bot::Bot;
use delivery::telegram::{Client, Pace};
use delivery::{Channels, Clock, Dispatcher, Settings, Telegram};
use history::write::{EmployeeRow, GroupRow, StageRow};
use sandbox::telegram::{Emulator, Received, TOKEN};
use store::admissions::{self, Admission};
use store::decisions::{self, Decision};
use store::events::Keys;
use store::findings::{self, Finding};
use store::persons::{self, Person};
use store::{Store, outbox, reference, testing};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// When tests begin: 2026-03-02T09:00:00Z, a Monday.
pub const BEGIN: Instant = 1_772_442_000_000;
const DAY: i64 = 24 * 3_600_000;

/// Their numbers in Telegram.
pub const ANNA: i64 = 101;
pub const BORIS: i64 = 102;
pub const STRANGER: i64 = 999;

pub struct Desk {
    pub store: Arc<Store>,
    pub company: String,
    pub emulator: Emulator,
    pub audits: Audits,
    now: Arc<AtomicI64>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Desk {
    pub async fn new(store: Arc<Store>) -> Desk {
        let company = testing::company(&store, "Окна Плюс").await;
        for (person, access, employee, language) in [
            ("p-anna", Access::Employee, "e-anna", "ru"),
            ("p-boris", Access::Employee, "e-boris", "en"),
            ("p-head", Access::Head, "", "ru"),
        ] {
            admit(&store, &company, person, access, employee, language).await;
        }
        let audits = Audits::new(store.clone());
        people(&audits, &company).await;
        let now = Arc::new(AtomicI64::new(BEGIN));
        let emulator = Emulator::start(Duration::from_millis(10)).await.unwrap();
        let (stop, task) = listen(&audits, &emulator, &now);
        Desk {
            store,
            company,
            emulator,
            audits,
            now,
            stop,
            task,
        }
    }

    pub fn now(&self) -> Instant {
        self.now.load(Ordering::SeqCst)
    }

    /// The bot ends, and another one begins: from where the first has come, or from an earlier
    /// update, as if it had died before it could note that.
    pub async fn begin_again(&mut self, from: Option<i64>) {
        self.stop.send_replace(true);
        (&mut self.task).await.unwrap();
        if let Some(from) = from {
            let mut tx = self.store.begin().await.unwrap();
            store::bot::set_next_update(&mut tx, "4242", from)
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
        (self.stop, self.task) = listen(&self.audits, &self.emulator, &self.now);
    }

    pub async fn actor(&self, person: &str) -> Actor {
        let mut reader = self.store.reader().await.unwrap();
        let found = persons::get(&mut reader, person).await.unwrap().unwrap();
        drop(reader);
        everywhere(&self.store, &found).await.unwrap().remove(0).0
    }

    /// Links a person's chat as they do: a code on their page, sent to the bot.
    pub async fn link(&self, person: &str, chat: i64) {
        let actor = self.actor(person).await;
        let code = addresses::telegram_code(&self.store, &actor, self.now())
            .await
            .unwrap();
        self.emulator
            .says(chat, &format!("/start {}", code.shown()));
        self.heard(chat, 1).await;
    }

    /// Carries what is due for group chats, until nothing is.
    pub async fn carry_to_groups(&self) {
        let client = Client::new(TOKEN, &self.emulator.api(), Pace::new(Duration::ZERO)).unwrap();
        let channel = Telegram::groups(Arc::new(client), "https://qc.example.org");
        let now = self.now();
        let channels = Channels::new().with(channel);
        let (store, clock) = (self.store.clone(), Arc::new(move || now));
        let dispatcher = Dispatcher::new(store, channels, Settings::default(), "w", clock);
        let idle = async {
            let mut waits = true;
            while waits {
                tokio::time::sleep(Duration::from_millis(20)).await;
                let mut reader = self.store.reader().await.unwrap();
                let due = outbox::next_due(&mut reader, &["telegram-group"]).await;
                waits = due.unwrap().is_some();
            }
        };
        dispatcher.run(idle).await;
    }

    /// What a chat has received, once it is this much.
    pub async fn heard(&self, chat: i64, number: usize) -> Vec<Received> {
        self.until(|| self.emulator.received(chat).len() >= number)
            .await;
        self.emulator.received(chat)
    }

    /// What was said of the last button, once this many were pressed.
    pub async fn answered(&self, number: usize) -> (String, bool) {
        self.until(|| self.emulator.answered().len() >= number)
            .await;
        let last = self.emulator.answered().pop().unwrap();
        (last.text, last.alert)
    }

    /// Waits until the bot has dealt with all that happened.
    pub async fn quiet(&self) {
        self.until(|| self.emulator.unread() == 0).await;
    }

    pub async fn until(&self, wish: impl Fn() -> bool) {
        for _ in 0..2_000 {
            if wish() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not in ten seconds");
    }

    pub async fn finding(&self, employee: &str) -> Finding {
        let mut reader = self.store.reader().await.unwrap();
        let mut all = findings::all(&mut reader, &self.company).await.unwrap();
        all.retain(|one| one.employee == employee && one.standing);
        all.remove(0)
    }

    /// What people decided on a finding, but not that it was told.
    pub async fn decided(&self, finding: &Finding) -> Vec<Decision> {
        let mut reader = self.store.reader().await.unwrap();
        let mut all = decisions::of(&mut reader, &self.company, &[&finding.id])
            .await
            .unwrap();
        all.retain(|one| one.made != "told");
        all
    }
}

fn listen(
    audits: &Audits,
    emulator: &Emulator,
    now: &Arc<AtomicI64>,
) -> (watch::Sender<bool>, JoinHandle<()>) {
    let client = Client::new(TOKEN, &emulator.api(), Pace::new(Duration::from_millis(20)));
    let now = now.clone();
    let clock: Clock = Arc::new(move || now.load(Ordering::SeqCst));
    let client = Arc::new(client.unwrap());
    let bot = Bot::new(client, audits.clone(), "https://qc.example.org/", clock);
    let (stop, stopped) = watch::channel(false);
    (stop, tokio::spawn(bot.run(stopped)))
}

async fn admit(
    store: &Store,
    company: &str,
    person: &str,
    access: Access,
    employee: &str,
    language: &str,
) {
    let somebody = Person {
        id: person.to_owned(),
        login: person.to_owned(),
        name: format!("Имя {person}"),
        password: None,
        language: language.to_owned(),
        created_at: 0,
    };
    let admission = Admission {
        company: company.to_owned(),
        person: person.to_owned(),
        access: access.name().to_owned(),
        employee: Some(employee.to_owned()).filter(|id| !id.is_empty()),
        disabled: false,
        created_at: 0,
        accepted_at: Some(0),
    };
    let mut tx = store.begin().await.unwrap();
    persons::add(&mut tx, &somebody).await.unwrap();
    admissions::add(&mut tx, &admission).await.unwrap();
    tx.commit().await.unwrap();
}

/// Two employees in a group, and a deal of each that nobody has touched for three days.
async fn people(audits: &Audits, company: &str) {
    let mut reader = audits.store().reader().await.unwrap();
    let mut tables = reference::load(&mut reader, company).await.unwrap();
    drop(reader);
    tables.groups = vec![GroupRow {
        id: "north".to_owned(),
        name: "Север".to_owned(),
        lead: String::new(),
    }];
    let employee = |id: &str| EmployeeRow {
        id: id.to_owned(),
        name: format!("Сотрудник {id}"),
        group: "north".to_owned(),
        role: "seller".to_owned(),
        active: true,
        ..EmployeeRow::default()
    };
    tables.employees = vec![employee("e-anna"), employee("e-boris")];
    let stage = |stage: &str, kind: &str| StageRow {
        pipeline: "sales".to_owned(),
        pipeline_name: "Продажи".to_owned(),
        stage: stage.to_owned(),
        stage_name: stage.to_owned(),
        kind: kind.to_owned(),
        ..StageRow::default()
    };
    tables.stages = vec![stage("new", "open"), stage("won", "won")];
    let change = TableChange::All(Box::new(tables));
    let note = Note::new("test", "company", "");
    audits
        .change_tables(company, &change, ("", note), BEGIN)
        .await
        .unwrap();
    let deals = [
        ("d-anna", "e-anna", "Окна <b>"),
        ("d-boris", "e-boris", "Двери"),
    ];
    let mut keys = Keys::new();
    let batch = deals.map(|(deal, employee, title)| {
        let created = history::Record {
            deal,
            at: BEGIN - 3 * DAY,
            kind: Some(history::Kind::Created),
            stage: "new",
            employee,
            text: title,
            ..history::Record::default()
        };
        keys.event(created).unwrap()
    });
    audits
        .add_events(company, &batch, None, |_, _| (), BEGIN)
        .await
        .unwrap();
}
