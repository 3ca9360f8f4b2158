//! The texts of a report that may be changed.

use report::document::Block;

use super::Kept;

/// A text of a report that may be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its id within the report.
    pub id: String,
    /// The headings above it, from the outermost on.
    pub heading: String,
    /// As it was generated.
    pub generated: String,
    /// As somebody changed it; none: it stands as it was generated.
    pub changed: Option<String>,
}

impl Passage {
    /// The text as it is read.
    pub fn text(&self) -> &str {
        self.changed.as_deref().unwrap_or(&self.generated)
    }
}

impl Kept {
    /// The texts that may be changed, in the order of the document.
    pub fn passages(&self) -> Vec<Passage> {
        let mut generated = self.generated.texts();
        let headed = self.headed().into_iter();
        let passages = headed.filter_map(|(id, heading)| {
            Some(Passage {
                generated: generated.remove(id)?,
                changed: self.texts.get(id).cloned(),
                id: id.to_owned(),
                heading,
            })
        });
        passages.collect()
    }

    /// The ids of the texts, each with the headings above it.
    fn headed(&self) -> Vec<(&str, String)> {
        let document = &self.generated;
        let mut headed = Vec::new();
        let mut above: Vec<(u8, &str)> = vec![(0, &document.subtitle)];
        for block in &document.blocks {
            let ids: Vec<&str> = match block {
                Block::Heading { level, text, .. } => {
                    above.retain(|(of, _)| of < level);
                    above.push((*level, text));
                    continue;
                }
                Block::Text { id, .. } => vec![id],
                Block::List(items) => items.iter().map(|item| item.id.as_str()).collect(),
                _ => continue,
            };
            // The report itself is named once, by its title; a chapter names whom it is on.
            let named = above.iter().skip(usize::from(above.len() > 1));
            let named: Vec<&str> = named.map(|(_, text)| *text).collect();
            for id in ids.into_iter().filter(|id| !id.is_empty()) {
                headed.push((id, named.join(" · ")));
            }
        }
        headed
    }
}
