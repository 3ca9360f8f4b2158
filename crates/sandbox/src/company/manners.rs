//! How careful people are.

/// How often somebody lets something slip, in thousandths of the occasions.
#[derive(Clone, Copy)]
pub(super) struct Manners {
    /// Answers a client late.
    pub slow: u32,
    /// Takes a task up after it was due.
    pub late: u32,
    /// Sets no next task.
    pub unplanned: u32,
    /// Writes nothing after a conversation.
    pub silent: u32,
    /// Writes something that says nothing.
    pub junk: u32,
    /// Leaves fields empty.
    pub blank: u32,
    /// Leaves the title a machine gave.
    pub untitled: u32,
    /// Loses a deal without telling why.
    pub unreasoned: u32,
    /// Gives a client up after one try.
    pub quits: u32,
    /// Forgets the deal altogether.
    pub forgets: u32,
}

impl Manners {
    /// The same slip everywhere but for the named ones.
    const fn all(slip: u32) -> Manners {
        Manners {
            slow: slip,
            late: slip,
            unplanned: slip,
            silent: slip,
            junk: slip,
            blank: slip,
            untitled: slip,
            unreasoned: slip,
            quits: slip,
            forgets: slip,
        }
    }

    /// So many times as careless in everything.
    pub const fn times(self, times: u32) -> Manners {
        Manners {
            slow: self.slow * times,
            late: self.late * times,
            unplanned: self.unplanned * times,
            silent: self.silent * times,
            junk: self.junk * times,
            blank: self.blank * times,
            untitled: self.untitled * times,
            unreasoned: self.unreasoned * times,
            quits: self.quits * times,
            forgets: self.forgets * times,
        }
    }
}

/// Does nearly everything right.
pub(super) const TIDY: Manners = Manners {
    unplanned: 1,
    forgets: 2,
    late: 5,
    ..Manners::all(7)
};
/// Does most things right.
pub(super) const FAIR: Manners = Manners {
    unplanned: 4,
    forgets: 6,
    late: 16,
    ..Manners::all(22)
};
/// Quick with clients, careless with what is written down.
pub(super) const HASTY: Manners = Manners {
    slow: 30,
    late: 120,
    unplanned: 60,
    silent: 380,
    junk: 420,
    blank: 450,
    untitled: 550,
    unreasoned: 300,
    quits: 120,
    forgets: 30,
};
/// New, and taught by nobody: answers late, forgets deals, closes them to look tidy.
pub(super) const CARELESS: Manners = Manners {
    slow: 420,
    late: 330,
    unplanned: 160,
    silent: 300,
    junk: 260,
    blank: 300,
    untitled: 300,
    unreasoned: 380,
    quits: 330,
    forgets: 110,
};
/// Writes everything down, but has twice the deals that anybody can work on.
pub(super) const SWAMPED: Manners = Manners {
    slow: 260,
    late: 340,
    unplanned: 50,
    silent: 60,
    blank: 60,
    forgets: 40,
    ..Manners::all(20)
};
/// Was hasty, and learnt.
pub(super) const LEARNT: Manners = Manners {
    unplanned: 20,
    forgets: 15,
    late: 60,
    ..Manners::all(100)
};
