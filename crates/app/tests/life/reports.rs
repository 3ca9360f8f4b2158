//! Reports that are kept: made, looked over, sent to whom they are for, and unchanged from then on.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::audits::Audits;
use app::keeping::{self, Keeping};
use app::period_report::Whom;
use app::permissions::Deed;
use app::reports::{self, Form, Press, Printed, Report, Schedule};
use app::telling;
use app::{Error, Instant};
use figures::Span;
use jiff::civil::date;
use report::document::Document;
use store::outbox::{self, Message};
use store::{Store, artefacts, chats, on_both};
use wording::Lang;

use crate::live::{created, send, settled};
use crate::office::{World, at};
use crate::telling::{MINUTE, link};

on_both!(
    a_draft_is_changed_and_what_was_sent_is_not,
    a_report_reaches_those_whom_it_is_for,
    nobody_opens_a_report_of_others,
    a_chat_hears_no_names_unless_the_company_says_so,
    the_schedule_makes_and_sends_once,
    the_schedule_waits_for_a_hand,
    a_report_that_cannot_be_set_is_not_sent,
    what_cannot_be_sent_is_tried_more_rarely_and_shown,
    what_cannot_be_made_is_tried_again_and_shown,
    a_group_hears_of_its_own_report_alone,
    files_go_when_they_are_kept_no_longer,
);

const WEEK: Span = Span::Week(date(2026, 3, 2));
const NOW: fn() -> Instant = || at(9, 12);

/// Sets nothing in type, and says so in a file.
struct Stamp;

impl Press for Stamp {
    fn base(&self) -> &str {
        "https://s.example"
    }

    fn pdf(&self, document: &Document, made_at: Instant) -> Printed {
        Ok(format!("%PDF {made_at} {}", document.to_json().unwrap()).into_bytes())
    }

    fn picture(&self, document: &Document, chart: &str) -> Printed {
        let (title, _) = document.chart(chart).ok_or("no such chart")?;
        Ok(format!("PNG {title}").into_bytes())
    }
}

/// Two leads of Anna and one of Boris that nobody answers.
async fn week(store: Arc<Store>) -> (World, Audits) {
    let world = World::new(store).await;
    let audits = settled(&world).await;
    let mut boris = created("d3");
    boris.employee = "boris";
    send(
        &audits,
        &world,
        &[created("d1"), created("d2"), boris],
        at(6, 12),
    )
    .await;
    (world, audits)
}

async fn make(audits: &Audits, world: &World, whom: Whom<'_>) -> Report {
    let specialist = world.actor("p-specialist");
    reports::make(audits, &specialist, (whom, WEEK), Lang::Ru, NOW())
        .await
        .unwrap()
}

async fn file(audits: &Audits, world: &World, id: &str, form: Form) -> Vec<u8> {
    let head = world.actor("p-head");
    let file = reports::file(audits, &head, (id, form), &Stamp, NOW()).await;
    file.unwrap().bytes
}

/// What waits in the outbox about reports: who gets it and how.
async fn waiting(world: &World) -> Vec<Message> {
    let channels = ["app", "email", "telegram", "telegram-group"];
    let mut tx = world.store.begin().await.unwrap();
    let claims = outbox::claim(&mut tx, "test", &channels, Instant::MAX - 1, 0, 10_000).await;
    tx.rollback().await.unwrap();
    let all = claims.unwrap().into_iter().map(|claim| claim.message);
    let mut of_reports: Vec<Message> = all
        .filter(|message| message.kind.starts_with("report"))
        .collect();
    of_reports.sort_by(|one, other| one.key.cmp(&other.key));
    of_reports
}

async fn told(world: &World) -> Vec<String> {
    let all = waiting(world).await.into_iter();
    let mut who: Vec<String> = all
        .filter(|message| message.kind == "report")
        .map(|message| message.recipient)
        .collect();
    who.sort();
    who
}

