//! What a regulation demands, in words.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use audit::regulation::{Version, describe};
use wording::{Lang, plain_spaces};

const EVERYTHING: &str = r#"
name = "Регламент отдела продаж"
timezone = "Europe/Moscow"
effective = 2026-03-01
talk_seconds = 45

[calendar]
country = "RU"
day_length = "8h"
[calendar.week]
mon = ["09:00-13:00", "14:00-18:00"]
tue = ["09:00-13:00", "14:00-18:00"]
wed = ["09:00-13:00", "14:00-18:00"]
thu = ["09:00-13:00", "14:00-18:00"]
fri = ["09:00-13:00", "14:00-16:45"]
sat = ["10:00-12:00", "17:00-24:00"]
[[calendar.exception]]
date = "2026-12-31"
hours = ["09:00-14:00"]
[[calendar.exception]]
date = "2026-12-30"
hours = []

[shift.three-three]
pattern = "3/3"
anchor = "2026-01-01"
hours = ["10:00-20:00"]
[shift.night]
pattern = "7/0"
anchor = "2026-01-01"
hours = ["22:00-06:00"]

[pipelines]
robot = ["couriers", "bots"]

[light]
weights = { gross = 7.5 }
green = 12
min_deals = 21

[[rule]]
use = "mass-closing"
tells = { head = "now", employee = "never" }

[[rule]]
use = "first-response"
limit = "2h"
name = "first-response-wholesale"
pipelines = ["wholesale", "export"]
stages = ["new"]
roles = ["seller", "lead"]
clock = "responsible"
severity = "gross"
tells = { head = "weekly", lead = "daily", employee = "now" }

[[rule]]
use = "first-response"
clock = "always"

[[rule]]
use = "crm-time"
enabled = false

[[rule]]
use = "not-reached"
clock = "always"

[[rule]]
use = "stuck-in-stage"
limit = "7d"
limits = { offer = "3wd", "won:wait" = "21d" }
limits_by = { "Причина ожидания" = { "Ждёт деталь" = "14d", "Ждёт деньги" = "30d" } }

[[rule]]
use = "stage-order"
allowed = { new = ["work", "offer"], work = ["offer"] }

[[rule]]
use = "stage-task"
tasks = { new = ["call"] }

[[rule]]
use = "required-field"
fields = { offer = ["Бюджет", "Потребность"] }
text_fields = ["Потребность"]

[[rule]]
use = "deal-title"
pattern = '.+ — .+, .+'

[[rule]]
use = "lost-without-reason"
comment = false
except_reasons = ["Спам", "Дубль"]

[[rule]]
use = "loser-share"
alpha = 0.005
closings = 1000

[[rule]]
use = "copied-task-result"
"#;

fn said(text: &str, lang: Lang) -> String {
    let version = Version::parse(text, "regulation.toml").unwrap();
    let lines = describe(&version, lang);
    assert!(lines.iter().all(|line| !line.contains('\n')));
    plain_spaces(&lines.join("\n"))
}

#[test]
fn every_kind_of_demand_in_russian() {
    insta::assert_snapshot!(said(EVERYTHING, Lang::Ru));
}

#[test]
fn every_kind_of_demand_in_english() {
    insta::assert_snapshot!(said(EVERYTHING, Lang::En));
}

#[test]
fn a_regulation_that_demands_nothing_says_so() {
    insta::assert_snapshot!(said("timezone = \"UTC\"", Lang::Ru), @r"
    Название не указано
    Часовой пояс: UTC
    Рабочих часов нет: сроки в рабочем времени не истекают
    Государственные праздники не учитываются
    Рабочий день в сроках: 8 ч
    Разговор: звонок от 30 с
    Светофор: на 100 сделок в работе зелёный — до 10, жёлтый — до 25; замечание весит 1, нарушение — 3, грубое нарушение — 10; если сделок меньше 5 — мало данных
    Правил нет: ничего не проверяется
    ");
}

/// Nothing is left unsaid: no missing message, no empty variable.
#[test]
fn every_rule_can_be_described() {
    let needs = "allowed = { a = [\"b\"] }\n";
    for rule in audit::rules::RULES {
        let settings = rule.examples.settings;
        let own = if rule.code == "stage-order" {
            needs
        } else {
            settings
        };
        let text = format!(
            "timezone = \"UTC\"\n[[rule]]\nuse = \"{}\"\n{own}\n",
            rule.code
        );
        for lang in Lang::ALL {
            let said = said(&text, lang);
            let line = said.lines().last().unwrap();
            let own = settings.contains("title = ");
            assert!(own || line.contains(rule.texts.title.get(lang)), "{line}");
            for flaw in ["{ ", "⟨", "  ", ": ·", "→ ·"] {
                assert!(!line.contains(flaw), "{line}");
            }
        }
    }
}
