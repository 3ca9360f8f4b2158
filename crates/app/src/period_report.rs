//! The report of a week, a month or any days on the company, a group or an employee, as a document.

use audit::judge::Finding;
use audit::message::Speaker;
use audit::regulation::Regulation;
use figures::backtest::{Identity, identity};
use figures::light::Who;
use figures::{Audited, Everybody, Options, Span};
use history::{EmployeeId, GroupId, History, Instant};
use report::document::Document;
use report::period::{self, AllBeside};
use rustc_hash::FxHashMap;
use store::Store;
use wording::Lang;

use crate::accounts;
use crate::actor::Actor;
use crate::audits::{Audit, Audits, Held, heavy, look};
use crate::beside::{Names, beside};
use crate::compare::rejudged;
use crate::error::Error;
use crate::figures::NO_PROBLEMS;
use crate::life::book::Book;
use crate::life::books::Opened;
use crate::life::office::{self, Office};
use crate::permissions::{Deed, Whose};

/// How many of the worst deals are told.
const WORST: usize = 10;

/// On whom a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom<'a> {
    /// The whole company.
    Company,
    /// A group, by its id.
    Group(&'a str),
    /// An employee, by their id.
    Employee(&'a str),
}

/// What to report.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// On whom.
    pub whom: Whom<'a>,
    /// On which days; none: the last full week.
    pub span: Option<Span>,
    /// Whether each group and employee that belongs to it has a chapter of its own.
    pub chapters: bool,
    /// In which language.
    pub lang: Lang,
}

/// Makes the report. Its figures are the same whoever asks for it: those of the whole company are
/// reckoned, and whom it is on decides what of them it tells. An employee's is for themselves, a
/// group's for its lead, and all are for those who see figures of the whole company.
///
/// # Errors
/// Where the access does not reach whom it is on, the company knows no such group or employee, or the
/// store fails.
pub async fn period_report(
    audits: &Audits,
    actor: &Actor,
    asked: Asked<'_>,
    now: Instant,
) -> Result<Document, Error> {
    let whose = actor.whose(Deed::SeeFigures)?;
    // A whole company is much work and much memory: no more at a time than there are cores.
    let _turn = audits.turn().await;
    let audit = audits.read(&actor.company, now).await?;
    let who = who(&audit, &whose, asked.whom, now)?;
    let book = Book::open(audits.store(), &actor.company).await?;
    let wanted = Wanted {
        who,
        span: asked.span,
        chapters: asked.chapters,
        lang: asked.lang,
    };
    let names = names(audits.store(), &actor.company).await?;
    let from = Source {
        audit: &audit,
        book: &book,
        names: &names,
        now,
    };
    heavy(|| from.made(wanted))
}

/// The names of a company's people.
async fn names(store: &Store, company: &str) -> Result<Names, Error> {
    let mut reader = store.reader().await?;
    accounts::names_in(&mut reader, company).await
}

/// What to report, with whom it is on as figures know them.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// On whom.
    pub who: Who,
    /// On which days; none: the last full week.
    pub span: Option<Span>,
    /// Whether each group and employee that belongs to it has a chapter of its own.
    pub chapters: bool,
    /// In which language.
    pub lang: Lang,
}

/// Makes a report on a company of a store for whoever keeps the machine. Nothing is written, so a
/// server may run beside. `choose` says what to report, knowing the company's people and hours.
///
/// # Errors
/// What `choose` says; where the company cannot be loaded.
pub async fn of_store<E: From<Error>>(
    store: &Store,
    company: &str,
    choose: impl FnOnce(&History, &Regulation) -> Result<Wanted, E>,
    now: Instant,
) -> Result<Document, E> {
    let audit = look(store, company, now).await?;
    let wanted = choose(audit.live().history(), audit.live().regulation())?;
    let book = Book::open(store, company).await.map_err(Error::from)?;
    let names = names(store, company).await?;
    let from = Source {
        audit: &audit,
        book: &book,
        names: &names,
        now,
    };
    Ok(heavy(|| from.made(wanted))?)
}

/// Makes the reports of a period on the company, on each of its groups and on each of its employees who
/// had anything to do in it, in one reckoning: for the schedule, which asks nobody's leave.
///
/// # Errors
/// Where the company cannot be loaded, or the store fails.
pub(crate) async fn on_everybody(
    audits: &Audits,
    company: &str,
    (span, lang): (Span, Lang),
    wants: impl Fn(Whom<'_>) -> bool + Sync,
    now: Instant,
) -> Result<Vec<(Who, Document)>, Error> {
    let _turn = audits.turn().await;
    let audit = audits.read(company, now).await?;
    let book = Book::open(audits.store(), company).await?;
    let names = names(audits.store(), company).await?;
    let from = Source {
        audit: &audit,
        book: &book,
        names: &names,
        now,
    };
    let people = &audit.live().history().people;
    let wanted = |who: &Who| match who {
        Who::Company => wants(Whom::Company),
        Who::Group(group) => group.is_some() && wants(Whom::Group(people.group_ids.get(group.0))),
        Who::Employee(id) => id.is_some() && wants(Whom::Employee(people.ids.get(id.0))),
    };
    heavy(|| {
        from.reckoned((Some(span), lang), |making| {
            let everybody = making.everybody.measured.keys().copied();
            let all = everybody.filter(|who| wanted(who));
            let chapters = |who: &Who| matches!(who, Who::Company | Who::Group(_));
            all.map(|who| (who, making.document(who, chapters(&who))))
                .collect()
        })
    })
}

/// What reports of one period are made from.
struct Making<'m> {
    everybody: &'m Everybody<'m>,
    speaker: &'m Speaker<'m>,
    pages: &'m FxHashMap<Identity<'m>, &'m str>,
    beside: &'m AllBeside,
}

