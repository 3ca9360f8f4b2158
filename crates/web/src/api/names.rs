//! Names that `app` knows, as the API's description shows them: taken from its lists, so that
//! they cannot differ.

use std::borrow::Cow;

use app::life::decision::{Cause, MoveKind, Outcome};
use app::life::finding::State;
use app::life::hand::Target;
use app::life::lost::check::{Question, Verdict};
use app::permissions::{Access, Scope};
use audit::regulation::Severity;
use history::Kind;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::problem::Problem;

fn one_of(names: impl IntoIterator<Item = &'static str>) -> RefOr<Schema> {
    let object = ObjectBuilder::new().schema_type(Type::String);
    RefOr::T(Schema::Object(object.enum_values(Some(names)).build()))
}

/// Makes types that stand for names in the description: `Type "its name there" its names`.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident $shown:literal $names:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                one_of($names)
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                $shown.into()
            }
        }
    )*};
}

names! {
    /// An access.
    AccessName "Access" Access::ALL.map(Access::name);
    /// A scope of tokens.
    ScopeName "Scope" Scope::ALL.map(Scope::name);
    /// A channel outside the program that a person may choose.
    OutsideName "Channel" app::telling::OUTSIDE;
    /// A form of a report as a file.
    FormName "ReportForm" app::reports::Form::ALL.map(app::reports::Form::name);
    /// A kind of event.
    KindName "EventKind" Kind::ALL.iter().map(|kind| kind.as_str());
    /// How grave a finding is.
    SeverityName "Severity" Severity::ALL.iter().map(|severity| severity.as_str());
    /// Where a finding stands.
    StateName "FindingState" State::ALL.iter().map(|state| state.as_str());
    /// What somebody may do with a finding.
    MoveName "Move" moves().map(MoveKind::as_str);
    /// Why a fault happened.
    CauseName "Cause" Cause::ALL.iter().map(|cause| cause.as_str());
    /// How a dispute ends.
    OutcomeName "Outcome" Outcome::ALL.iter().map(|outcome| outcome.as_str());
    /// What a finding made by hand is about.
    TargetName "Target" Target::ALL.iter().map(|target| target.as_str());
    /// A question of the check of a lost deal.
    QuestionName "Question" Question::ALL.iter().map(|question| question.as_str());
    /// How a check ends.
    VerdictName "Verdict" Verdict::ALL.iter().map(|verdict| verdict.as_str());
}

/// The moves that people make; a finding is told by being shown.
pub(crate) fn moves() -> impl Iterator<Item = MoveKind> {
    let all = MoveKind::ALL.iter().copied();
    all.filter(|kind| *kind != MoveKind::Tell)
}

/// What a word of a field means: one of `all` by its `name`.
pub(crate) fn read<T: Copy>(
    field: &'static str,
    word: &str,
    all: impl IntoIterator<Item = T>,
    name: impl Fn(T) -> &'static str,
) -> Result<T, Problem> {
    let mut names = Vec::new();
    for one in all {
        if name(one) == word {
            return Ok(one);
        }
        names.push(name(one));
    }
    let message = format!("one of: {}", names.join(", "));
    Err(Problem::field(field, "unknown", message))
}
