//! A server to test: on a store of its own, with two companies, and a person for each access in
//! either. Its clock stands until a test moves it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::Instant;
use app::accounts::Secret;
use app::audits::TableChange;
use app::journal::Note;
use app::permissions::{Access, Scope};
use app::reports::{Press, Printed};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode, request};
use history::write::{EmployeeRow, GroupRow, StageRow};
use report::document::Document;
use serde_json::{Value, json};
use store::admissions::Admission;
use store::events::Keys;
use store::notices::NewNotice;
use store::outbox::NewMessage;
use store::persons::Person;
use store::sessions::Session;
use store::tokens::Token;
use store::{Store, admissions, notices, outbox, persons, reference, sessions, testing, tokens};
use tower::ServiceExt;
use web::{AppState, Clock, Settings, router};

/// The password of everybody in a test.
pub const PASSWORD: &str = "верный пароль";
/// When tests begin: 2026-03-02T09:00:00Z.
pub const BEGIN: Instant = 1_772_442_000_000;

/// Sets nothing in type, and says so in a file.
struct Stamp;

impl Press for Stamp {
    fn base(&self) -> &str {
        ""
    }

    fn pdf(&self, _: &Document, made_at: Instant) -> Printed {
        Ok(format!("%PDF {made_at}").into_bytes())
    }

    fn picture(&self, _: &Document, chart: &str) -> Printed {
        Ok(format!("PNG {chart}").into_bytes())
    }
}

/// A server to test.
pub struct TestApp {
    /// Its state.
    pub state: AppState,
    /// The company that most tests are about; its people are `access@first`.
    pub company: String,
    /// Another one, which must see nothing of it; its people are `access@second`.
    pub other: String,
    router: Router,
    now: Arc<AtomicI64>,
}

impl TestApp {
    /// A server on a store.
    pub async fn new(store: Arc<Store>) -> TestApp {
        TestApp::with(store, Settings::default()).await
    }

    /// A server that nobody has come to yet.
    pub fn empty(store: Arc<Store>, settings: Settings) -> TestApp {
        let now = Arc::new(AtomicI64::new(BEGIN));
        let told = now.clone();
        let clock = Clock::from_fn(move || told.load(Ordering::Relaxed));
        let state = AppState::new(store, settings, clock).expect("a state");
        let state = state.with_press(Stamp);
        TestApp {
            router: router(state.clone()),
            state,
            company: String::new(),
            other: String::new(),
            now,
        }
    }

    /// A server that is reached in some way.
    pub async fn with(store: Arc<Store>, settings: Settings) -> TestApp {
        let mut app = TestApp::empty(store, settings);
        app.company = testing::company(&app.state.store, "Окна Плюс").await;
        app.other = testing::company(&app.state.store, "Двери Минус").await;
        let hash = app.state.passwords.hash(PASSWORD).await.expect("a hash");
        for access in Access::ALL {
            app.admit(&app.company, "first", access, &hash).await;
            app.admit(&app.other, "second", access, &hash).await;
        }
        app
    }

    /// A server whose companies have people and a deal each: the employee, in the lead's group,
    /// answers for it.
    pub async fn staffed(store: Arc<Store>) -> TestApp {
        let app = TestApp::new(store).await;
        for (company, place) in [(&app.company, "first"), (&app.other, "second")] {
            app.people_and_a_deal(company, place).await;
            for (access, employee) in [("employee", "e"), ("lead", "l")] {
                let login = format!("{access}@{place}");
                app.tie_in(company, &login, &format!("{employee}-{place}"))
                    .await;
            }
        }
        app
    }

