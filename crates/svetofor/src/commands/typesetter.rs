//! What sets reports in type, for the server and for the command.

use app::reports::{Press, Printed};
use history::Instant;
use jiff::Timestamp;
use report::document::Document;

/// How wide a picture for a chat is, in pixels.
const PICTURE: u32 = 1_440;
/// The ground of a picture: chats are light or dark, and its letters are dark.
const GROUND: &str = "#ffffff";

/// Sets reports in type, with links to where the interface is.
pub struct Typesetter {
    base: String,
}

impl Typesetter {
    /// One whose links lead to `base`, such as `https://svetofor.example.ru`; none: nowhere.
    pub fn new(base: Option<&str>) -> Typesetter {
        Typesetter {
            base: base.unwrap_or_default().to_owned(),
        }
    }
}

impl Press for Typesetter {
    fn base(&self) -> &str {
        &self.base
    }

    fn pdf(&self, document: &Document, made_at: Instant) -> Printed {
        let options = pdf::Options {
            made_at: Timestamp::from_millisecond(made_at).unwrap_or_default(),
            base: Some(self.base.clone()).filter(|base| !base.is_empty()),
        };
        pdf::typeset(document, &options).map_err(|error| error.to_string())
    }

    fn picture(&self, document: &Document, chart: &str) -> Printed {
        let (_, found) = document
            .chart(chart)
            .ok_or_else(|| format!("the report has no chart {chart:?}"))?;
        let lang = document.lang();
        let svg = found.brief(lang).picture(lang, Some(GROUND));
        pdf::picture(&svg, PICTURE).map_err(|error| error.to_string())
    }
}
