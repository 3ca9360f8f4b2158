//! Lists of facts by whom they are about, each in the order in which rules read it.

use std::hash::Hash;

use history::{EmployeeId, Instant, StageId};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::facts::{
    Action, Change, Closing, Completion, Crowding, NextStep, Rank, TaskChange, Waiting, WonStay,
};
use super::order::client;

/// A client's id, or that of a deal without one; see [`client`].
pub(super) type ClientNumber = (u32, u32);

/// Instant, place among equal instants, deal: how judging everything at once orders facts.
type Order = (Instant, Rank, u32);

const NO_RANK: Rank = (0, 0);

/// A fact that is filed under a key.
pub(super) trait Fileable: Copy + PartialEq + Send {
    type Key: Copy + Eq + Hash + Send;
    /// Whom it is about; none: nobody.
    fn key(&self) -> Option<Self::Key>;
    fn order(&self) -> Order;
}

macro_rules! of_person {
    ($($fact:ident: $change:ident => $person:expr, $order:expr;)*) => {$(
        impl Fileable for $fact {
            type Key = EmployeeId;
            fn key(&self) -> Option<EmployeeId> {
                let $change = self;
                let person: EmployeeId = $person;
                person.is_some().then_some(person)
            }
            fn order(&self) -> Order {
                let $change = self;
                $order
            }
        }
    )*};
}

of_person! {
    Action: fact => fact.employee, (fact.at, NO_RANK, fact.stage.0);
    Completion: fact => fact.employee, (fact.at, fact.rank, fact.event.deal.0);
    Closing: fact => fact.actor, (fact.at, fact.rank, fact.event.deal.0);
    Change: fact => fact.employee, (fact.at, NO_RANK, fact.event.deal.0);
    Waiting: fact => fact.change.employee, fact.change.order();
    TaskChange: fact => fact.change.employee, fact.change.order();
}

impl Fileable for Crowding {
    type Key = StageId;
    fn key(&self) -> Option<StageId> {
        Some(self.stage)
    }
    fn order(&self) -> Order {
        (self.at, NO_RANK, self.event.deal.0)
    }
}

impl Fileable for WonStay {
    type Key = ClientNumber;
    fn key(&self) -> Option<ClientNumber> {
        Some(client(self.client.0, self.event.deal.0))
    }
    fn order(&self) -> Order {
        (self.at, NO_RANK, self.event.deal.0)
    }
}

impl Fileable for NextStep {
    type Key = ClientNumber;
    fn key(&self) -> Option<ClientNumber> {
        Some(client(self.client.0, self.event.deal.0))
    }
    fn order(&self) -> Order {
        (self.at, self.rank, self.event.deal.0)
    }
}

/// A closing as groups are judged by it, whoever made it.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct GroupClosing(pub Closing);

impl Fileable for GroupClosing {
    type Key = ();
    fn key(&self) -> Option<()> {
        Some(())
    }
    fn order(&self) -> Order {
        self.0.order()
    }
}

/// Facts of one kind by key.
pub(super) struct Lists<T: Fileable>(FxHashMap<T::Key, Vec<T>>);

impl<T: Fileable> Default for Lists<T> {
    fn default() -> Self {
        Lists(FxHashMap::default())
    }
}

impl<T: Fileable> Lists<T> {
    /// The facts of deals in the order of their ids.
    pub fn of(facts: impl Iterator<Item = T>) -> Lists<T> {
        let mut lists: FxHashMap<T::Key, Vec<T>> = FxHashMap::default();
        for fact in facts {
            if let Some(key) = fact.key() {
                lists.entry(key).or_default().push(fact);
            }
        }
        let mut each: Vec<&mut Vec<T>> = lists.values_mut().collect();
        each.par_iter_mut()
            .for_each(|list| list.sort_by_key(T::order));
        Lists(lists)
    }

    pub fn get(&self, key: T::Key) -> &[T] {
        self.0.get(&key).map_or(&[], |list| list)
    }

    pub fn keys(&self) -> impl Iterator<Item = T::Key> {
        self.0.keys().copied()
    }

    /// Puts one deal's facts in place of those filed before.
    pub fn replace(&mut self, before: &[T], after: &[T]) {
        // Events mostly come in order: then what was filed stays, and something is added.
        let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        for fact in &before[same..] {
            self.remove(fact);
        }
        for fact in &after[same..] {
            self.insert(*fact);
        }
    }

    /// Adds a fact after those of equal order.
    pub fn insert(&mut self, fact: T) {
        if let Some(key) = fact.key() {
            let list = self.0.entry(key).or_default();
            let order = fact.order();
            let place = list.partition_point(|other| other.order() <= order);
            list.insert(place, fact);
        }
    }

    fn remove(&mut self, fact: &T) {
        let Some(list) = fact.key().and_then(|key| self.0.get_mut(&key)) else {
            return;
        };
        let from = list.partition_point(|other| other.order() < fact.order());
        if let Some(place) = list[from..].iter().position(|other| other == fact) {
            list.remove(from + place);
        }
    }
}