    /// An employee, a group with its lead, stages, and a deal of the employee.
    async fn people_and_a_deal(&self, company: &str, place: &str) {
        let mut reader = self.state.store.reader().await.expect("a reader");
        let mut tables = reference::load(&mut reader, company).await.expect("tables");
        drop(reader);
        let group = format!("g-{place}");
        let employee = |id: String, role: &str| EmployeeRow {
            name: format!("Сотрудник {id}"),
            id,
            group: group.clone(),
            role: role.to_owned(),
            active: true,
            ..EmployeeRow::default()
        };
        tables.groups = vec![GroupRow {
            id: group.clone(),
            name: format!("Группа {place}"),
            lead: format!("l-{place}"),
        }];
        tables.employees = vec![
            employee(format!("e-{place}"), "seller"),
            employee(format!("l-{place}"), "lead"),
            employee(format!("o-{place}"), "seller"),
        ];
        tables.employees[2].group = String::new();
        let stage = |stage: &str, kind: &str| StageRow {
            pipeline: "sales".to_owned(),
            pipeline_name: "Продажи".to_owned(),
            stage: stage.to_owned(),
            stage_name: stage.to_owned(),
            kind: kind.to_owned(),
            ..StageRow::default()
        };
        tables.stages = vec![
            stage("new", "open"),
            stage("won", "won"),
            stage("lost", "lost"),
        ];
        let change = TableChange::All(Box::new(tables));
        let note = Note::new("test", "company", "");
        let audits = &self.state.audits;
        audits
            .change_tables(company, &change, ("", note), BEGIN)
            .await
            .expect("tables");
        let (deal, responsible) = (format!("d-{place}"), format!("e-{place}"));
        let created = history::Record {
            deal: &deal,
            at: BEGIN - 3 * 24 * 3_600_000,
            kind: Some(history::Kind::Created),
            stage: "new",
            employee: &responsible,
            text: "Окна",
            ..history::Record::default()
        };
        let batch = [Keys::new().event(created).expect("an event")];
        audits
            .add_events(company, &batch, None, |_, _| (), BEGIN)
            .await
            .expect("an event");
    }

