//! Mistakes in a mapping are told with their place and the word that was probably meant.

use import::{Mapping, MappingFault, builtin};

const GOOD: &str = r#"[account]
name = "Test"
timezone = "Europe/Moscow"
currency = "RUB"

[source.deals]
dates = ["%d.%m.%Y"]
[source.deals.columns]
id = "ID"
stage = ["Stage", "State"]
made = "Created"

[[event]]
from = "deals"
kind = "created"
when = { stage = { not = "Draft" } }
at = "made"
deal = "id"
stage = "stage"
"#;

/// The message for GOOD with one thing replaced.
fn message(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let text = GOOD.replacen(from, to, 1);
    let error = Mapping::parse(&text, "my.toml").expect_err(to);
    error.to_string()
}

#[test]
fn a_good_mapping_is_read() {
    let mapping = Mapping::parse(GOOD, "my.toml").expect("a mapping");
    assert_eq!(mapping.account().currency, "RUB");
    let moved = mapping
        .with_name("Ours")
        .with_timezone("Asia/Omsk")
        .expect("a zone");
    assert_eq!(
        (
            moved.account().name.as_str(),
            moved.account().timezone.as_str()
        ),
        ("Ours", "Asia/Omsk")
    );
    assert!(moved.with_timezone("Asia/Oomsk").is_none());
}

#[test]
fn mistakes_are_told_with_their_place() {
    let cases = [
        (
            "currency = \"RUB\"",
            "curency = \"RUB\"",
            "my.toml:4:1: key \"curency\" is unknown; did you mean \"currency\"?",
        ),
        (
            "\"Europe/Moscow\"",
            "\"Europe/Mosow\"",
            "my.toml:3:12: `timezone` is \"Europe/Mosow\"; expected an IANA name such as \"Europe/Moscow\"",
        ),
        (
            "currency = \"RUB\"",
            "",
            "my.toml:1:1: `currency` is missing in [account]: an ISO 4217 code such as \"RUB\"",
        ),
        (
            "\"RUB\"",
            "7",
            "my.toml:4:12: `currency` is a number; expected a text in quotes",
        ),
        (
            "[\"%d.%m.%Y\"]",
            "[\"DD.MM.YYYY\"]",
            "my.toml:7:10: `dates` is \"DD.MM.YYYY\"; expected a pattern",
        ),
        (
            "from = \"deals\"",
            "from = \"deal\"",
            "my.toml:14:8: source \"deal\" is unknown; did you mean \"deals\"?",
        ),
        (
            "\"created\"",
            "\"creatd\"",
            "my.toml:15:8: kind of event \"creatd\" is unknown; did you mean \"created\"?",
        ),
        (
            "at = \"made\"",
            "at = \"mode\"",
            "my.toml:17:6: column \"mode\" is unknown; did you mean \"made\"?",
        ),
        (
            "at = \"made\"",
            "at = \"@creatd\"",
            "my.toml:17:6: value \"@creatd\" is unknown; did you mean \"@created\"?",
        ),
        (
            "at = \"made\"",
            "at = \"@created\"",
            "`created` itself cannot be @created or @last",
        ),
        (
            "at = \"made\"\n",
            "",
            "my.toml:13:1: `at` is missing in [[event]]: when it happened",
        ),
        ("deal = \"id\"\n", "", "`deal` is missing in [[event]]"),
        (
            "{ not = \"Draft\" }",
            "{ nat = \"Draft\" }",
            "key \"nat\" is unknown; did you mean \"not\"?",
        ),
        (
            "{ not = \"Draft\" }",
            "{ matches = \"(\" }",
            "`matches` is \"(\"; expected a regular expression",
        ),
        (
            "{ not = \"Draft\" }",
            "{ above = \"x\" }",
            "`above` is a text; expected a number",
        ),
        (
            "stage = \"stage\"",
            "stage = \"deals.stage\"",
            "joined source \"deals\" is unknown",
        ),
        (
            "stage = \"stage\"",
            "due = \"made\"",
            "my.toml:19:7: `due` means nothing for `created`",
        ),
        (
            "stage = \"stage\"",
            "stage = \"stage\"\nfirst = true",
            "`first` needs a source with `case`",
        ),
        (
            "stage = \"stage\"",
            "stage = { const = \"x\", tme = \"1\" }",
            "did you mean \"time\"?",
        ),
        (
            "stage = \"stage\"",
            "stage = { text = \"{stage\" }",
            "a } after every {",
        ),
        (
            "id = \"ID\"",
            "\"i.d\" = \"ID\"",
            "a column's name may not contain",
        ),
        ("id = \"ID\"", "id = []", "column \"id\" has no header"),
        (
            "[[event]]",
            "[[evnt]]",
            "my.toml:13:3: key \"evnt\" is unknown; did you mean \"event\"?",
        ),
        (
            "name = \"Test\"",
            "name = Test",
            "my.toml:2:8: this is not TOML",
        ),
    ];
    for (from, to, expected) in cases {
        let told = message(from, to);
        assert!(
            told.contains(expected),
            "{to}\n  told:     {told}\n  expected: {expected}"
        );
    }
}

#[test]
fn a_misspelt_word_far_from_all_known_ones_gets_no_advice() {
    let text = GOOD.replace("currency = ", "zzzzzz = ");
    let error = Mapping::parse(&text, "my.toml").expect_err("a mistake");
    let MappingFault::Unknown { nearest, .. } = error.fault else {
        panic!("{error}");
    };
    assert_eq!(nearest, None);
}

#[test]
fn joins_and_cases_are_checked() {
    let zoho = builtin("zoho-crm").expect("a mapping");
    for (from, to, expected) in [
        (
            "pick = \"all\"",
            "pick = \"every\"",
            "expected \"all\", \"first\", \"latest\" or \"only\"",
        ),
        (
            "since = \"created\"",
            "",
            "`time` (of `from`) and `since` (of `to`) go together",
        ),
        (
            "join = \"deals_of_contact\"",
            "join = \"deal_of_contact\"",
            "did you mean \"deals_of_contact\"?",
        ),
        (
            "deal = \"deals.id\"",
            "deal = \"deals.ids\"",
            "column \"ids\" is unknown; did you mean \"id\"?",
        ),
    ] {
        let text = zoho.replacen(from, to, 1);
        let told = Mapping::parse(&text, "zoho").expect_err(to).to_string();
        assert!(told.contains(expected), "{told}");
    }
    let log = builtin("event-log").expect("a mapping");
    let text = log.replace("order = [\"time\", \"index\"]", "");
    let told = Mapping::parse(&text, "log")
        .expect_err("no order")
        .to_string();
    assert!(told.contains("needs `order`"), "{told}");
}
