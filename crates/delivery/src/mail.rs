//! E-mail over SMTP.

use std::time::{Duration, UNIX_EPOCH};

use history::Instant;
use lettre::address::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as From, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use store::addresses;
use url::Url;

use crate::channel::{Attempt, Channel, Doing, Failure};
use crate::letter::Letter;

/// The name of the channel; a row's recipient is a person.
pub const EMAIL: &str = "email";

/// How long the server may take for one answer.
const ANSWERS_IN: Duration = Duration::from_secs(60);

/// Why mail cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address of the server. It may hold a password and is not repeated.
    #[error(
        "the address of the mail server cannot be read: {0}; it looks like smtps://user:password@host or smtp://host:25"
    )]
    Server(String),
    /// The certificates of the authorities that are trusted besides the system's.
    #[error("the certificates of authorities cannot be read: {0}; they are expected as PEM")]
    Authorities(String),
    /// The sender.
    #[error("the sender {address:?} is no e-mail address: {reason}")]
    Sender {
        /// What was given.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// How a connection is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// From the first byte: `smtps://`.
    Whole,
    /// By STARTTLS, or not at all: `smtp://…?tls=required`, or with a password for another machine.
    Required,
    /// By STARTTLS where the server offers it: `smtp://`.
    Offered,
}

/// Sends letters through a mail server.
pub struct Mail {
    host: String,
    port: u16,
    security: Security,
    tls: TlsParameters,
    login: Option<Credentials>,
    from: Mailbox,
    origin: String,
}