async fn a_draft_is_changed_and_what_was_sent_is_not(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    let report = make(&audits, &world, Whom::Company).await;
    let id = report.id.as_str();
    let head = world.actor("p-head");
    let kept = reports::open(&audits, &head, id, NOW()).await.unwrap();
    let texts = kept.generated.texts();
    let (text, was) = texts.iter().next().expect("a text to change");
    let change = |words: &str| BTreeMap::from([(text.clone(), words.to_owned())]);
    let specialist = world.actor("p-specialist");
    let changed = change("Неделя была тяжёлой.");
    reports::edit(&world.store, &specialist, id, &changed, NOW())
        .await
        .unwrap();
    let kept = reports::open(&audits, &head, id, NOW()).await.unwrap();
    assert_eq!(kept.generated.texts()[text], *was);
    assert_eq!(kept.document().texts()[text], "Неделя была тяжёлой.");
    // Words put back as they were are no change.
    let unchanged = change(was);
    reports::edit(&world.store, &specialist, id, &unchanged, NOW())
        .await
        .unwrap();
    let kept = reports::open(&audits, &head, id, NOW()).await.unwrap();
    assert_eq!(kept.texts, BTreeMap::new());
    let unknown = BTreeMap::from([("nothing".to_owned(), "x".to_owned())]);
    let refused = reports::edit(&world.store, &specialist, id, &unknown, NOW()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    reports::edit(&world.store, &specialist, id, &changed, NOW())
        .await
        .unwrap();

    let mut drafts = Vec::new();
    for form in Form::ALL {
        drafts.push(file(&audits, &world, id, form).await);
    }
    reports::send(&audits, &head, id, &Stamp, NOW())
        .await
        .unwrap();
    // The facts change; the report does not.
    let late = [created("d4"), created("d5")];
    send(&audits, &world, &late, at(9, 13)).await;
    for (form, draft) in Form::ALL.into_iter().zip(drafts) {
        let sent = file(&audits, &world, id, form).await;
        // A workbook says when it was written.
        if form != Form::Workbook {
            assert!(sent == draft, "{form:?}");
        }
        assert!(sent == file(&audits, &world, id, form).await, "{form:?}");
        assert!(!sent.is_empty());
    }
    let refused = reports::edit(&world.store, &specialist, id, &unchanged, NOW()).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    let again = reports::send(&audits, &head, id, &Stamp, NOW()).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    let anew = make(&audits, &world, Whom::Company).await;
    let list = reports::list(&audits, &head, None, 10, NOW())
        .await
        .unwrap();
    let mut ids: Vec<&str> = list.iter().map(|report| report.id.as_str()).collect();
    ids.sort_unstable();
    let mut expected = vec![id, anew.id.as_str()];
    expected.sort_unstable();
    assert_eq!(ids, expected);
}

async fn a_report_reaches_those_whom_it_is_for(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    let head = world.actor("p-head");
    for (whom, expected) in [
        (
            Whom::Company,
            &["p-coordinator", "p-director", "p-head"][..],
        ),
        (Whom::Group("north"), &["p-clara"]),
        (Whom::Employee("anna"), &["p-anna", "p-clara"]),
    ] {
        let before = told(&world).await;
        let report = make(&audits, &world, whom).await;
        reports::send(&audits, &head, &report.id, &Stamp, NOW())
            .await
            .unwrap();
        let mut all = before;
        all.extend(expected.iter().map(|person| (*person).to_owned()));
        all.sort();
        assert_eq!(told(&world).await, all, "{whom:?}");
    }
    // Letters carry what was kept.
    let choice = telling::Choice {
        channels: ["email".to_owned()].into(),
        quiet: None,
    };
    let anna = world.actor("p-anna");
    link(&world, "p-anna", "email").await;
    telling::choose(&world.store, &anna, &choice).await.unwrap();
    let report = make(&audits, &world, Whom::Employee("anna")).await;
    reports::send(&audits, &head, &report.id, &Stamp, NOW())
        .await
        .unwrap();
    let all = waiting(&world).await;
    let letter = all.iter().find(|message| message.channel == "email");
    let letter: serde_json::Value = serde_json::from_str(&letter.unwrap().payload).unwrap();
    let attached = letter["attachments"].as_array().unwrap();
    let types: Vec<&str> = attached
        .iter()
        .map(|one| one["media_type"].as_str().unwrap())
        .collect();
    assert_eq!(types[0], "application/pdf");
    assert!(types[1].contains("spreadsheetml"), "{types:?}");
    let pdf = attached[0]["artefact"].as_str().unwrap();
    let mut reader = world.store.reader().await.unwrap();
    let kept = artefacts::get(&mut reader, &world.company, pdf)
        .await
        .unwrap();
    let kept = kept.unwrap().bytes;
    drop(reader);
    assert!(kept == file(&audits, &world, &report.id, Form::Pdf).await);
    for picture in letter["pictures"].as_array().unwrap() {
        let shown = format!("cid:{}", picture["artefact"].as_str().unwrap());
        assert!(letter["html"].as_str().unwrap().contains(&shown), "{shown}");
    }
}

async fn nobody_opens_a_report_of_others(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    let mut made = Vec::new();
    for whom in [
        Whom::Company,
        Whom::Group("north"),
        Whom::Employee("anna"),
        Whom::Employee("boris"),
    ] {
        made.push(make(&audits, &world, whom).await.id);
    }
    let seen = async |person: &str| {
        let actor = world.actor(person);
        let mut opened = Vec::new();
        for id in &made {
            match reports::open(&audits, &actor, id, NOW()).await {
                Ok(_) => opened.push(true),
                Err(Error::NotFound { .. }) => opened.push(false),
                Err(error) => panic!("{person}: {error}"),
            }
        }
        let list = reports::list(&audits, &actor, None, 100, NOW()).await;
        let listed = made
            .iter()
            .map(|id| list.as_ref().unwrap().iter().any(|one| one.id == *id));
        assert_eq!(listed.collect::<Vec<_>>(), opened, "{person}");
        opened
    };
    // Drafts are for those who write them.
    assert_eq!(seen("p-anna").await, [false; 4]);
    assert_eq!(seen("p-clara").await, [false; 4]);
    assert_eq!(seen("p-specialist").await, [true; 4]);
    let head = world.actor("p-head");
    for id in &made {
        reports::send(&audits, &head, id, &Stamp, NOW())
            .await
            .unwrap();
    }
    assert_eq!(seen("p-anna").await, [false, false, true, false]);
    assert_eq!(seen("p-boris").await, [false, false, false, true]);
    assert_eq!(seen("p-clara").await, [false, true, true, true]);
    assert_eq!(seen("p-director").await, [true; 4]);
    let (anna, clara) = (world.actor("p-anna"), world.actor("p-clara"));
    for actor in [&anna, &clara] {
        let asked = (Whom::Employee("anna"), WEEK);
        let made = reports::make(&audits, actor, asked, Lang::Ru, NOW()).await;
        assert!(matches!(made, Err(Error::Denied(Deed::WriteReports))));
    }
    let foreign = reports::file(&audits, &anna, (&made[3], Form::Pdf), &Stamp, NOW()).await;
    assert!(matches!(foreign, Err(Error::NotFound { .. })));
}

async fn a_chat_hears_no_names_unless_the_company_says_so(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    add_chats(&world, &[("chat", "", true)]).await;
    let head = world.actor("p-head");
    let said = async || {
        let report = make(&audits, &world, Whom::Company).await;
        reports::send(&audits, &head, &report.id, &Stamp, NOW())
            .await
            .unwrap();
        let all = waiting(&world).await.into_iter();
        let to_chat = all.filter(|message| message.channel == "telegram-group");
        let key = format!("report.chat:{}:chat", report.id);
        let mut to_chat = to_chat.filter(|message| message.key == key);
        to_chat.next().expect("a message").payload
    };
    let nameless = said().await;
    for name in ["anna", "boris", "clara"] {
        assert!(!nameless.contains(name), "{nameless}");
    }
    let settings = telling::Settings {
        chat_names: true,
        ..telling::Settings::default()
    };
    let director = world.actor("p-director");
    telling::save(&world.store, &director, &settings, NOW())
        .await
        .unwrap();
    let named = said().await;
    assert!(named.contains("anna"), "{named}");
}

async fn round(audits: &Audits, world: &World, now: Instant) {
    reports::round(audits, &world.company, &Stamp, now)
        .await
        .unwrap();
}

async fn counts(audits: &Audits, world: &World) -> (usize, usize) {
    let head = world.actor("p-head");
    let all = reports::list(audits, &head, None, 100, NOW())
        .await
        .unwrap();
    let weekly = all.iter().filter(|report| report.from_day == "2026-03-02");
    let sent = weekly.clone().filter(|report| report.sent_at.is_some());
    (weekly.count(), sent.count())
}

async fn the_schedule_makes_and_sends_once(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    let director = world.actor("p-director");
    let weekly = Schedule {
        monthly: false,
        ..Schedule::default()
    };
    let saved = reports::save(&world.store, &director, &weekly, at(8, 9)).await;
    saved.unwrap();
    // Monday the 9th: reports of the week are made at six and sent at ten.
    round(&audits, &world, at(9, 5)).await;
    assert_eq!(counts(&audits, &world).await, (0, 0));
    round(&audits, &world, at(9, 7)).await;
    let (made, sent) = counts(&audits, &world).await;
    // The company, the group, Anna and Boris.
    assert_eq!((made, sent), (4, 0));
    let drafts = waiting(&world).await;
    let mut writers: Vec<&str> = drafts.iter().map(|one| one.recipient.as_str()).collect();
    writers.sort_unstable();
    assert_eq!(writers, ["p-coordinator", "p-specialist"]);
    round(&audits, &world, at(9, 8)).await;
    assert_eq!(counts(&audits, &world).await, (4, 0));
    round(&audits, &world, at(9, 11)).await;
    assert_eq!(counts(&audits, &world).await, (4, 4));
    let told_once = told(&world).await;
    round(&audits, &world, at(9, 12)).await;
    round(&audits, &world, at(12, 12)).await;
    assert_eq!(counts(&audits, &world).await, (4, 4));
    assert_eq!(told(&world).await, told_once);
    // Nobody is told in the night: a letter of ten waits for the recipient's hours.
    let zone = worktime::Zone::new("Europe/Moscow").unwrap();
    for message in waiting(&world).await {
        let hour = zone.datetime(message.due_at).hour();
        assert!((8..20).contains(&hour), "{} at {hour}", message.key);
    }
}

async fn the_schedule_waits_for_a_hand(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    let director = world.actor("p-director");
    let by_hand = Schedule {
        by_hand: true,
        people: false,
        monthly: false,
        ..Schedule::default()
    };
    let saved = reports::save(&world.store, &director, &by_hand, at(8, 9)).await;
    saved.unwrap();
    assert_eq!(
        reports::see(&world.store, &director).await.unwrap(),
        by_hand
    );
    round(&audits, &world, at(9, 12)).await;
    assert_eq!(counts(&audits, &world).await, (2, 0));
    let wrong = Schedule {
        send_at: "05:00".to_owned(),
        ..by_hand.clone()
    };
    let refused = reports::save(&world.store, &director, &wrong, at(8, 9)).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    let anna = world.actor("p-anna");
    let refused = reports::save(&world.store, &anna, &by_hand, at(8, 9)).await;
    assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
}

async fn a_report_that_cannot_be_set_is_not_sent(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    let report = make(&audits, &world, Whom::Company).await;
    let head = world.actor("p-head");
    let press = reports::NoPress::default();
    let failed = reports::send(&audits, &head, &report.id, &press, NOW()).await;
    assert!(matches!(failed, Err(Error::Inside(_))), "{failed:?}");
    assert_eq!(told(&world).await, Vec::<String>::new());
    let kept = reports::open(&audits, &head, &report.id, NOW())
        .await
        .unwrap();
    assert_eq!(kept.report.sent_at, None);
}

/// Sets nothing in type while it is broken.
#[derive(Default)]
struct Sometimes {
    broken: AtomicBool,
}

impl Press for Sometimes {
    fn base(&self) -> &str {
        Stamp.base()
    }

    fn pdf(&self, document: &Document, made_at: Instant) -> Printed {
        match self.broken.load(Ordering::SeqCst) {
            true => Err("no font has this letter".to_owned()),
            false => Stamp.pdf(document, made_at),
        }
    }

    fn picture(&self, document: &Document, chart: &str) -> Printed {
        Stamp.picture(document, chart)
    }
}

/// Reports of the company alone, every week.
async fn weekly(world: &World) {
    let weekly = Schedule {
        monthly: false,
        groups: false,
        people: false,
        ..Schedule::default()
    };
    let director = world.actor("p-director");
    let saved = reports::save(&world.store, &director, &weekly, at(8, 9)).await;
    saved.unwrap();
}

async fn failures(audits: &Audits, world: &World, now: Instant) -> Vec<reports::Failed> {
    let director = world.actor("p-director");
    reports::failures(audits, &director, now).await.unwrap()
}

async fn what_cannot_be_sent_is_tried_more_rarely_and_shown(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    weekly(&world).await;
    let press = Sometimes::default();
    press.broken.store(true, Ordering::SeqCst);
    let round = async |now: Instant| {
        let done = reports::round(&audits, &world.company, &press, now).await;
        done.unwrap();
    };
    round(at(9, 7)).await;
    assert_eq!(failures(&audits, &world, at(9, 7)).await, []);
    let begin = at(9, 10);
    // Every minute somebody looks; it is tried at the start, after 1, 5, 15, 60 minutes …
    let mut tries = Vec::new();
    for minute in 0..120 {
        let now = begin + minute * MINUTE;
        round(now).await;
        let shown = failures(&audits, &world, now).await;
        assert_eq!(shown.len(), 1);
        if shown[0].failed_at == now {
            tries.push(minute);
        }
    }
    assert_eq!(tries, [0, 1, 6, 21, 81]);
    let now = begin + 120 * MINUTE;
    let shown = failures(&audits, &world, now).await.remove(0);
    assert!(shown.why.contains("no font has this letter"), "{shown:?}");
    assert_eq!((shown.tries, shown.kind.as_str()), (5, "week"));
    assert_eq!(shown.next_at, Some(begin + (81 + 180) * MINUTE));
    assert!(shown.report.is_some());
    // The next week it is nobody's any more, and is said so.
    assert_eq!(failures(&audits, &world, at(16, 7)).await[0].next_at, None);
    // Mended, it goes at once where somebody says so.
    press.broken.store(false, Ordering::SeqCst);
    round(now).await;
    assert_eq!(counts(&audits, &world).await, (1, 0));
    let anna = world.actor("p-anna");
    let denied = reports::try_again(&audits, &anna, now).await;
    assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
    let director = world.actor("p-director");
    reports::try_again(&audits, &director, now).await.unwrap();
    round(now).await;
    assert_eq!(counts(&audits, &world).await, (1, 1));
    assert_eq!(failures(&audits, &world, now).await, []);
    let nothing = reports::try_again(&audits, &director, now).await;
    assert!(matches!(nothing, Err(Error::Conflict(_))), "{nothing:?}");
}

async fn what_cannot_be_made_is_tried_again_and_shown(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    weekly(&world).await;
    // What the store has for the settings of messages cannot be read.
    let set = async |value: &str| {
        let mut tx = world.store.begin().await.unwrap();
        let key = "telling";
        store::settings::set(&mut tx, &world.company, key, value)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    };
    set("{").await;
    round(&audits, &world, at(9, 7)).await;
    assert_eq!(counts(&audits, &world).await, (0, 0));
    let shown = failures(&audits, &world, at(9, 7)).await.remove(0);
    assert_eq!(
        (shown.report, shown.from_day.as_str()),
        (None, "2026-03-02")
    );
    assert_eq!((shown.tries, shown.next_at), (1, Some(at(9, 7) + MINUTE)));
    assert!(shown.why.contains("telling"), "{}", shown.why);
    set("{}").await;
    round(&audits, &world, at(9, 7)).await;
    assert_eq!(counts(&audits, &world).await, (0, 0));
    round(&audits, &world, at(9, 7) + MINUTE).await;
    assert_eq!(counts(&audits, &world).await, (1, 0));
    assert_eq!(failures(&audits, &world, at(9, 8)).await, []);
}

/// Adds chats: id, the group that it hears about, and whether it gets reports.
async fn add_chats(world: &World, all: &[(&str, &str, bool)]) {
    let mut tx = world.store.begin().await.unwrap();
    for (id, about, reports) in all {
        let chat = chats::Chat {
            id: (*id).to_owned(),
            company: world.company.clone(),
            about: (*about).to_owned(),
            gets: chats::Gets {
                reports: *reports,
                ..chats::Gets::default()
            },
            ..chats::Chat::default()
        };
        chats::add(&mut tx, &chat).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn a_group_hears_of_its_own_report_alone(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    let chats = [
        ("all", "", true),
        ("north", "north", true),
        ("silent", "north", false),
    ];
    add_chats(&world, &chats).await;
    let head = world.actor("p-head");
    let mut heard = Vec::new();
    for whom in [Whom::Company, Whom::Group("north"), Whom::Employee("anna")] {
        let report = make(&audits, &world, whom).await;
        // In the evening: chats hear of it in the morning.
        reports::send(&audits, &head, &report.id, &Stamp, at(9, 22))
            .await
            .unwrap();
        let all = waiting(&world).await;
        let of_report = all.iter().filter(|one| one.key.contains(&report.id));
        let in_chats = of_report.filter(|one| one.channel == "telegram-group");
        for message in in_chats {
            assert_eq!(message.due_at, at(10, 9));
            assert!(!message.payload.contains("anna"), "{}", message.payload);
            heard.push(message.recipient.clone());
        }
    }
    assert_eq!(heard, ["all", "north"]);
}

async fn files_go_when_they_are_kept_no_longer(store: Arc<Store>) {
    let (world, audits) = week(store).await;
    let (head, director) = (world.actor("p-head"), world.actor("p-director"));
    add_chats(&world, &[("all", "", true)]).await;
    let report = make(&audits, &world, Whom::Company).await;
    let id = report.id.as_str();
    reports::send(&audits, &head, id, &Stamp, NOW())
        .await
        .unwrap();
    let sent = file(&audits, &world, id, Form::Pdf).await;
    let letters = waiting(&world).await;
    let letter = letters.iter().find(|one| one.recipient == "all").unwrap();
    let letter: telling::Letter = serde_json::from_str(&letter.payload).unwrap();
    let picture = letter.pictures[0].artefact.as_str();
    let is_there = async || {
        let mut reader = world.store.reader().await.unwrap();
        let found = artefacts::get(&mut reader, &world.company, picture).await;
        found.unwrap().is_some()
    };
    let days = |days: i64| NOW() + days * 24 * 60 * MINUTE;
    let round = async |now: Instant| {
        keeping::round(&world.store, &world.company, now)
            .await
            .unwrap();
    };
    round(days(399)).await;
    assert!(is_there().await);
    // Pictures of messages go by themselves, a report's files when the company says so.
    round(days(401)).await;
    assert!(!is_there().await);
    round(days(4_000)).await;
    assert!(file(&audits, &world, id, Form::Pdf).await == sent);
    let kept = Keeping {
        report_days: Some(500),
        ..Keeping::default()
    };
    for (actor, wanted) in [(&world.actor("p-anna"), kept), (&head, kept)] {
        let denied = keeping::save(&world.store, actor, wanted, NOW()).await;
        assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
    }
    let short = Keeping {
        report_days: Some(30),
        ..kept
    };
    let refused = keeping::save(&world.store, &director, short, NOW()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    keeping::save(&world.store, &director, kept, NOW())
        .await
        .unwrap();
    assert_eq!(keeping::see(&world.store, &head).await.unwrap(), kept);
    round(days(499)).await;
    assert!(file(&audits, &world, id, Form::Pdf).await == sent);
    round(days(501)).await;
    for form in Form::ALL {
        let gone = reports::file(&audits, &head, (id, form), &Stamp, days(501)).await;
        assert!(matches!(gone, Err(Error::FilesGone(_))), "{gone:?}");
    }
    // Its words stay, and it cannot be sent anew as if nothing had been.
    let kept = reports::open(&audits, &head, id, days(501)).await.unwrap();
    assert_eq!(kept.report.files_gone_at, Some(days(501)));
    assert!(!kept.document().texts().is_empty());
    let again = reports::send(&audits, &head, id, &Stamp, days(501)).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
}
