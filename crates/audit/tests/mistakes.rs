//! What is wrong with a regulation is told with its place, and nothing makes the reader fall.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use audit::examples;
use audit::message::mistake;
use audit::regulation::{Expected, Mistake, Regulation, Version, What, describe};
use audit::rules::RULES;
use proptest::prelude::*;
use wording::{Lang, plain_spaces};

/// A regulation in which each mistake of this file stands alone.
const HEAD: &str = "timezone = \"Europe/Moscow\"\n";

fn mistakes(text: &str) -> (String, Vec<Mistake>) {
    match Version::parse(text, "regulation.toml") {
        Ok(_) => panic!("no mistake was found in:\n{text}"),
        Err(mistakes) => (mistakes.source.to_string(), mistakes.list),
    }
}

/// `line:column: what`, a line a mistake.
fn told(text: &str, lang: Lang) -> String {
    let (source, list) = mistakes(text);
    let mut told = String::new();
    for one in &list {
        let place = match one.line_column(&source) {
            Some((line, column)) => format!("{line}:{column}"),
            None => "-".to_owned(),
        };
        let said = plain_spaces(&mistake(&one.what, lang));
        writeln!(told, "{place}: {said}").unwrap();
    }
    told
}

/// The only mistake, by its place.
fn only(text: &str) -> (What, Option<(usize, usize)>) {
    let (source, list) = mistakes(text);
    assert_eq!(list.len(), 1, "{list:#?}");
    let place = list[0].line_column(&source);
    (list[0].what.clone(), place)
}

/// A mistake in a single entry that begins on line 2; `line` is its line 4.
fn entry(code: &str, line: &str) -> String {
    format!("{HEAD}[[rule]]\nuse = \"{code}\"\n{line}\n")
}

