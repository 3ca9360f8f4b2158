//! `svetofor demo`.

use crate::support::{harmless, message, run, text};

#[test]
fn the_demo_shows_its_light() {
    for lang in ["ru", "en"] {
        let ran = run(&["demo", "--lang", lang]).well();
        let sections = [
            "table-lights",
            "table-by-rule",
            "table-by-stage",
            "table-worst",
        ];
        let title = |id| format!("\n{}\n", message(lang, id));
        let place = |id| {
            ran.out
                .find(&title(id))
                .unwrap_or_else(|| panic!("{id}: {}", ran.out))
        };
        assert!(sections.map(place).is_sorted(), "{}", ran.out);
        let lamps = ["●", "▲", "■"].map(|lamp| ran.out.matches(lamp).count());
        assert!(lamps.iter().sum::<usize>() > 3, "{}", ran.out);
        harmless(&ran.out);
    }
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("company");
    let shown = run(&["demo", "--out", text(&made)]).well();
    let regulation = made.join("regulation.toml");
    let args = [
        "audit",
        text(&made),
        "--regulation",
        text(&regulation),
        "--now",
        "2026-04-17T15:00:00Z",
    ];
    let again = run(&args).well();
    assert_eq!(shown.out, again.out);
    let other = run(&["demo", "--seed", "2"]).well();
    assert_ne!(shown.out, other.out);
}
