//! Every rule says what it is, and finds what its example says it finds.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write;

use audit::examples;
use audit::judge::Judge;
use audit::message::{Speaker, catalogue};
use audit::regulation::Severity::{Gross, Remark, Violation};
use audit::rules::{Both, Declaration, RULES};
use wording::{Lang, plain_spaces};

/// The variables that messages may use, as `audit::message` documents them.
const VARIABLES: [&str; 10] = [
    "person",
    "deal",
    "stage",
    "limit",
    "since",
    "subject",
    "count",
    "proposal",
    "responsible",
    "rule",
];

/// What a rule with such settings finds in a history, in words.
fn said(code: &str, settings: &str, text: &str, lang: Lang) -> Vec<String> {
    let regulation = examples::regulation(code, settings)
        .unwrap_or_else(|mistakes| panic!("{code}: {mistakes}"));
    let (history, now) = examples::read(text).unwrap_or_else(|error| panic!("{code}: {error}"));
    let speaker = Speaker::new(&history, &regulation, lang);
    let verdict = Judge::new(&history, &regulation).judge(now, None);
    let findings = verdict.findings.iter();
    findings
        .map(|finding| plain_spaces(&speaker.message(finding)))
        .collect()
}

/// What an example of a rule yields, in words.
fn messages(rule: &Declaration, text: &str, lang: Lang) -> Vec<String> {
    said(rule.code, rule.examples.settings, text, lang)
}

fn all_messages(lang: Lang) -> String {
    let mut all = String::new();
    for rule in RULES {
        for message in messages(rule, rule.examples.breaks, lang) {
            writeln!(all, "{}: {message}", rule.code).unwrap();
        }
    }
    all
}

#[test]
fn codes_are_unique_words_in_kebab_case() {
    let mut codes = BTreeSet::new();
    for rule in RULES {
        let words = rule.code.split('-');
        let plain =
            |word: &str| !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase());
        assert!(words.into_iter().all(plain), "{}", rule.code);
        assert!(codes.insert(rule.code), "{} stands twice", rule.code);
    }
}

#[test]
fn rules_stand_in_the_order_of_the_ten_indicators() {
    assert!(RULES.iter().all(|rule| (1..=10).contains(&rule.indicator)));
    assert!(RULES.is_sorted_by_key(|rule| rule.indicator));
    let covered: BTreeSet<u8> = RULES.iter().map(|rule| rule.indicator).collect();
    assert_eq!(covered.len(), 10);
}

#[test]
fn every_text_stands_in_both_languages() {
    for rule in RULES {
        let texts = rule.texts;
        let helps = rule.params.iter().map(|param| (param.name, param.help));
        let named = [
            ("title", texts.title),
            ("purpose", texts.purpose),
            ("mend", texts.mend),
            ("message", texts.message),
        ];
        for (name, Both { ru, en }) in named.into_iter().chain(helps) {
            let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
            assert!(cyrillic(ru), "{} {name}: {ru}", rule.code);
            assert!(
                !en.is_empty() && !cyrillic(en),
                "{} {name}: {en}",
                rule.code
            );
            for text in [ru, en] {
                assert_eq!(text.trim(), text, "{} {name}", rule.code);
                assert!(!text.contains('!'), "{} {name}: {text}", rule.code);
                let flat = name == "message" || !text.contains("  ");
                assert!(flat, "{} {name}: {text}", rule.code);
            }
        }
        for text in [texts.purpose, texts.mend, texts.message] {
            assert!(
                text.ru.ends_with('.') && text.en.ends_with('.'),
                "{}",
                rule.code
            );
        }
        assert!(!texts.title.ru.ends_with('.'), "{}", rule.code);
    }
}

