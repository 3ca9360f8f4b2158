use super::*;
use crate::{decimal, plain_spaces};
use std::thread;

fn ru(source: &str) -> Catalogue {
    Catalogue::new(Lang::Ru, &[source]).unwrap()
}

fn en(source: &str) -> Catalogue {
    Catalogue::new(Lang::En, &[source]).unwrap()
}

const REMARKS: &str = "
remarks = { $n ->
    [0] нет замечаний
    [one] { $n } замечание
    [few] { $n } замечания
   *[many] { $n } замечаний
}
";

#[test]
fn a_catalogue_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let catalogue = ru(REMARKS);
    shared(&catalogue);
    thread::scope(|scope| {
        for n in 1..=4 {
            let catalogue = &catalogue;
            scope.spawn(move || catalogue.text("remarks", &[("n", Value::Count(n))]));
        }
    });
}

#[test]
fn counts_choose_the_form_and_are_printed_as_everywhere() {
    let catalogue = ru(REMARKS);
    let text = |n| plain_spaces(&catalogue.text("remarks", &[("n", Value::Count(n))]));
    for (n, expected) in [
        (0, "нет замечаний"),
        (1, "1 замечание"),
        (2, "2 замечания"),
        (5, "5 замечаний"),
        (11, "11 замечаний"),
        (12, "12 замечаний"),
        (21, "21 замечание"),
        (22, "22 замечания"),
        (25, "25 замечаний"),
        (111, "111 замечаний"),
        (1_000_001, "1 000 001 замечание"),
        (-2, "−2 замечания"),
        (9_007_199_254_740_991, "9 007 199 254 740 991 замечание"),
        (9_007_199_254_740_993, "9 007 199 254 740 993 замечания"),
        (i64::MAX, "9 223 372 036 854 775 807 замечаний"),
        (i64::MIN, "−9 223 372 036 854 775 808 замечаний"),
    ] {
        assert_eq!(text(n), expected);
    }
    for n in [0, 1, 7, 1234, -56_789, 1_250_000, i64::MAX, i64::MIN] {
        for lang in Lang::ALL {
            let bare = Catalogue::new(lang, &["n = { $n }"]).unwrap();
            assert_eq!(bare.text("n", &[("n", n.into())]), integer(n, lang));
        }
    }
}

#[test]
fn the_two_ways_to_a_plural_agree() {
    for (lang, forms) in [
        (
            Lang::Ru,
            "a = { $n ->\n [one] one\n [few] few\n *[many] many\n }",
        ),
        (Lang::En, "a = { $n ->\n [one] one\n *[other] many\n }"),
    ] {
        let catalogue = Catalogue::new(lang, &[forms]).unwrap();
        let large = [EXACT as i64, i64::MAX - 20, i64::MIN + 1].map(|from| from..from + 20);
        for n in (-130..1130).chain(large.into_iter().flatten()) {
            let by_hand = crate::plural(n, lang, ("one", "few", "many"));
            assert_eq!(
                catalogue.text("a", &[("n", Value::Count(n))]),
                by_hand,
                "{n}"
            );
        }
    }
}

#[test]
fn numbers_are_rounded_before_the_form_is_chosen() {
    let catalogue = ru(
        "days = { $n ->\n [one] { $n } день\n [few] { $n } дня\n [many] { $n } дней\n *[other] { $n } дня\n }",
    );
    let text = |x| plain_spaces(&catalogue.text("days", &[("n", Value::Number(x))]));
    assert_eq!(text(1.5), "1,5 дня");
    assert_eq!(text(1.004), "1 день");
    assert_eq!(text(4.999), "5 дней");
    assert_eq!(text(24.0), "24 дня");
    assert_eq!(text(-0.001), "0 дней");
    assert_eq!(text(1234.567), "1 234,57 дня");
    assert_eq!(text(f64::NAN), "— дня");
    assert_eq!(text(f64::INFINITY), "— дня");
    for x in [1e300, f64::MAX, -1e18, f64::MIN_POSITIVE] {
        assert!(text(x).contains(' '), "{x}");
    }
    let bare = en("x = { $x } and { 1000.50 }");
    assert_eq!(
        bare.text("x", &[("x", Value::Number(-41.666))]),
        "−41.67 and 1,000.50"
    );
}

