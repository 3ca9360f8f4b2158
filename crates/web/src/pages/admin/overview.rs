//! «Всё ли настроено?»: what of the company's keeping needs a look.

use app::permissions::Deed;
use app::upkeep::{self, Matter};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::routing::get;

use super::may;
use crate::extract::Query;
use crate::pages::Member;
use crate::pages::sheet::Sheet;
use crate::pages::table::{Cell, Download, Row, Table, Value};
use crate::problem::Problem;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/admin", get(overview))
}

/// The list that a matter counts.
fn href(matter: Matter) -> &'static str {
    match matter {
        Matter::FailedJobs => "/admin/jobs",
        Matter::Waiting => "/admin/jobs#lies",
        Matter::Unreached => "/admin/chats#lost",
        Matter::Reports => "/admin/reports#failed",
        Matter::Imports => "/admin/import",
        Matter::Invited => "/admin/people?show=invited",
        Matter::Untied => "/admin/people?show=untied",
        Matter::Groupless => "/admin/employees?show=groupless",
        Matter::Leadless => "/admin/employees?show=leadless#groups",
        Matter::Shiftless => "/admin/employees?show=shiftless",
        Matter::CalendarYears => "/admin/calendar",
    }
}

async fn overview(
    State(state): State<AppState>,
    member: Member,
    Query(download): Query<Download>,
) -> Result<Response<Body>, Problem> {
    let (actor, words) = (&member.actor, member.words());
    let found = upkeep::look(&state.audits, actor, state.now()).await?;
    let mut table = Table::new(&member, "matters", words.text("admin-title"))
        .column(words.text("admin-col-matter"))
        .number(words.text("admin-col-count"));
    let looked = found.len();
    for (matter, count) in found.into_iter().filter(|(_, count)| *count > 0) {
        let word = words.word("admin-matter", matter.name());
        let help = words.word("admin-matter-help", matter.name());
        let count = Cell::from(Value::Count(count as u64)).to(href(matter));
        table.push(Row::of(vec![
            Cell::text(word).to(href(matter)).small(help),
            count,
        ]));
    }
    if let Some(file) = download.answer(words, &[&table])? {
        return Ok(file);
    }
    let places = [
        ("/admin/people", "tab-people", Deed::SeePeople),
        ("/admin/employees", "tab-employees", Deed::SeeEmployees),
        ("/admin/absences", "tab-absences", Deed::SeeEmployees),
        ("/admin/shifts", "tab-shifts", Deed::SeeEmployees),
        ("/admin/calendar", "tab-calendar", Deed::ReadRegulation),
        ("/admin/companies", "tab-companies", Deed::SeeSettings),
        ("/admin/reports", "tab-schedule", Deed::SeeSettings),
        ("/admin/telling", "tab-telling", Deed::SeeSettings),
        ("/admin/pauses", "tab-pauses", Deed::PauseNotices),
        ("/admin/tokens", "tab-tokens", Deed::Tokens),
        ("/admin/chats", "tab-chats", Deed::SeeChats),
        ("/admin/webhooks", "tab-webhooks", Deed::SeeChats),
        ("/admin/jobs", "tab-jobs", Deed::SeeJobs),
        ("/admin/journal", "tab-journal", Deed::SeeJournal),
        ("/admin/import", "tab-import", Deed::SendEvents),
    ];
    let open = places.into_iter().filter(|(_, _, deed)| may(actor, *deed));
    let facts = open.map(|(href, word, _)| {
        let about = words.text(&format!("{word}-about"));
        (words.text(word), about, href.to_owned())
    });
    let count = words.count("admin-looked", looked);
    let sheet = Sheet::new(member.page(words.text("admin-title")))
        .with(crate::pages::sheet::Block::Lead(count))
        .table(table, "admin-all-well")
        .heading("admin-places")
        .with(crate::pages::sheet::Block::Facts(facts.collect()));
    Ok(sheet.show())
}