impl Mail {
    /// Mail through `server` (`smtps://user:password@host`, `smtp://host:25`), from `from` (`QC
    /// <qc@example.org>`); `origin` is where people reach this program.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn new(server: &str, from: &str, origin: &str) -> Result<Mail, MailError> {
        let wrong = |reason: &str| MailError::Server(reason.to_owned());
        let url = Url::parse(server).map_err(|error| wrong(&error.to_string()))?;
        let required = url
            .query_pairs()
            .any(|(name, value)| name == "tls" && value == "required");
        let host = url.host_str().ok_or_else(|| wrong("it names no host"))?;
        // A password goes over no network as it is, whatever somebody on the way takes out of the
        // server's offers.
        let open = url.username().is_empty() || is_this_machine(host);
        let (security, port) = match (url.scheme(), required || !open) {
            ("smtps", _) => (Security::Whole, 465),
            ("smtp", true) => (Security::Required, 587),
            ("smtp", false) => (Security::Offered, 587),
            (other, _) => return Err(wrong(&format!("unknown scheme {other:?}"))),
        };
        let tls = TlsParameters::new_rustls(host.to_owned())
            .map_err(|error| wrong(&error.to_string()))?;
        let from = from
            .parse()
            .map_err(|error: lettre::address::AddressError| MailError::Sender {
                address: from.to_owned(),
                reason: error.to_string(),
            })?;
        Ok(Mail {
            port: url.port().unwrap_or(port),
            login: login(&url).map_err(|reason| wrong(&reason))?,
            host: host.to_owned(),
            security,
            tls,
            from,
            origin: origin.to_owned(),
        })
    }

    /// The same, trusting also servers whose certificate one of these authorities has signed, besides
    /// those whom the system trusts. `pem` holds the authorities' certificates.
    ///
    /// # Errors
    /// Where it holds none, or something that is none.
    pub fn trusting(self, pem: &[u8]) -> Result<Mail, MailError> {
        let wrong = |reason: String| MailError::Authorities(reason);
        let mut tls = TlsParameters::builder(self.host.clone());
        let mut found = false;
        for der in CertificateDer::pem_slice_iter(pem) {
            let der = der.map_err(|error| wrong(error.to_string()))?;
            let certificate = Certificate::from_der(der.to_vec());
            let certificate = certificate.map_err(|error| wrong(said(&error)))?;
            tls = tls.add_root_certificate(certificate);
            found = true;
        }
        if !found {
            return Err(wrong("there is none in it".to_owned()));
        }
        let tls = tls.build_rustls().map_err(|error| wrong(said(&error)))?;
        Ok(Mail { tls, ..self })
    }

    async fn carry(&self, attempt: &Attempt<'_>) -> Result<(), Failure> {
        let letter = Letter::of(attempt.message)?;
        attempt.must_be_admitted().await?;
        let to = self.whom(attempt, &letter).await?;
        let bytes = self.written(attempt, &letter, &to).await?;
        let line = self.connect().await;
        let mut line = line.map_err(|error| match refuses_certificate(&error) {
            true => self.untrusted(&error),
            false => passing(error),
        })?;
        let sent = self.send(&mut line, attempt, to, &bytes).await;
        // Whatever it says to that, the letter has its outcome.
        line.abort().await;
        sent
    }

    /// Where a letter goes.
    async fn whom(&self, attempt: &Attempt<'_>, letter: &Letter) -> Result<Address, Failure> {
        let to = match &*letter.to {
            "" => {
                let person = &attempt.message.recipient;
                let mut reader = attempt.store.reader().await?;
                let found = addresses::get(&mut reader, person, EMAIL).await?;
                let works = found.filter(addresses::Address::works);
                let none = || {
                    Failure::Lasting(format!(
                        "the person {person:?} has no e-mail address that works"
                    ))
                };
                works.ok_or_else(none)?.address
            }
            to => to.to_owned(),
        };
        to.parse().map_err(|error: lettre::address::AddressError| {
            Failure::Lasting(format!("{to:?} is no e-mail address: {error}"))
        })
    }

    /// The bytes of a letter.
    async fn written(
        &self,
        attempt: &Attempt<'_>,
        letter: &Letter,
        to: &Address,
    ) -> Result<Vec<u8>, Failure> {
        let company = &attempt.message.company;
        let lasting = |what: &str| {
            let what = what.to_owned();
            move |error: String| Failure::Lasting(format!("{what}: {error}"))
        };
        let mut text = letter.text.trim_end().to_owned();
        if let Some(address) = letter.address(&self.origin) {
            text = format!("{text}\n\n{address}\n");
        }
        let mut readable = MultiPart::alternative().singlepart(SinglePart::plain(text));
        let inline = !letter.html.is_empty();
        if inline {
            let mut related =
                MultiPart::related().singlepart(SinglePart::html(letter.html.clone()));
            for picture in &letter.pictures {
                let kept = picture.load(attempt.store, company).await?;
                let kind = media(&picture.media_type, &kept.media_type);
                let id = picture.artefact.clone();
                related = related.singlepart(Attachment::new_inline(id).body(kept.bytes, kind));
            }
            readable = readable.multipart(related);
        }
        let mut whole = MultiPart::mixed().multipart(readable);
        let files = letter.attachments.iter();
        let shown = letter.pictures.iter().filter(|_| !inline);
        for file in files.chain(shown) {
            let kept = file.load(attempt.store, company).await?;
            let kind = media(&file.media_type, &kept.media_type);
            whole = whole.singlepart(Attachment::new(file.file_name()).body(kept.bytes, kind));
        }
        let domain = self.from.email.domain();
        let message = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(letter.subject_line())
            .date(UNIX_EPOCH + Duration::from_millis(moment(attempt.now)))
            .message_id(Some(format!("<{}@{domain}>", attempt.id())))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(whole)
            .map_err(|error| error.to_string())
            .map_err(lasting("the letter cannot be written"))?;
        Ok(message.formatted())
    }

    /// That the server's certificate is not to be trusted: nothing was said to it.
    fn untrusted(&self, error: &Error) -> Failure {
        Failure::Passing(format!(
            "the certificate of the mail server {} is not trusted: {}; if its authority is your own, name \
             the authority's certificate in SVETOFOR_SMTP_CA",
            self.host,
            said(error)
        ))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let hello = ClientId::default();
        let first = (self.security == Security::Whole).then(|| self.tls.clone());
        let server = (self.host.as_str(), self.port);
        let mut line =
            AsyncSmtpConnection::connect_tokio1(server, Some(ANSWERS_IN), &hello, first, None)
                .await?;
        let offered = line.can_starttls();
        if self.security == Security::Required || (self.security == Security::Offered && offered) {
            line.starttls(self.tls.clone(), &hello).await?;
        }
        if let Some(login) = &self.login {
            line.auth(DEFAULT_MECHANISMS, login).await?;
        }
        Ok(line)
    }

    /// Hands a letter over. Until its body is sent nothing has happened; then only the server's
    /// answer tells.
    async fn send(
        &self,
        line: &mut AsyncSmtpConnection,
        attempt: &Attempt<'_>,
        to: Address,
        bytes: &[u8],
    ) -> Result<(), Failure> {
        // All that is not ASCII is encoded, so the server needs no extension.
        let from = From::new(Some(self.from.email.clone()), Vec::new());
        // A sender that the server refuses is a matter of settings, which somebody mends.
        line.command(from).await.map_err(passing)?;
        line.command(Rcpt::new(to, Vec::new()))
            .await
            .map_err(refused)?;
        line.command(Data).await.map_err(refused)?;
        attempt.begin().await?;
        line.message(bytes)
            .await
            .map_err(|error| match error.status() {
                Some(_) => refused(error),
                None => Failure::Unknown(format!(
                    "the mail server took the letter and did not say what became of it: {}",
                    said(&error)
                )),
            })?;
        Ok(())
    }
}

