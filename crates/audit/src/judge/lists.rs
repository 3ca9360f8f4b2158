//! The facts of many deals, and which of them somebody asks for.

use super::engine::Verdict;
use super::facts::{
    Action, Change, Closing, Completion, Crowding, NextStep, TaskChange, Tenure, Waiting, WonStay,
};
use crate::rules::Fact;

/// Which facts somebody asks for.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted {
    pub actions: bool,
    pub completions: bool,
    pub closings: bool,
    pub holdings: bool,
    pub waiting: bool,
    pub tasks: bool,
    pub clients: bool,
    pub crowds: bool,
    pub tenures: bool,
}

impl Wanted {
    pub fn add(&mut self, fact: Fact) {
        match fact {
            Fact::Actions => self.actions = true,
            Fact::Completions => self.completions = true,
            Fact::Closings => self.closings = true,
            Fact::Holdings => self.holdings = true,
            Fact::Waiting => self.waiting = true,
            Fact::Tasks => self.tasks = true,
        }
    }

    pub fn any(&self) -> bool {
        self.actions
            || self.completions
            || self.closings
            || self.holdings
            || self.waiting
            || self.tasks
            || self.clients
            || self.crowds
            || self.tenures
    }
}

macro_rules! lists {
    ($($list:ident: $fact:ty),* $(,)?) => {
        /// Facts of many deals.
        #[derive(Default)]
        pub(super) struct Facts {
            $(pub $list: Vec<$fact>),*
        }

        /// How much is likely to be said of some deals: lists that grow are copied many times over.
        #[derive(Clone, Copy, Default)]
        pub(super) struct Room {
            pub findings: usize,
            $($list: usize),*
        }

        impl Facts {
            /// None yet.
            pub fn with_room(room: &Room) -> Facts {
                Facts {
                    $($list: Vec::with_capacity(room.$list)),*
                }
            }
        }

        impl Room {
            /// A little more than was said of as many other deals.
            pub fn of((verdict, facts): &(Verdict, Facts)) -> Room {
                let more = |said: usize| said + said / 8;
                Room {
                    findings: more(verdict.findings.len()),
                    $($list: more(facts.$list.len())),*
                }
            }
        }
    };
}

lists! {
    actions: Action,
    completions: Completion,
    closings: Closing,
    holdings: Change,
    waiting: Waiting,
    tasks: TaskChange,
    tenures: Tenure,
    won: WonStay,
    steps: NextStep,
    crowds: Crowding,
}
