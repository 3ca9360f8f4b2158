//! The history folder: stages, people, events.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use history::write::{EmployeeRow, EventWriter, Format, GroupRow, StageRow};
use history::{Kind, Record, Role, StageKind};
use jiff::civil::Date;

use crate::ImportError;
use crate::build::{Built, Drafts, Env, Eval, Final, Got, Raw, SeenStage, person, text_of};
use crate::mapping::{Mapping, PeopleTable, Value};
use crate::report::{Effect, Problem, Problems, Reason, Report};

/// The tables that any history folder may hold, beside its lists of events.
const TABLES: [&str; 6] = [
    "account.json",
    "groups.csv",
    "employees.csv",
    "memberships.csv",
    "absences.csv",
    "stages.csv",
];
/// The tables that every import writes.
const WRITTEN: [&str; 4] = ["account.json", "groups.csv", "employees.csv", "stages.csv"];

/// Makes the folder, unless it holds files of a history that this import would not replace:
/// they would be read together with the new ones.
pub(crate) fn prepare(folder: &Path, format: Format) -> Result<(), ImportError> {
    let refused = |error: std::io::Error| ImportError::Folder {
        path: folder.to_owned(),
        reason: error.to_string(),
    };
    fs::create_dir_all(folder).map_err(refused)?;
    let events = match format {
        Format::Csv => "events.csv",
        Format::Jsonl => "events.jsonl",
        Format::Parquet => "events.parquet",
    };
    let mut left: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let replaced = name == events || WRITTEN.contains(&name.as_str());
        if !replaced && is_of_history(&name) {
            left.push(entry.path());
        }
    }
    match left.into_iter().min() {
        Some(path) => Err(ImportError::Occupied { path }),
        None => Ok(()),
    }
}

/// Whether whoever reads the folder as a history would read the file of this name.
fn is_of_history(name: &str) -> bool {
    let packed = name.strip_suffix(".gz").or(name.strip_suffix(".zst"));
    let name = packed.unwrap_or(name);
    let events = |(stem, form): (&str, &str)| {
        (stem == "events" || stem.starts_with("events-"))
            && ["csv", "jsonl", "parquet"].contains(&form)
    };
    TABLES.contains(&name) || name.rsplit_once('.').is_some_and(events)
}

/// Writes everything and counts it.
pub(crate) fn write(
    eval: Eval<'_>,
    built: &mut Built,
    events: &[Final],
    (folder, format): (&Path, Format),
    problems: &mut Problems,
    report: &mut Report,
) -> Result<(), ImportError> {
    history::write::write_account(folder, &eval.mapping.account)?;
    let stages = stage_rows(eval, &built.drafts, events, problems);
    history::write::write_stages(folder, &stages)?;
    report.stages = stages.len() as u64;
    let (employees, groups) = People::of(eval, &mut built.drafts, problems).rows();
    history::write::write_employees(folder, &employees)?;
    history::write::write_groups(folder, &groups)?;
    report.employees = employees.len() as u64;
    report.groups = groups.len() as u64;
    write_events(&built.drafts, events, folder, format, report)
}

fn write_events(
    drafts: &Drafts,
    events: &[Final],
    folder: &Path,
    format: Format,
    report: &mut Report,
) -> Result<(), ImportError> {
    let mut writer = EventWriter::create(folder, format)?;
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    let mut deals: HashSet<u32> = HashSet::new();
    let name = |id: u32| drafts.names.get(id);
    for event in events {
        let draft = &event.draft;
        writer.write(&Record {
            id: "",
            seq: None,
            deal: name(draft.deal),
            at: event.at,
            kind: Some(draft.kind),
            actor: name(draft.actor),
            stage: name(draft.stage),
            employee: name(draft.employee),
            task: name(draft.task),
            due: event.due,
            text: name(draft.text),
            field: name(draft.field),
            amount: draft.amount,
            client: name(draft.client),
            channel: name(draft.channel),
        })?;
        let order = Kind::ALL.iter().position(|kind| *kind == draft.kind);
        *counts.entry(order.unwrap_or_default()).or_default() += 1;
        if draft.deal != u32::MAX {
            deals.insert(draft.deal);
        }
    }
    writer.finish()?;
    let counts = counts.into_iter();
    report.events = counts
        .map(|(kind, count)| (Kind::ALL[kind], count))
        .collect();
    report.deals = deals.len() as u64;
    let first = events.first().map(|event| event.at);
    report.span = first.zip(events.last().map(|event| event.at));
    Ok(())
}

/// A stage and what it is sorted by: pipeline, group of kinds, place in the mapping, first
/// event.
type Placed = ((String, usize, usize, usize), StageRow);