fn cases() -> Vec<(&'static str, String)> {
    let at_head = |lines: &str| format!("{HEAD}{lines}\n");
    vec![
        ("no TOML", at_head("name = ")),
        ("a key twice", at_head("name = \"a\"\nname = \"b\"")),
        ("no timezone", "name = \"Регламент\"\n".to_owned()),
        (
            "unknown timezone",
            "timezone = \"Europe/Moskow\"\n".to_owned(),
        ),
        ("timezone of another form", "timezone = 3\n".to_owned()),
        ("unknown key at the head", at_head("langauge = \"ru\"")),
        ("unknown language", at_head("language = \"de\"")),
        ("no date", at_head("effective = \"1 марта\"")),
        (
            "date with an hour",
            at_head("effective = 2026-03-01T10:00:00"),
        ),
        (
            "unknown key in a table",
            at_head("[calendar]\ncuntry = \"RU\""),
        ),
        ("unknown country", at_head("[calendar]\ncountry = \"DE\"")),
        (
            "day length in days",
            at_head("[calendar]\nday_length = \"1d\""),
        ),
        (
            "day length of nothing",
            at_head("[calendar]\nday_length = \"0h\""),
        ),
        (
            "unknown weekday",
            at_head("[calendar.week]\nmonday = [\"09:00-18:00\"]"),
        ),
        (
            "no interval",
            at_head("[calendar.week]\nmon = [\"09:00-13:00\", \"после обеда\"]"),
        ),
        (
            "no time",
            at_head("[calendar.week]\nmon = [\"09:00-25:00\"]"),
        ),
        (
            "hours from 24:00",
            at_head("[calendar.week]\nmon = [\"24:00-02:00\"]"),
        ),
        (
            "hours of no length",
            at_head("[calendar.week]\nmon = [\"09:00-09:00\"]"),
        ),
        (
            "hours outside a list",
            at_head("[calendar.week]\nmon = \"09:00-18:00\""),
        ),
        (
            "date excepted twice",
            at_head(
                "[[calendar.exception]]\ndate = \"2026-12-31\"\nhours = []\n\
                 [[calendar.exception]]\ndate = \"2026-12-31\"\nhours = [\"09:00-14:00\"]",
            ),
        ),
        (
            "exception without hours",
            at_head("[[calendar.exception]]\ndate = \"2026-12-31\""),
        ),
        (
            "exception with single brackets",
            at_head("[calendar.exception]\ndate = \"2026-12-31\""),
        ),
        (
            "unknown key in an exception",
            at_head("[[calendar.exception]]\ndate = \"2026-12-31\"\nhours = []\nday = 1"),
        ),
        (
            "shift",
            at_head(
                "[shift.night]\npattern = \"3-3\"\nanchor = \"2026-01\"\nhors = [\"22:00-06:00\"]",
            ),
        ),
        (
            "light",
            at_head("[light]\nweights = { remark = -1, gros = 10 }\nmin_deals = 2.5"),
        ),
        (
            "yellow below green",
            at_head("[light]\ngreen = 30\nyellow = 25"),
        ),
        (
            "green above the default yellow",
            at_head("[light]\ngreen = 30.5"),
        ),
        ("rule without use", at_head("[[rule]]\nlimit = \"15m\"")),
        ("unknown rule", at_head("[[rule]]\nuse = \"first-respons\"")),
        (
            "unknown rule unlike any",
            at_head("[[rule]]\nuse = \"кофе\""),
        ),
        (
            "unknown key of a rule",
            entry("first-response", "limmit = \"15m\""),
        ),
        (
            "parameter of another rule",
            entry("first-response", "attempts = 3"),
        ),
        ("no duration", entry("first-response", "limit = \"15 min\"")),
        (
            "duration of ages",
            entry("first-response", "limit = \"99999999d\""),
        ),
        (
            "number for a duration",
            entry("first-response", "limit = 15"),
        ),
        ("no count", entry("not-reached", "attempts = -3")),
        ("no share", entry("loser-share", "alpha = 5")),
        ("no flag", entry("lost-without-reason", "comment = \"да\"")),
        (
            "no list",
            entry("lost-without-reason", "except_reasons = \"Спам\""),
        ),
        (
            "list of numbers",
            entry("lost-without-reason", "except_reasons = [1]"),
        ),
        (
            "unknown severity",
            entry("first-response", "severity = \"violations\""),
        ),
        (
            "unknown clock",
            entry("first-response", "clock = \"allways\""),
        ),
        (
            "unknown role",
            entry("first-response", "roles = [\"seler\"]"),
        ),
        (
            "unknown word of tells",
            entry(
                "first-response",
                "tells = { boss = \"now\", lead = \"dayly\" }",
            ),
        ),
        (
            "clock without working days",
            entry("crm-time", "clock = \"always\""),
        ),
        (
            "pattern that does not compile",
            entry("deal-title", "pattern = '(.+ — .+'"),
        ),
        (
            "pattern that opens and closes",
            entry("deal-title", "pattern = 'a)|(b'"),
        ),
        (
            "template without placeholders",
            entry("deal-title", "template = 'Окна'"),
        ),
        (
            "template of another form",
            entry("deal-title", "template = '{a}{b}'"),
        ),
        ("no condition", entry("custom", "grace = '1h'")),
        (
            "condition that breaks off",
            entry("custom", "when = 'price > '"),
        ),
        (
            "condition with an unknown word",
            entry("custom", "when = \"title == \\\"prise\\\" && prise > 1\""),
        ),
        (
            "condition with the time",
            entry("custom", "when = 'now - 5 > 1'"),
        ),
        (
            "condition with an unknown function",
            entry("custom", "when = 'lower(title) == title'"),
        ),
        (
            "condition about any field",
            entry("custom", "when = 'field[title] == title'"),
        ),
        (
            "indicator out of range",
            entry("custom", "when = 'price > 1'\nindicator = 11"),
        ),
        ("empty pattern", entry("deal-title", "pattern = ''")),
        (
            "two fields",
            entry(
                "stuck-in-stage",
                "limits_by = { a = { x = \"1d\" }, b = { y = \"2d\" } }",
            ),
        ),
        (
            "table of something else",
            entry("stuck-in-stage", "limits = [\"7d\"]"),
        ),
        (
            "nothing to judge by",
            entry("stage-order", "severity = \"remark\""),
        ),
        (
            "an empty table to judge by",
            entry("required-field", "fields = {}"),
        ),
        (
            "the same name twice",
            at_head("[[rule]]\nuse = \"first-response\"\n[[rule]]\nuse = \"first-response\""),
        ),
        (
            "the same given name twice",
            at_head(
                "[[rule]]\nuse = \"first-response\"\nname = \"a\"\n[[rule]]\nuse = \"missed-call\"\nname = \"a\"",
            ),
        ),
        (
            "many at once",
            at_head(
                "[light]\ngren = 10\n[[rule]]\nuse = \"mised-call\"\n[[rule]]\nuse = \"crm-time\"\npause = \"fast\"",
            ),
        ),
    ]
}

