//! Notes as they are read, in both languages.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use notes::{
    AtOnce, Away, Checked, Daily, Day, Found, Happened, KINDS, Left, Letter, Moment, NoDeals, Of,
    Person, Reader, Silence, Site, Told, Unchecked, Unhandled, Waits, Worst, catalogue,
    chat_at_once, chat_daily,
};
use wording::{Lang, plain_spaces};

const NAMES: [&str; 2] = ["Анна Серова", "Борис Климов"];

fn empty(reader: Reader) -> Daily {
    Daily {
        reader,
        day: Day(date(2026, 4, 15)),
        from: Day(date(2026, 4, 14)),
        to: Day(date(2026, 4, 14)),
        checked: Some(Checked { deals: 12 }),
        found: Some(Found::default()),
        people: Vec::new(),
        more_people: 0,
        away: Vec::new(),
        worst: Vec::new(),
        waits: None,
        unchecked: None,
        paused_since: None,
        currency: "RUB".to_owned(),
    }
}

fn found() -> Found {
    Found {
        new: 3,
        new_link: "/findings?figures=counted&from=2026-04-14&to=2026-04-14".to_owned(),
        gross: 1,
        deals: 2,
        again: 1,
        again_link: "/findings?again=yes".to_owned(),
        mended: 2,
        mended_link: "/findings?worked=mended".to_owned(),
        mended_of: 7,
        mended_of_link: "/findings?worked=all".to_owned(),
        open: 5,
        open_link: "/mine".to_owned(),
        due: 1,
        money: 35_000_000,
        money_deals: 4,
    }
}

fn worst(person: &str) -> Worst {
    Worst {
        finding: "f1".to_owned(),
        deal: "Окна для школы".to_owned(),
        person: person.to_owned(),
        text: "нет открытой задачи с вт 14 апр, 10:15".to_owned(),
        link: "/findings/f1".to_owned(),
        rule: "Сделка без задачи".to_owned(),
        severity: "gross".to_owned(),
    }
}

fn employee() -> Daily {
    Daily {
        found: Some(found()),
        worst: vec![worst("")],
        ..empty(Reader::Employee)
    }
}

fn lead() -> Daily {
    let person = |name: &str, gross| Person {
        name: name.to_owned(),
        link: "/people/1".to_owned(),
        new: 2,
        open: 3,
        gross,
        money: 12_500_000,
    };
    Daily {
        from: Day(date(2026, 4, 10)),
        found: Some(found()),
        people: vec![person(NAMES[0], 1), person(NAMES[1], 0)],
        more_people: 2,
        worst: vec![worst(NAMES[0])],
        away: vec![
            Away {
                name: NAMES[1].to_owned(),
                kind: "vacation".to_owned(),
                until: Some(Day(date(2026, 4, 20))),
                deals: 4,
            },
            Away {
                name: NAMES[0].to_owned(),
                kind: "sick".to_owned(),
                until: None,
                deals: 0,
            },
        ],
        paused_since: Some(Day(date(2026, 4, 9))),
        ..empty(Reader::Lead)
    }
}

fn coordinator() -> Daily {
    Daily {
        found: None,
        checked: Some(Checked { deals: 214 }),
        waits: Some(Waits {
            to_pass_on: 3,
            since: Some(Moment(date(2026, 4, 13).at(16, 5, 0, 0))),
            disputes: 4,
            disputes_late: 1,
            disputes_today: 2,
            next: Some(Moment(date(2026, 4, 15).at(12, 0, 0, 0))),
        }),
        unchecked: Some(Unchecked {
            silence: None,
            without_deals: NoDeals {
                count: 3,
                names: NAMES.map(str::to_owned).to_vec(),
            },
        }),
        ..empty(Reader::Coordinator)
    }
}

fn unchecked() -> Daily {
    Daily {
        checked: None,
        waits: Some(Waits::default()),
        unchecked: Some(Unchecked {
            silence: Some(Silence {
                since: Some(Moment(date(2026, 4, 11).at(18, 20, 0, 0))),
            }),
            without_deals: NoDeals::default(),
        }),
        ..coordinator()
    }
}

fn read(letter: &Letter) -> String {
    let text = format!("[{}]\n{}", letter.subject, letter.text);
    plain_spaces(&text)
}

fn both(note: &Daily) -> String {
    let told = [Lang::Ru, Lang::En].map(|lang| read(&note.letter(lang, "/notes/1", Site(""))));
    told.join("\n\n----\n\n")
}

#[test]
fn both_languages_say_the_same() {
    let messages = |lang| {
        let messages = catalogue(lang);
        let ids = messages.ids().into_iter();
        ids.map(|id| format!("{id}: {:?}", messages.variables(id)))
            .collect::<Vec<_>>()
    };
    assert_eq!(messages(Lang::Ru), messages(Lang::En));
}

#[test]
fn an_employee_reads_what_was_found() {
    insta::assert_snapshot!(both(&employee()));
}

#[test]
fn clean_work_is_told_with_how_much_was_checked() {
    insta::assert_snapshot!(both(&empty(Reader::Employee)));
}

#[test]
fn old_findings_are_no_new_ones() {
    let mut note = empty(Reader::Employee);
    note.found = Some(Found {
        open: 1,
        mended_of: 1,
        open_link: "/mine".to_owned(),
        ..Found::default()
    });
    insta::assert_snapshot!(both(&note));
}

#[test]
fn a_lead_reads_about_the_group() {
    insta::assert_snapshot!(both(&lead()));
}

#[test]
fn a_coordinator_reads_what_waits() {
    insta::assert_snapshot!(both(&coordinator()));
}

#[test]
fn what_was_not_checked_is_told_to_the_coordinator() {
    insta::assert_snapshot!(both(&unchecked()));
}

