//! People who open pages, each over a connection of their own, and a CRM that sends events.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::company::{Company, NOW, Reader};

/// Events that come every second.
const EVENTS_A_SECOND: u64 = 3;
/// Rules that lists are narrowed by.
const RULES: [&str; 3] = ["overdue-task", "first-response", "no-open-task"];

/// What is asked of the server.
#[derive(Clone, Copy)]
pub struct Load<'a> {
    pub address: &'a str,
    pub company: &'a Company,
    /// How long somebody looks at a page, on average.
    pub think: Duration,
    /// How long it is measured, after everybody has opened a page or two.
    pub seconds: Duration,
    pub seed: u64,
}

/// How long pages took, by what they are.
#[derive(Default)]
pub struct Times(BTreeMap<&'static str, Vec<Duration>>);

impl Times {
    fn add(&mut self, other: Times) {
        for (page, times) in other.0 {
            self.0.entry(page).or_default().extend(times);
        }
    }

    /// All pages' times in order; the CRM's events are no pages.
    pub fn all(&self) -> Vec<Duration> {
        let pages = self.0.iter().filter(|(page, _)| **page != EVENT);
        let mut all: Vec<Duration> = pages.flat_map(|(_, times)| times.iter().copied()).collect();
        all.sort();
        all
    }

    /// The time that so many of a hundred stay within.
    pub fn part(sorted: &[Duration], hundredths: usize) -> Duration {
        let place = (sorted.len() * hundredths).div_ceil(100).max(1) - 1;
        sorted.get(place).copied().unwrap_or_default()
    }

    /// Pages a second.
    pub fn rate(&self, seconds: Duration) -> f64 {
        self.all().len() as f64 / seconds.as_secs_f64()
    }

    /// A line a page.
    pub fn table(&self) -> String {
        let line = |name: &str, sorted: &[Duration]| {
            let ms = |hundredths| Times::part(sorted, hundredths).as_secs_f64() * 1000.0;
            format!(
                "{name:<24} {:>6} {:>8.1} {:>8.1} {:>8.1} {:>8.1}\n",
                sorted.len(),
                ms(50),
                ms(95),
                ms(99),
                ms(100)
            )
        };
        let mut text = format!(
            "{:<24} {:>6} {:>8} {:>8} {:>8} {:>8}\n",
            "page, ms", "count", "median", "95 %", "99 %", "longest"
        );
        for (page, times) in &self.0 {
            let mut sorted = times.clone();
            sorted.sort();
            text += &line(page, &sorted);
        }
        text + &line("all pages", &self.all())
    }
}

const EVENT: &str = "POST events (no page)";

impl Load<'_> {
    /// Lets everybody work.
    pub fn run(&self) -> Times {
        let ended = AtomicBool::new(false);
        let warm = self.think.max(Duration::from_secs(5));
        let mut times = Times::default();
        std::thread::scope(|scope| {
            let people = self
                .company
                .people
                .iter()
                .enumerate()
                .map(|(number, reader)| {
                    let person = Person::new(self, reader, number as u64);
                    let ended = &ended;
                    scope.spawn(move || person.work(warm, ended))
                });
            let people: Vec<_> = people.collect();
            let crm = scope.spawn(|| self.send_events(warm, &ended));
            std::thread::sleep(warm + self.seconds);
            ended.store(true, Ordering::Relaxed);
            for thread in people.into_iter().chain([crm]) {
                times.add(thread.join().expect("nobody breaks off"));
            }
        });
        times
    }

    fn send_events(&self, warm: Duration, ended: &AtomicBool) -> Times {
        let mut chance = StdRng::seed_from_u64(self.seed);
        let mut line = Line::new(self.address);
        let begin = Instant::now();
        let mut took = Vec::new();
        for number in 0.. {
            let due = begin + Duration::from_millis(number * 1000 / EVENTS_A_SECOND);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if ended.load(Ordering::Relaxed) {
                break;
            }
            let deals = &self.company.deals;
            let (deal, employee) = &deals[chance.random_range(0..deals.len())];
            let kind = ["call_out", "message_in", "note_added", "task_added"][number as usize % 4];
            let at = NOW + begin.elapsed().as_millis() as i64 - 60_000;
            let at = jiff::Timestamp::from_millisecond(at).expect("an instant");
            let event = serde_json::json!({ "events": [{
                "id": format!("load-{}-{number}", self.seed),
                "deal": deal, "at": at.to_string(), "kind": kind,
                "actor": if kind == "message_in" { "" } else { employee },
                "employee": employee, "text": "перезвонить после праздников",
                "task": if kind == "task_added" { format!("load-{}-{number}", self.seed) } else { String::new() },
            }]});
            let head = format!("Authorization: Bearer {}\r\n", self.company.token);
            let sent = Instant::now();
            let kind = "application/json";
            let (status, _) = line.ask(
                "POST",
                "/api/v1/events",
                &head,
                Some((kind, &event.to_string())),
            );
            assert_eq!(status, 200, "the event was not taken");
            if begin.elapsed() > warm {
                took.push(sent.elapsed());
            }
        }
        Times(BTreeMap::from([(EVENT, took)]))
    }
}

