//! Text ids interned to dense integers.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// A set of names, each with the dense number it was given at first sight.
///
/// All bytes stand in one buffer, so a million names are two allocations, not a million.
#[derive(Clone, Default)]
pub struct Names {
    bytes: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Names {
    /// An empty set.
    pub fn new() -> Names {
        Names::default()
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The number of `name`, given to it now if it is new. The empty name is never
    /// interned: it gives `u32::MAX`, "none".
    pub fn intern(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return u32::MAX;
        }
        let hash = self.hasher.hash_one(name);
        let (bytes, ends) = (&self.bytes, &self.ends);
        if let Some(&id) = self.table.find(hash, |&id| slice(bytes, ends, id) == name) {
            return id;
        }
        let id = u32::try_from(self.ends.len()).expect("fewer than 2^32 names fit in memory");
        self.bytes.push_str(name);
        self.ends.push(self.bytes.len());
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        self.table
            .insert_unique(hash, id, |&id| hasher.hash_one(slice(bytes, ends, id)));
        id
    }

    /// The number of `name`, if it has one.
    pub fn find(&self, name: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(name);
        self.table
            .find(hash, |&id| slice(&self.bytes, &self.ends, id) == name)
            .copied()
    }

    /// The name with this number; empty for "none" and for numbers never given.
    pub fn get(&self, id: u32) -> &str {
        if (id as usize) < self.ends.len() {
            slice(&self.bytes, &self.ends, id)
        } else {
            ""
        }
    }

    /// All names in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|id| self.get(id))
    }

    /// Lets go of the look-up table: names can still be read, `find` finds nothing more.
    pub fn freeze(&mut self) {
        self.table = HashTable::new();
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn slice<'a>(bytes: &'a str, ends: &[usize], id: u32) -> &'a str {
    let id = id as usize;
    let from = if id == 0 { 0 } else { ends[id - 1] };
    &bytes[from..ends[id]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_name_same_number_and_empty_is_none() {
        let mut names = Names::new();
        let a = names.intern("a");
        assert_eq!(names.intern("b"), a + 1);
        assert_eq!(names.intern("a"), a);
        assert_eq!(names.intern(""), u32::MAX);
        assert_eq!(names.get(a), "a");
        assert_eq!(names.get(u32::MAX), "");
        assert_eq!(names.find("b"), Some(a + 1));
        assert_eq!(names.find("c"), None);
    }
}
