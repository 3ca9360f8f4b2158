//! A history goes into the store and comes out of it as it was, however often it is brought.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::Arc;

use app::audits::Audits;
use app::export::export;
use app::import::{ImportError, Imported, Progress, import};
use audit::judge::Judge;
use audit::regulation::{Regulation, Version};
use history::Instant;
use history::read::{Options, ReadError, read_folder};
use history::write::Format;
use sandbox::company;
use store::regulations::NewVersion;
use store::{Store, StoreError, companies, events, findings, testing};

store::on_both!(
    what_comes_out_is_what_went_in,
    an_import_broken_off_is_completed,
    an_import_keeps_nobody_waiting,
    what_is_set_aside_is_named,
    what_cannot_be_imported_is_told,
);

/// Half a year of a small company in `folder/history`, its regulation in `folder/regulation`.
fn made_up(folder: &Path, format: Format) -> Instant {
    let until: jiff::Timestamp = "2026-04-17T15:00:00Z".parse().unwrap();
    let options = company::Options {
        deals: 120,
        ..company::Options::new(until)
    };
    company::write(&folder.join("history"), &options, format, None).unwrap();
    std::fs::create_dir(folder.join("regulation")).unwrap();
    let file = folder.join("regulation").join("company.toml");
    std::fs::write(file, company::regulation()).unwrap();
    until.as_millisecond()
}

fn versions() -> Vec<NewVersion> {
    vec![NewVersion {
        effective: String::new(),
        file: "company.toml".to_owned(),
        text: company::regulation().to_owned(),
        author: String::new(),
    }]
}

/// What one audit finds in `folder/history` by `folder/regulation`, as text.
fn audited(folder: &Path, now: Instant) -> Vec<String> {
    let history = read_folder(&folder.join("history"), &Options::default()).unwrap();
    let files = std::fs::read_dir(folder.join("regulation")).unwrap();
    let versions = files.map(|file| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        Version::parse(&std::fs::read_to_string(&path).unwrap(), &name).unwrap()
    });
    let regulation = Regulation::new(versions.collect()).unwrap();
    let verdict = Judge::new(&history, &regulation).judge(now, None);
    let show = |finding: &audit::judge::Finding| {
        let entry = &regulation.latest().entries[finding.entry as usize];
        format!(
            "{} {:?} {:?} {} {} {:?} {} {:?}",
            entry.name,
            history.deals.get(finding.deal.0),
            history.people.ids.get(finding.employee.0),
            finding.start,
            finding.at,
            finding.until,
            entry.severity.as_str(),
            finding.amount,
        )
    };
    let mut shown: Vec<String> = verdict.findings.iter().map(show).collect();
    shown.sort();
    shown
}

async fn held(store: &Store, company: &str) -> Vec<String> {
    let mut reader = store.reader().await.unwrap();
    let all = findings::all(&mut reader, company).await.unwrap();
    let standing = all.iter().filter(|finding| finding.standing);
    let show = |finding: &findings::Finding| {
        format!(
            "{} {:?} {:?} {} {} {:?} {} {:?}",
            finding.rule,
            finding.deal,
            finding.employee,
            finding.start,
            finding.at,
            finding.until,
            finding.severity,
            finding.amount,
        )
    };
    let mut shown: Vec<String> = standing.map(show).collect();
    shown.sort();
    shown
}

async fn count(store: &Store, company: &str) -> i64 {
    let mut reader = store.reader().await.unwrap();
    companies::sequence(&mut reader, company).await.unwrap()
}

fn silent() -> Progress {
    Arc::new(|_, _| {})
}

async fn bring(
    audits: &Audits,
    company: &str,
    folder: &Path,
    now: Instant,
) -> Result<Imported, ImportError> {
    import(audits, company, folder, &versions(), silent(), now).await
}

async fn what_comes_out_is_what_went_in(store: Arc<Store>) {
    for format in [Format::Csv, Format::Parquet] {
        let company = testing::company(&store, "one").await;
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let now = made_up(from.path(), format);
        let audits = Audits::new(store.clone());
        let history = from.path().join("history");
        let imported = bring(&audits, &company, &history, now).await.unwrap();
        assert!(imported.problems.is_empty(), "{:?}", imported.problems);
        assert!(imported.added > 1_000 && imported.known == 0);

        let expected = audited(from.path(), now);
        assert!(expected.len() > 100, "{}", expected.len());
        assert_eq!(held(&store, &company).await, expected);
        let exported = export(&store, &company, to.path()).await.unwrap();
        assert_eq!((exported.events, exported.versions), (imported.added, 1));
        assert_eq!(audited(to.path(), now), expected);

        // Bringing it again, and bringing what came out, adds nothing.
        for folder in [&history, &to.path().join("history")] {
            let again = bring(&audits, &company, folder, now).await.unwrap();
            assert_eq!((again.added, again.known), (0, imported.added));
        }
        assert_eq!(held(&store, &company).await, expected);
        assert_eq!(count(&store, &company).await, imported.added as i64);
    }
}