fn all_told(lang: Lang) -> String {
    let mut all = String::new();
    for (name, text) in cases() {
        writeln!(all, "# {name}\n{}", told(&text, lang)).unwrap();
    }
    all
}

#[test]
fn wording_in_russian() {
    insta::assert_snapshot!(all_told(Lang::Ru));
}

#[test]
fn wording_in_english() {
    insta::assert_snapshot!(all_told(Lang::En));
}

#[test]
fn every_mistake_is_a_whole_sentence() {
    for lang in Lang::ALL {
        for (name, text) in cases() {
            for line in told(&text, lang).lines() {
                for flaw in ["⟨", "{$", "{ $", "  ", ".."] {
                    assert!(!line.contains(flaw), "{name}: {line}");
                }
                assert!(line.ends_with(['.', '?']), "{name}: {line}");
            }
        }
    }
}

#[test]
fn an_unknown_key_stands_at_its_place_beside_the_nearest_known_one() {
    let (what, place) = only(&entry("first-response", "limmit = \"15m\""));
    let What::UnknownKey {
        key,
        table,
        nearest,
    } = what
    else {
        panic!("{what:?}")
    };
    assert_eq!((key.as_str(), table.as_str()), ("limmit", "[rule]"));
    assert_eq!(nearest.as_deref(), Some("limit"));
    assert_eq!(place, Some((4, 1)));
}

#[test]
fn an_unknown_rule_stands_at_its_place_beside_the_nearest_known_one() {
    let (what, place) = only(&format!("{HEAD}[[rule]]\nuse = \"first-respons\"\n"));
    let What::UnknownId { thing, id, nearest } = what else {
        panic!("{what:?}")
    };
    assert_eq!((thing, id.as_str()), ("rule", "first-respons"));
    assert_eq!(nearest.as_deref(), Some("first-response"));
    assert_eq!(place, Some((3, 7)));
}

#[test]
fn columns_are_characters_not_bytes() {
    let line = "\"Имя\" = 1\nname = \"Регламент\"; x";
    let (what, place) = only(&format!("{HEAD}{line}\n"));
    assert!(matches!(what, What::Toml(_)));
    assert_eq!(place, Some((3, 19)));
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let text = format!("langauge = \"ru\"\n{HEAD}[[rule]]\nuse = \"mised-call\"\n");
    let plain = told(&text, Lang::Ru);
    assert!(plain.starts_with("1:1: "), "{plain}");
    assert!(plain.contains("\n4:7: "), "{plain}");
    assert_eq!(told(&format!("\u{feff}{text}"), Lang::Ru), plain);
    let broken = "timezone = \"Europe/Moscow\"\nname = \n";
    let (_, place) = only(&format!("\u{feff}{broken}"));
    assert_eq!(place, only(broken).1);
    let version = Version::parse(&format!("\u{feff}{HEAD}"), "regulation.toml").unwrap();
    assert_eq!(&*version.source, HEAD);
}

#[test]
fn line_ends_of_windows_move_no_place() {
    let text = entry("first-response", "limmit = \"15m\"").replace('\n', "\r\n");
    assert_eq!(only(&text).1, Some((4, 1)));
}

