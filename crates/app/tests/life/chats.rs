//! What group chats are told: the note of their group, and what is urgent, without names.

use std::sync::Arc;

use app::Instant;
use app::audits::{Audits, TableChange};
use app::chats::{self, Gets, Use};
use app::life::office::{self, Office};
use app::permissions::Access;
use app::telling::{self, Quiet, Settings, Site, pauses};
use app::{Actor, Error};
use history::write::GroupRow;
use store::chats::Chat;
use store::outbox::Message;
use store::{Store, notes, on_both};

use crate::live::{created, nobody, send, tables};
use crate::office::{World, at};
use crate::telling::{MINUTE, company, round, waiting};

on_both!(
    a_chat_gets_the_note_of_its_group_once_a_day,
    a_chat_is_told_nobodys_name_unless_the_company_says_so,
    a_chat_hears_what_is_urgent_as_one_message,
    a_chat_is_disturbed_in_the_hours_of_its_group_alone,
    what_a_chat_is_for_is_an_administrators_to_say,
);

const DAILY: Gets = Gets {
    reports: false,
    daily: true,
    at_once: false,
};
const AT_ONCE: Gets = Gets {
    reports: false,
    daily: false,
    at_once: true,
};

/// Adds a chat about a group, or about the whole company.
async fn chat(world: &World, id: &str, about: &str, gets: Gets) {
    let chat = Chat {
        company: world.company.clone(),
        id: id.to_owned(),
        chat: -100,
        about: about.to_owned(),
        gets,
        language: "ru".to_owned(),
        linked_at: at(2, 9),
        ..Chat::default()
    };
    let mut tx = world.store.begin().await.unwrap();
    store::chats::add(&mut tx, &chat).await.unwrap();
    tx.commit().await.unwrap();
}

/// Boris goes to a group of his own, which nobody leads.
async fn south(audits: &Audits, world: &World) {
    let mut tables = tables();
    tables.groups.push(GroupRow {
        id: "south".to_owned(),
        name: "south".to_owned(),
        lead: String::new(),
    });
    tables.employees[1].group = "south".to_owned();
    let change = TableChange::All(Box::new(tables));
    audits
        .change_tables(&world.company, &change, nobody(), at(2, 9))
        .await
        .unwrap();
}

/// What waits for chats, by chat.
async fn heard(world: &World, kind: &str) -> Vec<Message> {
    let mut all = waiting(world).await;
    all.retain(|message| message.channel == "telegram-group" && message.kind == kind);
    all
}

fn whose(heard: &[Message]) -> Vec<&str> {
    heard.iter().map(|one| one.recipient.as_str()).collect()
}

fn letter(message: &Message) -> telling::Letter {
    let mut letter: telling::Letter = serde_json::from_str(&message.payload).unwrap();
    letter.text = wording::plain_spaces(&letter.text);
    letter
}

async fn a_chat_gets_the_note_of_its_group_once_a_day(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    south(&audits, &world).await;
    chat(&world, "all", "", DAILY).await;
    chat(&world, "north", "north", DAILY).await;
    chat(&world, "south", "south", DAILY).await;
    chat(&world, "gone", "no such group", DAILY).await;
    chat(&world, "reports", "north", Gets::default()).await;
    let mut boris = created("d3");
    boris.employee = "boris";
    let events = [created("d1"), created("d2"), boris];
    send(&audits, &world, &events, at(2, 12)).await;
    round(&audits, &world, at(3, 9) + 29 * MINUTE).await;
    assert_eq!(heard(&world, "note.chat").await, []);
    let now = at(3, 9) + 30 * MINUTE;
    let other = Audits::new(world.store.clone());
    drop(other.read(&world.company, now).await.unwrap());
    let (one, two) = tokio::join!(
        telling::round(&audits, &world.company, Site(""), now),
        telling::round(&other, &world.company, Site(""), now),
    );
    one.unwrap();
    two.unwrap();
    round(&audits, &world, at(3, 17)).await;
    let notes = heard(&world, "note.chat").await;
    assert_eq!(whose(&notes), ["all", "north", "south"]);
    for (message, count, link) in [
        (&notes[0], 3, "/findings?open=yes"),
        (&notes[1], 2, "/group"),
        (&notes[2], 1, "/group"),
    ] {
        let letter = letter(message);
        let found = format!("новых замечаний: {count}");
        assert!(letter.text.contains(&found), "{count}: {}", letter.text);
        assert_eq!(letter.link, link);
        assert!(letter.attachments.is_empty() && letter.buttons.is_empty());
    }
    // What the lead reads of the group is the same.
    let kept = async |whose: &str| {
        let mut reader = world.store.reader().await.unwrap();
        let all = notes::page(&mut reader, &world.company, whose, None, 10).await;
        all.unwrap()
    };
    let (lead, north) = (kept("p-clara").await, kept("north").await);
    let found = |note: &notes::Note| {
        let note: telling::facts::Daily = serde_json::from_str(&note.figures).unwrap();
        let found = note.found.unwrap();
        (found.new, found.gross, found.open, note.checked)
    };
    assert_eq!(found(&lead[0]), found(&north[0]));
    assert_eq!(
        (north[0].reader.as_str(), north[0].read_at),
        (notes::CHAT, None)
    );
    // A new day, a new note; what a chat does not read nobody is reproached with.
    round(&audits, &world, at(4, 10)).await;
    assert_eq!(heard(&world, "note.chat").await.len(), 6);
    let director = world.actor("p-director");
    let lies = telling::unhandled::see(&audits, &director, at(20, 12)).await;
    let lies = lies.unwrap().people;
    assert!(lies.iter().all(|left| !left.name.is_empty()), "{lies:?}");
}

