//! A folder read row by row gives what reading it at once gives, and the same problems.

#![allow(clippy::unwrap_used)] // In a test a panic is the report.

use std::fs::write;
use std::path::{Path, PathBuf};

use history::read::{Folder, Options, read_folder};
use history::write::{EventWriter, Format};
use history::{Builder, Event, History, Kind, Problem, Problems, Reason, Record, Reference};

/// The history of a folder, put together from what streaming gives.
fn streamed(folder: &Path) -> (History, Reference, Problems) {
    let mut problems = Problems::default();
    let folder = Folder::open(folder).unwrap();
    let rows = folder.reference(&mut problems).unwrap();
    let mut builder = Builder::of(&rows);
    let take = |record: &Record<'_>| builder.event(record);
    folder
        .events(&Options::default(), &mut problems, take)
        .unwrap();
    let history = builder.build();
    assert_eq!(history.problems.kept(), []);
    (history, rows, problems)
}

fn event(history: &History, event: &Event) -> String {
    let object = match event.kind {
        Kind::Created | Kind::StageChanged => history.pipelines.stage_ids.get(event.stage().0),
        Kind::FieldSet | Kind::LossReasonSet => history.fields.get(event.field().0),
        _ => history.tasks.get(event.task().0),
    };
    format!(
        "{} {:?} {:?} {:?} {object:?} {:?} {:?} {:?} {:?}",
        event.at,
        event.kind,
        history.people.ids.get(event.actor.0),
        history.people.ids.get(event.employee.0),
        event.due(),
        history.texts.get(event.text),
        history.channels.get(event.channel.0),
        history.clients.get(event.client.0),
    )
}

/// All of a history as text, without the numbers that ids of events were interned to.
fn show(history: &History) -> Vec<String> {
    let mut deals = Vec::new();
    for timeline in history.timelines.iter() {
        let deal = history.deals.get(timeline.deal().0);
        let events: Vec<String> = timeline.iter().map(|it| event(history, &it)).collect();
        deals.push(format!("{deal:?}\n{}", events.join("\n")));
    }
    deals.sort();
    let lead = |lead: u32| history.people.ids.get(lead);
    let groups = history.people.groups.iter();
    deals.extend(groups.map(|group| format!("{:?} {:?}", group.name, lead(group.lead.0))));
    let ids: Vec<&str> = history.people.group_ids.iter().collect();
    deals.push(format!("{:?} {ids:?}", history.account));
    let listed = history.people.employees.iter().enumerate();
    deals.extend(listed.map(|(i, them)| format!("{:?} {them:?}", lead(i as u32))));
    let stages = history.pipelines.stages.iter().enumerate();
    let stage_id = |i: usize| history.pipelines.stage_ids.get(i as u32);
    deals.extend(stages.map(|(i, stage)| format!("{:?} {stage:?}", stage_id(i))));
    deals.push(format!("{:?}", history.pipelines.pipelines));
    deals.extend(history.loose.iter().map(|it| event(history, it)));
    deals
}

#[track_caller]
fn assert_same(folder: &Path) {
    let at_once = read_folder(folder, &Options::default()).unwrap();
    let (history, _, problems) = streamed(folder);
    assert_eq!(show(&history), show(&at_once), "{}", folder.display());
    assert_eq!(problems.kept(), at_once.problems.kept());
    assert_eq!(problems.counts(), at_once.problems.counts());
    let aside = at_once.problems.lines_set_aside();
    assert_eq!(problems.lines_set_aside(), aside);
}

fn vectors() -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    let entries = std::fs::read_dir(root).ok()?;
    let folders = entries.map(|entry| entry.unwrap().path());
    Some(folders.filter(|path| path.is_dir()).collect())
}

#[test]
fn published_folders_read_the_same_either_way() {
    let Some(folders) = vectors() else {
        println!("left out: ../shared/vectors is not there");
        return;
    };
    for folder in folders {
        assert_same(&folder);
    }
}

/// Tables in which much is wrong.
fn write_tables(folder: &Path) {
    let tables = [
        (
            "account.json",
            r#"{"name":"Окна","timezone":"Europe/Moscow","currency":"RUB"}"#,
        ),
        (
            "groups.csv",
            "id,name,lead,colour\ng1,Первая,e1,red\n,Никакая,\ng1,Вторая,e2\n g2 , x , stranger\n",
        ),
        (
            "employees.csv",
            "id,name,group,role,active,shift,hired,left\n\
             e1,Анна,g1,seller,yes,day,2026-02-30,\n\
             e1,Анна вторая,g1,seller,true,,,\n\
             e2,Борис,g9,king,false,,2026-01-02,2026-03-04\n\
             ,Никто,g1,,,,,\n\
             \"e3,незакрытая\n\
             e4,Вера\n",
        ),
        (
            "memberships.csv",
            "employee,group,role,shift,from,to\ne1,g7,lead,,2026-03-01,\nnobody,g1,,,,\ne1,g1,,,01.02.2026,2026-02-01\n",
        ),
        (
            "absences.csv",
            "employee,from,to,kind\ne1,2026-03-02T09:00:00+03:00,2026-03-03T09:00:00+03:00,party\n\
             e2,yesterday,,sick\ne2,2026-03-03T09:00:00+03:00,2026-03-02T09:00:00+03:00,sick\n\
             e2,2026-03-03T09:00:00+03:00,,sick\n",
        ),
        (
            "stages.csv",
            "pipeline,pipeline_name,stage,stage_name,sort,kind\np,Продажи,new,Новая,first,open\n\
             p,,new,Опять,2,open\np,,won,Успех,2,won\nq,,lost,,,lost\nq,,x,,,closed\n",
        ),
    ];
    for (file, text) in tables {
        write(folder.join(file), text).unwrap();
    }
}

