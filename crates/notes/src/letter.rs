//! What goes out by a channel outside the program.

use serde::{Deserialize, Serialize};

/// A letter: what a channel such as e-mail or a chat carries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// The whole as plain text.
    pub text: String,
    /// The same as HTML, without a head; may be empty.
    pub html: String,
    /// Files that come with it.
    pub attachments: Vec<Attachment>,
    /// Pictures, for chats.
    pub pictures: Vec<Attachment>,
    /// Rows of buttons, for chats.
    pub buttons: Vec<Vec<Button>>,
    /// The page that shows the same, as a path within the interface; empty: none.
    pub link: String,
}

/// A file that the store keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its id among the artefacts of the store.
    pub artefact: String,
    /// What it is called.
    pub name: String,
    /// Its media type, such as `application/pdf`.
    pub media_type: String,
}

/// A button under a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it says.
    pub text: String,
    /// What comes back when it is pressed: `ack:`, `cause:` or `dispute:` and the id of a finding.
    pub data: String,
}
