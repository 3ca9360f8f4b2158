//! One event of one row.

use history::Kind;

use super::draft::{Draft, SeenStage, When};
use super::eval::{Env, Eval, Got, Raw, has_lost_digits, person, seconds, text_of};
use super::rows::{Built, note};
use crate::mapping::{Each, EventRule, Value};
use crate::report::{Effect, Problems, Reason};

/// The largest amount that a history takes.
const MAX_AMOUNT: f64 = 9.0e13;
const NONE: u32 = u32::MAX;

/// The making of one event, and the problems met.
struct Emitter<'a, 'p> {
    eval: Eval<'a>,
    env: &'a Env,
    rule: &'a EventRule,
    problems: &'p mut Problems,
    noted: u32,
}

/// Makes the event, or the events, that `rule` asks for; tells how many problems were met.
pub(super) fn emit<'a>(
    eval: Eval<'a>,
    rule: &'a EventRule,
    env: &'a Env,
    built: &mut Built,
    problems: &mut Problems,
) -> u32 {
    let mut emitter = Emitter {
        eval,
        env,
        rule,
        problems,
        noted: 0,
    };
    let Some(draft) = emitter.draft(built) else {
        return emitter.noted;
    };
    let columns = match &rule.each {
        Each::Row => {
            built.add(draft);
            return emitter.noted;
        }
        Each::Columns(columns) => columns.clone(),
        Each::Rest => {
            let named = eval.mapping.sources[rule.source].columns.len();
            (named..eval.table(env.row).columns()).collect()
        }
    };
    for column in columns {
        let cell = eval.cell(env.row, column);
        if cell == Raw::Empty {
            continue;
        }
        let header = &eval.table(env.row).headers[column];
        let mut draft = draft.clone();
        draft.field = built.drafts.names.intern(header);
        draft.text = built.drafts.names.intern(&text_of(&cell));
        built.add(draft);
    }
    emitter.noted
}

impl Built {
    fn add(&mut self, draft: Draft) {
        self.outcome(draft.from).events += 1;
        self.drafts.events.push(draft);
    }
}

