//! Which columns something in the mapping uses, so that the report can name the others.

use super::{Condition, Each, EventRule, Join, Mapping, PeopleTable, Piece, Place, Value};

impl Mapping {
    /// For each column of a source, whether anything uses it.
    pub(crate) fn used_columns(&self, source: usize) -> Vec<bool> {
        let mut uses = Uses {
            source,
            used: vec![false; self.sources[source].columns.len()],
        };
        let of = &self.sources[source];
        let own = of.unique.iter().chain(&of.order).chain(&of.case);
        own.for_each(|column| uses.used[*column] = true);
        self.joins.iter().for_each(|join| uses.join(join));
        let rows = self.set_aside.iter().chain(&self.notices);
        rows.for_each(|rule| uses.conditions(&rule.when));
        self.events.iter().for_each(|rule| uses.rule(rule));
        if let Some(table) = &self.people.table {
            uses.people(table);
        }
        uses.used
    }
}

struct Uses {
    source: usize,
    used: Vec<bool>,
}

impl Uses {
    fn column(&mut self, source: usize, column: usize) {
        if source == self.source {
            self.used[column] = true;
        }
    }

    fn place(&mut self, place: Place) {
        self.column(place.source, place.column);
    }

    fn conditions(&mut self, conditions: &[Condition]) {
        conditions
            .iter()
            .for_each(|condition| self.place(condition.place));
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Column(place, _) => self.place(*place),
            Value::First(values) => values.iter().for_each(|value| self.value(value)),
            Value::Template(pieces, _) => pieces.iter().for_each(|piece| {
                if let Piece::Column(place) = piece {
                    self.place(*place);
                }
            }),
            Value::Elapsed(elapsed) => {
                self.conditions(&elapsed.since);
                elapsed.same.iter().for_each(|place| self.place(*place));
            }
            Value::Const(_) | Value::Created | Value::Last | Value::Row => {}
        }
    }

    fn join(&mut self, join: &Join) {
        self.value(&join.key);
        self.value(&join.on);
        if let Some((time, since)) = join.not_later {
            self.column(join.from, time);
            self.column(join.to, since);
        }
    }

    fn rule(&mut self, rule: &EventRule) {
        self.conditions(&rule.when);
        if let Some(column) = rule.changed {
            self.column(rule.source, column);
        }
        if let Each::Columns(columns) = &rule.each {
            columns
                .iter()
                .for_each(|column| self.column(rule.source, *column));
        }
        self.value(&rule.at);
        let values = [
            &rule.deal,
            &rule.actor,
            &rule.stage,
            &rule.pipeline,
            &rule.employee,
            &rule.task,
            &rule.due,
            &rule.text,
            &rule.field,
            &rule.amount,
            &rule.client,
            &rule.channel,
        ];
        values
            .into_iter()
            .flatten()
            .for_each(|value| self.value(value));
    }

    fn people(&mut self, table: &PeopleTable) {
        self.value(&table.id);
        let values = [
            &table.name,
            &table.group,
            &table.lead,
            &table.role,
            &table.active,
            &table.shift,
            &table.hired,
            &table.left,
        ];
        values
            .into_iter()
            .flatten()
            .for_each(|value| self.value(value));
    }
}