#[test]
fn messages_use_the_documented_variables_and_the_same_in_both_languages() {
    let (ru, en) = (catalogue(Lang::Ru), catalogue(Lang::En));
    for rule in RULES {
        let used = ru.variables(rule.code);
        assert_eq!(used, en.variables(rule.code), "{}", rule.code);
        assert!(!used.is_empty(), "{}", rule.code);
        assert!(used.iter().all(|name| VARIABLES.contains(name)), "{used:?}");
    }
}

#[test]
fn both_catalogues_say_the_same_things() {
    let (ru, en) = (catalogue(Lang::Ru), catalogue(Lang::En));
    assert_eq!(ru.ids(), en.ids());
    for id in ru.ids() {
        assert_eq!(ru.variables(id), en.variables(id), "{id}");
    }
}

#[test]
fn every_declared_default_can_be_read() {
    for rule in RULES {
        for param in rule.params {
            // A duration that cannot be read would panic here.
            let _ = param.kind.default();
            assert_eq!(rule.param(param.name).unwrap().name, param.name);
        }
        let mut names: Vec<&str> = rule.params.iter().map(|param| param.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), rule.params.len(), "{}", rule.code);
    }
}

#[test]
fn default_severities_are_those_of_the_contract() {
    let gross = [
        "no-open-task",
        "no-responsible",
        "mass-closing",
        "stage-overflow",
    ];
    let violation = [
        "first-response",
        "not-reached",
        "missed-call",
        "unanswered-message",
        "overdue-task",
        "stuck-in-stage",
        "deal-lifetime",
        "stage-task",
        "won-without-next",
        "handover-without-note",
        "lost-without-reason",
        "lost-without-attempts",
        "lost-mid-share",
        "lost-reason-share",
        "loser-share",
    ];
    for rule in RULES {
        let expected = if gross.contains(&rule.code) {
            Gross
        } else if violation.contains(&rule.code) {
            Violation
        } else {
            Remark
        };
        assert_eq!(rule.severity, expected, "{}", rule.code);
    }
}

#[test]
fn breaking_examples_are_found_and_keeping_ones_are_not() {
    /// Examples with more than one fault.
    const SEVERAL: [(&str, usize); 1] = [("required-field", 2)];
    for rule in RULES {
        let several = SEVERAL.iter().find(|(code, _)| *code == rule.code);
        let expected = several.map_or(1, |(_, count)| *count);
        let found = messages(rule, rule.examples.breaks, Lang::Ru);
        assert_eq!(found.len(), expected, "{} breaks: {found:#?}", rule.code);
        let found = messages(rule, rule.examples.keeps, Lang::Ru);
        assert!(found.is_empty(), "{} keeps: {found:#?}", rule.code);
    }
}

#[test]
fn messages_are_whole_sentences() {
    for lang in Lang::ALL {
        for rule in RULES {
            for message in messages(rule, rule.examples.breaks, lang) {
                for flaw in ["{", "}", "⟨", "  ", "..", "«»", "“”", "()", " .", " ,"] {
                    assert!(!message.contains(flaw), "{}: {message}", rule.code);
                }
                assert!(message.ends_with('.'), "{}: {message}", rule.code);
            }
        }
    }
}

#[test]
fn wording_in_russian() {
    insta::assert_snapshot!(all_messages(Lang::Ru));
}

#[test]
fn wording_in_english() {
    insta::assert_snapshot!(all_messages(Lang::En));
}

/// The only finding, in Russian.
fn one(code: &str, settings: &str, text: &str) -> String {
    let mut said = said(code, settings, text, Lang::Ru);
    assert_eq!(said.len(), 1, "{said:#?}");
    said.remove(0)
}

