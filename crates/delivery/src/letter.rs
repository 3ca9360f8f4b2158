//! What goes outside: words that somebody else has rendered, with what they carry along.

use serde::{Deserialize, Serialize};
use store::Store;
use store::artefacts::{self, Artefact};
use store::outbox::Message;

use crate::channel::Failure;

/// Characters of a subject that are kept.
const SUBJECT: usize = 200;

/// The payload of a row whose channel goes outside. Its words are ready; no channel adds any. What
/// else stands in the payload (`finding`, `findings`) is not the letter's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    /// What it is about, in one line.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// The same for whoever reads HTML; a picture is `cid:` and its artefact. Empty: there is none.
    pub html: String,
    /// Files that come along.
    pub attachments: Vec<Attached>,
    /// Pictures, PNG or JPEG, that are shown.
    pub pictures: Vec<Attached>,
    /// Rows of buttons, for channels that have them.
    pub buttons: Vec<Vec<Button>>,
    /// Where there is more: an address, or a path of this program. Empty: nowhere.
    pub link: String,
    /// The address that it goes to, where that is not the recipient's: one that is to be confirmed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
}

/// A file that a letter carries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attached {
    /// Its id among the store's artefacts.
    pub artefact: String,
    /// What it is called.
    pub name: String,
    /// What it is, such as `application/pdf`.
    pub media_type: String,
}

/// A button under a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What stands on it.
    pub text: String,
    /// What it means to whoever hears that it was pressed; at most 64 bytes.
    pub data: String,
}

impl Letter {
    /// The letter of a row.
    ///
    /// # Errors
    /// Where its payload is none.
    pub fn of(message: &Message) -> Result<Letter, Failure> {
        serde_json::from_str(&message.payload).map_err(|error| {
            Failure::Lasting(format!(
                "the payload of {:?} is no letter: {error}",
                message.key
            ))
        })
    }

    /// The subject as one line without control characters, whatever is written there.
    pub fn subject_line(&self) -> String {
        line(&self.subject, SUBJECT)
    }

    /// The link as a whole address; `origin` is where people reach the program. None: there is none.
    pub fn address(&self, origin: &str) -> Option<String> {
        match &*self.link {
            "" => None,
            path if path.starts_with('/') && origin.is_empty() => None,
            path if path.starts_with('/') => {
                Some(format!("{}{path}", origin.trim_end_matches('/')))
            }
            whole => Some(whole.to_owned()),
        }
    }
}

impl Attached {
    /// Its file name as one line without separators of paths.
    pub fn file_name(&self) -> String {
        let name = line(&self.name, 120).replace(['/', '\\', '"'], "_");
        match name.trim_matches(['.', ' ']) {
            "" => "file".to_owned(),
            name => name.to_owned(),
        }
    }

    /// What is in it.
    ///
    /// # Errors
    /// Where the store fails, or has no such artefact.
    pub async fn load(&self, store: &Store, company: &str) -> Result<Artefact, Failure> {
        let mut reader = store.reader().await?;
        let found = artefacts::get(&mut reader, company, &self.artefact).await?;
        found.ok_or_else(|| {
            let (id, name) = (&self.artefact, self.file_name());
            Failure::Lasting(format!("the file {name:?} ({id:?}) is not kept any more"))
        })
    }
}

/// A text as one line of at most so many characters.
fn line(text: &str, most: usize) -> String {
    let spaced = |c: char| {
        if c.is_control() || c == '\u{2028}' || c == '\u{2029}' {
            ' '
        } else {
            c
        }
    };
    let text: String = text.chars().map(spaced).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line_whatever_is_written() {
        let letter = |subject: &str| Letter {
            subject: subject.to_owned(),
            ..Letter::default()
        };
        let hostile = letter("Сделка\r\nBcc: all@example.org\u{2028}\0 x").subject_line();
        assert_eq!(hostile, "Сделка Bcc: all@example.org x");
        assert_eq!(letter(&"я".repeat(500)).subject_line().chars().count(), 201);
    }

    #[test]
    fn a_file_name_leads_to_no_other_folder() {
        let file = |name: &str| Attached {
            name: name.to_owned(),
            ..Attached::default()
        };
        assert_eq!(file("../../отчёт\r\n.pdf").file_name(), "_.._отчёт .pdf");
        assert_eq!(file("..").file_name(), "file");
    }

    #[test]
    fn a_link_is_whole_or_none() {
        let letter = |link: &str| Letter {
            link: link.to_owned(),
            ..Letter::default()
        };
        let origin = "https://qc.example.org/";
        let whole = Some("https://qc.example.org/mine".to_owned());
        assert_eq!(letter("/mine").address(origin), whole);
        assert_eq!(letter("/mine").address(""), None);
        assert_eq!(letter("").address(origin), None);
        assert_eq!(
            letter("https://x.ru/").address(""),
            Some("https://x.ru/".to_owned())
        );
    }

    #[test]
    fn a_payload_may_say_more_than_the_letter_needs() {
        let text = r#"{"subject": "s", "text": "t", "finding": "f1", "new": 1}"#;
        let letter: Letter = serde_json::from_str(text).expect("a letter");
        assert_eq!((&*letter.subject, letter.buttons.len()), ("s", 0));
    }
}
