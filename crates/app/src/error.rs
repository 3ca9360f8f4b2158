//! Why a use case was not carried out.

use crate::life::refused::Refused;
use crate::permissions::Deed;

/// Why a use case was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The access does not allow it.
    #[error("your access does not allow to {}", .0.name())]
    Denied(Deed),
    /// The access would allow it, the token does not.
    #[error("this token is not good for: {}", .0.name())]
    OutOfScope(Deed),
    /// It is for somebody who is logged in, not for a token.
    #[error("this is for somebody who is logged in; a token cannot do it")]
    SessionOnly,
    /// What is one's own is asked for by somebody who stands for no employee.
    #[error("your login is not tied to an employee of the CRM; an administrator can tie it")]
    NoEmployee,
    /// There is no such thing, or it is not for these eyes, which must look the same.
    #[error("there is no {what} {id:?}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// What was sent cannot be.
    #[error("{}", said(.0))]
    Invalid(Vec<Fault>),
    /// It does not go together with what is there.
    #[error("{0}")]
    Conflict(String),
    /// The same, where a page tells it beside the field that it is about.
    #[error("{}", .0.message)]
    Clash(Fault),
    /// The finding is not where the move begins; says what is possible instead.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Login and password do not fit; never which of them.
    #[error("login or password is wrong")]
    WrongLogin,
    /// The link was used, has expired or never was.
    #[error("this link has been used, has expired or never was")]
    DeadLink,
    /// The files of the report were kept as long as the company keeps them.
    #[error("the files of the report {0:?} are kept no longer; its words are")]
    FilesGone(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// Something inside failed that the caller cannot help.
    #[error("{0}")]
    Inside(String),
}

/// One fault of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field, as the request names it.
    pub field: &'static str,
    /// The kind of fault, for programs and for pages in another language.
    pub code: &'static str,
    /// What is wrong and what to do, in English.
    pub message: String,
}

impl Fault {
    /// A fault of a field.
    pub fn new(field: &'static str, code: &'static str, message: impl Into<String>) -> Fault {
        Fault {
            field,
            code,
            message: message.into(),
        }
    }

    /// As what does not go together with what is there.
    pub fn clash(field: &'static str, code: &'static str, message: impl Into<String>) -> Error {
        Error::Clash(Fault::new(field, code, message))
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Error {
        Error::Invalid(vec![fault])
    }
}

/// All faults as one sentence.
fn said(faults: &[Fault]) -> String {
    let said: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}: {}", fault.field, fault.message))
        .collect();
    said.join("; ")
}
