//! Who is told what, and how soon: at once, as one message, with the note, and to the director.

use std::sync::Arc;

use app::Instant;
use app::audits::{Audits, RegulationChange, TableChange};
use app::figures;
use app::life::office::{self, Office};
use app::life::seen::{Part, Wanted, Working, search};
use app::life::todo::todo;
use app::permissions::Access;
use app::telling::facts::{Daily, Unhandled};
use app::telling::{self, Choice, Quiet, Settings, Site, pauses, unhandled};
use app::{Error, life};
use audit::examples;
use history::write::AbsenceRow;
use history::{Kind, Record};
use serde_json::Value;
use store::findings::Filter;
use store::outbox::{self, Message};
use store::regulations::NewVersion;
use store::{Store, notes, on_both};

use crate::live::{created, nobody, send, tables};
use crate::office::{World, at};

on_both!(
    urgent_findings_are_told_at_once_within_hours,
    a_flood_is_one_message,
    what_is_old_is_left_to_the_note,
    what_was_mended_or_seen_is_not_told,
    whom_it_concerns_may_be_away,
    a_note_says_what_the_pages_say,
    a_note_goes_out_once_a_day_also_by_two_workers,
    clean_work_is_told_with_what_was_checked,
    silence_is_told_to_the_coordinator_alone,
    a_pause_is_made_up_for_by_one_note,
    what_lies_for_three_working_days_reaches_the_director,
    one_is_told_by_the_channels_one_chose,
    what_people_decide_reaches_outside_channels_in_hours,
    notes_and_pauses_are_ones_own,
);

pub const MINUTE: Instant = 60_000;

/// The world's company with a rule whose findings are gross, hence told at once.
pub async fn company(store: Arc<Store>) -> (World, Audits) {
    let world = World::new(store).await;
    let audits = Audits::new(world.store.clone());
    let company = world.company.as_str();
    let change = TableChange::All(Box::new(tables()));
    audits
        .change_tables(company, &change, nobody(), at(2, 9))
        .await
        .unwrap();
    let rule = "[[rule]]\nuse = \"first-response\"\nlimit = \"15m\"\nseverity = \"gross\"\n";
    let version = NewVersion {
        file: "r.toml".to_owned(),
        effective: String::new(),
        text: format!("{}\n{rule}", examples::REGULATION),
        author: String::new(),
    };
    let change = RegulationChange::Add {
        versions: vec![version],
        base: None,
    };
    audits
        .change_regulation(company, &change, nobody(), at(2, 9))
        .await
        .unwrap();
    (world, audits)
}

pub async fn round(audits: &Audits, world: &World, now: Instant) {
    telling::round(audits, &world.company, Site("https://s.example"), now)
        .await
        .unwrap();
}

const CHANNELS: [&str; 6] = [
    "app",
    "email",
    "job",
    "telegram",
    "telegram-group",
    "webhook",
];

/// The messages that wait in the outbox, by recipient.
pub async fn waiting(world: &World) -> Vec<Message> {
    let mut tx = world.store.begin().await.unwrap();
    let claims = outbox::claim(&mut tx, "test", &CHANNELS, Instant::MAX - 1, 0, 10_000)
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    let mut all: Vec<Message> = claims.into_iter().map(|claim| claim.message).collect();
    all.sort_by(|one, other| (&one.recipient, &one.key).cmp(&(&other.recipient, &other.key)));
    all
}

async fn told(world: &World, kind: &str) -> Vec<String> {
    let all = waiting(world).await.into_iter();
    let of_kind = all.filter(|message| message.kind == kind && message.channel == "app");
    of_kind.map(|message| message.recipient).collect()
}

async fn said(world: &World, kind: &str, person: &str) -> Value {
    let all = waiting(world).await.into_iter();
    let mut of_kind = all.filter(|message| message.kind == kind && message.recipient == person);
    serde_json::from_str(&of_kind.next().unwrap().payload).unwrap()
}

