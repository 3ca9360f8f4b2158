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
    /// Each name's hash beside its number: most strangers are told apart without a look at
    /// their bytes, and growing needs no bytes at all.
    table: HashTable<(u32, u32)>,
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
        let hash = self.hash(name);
        let (bytes, ends) = (&self.bytes, &self.ends);
        let same = |entry: &(u32, u32)| entry.0 == hash && slice(bytes, ends, entry.1) == name;
        if let Some(&(_, id)) = self.table.find(spread(hash), same) {
            return id;
        }
        let id = u32::try_from(self.ends.len()).expect("fewer than 2^32 names fit in memory");
        self.bytes.push_str(name);
        self.ends.push(self.bytes.len());
        self.table
            .insert_unique(spread(hash), (hash, id), |(hash, _)| spread(*hash));
        id
    }

    fn hash(&self, name: &str) -> u32 {
        let hash = self.hasher.hash_one(name);
        (hash ^ (hash >> 32)) as u32
    }

    /// The number of `name`, if it has one.
    pub fn find(&self, name: &str) -> Option<u32> {
        let hash = self.hash(name);
        let same =
            |entry: &(u32, u32)| entry.0 == hash && slice(&self.bytes, &self.ends, entry.1) == name;
        self.table.find(spread(hash), same).map(|entry| entry.1)
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

    /// Makes the look-up table anew where [`Names::freeze`] let go of it.
    pub fn thaw(&mut self) {
        if self.table.len() == self.ends.len() {
            return;
        }
        for id in 0..self.ends.len() as u32 {
            let hash = self.hash(self.get(id));
            self.table
                .insert_unique(spread(hash), (hash, id), |(hash, _)| spread(*hash));
        }
    }

    /// Lets go of the look-up table: names can still be read, `find` finds nothing more.
    pub fn freeze(&mut self) {
        self.table = HashTable::new();
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// A short hash over all the bits that a table looks at.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[inline]
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

    #[test]
    fn thawed_names_keep_their_numbers() {
        let mut names = Names::new();
        let (a, b) = (names.intern("a"), names.intern("b"));
        names.freeze();
        assert_eq!(names.find("a"), None);
        names.thaw();
        names.thaw();
        assert_eq!((names.intern("a"), names.intern("b")), (a, b));
        assert_eq!(names.intern("c"), b + 1);
    }
}