async fn a_chat_is_told_nobodys_name_unless_the_company_says_so(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let gets = Gets {
        daily: true,
        ..AT_ONCE
    };
    chat(&world, "north", "north", gets).await;
    let hears = async |day: i8, deal: &'static str| {
        let mut event = created(deal);
        event.at = at(day, 10);
        send(&audits, &world, &[event], at(day, 12)).await;
        round(&audits, &world, at(day, 12)).await;
        let all = waiting(&world).await.into_iter();
        let in_chats = all.filter(|one| one.channel == "telegram-group");
        let said: Vec<String> = in_chats.map(|one| one.payload).collect();
        said.join("\n")
    };
    hears(2, "d1").await;
    let said = hears(3, "d2").await;
    assert!(said.contains("Заметка на 3"), "{said}");
    for private in [
        "anna",
        "boris",
        "clara",
        "d1",
        "d2",
        "/people/",
        "/findings/",
    ] {
        assert!(!said.contains(private), "{private}: {said}");
    }
    let settings = Settings {
        chat_names: true,
        ..Settings::default()
    };
    let director = world.actor("p-director");
    telling::save(&world.store, &director, &settings, at(3, 13))
        .await
        .unwrap();
    let said = hears(4, "d3").await;
    let note = said.lines().find(|one| one.contains("Заметка на 4"));
    let note = note.expect("a note of the 4th");
    assert!(note.contains("anna"), "{note}");
    // Whose violation is gross the chat is not told even so.
    let urgent = heard(&world, "findings.chat").await;
    assert_eq!(urgent.len(), 3);
    assert!(urgent.iter().all(|one| !one.payload.contains("anna")));
}

async fn a_chat_hears_what_is_urgent_as_one_message(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    south(&audits, &world).await;
    chat(&world, "all", "", AT_ONCE).await;
    chat(&world, "north", "north", AT_ONCE).await;
    chat(&world, "south", "south", AT_ONCE).await;
    chat(&world, "notes", "north", DAILY).await;
    let deals: Vec<String> = (0..12).map(|n| format!("d{n}")).collect();
    let records: Vec<_> = deals.iter().map(|deal| created(deal)).collect();
    send(&audits, &world, &records[..1], at(2, 11)).await;
    round(&audits, &world, at(2, 11)).await;
    let first = heard(&world, "findings.chat").await;
    assert_eq!(whose(&first), ["all", "north"]);
    assert!(letter(&first[0]).text.contains("— 1"), "{first:?}");
    // The person hears of it by name all the same.
    let own = waiting(&world).await;
    assert!(
        own.iter()
            .any(|one| one.recipient == "p-anna" && one.kind == "finding.raised")
    );
    send(&audits, &world, &records[1..], at(2, 11) + MINUTE).await;
    round(&audits, &world, at(2, 11) + 14 * MINUTE).await;
    assert_eq!(heard(&world, "findings.chat").await.len(), 2);
    let other = Audits::new(world.store.clone());
    let now = at(2, 11) + 15 * MINUTE;
    drop(other.read(&world.company, now).await.unwrap());
    let (one, two) = tokio::join!(
        telling::round(&audits, &world.company, Site(""), now),
        telling::round(&other, &world.company, Site(""), now),
    );
    one.unwrap();
    two.unwrap();
    round(&audits, &world, at(2, 12)).await;
    let all = heard(&world, "findings.chat").await;
    assert_eq!(whose(&all), ["all", "all", "north", "north"]);
    let many: Vec<String> = all.iter().map(|one| letter(one).subject).collect();
    let flood = many.iter().filter(|said| *said == "Новых замечаний: 11");
    assert_eq!(flood.count(), 2, "{many:?}");
    assert!(all.iter().any(|one| letter(one).text.contains("— 11")));
}

