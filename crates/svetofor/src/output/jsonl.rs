//! One finding a line, for programs.

use std::io::Write;

use audit::judge::Finding;
use audit::message::Speaker;
use history::{History, Instant};
use rayon::prelude::*;
use serde::Serialize;

/// Findings rendered at a time: enough to keep all threads busy, few enough to stay small.
const AT_ONCE: usize = 1 << 15;

#[derive(Serialize)]
struct Line<'a> {
    rule: &'a str,
    deal: Option<&'a str>,
    employee: Option<&'a str>,
    stage: Option<&'a str>,
    at: String,
    until: Option<String>,
    severity: &'a str,
    amount: Option<Amount>,
    message: String,
    evidence: Vec<Proof>,
}

#[derive(Serialize)]
struct Proof {
    at: String,
    kind: &'static str,
    text: String,
}

/// Money: whole units as whole numbers.
#[derive(Serialize)]
#[serde(untagged)]
enum Amount {
    Whole(i64),
    Parts(f64),
}

/// Writes findings that are in order already; `tell` hears how many are written.
pub fn write(
    out: &mut impl Write,
    findings: &[Finding],
    history: &History,
    speaker: &Speaker<'_>,
    tell: impl Fn(u64),
) -> std::io::Result<()> {
    let mut written = 0;
    for part in findings.chunks(AT_ONCE) {
        let lines: Vec<Vec<u8>> = part
            .par_iter()
            .map(|finding| line(finding, history, speaker))
            .collect::<Result<_, _>>()?;
        for line in lines {
            out.write_all(&line)?;
        }
        written += part.len() as u64;
        tell(written);
    }
    out.flush()
}

fn line(
    finding: &Finding,
    history: &History,
    speaker: &Speaker<'_>,
) -> serde_json::Result<Vec<u8>> {
    let entry = speaker.entry(finding).1;
    let evidence = speaker.evidence(finding).into_iter();
    let line = Line {
        rule: &entry.name,
        deal: some(history.deals.get(finding.deal.0)),
        employee: some(history.people.ids.get(finding.employee.0)),
        stage: some(history.pipelines.stage_ids.get(finding.stage.0)),
        at: instant(finding.at),
        until: finding.until.map(instant),
        severity: entry.severity.as_str(),
        amount: finding.amount.map(amount),
        message: speaker.message(finding),
        evidence: evidence
            .map(|(at, kind, text)| Proof {
                at: instant(at),
                kind,
                text,
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec(&line)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn amount(hundredths: i64) -> Amount {
    if hundredths % 100 == 0 {
        Amount::Whole(hundredths / 100)
    } else {
        Amount::Parts(hundredths as f64 / 100.0)
    }
}

/// RFC 3339 in UTC with milliseconds.
fn instant(at: Instant) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| format!("{at:.3}"))
}
