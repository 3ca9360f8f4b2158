//! «Какие замечания есть?»: all findings that somebody may see, narrowed by what the address says.

use ::figures::Period;
use app::life::finding::State as Stand;
use app::life::seen::{self, Part, Wanted, Working};
use app::life::tell;
use app::permissions::{Deed, Whose};
use askama::Template;
use audit::regulation::Severity;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use store::findings::{Cursor, Filter, Finding};

use super::act;
use super::address::with;
use super::field::{self, Field, Offer};
use super::finding::{Outcomes, Shown, Teller};
use super::outcomes::Done;
use super::saved::Lists;
use super::table::Download;
use super::{Member, Page, findings_file, show};
use crate::extract::Query;
use crate::loaded::Loaded;
use crate::problem::Problem;
use crate::state::AppState;

/// Findings on one page.
const SHOWN: usize = 50;
/// How often an empty page is passed over.
const TRIES: usize = 20;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/findings", get(list).post(act::act_on_many))
        .route("/findings/undo", post(act::undo))
}

#[derive(Template)]
#[template(path = "findings.html")]
struct FindingsPage {
    page: Page,
    zone: String,
    lists: Lists,
    /// Where all of them can be taken away.
    files: [String; 2],
    fields: Vec<Field>,
    from: String,
    to: String,
    /// Whether the list is narrowed at all.
    narrowed: bool,
    done: Option<Done>,
    findings: Vec<Shown>,
    /// Whether the reader may do anything with one of them, and with some of them together.
    can_act: bool,
    can_choose: bool,
    /// This page's own address.
    next: String,
    /// The beginning of the list, where this is not it.
    first: Option<String>,
    later: Option<String>,
}

/// The state of the filter, as the address says it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    rule: String,
    employee: String,
    nobody: String,
    group: String,
    stage: String,
    pipeline: String,
    severity: String,
    state: String,
    open: String,
    figures: String,
    again: String,
    worked: String,
    exemption: String,
    from: String,
    to: String,
    after: String,
    #[serde(flatten)]
    outcomes: Outcomes,
    #[serde(flatten)]
    download: Download,
}

impl Asked {
    /// The address of the list, from its beginning.
    fn address(&self) -> String {
        let parameters = [
            ("rule", self.rule.as_str()),
            ("employee", &self.employee),
            ("nobody", &self.nobody),
            ("group", &self.group),
            ("stage", &self.stage),
            ("pipeline", &self.pipeline),
            ("severity", &self.severity),
            ("state", &self.state),
            ("open", &self.open),
            ("figures", &self.figures),
            ("again", &self.again),
            ("worked", &self.worked),
            ("exemption", &self.exemption),
            ("from", &self.from),
            ("to", &self.to),
        ];
        with("/findings", &parameters)
    }

