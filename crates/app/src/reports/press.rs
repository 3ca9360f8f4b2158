//! The forms of a report.

use history::Instant;
use report::Look;
use report::document::Document;

use super::Kept;
use crate::error::Error;

/// A form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A page that needs nothing but itself.
    Page,
    /// A document on paper.
    Pdf,
    /// A workbook.
    Workbook,
    /// A message for a chat.
    Text,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 4] = [Form::Page, Form::Pdf, Form::Workbook, Form::Text];

    /// Its name in addresses and in the store; that of its files, too.
    pub fn name(self) -> &'static str {
        match self {
            Form::Page => "html",
            Form::Pdf => "pdf",
            Form::Workbook => "xlsx",
            Form::Text => "txt",
        }
    }

    /// The form of that name.
    pub fn of_name(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }

    fn media_type(self) -> &'static str {
        match self {
            Form::Page => "text/html; charset=utf-8",
            Form::Pdf => "application/pdf",
            Form::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Form::Text => "text/plain; charset=utf-8",
        }
    }
}

/// A document on paper, and its pictures.
pub type Printed = Result<Vec<u8>, String>;

/// What sets documents in type: it is heavy, so it stands outside, and whoever starts the program
/// brings it along.
pub trait Press: Send + Sync {
    /// Where the interface is, such as `https://svetofor.example.ru`; empty: not known.
    fn base(&self) -> &str;

    /// The document as a PDF, as made at an instant.
    ///
    /// # Errors
    /// In words, where it cannot be set.
    fn pdf(&self, document: &Document, made_at: Instant) -> Printed;

    /// The chart of an id as a PNG.
    ///
    /// # Errors
    /// In words, where there is none or it cannot be drawn.
    fn picture(&self, document: &Document, chart: &str) -> Printed;
}

/// No press: reports are pages, workbooks and texts only, and none can be sent.
#[derive(Clone, Debug, Default)]
pub struct NoPress {
    /// Where the interface is; empty: not known.
    pub base: String,
}

impl Press for NoPress {
    fn base(&self) -> &str {
        &self.base
    }

    fn pdf(&self, _: &Document, _: Instant) -> Printed {
        Err("this program sets nothing in type".to_owned())
    }

    fn picture(&self, _: &Document, _: &str) -> Printed {
        Err("this program draws no pictures".to_owned())
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A report in a form.
pub(super) fn file(kept: &Kept, form: Form, press: &dyn Press) -> Result<File, Error> {
    let document = kept.document();
    let report = &kept.report;
    let base = Some(press.base()).filter(|base| !base.is_empty());
    let failed = |why: String| {
        let (id, form) = (&report.id, form.name());
        Error::Inside(format!("the report {id:?} cannot be made as {form}: {why}"))
    };
    let bytes = match form {
        Form::Page => {
            let look = Look {
                base,
                pictures: None,
            };
            report::page(&document, &look).into_bytes()
        }
        Form::Pdf => press.pdf(&document, report.made_at).map_err(failed)?,
        Form::Workbook => report::book(&document).map_err(|error| failed(error.to_string()))?,
        Form::Text => report::message(&document, link(report, base).as_deref())
            .text
            .into_bytes(),
    };
    // No name of a person or a group: files are found in folders that others see.
    let name = format!(
        "svetofor-{}-{}-{}.{}",
        report.kind,
        report.from_day,
        report.scope,
        form.name()
    );
    Ok(File {
        name,
        media_type: form.media_type().to_owned(),
        bytes,
    })
}

/// The page of a report as a whole address.
fn link(report: &super::Report, base: Option<&str>) -> Option<String> {
    let base = base?.trim_end_matches('/');
    Some(format!("{base}/reports/{}", report.id))
}
