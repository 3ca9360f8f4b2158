//! What opens a door: random secrets, given out once and kept as digests only.

use std::fmt;

use sha2::{Digest, Sha256};

/// 256 random bits as text. It shows itself to nobody but who asks for it by name.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret.
    pub fn random() -> Secret {
        let bytes: [u8; 32] = rand::random();
        Secret(hex(&bytes))
    }

    /// A secret that was shown to us.
    pub fn shown(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The secret itself, to hand over.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Its digest for one use. Uses differ in their digests, so that what is made for one (a
    /// token for a form) tells nothing of another.
    pub fn digest(&self, r#use: &str) -> String {
        let mut hasher = Sha256::new();
        hasher.update(r#use.as_bytes());
        hasher.update([0]);
        hasher.update(self.0.as_bytes());
        hex(&hasher.finalize())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_do_not_show_themselves() {
        let (one, other) = (Secret::random(), Secret::random());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 64);
        assert!(!format!("{one:?}").contains(one.reveal()));
    }

    #[test]
    fn digests_differ_by_use() {
        let secret = Secret::shown("x");
        assert_eq!(
            secret.digest("session"),
            Secret::shown("x").digest("session")
        );
        assert_ne!(secret.digest("session"), secret.digest("form"));
        assert_ne!(
            secret.digest("session"),
            Secret::shown("y").digest("session")
        );
    }
}