#[test]
fn mistakes_come_in_the_order_of_the_file() {
    let text = format!("{HEAD}[light]\ngren = 10\n[[rule]]\nuse = \"x\"\n[shift]\na = 1\n");
    let (source, list) = mistakes(&text);
    let lines: Vec<usize> = list
        .iter()
        .filter_map(|one| Some(one.line_column(&source)?.0))
        .collect();
    assert_eq!(lines, [3, 5, 7]);
}

#[test]
fn a_bad_duration_says_what_it_takes() {
    let (what, place) = only(&entry("first-response", "limit = \"15 min\""));
    let What::BadValue {
        key,
        value,
        expected,
        ..
    } = what
    else {
        panic!("{what:?}")
    };
    assert_eq!((key.as_str(), value.as_str()), ("limit", "\"15 min\""));
    assert_eq!(*expected, Expected::Duration);
    assert_eq!(place, Some((4, 9)));
}

#[test]
fn dates_may_stand_without_quotes() {
    let text = "timezone = \"UTC\"\neffective = 2026-03-01\n[calendar.week]\nmon = [\"09:00-18:00\"]\n\
                [[calendar.exception]]\ndate = 2026-12-31\nhours = []\n";
    let version = Version::parse(text, "regulation.toml").unwrap();
    assert_eq!(version.effective, Some(jiff::civil::date(2026, 3, 1)));
    assert_eq!(version.calendar.exceptions.len(), 1);
}

#[test]
fn without_a_week_no_date_has_hours() {
    let text = "timezone = \"UTC\"\n[[calendar.exception]]\ndate = 2026-12-31\nhours = [\"09:00-18:00\"]\n";
    let version = Version::parse(text, "regulation.toml").unwrap();
    assert!(version.calendar.exceptions.is_empty());
    assert_eq!(version.notes.len(), 1, "and the check says so");
}

#[test]
fn entries_know_their_lines() {
    let text = format!("{HEAD}\n[[rule]]\nuse = \"missed-call\"\n\n[[rule]]\nuse = \"crm-time\"\n");
    let version = Version::parse(&text, "regulation.toml").unwrap();
    let lines: Vec<usize> = version.entries.iter().map(|entry| entry.line).collect();
    assert_eq!(lines, [3, 6]);
}

#[test]
fn a_week_without_hours_is_worth_a_note() {
    let version = Version::parse(HEAD, "regulation.toml").unwrap();
    assert_eq!(version.notes.len(), 1);
    assert_eq!(version.notes[0].what, What::NoHours);
    let with_hours = format!("{HEAD}[calendar.week]\nmon = [\"09:00-18:00\"]\n");
    let version = Version::parse(&with_hours, "regulation.toml").unwrap();
    assert!(version.notes.is_empty());
}

