//! Names that `app` knows, as the API's description shows them: taken from its lists, so that
//! they cannot differ.

use std::borrow::Cow;

use app::permissions::{Access, Scope};
use history::Kind;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// An access.
pub(crate) struct AccessName;

/// A scope of tokens.
pub(crate) struct ScopeName;

/// A kind of event.
pub(crate) struct KindName;

impl PartialSchema for KindName {
    fn schema() -> RefOr<Schema> {
        one_of(Kind::ALL.iter().map(|kind| kind.as_str()))
    }
}

impl ToSchema for KindName {
    fn name() -> Cow<'static, str> {
        "EventKind".into()
    }
}

fn one_of(names: impl IntoIterator<Item = &'static str>) -> RefOr<Schema> {
    let object = ObjectBuilder::new().schema_type(Type::String);
    RefOr::T(Schema::Object(object.enum_values(Some(names)).build()))
}

impl PartialSchema for AccessName {
    fn schema() -> RefOr<Schema> {
        one_of(Access::ALL.map(Access::name))
    }
}

impl ToSchema for AccessName {
    fn name() -> Cow<'static, str> {
        "Access".into()
    }
}

impl PartialSchema for ScopeName {
    fn schema() -> RefOr<Schema> {
        one_of(Scope::ALL.map(Scope::name))
    }
}

impl ToSchema for ScopeName {
    fn name() -> Cow<'static, str> {
        "Scope".into()
    }
}