    fn after(&self) -> Option<Cursor> {
        let (at, id) = self.after.split_once('.')?;
        let (at, id) = (at.parse().ok()?, id.to_owned());
        Some(Cursor { at, id })
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// A date of the filter; one that cannot be read does not narrow.
fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response<Body>, Problem> {
    let (now, actor, words) = (state.now(), &member.actor, member.words());
    let loaded = Loaded::of(&state, actor).await?;
    let (office, teller) = (loaded.office(), Teller::new(&loaded, &member, now));
    let zone = &teller.version().zone;
    let employees = match (asked.nobody.as_str(), asked.employee.as_str()) {
        ("yes", _) => Some([""]),
        (_, "") => None,
        (_, employee) => Some([employee]),
    };
    let history = loaded.audit().live().history();
    let stages = some(&asked.pipeline).map(|id| field::stages_of(history, id));
    let open = match asked.open.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let end = date(&asked.to).map(|last| last.saturating_add(1.day()));
    let from = date(&asked.from).map(|first| zone.start_of_day(first));
    let to = end.map(|end| zone.start_of_day(end));
    let working = Working::parse(&asked.worked);
    // Of what was worked off the days are those in which it was, whenever it came about.
    let days = Period {
        from: from.unwrap_or(Period::EVER.from),
        to: to.unwrap_or(Period::EVER.to),
    };
    let mut severities = Severity::ALL.iter().copied();
    let severity = severities.find(|one| one.as_str() == asked.severity);
    let filter = Filter {
        rule: some(&asked.rule),
        employees: employees.as_ref().map(|one| &one[..]),
        stage: some(&asked.stage),
        stages: stages.as_deref(),
        // A decision can only make it less grave than its rule says.
        severity: (severity == Some(Severity::Gross)).then_some(Severity::Gross.as_str()),
        from: from.filter(|_| working.is_none()),
        to,
        standing: (asked.state != Stand::Withdrawn.as_str()).then_some(true),
        open,
        ..Filter::default()
    };
    let stand = Stand::parse(&asked.state);
    let wanted = Wanted {
        states: stand.as_slice(),
        part: Part::parse(&asked.figures),
        severity,
        exemption: some(&asked.exemption),
        again: asked.again == "yes",
        group: some(&asked.group),
        worked: working.map(|working| (working, days)),
    };
    if asked.download.is_wanted() {
        let table = findings_file::table(&state, &member, &teller, (&filter, &wanted)).await?;
        if let Some(file) = asked.download.answer(words, &[&table])? {
            return Ok(file);
        }
    }
    let after = asked.after();
    let (mut page, mut behind) = (seen::Page::default(), after.clone());
    // A page may come out empty although the list goes on.
    for _ in 0..TRIES {
        let paging = (behind.as_ref(), SHOWN);
        page = seen::search(&state.store, actor, office, (&filter, &wanted), paging, now).await?;
        if !page.findings.is_empty() || page.next.is_none() {
            break;
        }
        behind = page.next.clone();
    }
    let rows: Vec<Finding> = page
        .findings
        .iter()
        .map(|seen| seen.finding.clone())
        .collect();
    tell::shown(&state.store, actor, office, &rows, now).await?;
    let address = asked.address();
    let findings: Vec<Shown> = page
        .findings
        .iter()
        .map(|seen| teller.finding(seen))
        .collect();
    let shown = FindingsPage {
        done: asked.outcomes.told(&state, actor, &teller).await,
        can_act: findings.iter().any(Shown::can_do),
        can_choose: findings.iter().any(Shown::can_choose),
        next: with(&address, &[("after", &asked.after)]),
        files: ["xlsx", "csv"]
            .map(|format| with(&address, &[("format", format), ("table", "findings")])),
        lists: Lists::of(&state, &member, "/findings", &address).await?,
        page: member.page(words.text("findings-title")),
        zone: zone.name().to_owned(),
        fields: fields(&asked, &teller, &member)?,
        narrowed: address != "/findings",
        findings,
        later: page.next.map(|next| {
            let after = format!("{}.{}", next.at, next.id);
            with(&address, &[("after", &after)])
        }),
        first: after.is_some().then_some(address),
        from: asked.from,
        to: asked.to,
    };
    Ok(show(StatusCode::OK, &shown))
}

fn fields(asked: &Asked, teller: &Teller<'_>, member: &Member) -> Result<Vec<Field>, Problem> {
    let words = teller.words;
    let history = teller.audit.live().history();
    let whose = member.actor.whose(Deed::SeeFindings)?;
    let field =
        |name: &'static str, chosen: &str, all: Vec<Offer>| Field::of(words, name, chosen, all);
    let rules = teller.version().entries.iter();
    let mut rules: Vec<Offer> = rules
        .map(|entry| (entry.name.clone(), teller.rule(&entry.name)))
        .collect();
    rules.sort_by(|a, b| a.1.cmp(&b.1));
    let people = field::people(teller, &whose);
    let groups = field::groups(teller);
    let pipelines = field::pipelines(history);
    let severities = Severity::ALL.iter().map(|one| one.as_str());
    let severities = severities.map(|one| (one.to_owned(), words.word("severity", one)));
    let states = Stand::ALL.iter().map(|state| state.as_str());
    let states = states.map(|state| (state.to_owned(), words.word("state", state)));
    let open = ["yes", "no"].map(|word| (word.to_owned(), words.word("filter-open", word)));
    let parts = Part::ALL.iter().map(|part| part.as_str());
    let parts = parts.map(|part| (part.to_owned(), words.word("filter-figures", part)));
    let again = ("yes".to_owned(), words.text("filter-again-yes"));
    let worked = Working::ALL.iter().map(|working| working.as_str());
    let worked = worked.map(|word| (word.to_owned(), words.word("filter-worked", word)));
    let mut fields = vec![field("rule", &asked.rule, rules)];
    // One's own need no choice.
    if people.len() > 1 {
        fields.push(field("employee", &asked.employee, people));
    }
    if whose == Whose::Everyone && !groups.is_empty() {
        fields.push(field("group", &asked.group, groups));
    }
    if pipelines.len() > 1 {
        fields.push(field("pipeline", &asked.pipeline, pipelines));
    }
    fields.extend([
        field("stage", &asked.stage, field::stages(teller)),
        field("severity", &asked.severity, severities.collect()),
        field("state", &asked.state, states.collect()),
        field("open", &asked.open, open.to_vec()),
        field("figures", &asked.figures, parts.collect()),
        field("again", &asked.again, vec![again]),
        field("worked", &asked.worked, worked.collect()),
    ]);
    Ok(fields)
}
