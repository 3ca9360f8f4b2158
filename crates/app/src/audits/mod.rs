//! The live audits of companies: loaded at first use, kept up to date, every change written down.
//!
//! What is written to the store comes first; where an audit in memory could not follow, it is
//! let go of, and the next use loads it anew. Nothing here asks who may do what: use cases do.

mod audit;
mod keep;
mod load;
mod lost;
mod scratch;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as Shared, PoisonError};

use history::write::{AbsenceRow, EmployeeRow, GroupRow, MembershipRow};
use history::{Account, Instant, Record};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::idempotency::{self, Seen};
use store::regulations::{self, NewVersion};
use store::{Connection, Store, StoreError, Tx, companies, events, reference};
use tokio::sync::{
    Mutex, Notify, OwnedRwLockReadGuard, OwnedRwLockWriteGuard, OwnedSemaphorePermit, RwLock,
    Semaphore,
};

pub use audit::{Audit, Held};
pub(crate) use keep::finding_of;
pub use load::{LoadError, in_force, regulation_of};
pub(crate) use load::{STARTER_FILE, look};
pub use scratch::Alone;

use crate::error::{Error, Fault};
use crate::journal::{self, Note};

/// Where a company's audit stands.
#[derive(Clone, Default)]
struct Cell {
    audit: Arc<RwLock<Option<Audit>>>,
    /// Whose turn it is to take events in: they come to the audit in the order of the store.
    turn: Arc<Mutex<()>>,
    /// Whether the store knows of events that will not come to the audit.
    is_behind: Arc<AtomicBool>,
}

/// Events that stand in the store, or may, and are to come to the audit. Whoever breaks off leaves
/// it behind; the next use loads it anew.
struct Coming(Option<Arc<AtomicBool>>);

impl Coming {
    fn came(mut self) {
        self.0 = None;
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        if let Some(is_behind) = &self.0 {
            is_behind.store(true, Ordering::Release);
        }
    }
}

/// All live audits of a store. Cloning is cheap; clones share the audits.
#[derive(Clone)]
pub struct Audits {
    store: Arc<Store>,
    companies: Arc<Shared<HashMap<String, Cell>>>,
    /// What share of deals each company wins, as it was last reckoned.
    pub(crate) chances: crate::desk::Kept,
    /// Told whenever the next instant to look may have changed.
    changed: Arc<Notify>,
    /// How much that takes a while may be done at once.
    turns: Arc<Semaphore>,
}

/// A company's audit, to be read.
pub type Reading = OwnedRwLockReadGuard<Option<Audit>, Audit>;

/// A change of what a company's tables say.
pub enum TableChange {
    /// All of them.
    All(Box<history::Reference>),
    /// An employee, new or known.
    Employee(EmployeeRow),
    /// A group, new or known.
    Group(GroupRow),
    /// Where an employee was when.
    Memberships(Rows<MembershipRow>),
    /// When an employee was away.
    Absences(Rows<AbsenceRow>),
    /// The company's name, zone and currency.
    Account(Account),
}

/// All rows of a kind that an employee is to have.
pub struct Rows<R> {
    /// The employee.
    pub employee: String,
    /// What must stand there still; none: whatever stands there gives way.
    pub were: Option<Vec<R>>,
    /// What is to stand there.
    pub are: Vec<R>,
}

impl<R: PartialEq> Rows<R> {
    fn check(&self, stand: &[R]) -> Result<(), Error> {
        match &self.were {
            Some(were) if were != stand => {
                let message = "somebody else has changed it meanwhile; look at it again";
                Err(Fault::clash("", "changed_meanwhile", message))
            }
            _ => Ok(()),
        }
    }
}

impl TableChange {
    async fn write(&self, conn: &mut Connection, company: &str) -> Result<(), Error> {
        companies::lock(conn, company).await?;
        match self {
            TableChange::All(tables) => reference::replace(conn, company, tables).await?,
            TableChange::Employee(row) => reference::set_employee(conn, company, row).await?,
            TableChange::Group(row) => reference::set_group(conn, company, row).await?,
            TableChange::Memberships(rows) => {
                let employee = &rows.employee;
                rows.check(&reference::memberships(conn, company, employee).await?)?;
                reference::set_memberships(conn, company, employee, &rows.are).await?;
            }
            TableChange::Absences(rows) => {
                let employee = &rows.employee;
                rows.check(&reference::absences(conn, company, employee).await?)?;
                reference::set_absences(conn, company, employee, &rows.are).await?;
            }
            TableChange::Account(account) => {
                let (name, zone) = (&account.name, &account.timezone);
                companies::update(conn, company, name, zone, &account.currency).await?;
            }
        }
        Ok(())
    }
}

