//! The company: its history, who may come in, and what they have decided so far. Made once and kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use app::accounts::Secret;
use app::audits::Audits;
use app::import::import;
use app::permissions::{Access, Scope};
use history::write::Format;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sandbox::bulk::{self, BulkOptions};
use serde::{Deserialize, Serialize};
use store::admissions::Admission;
use store::decisions::NewDecision;
use store::exemptions::Exemption;
use store::persons::Person;
use store::regulations::NewVersion;
use store::sessions::Session;
use store::tokens::Token;
use store::{
    Connection, Place, Store, admissions, decisions, exemptions, findings, persons, reference,
    sessions, testing, tokens,
};

/// What is kept under another key is not used: change it with what is made here.
const KEY: &str = "2";
const REGULATION: &str = include_str!("regulation.toml");
/// The end of the history: Thursday, 18 December 2025, at midnight in Moscow.
const UNTIL: i64 = 1_766_005_200_000;
/// When the server's clock begins: at ten in the morning.
pub const NOW: i64 = UNTIL + 10 * 3_600_000;
const DAY: i64 = 86_400_000;
/// How many people log in.
const PEOPLE: usize = 200;

/// A company that is ready to be served.
#[derive(Serialize, Deserialize)]
pub struct Company {
    /// Where its store is.
    #[serde(skip)]
    pub folder: PathBuf,
    pub people: Vec<Reader>,
    /// The secret of a token that may send events.
    pub token: String,
    /// Deals that events come for, each with an employee.
    pub deals: Vec<(String, String)>,
    pub groups: Vec<String>,
    pub events: u64,
    pub findings: usize,
    pub decisions: usize,
}

/// Somebody who is logged in.
#[derive(Clone, Serialize, Deserialize)]
pub struct Reader {
    pub access: String,
    pub employee: String,
    /// The secret of the session.
    pub session: String,
}

impl Reader {
    /// What a form of theirs carries.
    pub fn form_token(&self) -> String {
        Secret::shown(&self.session).digest("form")
    }
}

/// The company of so many deals, made where it is not kept.
pub fn prepared(deals: u64) -> Company {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = kept.join(format!("load-{KEY}-{deals}"));
    let told = folder.join("company.json");
    if !told.exists() {
        let begin = Instant::now();
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let company = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .expect("a runtime")
            .block_on(made(&folder, deals));
        let json = serde_json::to_string(&company).expect("JSON");
        // Last: what is half made is made anew.
        std::fs::write(&told, json).expect("written");
        println!(
            "prepared in {:.0?}, kept in {}",
            begin.elapsed(),
            folder.display()
        );
    }
    let json = std::fs::read_to_string(&told).expect("what was kept");
    let company: Company = serde_json::from_str(&json).expect("a company");
    Company { folder, ..company }
}

async fn made(folder: &Path, deals: u64) -> Company {
    let history = folder.join("history");
    let options = BulkOptions {
        until: jiff::Timestamp::from_millisecond(UNTIL).expect("an instant"),
        ..BulkOptions::new(deals, 1)
    };
    let summary = bulk::write(&history, &options, Format::Parquet, None).expect("a history");
    let place = Place::parse(None, folder).expect("a place");
    let store = Arc::new(Store::open(&place).await.expect("a store"));
    let company = testing::company(&store, "Нагрузочная торговля").await;
    let version = NewVersion {
        effective: String::new(),
        file: "regulation.toml".to_owned(),
        text: REGULATION.to_owned(),
        author: String::new(),
    };
    let audits = Audits::new(store.clone());
    let quiet = Arc::new(|_, _| ());
    import(&audits, &company, &history, &[version], quiet, NOW)
        .await
        .expect("imported");
    std::fs::remove_dir_all(&history).expect("the folder is not needed any more");
    let mut tx = store.begin().await.expect("a transaction");
    let people = admitted(&mut tx, &company).await;
    let token = with_token(&mut tx, &company).await;
    tx.commit().await.expect("a commit");
    let decisions = decided(&store, &company, &people).await;
    let audit = audits.read(&company, NOW).await.expect("an audit");
    let live = audit.live();
    let open = live
        .tenures()
        .filter(|tenure| tenure.from <= NOW && NOW < tenure.to);
    let names = open.map(|tenure| {
        let employee = live.history().people.ids.get(tenure.employee.0);
        (
            live.history().deals.get(tenure.deal.0).to_owned(),
            employee.to_owned(),
        )
    });
    let people_of = &live.history().people;
    let groups = (0..people_of.groups.len() as u32).map(|at| people_of.group_ids.get(at));
    let company = Company {
        folder: PathBuf::new(),
        people,
        token,
        deals: names.collect(),
        groups: groups.map(str::to_owned).collect(),
        events: summary.events,
        findings: live.standing().count(),
        decisions,
    };
    drop(audit);
    store.close().await;
    company
}

