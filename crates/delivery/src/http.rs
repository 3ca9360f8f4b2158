//! A client for HTTP: encrypted by `ring`, certificates as the system trusts them, no redirects.

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;

/// How long a connection may take to be made.
const CONNECTS_IN: Duration = Duration::from_secs(10);
/// Shorter than servers keep connections: one that is closed while it is used again leaves an
/// outcome that nobody knows.
const IDLE: Duration = Duration::from_secs(15);

/// A client to be built.
///
/// # Errors
/// Where the system's certificates cannot be read.
pub(crate) fn builder() -> Result<reqwest::ClientBuilder, String> {
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| error.to_string())?
        .with_no_client_auth();
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECTS_IN)
        .pool_idle_timeout(IDLE)
        .user_agent(concat!("Svetofor/", env!("CARGO_PKG_VERSION"))))
}

/// What went wrong, and why, without the address: it may hold a secret.
pub(crate) fn said(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut said = error.to_string();
    let mut behind = std::error::Error::source(&error);
    while let Some(error) = behind {
        let more = error.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        behind = error.source();
    }
    said
}
