//! Webhooks: what a company is told, posted to a program of its own.
//!
//! The body is JSON: `id`, `company`, `kind`, `at` (Unix milliseconds) and `letter`. `Idempotency-Key`
//! is the same at every attempt. `Svetofor-Signature` is `t=SECONDS,v1=HEX`: HMAC-SHA256 with the
//! webhook's secret over the seconds, a dot and the body.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use serde_json::{Value, json};
use sha2::Sha256;
use store::webhooks::{self, Webhook};
use url::{Host, Url};

use crate::channel::{Attempt, Channel, Doing, Failure};
use crate::http;
use crate::letter::Letter;

/// The channel; a row's recipient is a webhook's id in the store.
pub const WEBHOOK: &str = "webhook";

/// How long the other side may take.
const ANSWERS_IN: Duration = Duration::from_secs(15);
/// The longest wait that the other side may ask for, in seconds.
const LONGEST_WAIT_S: i64 = 86_400;
/// The wait where it names none.
const WAIT_S: i64 = 60;

/// Posts letters to webhooks.
pub struct Webhooks {
    http: reqwest::Client,
    allow_private: bool,
    origin: String,
}

impl Webhooks {
    /// Webhooks at addresses of the open internet; `allow_private`: also at those of this machine and
    /// its networks. `origin` is where people reach this program.
    ///
    /// # Errors
    /// Where the system has no certificates.
    pub fn new(allow_private: bool, origin: &str) -> Result<Webhooks, String> {
        // Past a proxy nobody could say where a name leads.
        let mut builder = http::builder()?.no_proxy().timeout(ANSWERS_IN);
        if !allow_private {
            builder = builder.dns_resolver(Arc::new(Public));
        }
        Ok(Webhooks {
            http: builder.build().map_err(http::said)?,
            allow_private,
            origin: origin.to_owned(),
        })
    }

    async fn carry(&self, attempt: &Attempt<'_>) -> Result<(), Failure> {
        let message = attempt.message;
        let (company, id) = (&message.company, &message.recipient);
        let mut reader = attempt.store.reader().await?;
        let found = webhooks::get(&mut reader, company, id).await?;
        drop(reader);
        let none = || {
            Failure::Lasting(format!(
                "the webhook {id:?} is not there, or is switched off"
            ))
        };
        let webhook = found.filter(|one| one.off_at.is_none()).ok_or_else(none)?;
        let url = self.checked(&webhook)?;
        let body = self.body(attempt)?.to_string();
        let seconds = attempt.now.div_euclid(1_000);
        let request = self
            .http
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("Idempotency-Key", attempt.id())
            .header(
                "Svetofor-Signature",
                signature(&webhook.secret, seconds, &body)?,
            )
            .body(body);
        let answer = request.send().await;
        let answer = answer
            .map_err(|error| Failure::Passing(format!("the webhook: {}", http::said(error))))?;
        let status = answer.status();
        let said = format!("the webhook answers {status}");
        match status.as_u16() {
            200..300 => Ok(()),
            300..400 => Err(Failure::Lasting(format!(
                "{said}, and redirections are not followed"
            ))),
            410 => {
                let mut tx = attempt.store.begin().await?;
                webhooks::switch_off(&mut tx, company, id, &said, attempt.now).await?;
                tx.commit().await?;
                Err(Failure::Lasting(said))
            }
            429 => {
                let asked = answer
                    .headers()
                    .get(RETRY_AFTER)
                    .and_then(|value| value.to_str().ok());
                let asked: Option<i64> = asked.and_then(|value| value.trim().parse().ok());
                let wait_s = asked.unwrap_or(WAIT_S).clamp(1, LONGEST_WAIT_S);
                Err(Failure::Later {
                    wait_ms: wait_s * 1_000,
                    said,
                })
            }
            // Whoever keeps it may be about to mend it.
            _ => Err(Failure::Passing(said)),
        }
    }

    fn body(&self, attempt: &Attempt<'_>) -> Result<Value, Failure> {
        let message = attempt.message;
        let letter = Letter::of(message)?;
        let mut payload: Value = serde_json::from_str(&message.payload).unwrap_or_default();
        payload["link"] = json!(letter.address(&self.origin).unwrap_or_default());
        Ok(json!({
            "id": attempt.id(),
            "company": message.company,
            "kind": message.kind,
            "at": message.put_at,
            "letter": payload,
        }))
    }

    /// The address, unless it names a machine that it must not.
    fn checked(&self, webhook: &Webhook) -> Result<Url, Failure> {
        let wrong = |why: &str| Failure::Lasting(format!("the webhook's address {why}"));
        let url = Url::parse(&webhook.address).map_err(|_| wrong("cannot be read"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong("is neither http nor https"));
        }
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(Host::Domain(_)) => None,
            None => return Err(wrong("names no host")),
        };
        match ip.is_some_and(|ip| !self.allow_private && !is_public(ip)) {
            true => Err(wrong(PRIVATE)),
            false => Ok(url),
        }
    }
}

impl Channel for Webhooks {
    fn name(&self) -> &'static str {
        WEBHOOK
    }

    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move { self.carry(&attempt).await })
    }
}

fn signature(secret: &str, seconds: i64, body: &str) -> Result<String, Failure> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|error| Failure::Lasting(error.to_string()))?;
    mac.update(format!("{seconds}.{body}").as_bytes());
    let digest = mac.finalize().into_bytes();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("t={seconds},v1={hex}"))
}

const PRIVATE: &str = "is of this machine or its networks, which the server does not allow";

/// Names lead to public addresses only: looked at where the connection is made, so that no name can
/// lead elsewhere in between.
struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|one| is_public(one.ip())).collect();
            match public.is_empty() {
                true => Err(format!("the webhook's address {PRIVATE}").into()),
                false => Ok(Box::new(public.into_iter()) as Addrs),
            }
        })
    }
}

/// Whether an address is one of the open internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let assigned = a == 192 && b == 0 && c == 0;
    let measured = a == 198 && (18..20).contains(&b);
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || shared
        || assigned
        || measured)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match parts {
        // Addresses of the fourth version in other clothes: mapped, NAT64, 6to4.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_v4(v4(high, low))
        }
        [0x2002, high, low, ..] => is_public_v4(v4(high, low)),
        // Teredo, documentation, and what else is special.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        // The open internet is 2000::/3.
        [first, ..] => (first & 0xe000) == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_networks_are_told_from_those_of_the_internet() {
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
            "fec0::1",
            "::127.0.0.1",
            "2001::1",
        ];
        for ip in private {
            assert!(!is_public(ip.parse().expect(ip)), "{ip}");
        }
        for ip in [
            "8.8.8.8",
            "93.184.216.34",
            "2a00:1450:4001::1",
            "::ffff:8.8.8.8",
            "2600::1",
        ] {
            assert!(is_public(ip.parse().expect(ip)), "{ip}");
        }
    }

    #[test]
    fn a_signature_is_that_of_the_standard() {
        // Checked with Python: hmac.new(b"key", b"1.{}", "sha256").hexdigest()
        let signed = signature("key", 1, "{}").expect("signed");
        assert_eq!(
            signed,
            "t=1,v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224"
        );
    }
}
