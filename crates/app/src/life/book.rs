//! What people decided about findings, read from the store.

use std::collections::{BTreeMap, BTreeSet};

use audit::judge::Finding as Judged;
use audit::regulation::{Regulation, Severity};
use figures::{Considered, Look, Settled, View};
use history::{EmployeeId, History};
use live::{Live, Standing};
use rustc_hash::FxHashMap;
use store::decisions::Extent;
use store::findings::Finding;
use store::{Connection, StoreError, decisions, exemptions, findings, handmade, rulings};

use super::decision::{Decision, Move};
use super::exemption::{Exemption, Scope};
use super::finding::{Facts, Life, State};
use super::hand::{Place, Step, Taken, Target, Way};
use super::memory;
use super::standing::Ruling;
use super::view::view;
use crate::audits::{Audit, Held};

/// What a finding made by hand has besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// What it is about.
    pub target: Target,
    /// The key of the event it is pinned to; empty: none.
    pub event: String,
    /// Which person made it.
    pub maker: String,
    /// Its way so far.
    pub way: Way,
}

/// All that was decided about some findings, or about all of a company.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    lives: FxHashMap<String, Life>,
    exemptions: Vec<Exemption>,
    advice: BTreeSet<String>,
    hands: FxHashMap<String, Hand>,
    /// The rows of findings made by hand, which never change; empty in a book of some findings.
    made: FxHashMap<String, Finding>,
}

/// What was decided since a book was last looked at.
#[derive(Default)]
pub(super) struct News {
    /// Whether there are no more decisions; only then the rest is told.
    is_all: bool,
    decisions: Vec<(i64, String, Decision)>,
    hands: Vec<(String, Hand)>,
    made: Vec<Finding>,
    /// The number of the last step of a finding made by hand.
    steps: i64,
    /// The exemptions and the rules that have fallen to advice, all of them.
    rules: Option<(Vec<Exemption>, BTreeSet<String>)>,
}

impl Book {
    /// What was decided about all findings of the company, read anew. [`Book::open`] has it in
    /// memory.
    ///
    /// # Errors
    /// Where the store fails or holds a word that this program does not know.
    pub async fn whole(conn: &mut Connection, company: &str) -> Result<Book, StoreError> {
        let (mut book, mut known) = (Book::default(), Extent::default());
        loop {
            let news = News::since(conn, company, &known, true).await?;
            known = news.extent(&known);
            if book.take(news) {
                return Ok(book);
            }
        }
    }

    /// Adds what was decided since; whether that is all.
    pub(super) fn take(&mut self, news: News) -> bool {
        for (_, finding, decision) in news.decisions {
            match self.lives.get_mut(&finding) {
                Some(life) => life.take(&decision),
                None => self.lives.entry(finding).or_default().take(&decision),
            }
        }
        self.hands.extend(news.hands);
        let made = news.made.into_iter();
        self.made
            .extend(made.map(|finding| (finding.id.clone(), finding)));
        if let Some((exemptions, advice)) = news.rules {
            (self.exemptions, self.advice) = (exemptions, advice);
        }
        news.is_all
    }

    /// What was decided about these findings.
    ///
    /// # Errors
    /// Where the store fails or holds a word that this program does not know.
    pub async fn of(
        conn: &mut Connection,
        company: &str,
        findings: &[Finding],
    ) -> Result<Book, StoreError> {
        let mut book = Book::without_findings(conn, company).await?;
        let ids: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
        for row in decisions::of(conn, company, &ids).await? {
            let life = book.lives.entry(row.finding.clone()).or_default();
            life.take(&decision(row)?);
        }
        for finding in findings.iter().filter(|finding| is_by_hand(finding)) {
            if let Some(hand) = Hand::read(conn, company, &finding.id).await? {
                book.hands.insert(finding.id.clone(), hand);
            }
        }
        Ok(book)
    }

    async fn without_findings(conn: &mut Connection, company: &str) -> Result<Book, StoreError> {
        let (exemptions, advice) = rules(conn, company).await?;
        Ok(Book {
            exemptions,
            advice,
            ..Book::default()
        })
    }

    /// The exemptions of the company, the one made first first.
    pub fn exemptions(&self) -> &[Exemption] {
        &self.exemptions
    }

