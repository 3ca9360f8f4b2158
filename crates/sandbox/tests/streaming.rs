//! A made-up company read row by row is the one that is read at once.

#![allow(clippy::unwrap_used)]

use history::read::{Folder, Options, read_folder};
use history::write::Format;
use history::{Builder, History, Problems, Record};
use sandbox::company;

/// Who is there and what happened, without the numbers that ids were interned to.
fn show(history: &History) -> Vec<String> {
    let id = |number: u32| history.people.ids.get(number);
    let mut lines = Vec::new();
    for timeline in history.timelines.iter() {
        let deal = history.deals.get(timeline.deal().0);
        let events = timeline.iter().map(|event| {
            format!(
                "{} {:?} {} {} {:?} {:?}",
                event.at,
                event.kind,
                id(event.actor.0),
                id(event.employee.0),
                history.texts.get(event.text),
                event.due(),
            )
        });
        let events: Vec<String> = events.collect();
        lines.push(format!("{deal}: {}", events.join("; ")));
    }
    lines.sort();
    let people = history.people.employees.iter().enumerate();
    lines.extend(people.map(|(number, them)| format!("{} {them:?}", id(number as u32))));
    let leads = history.people.groups.iter();
    lines.extend(leads.map(|group| format!("{} {}", group.name, id(group.lead.0))));
    lines.push(format!("{:?}", history.pipelines.stages));
    lines
}

#[test]
fn the_company_is_the_same_either_way() {
    let until = "2026-04-17T15:00:00Z".parse().unwrap();
    let options = company::Options {
        deals: 300,
        ..company::Options::new(until)
    };
    for format in [Format::Csv, Format::Jsonl, Format::Parquet] {
        let folder = tempfile::tempdir().unwrap();
        company::write(folder.path(), &options, format, None).unwrap();
        let at_once = read_folder(folder.path(), &Options::default()).unwrap();
        let mut problems = Problems::default();
        let opened = Folder::open(folder.path()).unwrap();
        let mut builder = Builder::of(&opened.reference(&mut problems).unwrap());
        let take = |record: &Record<'_>| builder.event(record);
        let read = opened.events(&Options::default(), &mut problems, take);
        read.unwrap();
        let streamed = builder.build();
        assert!(problems.is_empty() && streamed.problems.is_empty());
        assert!(show(&streamed) == show(&at_once), "{format:?}");
        assert!(streamed.timelines.events() > 3_000);
    }
}