#[test]
fn nobody_is_told_that_work_was_clean_where_nothing_was_checked() {
    let mut note = empty(Reader::Employee);
    note.checked = None;
    assert!(!note.says_anything());
    note.found = Some(found());
    assert!(note.says_anything());
    for lang in [Lang::Ru, Lang::En] {
        let letter = note.letter(lang, "", Site(""));
        let told = format!("{} {}", letter.subject, letter.text);
        for clean in ["замечаний нет", "no findings", "no new findings"] {
            assert!(!told.contains(clean), "{told}");
        }
    }
    assert!(unchecked().says_anything());
}

#[test]
fn a_note_survives_being_kept() {
    for note in [employee(), lead(), coordinator(), unchecked()] {
        let kept = serde_json::to_string(&note).unwrap();
        assert_eq!(serde_json::from_str::<Daily>(&kept).unwrap(), note);
    }
}

fn told(place: usize, person: &str) -> Told {
    Told {
        finding: format!("f{place}"),
        deal: format!("Сделка {place}"),
        person: person.to_owned(),
        instead_of: String::new(),
        text: "задача просрочена на 2 ч раб.".to_owned(),
        rule: "Просроченная задача".to_owned(),
        severity: if place == 1 { "gross" } else { "violation" }.to_owned(),
        link: format!("/findings/f{place}"),
    }
}

fn flood(count: u64) -> AtOnce {
    AtOnce {
        of: Of::Others,
        told: (1..=5.min(count as usize))
            .map(|place| told(place, NAMES[place % 2]))
            .collect(),
        count,
        link: "/findings?open=yes".to_owned(),
    }
}

#[test]
fn one_finding_and_a_flood_as_they_are_told_at_once() {
    let one = AtOnce {
        of: Of::Own,
        told: vec![told(1, "")],
        count: 1,
        link: "/mine".to_owned(),
    };
    let instead = AtOnce {
        of: Of::Others,
        told: vec![Told {
            instead_of: NAMES[0].to_owned(),
            ..told(2, NAMES[0])
        }],
        count: 1,
        link: "/group".to_owned(),
    };
    let all = [one.clone(), instead, flood(3), flood(12)];
    let mut read_all = Vec::new();
    for lang in [Lang::Ru, Lang::En] {
        read_all.extend(
            all.iter()
                .map(|message| read(&message.letter(lang, Site("")))),
        );
    }
    insta::assert_snapshot!(read_all.join("\n\n----\n\n"));
    let buttons = one.letter(Lang::Ru, Site("")).buttons;
    let data: Vec<&str> = buttons
        .iter()
        .flatten()
        .map(|one| one.data.as_str())
        .collect();
    assert_eq!(data, ["ack:f1", "cause:f1", "dispute:f1"]);
    assert!(flood(12).letter(Lang::Ru, Site("")).buttons.is_empty());
}

fn unhandled() -> Unhandled {
    let left = |name: &str, notes, findings| Left {
        employee: "e1".to_owned(),
        name: name.to_owned(),
        notes,
        notes_since: Some(Moment(date(2026, 4, 9).at(9, 30, 0, 0))),
        findings,
        findings_since: Some(Moment(date(2026, 4, 8).at(12, 15, 0, 0))),
        link: "/findings?state=told".to_owned(),
    };
    Unhandled {
        day: Day(date(2026, 4, 15)),
        days: 3,
        people: vec![left(NAMES[0], 2, 5), left(NAMES[1], 1, 0)],
    }
}

#[test]
fn a_director_reads_what_lies_unanswered() {
    let read_all = [Lang::Ru, Lang::En].map(|lang| read(&unhandled().letter(lang, Site(""))));
    insta::assert_snapshot!(read_all.join("\n\n----\n\n"));
}

#[test]
fn what_happened_has_words() {
    let mut read_all = Vec::new();
    for lang in [Lang::Ru, Lang::En] {
        for kind in KINDS {
            let happened = Happened {
                kind: kind.to_owned(),
                deal: "Окна".to_owned(),
                person: NAMES[0].to_owned(),
                rule: "Просроченная задача".to_owned(),
                text: "клиент перенёс встречу".to_owned(),
                link: "/findings/1".to_owned(),
            };
            let letter = happened.letter(lang, Site("")).unwrap();
            read_all.push(read(&letter));
        }
    }
    let unknown = Happened {
        kind: "finding.forgotten".to_owned(),
        ..Happened::default()
    };
    assert_eq!(unknown.letter(Lang::Ru, Site("")), None);
    insta::assert_snapshot!(read_all.join("\n\n"));
}

#[test]
fn a_group_chat_is_told_no_names_unless_the_company_says_so() {
    for lang in [Lang::Ru, Lang::En] {
        for names in [false, true] {
            let letters = [
                chat_daily(&lead(), names, lang, Site("https://s.example")),
                chat_daily(&employee(), names, lang, Site("https://s.example")),
                chat_at_once(&flood(1), names, lang, Site("https://s.example")),
                chat_at_once(&flood(12), names, lang, Site("https://s.example")),
            ];
            for letter in &letters {
                let all = serde_json::to_string(letter).unwrap();
                for name in NAMES {
                    assert!(names || !all.contains(name), "{all}");
                }
                // What was found in a deal goes to the person and the lead.
                for private in ["Окна", "Сделка 1", "/findings/f", "/people/"] {
                    assert!(!all.contains(private), "{private} in {all}");
                }
            }
            let told = letters
                .iter()
                .filter(|one| one.text.contains(NAMES[0]))
                .count();
            assert_eq!(told > 0, names);
            // A gross one is nobody's in a chat.
            let gross = chat_at_once(&flood(1), names, lang, Site(""));
            assert!(NAMES.iter().all(|name| !gross.text.contains(name)));
        }
    }
}