    /// The rules that have fallen to advice.
    pub fn advice(&self) -> &BTreeSet<String> {
        &self.advice
    }

    /// The findings made by hand, in any order; of a book of some findings none.
    pub fn made(&self) -> impl Iterator<Item = &Finding> {
        self.made.values()
    }

    /// What people's decisions about a finding come to.
    pub fn life(&self, finding: &str) -> Life {
        self.lives.get(finding).cloned().unwrap_or_default()
    }

    /// When whom a finding is held against first saw it; none: not yet.
    pub fn told(&self, finding: &str) -> Option<history::Instant> {
        self.lives.get(finding).and_then(|life| life.told)
    }

    /// Which person judged the last dispute about a finding; empty: nobody has.
    pub fn judge(&self, finding: &str) -> &str {
        let dispute = self
            .lives
            .get(finding)
            .and_then(|life| life.dispute.as_ref());
        let verdict = dispute.and_then(|dispute| dispute.verdict.as_ref());
        verdict.map_or("", |(_, judge, _)| judge)
    }

    /// What a finding made by hand has besides.
    pub fn hand(&self, finding: &str) -> Option<&Hand> {
        self.hands.get(finding)
    }

    /// The facts of a finding.
    ///
    /// # Errors
    /// Where its severity is a word that this program does not know.
    pub fn facts<'a>(&'a self, finding: &'a Finding) -> Result<Facts<'a>, StoreError> {
        let hand = self.hand(&finding.id);
        let passed = |hand: &Hand| hand.way.place() == Place::PassedOn;
        Ok(Facts {
            rule: &finding.rule,
            deal: &finding.deal,
            employee: &finding.employee,
            stage: &finding.stage,
            severity: severity(&finding.severity)?,
            at: finding.at,
            until: finding.until,
            withdrawn: !finding.standing,
            maker: hand.map_or("", |hand| &hand.maker),
            by_hand: is_by_hand(finding),
            held: is_by_hand(finding) && !hand.is_some_and(passed),
        })
    }

    /// How a finding enters the figures. [`View::Exempt`] is a place in [`Book::exemptions`].
    pub fn view(&self, id: &str, facts: &Facts<'_>) -> View {
        // A kind of fault that somebody named like a rule is not that rule.
        let advice = !facts.by_hand && self.advice.contains(facts.rule);
        let unborn = Life::default();
        let life = self.lives.get(id).unwrap_or(&unborn);
        view(facts, life, &self.exemptions, advice)
    }

    /// Where a finding stands.
    ///
    /// # Errors
    /// As [`Book::facts`].
    pub fn state(&self, finding: &Finding) -> Result<State, StoreError> {
        Ok(self.life(&finding.id).state(&self.facts(finding)?))
    }

    /// How a finding enters the figures, and what people did with it.
    pub fn look(&self, id: &str, facts: &Facts<'_>) -> Look {
        let life = self.lives.get(id);
        let acknowledged = life.and_then(|life| life.acknowledged);
        Look {
            view: self.view(id, facts),
            acknowledged: acknowledged.map(|(since, _)| since),
            cured: life.and_then(|life| life.marked),
        }
    }

    /// The standing findings of an audit after people have looked at them: what all figures are
    /// made of; those held against people whom `seen` does not let through are not looked at.
    /// [`View::Exempt`] is a place in [`Book::exemptions`].
    pub fn considered(&self, audit: &Audit, seen: impl Fn(EmployeeId) -> bool) -> Considered {
        self.considered_of(audit, |finding| seen(finding.employee))
    }

    /// [`Book::considered`] of some of the findings.
    pub fn considered_of(&self, audit: &Audit, which: impl Fn(&Judged) -> bool) -> Considered {
        let live = audit.live();
        let standing = live.by_breach().iter();
        let standing = standing.filter_map(|number| live.stands(*number));
        self.of_standing(live, standing.filter(|one| which(one.finding)))
    }

    /// [`Book::considered`] of these people alone.
    pub fn considered_against(&self, audit: &Audit, people: &[EmployeeId]) -> Considered {
        let live = audit.live();
        let of = |employee: &EmployeeId| live.against(*employee);
        let mut numbers: Vec<u32> = people.iter().flat_map(of).copied().collect();
        numbers.sort_by_cached_key(|number| live.finding(*number).map(|finding| finding.at));
        let standing = numbers.iter();
        self.of_standing(live, standing.filter_map(|number| live.stands(*number)))
    }