async fn a_chat_is_disturbed_in_the_hours_of_its_group_alone(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    let gets = Gets {
        daily: true,
        ..AT_ONCE
    };
    chat(&world, "north", "north", gets).await;
    let settings = Settings {
        quiet: Quiet::parse("17:00-10:15"),
        ..Settings::default()
    };
    let director = world.actor("p-director");
    telling::save(&world.store, &director, &settings, at(2, 9))
        .await
        .unwrap();
    let all = async |now: Instant| {
        round(&audits, &world, now).await;
        let all = waiting(&world).await;
        let in_chats = all.iter().filter(|one| one.channel == "telegram-group");
        in_chats.count()
    };
    send(&audits, &world, &[created("d1")], at(2, 18)).await;
    assert_eq!(all(at(2, 18)).await, 0);
    assert_eq!(all(at(3, 10)).await, 0);
    assert_eq!(all(at(3, 10) + 15 * MINUTE).await, 2);
    // While the company's notices are paused its chats are not disturbed either.
    {
        let audit = audits.read(&world.company, at(3, 12)).await.unwrap();
        let office = Office::of(audit.live(), office::clocks(audit.live()));
        let wanted = ("", at(5, 0), "переезд");
        let head = world.actor("p-head");
        pauses::make(&world.store, &head, office, wanted, at(3, 12))
            .await
            .unwrap();
    }
    let mut event = created("d2");
    event.at = at(3, 13);
    send(&audits, &world, &[event], at(3, 14)).await;
    assert_eq!(all(at(3, 14)).await, 2);
    assert_eq!(all(at(4, 12)).await, 2);
    assert_eq!(all(at(5, 12)).await, 3, "one note for all of it");
    let notes = heard(&world, "note.chat").await;
    let said = letter(notes.last().unwrap()).text;
    assert!(said.contains("приостановлены"), "{said}");
}

async fn what_a_chat_is_for_is_an_administrators_to_say(store: Arc<Store>) {
    let (world, audits) = company(store).await;
    chat(&world, "north", "", Gets::default()).await;
    let admin = Actor {
        access: Access::Administrator,
        ..world.actor("p-head")
    };
    let audit = audits.read(&world.company, at(2, 9)).await.unwrap();
    let office = Office::of(audit.live(), office::clocks(audit.live()));
    let wanted = Use {
        about: "north".to_owned(),
        gets: DAILY,
        language: "en".to_owned(),
    };
    let change = async |actor: &Actor, wanted: &Use| {
        chats::change(&world.store, actor, office, ("north", wanted), at(2, 10)).await
    };
    for person in ["p-anna", "p-clara", "p-head", "p-director"] {
        let denied = change(&world.actor(person), &wanted).await;
        assert!(matches!(denied, Err(Error::Denied(_))), "{person}");
    }
    for wrong in [
        Use {
            about: "nowhere".to_owned(),
            ..wanted.clone()
        },
        Use {
            language: "tlh".to_owned(),
            ..wanted.clone()
        },
    ] {
        let refused = change(&admin, &wrong).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
    change(&admin, &wanted).await.unwrap();
    let chat = chats::one(&world.store, &admin, "north").await.unwrap();
    assert_eq!((chat.about.as_str(), chat.gets), ("north", DAILY));
    assert_eq!(world.journal("chat:north").await, ["chat.change"]);
    chats::cut(&world.store, &admin, "north", at(3, 10))
        .await
        .unwrap();
    let refused = change(&admin, &wanted).await;
    assert!(matches!(refused, Err(Error::NotFound { .. })));
}