#[test]
fn a_message_names_the_limit_that_was_in_force() {
    let stands = "
        2 10:00 d1 created stage=work employee=anna text=Кухня
        2 10:00 d1 field_set field=Ждёт text=деталь actor=anna
        20 10:00 now";
    let limits = "limits = { work = \"3d\", offer = \"5d\" }";
    let by = "limits_by = { \"Ждёт\" = { \"деталь\" = \"14d\" } }";
    assert!(one("stuck-in-stage", "", stands).contains(" за 7 дней "));
    assert!(one("stuck-in-stage", limits, stands).contains(" за 3 дня "));
    assert!(one("stuck-in-stage", by, stands).contains(" за 14 дней "));
    let both = format!("{limits}\n{by}");
    assert!(one("stuck-in-stage", &both, stands).contains(" за 14 дней "));
    let cleared = stands.replace(
        "20 10:00 now",
        "4 10:00 d1 field_set field=Ждёт\n20 10:00 now",
    );
    assert!(one("stuck-in-stage", &both, &cleared).contains(" за 3 дня "));
}

#[test]
fn time_on_the_wall_is_not_called_working_time() {
    let waits = "2 10:00 d1 created stage=new employee=anna\n3 18:00 now";
    assert!(one("first-response", "", waits).contains(" за 15 мин раб. "));
    let always = "clock = \"always\"";
    assert!(one("first-response", always, waits).contains(" за 15 мин после "));
    // A working day is eight hours on a clock that never stands still.
    assert!(one("not-reached", always, waits).starts_with("За 8 ч после "));
}

#[test]
fn numbers_agree_with_their_words() {
    let lost = |calls: &str| {
        let text = format!(
            "2 10:00 d1 created stage=new employee=anna\n{calls}\n2 12:00 d1 stage_changed stage=lost"
        );
        one("lost-without-attempts", "", &text)
    };
    let call = "2 10:10 d1 call_out employee=anna amount=0";
    assert!(lost("").ends_with("и без попыток связаться."));
    assert!(lost(call).ends_with("и всего после 1 попытки связаться."));
    assert!(lost(&format!("{call}\n{call}")).ends_with("и всего после 2 попыток связаться."));
}

#[test]
fn what_has_no_name_is_called_by_its_id() {
    let text =
        "2 10:00 d1 created stage=new\n2 10:05 d1 task_added task=t1 due=\"2 11:00\"\n3 18:00 now";
    let said = one("overdue-task", "", text);
    assert!(said.starts_with("Задача «t1» по сделке «d1» "), "{said}");
}

#[test]
fn a_hostile_title_stays_within_its_quotes() {
    let title = "{ $person }\u{202e} \u{1b}[31m<b>";
    let text = format!("2 10:00 d1 created stage=new employee=anna text=\"{title}\"\n3 18:00 now");
    let said = one("first-response", "", &text);
    assert!(
        said.ends_with(" появления сделки «{ $person } <b>»."),
        "{said}"
    );
}

#[test]
fn a_title_is_proposed_from_what_was_known_at_the_breach() {
    let settings = "template = '{Товар} — {client}, {Город}'";
    let text = "
        2 10:00 d1 created stage=new employee=anna client=c7 text=Сделка
        2 10:30 d1 field_set field=Товар text=Окна
        2 10:40 d1 field_set field=Город text=нет
        2 12:30 d1 field_set field=Город text=Тверь
        2 15:00 now";
    let said = one("deal-title", settings, text);
    assert!(said.ends_with(", например «Окна — c7, [Город]»."), "{said}");
    let pattern = format!("{settings}\npattern = '.+ — .+'");
    let said = one("deal-title", &pattern, text);
    assert!(said.ends_with(" какого требует регламент."), "{said}");
}

#[test]
fn a_pattern_counts_alone_and_machines_titles_break_a_template() {
    let found = |settings: &str, title: &str| {
        let text =
            format!("2 10:00 d1 created stage=new employee=anna text=\"{title}\"\n2 15:00 now");
        said("deal-title", settings, &text, Lang::Ru).len()
    };
    let template = "template = '{a} — {b}'";
    assert_eq!(found(template, "Окна — Иванова"), 0);
    assert_eq!(found(template, "Окна, Иванова"), 1);
    assert_eq!(found(template, "Сделка № 12 — Иванова"), 1);
    let both = format!("{template}\npattern = '.+, .+'");
    assert_eq!(found(&both, "Окна — Иванова"), 1);
    assert_eq!(found(&both, "Окна, Иванова"), 0);
    assert_eq!(found(&both, "Сделка № 12, Иванова"), 0);
}

