//! JSON in which objects are objects. A struct alone would also take a list of its fields in their
//! order, even an empty one where each of them may be left out.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// A value none of whose objects was a list, however deep it lies.
///
/// Fields of a variant of an enum are the one place where nothing is looked at: names of variants
/// are all that bodies have.
pub(super) struct Objects<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Objects<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Objects<T>, D::Error> {
        T::deserialize(Looked(from)).map(Objects)
    }
}

/// What is read, so that the objects in it are looked at.
struct Looked<I>(I);

/// Hands on what is expected: some take more than they ask for, such as `null` for a map.
macro_rules! expected {
    ($($expected:ident)*) => {$(
        fn $expected<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$expected(Looked(visitor))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Looked<D> {
    type Error = D::Error;

    expected! {
        deserialize_any deserialize_ignored_any deserialize_identifier deserialize_option
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_u128 deserialize_f32 deserialize_f64 deserialize_char deserialize_str
        deserialize_string deserialize_bytes deserialize_byte_buf deserialize_unit
        deserialize_seq deserialize_map
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Looked(visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, Fields(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        unit_struct tuple tuple_struct
    }
}

/// Takes an object and nothing else.
struct Fields<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Fields<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with named fields: {…}")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Looked(fields))
    }
}

/// Hands plain values on.
macro_rules! plain {
    ($($visit:ident $plain:ty,)*) => {$(
        fn $visit<E: Error>(self, value: $plain) -> Result<V::Value, E> {
            self.0.$visit(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Looked<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    plain! {
        visit_bool bool,
        visit_i64 i64,
        visit_i128 i128,
        visit_u64 u64,
        visit_u128 u128,
        visit_f64 f64,
        visit_str &str,
        visit_borrowed_str &'de str,
        visit_string String,
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Looked(from))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Looked(from))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Looked(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Looked(fields))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(variant)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Looked<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Looked(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Looked<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Looked(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Looked<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Looked(from))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::Objects;

    #[derive(Deserialize, Debug, PartialEq, Default)]
    #[serde(default, deny_unknown_fields)]
    struct Outer {
        name: Option<String>,
        kind: Kind,
        inner: Option<Box<Outer>>,
        many: Vec<Outer>,
        named: BTreeMap<String, Outer>,
        number: f64,
        free: serde_json::Value,
        set: serde_json::Map<String, serde_json::Value>,
    }

    #[derive(Deserialize, Debug, PartialEq, Default)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        #[default]
        One,
        Other,
    }

    fn read(text: &str) -> Result<Outer, String> {
        let read = serde_json::from_str(text).map(|Objects(read)| read);
        read.map_err(|error| error.to_string())
    }

    #[test]
    fn whatever_is_no_list_is_read_as_ever() {
        for text in [
            "{}",
            r#"{"name": "я\n", "kind": "other", "inner": {"inner": null}, "number": -1}"#,
            r#"{"many": [{}, {"number": 18446744073709551615}], "named": {"a": {"many": []}}}"#,
            r#"{"free": [[], {}, null, 1.5, "x", true]}"#,
            r#"{"name": 1}"#,
            r#"{"name": "a", "name": "b"}"#,
            r#"{"other": 1}"#,
            r#"{"kind": "none"}"#,
            r#"{"many": {}}"#,
            r#"{"set": {"a": [{}]}}"#,
            r#"{"set": null}"#,
        ] {
            let plain = serde_json::from_str::<Outer>(text);
            let plain = plain.map_err(|error| error.to_string());
            assert_eq!(read(text), plain, "{text}");
        }
    }

    #[test]
    fn a_list_is_no_object_at_any_depth() {
        for text in [
            "[]",
            r#"["a"]"#,
            r#"{"inner": []}"#,
            r#"{"many": [[]]}"#,
            r#"{"many": [{"inner": {"named": {"a": []}}}]}"#,
        ] {
            assert!(serde_json::from_str::<Outer>(text).is_ok(), "{text}");
            let told = read(text).expect_err("a list");
            assert!(told.contains("sequence, expected an object"), "{told}");
        }
        let told = read("1").expect_err("a number");
        assert!(told.contains("expected an object"), "{told}");
    }
}