/// Gives somebody an address that works.
pub async fn link(world: &World, person: &str, channel: &str) {
    let address = store::addresses::Address {
        person: person.to_owned(),
        channel: channel.to_owned(),
        address: format!("{person}@example.ru"),
        linked_at: Some(at(2, 9)),
        off_at: None,
        why: String::new(),
    };
    let mut tx = world.store.begin().await.unwrap();
    store::addresses::set(&mut tx, &address).await.unwrap();
    tx.commit().await.unwrap();
}

async fn noted(world: &World, person: &str) -> Vec<notes::Note> {
    let mut reader = world.store.reader().await.unwrap();
    let mut all = notes::page(&mut reader, &world.company, person, None, 100)
        .await
        .unwrap();
    for note in &mut all {
        note.text = wording::plain_spaces(&note.text);
    }
    all
}

fn answered(deal: &str, at: Instant) -> Record<'_> {
    Record {
        deal,
        at,
        kind: Some(Kind::CallOut),
        actor: "anna",
        employee: "anna",
        amount: Some(60.0),
        ..Record::default()
    }
}

async fn urgent_findings_are_told_at_once_within_hours(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    // Monday 10:00; the breach is at 10:15.
    send(&audits, &world, &[created("d1")], at(2, 10)).await;
    round(&audits, &world, at(2, 10)).await;
    assert_eq!(told(&world, "finding.raised").await, [""; 0]);
    audits.tick(at(2, 19)).await;
    // It was found after work: everybody's next hour is tomorrow at nine.
    round(&audits, &world, at(2, 19)).await;
    round(&audits, &world, at(3, 9) - 1).await;
    assert_eq!(told(&world, "finding.raised").await, [""; 0]);
    round(&audits, &world, at(3, 9)).await;
    round(&audits, &world, at(3, 9)).await;
    assert_eq!(told(&world, "finding.raised").await, ["p-anna", "p-head"]);
    let message = said(&world, "finding.raised", "p-head").await;
    let finding = audits.read(&world.company, at(3, 9)).await.unwrap();
    let finding = finding.standing().next().unwrap().id.to_owned();
    assert_eq!(message["finding"], finding.as_str());
    assert_eq!(message["link"], format!("/findings/{finding}"));
    let text = message["text"].as_str().unwrap();
    assert!(text.contains("anna"), "{text}");
    // Of one's own the name is not said.
    let own = said(&world, "finding.raised", "p-anna").await;
    let text = own["text"].as_str().unwrap();
    assert!(!text.starts_with("anna"), "{text}");
}

async fn a_flood_is_one_message(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let deals: Vec<String> = (0..12).map(|n| format!("d{n}")).collect();
    let records: Vec<Record<'_>> = deals.iter().map(|deal| created(deal)).collect();
    send(&audits, &world, &records[..1], at(2, 11)).await;
    round(&audits, &world, at(2, 11)).await;
    assert_eq!(told(&world, "finding.raised").await.len(), 2);
    // Eleven more within the window: they wait for its end, and come as one.
    send(&audits, &world, &records[1..], at(2, 11) + MINUTE).await;
    round(&audits, &world, at(2, 11) + 2 * MINUTE).await;
    round(&audits, &world, at(2, 11) + 14 * MINUTE).await;
    assert_eq!(told(&world, "findings.raised").await, [""; 0]);
    round(&audits, &world, at(2, 11) + 15 * MINUTE).await;
    assert_eq!(told(&world, "findings.raised").await, ["p-anna", "p-head"]);
    let message = said(&world, "findings.raised", "p-anna").await;
    assert_eq!(message["count"], 11);
    assert_eq!(message["findings"].as_array().unwrap().len(), 5);
    assert_eq!(message["link"], "/mine");
    assert_eq!(message["subject"], "Новых замечаний: 11");
    round(&audits, &world, at(2, 12)).await;
    assert_eq!(told(&world, "findings.raised").await.len(), 2);
}