fn found(code: &str, settings: &str, text: &str) -> Vec<(String, Option<String>)> {
    let zone = worktime::Zone::new("Europe/Moscow").unwrap();
    let local = |at| format!("{}", zone.datetime(at).strftime("%-d %H:%M"));
    let mut findings = examples::judge(code, settings, text).unwrap();
    findings.sort_by_key(|finding| finding.at);
    findings
        .iter()
        .map(|finding| (local(finding.at), finding.until.map(local)))
        .collect()
}

fn span(at: &str, until: &str) -> (String, Option<String>) {
    (at.to_owned(), (!until.is_empty()).then(|| until.to_owned()))
}

#[test]
fn what_waits_counts_from_the_beginning_of_the_absence_to_its_end() {
    let code = "absent-responsible";
    // The message came before the leave, which ends at midnight before the 10th.
    let waits = "2 17:30 d1 created stage=work employee=elena\n2 17:40 d1 message_out\n\
                 2 17:50 d1 message_in";
    let away = |now: &str| found(code, "", &format!("{waits}\n{now} now"));
    assert_eq!(away("3 09:59"), []);
    assert_eq!(away("3 10:00"), [span("3 10:00", "")]);
    assert_eq!(away("10 09:00"), [span("3 10:00", "10 00:00")]);
    // A task that comes due while she is away, and one of somebody who is here.
    let task = "2 10:00 d1 created stage=work employee=elena\n2 10:10 d1 message_out\n\
                2 10:20 d1 task_added task=t1 employee=elena due=\"4 12:00\"\n\
                2 10:20 d1 task_added task=t2 employee=anna due=\"3 12:00\"";
    let due = |then: &str| found(code, "", &format!("{task}\n{then}\n5 18:00 now"));
    assert_eq!(due(""), [span("4 13:00", "")]);
    assert_eq!(
        due("4 15:00 d1 call_out amount=9"),
        [span("4 13:00", "4 15:00")]
    );
    assert_eq!(due("4 12:30 d1 task_completed task=t1"), []);
    assert_eq!(due("4 15:00 d1 removed"), [span("4 13:00", "4 15:00")]);
    assert_eq!(
        due("4 15:00 d1 stage_changed stage=won"),
        [span("4 13:00", "4 15:00")]
    );
    assert_eq!(due("4 12:30 d1 responsible_changed employee=boris"), []);
}

#[test]
fn answers_of_one_instant_are_in_turn_unless_a_third_waits() {
    let code = "response-order";
    let leads = "2 10:00 d1 created stage=new employee=anna channel=site\n\
                 2 10:05 d2 created stage=new employee=anna channel=phone\n\
                 2 10:06 d3 created stage=new employee=boris channel=phone\n\
                 2 10:07 d4 created stage=new employee=anna channel=site";
    let at = |settings: &str, then: &str| found(code, settings, &format!("{leads}\n{then}"));
    let both = "2 10:10 d2 call_out amount=9\n2 10:10 d1 call_out amount=9";
    assert_eq!(at("", both), []);
    let others = "2 10:10 d2 call_out amount=9\n2 10:10 d4 call_out amount=9";
    assert_eq!(at("", others), [span("2 10:10", ""), span("2 10:10", "")]);
    assert_eq!(at("", "2 10:10 d3 call_out amount=9"), []);
    // By channel first, then by age; or the newest first.
    let first = "2 10:10 d1 call_out amount=9";
    assert_eq!(at("", first), []);
    assert_eq!(at("channels = [\"phone\"]", first), [span("2 10:10", "")]);
    assert_eq!(at("order = \"newest\"", first), [span("2 10:10", "")]);
    assert_eq!(at("order = \"newest\"", "2 10:10 d4 call_out amount=9"), []);
    // A second attempt is no first one.
    let again = format!("{first}\n2 10:20 d2 call_out amount=9\n2 10:30 d1 call_out amount=9");
    assert_eq!(at("", &again), []);
}