impl<'a> Emitter<'a, '_> {
    fn draft(&mut self, built: &mut Built) -> Option<Draft> {
        let rule = self.rule;
        let at = self.when(Some(&rule.at), "at")?;
        let deal = self.id(rule.deal.as_ref(), built);
        if deal == NONE && !rule.kind.may_lack_deal() {
            return self.missing(rule.deal.as_ref(), "deal");
        }
        let task = self.id(rule.task.as_ref(), built);
        if task == NONE && rule.task.is_some() {
            return self.missing(rule.task.as_ref(), "task");
        }
        let due = match &rule.due {
            Some(due) => Some(self.when(Some(due), "due")?),
            None => None,
        };
        let stage = self.stage(built);
        if stage == NONE && rule.kind == Kind::StageChanged {
            return self.missing(rule.stage.as_ref(), "stage");
        }
        let field = self.text(rule.field.as_ref(), built);
        if field == NONE && rule.kind == Kind::FieldSet && matches!(rule.each, Each::Row) {
            return self.missing(rule.field.as_ref(), "field");
        }
        Some(Draft {
            at,
            kind: rule.kind,
            deal,
            actor: self.person(rule.actor.as_ref(), built),
            stage,
            employee: self.person(rule.employee.as_ref(), built),
            task,
            due,
            text: self.text(rule.text.as_ref(), built),
            field,
            amount: self.amount(),
            client: self.id(rule.client.as_ref(), built),
            channel: self.text(rule.channel.as_ref(), built),
            early: rule.early,
            from: self.env.row,
        })
    }

    fn got(&self, value: Option<&'a Value>) -> Option<Got<'a>> {
        let got = self.eval.value(value?, self.env);
        (got.raw != Raw::Empty).then_some(got)
    }

    fn note(&mut self, got: &Got<'a>, key: &str, reason: Reason, effect: Effect) {
        let column = match got.place {
            Some(place) => {
                let row = self.eval.row_of(place, self.env);
                self.eval.table(row).headers[place.column].as_str()
            }
            None => key,
        };
        let value = text_of(&got.raw);
        let place = (self.env.row, column);
        note(&self.eval, self.problems, place, &value, reason, effect);
        self.noted += u32::from(effect != Effect::Kept);
    }

    /// Notes that what the event cannot do without is empty.
    fn missing<T>(&mut self, value: Option<&'a Value>, key: &str) -> Option<T> {
        let empty = Got {
            raw: Raw::Empty,
            place: None,
            time: None,
        };
        let got = value.map_or(empty, |value| self.eval.value(value, self.env));
        self.note(&got, key, Reason::Missing, Effect::EventDropped);
        None
    }

    /// An instant that the event cannot do without.
    fn when(&mut self, value: Option<&'a Value>, key: &str) -> Option<When> {
        let Some(got) = self.got(value) else {
            return self.missing(value, key);
        };
        match got.raw {
            Raw::Created => return Some(When::Created),
            Raw::Last => return Some(When::Last),
            _ => {}
        }
        match self.eval.instant(&got, self.env.row.source as usize) {
            Ok(Some(at)) => Some(When::At(at)),
            Ok(None) => self.missing(value, key),
            Err(reason) => {
                self.note(&got, key, reason, Effect::EventDropped);
                None
            }
        }
    }

    fn text(&mut self, value: Option<&'a Value>, built: &mut Built) -> u32 {
        match self.got(value) {
            Some(got) => built.drafts.names.intern(text_of(&got.raw).trim()),
            None => NONE,
        }
    }

    /// A text that other rows refer to; one that a spreadsheet has shortened is reported.
    fn id(&mut self, value: Option<&'a Value>, built: &mut Built) -> u32 {
        let Some(got) = self.got(value) else {
            return NONE;
        };
        if has_lost_digits(&got.raw) {
            self.note(&got, "id", Reason::LostDigits, Effect::Kept);
        }
        built.drafts.names.intern(text_of(&got.raw).trim())
    }

    fn person(&mut self, value: Option<&'a Value>, built: &mut Built) -> u32 {
        let Some(got) = self.got(value) else {
            return NONE;
        };
        let id = person(&mut built.drafts.names, &self.eval, &got.raw);
        if id != NONE {
            let row = self.env.row;
            built.drafts.people.entry(id).or_insert(row);
        }
        id
    }

    /// The stage's id: with its pipeline in front where the table names pipelines.
    fn stage(&mut self, built: &mut Built) -> u32 {
        let Some(stage) = self.got(self.rule.stage.as_ref()) else {
            return NONE;
        };
        let stage = text_of(&stage.raw).trim().to_owned();
        let pipeline = self.got(self.rule.pipeline.as_ref());
        let (pipeline, id) = match pipeline {
            Some(got) => {
                let pipeline = text_of(&got.raw).trim().to_owned();
                let id = format!("{pipeline}: {stage}");
                (pipeline, id)
            }
            None => (String::new(), stage.clone()),
        };
        let name = built.drafts.names.intern(&id);
        let drafts = &mut built.drafts;
        if !drafts.stage_of.contains_key(&name) {
            drafts.stage_of.insert(name, drafts.stages.len());
            drafts.stages.push(SeenStage {
                id,
                pipeline,
                stage,
                from: self.env.row,
            });
        }
        name
    }

    fn amount(&mut self) -> Option<f64> {
        let got = self.got(self.rule.amount.as_ref())?;
        let source = self.env.row.source as usize;
        let read = match self.rule.kind.is_call() {
            true => seconds(&got.raw).map(|seconds| (seconds, false)),
            false => self.eval.amount(&got, source),
        };
        let too_large = |amount: &Option<f64>| amount.is_some_and(|a| a.abs() > MAX_AMOUNT);
        match read {
            Ok((amount, _)) if too_large(&amount) => {
                self.note(&got, "amount", Reason::BadNumber, Effect::ValueDropped);
                None
            }
            Ok((amount, doubtful)) => {
                if doubtful {
                    self.note(&got, "amount", Reason::DoubtfulNumber, Effect::Kept);
                }
                amount
            }
            Err(reason) => {
                self.note(&got, "amount", reason, Effect::ValueDropped);
                None
            }
        }
    }
}