async fn what_is_old_is_left_to_the_note(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let deals: Vec<String> = (0..50).map(|n| format!("d{n}")).collect();
    let records: Vec<Record<'_>> = deals.iter().map(|deal| created(deal)).collect();
    // They come two days late, as with an import or after the server was down.
    send(&audits, &world, &records, at(4, 11)).await;
    assert_eq!(
        audits
            .read(&world.company, at(4, 11))
            .await
            .unwrap()
            .standing()
            .count(),
        50
    );
    round(&audits, &world, at(4, 11)).await;
    for kind in ["finding.raised", "findings.raised"] {
        assert_eq!(told(&world, kind).await, [""; 0]);
    }
    // Judging the whole history anew tells nothing either.
    drop(audits);
    let audits = Audits::new(world.store.clone());
    round(&audits, &world, at(4, 12)).await;
    assert_eq!(told(&world, "findings.raised").await, [""; 0]);
    assert!(
        told(&world, "note.daily")
            .await
            .contains(&"p-anna".to_owned())
    );
}

async fn what_was_mended_or_seen_is_not_told(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    send(&audits, &world, &[created("d1"), created("d2")], at(2, 19)).await;
    round(&audits, &world, at(2, 19)).await;
    // One is mended before anybody may be told, the other one is seen on the page.
    send(&audits, &world, &[answered("d1", at(3, 8))], at(3, 8)).await;
    let audit = audits.read(&world.company, at(3, 8)).await.unwrap();
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let anna = world.actor("p-anna");
    let list = todo(&world.store, &anna, office, &Filter::default(), at(3, 8))
        .await
        .unwrap();
    let seen: Vec<_> = list.open.iter().map(|seen| seen.finding.clone()).collect();
    assert_eq!(seen.len(), 1);
    life::tell::shown(&world.store, &anna, office, &seen, at(3, 8))
        .await
        .unwrap();
    drop(audit);
    round(&audits, &world, at(3, 9)).await;
    // The head has not seen it.
    assert_eq!(told(&world, "finding.raised").await, ["p-head"]);
    assert_eq!(told(&world, "findings.raised").await, [""; 0]);
}

async fn whom_it_concerns_may_be_away(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let mut absent = tables();
    absent.absences.push(AbsenceRow {
        employee: "anna".to_owned(),
        from: "2026-03-02T00:00:00+03:00".to_owned(),
        to: "2026-03-09T00:00:00+03:00".to_owned(),
        kind: "vacation".to_owned(),
    });
    let change = TableChange::All(Box::new(absent));
    audits
        .change_tables(&world.company, &change, nobody(), at(2, 9))
        .await
        .unwrap();
    send(&audits, &world, &[created("d1")], at(2, 12)).await;
    round(&audits, &world, at(2, 12)).await;
    let people = told(&world, "finding.raised").await;
    assert_eq!(people, ["p-clara", "p-head"]);
    let message = said(&world, "finding.raised", "p-clara").await;
    let text = message["text"].as_str().unwrap();
    assert!(text.contains("anna отсутствует"), "{text}");
    // Nor does she get a note.
    round(&audits, &world, at(3, 12)).await;
    let notes = told(&world, "note.daily").await;
    assert!(notes.contains(&"p-clara".to_owned()), "{notes:?}");
    assert!(!notes.contains(&"p-anna".to_owned()), "{notes:?}");
    let lead: Daily = serde_json::from_str(&noted(&world, "p-clara").await[0].figures).unwrap();
    assert_eq!(lead.away.len(), 1);
    assert_eq!(
        (lead.away[0].name.as_str(), lead.away[0].deals),
        ("anna", 1)
    );
}

