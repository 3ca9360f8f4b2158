//! What people decided about findings, read from the store.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use audit::regulation::{Regulation, Severity};
use figures::{Considered, Look, Settled, View};
use history::{EmployeeId, History};
use store::findings::Finding;
use store::{Connection, StoreError, decisions, exemptions, handmade, rulings};

use super::decision::{Decision, Move};
use super::exemption::{Exemption, Scope};
use super::finding::{Facts, Life, State};
use super::hand::{Place, Step, Taken, Target, Way};
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
#[derive(Clone, Debug, Default)]
pub struct Book {
    lives: HashMap<String, Life>,
    exemptions: Vec<Exemption>,
    advice: BTreeSet<String>,
    hands: HashMap<String, Hand>,
}

impl Book {
    /// What was decided about all findings of the company.
    ///
    /// # Errors
    /// Where the store fails or holds a word that this program does not know.
    pub async fn whole(conn: &mut Connection, company: &str) -> Result<Book, StoreError> {
        let mut book = Book::without_findings(conn, company).await?;
        for row in decisions::all(conn, company).await? {
            let life = book.lives.entry(row.finding.clone()).or_default();
            life.take(&decision(row)?);
        }
        let mut steps: HashMap<String, Vec<Taken>> = HashMap::new();
        for row in handmade::steps(conn, company, None).await? {
            let finding = row.finding.clone();
            steps.entry(finding).or_default().push(taken(row)?);
        }
        for row in handmade::all(conn, company).await? {
            let steps = steps.remove(&row.finding).unwrap_or_default();
            book.hands.insert(row.finding.clone(), hand(row, &steps)?);
        }
        Ok(book)
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
            if let Some(row) = handmade::find(conn, company, &finding.id).await? {
                let rows = handmade::steps(conn, company, Some(&finding.id)).await?;
                let steps: Result<Vec<Taken>, _> = rows.into_iter().map(taken).collect();
                book.hands.insert(finding.id.clone(), hand(row, &steps?)?);
            }
        }
        Ok(book)
    }

    async fn without_findings(conn: &mut Connection, company: &str) -> Result<Book, StoreError> {
        let exemptions = exemptions::all(conn, company).await?.into_iter();
        let mut advice = BTreeSet::new();
        for row in rulings::last(conn, company, None).await? {
            if ruling(&row.ruling)?.is_advice() {
                advice.insert(row.rule);
            }
        }
        Ok(Book {
            exemptions: exemptions.map(exemption).collect(),
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

    /// What people's decisions about a finding come to.
    pub fn life(&self, finding: &str) -> Life {
        self.lives.get(finding).cloned().unwrap_or_default()
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
        let standing = audit.standing();
        self.looked_at(audit, standing.filter(|held| seen(held.finding.employee)))
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
        findings: impl IntoIterator<Item = (&'f str, &'f audit::judge::Finding)>,
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
