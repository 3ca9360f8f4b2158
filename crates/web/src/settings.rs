//! How the server is reached.

/// How the server is reached from outside.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address that people use, such as `https://qc.example.ru`, where it is not the one that
    /// is listened on. With `https` cookies are marked for encrypted connections only.
    pub public_url: Option<String>,
    /// Whether requests come through a proxy of one's own, which names the client's address last
    /// in `X-Forwarded-For`. Without such a proxy anybody could write anything there.
    pub behind_proxy: bool,
}

impl Settings {
    /// Whether people come over encrypted connections.
    pub fn encrypted(&self) -> bool {
        let url = self.public_url.as_deref();
        url.is_some_and(|url| url.starts_with("https://"))
    }

    /// The address that people use, without a path.
    pub fn origin(&self) -> Option<&str> {
        self.public_url
            .as_deref()
            .map(|url| url.trim_end_matches('/'))
    }
}
