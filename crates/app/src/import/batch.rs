//! Events on their way from a file into the store, many in a piece of memory.

use history::{Instant, Kind, Record};

/// Events in a row.
#[derive(Default)]
pub(super) struct Batch {
    text: String,
    rows: Vec<Row>,
}

/// The texts of an event, by where each ends, and the rest of it.
struct Row {
    from: usize,
    ends: [usize; 10],
    seq: Option<i64>,
    at: Instant,
    kind: Option<Kind>,
    due: Option<Instant>,
    amount: Option<f64>,
}

impl Batch {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn push(&mut self, record: &Record<'_>) {
        let texts = [
            record.id,
            record.deal,
            record.actor,
            record.stage,
            record.employee,
            record.task,
            record.text,
            record.field,
            record.client,
            record.channel,
        ];
        let from = self.text.len();
        let mut ends = [from; 10];
        for (end, text) in ends.iter_mut().zip(texts) {
            self.text.push_str(text);
            *end = self.text.len();
        }
        self.rows.push(Row {
            from,
            ends,
            seq: record.seq,
            at: record.at,
            kind: record.kind,
            due: record.due,
            amount: record.amount,
        });
    }

    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|row| self.record(row))
    }

    fn record(&self, row: &Row) -> Record<'_> {
        let text = |i: usize| {
            let from = if i == 0 { row.from } else { row.ends[i - 1] };
            &self.text[from..row.ends[i]]
        };
        Record {
            id: text(0),
            deal: text(1),
            actor: text(2),
            stage: text(3),
            employee: text(4),
            task: text(5),
            text: text(6),
            field: text(7),
            client: text(8),
            channel: text(9),
            seq: row.seq,
            at: row.at,
            kind: row.kind,
            due: row.due,
            amount: row.amount,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_out_as_they_went_in() {
        let one = Record {
            id: "e1",
            seq: Some(3),
            deal: "d",
            at: 5,
            kind: Some(Kind::FieldSet),
            actor: "анна",
            stage: "new",
            employee: "борис",
            task: "t",
            due: Some(7),
            text: "текст",
            field: "поле",
            amount: Some(1.5),
            client: "c",
            channel: "site",
        };
        let other = Record {
            deal: "e",
            ..Record::default()
        };
        let mut batch = Batch::default();
        for record in [&one, &other, &one] {
            batch.push(record);
        }
        let records: Vec<Record<'_>> = batch.records().collect();
        assert_eq!(records, [one.clone(), other, one.clone()]);
        assert_eq!(batch.len(), 3);
    }
}