/// Every stage that an event enters or the mapping lists: pipelines by name, in each first
/// the open stages in the mapping's order, then those it does not list in the order in which
/// deals reached them, then the closed ones.
fn stage_rows(
    eval: Eval<'_>,
    drafts: &Drafts,
    events: &[Final],
    problems: &mut Problems,
) -> Vec<StageRow> {
    let rules = &eval.mapping.stages;
    let mut reached: HashMap<u32, usize> = HashMap::new();
    for (i, event) in events.iter().enumerate() {
        reached.entry(event.draft.stage).or_insert(i);
    }
    let mut rows: Vec<Placed> = Vec::new();
    for (id, &index) in &drafts.stage_of {
        let stage = &drafts.stages[index];
        let Some(&first) = reached.get(id) else {
            continue;
        };
        let listed = rules.find(&stage.pipeline, &stage.stage);
        let kind = rules.kind(&stage.pipeline, &stage.stage);
        if listed.is_none() && kind == StageKind::Open && rules.report_unlisted {
            problems.add(&Problem {
                file: &eval.table(stage.from).file,
                line: Some(eval.line(stage.from)),
                column: "",
                value: &stage.id,
                reason: Reason::StageUnlisted,
                effect: Effect::Kept,
            });
        }
        rows.push(stage_row(eval.mapping, stage, listed, kind, first));
    }
    add_unreached(eval.mapping, drafts, &mut rows);
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut sort = 0;
    let mut rows: Vec<StageRow> = rows.into_iter().map(|(_, row)| row).collect();
    for i in 0..rows.len() {
        let starts = i == 0 || rows[i - 1].pipeline != rows[i].pipeline;
        sort = if starts { 10 } else { sort + 10 };
        rows[i].sort = sort;
    }
    rows
}

fn stage_row(
    mapping: &Mapping,
    stage: &SeenStage,
    listed: Option<usize>,
    kind: StageKind,
    first: usize,
) -> Placed {
    let rules = &mapping.stages;
    let (pipeline, pipeline_name) = match stage.pipeline.as_str() {
        "" => (rules.pipeline.as_str(), rules.pipeline_name.as_str()),
        own => (own, own),
    };
    let description = listed.map(|i| &rules.listed[i]);
    let at_end = description.is_some_and(|d| d.at_end);
    let group = match kind {
        StageKind::Open => usize::from(at_end),
        StageKind::Won => 2,
        StageKind::Lost => 3,
    };
    let place = listed.unwrap_or(usize::MAX);
    let row = StageRow {
        pipeline: pipeline.to_owned(),
        pipeline_name: pipeline_name.to_owned(),
        stage: stage.id.clone(),
        stage_name: description.map_or(&stage.stage, |d| &d.name).clone(),
        sort: 0,
        kind: kind.as_str().to_owned(),
    };
    ((pipeline.to_owned(), group, place, first), row)
}

/// Stages that the mapping lists and no deal was in, so that the pipeline is whole. Where
/// the tables name pipelines, a stage without one belongs to none in particular.
fn add_unreached(mapping: &Mapping, drafts: &Drafts, rows: &mut Vec<Placed>) {
    let pipelines_named = drafts.stages.iter().any(|stage| !stage.pipeline.is_empty());
    for (i, listed) in mapping.stages.listed.iter().enumerate() {
        let pipeline = listed.pipeline.clone().unwrap_or_default();
        let mut seen = rows.iter();
        let id = match pipeline.as_str() {
            "" => listed.id.clone(),
            pipeline => format!("{pipeline}: {}", listed.id),
        };
        let known = seen.any(|(_, row)| row.stage.to_lowercase() == id.to_lowercase());
        if known || listed.at_end || (pipelines_named && pipeline.is_empty()) {
            continue;
        }
        let kind = mapping.stages.kind(&pipeline, &listed.id);
        let stage = SeenStage {
            id,
            pipeline,
            stage: listed.id.clone(),
            from: crate::build::RowRef::default(),
        };
        rows.push(stage_row(mapping, &stage, Some(i), kind, usize::MAX));
    }
}

/// People and groups, by id.
#[derive(Default)]
struct People {
    employees: BTreeMap<String, EmployeeRow>,
    groups: BTreeMap<String, GroupRow>,
}

impl People {
    fn of(eval: Eval<'_>, drafts: &mut Drafts, problems: &mut Problems) -> People {
        let mut people = People::default();
        if let Some(table) = &eval.mapping.people.table {
            people.read_table(eval, table, drafts, problems);
        }
        let mut named: Vec<_> = drafts.people.iter().collect();
        named.sort_by_key(|(id, _)| **id);
        for (&id, &row) in named {
            let name = drafts.names.get(id);
            if people.employees.contains_key(name) {
                continue;
            }
            people.add(name, eval.mapping.people.role);
            if eval.mapping.people.table.is_some() {
                problems.add(&Problem {
                    file: &eval.table(row).file,
                    line: Some(eval.line(row)),
                    column: "",
                    value: name,
                    reason: Reason::PersonUnlisted,
                    effect: Effect::Kept,
                });
            }
        }
        people
    }