/// How many findings the list has that a number of what was worked off leads to.
async fn worked(
    world: &World,
    (actor, office): (&app::Actor, Office<'_>),
    own: Option<&str>,
    worked: (Working, ::figures::Period),
) -> usize {
    let own = own.map(|employee| [employee]);
    let filter = Filter {
        employees: own.as_ref().map(|own| &own[..]),
        to: Some(worked.1.to),
        standing: Some(true),
        ..Filter::default()
    };
    let wanted = Wanted {
        part: Some(Part::Counted),
        worked: Some(worked),
        ..Wanted::default()
    };
    let store = world.store.as_ref();
    let asked = (&filter, &wanted);
    let page = search(store, actor, office, asked, (None, 100), at(3, 10));
    page.await.unwrap().findings.len()
}

async fn a_note_says_what_the_pages_say(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let deals: Vec<String> = (0..7).map(|n| format!("d{n}")).collect();
    let mut records: Vec<Record<'_>> = deals.iter().map(|deal| created(deal)).collect();
    for (place, record) in records.iter_mut().enumerate() {
        record.employee = if place < 5 { "anna" } else { "boris" };
    }
    send(&audits, &world, &records, at(2, 12)).await;
    send(&audits, &world, &[answered("d0", at(2, 13))], at(2, 13)).await;
    round(&audits, &world, at(3, 9) + 29 * MINUTE).await;
    assert_eq!(told(&world, "note.daily").await, [""; 0]);
    let now = at(3, 9) + 30 * MINUTE;
    round(&audits, &world, now).await;
    let people = ["p-anna", "p-boris", "p-clara", "p-coordinator", "p-head"];
    assert_eq!(told(&world, "note.daily").await, people);
    for person in ["p-anna", "p-boris", "p-clara", "p-head"] {
        let note = noted(&world, person).await.remove(0);
        let note: Daily = serde_json::from_str(&note.figures).unwrap();
        let found = note.found.unwrap();
        let actor = world.actor(person);
        let day = jiff::civil::date(2026, 3, 2);
        let span = ::figures::Span::days(Some(day), Some(day));
        let own = (actor.access == Access::Employee).then(|| actor.employee.clone().unwrap());
        let (count, deals) = figures::figures(&audits, &actor, Some(span), now, |figures| {
            let people = &figures.audited.history.people.ids;
            let one = own
                .as_deref()
                .map(|id| history::EmployeeId(people.find(id).unwrap()));
            match one {
                Some(one) => (
                    figures.counts.people.get(&one).copied().unwrap_or_default(),
                    figures.lights.people[&one].deals,
                ),
                None => (figures.counts.all, figures.lights.company.deals),
            }
        })
        .await
        .unwrap();
        let audit = audits.read(&world.company, now).await.unwrap();
        let office = Office::of(audit.live(), office::clocks(audit.live()));
        let list = todo(&world.store, &actor, office, &Filter::default(), now)
            .await
            .unwrap();
        assert_eq!(found.new, count.findings, "{person}");
        assert_eq!(found.gross, count.severities[2], "{person}");
        assert_eq!(found.deals, count.concerned.deals, "{person}");
        assert_eq!(note.checked.unwrap().deals, deals, "{person}");
        assert_eq!(found.open, list.open.len() as u64, "{person}");
        assert_eq!(found.money, list.money().sum, "{person}");
        assert_eq!(found.money_deals, list.money().deals, "{person}");
        let worst: Vec<&str> = note.worst.iter().map(|one| one.finding.as_str()).collect();
        let first = list
            .open
            .iter()
            .take(5)
            .map(|seen| seen.finding.id.as_str());
        assert_eq!(worst, first.collect::<Vec<_>>(), "{person}");
        let (new, mended) = match person {
            "p-anna" => (5, 1),
            "p-boris" => (2, 0),
            _ => (7, 1),
        };
        assert_eq!((found.new, found.mended), (new, mended), "{person}");
        assert_eq!(found.mended_of, new, "{person}");
        for (working, count, link) in [
            (Working::Mended, found.mended, &found.mended_link),
            (Working::All, found.mended_of, &found.mended_of_link),
        ] {
            let period = span.period(&office.version().zone);
            let listed = worked(&world, (&actor, office), own.as_deref(), (working, period));
            let listed = listed.await;
            assert_eq!(listed as u64, count, "{person}: {working:?}");
            let asked = format!("worked={}", working.as_str());
            assert!(link.contains(&asked), "{link}");
            assert!(link.contains("figures=counted"), "{link}");
        }
        let days = "from=2026-03-02&to=2026-03-02";
        assert!(found.new_link.contains(days), "{}", found.new_link);
    }
    let lead = noted(&world, "p-clara").await.remove(0);
    let people: Daily = serde_json::from_str(&lead.figures).unwrap();
    let people: Vec<(&str, u64, u64)> = people
        .people
        .iter()
        .map(|one| (one.name.as_str(), one.new, one.open))
        .collect();
    assert_eq!(people, [("anna", 5, 4), ("boris", 2, 2)]);
}

async fn a_note_goes_out_once_a_day_also_by_two_workers(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    send(&audits, &world, &[created("d1")], at(2, 12)).await;
    let other = Audits::new(world.store.clone());
    drop(other.read(&world.company, at(3, 10)).await.unwrap());
    let site = Site("");
    let (one, two) = tokio::join!(
        telling::round(&audits, &world.company, site, at(3, 10)),
        telling::round(&other, &world.company, site, at(3, 10)),
    );
    one.unwrap();
    two.unwrap();
    round(&audits, &world, at(3, 11)).await;
    assert_eq!(noted(&world, "p-anna").await.len(), 1);
    let notes = told(&world, "note.daily").await;
    assert_eq!(notes.iter().filter(|person| *person == "p-anna").count(), 1);
    // The next one covers what came since.
    round(&audits, &world, at(4, 10)).await;
    let notes = noted(&world, "p-anna").await;
    assert_eq!(notes.len(), 2);
    let covers = |note: &notes::Note| {
        let note: Daily = serde_json::from_str(&note.figures).unwrap();
        (note.from.to_string(), note.to.to_string())
    };
    let day = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(covers(&notes[0]), day("2026-03-03", "2026-03-03"));
    assert_eq!(covers(&notes[1]), day("2026-03-02", "2026-03-02"));
    // After the weekend all of it.
    round(&audits, &world, at(6, 10)).await;
    round(&audits, &world, at(7, 10)).await;
    round(&audits, &world, at(10, 10)).await;
    let notes = noted(&world, "p-anna").await;
    assert_eq!(notes.len(), 4, "the 7th is a Saturday");
    assert_eq!(covers(&notes[0]), day("2026-03-06", "2026-03-09"));
}

async fn clean_work_is_told_with_what_was_checked(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let events = [created("d1"), answered("d1", at(2, 10) + MINUTE)];
    send(&audits, &world, &events, at(2, 11)).await;
    round(&audits, &world, at(3, 10)).await;
    let note = noted(&world, "p-anna").await.remove(0);
    assert_eq!(note.text, "За 2 мар замечаний нет, проверена 1 сделка.");
    // Boris had no deals: he is told nothing, and the coordinator is told so.
    assert!(noted(&world, "p-boris").await.is_empty());
    let coordinator = noted(&world, "p-coordinator").await.remove(0);
    assert!(
        coordinator.text.contains("проверять было нечего: boris"),
        "{}",
        coordinator.text
    );
    assert!(!coordinator.text.contains("anna"), "{}", coordinator.text);
}

async fn silence_is_told_to_the_coordinator_alone(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let events = [created("d1"), answered("d1", at(2, 10) + MINUTE)];
    send(&audits, &world, &events, at(2, 11)).await;
    // From the 3rd on nothing comes.
    round(&audits, &world, at(4, 10)).await;
    round(&audits, &world, at(5, 10)).await;
    for person in ["p-anna", "p-boris", "p-clara", "p-head"] {
        for note in noted(&world, person).await {
            assert!(
                !note.text.contains("замечаний нет"),
                "{person}: {}",
                note.text
            );
        }
    }
    assert!(noted(&world, "p-anna").await.is_empty());
    let coordinator = noted(&world, "p-coordinator").await;
    assert_eq!(coordinator.len(), 2);
    let text = &coordinator[0].text;
    assert!(
        text.contains("ничего не поступало с пн 2 мар, 11:00"),
        "{text}"
    );
    // Where the events come after all, the note covers these days.
    send(&audits, &world, &[answered("d1", at(5, 12))], at(5, 12)).await;
    round(&audits, &world, at(6, 10)).await;
    let note = noted(&world, "p-anna").await.remove(0);
    assert!(
        note.text.contains("замечаний нет, проверена 1 сделка"),
        "{}",
        note.text
    );
}

async fn a_pause_is_made_up_for_by_one_note(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let pause = {
        let audit = audits.read(&world.company, at(2, 9)).await.unwrap();
        let office = Office::of(audit.live(), office::clocks(audit.live()));
        let head = world.actor("p-head");
        let wanted = ("", at(5, 0), "переезд");
        pauses::make(&world.store, &head, office, wanted, at(2, 9))
            .await
            .unwrap()
    };
    assert!(pause.holds(at(4, 12)));
    send(&audits, &world, &[created("d1")], at(2, 12)).await;
    for day in 2..=4 {
        round(&audits, &world, at(day, 12)).await;
    }
    assert_eq!(waiting(&world).await, []);
    // Judging went on.
    assert_eq!(
        audits
            .read(&world.company, at(4, 12))
            .await
            .unwrap()
            .standing()
            .count(),
        1
    );
    // It ends by itself, and one note tells all of it.
    round(&audits, &world, at(5, 12)).await;
    assert_eq!(told(&world, "finding.raised").await, [""; 0]);
    let notes = noted(&world, "p-anna").await;
    assert_eq!(notes.len(), 1);
    let note: Daily = serde_json::from_str(&notes[0].figures).unwrap();
    assert_eq!(
        note.paused_since.map(|day| day.to_string()).as_deref(),
        Some("2026-03-02")
    );
    assert_eq!((note.from.to_string(), note.to.to_string()).0, "2026-03-02");
    assert_eq!(note.found.unwrap().new, 1);
    assert!(
        notes[0].text.contains("приостановлены"),
        "{}",
        notes[0].text
    );
}

async fn what_lies_for_three_working_days_reaches_the_director(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    send(&audits, &world, &[created("d1")], at(2, 12)).await;
    // Anna is told at once, and does nothing.
    round(&audits, &world, at(2, 12)).await;
    let finding = said(&world, "finding.raised", "p-anna").await;
    let finding = finding["finding"].as_str().unwrap().to_owned();
    let to = ("p-anna", "app");
    app::notices::delivered(&world.store, &world.company, to, &[&finding], at(2, 12))
        .await
        .unwrap();
    let director = world.actor("p-director");
    let zone = worktime::Zone::new("Europe/Moscow").unwrap();
    let lies = async |now| {
        let lies = unhandled::see(&audits, &director, now).await.unwrap();
        lies.told(&zone)
    };
    // Three days of eight hours, of nine worked a day, end on the 4th at 18:00.
    assert_eq!(lies(at(4, 18) - MINUTE).await.people, []);
    let found = lies(at(4, 18)).await;
    // The notes of that Monday lie as long.
    let lying = |found: &Unhandled, name: &str| {
        let left = found.people.iter().find(|left| left.name == name);
        left.map_or((0, 0), |left| (left.findings, left.notes))
    };
    assert_eq!(lying(&found, "anna"), (1, 1));
    assert_eq!(lying(&found, "clara"), (0, 1));
    assert_eq!(found.people[0].name, "anna");
    for day in 3..=6 {
        round(&audits, &world, at(day, 10)).await;
        round(&audits, &world, at(day, 11)).await;
    }
    assert_eq!(told(&world, "note.unhandled").await, ["p-director"; 2]);
    let note = noted(&world, "p-director").await.remove(0);
    assert_eq!(note.day, "2026-03-06");
    let kept: Unhandled = serde_json::from_str(&note.figures).unwrap();
    assert_eq!(lying(&kept, "anna"), (1, 2));
    // An absence stops the clock.
    let mut absent = tables();
    absent.absences.push(AbsenceRow {
        employee: "anna".to_owned(),
        from: "2026-03-03T00:00:00+03:00".to_owned(),
        to: String::new(),
        kind: "sick".to_owned(),
    });
    let change = TableChange::All(Box::new(absent));
    audits
        .change_tables(&world.company, &change, nobody(), at(6, 12))
        .await
        .unwrap();
    let found = lies(at(20, 12)).await;
    assert!(found.people.iter().all(|left| left.name != "anna"));
    for person in ["p-anna", "p-clara", "p-coordinator"] {
        let denied = unhandled::see(&audits, &world.actor(person), at(6, 12)).await;
        assert!(matches!(denied, Err(Error::Denied(_))), "{person}");
    }
}

async fn one_is_told_by_the_channels_one_chose(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let anna = world.actor("p-anna");
    let choice = Choice {
        channels: ["telegram", "email"].map(str::to_owned).into(),
        quiet: Quiet::parse("11:00-12:00"),
    };
    telling::choose(&world.store, &anna, &choice).await.unwrap();
    assert_eq!(telling::choice(&world.store, &anna).await.unwrap(), choice);
    let pigeon = Choice {
        channels: ["pigeon".to_owned()].into(),
        quiet: None,
    };
    let refused = telling::choose(&world.store, &anna, &pigeon).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    link(&world, "p-anna", "telegram").await;
    send(&audits, &world, &[created("d1")], at(2, 11)).await;
    round(&audits, &world, at(2, 11)).await;
    // Her own quiet hours last until noon, the head has none.
    assert_eq!(told(&world, "finding.raised").await, ["p-head"]);
    round(&audits, &world, at(2, 12)).await;
    let all = waiting(&world).await;
    let of_anna = all
        .iter()
        .filter(|message| message.recipient == "p-anna" && message.kind == "finding.raised");
    let mut channels: Vec<&str> = of_anna.clone().map(|one| one.channel.as_str()).collect();
    channels.sort_unstable();
    // Her mail is not linked: nothing is put that could not arrive.
    assert_eq!(channels, ["app", "telegram"]);
    for message in of_anna.filter(|message| message.channel != "app") {
        let letter: telling::Letter = serde_json::from_str(&message.payload).unwrap();
        assert!(
            letter.subject.starts_with("Грубое нарушение: "),
            "{}",
            letter.subject
        );
        assert!(
            letter.html.contains("https://s.example/findings/"),
            "{}",
            letter.html
        );
        let data = &letter.buttons[0][0].data;
        // Delivered, the finding counts as told by that channel.
        let payload: Value = serde_json::from_str(&message.payload).unwrap();
        assert_eq!(
            *data,
            format!("ack:{}", payload["finding"].as_str().unwrap())
        );
        assert!(message.key.contains(&message.channel), "{}", message.key);
    }
}

async fn what_people_decide_reaches_outside_channels_in_hours(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let anna = world.actor("p-anna");
    let choice = Choice {
        channels: ["email".to_owned()].into(),
        quiet: None,
    };
    telling::choose(&world.store, &anna, &choice).await.unwrap();
    link(&world, "p-anna", "email").await;
    let goal = app::goals::Asked {
        employee: "anna".to_owned(),
        rule: None,
        at_most: 1_000,
        text: "спокойный месяц".to_owned(),
    };
    let audit = audits.read(&world.company, at(2, 20)).await.unwrap();
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    app::goals::set(
        &world.store,
        &world.actor("p-head"),
        office,
        &goal,
        at(2, 20),
    )
    .await
    .unwrap();
    drop(audit);
    let all = waiting(&world).await;
    let jobs = all
        .iter()
        .filter(|message| message.kind == telling::OUTSIDE_JOB);
    let jobs: Vec<&Message> = jobs.collect();
    assert_eq!(jobs.len(), 1);
    for _ in 0..2 {
        let carried = (jobs[0].recipient.as_str(), jobs[0].payload.as_str());
        let site = Site("https://s.example");
        telling::outside(&world.store, &world.company, carried, site, at(2, 20))
            .await
            .unwrap();
    }
    let all = waiting(&world).await;
    let letters: Vec<&Message> = all.iter().filter(|one| one.channel == "email").collect();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].due_at, at(3, 9), "it was set in the evening");
    let letter: telling::Letter = serde_json::from_str(&letters[0].payload).unwrap();
    assert_eq!(letter.subject, "Вам поставили цель");
    assert!(letter.text.contains("спокойный месяц"), "{}", letter.text);
    let page = "href=\"https://s.example/month\"";
    assert!(letter.html.contains(page), "{}", letter.html);
}

