//! A regulation in words.

use super::Version;

/// What a version demands, a line a demand.
pub fn describe(_version: &Version) -> Vec<String> {
    Vec::new()
}