    fn add(&mut self, id: &str, role: Role) -> &mut EmployeeRow {
        self.employees
            .entry(id.to_owned())
            .or_insert_with(|| EmployeeRow {
                id: id.to_owned(),
                name: id.to_owned(),
                role: role.as_str().to_owned(),
                active: true,
                ..EmployeeRow::default()
            })
    }

    fn read_table(
        &mut self,
        eval: Eval<'_>,
        table: &PeopleTable,
        drafts: &mut Drafts,
        problems: &mut Problems,
    ) {
        for (t, loaded) in eval.sources.tables[table.source].iter().enumerate() {
            for row in 0..loaded.table.rows() {
                let env = Env::of(crate::build::RowRef {
                    source: table.source as u32,
                    table: t as u32,
                    row: row as u32,
                });
                self.read_row(eval, table, &env, drafts, problems);
            }
        }
    }

    fn read_row(
        &mut self,
        eval: Eval<'_>,
        table: &PeopleTable,
        env: &Env,
        drafts: &mut Drafts,
        problems: &mut Problems,
    ) {
        let id = person(&mut drafts.names, &eval, &eval.value(&table.id, env).raw);
        let id = drafts.names.get(id).to_owned();
        if id.is_empty() {
            return;
        }
        let text = |value: &Option<Value>| {
            let got = value.as_ref().map(|value| eval.value(value, env));
            got.map_or(String::new(), |got| text_of(&got.raw).trim().to_owned())
        };
        let (role, bad_role) = match text(&table.role).as_str() {
            "" => (eval.mapping.people.role, None),
            word => match Role::parse(&word.to_lowercase()) {
                Some(role) => (role, None),
                None => (eval.mapping.people.role, Some(word.to_owned())),
            },
        };
        let (hired, bad_hired) = date(&eval, table.hired.as_ref(), env);
        let (left, bad_left) = date(&eval, table.left.as_ref(), env);
        for bad in [bad_role, bad_hired, bad_left].into_iter().flatten() {
            problems.add(&Problem {
                file: &eval.table(env.row).file,
                line: Some(eval.line(env.row)),
                column: "",
                value: &bad,
                reason: Reason::BadPerson,
                effect: Effect::ValueDropped,
            });
        }
        let (group, lead) = (text(&table.group), text(&table.lead));
        let inactive = [
            "false",
            "no",
            "n",
            "0",
            "нет",
            "inactive",
            "уволен",
            "неактивен",
        ];
        let active = !inactive.contains(&text(&table.active).to_lowercase().as_str());
        let (name, shift) = (text(&table.name), text(&table.shift));
        let employee = self.add(&id, role);
        if !name.is_empty() {
            employee.name = name;
        }
        employee.role = role.as_str().to_owned();
        (employee.group, employee.shift) = (group.clone(), shift);
        (employee.hired, employee.left, employee.active) = (hired, left, active);
        self.add_group(group, lead);
    }

    /// A group and who leads it: the lead is an employee of the group too.
    fn add_group(&mut self, group: String, lead: String) {
        if group.is_empty() {
            return;
        }
        let row = self
            .groups
            .entry(group.clone())
            .or_insert_with(|| GroupRow {
                id: group.clone(),
                name: group.clone(),
                lead: String::new(),
            });
        if row.lead.is_empty() {
            row.lead.clone_from(&lead);
        }
        if !lead.is_empty() && !self.employees.contains_key(&lead) {
            let employee = self.add(&lead, Role::Lead);
            employee.group = group;
        }
    }

    fn rows(self) -> (Vec<EmployeeRow>, Vec<GroupRow>) {
        let employees = self.employees.into_values();
        (employees.collect(), self.groups.into_values().collect())
    }
}

/// A date as history folders write it, or what could not be read.
fn date(eval: &Eval<'_>, value: Option<&Value>, env: &Env) -> (String, Option<String>) {
    let Some(value) = value else {
        return (String::new(), None);
    };
    let got: Got<'_> = eval.value(value, env);
    if got.raw == Raw::Empty {
        return (String::new(), None);
    }
    match eval.day(&got, env.row.source as usize) {
        Some(day) => (Date::to_string(&day), None),
        None => (String::new(), Some(text_of(&got.raw).into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_older_history_stays_beside_the_new_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let own = ["account.json", "stages.csv", "events.csv"];
        for name in own.into_iter().chain(["regulation.toml", "notes.csv"]) {
            fs::write(at(name), "").expect("a file");
        }
        prepare(folder.path(), Format::Csv).expect("these are replaced, or no history");
        for name in [
            "memberships.csv",
            "absences.csv.gz",
            "stages.csv.zst",
            "events.csv.gz",
            "events.parquet",
            "events-2025.jsonl",
        ] {
            fs::write(at(name), "").expect("a file");
            match prepare(folder.path(), Format::Csv) {
                Err(ImportError::Occupied { path }) => assert_eq!(path, at(name)),
                other => panic!("{name}: {other:?}"),
            }
            fs::remove_file(at(name)).expect("removed");
        }
    }
}