/// A change of which versions of the regulation are in force.
pub enum RegulationChange {
    /// Versions are added.
    Add {
        /// The versions.
        versions: Vec<NewVersion>,
        /// The number of the last text that whoever adds them knows of; none: whatever it is.
        base: Option<i64>,
    },
    /// The version of an effective date is taken out of force.
    Withdraw {
        /// The date, `2026-03-01`; empty: since ever.
        effective: String,
        /// The person who does it.
        author: String,
    },
}

/// The key under which a request does its work once.
#[derive(Clone, Copy, Debug)]
pub struct Once<'a> {
    /// The key.
    pub key: &'a str,
    /// What tells the request from another one.
    pub hash: &'a str,
}

fn inside(error: serde_json::Error) -> Error {
    Error::Inside(error.to_string())
}

impl Audits {
    /// The audits of a store; none is loaded yet.
    pub fn new(store: Arc<Store>) -> Audits {
        Audits {
            store,
            companies: Arc::default(),
            chances: crate::desk::Kept::default(),
            changed: Arc::default(),
            turns: Arc::new(Semaphore::new(
                std::thread::available_parallelism().map_or(1, usize::from),
            )),
        }
    }

    /// A turn to do what takes a while. Take it before anything that others wait for.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed.
        self.turns.clone().acquire_owned().await.ok()
    }

    /// The store.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// How many companies are in memory.
    pub fn loaded(&self) -> usize {
        let companies = self.companies.lock();
        let companies = companies.unwrap_or_else(PoisonError::into_inner);
        let is_loaded = |cell: &&Cell| cell.audit.try_read().is_ok_and(|audit| audit.is_some());
        companies.values().filter(is_loaded).count()
    }

    /// The companies that somebody has asked for.
    pub(crate) fn companies(&self) -> Vec<String> {
        let companies = self.companies.lock();
        let companies = companies.unwrap_or_else(PoisonError::into_inner);
        companies.keys().cloned().collect()
    }

    fn cell(&self, company: &str) -> Cell {
        let companies = self.companies.lock();
        let mut companies = companies.unwrap_or_else(PoisonError::into_inner);
        companies.entry(company.to_owned()).or_default().clone()
    }

    /// The audit of a company as it stands, loaded where it is not.
    ///
    /// # Errors
    /// Where the company cannot be loaded.
    pub async fn read(&self, company: &str, now: Instant) -> Result<Reading, Error> {
        let cell = self.cell(company);
        loop {
            let guard = cell.audit.clone().read_owned().await;
            let is_behind = cell.is_behind.load(Ordering::Acquire);
            if let Ok(reading) = OwnedRwLockReadGuard::try_map(guard, Option::as_ref)
                && !is_behind
            {
                return Ok(reading);
            }
            drop(self.write(company, now).await?);
        }
    }

    /// The audit of a company, to be changed.
    async fn write(&self, company: &str, now: Instant) -> Result<Writing, Error> {
        let cell = self.cell(company);
        let mut guard = cell.audit.write_owned().await;
        if cell.is_behind.swap(false, Ordering::AcqRel) {
            *guard = None;
        }
        if guard.is_none() {
            *guard = Some(load::load(&self.store, company, now).await?);
            self.changed.notify_waiters();
        }
        Ok(Writing {
            audit: guard.take(),
            is_doubtful: false,
            guard,
            company: company.to_owned(),
            store: self.store.clone(),
            changed: self.changed.clone(),
        })
    }

    /// Adds a batch of events to a company: written down when this returns, and judged; lost
    /// deals get their checks. `answer` makes the receipt of how many were new and how many
    /// known. A batch that was answered already under the same key does nothing and gets that
    /// answer.
    ///
    /// # Errors
    /// What the store says, or where another batch came under the key; nothing is added then.
    pub async fn add_events<A: Serialize + DeserializeOwned>(
        &self,
        company: &str,
        batch: &[events::NewEvent<'_>],
        once: Option<Once<'_>>,
        answer: impl FnOnce(u64, u64) -> A,
        now: Instant,
    ) -> Result<A, Error> {
        // A company that cannot be loaded takes no events. Pages are not kept waiting while the disk
        // is written to.
        drop(self.read(company, now).await?);
        let cell = self.cell(company);
        let _turn = cell.turn.lock().await;
        let mut tx = self.store.begin().await?;
        if let Some(Once { key, hash }) = once {
            match idempotency::take(&mut tx, company, now, key, hash).await? {
                Seen::New => {}
                Seen::Answered(answer) => return serde_json::from_str(&answer).map_err(inside),
                Seen::Different => {
                    let told = "another batch came under this key; use a new one for each batch";
                    return Err(Error::Conflict(told.to_owned()));
                }
            }
        }
        let receipts = events::add(&mut tx, company, now, batch).await?;
        let (mut known, mut last) = (0, 0);
        let mut new: Vec<Record<'_>> = Vec::new();
        for (event, receipt) in batch.iter().zip(receipts) {
            match receipt {
                events::Receipt::Added { received } => {
                    last = received;
                    new.push(event.record().clone());
                }
                events::Receipt::Known { .. } => known += 1,
            }
        }
        let answer = answer(new.len() as u64, known);
        if let Some(Once { key, .. }) = once {
            let kept = serde_json::to_string(&answer).map_err(inside)?;
            idempotency::answer(&mut tx, company, key, &kept).await?;
        }
        let coming = Coming(Some(cell.is_behind.clone()));
        tx.commit().await?;
        let mut writing = self.write(company, now).await?;
        coming.came();
        writing
            .change(now, |audit| match &new[..] {
                [] => Vec::new(),
                // It was loaded meanwhile, with them.
                _ if audit.received >= last => Vec::new(),
                new => audit.add(new, last, now),
            })
            .await?;
        // Also of events that stand already: a batch that broke off here comes again.
        if let Some(audit) = &writing.audit {
            let deals = lost::concerned(batch);
            lost::follow(&self.store, company, audit, Some(&deals), now).await?;
        }
        Ok(answer)
    }

    /// Changes what the company's tables say of people, groups and stages, and judges by that.
    /// The journal says with `note` that `person` did it.
    ///
    /// # Errors
    /// What the store says; nothing changes then.
    pub async fn change_tables(
        &self,
        company: &str,
        change: &TableChange,
        (person, note): (&str, Note),
        now: Instant,
    ) -> Result<(), Error> {
        let mut writing = self.write(company, now).await?;
        let mut tx = self.store.begin().await?;
        change.write(&mut tx, company).await?;
        journal::note(&mut tx, company, person, note, now).await?;
        let tables = reference::load(&mut tx, company).await?;
        writing.commit(tx).await?;
        writing
            .change(now, |audit| audit.relist(&tables, now))
            .await?;
        Ok(())
    }

    /// Changes which versions of the regulation are in force, and judges by them. The journal says with
    /// `note` that `person` did it.
    ///
    /// # Errors
    /// What the store says, or where the versions left are no regulation; nothing changes then.
    pub async fn change_regulation(
        &self,
        company: &str,
        change: &RegulationChange,
        (person, note): (&str, Note),
        now: Instant,
    ) -> Result<(), Error> {
        let mut writing = self.write(company, now).await?;
        let mut tx = self.store.begin().await?;
        match change {
            RegulationChange::Add { versions, base } => {
                let last = regulations::last(&mut tx, company).await?;
                if base.is_some_and(|base| base != last) {
                    let told = "another version was put in force meanwhile; look at it first";
                    return Err(Error::Conflict(told.to_owned()));
                }
                for version in versions {
                    regulations::add(&mut tx, company, now, version).await?;
                }
            }
            RegulationChange::Withdraw { effective, author } => {
                regulations::withdraw(&mut tx, company, now, effective, author).await?;
            }
        }
        journal::note(&mut tx, company, person, note, now).await?;
        let versions = in_force(&mut tx, company).await?;
        let regulation = regulation_of(&versions)?;
        writing.commit(tx).await?;
        writing
            .change(now, |audit| audit.regulate(regulation, now))
            .await?;
        Ok(())
    }

    /// Loads a company anew, after much was written to it past its audit.
    ///
    /// # Errors
    /// Where it cannot be loaded; the next one who asks for it tries again.
    pub(crate) async fn reload(&self, company: &str, now: Instant) -> Result<(), Error> {
        let cell = self.cell(company);
        let mut guard = cell.audit.write_owned().await;
        cell.is_behind.store(false, Ordering::Release);
        // First: two of them might not fit into memory.
        *guard = None;
        *guard = Some(load::load(&self.store, company, now).await?);
        self.changed.notify_waiters();
        Ok(())
    }

    /// Lets time pass for every company in memory; when to do so again. None: only an event can
    /// change anything.
    pub async fn tick(&self, now: Instant) -> Option<Instant> {
        let companies = self.companies();
        let mut next: Option<Instant> = None;
        for company in companies {
            match self.tick_one(&company, now).await {
                Ok(Some(at)) => next = Some(next.map_or(at, |next| next.min(at))),
                Ok(None) => {}
                Err(error) => tracing::error!(company, error = %error, "cannot judge a company"),
            }
        }
        next
    }

    async fn tick_one(&self, company: &str, now: Instant) -> Result<Option<Instant>, Error> {
        let wake_up = match self.cell(company).audit.try_read_owned() {
            Ok(audit) => match &*audit {
                Some(audit) => audit.live.wake_up(),
                None => return Ok(None),
            },
            // Perhaps it is being loaded: the other companies do not wait for that.
            Err(_) => return Ok(Some(now + SECOND)),
        };
        if wake_up.is_none_or(|at| at > now) {
            return Ok(wake_up);
        }
        let mut writing = self.write(company, now).await?;
        writing.change(now, |audit| audit.live.tick(now)).await?;
        Ok(writing.wake_up())
    }

    /// Judges what falls due, when it falls due, until the end of the program. `clock` tells the
    /// time.
    pub async fn keep_awake(self, clock: impl Fn() -> Instant + Send) {
        loop {
            let changed = self.changed.notified();
            let now = clock();
            let next = self.tick(now).await;
            // A clock that is set may pass an instant unnoticed: an hour at the most.
            let wait = next.map_or(HOUR, |at| (at - clock()).clamp(0, HOUR));
            let wait = std::time::Duration::from_millis(wait.unsigned_abs().max(10));
            tokio::select! {
                () = changed => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Loads every company of the store.
    ///
    /// # Errors
    /// Where the store does not list them. A company that cannot be loaded is told in the log.
    pub async fn load_all(&self, now: Instant) -> Result<(), StoreError> {
        let mut reader = self.store.reader().await?;
        let all = companies::list(&mut reader).await?;
        drop(reader);
        for company in all {
            if let Err(error) = self.read(&company.id, now).await {
                tracing::error!(company = company.id, error = %error, "cannot load a company");
            }
        }
        Ok(())
    }
}

/// Work that takes a while: other tasks of this thread go to another one.
pub(crate) fn heavy<T>(work: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    match Handle::current().runtime_flavor() {
        // There is no other thread.
        RuntimeFlavor::CurrentThread => work(),
        _ => tokio::task::block_in_place(work),
    }
}

const SECOND: Instant = 1000;
const HOUR: Instant = 60 * 60 * SECOND;

/// A company's audit being changed. Whoever breaks off puts it back, unless the store may already
/// know more than the audit: then it is let go of.
struct Writing {
    guard: OwnedRwLockWriteGuard<Option<Audit>>,
    audit: Option<Audit>,
    is_doubtful: bool,
    company: String,
    store: Arc<Store>,
    changed: Arc<Notify>,
}

impl Drop for Writing {
    fn drop(&mut self) {
        if !self.is_doubtful {
            *self.guard = self.audit.take();
        }
    }
}

impl Writing {
    /// Commits what the audit is to follow.
    async fn commit(&mut self, tx: Tx) -> Result<(), Error> {
        self.is_doubtful = true;
        Ok(tx.commit().await?)
    }

    /// Changes the audit and writes down what changed of its findings.
    async fn change(
        &mut self,
        now: Instant,
        work: impl FnOnce(&mut Audit) -> Vec<live::Change>,
    ) -> Result<(), Error> {
        self.is_doubtful = true;
        let Some(audit) = self.audit.as_mut() else {
            return Err(Error::Inside("the audit of the company is gone".to_owned()));
        };
        let changes = heavy(|| work(&mut *audit));
        audit.whole.judged(audit.live.take_touched());
        keep::keep(&self.store, &self.company, audit, &changes, now).await?;
        self.is_doubtful = false;
        self.changed.notify_waiters();
        Ok(())
    }

    fn wake_up(&self) -> Option<Instant> {
        self.audit.as_ref().and_then(|audit| audit.live.wake_up())
    }
}