/// Somebody who opens pages.
struct Person<'a> {
    reader: &'a Reader,
    company: &'a Company,
    think: Duration,
    chance: StdRng,
    line: Line,
    /// Addresses on the pages that they have seen.
    findings: Vec<String>,
    deals: Vec<String>,
}

/// What somebody does next.
enum Next {
    Open(&'static str, String),
    Acknowledge(String),
}

impl<'a> Person<'a> {
    fn new(load: &Load<'a>, reader: &'a Reader, number: u64) -> Person<'a> {
        Person {
            reader,
            company: load.company,
            think: load.think,
            chance: StdRng::seed_from_u64(load.seed * 1000 + number),
            line: Line::new(load.address),
            findings: Vec::new(),
            deals: Vec::new(),
        }
    }

    fn work(mut self, warm: Duration, ended: &AtomicBool) -> Times {
        let begin = Instant::now();
        let mut times = Times::default();
        let begun = self.think.mul_f64(self.chance.random_range(0.0..1.0));
        rest(begun, ended);
        while !ended.load(Ordering::Relaxed) {
            let next = self.next();
            let sent = Instant::now();
            let page = self.go(next);
            if begin.elapsed() > warm {
                times.0.entry(page).or_default().push(sent.elapsed());
            }
            // Some look longer, some shorter.
            let share: f64 = self.chance.random_range(0.0..1.0);
            rest(self.think.mul_f64(-(1.0 - share).ln().max(-3.0)), ended);
        }
        times
    }

    fn next(&mut self) -> Next {
        let home = match self.reader.access.as_str() {
            "employee" => Next::Open("/mine", "/mine".to_owned()),
            "lead" => Next::Open("/group", "/group".to_owned()),
            _ => Next::Open("/board", "/board".to_owned()),
        };
        match self.chance.random_range(0..100) {
            0..40 => match (self.reader.access.as_str(), self.chance.random_range(0..4)) {
                ("coordinator", 0..2) => Next::Open("/disputes", "/disputes".to_owned()),
                ("head" | "director", 0) => {
                    Next::Open("/board?month", "/board?month=2025-11-01".to_owned())
                }
                _ => home,
            },
            40..58 => self.list(),
            58..76 => match self.one(true) {
                Some(path) => Next::Open("/findings/{id}", path),
                None => home,
            },
            76..88 => match self.one(false) {
                Some(path) => Next::Open("/deals/{id}", path),
                None => home,
            },
            88..93 => Next::Open("/rules", "/rules".to_owned()),
            93..95 => Next::Open("/rules/{name}", format!("/rules/{}", RULES[0])),
            _ => match (self.reader.access.as_str(), self.one(true)) {
                ("employee" | "lead", Some(path)) => Next::Acknowledge(path),
                _ => home,
            },
        }
    }

