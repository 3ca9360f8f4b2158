//! What names an event: splitting and repeating what is handed in changes nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use history::{Kind, Reason, Record};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::events::{self, Keys, NewEvent};
use store::{Store, on_both, testing};

on_both!(any_split_and_any_repetition_give_the_same_events);

/// A record whose texts are few, so that many are the same.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    id: &'static str,
    deal: &'static str,
    at: i64,
    due: Option<i64>,
    seq: Option<i64>,
    text: &'static str,
    field: &'static str,
    amount: Option<f64>,
}

impl Line {
    fn record(&self) -> Record<'static> {
        Record {
            id: self.id,
            seq: self.seq,
            deal: self.deal,
            at: self.at,
            kind: Some(Kind::FieldSet),
            due: self.due,
            text: self.text,
            field: self.field,
            amount: self.amount,
            ..Record::default()
        }
    }
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let id = prop_oneof![4 => Just(""), 1 => Just("1"), 1 => Just("#1"), 1 => Just("#")];
    let text = || prop_oneof![Just(""), Just("a"), Just("ab"), Just("b"), Just("\0")];
    let number = || prop_oneof![Just(None), Just(Some(0)), Just(Some(1))];
    let amount = prop_oneof![Just(None), Just(Some(0.0)), Just(Some(0.1))];
    let deal = prop_oneof![Just("d"), Just("da")];
    let line = (
        id,
        deal,
        0..2_i64,
        number(),
        number(),
        text(),
        text(),
        amount,
    )
        .prop_map(|(id, deal, at, due, seq, text, field, amount)| Line {
            id,
            deal,
            at,
            due,
            seq,
            text,
            field,
            amount,
        });
    prop::collection::vec(line, 0..40)
}

fn named(keys: &mut Keys, lines: &[Line]) -> Vec<NewEvent<'static>> {
    let events = lines.iter().map(|line| keys.event(line.record()).unwrap());
    events.collect()
}

fn keys_of(lines: &[Line]) -> Vec<String> {
    let events = named(&mut Keys::new(), lines);
    events.iter().map(|event| event.key().to_owned()).collect()
}

proptest! {
    /// Without an id, only rows that are the same in every column share a hash, and each has
    /// its ordinal; with an id, the id alone counts.
    #[test]
    fn different_rows_have_different_keys(lines in lines()) {
        let keys = keys_of(&lines);
        for (i, one) in lines.iter().enumerate() {
            for (j, other) in lines.iter().enumerate().skip(i + 1) {
                let same = !one.id.is_empty() && one.id == other.id;
                prop_assert_eq!(keys[i] == keys[j], same, "{:?} {:?}", one, other);
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_key(lines in lines()) {
        let turned: Vec<Line> = lines.iter().rev().cloned().collect();
        let set = |lines: &[Line]| keys_of(lines).into_iter().collect::<BTreeSet<_>>();
        prop_assert_eq!(set(&lines), set(&turned));
    }
}

async fn any_split_and_any_repetition_give_the_same_events(store: Arc<Store>) {
    let mut runner = TestRunner::deterministic();
    let cuts = prop::collection::vec(0..8_usize, 1..12);
    for case in 0..16 {
        let lines = lines().new_tree(&mut runner).unwrap().current();
        let cuts = cuts.new_tree(&mut runner).unwrap().current();
        let whole = testing::company(&store, &format!("whole {case}")).await;
        let split = testing::company(&store, &format!("split {case}")).await;
        add(&store, &whole, &named(&mut Keys::new(), &lines)).await;
        // The same import, cut anywhere and begun three times; the first two break off.
        for part in [lines.len() / 3, lines.len() / 2, lines.len()] {
            let mut keys = Keys::new();
            let mut rest = &lines[..part];
            for cut in cuts.iter().cycle() {
                let (some, others) = rest.split_at((*cut + 1).min(rest.len()));
                add(&store, &split, &named(&mut keys, some)).await;
                rest = others;
                if rest.is_empty() {
                    break;
                }
            }
        }
        assert_eq!(kept(&store, &whole).await, kept(&store, &split).await);
    }
}

async fn add(store: &Store, company: &str, events: &[NewEvent<'_>]) {
    let mut tx = store.begin().await.unwrap();
    events::add(&mut tx, company, 0, events).await.unwrap();
    tx.commit().await.unwrap();
}

/// Every event in its order, as the store shows it.
async fn kept(store: &Store, company: &str) -> Vec<String> {
    let mut kept = Vec::new();
    let mut reader = store.reader().await.unwrap();
    let each = events::each(&mut reader, company, 0, |event| {
        assert_eq!(event.received, kept.len() as i64 + 1, "no holes");
        kept.push(format!("{} {:?}", event.key, event.record));
        Ok(())
    });
    each.await.unwrap();
    kept
}

#[test]
fn what_is_no_event_or_cannot_be_kept_is_refused_with_the_reason() {
    let good = Record {
        deal: "d",
        kind: Some(Kind::NoteAdded),
        ..Record::default()
    };
    let long = "x".repeat(501);
    let mut keys = Keys::new();
    assert!(keys.event(good.clone()).is_ok());
    let bad = [
        (
            Record {
                deal: "",
                ..good.clone()
            },
            "`deal` is empty",
        ),
        (
            Record {
                kind: None,
                ..good.clone()
            },
            "`kind` is empty",
        ),
        (
            Record {
                amount: Some(f64::NAN),
                ..good.clone()
            },
            "`amount` is \"NaN\"; expected a number below 90 trillion",
        ),
    ];
    for (record, expected) in bad {
        assert_eq!(keys.event(record).unwrap_err().to_string(), expected);
    }
    let records = [
        Record {
            id: &long,
            ..good.clone()
        },
        Record {
            deal: &long,
            ..good.clone()
        },
        Record {
            employee: &long,
            ..good.clone()
        },
        Record {
            channel: &long,
            ..good.clone()
        },
    ];
    for record in records {
        let reason = keys.event(record).unwrap_err();
        assert!(matches!(
            reason,
            Reason::Bad {
                expected: "at most 500 bytes",
                ..
            }
        ));
    }
    assert!(
        keys.event(Record {
            text: &long,
            ..good
        })
        .is_ok()
    );
}