    /// Adds events to the first company.
    pub async fn add(&self, events: &[history::Record<'_>]) {
        let mut keys = Keys::new();
        let batch = events
            .iter()
            .map(|event| keys.event(event.clone()).expect("an event"));
        let batch: Vec<_> = batch.collect();
        let audits = &self.state.audits;
        audits
            .add_events(&self.company, &batch, None, |_, _| (), self.state.now())
            .await
            .expect("events");
    }

    /// The id of a new deal of the employee, three days old and left alone since.
    pub async fn deal(&self) -> String {
        let deal = format!("d-{}", store::new_id());
        self.add(&[history::Record {
            deal: &deal,
            at: self.state.now() - 3 * 24 * 3_600_000,
            kind: Some(history::Kind::Created),
            stage: "new",
            employee: "e-first",
            text: "Двери",
            ..history::Record::default()
        }])
        .await;
        deal
    }

    /// The id of a new finding against the employee.
    pub async fn finding(&self) -> String {
        let deal = self.deal().await;
        let path = format!("/api/v1/findings?deal={deal}&rule=no-open-task");
        self.id_of(&path).await
    }

    /// The id of the check of a new deal that the employee has lost.
    pub async fn check(&self) -> String {
        let deal = self.deal().await;
        self.pass(1);
        self.add(&[history::Record {
            deal: &deal,
            at: self.state.now(),
            kind: Some(history::Kind::StageChanged),
            stage: "lost",
            actor: "e-first",
            ..history::Record::default()
        }])
        .await;
        self.id_of("/api/v1/checks?status=open").await
    }

    /// The id of the first item of a list, as the director sees it.
    async fn id_of(&self, path: &str) -> String {
        let director = self.of(Access::Director).await;
        let list = self.get(path, &director).await.is(200).json();
        let id = list["items"][0]["id"].as_str();
        id.unwrap_or_else(|| panic!("nothing in {path}")).to_owned()
    }

    /// Lets time pass.
    pub fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::Relaxed);
    }

    async fn admit(&self, company: &str, place: &str, access: Access, hash: &str) {
        let login = format!("{}@{place}", access.name());
        let person = Person {
            id: person(&login),
            name: format!("Имя {login}"),
            login,
            password: Some(hash.to_string()),
            language: "ru".to_string(),
            created_at: BEGIN,
        };
        let admission = Admission {
            company: company.to_string(),
            person: person.id.clone(),
            access: access.name().to_string(),
            employee: None,
            disabled: false,
            created_at: BEGIN,
            accepted_at: Some(BEGIN),
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        assert!(persons::add(&mut tx, &person).await.expect("added"));
        assert!(admissions::add(&mut tx, &admission).await.expect("added"));
        tx.commit().await.expect("a commit");
    }

    /// Makes somebody of the first company this employee of the CRM, who is added to it.
    pub async fn tie(&self, login: &str, employee: &str) {
        let row = history::write::EmployeeRow {
            id: employee.to_string(),
            name: format!("Сотрудник {employee}"),
            active: true,
            ..Default::default()
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        let added = store::reference::set_employee(&mut tx, &self.company, &row).await;
        added.expect("added");
        tx.commit().await.expect("a commit");
        self.tie_in(&self.company, login, employee).await;
    }

    /// Says which employee of a company's CRM somebody is.
    async fn tie_in(&self, company: &str, login: &str, employee: &str) {
        let mut tx = self.state.store.begin().await.expect("a transaction");
        let found = admissions::get(&mut tx, company, &person(login)).await;
        let mut admission = found.expect("read").expect("an admission");
        admission.employee = Some(employee.to_string());
        let tied = admissions::update(&mut tx, &admission).await;
        tied.expect("tied");
        tx.commit().await.expect("a commit");
    }

    /// A session of somebody, in a company.
    pub async fn session(&self, login: &str, company: &str) -> Who {
        let secret = Secret::random();
        let session = Session {
            digest: secret.digest("session"),
            person: person(login),
            company: Some(company.to_string()),
            created_at: self.state.now(),
            seen_at: self.state.now(),
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        sessions::add(&mut tx, &session).await.expect("added");
        tx.commit().await.expect("a commit");
        Who::Session(secret.reveal().to_string())
    }

    /// Somebody of this access in the first company, logged in.
    pub async fn of(&self, access: Access) -> Who {
        let login = format!("{}@first", access.name());
        self.session(&login, &self.company).await
    }

    /// Somebody of this access in the other company, logged in.
    pub async fn foreign(&self, access: Access) -> Who {
        let login = format!("{}@second", access.name());
        self.session(&login, &self.other).await
    }

    /// A token of somebody in the first company; its id, and who comes with it.
    pub async fn token(&self, access: Access, scopes: &[Scope]) -> (String, Who) {
        let secret = Secret::random();
        let scopes: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
        let token = Token {
            company: self.company.clone(),
            id: store::new_id(),
            person: person(&format!("{}@first", access.name())),
            name: "для пробы".to_string(),
            digest: secret.digest("token"),
            scopes: scopes.join(" "),
            created_at: self.state.now(),
            used_at: None,
            revoked_at: None,
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        tokens::add(&mut tx, &token).await.expect("added");
        tx.commit().await.expect("a commit");
        (token.id, Who::Token(secret.reveal().to_string()))
    }

    /// A notice for somebody of the first company; its id.
    pub async fn notice(&self, login: &str) -> String {
        let outbox = store::new_id();
        let notice = NewNotice {
            person: &person(login),
            kind: "finding.raised",
            payload: r#"{"finding": "f1"}"#,
            outbox: &outbox,
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        let added = notices::add(&mut tx, &self.company, self.state.now(), notice).await;
        tx.commit().await.expect("a commit");
        added.expect("added").expect("a new notice")
    }

    /// A note to somebody of the first company; its id.
    pub async fn note(&self, login: &str) -> String {
        let note = store::notes::Note {
            id: store::new_id(),
            person: person(login),
            day: self.state.now().to_string(),
            reader: "employee".to_owned(),
            figures: r#"{"day":"2026-03-02"}"#.to_owned(),
            language: "ru".to_owned(),
            subject: "Заметка за 2 марта".to_owned(),
            text: "Новых замечаний нет.".to_owned(),
            html: String::new(),
            sent_at: self.state.now(),
            read_at: None,
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        let added = store::notes::add(&mut tx, &self.company, &note).await;
        tx.commit().await.expect("a commit");
        assert!(added.expect("added"), "one note a day");
        note.id
    }

    /// A group chat of the first company; its id.
    pub async fn chat(&self) -> String {
        let chat = store::chats::Chat {
            company: self.company.clone(),
            id: store::new_id(),
            chat: -100,
            thread: Some(7),
            title: "Продажи".to_owned(),
            linked_by: person("administrator@first"),
            linked_at: self.state.now(),
            language: "ru".to_owned(),
            ..store::chats::Chat::default()
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        let added = store::chats::add(&mut tx, &chat).await;
        tx.commit().await.expect("a commit");
        added.expect("added");
        chat.id
    }

    /// A webhook of the first company; its id.
    pub async fn webhook(&self) -> String {
        let webhook = store::webhooks::Webhook {
            company: self.company.clone(),
            id: store::new_id(),
            address: "https://example.ru/hook?key=hidden".to_owned(),
            secret: "hidden".to_owned(),
            made_by: person("administrator@first"),
            made_at: self.state.now(),
            off_at: None,
            why: String::new(),
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        let added = store::webhooks::add(&mut tx, &webhook).await;
        tx.commit().await.expect("a commit");
        added.expect("added");
        webhook.id
    }

    /// Gives somebody an e-mail address that works.
    pub async fn address(&self, login: &str) {
        let address = store::addresses::Address {
            person: person(login),
            channel: "email".to_owned(),
            address: "anna@example.ru".to_owned(),
            linked_at: Some(self.state.now()),
            off_at: None,
            why: String::new(),
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        let set = store::addresses::set(&mut tx, &address).await;
        tx.commit().await.expect("a commit");
        set.expect("set");
    }

    /// A delivery in the first company that was given up; its id.
    pub async fn failed_job(&self) -> String {
        let now = self.state.now();
        let message = NewMessage {
            key: &store::new_id(),
            channel: "email",
            recipient: &person("lead@first"),
            kind: "finding.raised",
            payload: r#"{"finding": "secret"}"#,
            due_at: now,
        };
        let mut tx = self.state.store.begin().await.expect("a transaction");
        let id = outbox::put(&mut tx, &self.company, now, message).await;
        for claim in outbox::claim(&mut tx, "w", &["app", "email", "job"], now, 0, 1_000)
            .await
            .expect("claims")
        {
            outbox::fail(&mut tx, &claim, now, "no such address")
                .await
                .expect("failed");
        }
        tx.commit().await.expect("a commit");
        id.expect("put").expect("a new message")
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await;
        let (head, body) = response.expect("an answer").into_parts();
        Answer {
            status: head.status,
            headers: head.headers,
            body: to_bytes(body, usize::MAX).await.expect("a body"),
        }
    }

    /// Gets an address.
    pub async fn get(&self, path: &str, who: &Who) -> Answer {
        self.send(
            who.request("GET", path)
                .body(Body::empty())
                .expect("a request"),
        )
        .await
    }

    /// Sends JSON, or nothing.
    pub async fn call(&self, method: &str, path: &str, who: &Who, body: Option<Value>) -> Answer {
        let request = who.request(method, path);
        let request = match body {
            Some(json) => request
                .header(CONTENT_TYPE, "application/json")
                .body(json.to_string().into()),
            None => request.body(Body::empty()),
        };
        self.send(request.expect("a request")).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, who: &Who, body: Value) -> Answer {
        self.call("POST", path, who, Some(body)).await
    }

    /// Sends a form, as a browser does.
    pub async fn form(&self, path: &str, who: &Who, fields: &[(&str, &str)]) -> Answer {
        let encoded: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect();
        let request = who
            .request("POST", path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(encoded.join("&").into());
        self.send(request.expect("a request")).await
    }
}

/// The verdict on a lost deal that sends it back to work.
pub fn back_to_work() -> Value {
    let questions = [
        "everything_done",
        "objections_handled",
        "advice_right",
        "attempts",
        "revivable",
    ];
    let answer = |question| json!({ "question": question, "reply": "no", "text": "мало звонили" });
    json!({ "answers": questions.map(answer), "verdict": "back_to_work", "comment": "звонить" })
}

/// The id of the person of a login in tests.
pub fn person(login: &str) -> String {
    format!("person-{login}")
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Who sends a request.
#[derive(Clone, Debug)]
pub enum Who {
    /// Nobody that is known.
    Nobody,
    /// Somebody who is logged in.
    Session(String),
    /// A program with a token.
    Token(String),
}

impl Who {
    /// The one whom an answer has logged in.
    pub fn logged_in(answer: &Answer) -> Who {
        let cookie = answer.cookie().expect("a cookie");
        let (pair, _) = cookie.split_once(';').expect("attributes");
        let (_, id) = pair.split_once('=').expect("a value");
        Who::Session(id.to_string())
    }

    /// A request of theirs.
    pub fn request(&self, method: &str, path: &str) -> request::Builder {
        let request = Request::builder().method(method).uri(path);
        match self {
            Who::Nobody => request,
            Who::Session(id) => request.header(COOKIE, format!("other=1; svetofor={id}")),
            Who::Token(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
        }
    }
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header as text; empty: it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("a text"))
    }

    /// The cookie that it sets.
    pub fn cookie(&self) -> Option<&str> {
        let value = self.headers.get(SET_COOKIE)?;
        Some(value.to_str().expect("a text"))
    }

    /// The same answer, after a look at its status.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }
}
