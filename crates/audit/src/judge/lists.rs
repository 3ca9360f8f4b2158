//! The facts of many deals, and which of them somebody asks for.

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

/// Facts of many deals.
#[derive(Default)]
pub(super) struct Facts {
    pub actions: Vec<Action>,
    pub completions: Vec<Completion>,
    pub closings: Vec<Closing>,
    pub holdings: Vec<Change>,
    pub waiting: Vec<Waiting>,
    pub tasks: Vec<TaskChange>,
    pub tenures: Vec<Tenure>,
    pub won: Vec<WonStay>,
    pub steps: Vec<NextStep>,
    pub crowds: Vec<Crowding>,
}
