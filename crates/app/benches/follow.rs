//! How soon an event is a visible finding: `cargo bench -p app`.
//!
//! Makes a company of `BENCH_DEALS` deals (50,000 by default, a million events) in a store of
//! SQLite, then sends events one by one, as a CRM does, and asks the store for the deal's findings
//! after each. Prints how long loading took, how long event to findings took, and the memory used.

mod company;

use std::time::{Duration, Instant};

use app::audits::Audits;
use company::Company;
use history::{DealId, Kind, Record};
use store::events::Keys;
use store::findings;

/// Events sent one by one.
const EVENTS: usize = 300;

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(bench());
}

async fn bench() {
    let Company {
        store,
        id: company,
        deals,
        now,
        ..
    } = &company::made().await;
    let now = *now;
    let begin = Instant::now();
    let audits = Audits::new(store.clone());
    let audit = audits.read(company, now).await.expect("an audit");
    println!(
        "loaded and judged in {:.2?}, {} findings",
        begin.elapsed(),
        audit.live().standing().count()
    );
    let who = (0..EVENTS).map(|n| {
        let history = audit.live().history();
        let deal = DealId((n * 7919 % *deals as usize) as u32);
        let people = history
            .timelines
            .deal(deal)
            .iter()
            .map(|event| event.employee);
        let last = people.filter(|employee| employee.is_some()).last();
        let employee = last.map_or("", |employee| history.people.ids.get(employee.0));
        (history.deals.get(deal.0).to_owned(), employee.to_owned())
    });
    let who: Vec<(String, String)> = who.collect();
    drop(audit);
    let mut took = Vec::with_capacity(EVENTS);
    let mut seen = 0;
    for (n, (deal, employee)) in who.iter().enumerate() {
        let at = now + n as i64 * 60_000;
        let record = Record {
            deal,
            at,
            kind: Some([Kind::CallOut, Kind::TaskAdded, Kind::MessageOut][n % 3]),
            actor: employee,
            employee,
            task: deal,
            due: Some(at - 3_600_000),
            text: "перезвонить после праздников",
            amount: Some(40.0),
            ..Record::default()
        };
        let begin = Instant::now();
        let batch = [Keys::new().event(record).expect("an event")];
        audits
            .add_events(company, &batch, None, |_, _| (), at)
            .await
            .expect("taken");
        let mut reader = store.reader().await.expect("a reader");
        let filter = findings::Filter {
            deal: Some(deal),
            ..findings::Filter::default()
        };
        let page = findings::page(&mut reader, company, &filter, None, 50).await;
        seen += page.expect("findings").len();
        took.push(begin.elapsed());
    }
    took.sort();
    let share = |part: usize| took[took.len() * part / 100];
    println!(
        "from event to findings: median {:.2?}, 95 % {:.2?}, longest {:.2?} ({seen} seen)",
        share(50),
        share(95),
        took.last().copied().unwrap_or(Duration::ZERO),
    );
    println!("peak memory {} MB", company::memory_mb("VmHWM"));
}