#[test]
fn broken_lines_of_text_read_the_same_either_way() {
    let events = [
        (
            "events.csv",
            "id,seq,deal,at,kind,stage,text,due,amount,mood\n\
          a,2,d,2026-03-02T09:00:00+03:00,created,new,Название,,,good\n\
          a,1,d,2026-03-02T09:00:00+03:00,note_added,,дважды,,,\n\
          b,,,2026-03-02T09:00:00+03:00,note_added,,ничья,,,\n\
          c,x,d,2026-03-02T09:00:00+03:00,note_added,,,,,\n\
          d,,d,2026-03-02T09:00:00+03:00,stage_changed,,,,,\n\
          e,,d,2026-03-02T09:00:00+03:00,price_set,,,,nan,\n\
          f,,,2026-03-02T10:00:00+03:00,payment,,,,12.5,\n\
          g,,d,2026-03-02T11:00:00+03:00,dance,,,,,\n",
        ),
        (
            "events.jsonl",
            "{\"deal\":\"d\",\"at\":\"2026-03-02T09:00:00+03:00\",\"kind\":\"created\",\"mood\":1}\n\
          not json\n{}\n\n{\"deal\":7,\"at\":1,\"kind\":\"call_in\",\"amount\":-3}\n\
          {\"deal\":7,\"at\":\"2026-03-02T09:00:00+03:00\",\"kind\":\"task_added\",\"task\":\"t\",\"due\":\"2026-03-03T09:00:00+03:00\"}\n",
        ),
    ];
    for (file, text) in events {
        let folder = tempfile::tempdir().unwrap();
        write_tables(folder.path());
        write(folder.path().join(file), text).unwrap();
        assert_same(folder.path());
        let (history, rows, problems) = streamed(folder.path());
        assert!(history.timelines.events() > 0 && problems.total() > 15);
        assert_eq!(rows.employees.len(), 3);
        assert_eq!(rows.groups.len(), 2);
        assert_eq!(rows.stages.len(), 3);
    }
}

fn record(deal: &str) -> Record<'_> {
    Record {
        deal,
        at: 1_772_431_200_000,
        kind: Some(Kind::NoteAdded),
        ..Record::default()
    }
}

#[test]
fn parquet_gives_its_texts_whole() {
    let folder = tempfile::tempdir().unwrap();
    write_tables(folder.path());
    let long = "слово ".repeat(5_000);
    let mut writer = EventWriter::create(folder.path(), Format::Parquet).unwrap();
    for number in 0..70_000 {
        let deal = format!("d{}", number % 100);
        let mut record = record(&deal);
        record.text = if number % 1_000 == 0 {
            &long
        } else {
            "коротко"
        };
        // Rows that are no events.
        if number % 777 == 0 {
            record.deal = "";
        }
        writer.write(&record).unwrap();
    }
    writer.finish().unwrap();
    assert_same(folder.path());
    let mut whole = 0;
    let mut problems = Problems::default();
    let take = |record: &Record<'_>| {
        whole += u64::from(record.text == long);
        Ok(())
    };
    let opened = Folder::open(folder.path()).unwrap();
    let read = opened.events(&Options::default(), &mut problems, take);
    read.unwrap();
    assert_eq!(whole, 69);
    assert_eq!(problems.lines_set_aside(), 91);
}

#[test]
fn what_the_taker_refuses_is_named_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    write_tables(folder.path());
    let text = "deal,at,kind\nd,2026-03-02T09:00:00Z,meeting\ne,2026-03-02T09:00:00Z,meeting\n";
    write(folder.path().join("events.csv"), text).unwrap();
    let mut problems = Problems::default();
    let opened = Folder::open(folder.path()).unwrap();
    let refuse = |record: &Record<'_>| match record.deal {
        "e" => Err(Reason::Missing("everything")),
        _ => Ok(()),
    };
    let read = opened.events(&Options::default(), &mut problems, refuse);
    read.unwrap();
    let expected = Problem {
        file: "events.csv".to_owned(),
        line: Some(3),
        reason: Reason::Missing("everything"),
    };
    assert_eq!(problems.kept(), [expected]);
}

#[test]
fn tables_of_clients_are_read_with_their_problems() {
    let folder = tempfile::tempdir().unwrap();
    write_tables(folder.path());
    let tables = [
        (
            "clients.csv",
            "id,name,large,birthday\nc1,Север,true,1990-05-06\nc1,Юг,,\nc2,Запад,maybe,вчера\n,x,,\n",
        ),
        (
            "contacts.csv",
            "id,client,name,phone,email\nk1,c1,Пётр,+7,p@x.ru\nk1,c2,,,\n",
        ),
        (
            "team.csv",
            "client,service,employee,role,from,to\nc1,подбор,e1,manager,2026-01-01,\n,a,e1,,,\n",
        ),
    ];
    for (file, text) in tables {
        write(folder.path().join(file), text).unwrap();
    }
    let mut problems = Problems::default();
    let rows = Folder::open(folder.path()).unwrap();
    let rows = rows.reference(&mut problems).unwrap();
    let ids: Vec<&str> = rows.clients.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["c1", "c2"]);
    assert!(rows.clients[0].large && !rows.clients[1].large);
    assert_eq!(rows.clients[1].birthday, "");
    assert_eq!((rows.contacts.len(), rows.team.len()), (1, 1));
    let of_clients = |problem: &&Problem| {
        ["clients.csv", "contacts.csv", "team.csv"].contains(&problem.file.as_str())
    };
    assert_eq!(problems.kept().iter().filter(of_clients).count(), 6);
}