    fn of_standing<'l>(
        &self,
        live: &'l Live,
        standing: impl Iterator<Item = Standing<'l>>,
    ) -> Considered {
        Considered::of(standing.map(|standing| {
            let id = live.kept().id(standing.number);
            let look = self.look(id, &memory::facts(live, &standing));
            (standing.finding, look)
        }))
    }

    /// Some standing findings of an audit after people have looked at them.
    pub fn looked_at<'a>(
        &self,
        audit: &'a Audit,
        held: impl IntoIterator<Item = Held<'a>>,
    ) -> Considered {
        let (history, regulation) = (audit.live().history(), audit.live().regulation());
        let held = held.into_iter().map(|Held { id, finding }| (id, finding));
        self.consider(history, regulation, held, |_| true)
    }

    /// The same of findings that a regulation gives, each with the id under which it is kept; empty:
    /// under none.
    pub fn consider<'f>(
        &self,
        history: &History,
        regulation: &Regulation,
        findings: impl IntoIterator<Item = (&'f str, &'f Judged)>,
        seen: impl Fn(EmployeeId) -> bool,
    ) -> Considered {
        let findings = findings.into_iter();
        let findings = findings.filter(|(_, finding)| seen(finding.employee));
        Considered::of(findings.map(|(id, finding)| {
            let version = &regulation.versions()[usize::from(finding.version)];
            let entry = &version.entries[usize::from(finding.entry)];
            let facts = Facts {
                rule: &entry.name,
                deal: history.deals.get(finding.deal.0),
                employee: history.people.ids.get(finding.employee.0),
                stage: history.pipelines.stage_ids.get(finding.stage.0),
                severity: entry.severity,
                at: finding.at,
                until: finding.until,
                withdrawn: false,
                maker: "",
                by_hand: false,
                held: false,
            };
            (finding, self.look(id, &facts))
        }))
    }

    /// When the findings of each rule and person among `findings` were settled, those that do not
    /// count left out: what others repeat.
    ///
    /// # Errors
    /// As [`Book::facts`].
    pub fn settled<'f>(
        &self,
        findings: &'f [Finding],
    ) -> Result<BTreeMap<(&'f str, &'f str), Settled>, StoreError> {
        let mut settled: BTreeMap<(&str, &str), Settled> = BTreeMap::new();
        for finding in findings
            .iter()
            .filter(|finding| !finding.employee.is_empty())
        {
            let look = self.look(&finding.id, &self.facts(finding)?);
            if matches!(look.view, View::Counts(_)) {
                let key = (finding.rule.as_str(), finding.employee.as_str());
                let instants = [finding.until, look.acknowledged, look.cured];
                settled.entry(key).or_default().add(finding.at, instants);
            }
        }
        settled.values_mut().for_each(Settled::sort);
        Ok(settled)
    }
}

impl News {
    /// What was decided behind `known`, a part of it where that is much; exemptions and rules in
    /// advice only where they may have changed.
    pub async fn since(
        conn: &mut Connection,
        company: &str,
        known: &Extent,
        rules_changed: bool,
    ) -> Result<News, StoreError> {
        let mut news = News {
            steps: known.steps,
            ..News::default()
        };
        let rows = decisions::since(conn, company, known.decisions).await?;
        news.is_all = rows.len() < decisions::PAGE;
        for row in rows {
            let (number, finding) = (row.number, row.finding.clone());
            news.decisions.push((number, finding, decision(row)?));
        }
        if !news.is_all {
            return Ok(news);
        }
        let mut steps: BTreeMap<String, Vec<Taken>> = BTreeMap::new();
        for row in handmade::steps_since(conn, company, known.steps).await? {
            news.steps = row.number;
            let finding = row.finding.clone();
            steps.entry(finding).or_default().push(taken(row)?);
        }
        if known.steps == 0 {
            for row in handmade::all(conn, company).await? {
                let steps = steps.remove(&row.finding).unwrap_or_default();
                news.hands.push((row.finding.clone(), hand(row, &steps)?));
            }
        } else {
            for finding in steps.into_keys() {
                if let Some(hand) = Hand::read(conn, company, &finding).await? {
                    news.hands.push((finding, hand));
                }
            }
        }
        let made: Vec<&str> = news.hands.iter().map(|(id, _)| id.as_str()).collect();
        news.made = findings::some(conn, company, &made).await?;
        if rules_changed {
            news.rules = Some(rules(conn, company).await?);
        }
        Ok(news)
    }