async fn notes_and_pauses_are_ones_own(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    send(&audits, &world, &[created("d1")], at(2, 12)).await;
    round(&audits, &world, at(3, 10)).await;
    let (anna, boris) = (world.actor("p-anna"), world.actor("p-boris"));
    let list = telling::list(&world.store, &anna, None, 10).await.unwrap();
    assert_eq!((list.len(), list[0].read_at), (1, None));
    let foreign = telling::open(&world.store, &boris, &list[0].id, at(3, 11)).await;
    assert!(matches!(foreign, Err(Error::NotFound { .. })));
    for hour in [11, 12] {
        let read = telling::open(&world.store, &anna, &list[0].id, at(3, hour)).await;
        assert_eq!(read.unwrap().read_at, Some(at(3, 11)));
    }
    let audit = audits.read(&world.company, at(3, 12)).await.unwrap();
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let (store, now) = (&world.store, at(3, 12));
    let pause = async |who: &str, whose: &str, reason: &str| {
        let wanted = (whose, at(6, 0), reason);
        pauses::make(store, &world.actor(who), office, wanted, now).await
    };
    assert!(matches!(
        pause("p-anna", "p-anna", "x").await,
        Err(Error::Denied(_))
    ));
    assert!(matches!(
        pause("p-clara", "", "x").await,
        Err(Error::Denied(_))
    ));
    assert!(matches!(
        pause("p-clara", "p-head", "x").await,
        Err(Error::NotFound { .. })
    ));
    assert!(matches!(
        pause("p-head", "p-anna", " ").await,
        Err(Error::Invalid(_))
    ));
    let made = pause("p-clara", "p-anna", "учёба").await.unwrap();
    let holding = async |who: &str| {
        let all = pauses::holding(store, &world.actor(who), office, now).await;
        all.unwrap().len()
    };
    for (who, seen) in [("p-anna", 1), ("p-boris", 0), ("p-clara", 1), ("p-head", 1)] {
        assert_eq!(holding(who).await, seen, "{who}");
    }
    let clara = world.actor("p-clara");
    pauses::end(store, &clara, office, &made.id, now)
        .await
        .unwrap();
    assert_eq!(holding("p-anna").await, 0);
    assert_eq!(
        world.journal(&format!("pause:{}", made.id)).await,
        ["pause.end", "pause.make"]
    );
    drop(audit);
    // Settings are the director's to change, and checked.
    let wrong = Settings {
        window: 0,
        ..Settings::default()
    };
    let director = world.actor("p-director");
    assert!(matches!(
        telling::save(store, &director, &wrong, now).await,
        Err(Error::Invalid(_))
    ));
    let changed = Settings {
        note_at: "11:00".to_owned(),
        quiet: Quiet::parse("20:00-08:00"),
        ..Settings::default()
    };
    assert!(matches!(
        telling::save(store, &anna, &changed, now).await,
        Err(Error::Denied(_))
    ));
    telling::save(store, &director, &changed, now)
        .await
        .unwrap();
    assert_eq!(telling::see(store, &director).await.unwrap(), changed);
    round(&audits, &world, at(4, 10)).await;
    assert_eq!(
        noted(&world, "p-boris").await.len() + noted(&world, "p-anna").await.len(),
        1
    );
    round(&audits, &world, at(4, 11)).await;
    assert_eq!(noted(&world, "p-anna").await.len(), 2);
}