#[test]
fn ids_that_a_history_does_not_know_stand_at_their_places() {
    let (history, _) =
        examples::read("2 10:00 d1 created stage=new\n2 10:00 d1 field_set field=Бюджет text=100")
            .unwrap();
    let text = format!(
        "{HEAD}[pipelines]\nrobot = [\"couriers\"]\n\
         [[rule]]\nuse = \"first-response\"\npipelines = [\"sale\"]\nstages = [\"nwe\", \"new\"]\n\
         [[rule]]\nuse = \"required-field\"\nfields = {{ ofer = [\"Бюджт\", \"Новое поле\"] }}\n"
    );
    let version = Version::parse(&text, "regulation.toml").unwrap();
    let told = |lang| {
        let misfits = version.misfits(&history);
        let line = |one: &Mistake| {
            let (line, column) = one.line_column(&version.source).unwrap();
            format!("{line}:{column}: {}", mistake(&one.what, lang))
        };
        misfits.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(Lang::Ru), @r"
    3:10: Воронки «couriers» в истории нет.
    6:14: Воронки «sale» в истории нет. Может быть, «sales»?
    7:11: Этапа «nwe» в истории нет. Может быть, «new»?
    10:12: Этапа «ofer» в истории нет. Может быть, «offer»?
    10:20: Поля «Бюджт» в истории нет. Может быть, «Бюджет»?
    ");
    insta::assert_snapshot!(told(Lang::En), @r"
    3:10: The history has no pipeline `couriers`.
    6:14: The history has no pipeline `sale`. Perhaps `sales`?
    7:11: The history has no stage `nwe`. Perhaps `new`?
    10:12: The history has no stage `ofer`. Perhaps `offer`?
    10:20: The history has no field `Бюджт`. Perhaps `Бюджет`?
    ");
}

#[test]
fn versions_of_one_day_and_no_version_at_all() {
    let version = |file: &str| Version::parse(HEAD, file).unwrap();
    let what = |versions| match Regulation::new(versions) {
        Ok(_) => panic!("these versions are no regulation"),
        Err(mistake) => mistake.what,
    };
    assert_eq!(what(Vec::new()), What::NoVersions);
    let same = What::SameDate {
        first: "a.toml".into(),
        second: "b.toml".into(),
    };
    assert_eq!(what(vec![version("a.toml"), version("b.toml")]), same);
}

/// What anybody does who is handed a file: reads it, says what is wrong, or what it demands.
fn read_and_tell(text: &str) {
    match Version::parse(text, "regulation.toml") {
        Ok(version) => {
            for lang in Lang::ALL {
                describe(&version, lang);
            }
            let (history, now) = examples::read(RULES[0].examples.breaks).unwrap();
            version.misfits(&history);
            let regulation = Regulation::new(vec![version]).unwrap();
            audit::judge::Judge::new(&history, &regulation).judge(now, None);
        }
        Err(mistakes) => {
            assert!(!mistakes.list.is_empty());
            for one in &mistakes.list {
                one.line_column(&mistakes.source);
                for lang in Lang::ALL {
                    mistake(&one.what, lang);
                }
            }
            let _ = mistakes.to_string();
        }
    }
}

/// Whole regulations to be spoilt.
fn wholes() -> Vec<String> {
    let mut wholes: Vec<String> = RULES
        .iter()
        .map(|rule| {
            format!(
                "{}[[rule]]\nuse = \"{}\"\n{}\n",
                examples::REGULATION,
                rule.code,
                rule.examples.settings
            )
        })
        .collect();
    wholes.push(audit::regulation::starter(Lang::Ru).to_owned());
    wholes.extend(cases().into_iter().map(|(_, text)| text));
    wholes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_fall(text in "\\PC{0,200}") {
        read_and_tell(&text);
    }

    #[test]
    fn no_spoilt_regulation_makes_the_reader_fall(
        whole in proptest::sample::select(wholes()),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..12_usize, "[\\[\\]{}=\"'0-9a-zд_.:,\n\r\u{feff}-]{0,4}"), 1..6),
    ) {
        let mut text: Vec<char> = whole.chars().collect();
        for (place, length, put) in cuts {
            let from = place.index(text.len() + 1);
            let to = (from + length).min(text.len());
            text.splice(from..to, put.chars());
        }
        read_and_tell(&text.into_iter().collect::<String>());
    }

    #[test]
    fn no_value_makes_the_reader_fall(
        rule in any::<prop::sample::Index>(),
        key in any::<prop::sample::Index>(),
        value in proptest::sample::select(vec![
            "0", "-1", "99999999999999999999", "0x7fff_ffff_ffff_ffff", "1e400", "nan", "-inf",
            "true", "\"\"", "\"0m\"", "\"36525wd\"", "\"52596000m\"", "\"999999999999999d\"", "\"(\"",
            "\"(?x) a # b\"", "\"a{1000}{1000}\"", "[]", "[[]]", "[\"\"]", "{}", "{ a = {} }",
            "{ \"\" = \"1d\" }", "{ a = { \"\" = \"1d\" } }", "{ a = [] }", "2026-03-01", "25:00:00",
        ]),
    ) {
        let rule = RULES[rule.index(RULES.len())];
        let keys: Vec<&str> = rule.params.iter().map(|param| param.name)
            .chain(["name", "severity", "enabled", "clock", "pipelines", "stages", "roles", "tells"])
            .collect();
        let key = keys[key.index(keys.len())];
        read_and_tell(&format!("{HEAD}[[rule]]\nuse = \"{}\"\n{key} = {value}\n", rule.code));
    }
}