#[test]
fn a_condition_counts_from_turning_true_to_turning_false() {
    let settings = |when: &str| format!("when = '{when}'\ngrace = \"0m\"");
    let text = "
        2 10:00 d1 created stage=new employee=anna amount=500 channel=site client=c1
        2 10:10 d1 price_set amount=1500
        2 10:20 d1 call_out amount=40
        2 10:30 d1 message_in text=Здравствуйте
        2 10:40 d1 field_set field=Город text=Тверь
        2 10:50 d1 price_set
        2 11:00 d1 stage_changed stage=won
        2 11:10 d1 price_set amount=1500
        2 11:20 d1 stage_changed stage=work
        2 11:30 d1 note_added text=Перезвонить
        2 11:40 d1 removed";
    let spans = |when: &str| found("custom", &settings(when), text);
    let open = [span("2 10:00", "2 11:00"), span("2 11:20", "2 11:40")];
    assert_eq!(
        spans("price > 1000"),
        [span("2 10:10", "2 10:50"), open[1].clone()]
    );
    assert_eq!(spans("source == \"site\" && client == \"c1\""), open);
    assert_eq!(spans("attempts == 0"), [span("2 10:00", "2 10:20")]);
    assert_eq!(
        spans("conversations == 1 && calls == 1 && messages_in == 0"),
        [span("2 10:20", "2 10:30")]
    );
    assert_eq!(
        spans("field[\"Город\"] == \"\""),
        [span("2 10:00", "2 10:40")]
    );
    assert_eq!(spans("field[\"Нет такого\"] == \"\""), open);
    assert_eq!(spans("price == null"), [span("2 10:50", "2 11:00")]);
    assert_eq!(
        spans("stage == \"work\" && notes > 0"),
        [span("2 11:30", "2 11:40")]
    );
    let named = "stage_name == \"В работе\" && pipeline == \"sales\"";
    assert_eq!(spans(named), [open[1].clone()]);
    // What cannot be reckoned is not true.
    assert_eq!(spans("title > 5"), []);
    assert_eq!(spans("title"), []);
}

#[test]
fn a_rule_of_ones_own_speaks_for_itself() {
    let text = "2 10:00 d1 created stage=new employee=anna text=Окна\n3 10:00 now";
    let when = "when = 'stage == \"new\"'";
    let said = one("custom", when, text);
    assert!(said.contains("правило «custom»"), "{said}");
    let said = one("custom", &format!("{when}\ntitle = \"Первый шаг\""), text);
    assert!(said.contains("правило «Первый шаг»"), "{said}");
    let own = format!("{when}\nmessage = \"{{person}}: {{deal}} ждёт {{limit}} {{x}} {{\"");
    assert_eq!(
        one("custom", &own, text),
        "Анна: Окна ждёт 15 мин раб. {x} {"
    );
}

#[test]
fn a_misspelt_field_of_a_condition_is_a_warning() {
    let text = "2 10:00 d1 created stage=new\n2 10:05 d1 field_set field=Город text=Тверь";
    let (history, _) = examples::read(text).unwrap();
    let misfits = |field: &str| {
        let settings = format!("when = 'field[\"{field}\"] == \"\"'");
        let regulation = examples::regulation("custom", &settings).unwrap();
        let misfits = regulation.latest().misfits(&history);
        misfits
            .iter()
            .map(|it| it.is_doubtful())
            .collect::<Vec<_>>()
    };
    assert!(misfits("Город").is_empty());
    assert_eq!(misfits("Гoрод"), [true]);
    assert!(misfits("Площадь дома").is_empty());
}