    /// The findings decided on.
    pub fn findings(&self) -> impl Iterator<Item = &str> {
        self.decisions
            .iter()
            .map(|(_, finding, _)| finding.as_str())
    }

    /// Whether exemptions and rules in advice are told.
    pub fn has_rules(&self) -> bool {
        self.rules.is_some()
    }

    /// How far a book knows that knew `known` before.
    pub fn extent(&self, known: &Extent) -> Extent {
        let last = self.decisions.last().map(|(number, ..)| *number);
        Extent {
            decisions: last.unwrap_or(known.decisions),
            steps: self.steps,
            ..*known
        }
    }
}

impl Hand {
    async fn read(
        conn: &mut Connection,
        company: &str,
        finding: &str,
    ) -> Result<Option<Hand>, StoreError> {
        let Some(row) = handmade::find(conn, company, finding).await? else {
            return Ok(None);
        };
        let rows = handmade::steps(conn, company, Some(finding)).await?;
        let steps: Result<Vec<Taken>, _> = rows.into_iter().map(taken).collect();
        Ok(Some(hand(row, &steps?)?))
    }
}

/// The exemptions of a company, and its rules that have fallen to advice.
async fn rules(
    conn: &mut Connection,
    company: &str,
) -> Result<(Vec<Exemption>, BTreeSet<String>), StoreError> {
    let exemptions = exemptions::all(conn, company).await?.into_iter();
    let mut advice = BTreeSet::new();
    for row in rulings::last(conn, company, None).await? {
        if ruling(&row.ruling)?.is_advice() {
            advice.insert(row.rule);
        }
    }
    Ok((exemptions.map(exemption).collect(), advice))
}

/// Whether a finding was made by hand.
pub fn is_by_hand(finding: &Finding) -> bool {
    finding.scope == "hand"
}

fn unreadable(what: &'static str, value: &str) -> StoreError {
    StoreError::Unreadable {
        what,
        value: value.to_owned(),
    }
}

fn severity(word: &str) -> Result<Severity, StoreError> {
    let known = Severity::ALL
        .iter()
        .find(|severity| severity.as_str() == word);
    known
        .copied()
        .ok_or_else(|| unreadable("severity of a finding", word))
}

pub(super) fn ruling(word: &str) -> Result<Ruling, StoreError> {
    Ruling::parse(word).ok_or_else(|| unreadable("ruling about a rule", word))
}

pub(crate) fn decision(row: decisions::Decision) -> Result<Decision, StoreError> {
    let made = Move::parse(&row.made, &row.cause);
    Ok(Decision {
        sequence: row.number,
        at: row.at,
        author: row.author,
        made: made.ok_or_else(|| unreadable("decision on a finding", &row.made))?,
        text: row.text,
    })
}

fn taken(row: handmade::Step) -> Result<Taken, StoreError> {
    let step = Step::parse(&row.step);
    Ok(Taken {
        sequence: row.number,
        at: row.at,
        author: row.author,
        step: step.ok_or_else(|| unreadable("step of a finding made by hand", &row.step))?,
        text: row.text,
        recommendation: row.recommendation,
    })
}

fn hand(row: handmade::Handmade, steps: &[Taken]) -> Result<Hand, StoreError> {
    let target = Target::parse(&row.target);
    Ok(Hand {
        target: target.ok_or_else(|| unreadable("target of a finding", &row.target))?,
        event: row.event,
        maker: row.maker,
        way: Way::of(steps),
    })
}

pub(super) fn exemption(row: exemptions::Exemption) -> Exemption {
    Exemption {
        id: row.id,
        scope: Scope {
            rule: row.rule,
            deal: row.deal,
            employee: row.employee,
            stage: row.stage,
        },
        reason: row.reason,
        author: row.author,
        made_at: row.made_at,
        from: row.from,
        until: row.until,
        ended: row.ended_at,
    }
}