impl Channel for Mail {
    fn name(&self) -> &'static str {
        EMAIL
    }

    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move { self.carry(&attempt).await })
    }
}

/// Whether it failed because the other side's certificate is not trusted.
fn refuses_certificate(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut at = Some(error);
    while let Some(error) = at {
        let within = error.downcast_ref::<std::io::Error>();
        let within = within.and_then(std::io::Error::get_ref);
        let tls = match within {
            Some(within) => within.downcast_ref::<rustls::Error>(),
            None => error.downcast_ref::<rustls::Error>(),
        };
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
            return true;
        }
        at = error.source();
    }
    false
}

fn is_this_machine(host: &str) -> bool {
    let ip = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

fn login(url: &Url) -> Result<Option<Credentials>, String> {
    let decoded = |text: &str| {
        let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
        decoded
            .map(|text| text.into_owned())
            .map_err(|_| "user or password is no UTF-8".to_owned())
    };
    Ok(match (url.username(), url.password()) {
        ("", _) => None,
        (user, password) => Some(Credentials::new(
            decoded(user)?,
            decoded(password.unwrap_or_default())?,
        )),
    })
}

/// What a file is, as the letter says, else as it was kept; nobody knows: bytes.
fn media(said: &str, kept: &str) -> ContentType {
    let parsed = [said, kept, "application/octet-stream"].into_iter();
    let mut parsed = parsed.filter_map(|kind| ContentType::parse(kind).ok());
    parsed.next().unwrap_or(ContentType::TEXT_PLAIN)
}

fn moment(now: Instant) -> u64 {
    u64::try_from(now).unwrap_or(0)
}

/// What a server answered: 5xx will not change by itself, anything else may.
fn refused(error: Error) -> Failure {
    match error.is_permanent() {
        true => Failure::Lasting(format!("the mail server refused it: {}", said(&error))),
        false => passing(error),
    }
}

fn passing(error: Error) -> Failure {
    Failure::Passing(format!("the mail server: {}", said(&error)))
}

/// An error with what lies behind it.
fn said(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut behind = error.source();
    while let Some(error) = behind {
        let more = error.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        behind = error.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_servers_are_read_and_their_passwords_not_repeated() {
        let mail = |server: &str| Mail::new(server, "QC <qc@example.org>", "");
        let read = mail("smtps://user%40x:p%3Aw@mail.example.org").expect("readable");
        assert_eq!((read.port, read.security), (465, Security::Whole));
        let read = mail("smtp://127.0.0.1:2525").expect("readable");
        assert_eq!((read.port, read.security), (2525, Security::Offered));
        let read = mail("smtp://mail.example.org?tls=required").expect("readable");
        assert_eq!((read.port, read.security), (587, Security::Required));
        let read = mail("smtp://u:p@mail.example.org").expect("readable");
        assert_eq!(
            read.security,
            Security::Required,
            "no password in the clear"
        );
        for wrong in ["http://u:hidden@x", "smtp:u:hidden", "u:hidden@x:25", ""] {
            let error = mail(wrong).err().expect("an error").to_string();
            assert!(!error.contains("hidden"), "{error}");
        }
        let error = Mail::new("smtp://x", "nobody", "").err().expect("an error");
        assert!(error.to_string().contains("\"nobody\""), "{error}");
    }
}