/// Everybody who works there, and those above them, logged in.
async fn admitted(conn: &mut Connection, company: &str) -> Vec<Reader> {
    let tables = reference::load(conn, company).await.expect("tables");
    let leads: Vec<&str> = tables
        .groups
        .iter()
        .map(|group| group.lead.as_str())
        .collect();
    let here = tables.employees.iter().filter(|employee| employee.active);
    let mut who: Vec<(Access, &str)> = here
        .map(|employee| match leads.contains(&employee.id.as_str()) {
            true => (Access::Lead, employee.id.as_str()),
            false => (Access::Employee, employee.id.as_str()),
        })
        .collect();
    who.truncate(PEOPLE - 8);
    let above = [
        Access::Coordinator,
        Access::Specialist,
        Access::Head,
        Access::Director,
    ];
    who.extend(
        above
            .into_iter()
            .cycle()
            .map(|access| (access, ""))
            .take(PEOPLE - who.len()),
    );
    let mut people = Vec::new();
    for (number, (access, employee)) in who.into_iter().enumerate() {
        let session = Secret::shown(format!("{number:064x}"));
        let person = admit(conn, company, access, employee, number).await;
        let digest = session.digest("session");
        let begun = Session {
            digest,
            person,
            company: Some(company.to_owned()),
            created_at: NOW,
            seen_at: NOW,
        };
        sessions::add(conn, &begun).await.expect("a session");
        people.push(Reader {
            access: access.name().to_owned(),
            employee: employee.to_owned(),
            session: session.reveal().to_owned(),
        });
    }
    people
}

async fn admit(
    conn: &mut Connection,
    company: &str,
    access: Access,
    employee: &str,
    number: usize,
) -> String {
    let person = Person {
        id: store::new_id(),
        login: format!("{number}@load"),
        name: format!("Имя {number}"),
        password: None,
        language: "ru".to_owned(),
        created_at: NOW,
    };
    let admission = Admission {
        company: company.to_owned(),
        person: person.id.clone(),
        access: access.name().to_owned(),
        employee: (!employee.is_empty()).then(|| employee.to_owned()),
        disabled: false,
        created_at: NOW,
        accepted_at: Some(NOW),
    };
    persons::add(conn, &person).await.expect("a person");
    admissions::add(conn, &admission)
        .await
        .expect("an admission");
    person.id
}

async fn with_token(conn: &mut Connection, company: &str) -> String {
    let secret = Secret::shown("f".repeat(64));
    let token = Token {
        company: company.to_owned(),
        id: store::new_id(),
        person: admit(conn, company, Access::Administrator, "", PEOPLE).await,
        name: "CRM".to_owned(),
        digest: secret.digest("token"),
        scopes: Scope::Events.name().to_owned(),
        created_at: NOW,
        used_at: None,
        revoked_at: None,
    };
    tokens::add(conn, &token).await.expect("a token");
    secret.reveal().to_owned()
}

/// What people have decided until now: of older findings nearly all were told and most settled, of
/// those of the last two weeks half; some disputes wait, and a few exemptions hold.
async fn decided(store: &Store, company: &str, people: &[Reader]) -> usize {
    let mut reader = store.reader().await.expect("a reader");
    let all = findings::all(&mut reader, company).await.expect("findings");
    drop(reader);
    let mut chance = StdRng::seed_from_u64(1);
    let mut moves: Vec<(i64, &str, &str, &str)> = Vec::new();
    for finding in all.iter().filter(|f| f.standing && !f.employee.is_empty()) {
        let id = finding.id.as_str();
        let old = finding.at < NOW - 14 * DAY;
        let told = finding.at.max(NOW - 365 * DAY) + chance.random_range(0..2 * DAY);
        if told >= NOW || !chance.random_bool(if old { 0.9 } else { 0.5 }) {
            continue;
        }
        moves.push((told, id, "told", ""));
        let answered = told + chance.random_range(0..3 * DAY);
        if answered >= NOW || !chance.random_bool(0.8) {
            continue;
        }
        if chance.random_bool(0.03) {
            moves.push((answered, id, "disputed", ""));
            let judged = answered + chance.random_range(0..4 * DAY);
            if judged < NOW {
                let outcome = ["upheld", "partly", "dismissed"][chance.random_range(0..3)];
                moves.push((judged, id, outcome, ""));
            }
            continue;
        }
        let cause = ["overload", "client", "did_not_know"][chance.random_range(0..3)];
        moves.push((answered, id, "acknowledged", cause));
        if finding.until.is_none() && chance.random_bool(if old { 0.9 } else { 0.5 }) {
            moves.push((answered + DAY, id, "cured", ""));
        }
    }
    moves.retain(|made| made.0 < NOW);
    moves.sort();
    for some in moves.chunks(1000) {
        let made: Vec<NewDecision<'_>> = some
            .iter()
            .map(|(at, finding, made, cause)| NewDecision {
                finding,
                at: *at,
                author: "",
                made,
                cause,
                text: if *made == "told" { "screen" } else { "" },
                takes_back: None,
            })
            .collect();
        let mut tx = store.begin().await.expect("a transaction");
        decisions::append(&mut tx, company, &made)
            .await
            .expect("decided");
        tx.commit().await.expect("a commit");
    }
    let mut tx = store.begin().await.expect("a transaction");
    for reader in people.iter().step_by(40) {
        let exemption = Exemption {
            id: store::new_id(),
            rule: "overdue-task".to_owned(),
            employee: reader.employee.clone(),
            reason: "переезд офиса".to_owned(),
            made_at: NOW - 60 * DAY,
            from: NOW - 60 * DAY,
            until: NOW + 30 * DAY,
            ..Exemption::default()
        };
        exemptions::add(&mut tx, company, &exemption)
            .await
            .expect("exempted");
    }
    tx.commit().await.expect("a commit");
    moves.len()
}
