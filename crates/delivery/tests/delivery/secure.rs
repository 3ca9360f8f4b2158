//! Letters over encrypted lines, with certificates that a company's own authority has signed. Needs the
//! mail server of [`crate::mail`].

use std::path::Path;
use std::sync::Arc;

use delivery::{Channels, EMAIL, Mail};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
};
use store::{Store, on_both};

use crate::mail::{Server, office};
use crate::office::QUICK;

on_both!(
    a_letter_goes_over_an_encrypted_line,
    a_certificate_that_is_not_trusted_keeps_the_letter,
);

const LETTER: &str = r#"{"subject": "s", "text": "t"}"#;

/// An authority of one's own.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Authority {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Authority {
            pem: params.self_signed(&key).unwrap().pem(),
            issuer: Issuer::new(params, key),
        }
    }

    /// A mail server with a certificate for `host` that this authority has signed.
    fn server(&self, folder: &Path, mode: &str, host: &str) -> Option<Server> {
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let key = KeyPair::generate().unwrap();
        let signed = params.signed_by(&key, &self.issuer).unwrap();
        let file = |name: &str, text: String| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let certificate = file("server.pem", signed.pem());
        let key = file("server.key", key.serialize_pem());
        Server::speaking(&[mode, &certificate, &key])
    }
}

fn mail(scheme: &str, port: u16, rest: &str) -> Mail {
    let server = format!("{scheme}://qc:p%3Aw@127.0.0.1:{port}{rest}");
    Mail::new(&server, "qc@example.org", "").unwrap()
}

async fn a_letter_goes_over_an_encrypted_line(store: Arc<Store>) {
    let office = office(store, "anna@example.org").await;
    let (authority, other) = (Authority::new("ours"), Authority::new("another's"));
    let folder = tempfile::tempdir().unwrap();
    for (mode, scheme, rest) in [
        ("smtps", "smtps", ""),
        ("starttls", "smtp", "?tls=required"),
        // The server offers it, which is enough.
        ("starttls", "smtp", ""),
    ] {
        let Some(server) = authority.server(folder.path(), mode, "127.0.0.1") else {
            return;
        };
        let trusted = format!("{}{}", other.pem, authority.pem);
        let mail = mail(scheme, server.port, rest);
        let mail = mail.trusting(trusted.as_bytes()).unwrap();
        let worker = office.work(Channels::new().with(mail), QUICK);
        let key = format!("{mode}{rest}");
        let id = office.put(EMAIL, "note", &key, LETTER).await;
        let done = office.until(&id, |message| message.done_at.is_some()).await;
        worker.stop().await;
        assert_eq!(done.attempts, 1, "{key}: {}", done.error);
        assert_eq!(server.letter()["user"], "qc", "{key}");
        server.nothing_more();
    }
}

async fn a_certificate_that_is_not_trusted_keeps_the_letter(store: Arc<Store>) {
    let office = office(store, "anna@example.org").await;
    let (authority, other) = (Authority::new("ours"), Authority::new("another's"));
    let folder = tempfile::tempdir().unwrap();
    for (mode, scheme, host, trusted) in [
        ("smtps", "smtps", "127.0.0.1", None),
        ("starttls", "smtp", "127.0.0.1", None),
        ("smtps", "smtps", "127.0.0.1", Some(&other)),
        // Signed by whom we trust, but for another server.
        ("starttls", "smtp", "mail.example.org", Some(&authority)),
    ] {
        let Some(server) = authority.server(folder.path(), mode, host) else {
            return;
        };
        let mut mail = mail(scheme, server.port, "");
        if let Some(trusted) = trusted {
            mail = mail.trusting(trusted.pem.as_bytes()).unwrap();
        }
        let worker = office.work(Channels::new().with(mail), QUICK);
        let key = format!("{mode} {host} {}", trusted.is_some());
        let id = office.put(EMAIL, "note", &key, LETTER).await;
        let waits = office.until(&id, |message| !message.error.is_empty()).await;
        worker.stop().await;
        // It waits for somebody to mend that, and nothing was said.
        assert_eq!((waits.failed_at, waits.begun), (None, None), "{key}");
        for said in [
            "certificate of the mail server 127.0.0.1 is not trusted",
            "SVETOFOR_SMTP_CA",
        ] {
            assert!(waits.error.contains(said), "{key}: {}", waits.error);
        }
        server.nothing_more();
        drop(server);
        // Mended, the same letter goes.
        let Some(server) = authority.server(folder.path(), mode, "127.0.0.1") else {
            return;
        };
        let mail = self::mail(scheme, server.port, "");
        let mail = mail.trusting(authority.pem.as_bytes()).unwrap();
        let worker = office.work(Channels::new().with(mail), QUICK);
        office.pass(waits.due_at - office.now());
        let done = office.until(&id, |message| message.done_at.is_some()).await;
        worker.stop().await;
        assert_eq!(done.attempts, 2, "{key}");
        server.letter();
        server.nothing_more();
    }
}

#[test]
fn authorities_are_certificates_as_pem() {
    let mail = || Mail::new("smtps://mail.example.org", "qc@example.org", "").unwrap();
    let broken = "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n";
    for wrong in ["", "no certificate", broken] {
        let error = mail().trusting(wrong.as_bytes()).err().unwrap();
        assert!(error.to_string().contains("PEM"), "{wrong:?}: {error}");
    }
    let good = Authority::new("ours").pem;
    assert!(mail().trusting(good.as_bytes()).is_ok());
}