async fn an_import_broken_off_is_completed(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let from = tempfile::tempdir().unwrap();
    let now = made_up(from.path(), Format::Csv);
    let history = from.path().join("history");
    let audits = Audits::new(store.clone());
    let whole = std::fs::read(history.join("events.csv")).unwrap();
    let half = whole.split_at(whole.len() / 2).0;
    std::fs::write(history.join("events.csv"), half).unwrap();
    let first = bring(&audits, &company, &history, now).await.unwrap();
    // The last line was cut in two.
    let added = first.added - u64::from(first.problems.is_empty());
    std::fs::write(history.join("events.csv"), &whole).unwrap();
    let second = bring(&audits, &company, &history, now).await.unwrap();
    assert!(second.known >= added, "{first:?} {second:?}");

    let other = testing::company(&store, "other").await;
    let at_once = bring(&audits, &other, &history, now).await.unwrap();
    assert!(first.added + second.added - at_once.added <= 1);
}

async fn an_import_keeps_nobody_waiting(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let folder = tempfile::tempdir().unwrap();
    let now = made_up(folder.path(), Format::Csv);
    let audits = Audits::new(store.clone());
    // The import stands still in the middle of the file until it is told to go on.
    let (in_the_middle, mut reached) = tokio::sync::mpsc::channel(1_000);
    let (go_on, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let progress: Progress = Arc::new(move |_, _| {
        let _ = in_the_middle.try_send(());
        let _ = wait.lock().unwrap().recv();
    });
    let importing = {
        let (audits, company) = (audits.clone(), company.clone());
        let history = folder.path().join("history");
        let versions = versions();
        tokio::spawn(
            async move { import(&audits, &company, &history, &versions, progress, now).await },
        )
    };
    reached.recv().await.unwrap();
    let record = history::Record {
        deal: "by the way",
        at: now,
        kind: Some(history::Kind::Created),
        ..history::Record::default()
    };
    let batch = [events::Keys::new().event(record).unwrap()];
    let added = audits.add_events(&company, &batch, None, |added, _| added, now);
    assert_eq!(added.await.unwrap(), 1);
    drop(audits.read(&company, now).await.unwrap());
    drop(go_on);
    let imported = importing.await.unwrap().unwrap();
    let all = imported.added as i64 + 1;
    assert_eq!(count(&store, &company).await, all);
    assert_eq!(audits.read(&company, now).await.unwrap().received(), all);

    // What is held is what the export is found guilty of.
    let to = tempfile::tempdir().unwrap();
    export(&store, &company, to.path()).await.unwrap();
    assert_eq!(held(&store, &company).await, audited(to.path(), now));
}

async fn what_is_set_aside_is_named(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let folder = tempfile::tempdir().unwrap();
    let long = "д".repeat(300);
    let write = |file: &str, text: &str| std::fs::write(folder.path().join(file), text).unwrap();
    write(
        "account.json",
        r#"{"name":"","timezone":"Asia/Omsk","currency":"KZT"}"#,
    );
    write(
        "employees.csv",
        &format!("id,name\ne1,Анна\ne1,Опять\n{long},Длинная\n"),
    );
    write(
        "absences.csv",
        &format!("employee,from,to\n{long},2026-01-01T00:00:00Z,\n"),
    );
    write("stages.csv", "pipeline,stage,kind\np,new,open\n");
    let events = format!(
        "deal,at,kind\nd,2026-03-02T09:00:00Z,created\n{long},2026-03-02T09:00:00Z,created\nx,y,z\n"
    );
    write("events.csv", &events);
    let audits = Audits::new(store.clone());
    let imported = bring(&audits, &company, folder.path(), 0).await.unwrap();
    assert_eq!((imported.added, imported.known), (1, 0));
    let told: Vec<String> = imported
        .problems
        .kept()
        .iter()
        .map(ToString::to_string)
        .collect();
    let expected = [
        "employees.csv:3: `id` \"e1\" stands twice",
        "employees.csv: `id` is \"дд",
        "absences.csv: `employee` is \"дд",
        "events.csv:3: `deal` is \"дд",
        "events.csv:4: `at` is \"y\"",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}");
    }
    // The folder says nothing of the name, so the company keeps its own.
    let mut reader = store.reader().await.unwrap();
    let found = companies::find(&mut reader, &company)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (&*found.name, &*found.timezone, &*found.currency),
        ("one", "Asia/Omsk", "KZT")
    );
    assert_eq!(found.sequence, 1);
}

async fn what_cannot_be_imported_is_told(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let audits = Audits::new(store.clone());
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let error = bring(&audits, &company, &missing, 0).await.unwrap_err();
    assert!(matches!(
        error,
        ImportError::Read(ReadError::NoFolder { .. })
    ));
    let error = bring(&audits, &company, folder.path(), 0)
        .await
        .unwrap_err();
    assert!(matches!(error, ImportError::Read(ReadError::NoFile { .. })));

    let now = made_up(folder.path(), Format::Csv);
    let history = folder.path().join("history");
    let error = bring(&audits, "nobody", &history, now).await.unwrap_err();
    let ImportError::App(app::Error::Store(error)) = error else {
        panic!("{error}");
    };
    assert!(matches!(error, StoreError::Missing { .. }));

    // A regulation with a mistake keeps everything out.
    let mut wrong = versions();
    wrong[0].text.push_str("\nnonsense = [");
    let tried = import(&audits, &company, &history, &wrong, silent(), now).await;
    assert!(tried.unwrap_err().to_string().contains("company.toml"));
    assert_eq!(count(&store, &company).await, 0);
    std::fs::remove_file(history.join("events.csv")).unwrap();
    bring(&audits, &company, &history, now).await.unwrap_err();
    // It can be used nevertheless.
    let reading = audits.read(&company, now).await.unwrap();
    assert_eq!(reading.standing().count(), 0);
}
