//! The text of a regulation in blocks, each with the words of what it demands beside it.

use app::regulation::Kept;
use audit::regulation::{Version, describe_entry, describe_frame};

use super::super::{Words, address};
use super::called;

/// A rule of the text, or what stands between rules.
pub(super) struct Block {
    /// What it is called; empty: it is no rule.
    pub title: String,
    /// The rule's page.
    pub href: String,
    /// How grave its findings are.
    pub severity: &'static str,
    /// The lines with their numbers.
    pub lines: Vec<(usize, String)>,
    /// What it demands.
    pub demands: Vec<String>,
}

/// The blocks of a text. One that cannot be read is a single block without words.
pub(super) fn of(kept: &Kept, words: Words) -> Vec<Block> {
    let lang = words.0;
    let text = kept.version.text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().collect();
    let version = Version::parse(text, &kept.version.file).ok();
    let mut cuts = cuts(&lines, version.as_ref());
    if cuts.first().is_none_or(|(line, _)| *line > 0) {
        cuts.insert(0, (0, None));
    }
    let mut frame = version
        .as_ref()
        .map(|version| describe_frame(version, lang));
    let ends: Vec<usize> = cuts.iter().skip(1).map(|(line, _)| *line).collect();
    let ends = ends.into_iter().chain([lines.len()]);
    let mut blocks = Vec::new();
    for ((from, entry), to) in cuts.into_iter().zip(ends) {
        let numbered = (from..to).map(|line| (line + 1, lines[line].to_owned()));
        let block = Block {
            title: String::new(),
            href: String::new(),
            severity: "",
            lines: trimmed(numbered.collect()),
            demands: Vec::new(),
        };
        let rule = version.as_ref().zip(entry);
        blocks.push(match rule {
            Some((version, place)) => {
                let entry = &version.entries[place];
                // Its severity stands in its heading.
                let severity = words.word("severity", entry.severity.as_str());
                let mut demands = describe_entry(version, entry, lang);
                demands.retain(|demand| *demand != severity);
                Block {
                    title: called(entry, lang),
                    href: address::rule(&entry.name),
                    severity: entry.severity.as_str(),
                    demands,
                    ..block
                }
            }
            None => Block {
                demands: frame.take().unwrap_or_default(),
                ..block
            },
        });
    }
    blocks.retain(|block| !block.lines.is_empty() || !block.demands.is_empty());
    blocks
}

/// Where blocks begin, as lines from 0, and which entry of the version stands there.
fn cuts(lines: &[&str], version: Option<&Version>) -> Vec<(usize, Option<usize>)> {
    let Some(version) = version else {
        return Vec::new();
    };
    let entries = version.entries.iter().enumerate();
    let entries = entries.map(|(place, entry)| (entry.line.saturating_sub(1), Some(place)));
    let frames = lines.iter().enumerate().filter(|(_, line)| is_frame(line));
    let heads = entries.chain(frames.map(|(line, _)| (line, None)));
    let mut cuts: Vec<(usize, Option<usize>)> = heads
        .map(|(line, entry)| (with_comments(lines, line), entry))
        .collect();
    cuts.sort_unstable();
    // What stands between two rules is one block, however many tables there are.
    cuts.dedup_by(|next, before| next.1.is_none() && before.1.is_none());
    if cuts.first().is_some_and(|(_, entry)| entry.is_none()) {
        cuts[0].0 = 0;
    }
    cuts
}

/// Whether a line is the head of a table that is no rule's.
fn is_frame(line: &str) -> bool {
    let head = line.split('#').next().unwrap_or_default().trim();
    let name = head.trim_start_matches('[').trim_end_matches(']');
    let plain = |c: char| c.is_alphanumeric() || "-_.\"".contains(c);
    head.starts_with('[')
        && head.ends_with(']')
        && name.starts_with(char::is_alphabetic)
        && name.chars().all(plain)
        && name.split('.').next() != Some("rule")
}

/// The line from which the comments above a head belong to it. Those that follow what stands before
/// without an empty line between belong to that.
fn with_comments(lines: &[&str], head: usize) -> usize {
    let is_aside = |line: &&&str| line.trim().is_empty() || line.starts_with('#');
    let above = lines[..head].iter().rev().take_while(is_aside).count();
    let first = head - above;
    if first == 0 {
        return 0;
    }
    let gap = lines[first..head]
        .iter()
        .position(|line| line.trim().is_empty());
    gap.map_or(head, |gap| first + gap + 1)
}

/// Without empty lines at the ends.
fn trimmed(mut lines: Vec<(usize, String)>) -> Vec<(usize, String)> {
    while lines.last().is_some_and(|(_, line)| line.trim().is_empty()) {
        lines.pop();
    }
    let empty = lines.iter().take_while(|(_, line)| line.trim().is_empty());
    let empty = empty.count();
    lines.drain(..empty);
    lines
}

#[cfg(test)]
mod tests {
    use wording::Lang;

    use super::*;

    fn kept(text: &str) -> Kept {
        Kept {
            version: store::regulations::Version {
                number: 1,
                effective: String::new(),
                file: "r.toml".to_owned(),
                text: text.to_owned(),
                withdrawn: false,
                author: String::new(),
                added_at: 0,
                sequence: 0,
            },
            counts: true,
            name: String::new(),
        }
    }

    #[test]
    fn every_line_stands_in_one_block_beside_its_words() {
        for text in [
            audit::regulation::STARTER,
            "timezone = \"Europe/Moscow\"\n# своё\n[[rule]]\nuse = \"far-task\"\n# limit\n\n\
             # другое\n[light]\ngreen = 1.0\n[[rule]]\nuse = \"overload\"",
            "нет",
        ] {
            let blocks = of(&kept(text), Words(Lang::Ru));
            let shown = blocks.iter().flat_map(|block| &block.lines);
            let shown: Vec<(usize, &str)> = shown.map(|(n, line)| (*n, line.as_str())).collect();
            let lines = (1..).zip(text.lines());
            let lines: Vec<(usize, &str)> = lines
                .filter(|(n, line)| !line.trim().is_empty() || shown.iter().any(|(m, _)| m == n))
                .collect();
            assert_eq!(shown, lines);
            for block in &blocks {
                let is_rule = block
                    .lines
                    .iter()
                    .any(|(_, line)| line.starts_with("[[rule]]"));
                assert_eq!(!block.title.is_empty(), is_rule, "{:?}", block.lines);
            }
        }
    }

    #[test]
    fn comments_stand_with_what_they_are_about() {
        let text = "timezone = \"Europe/Moscow\"\n\n# своё\n[[rule]]\nuse = \"far-task\"\n# limit\n\
                    \n# другое\n[[rule]]\nuse = \"overload\"\n";
        let blocks = of(&kept(text), Words(Lang::Ru));
        let first: Vec<&str> = blocks.iter().map(|one| one.lines[0].1.as_str()).collect();
        assert_eq!(
            first,
            ["timezone = \"Europe/Moscow\"", "# своё", "# другое"]
        );
        assert_eq!(blocks[1].lines.last().map(|(n, _)| *n), Some(6));
    }
}