impl Making<'_> {
    fn document(&self, who: Who, chapters: bool) -> Document {
        let audited = &self.everybody.report.audited;
        let page = |finding: &Finding| {
            let id = self.pages.get(&identity(audited.rule(finding), finding))?;
            Some(format!("/findings/{}", report::links::escape(id)))
        };
        let asked = period::Asked {
            who,
            chapters,
            page: &page,
            beside: self.beside,
        };
        period::document(self.everybody, self.speaker, &asked)
    }
}

/// What reports are reckoned from.
#[derive(Clone, Copy)]
struct Source<'f> {
    audit: &'f Audit,
    book: &'f Opened,
    names: &'f Names,
    now: Instant,
}

impl Source<'_> {
    fn made(self, wanted: Wanted) -> Result<Document, Error> {
        self.reckoned((wanted.span, wanted.lang), |making| {
            making.document(wanted.who, wanted.chapters)
        })
    }

    /// Reckons a period, once, for all reports that `make` makes of it.
    fn reckoned<T>(
        self,
        asked: (Option<Span>, Lang),
        make: impl FnOnce(&Making<'_>) -> T,
    ) -> Result<T, Error> {
        let live = self.audit.live();
        self.audit.considered(self.book, |considered| {
            let (history, regulation) = (live.history(), live.regulation());
            let tenures = live.all_tenures();
            let audited = considered.audited(history, regulation, tenures, NO_PROBLEMS, self.now);
            match regulation.versions().len() {
                1 => self.told(audited, None, asked, make),
                several => rejudged(
                    self.audit,
                    self.book,
                    (several - 1, self.now),
                    |_| true,
                    |alone| self.told(audited, Some(*alone), asked, make),
                ),
            }
        })
    }

    fn told<T>(
        self,
        audited: Audited<'_>,
        alone: Option<Audited<'_>>,
        (span, lang): (Option<Span>, Lang),
        make: impl FnOnce(&Making<'_>) -> T,
    ) -> Result<T, Error> {
        let last_week = || Span::last_full_week(audited.zone(), audited.now);
        let options = Options {
            span: span.unwrap_or_else(last_week),
            worst: WORST,
        };
        let (_, flow) = self.audit.flow(audited.now);
        let everybody = Everybody::of(audited, alone, options, &flow);
        let period = everybody.report.period;
        Ok(make(&Making {
            everybody: &everybody,
            speaker: &Speaker::new(audited.history, audited.regulation, lang),
            pages: &pages(self.audit, &audited, options.span),
            beside: &beside(self.audit, self.book, period, self.names)?,
        }))
    }
}

/// The ids of the findings of a period, by what names a finding.
fn pages<'f>(
    audit: &'f Audit,
    audited: &Audited<'f>,
    span: Span,
) -> FxHashMap<Identity<'f>, &'f str> {
    let period = span.period(audited.zone());
    let standing = audit.standing();
    let standing = standing.filter(|Held { finding, .. }| period.holds(finding.at));
    let standing = standing.filter(|Held { id, .. }| !id.is_empty());
    standing
        .map(|Held { id, finding }| (identity(audited.rule(finding), finding), id))
        .collect()
}

/// Whom a report is on, where whoever asks may see it. What is not for their eyes looks as if it were
/// not there.
fn who(audit: &Audit, whose: &Whose, whom: Whom<'_>, now: Instant) -> Result<Who, Error> {
    let live = audit.live();
    let people = &live.history().people;
    let not_found = |what, id: &str| Error::NotFound {
        what,
        id: id.to_owned(),
    };
    match whom {
        Whom::Company => match whose {
            Whose::Everyone => Ok(Who::Company),
            _ => Err(Error::Denied(Deed::SeeFigures)),
        },
        Whom::Group(id) => {
            let is_seen = match whose {
                Whose::Everyone => true,
                Whose::Groups { groups, .. } => groups.contains(id),
                Whose::Employee(_) => false,
            };
            let group = people.group_ids.find(id).filter(|_| is_seen);
            let group = group.ok_or_else(|| not_found("group", id))?;
            Ok(Who::Group(GroupId(group)))
        }
        Whom::Employee(id) => {
            let office = Office::of(live, office::clocks(live));
            let is_seen = office.within(whose, id, now);
            let employee = people.ids.find(id).filter(|_| is_seen);
            let employee = employee.ok_or_else(|| not_found("employee", id))?;
            Ok(Who::Employee(EmployeeId(employee)))
        }
    }
}
