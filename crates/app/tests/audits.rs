//! The live audit in a store equals one audit of the company taken out of it, whatever order
//! things came in, however often the program was started anew.

// Helpers of tests may fail loudly too; the made-up companies are those of the judge's laws.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../audit/tests/laws/demands.rs"]
mod demands;
#[allow(dead_code)]
#[path = "../../audit/tests/laws/world.rs"]
mod world;

use std::path::Path;
use std::sync::Arc;

use app::audits::{Audits, RegulationChange, TableChange};
use app::journal::Note;
use audit::judge::Judge;
use audit::regulation::{Regulation, Version};
use history::Instant;
use history::read::{Options, read_folder};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRng, TestRunner};
use store::events::Keys;
use store::regulations::NewVersion;
use store::{Store, findings, testing};

use demands::{Demands, demands};
use world::{BEGINNING, World, as_record, day, reference, world};

/// Companies that live through something, on each engine.
const COMPANIES: usize = 6;

/// What one audit finds in the folders of an export, as text.
fn audited(folder: &Path, now: Instant) -> Vec<String> {
    let history = read_folder(&folder.join("history"), &Options::default()).unwrap();
    assert_eq!(history.problems.total(), 0, "{:?}", history.problems);
    let files = std::fs::read_dir(folder.join("regulation")).unwrap();
    let versions = files.map(|file| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        Version::parse(&std::fs::read_to_string(&path).unwrap(), &name).unwrap()
    });
    let regulation = Regulation::new(versions.collect()).unwrap();
    let findings = Judge::new(&history, &regulation).judge(now, None).findings;
    let show = |finding: &audit::judge::Finding| {
        let version = &regulation.versions()[finding.version as usize];
        let entry = &version.entries[finding.entry as usize];
        format!(
            "{} {} {:?} {:?} {:?} {} {} {:?} {} {:?} {}",
            version.file,
            entry.name,
            history.deals.get(finding.deal.0),
            history.people.ids.get(finding.employee.0),
            history.pipelines.stage_ids.get(finding.stage.0),
            finding.start,
            finding.at,
            finding.until,
            entry.severity.as_str(),
            finding.amount,
            finding.count,
        )
    };
    let mut shown: Vec<String> = findings.iter().map(show).collect();
    shown.sort();
    shown
}

fn show(finding: &findings::Finding) -> String {
    format!(
        "{} {} {:?} {:?} {:?} {} {} {:?} {} {:?} {}",
        finding.regulation,
        finding.rule,
        finding.deal,
        finding.employee,
        finding.stage,
        finding.start,
        finding.at,
        finding.until,
        finding.severity,
        finding.amount,
        finding.count,
    )
}

fn nobody() -> (&'static str, Note) {
    ("", Note::new("test", "company", ""))
}

struct Office {
    store: Arc<Store>,
    audits: Audits,
    company: String,
    now: Instant,
}

impl Office {
    async fn list(&self, world: &World, count: usize) {
        let mut tables = reference(&world.people[..count]);
        tables.account.name = "Проба".to_owned();
        let change = TableChange::All(Box::new(tables));
        self.audits
            .change_tables(&self.company, &change, nobody(), self.now)
            .await
            .unwrap();
    }

    async fn regulate(&self, demands: &Demands, date: Option<i64>) {
        let date = date.map(day);
        let mut regulation = demands.starting_on(date.as_slice());
        let version = match date {
            Some(_) => regulation.versions()[1].clone(),
            None => std::mem::replace(&mut regulation, demands.regulation())
                .latest()
                .clone(),
        };
        let effective = date.map_or(String::new(), |date| date.to_string());
        let version = NewVersion {
            file: format!("from-{effective}.toml"),
            effective,
            text: version.source.to_string(),
            author: String::new(),
        };
        let change = RegulationChange::Add {
            versions: vec![version],
            base: None,
        };
        self.audits
            .change_regulation(&self.company, &change, nobody(), self.now)
            .await
            .unwrap();
    }

    async fn send(&self, happenings: &[world::Happening]) {
        for happening in happenings {
            let add = as_record(happening, |record| {
                let batch = [Keys::new().event(record.clone()).unwrap()];
                let add = self
                    .audits
                    .add_events(&self.company, &batch, None, |_, _| (), self.now);
                tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(add))
            });
            add.unwrap();
        }
    }

    async fn check(&self, step: &str) {
        self.audits.read(&self.company, self.now).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        app::export::export(&self.store, &self.company, folder.path())
            .await
            .unwrap();
        let mut reader = self.store.reader().await.unwrap();
        let kept = findings::all(&mut reader, &self.company).await.unwrap();
        let standing = kept.iter().filter(|finding| finding.standing);
        let mut standing: Vec<String> = standing.map(show).collect();
        standing.sort();
        assert_eq!(standing, audited(folder.path(), self.now), "after {step}");
        for finding in &kept {
            let states = findings::states(&mut reader, &self.company, &finding.id)
                .await
                .unwrap();
            assert_eq!(states[0].change, findings::Change::Raised);
            let last = states.last().unwrap();
            assert_eq!(finding.standing, last.change != findings::Change::Withdrawn);
            assert!(last.state.contains(&format!("\"at\":{}", finding.at)));
        }
    }
}

async fn the_store_holds_what_one_audit_finds(store: Arc<Store>) {
    let rng = TestRng::deterministic_rng(Config::default().rng_algorithm);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for n in 0..COMPANIES {
        let world = world(50).new_tree(&mut runner).unwrap().current();
        let demands = demands().new_tree(&mut runner).unwrap().current();
        let mut office = Office {
            company: testing::company(&store, &format!("c{n}")).await,
            audits: Audits::new(store.clone()),
            store: store.clone(),
            now: BEGINNING,
        };
        office.list(&world, 4).await;
        office.regulate(&demands, None).await;
        let third = world.happenings.len() / 3;
        let (first, rest) = world.happenings.split_at(third);
        let (second, third) = rest.split_at(third);
        office.send(first).await;
        office.check("the first events").await;
        office.now += 9 * world::DAY;
        office.audits.tick(office.now).await;
        office.check("nine days").await;
        office.audits = Audits::new(store.clone());
        office.send(second).await;
        office.list(&world, 6).await;
        office.check("other people").await;
        office.regulate(&demands, Some(5)).await;
        office.audits = Audits::new(store.clone());
        office.now += 20 * world::DAY;
        office.check("a start long after").await;
        office.send(third).await;
        // Sent once more: nothing is new.
        office.send(third).await;
        office.check("all events").await;
    }
}

store::on_both!(the_store_holds_what_one_audit_finds);