#[test]
fn a_message_may_ask_for_its_own_digits() {
    let catalogue = ru(r#"
year = { NUMBER($n, useGrouping: "false") } год
index = { NUMBER($n, minimumFractionDigits: 1, maximumFractionDigits: 1) }
mad = { NUMBER($n, minimumFractionDigits: 99, currency: "RUB") ->
    [one] { NUMBER($n, minimumFractionDigits: 99) }
   *[other] { NUMBER($n, maximumFractionDigits: 0) }
}
empty = { NUMBER() }
"#);
    assert_eq!(catalogue.text("year", &[("n", 2026.into())]), "2026 год");
    assert_eq!(catalogue.text("index", &[("n", 24.0.into())]), "24,0");
    assert_eq!(catalogue.text("index", &[("n", 24.46.into())]), "24,5");
    assert_eq!(catalogue.text("index", &[("n", Value::from("—"))]), "—");
    assert_eq!(catalogue.text("mad", &[("n", 7.6.into())]), "8");
    assert!(!catalogue.text("mad", &[("n", i64::MAX.into())]).is_empty());
    assert!(!catalogue.text("mad", &[]).is_empty());
    assert!(!catalogue.text("empty", &[]).is_empty());
}

#[test]
fn nothing_missing_is_fatal() {
    let catalogue = ru("greeting = Здравствуйте, { $name }\n    .title = Письмо");
    assert_eq!(catalogue.text("absent", &[]), "⟨absent⟩");
    assert_eq!(catalogue.text("greeting.absent", &[]), "⟨greeting.absent⟩");
    assert_eq!(catalogue.text("NUMBER", &[]), "⟨NUMBER⟩");
    assert_eq!(catalogue.text("", &[]), "⟨⟩");
    assert_eq!(catalogue.text("greeting", &[]), "Здравствуйте, {$name}");
    assert_eq!(
        catalogue.text("greeting.title", &[("name", "x".into())]),
        "Письмо"
    );
    assert_eq!(ru(REMARKS).text("remarks", &[]), "{$n} замечаний");
    let text = ru(REMARKS).text("remarks", &[("n", "много".into())]);
    assert_eq!(text, "много замечаний");
}

#[test]
fn texts_are_put_in_as_they_are() {
    let catalogue = ru("a = «{ $text }»");
    for text in ["", "{ $text }", "<b>", "שלום", "-term", "1000"] {
        let printed = catalogue.text("a", &[("text", text.into())]);
        assert_eq!(printed, format!("«{text}»"));
    }
    let number = decimal(0.5, 1, Lang::Ru);
    assert_eq!(catalogue.text("a", &[("text", number.into())]), "«0,5»");
}

#[test]
fn ids_and_variables_are_those_of_all_variants_and_references() {
    let catalogue = ru("
-brand = Светофор { $version }
b = { $x ->
    [one] { $y }
   *[other] { NUMBER($z, maximumFractionDigits: 1) } { -brand }
}
    .short = { c } { $w }
only =
    .title = { b.short }
c = { $v } { d }
d = { c } { $u }
");
    assert_eq!(catalogue.ids(), ["b", "b.short", "c", "d", "only.title"]);
    assert_eq!(catalogue.variables("b"), ["x", "y", "z"]);
    assert_eq!(catalogue.variables("b.short"), ["u", "v", "w"]);
    assert_eq!(catalogue.variables("only.title"), ["u", "v", "w"]);
    assert_eq!(catalogue.variables("d"), ["u", "v"]);
    assert!(catalogue.variables("brand").is_empty());
    assert!(catalogue.has("only.title") && !catalogue.has("only") && !catalogue.has("brand"));
    assert_eq!(catalogue.lang(), Lang::Ru);
}

#[test]
fn errors_name_the_line_and_the_id() {
    let said = |sources: &[&str]| Catalogue::new(Lang::En, sources).unwrap_err().to_string();
    assert_eq!(
        said(&["# ok\na = A\n\nb { $x } = B\nc = C"]),
        "messages in `en` cannot be used; text 1, line 4: expected a token starting with \"=\", \
             in the entry `b { $x } = B`"
    );
    assert!(said(&["a = A\nb = { $n ->\n  [one] x\n}\n"]).contains("default variant"));
    assert_eq!(
        said(&[
            "a = A\na = B\n    .t = T\n",
            "x = X\n    .t = 1\n    .t = 2\n\n-a = T"
        ]),
        "messages in `en` cannot be used; \
             text 1, line 2: the id `a` is defined twice, first in text 1, line 1; \
             text 2, line 3: the id `x.t` is defined twice, first in text 2, line 2; \
             text 2, line 5: the id `a` is defined twice, first in text 1, line 1"
    );
    assert_eq!(
        said(&["a = { b }\nc = { a.title } { -term }\n    .t = { DATETIME($x) }\nNUMBER = 1"]),
        "messages in `en` cannot be used; \
             text 1, line 1: `a` refers to `b`, which is defined nowhere; \
             text 1, line 2: `c` refers to `-term`, which is defined nowhere; \
             text 1, line 2: `c` refers to `a.title`, which is defined nowhere; \
             text 1, line 3: `c.t` refers to `DATETIME`, which is defined nowhere; \
             text 1, line 4: the id `NUMBER` is the name of a function"
    );
}

#[test]
fn broken_texts_are_refused_without_a_panic() {
    for source in [
        "=",
        "a",
        "a =",
        "-",
        "ё = 1",
        "a = {",
        "a = { \"",
        "a = { $",
        "a = A\n  .t =\nb = B",
        "a = A\n .t",
        r#"a = { "\u0ы" }"#,
    ] {
        assert!(Catalogue::new(Lang::Ru, &[source]).is_err(), "{source}");
    }
    assert!(Catalogue::new(Lang::Ru, &[]).unwrap().ids().is_empty());
    assert!(
        Catalogue::new(Lang::Ru, &["", "# comment"])
            .unwrap()
            .ids()
            .is_empty()
    );
}

#[test]
fn references_may_cross_texts_and_windows_line_ends_are_fine() {
    let sources = ["a = { b } и { $x }\r\n", "b = Б\r\n"];
    let catalogue = Catalogue::new(Lang::Ru, &sources).unwrap();
    assert_eq!(catalogue.text("a", &[("x", "В".into())]), "Б и В");
}