    /// One of the findings or deals seen so far.
    fn one(&mut self, finding: bool) -> Option<String> {
        let seen = if finding { &self.findings } else { &self.deals };
        let count = seen.len();
        (count > 0).then(|| seen[self.chance.random_range(0..count)].clone())
    }

    /// A list of findings.
    fn list(&mut self) -> Next {
        let rule = RULES[self.chance.random_range(0..RULES.len())];
        let group = &self.company.groups[self.chance.random_range(0..self.company.groups.len())];
        let wide = self.reader.employee.is_empty();
        let path = match self.chance.random_range(0..8) {
            0 | 1 => "/findings".to_owned(),
            2 => "/findings?open=yes".to_owned(),
            3 => "/findings?state=acknowledged".to_owned(),
            4 => "/findings?severity=gross&open=yes".to_owned(),
            5 => format!("/findings?rule={rule}"),
            6 if wide => format!("/findings?group={group}&open=yes"),
            6 => "/findings?again=yes".to_owned(),
            _ => "/findings?figures=counted&from=2025-12-08&to=2025-12-14".to_owned(),
        };
        Next::Open("/findings", path)
    }

    fn go(&mut self, next: Next) -> &'static str {
        let cookie = format!("Cookie: svetofor={}\r\n", self.reader.session);
        match next {
            Next::Open(page, path) => {
                let (status, body) = self.line.ask("GET", &path, &cookie, None);
                assert_eq!(status, 200, "{path} for {}: {body}", self.reader.access);
                // A page of one thing leads on to less than a list.
                if !page.contains('{') {
                    self.findings = addresses(&body, "/findings/");
                    self.deals = addresses(&body, "/deals/");
                }
                page
            }
            Next::Acknowledge(path) => {
                let form = format!(
                    "form_token={}&do=acknowledge%3Aoverload&next=%2Fmine",
                    self.reader.form_token()
                );
                let kind = "application/x-www-form-urlencoded";
                let (status, body) = self.line.ask("POST", &path, &cookie, Some((kind, &form)));
                assert_eq!(status, 303, "{path}: {body}");
                "POST /findings/{id}"
            }
        }
    }
}

/// Waits, unless all is over.
fn rest(time: Duration, ended: &AtomicBool) {
    let end = Instant::now() + time;
    while !ended.load(Ordering::Relaxed) {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        std::thread::sleep(left.min(Duration::from_millis(500)));
    }
}

/// The addresses on a page that begin so, without what is asked of them.
fn addresses(page: &str, beginning: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1);
    let links = links.filter_map(|rest| rest.split('"').next());
    let found = links.filter(|link| link.starts_with(beginning) && !link.contains('?'));
    found.map(str::to_owned).collect()
}

/// A connection that is kept.
struct Line {
    address: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Line {
    fn new(address: &str) -> Line {
        Line {
            address: address.to_owned(),
            stream: None,
        }
    }

    /// Asks for something; status and body of the answer.
    fn ask(
        &mut self,
        method: &str,
        path: &str,
        head: &str,
        body: Option<(&str, &str)>,
    ) -> (u16, String) {
        let (kind, body) = body.unwrap_or(("text/plain", ""));
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\n{head}\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        // The server ends connections that say nothing for long.
        let answer = self.try_ask(&request).or_else(|_| {
            self.stream = None;
            self.try_ask(&request)
        });
        answer.expect("an answer")
    }

    fn try_ask(&mut self, request: &str) -> std::io::Result<(u16, String)> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => {
                let stream = TcpStream::connect(&self.address)?;
                stream.set_nodelay(true)?;
                none.insert(BufReader::with_capacity(1 << 16, stream))
            }
        };
        stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let gone = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let status = status.ok_or_else(gone)?;
        let mut length = 0;
        loop {
            line.clear();
            stream.read_line(&mut line)?;
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse().map_err(|_| gone())?;
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}
