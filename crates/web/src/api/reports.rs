//! Reports of weeks and months: made, looked over, sent, and taken away.

use std::borrow::Cow;
use std::collections::BTreeMap;

use app::period_report::Whom;
use app::reports::{self, Kept, Passage};
use app::{Fault, Instant};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::FormName;
use super::some;
use crate::extract::{Caller, Json, Query};
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::report_file;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(show))
        .routes(routes!(edit))
        .routes(routes!(send))
        .routes(routes!(file))
}

/// A report.
#[derive(Serialize, ToSchema)]
struct Report {
    id: String,
    /// `week` or `month`.
    #[schema(example = "week")]
    kind: String,
    /// On what: `company`, `group` or `employee`.
    #[schema(example = "group")]
    scope: String,
    /// Which group or employee; absent: the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// Its first day.
    #[schema(example = "2026-04-06")]
    from: String,
    /// Its last day.
    #[schema(example = "2026-04-12")]
    to: String,
    /// The language of its words: `ru` or `en`.
    language: String,
    title: String,
    made_at: Instant,
    /// The person who made it; absent: the schedule.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_by: Option<String>,
    /// When its words were changed last; absent: they stand as they were generated.
    #[serde(skip_serializing_if = "Option::is_none")]
    edited_at: Option<Instant>,
    /// When it was sent; absent: it is a draft, which only those see who write reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<Instant>,
}

impl Report {
    fn of(report: reports::Report) -> Report {
        Report {
            subject: some(&report.subject),
            made_by: some(&report.made_by),
            id: report.id,
            kind: report.kind,
            scope: report.scope,
            from: report.from_day,
            to: report.to_day,
            language: report.language,
            title: report.title,
            made_at: report.made_at,
            edited_at: report.edited_at,
            sent_at: report.sent_at,
        }
    }
}

/// A report with its words. Its figures are in its files.
#[derive(Serialize, ToSchema)]
struct ReportOpened {
    #[serde(flatten)]
    report: Report,
    /// In the order of the report.
    texts: Vec<ReportText>,
}

/// A text of a report.
#[derive(Serialize, ToSchema)]
struct ReportText {
    /// By which it is changed.
    id: String,
    /// The headings above it.
    heading: String,
    /// As it is read; empty: it is left out.
    text: String,
    /// What the program wrote; absent: that, or one does not write reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    generated: Option<String>,
}

impl ReportText {
    fn of(passage: Passage, writes: bool) -> ReportText {
        let generated = match passage.changed {
            Some(_) if writes => Some(passage.generated.clone()),
            _ => None,
        };
        ReportText {
            text: passage.text().to_owned(),
            id: passage.id,
            heading: passage.heading,
            generated,
        }
    }
}

impl ReportOpened {
    fn of(kept: Kept, writes: bool) -> ReportOpened {
        let texts = kept.passages().into_iter();
        ReportOpened {
            texts: texts
                .map(|passage| ReportText::of(passage, writes))
                .collect(),
            report: Report::of(kept.report),
        }
    }
}

/// Reports that one may see, those of the latest days first.
#[utoipa::path(
    get, path = "/api/v1/reports", tag = "reports", operation_id = "reports", params(Paging),
    responses((status = 200, description = "A page of reports", body = Page<Report>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Report>>, Problem> {
    let after: Option<(String, String)> = paging.after()?;
    let after = after.as_ref().map(|(day, id)| (day.as_str(), id.as_str()));
    let (fetch, now) = (paging.fetch()?, state.now());
    let list = reports::list(&state.audits, &actor, after, fetch, now).await?;
    let page = Page::new(&paging, list, |one| (one.to_day.clone(), one.id.clone()))?;
    Ok(Json(page.map(Report::of)))
}

/// What a report is to be on.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReportScope {
    Company,
    Group,
    Employee,
}

/// Of which period.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReportKind {
    Week,
    Month,
}

/// A report to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "kind": "week", "day": "2026-04-06", "scope": "company" }))]
struct NewReport {
    kind: ReportKind,
    /// A day of the week or month.
    #[schema(example = "2026-04-06")]
    day: String,
    scope: ReportScope,
    /// The id of the group or employee; of a report on the company empty.
    #[serde(default)]
    subject: String,
    /// The language of its words: `ru` (if absent) or `en`.
    #[schema(pattern = "^(ru|en)$")]
    language: Option<String>,
}

impl NewReport {
    fn whom(&self) -> Result<Whom<'_>, Problem> {
        match (self.scope, self.subject.as_str()) {
            (ReportScope::Company, "") => Ok(Whom::Company),
            (ReportScope::Group, id) if !id.is_empty() => Ok(Whom::Group(id)),
            (ReportScope::Employee, id) if !id.is_empty() => Ok(Whom::Employee(id)),
            (ReportScope::Company, _) => {
                let told = "a report on the company has none; leave it out";
                Err(Problem::field("subject", "unfit", told))
            }
            _ => {
                let told = "the id of the group or employee that the report is on";
                Err(Problem::field("subject", "missing", told))
            }
        }
    }

    fn kind(&self) -> &'static str {
        match self.kind {
            ReportKind::Week => "week",
            ReportKind::Month => "month",
        }
    }
}

/// The use case speaks of the period; a request names a day of it.
fn of_the_day(error: app::Error) -> app::Error {
    let day = |fault: Fault| match fault.field {
        "period" => Fault {
            field: "day",
            ..fault
        },
        _ => fault,
    };
    match error {
        app::Error::Invalid(faults) => app::Error::Invalid(faults.into_iter().map(day).collect()),
        other => other,
    }
}

/// Make the draft of a report. An earlier draft of the same days on the same people gives way.
#[utoipa::path(
    post, path = "/api/v1/reports", tag = "reports", operation_id = "report_make",
    request_body = NewReport,
    responses((status = 201, description = "The draft", body = Report), Problem)
)]
async fn make(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<NewReport>,
) -> Result<impl IntoResponse, Problem> {
    let span = reports::period(asked.kind(), &asked.day).map_err(app::Error::from)?;
    let lang = super::language(asked.language.as_deref().unwrap_or("ru"))?;
    let which = (asked.whom()?, span);
    let made = reports::make(&state.audits, &actor, which, lang, state.now()).await;
    let made = made.map_err(of_the_day)?;
    Ok((StatusCode::CREATED, Json(Report::of(made))))
}

/// A report with its words.
#[utoipa::path(
    get, path = "/api/v1/reports/{id}", tag = "reports", operation_id = "report",
    params(("id" = String, Path, description = "The report")),
    responses((status = 200, description = "The report", body = ReportOpened), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<ReportOpened>, Problem> {
    let kept = reports::open(&state.audits, &actor, &id, state.now()).await?;
    Ok(Json(ReportOpened::of(kept, reports::writes(&actor))))
}

/// Words to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "texts": { "summary-company": "Неделя прошла без просрочек." } }))]
struct ReportTexts {
    /// New words by the ids of texts, at most 5000 bytes each. An empty text is left out of the
    /// report; the words that were generated bring it back.
    texts: BTreeMap<String, String>,
}

/// Change words of a draft; texts that are not named stay.
#[utoipa::path(
    patch, path = "/api/v1/reports/{id}/texts", tag = "reports", operation_id = "report_edit",
    params(("id" = String, Path, description = "The report")), request_body = ReportTexts,
    responses((status = 204, description = "Changed"), Problem)
)]
async fn edit(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(asked): Json<ReportTexts>,
) -> Result<StatusCode, Problem> {
    reports::edit(&state.store, &actor, &id, &asked.texts, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Send a draft to those whom it is for. It stays as it is from then on.
#[utoipa::path(
    post, path = "/api/v1/reports/{id}/send", tag = "reports", operation_id = "report_send",
    params(("id" = String, Path, description = "The report")),
    responses((status = 204, description = "Sent"), Problem)
)]
async fn send(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let press = state.press.clone();
    reports::send(&state.audits, &actor, &id, &*press, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a file holds.
struct ReportFile;

impl PartialSchema for ReportFile {
    fn schema() -> RefOr<Schema> {
        let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
        let file = ObjectBuilder::new().schema_type(Type::String);
        RefOr::T(Schema::Object(file.format(Some(binary)).build()))
    }
}

impl ToSchema for ReportFile {
    fn name() -> Cow<'static, str> {
        "ReportFile".into()
    }
}

/// A report as a file: the very one that went out, or of a draft the one that would.
#[utoipa::path(
    get, path = "/api/v1/reports/{id}/files/{form}", tag = "reports", operation_id = "report_file",
    params(
        ("id" = String, Path, description = "The report"),
        ("form" = FormName, Path, description = "A page, paper, a workbook, or a message for a chat"),
    ),
    responses(
        (status = 200, description = "The file", content(
            (ReportFile = "text/html"),
            (ReportFile = "application/pdf"),
            (ReportFile =
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (ReportFile = "text/plain"),
        )),
        Problem,
    )
)]
async fn file(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response<Body>, Problem> {
    let form = report_file::form(&form)?;
    let press = state.press.clone();
    let asked = (id.as_str(), form);
    let file = reports::file(&state.audits, &actor, asked, &*press, state.now()).await?;
    Ok(report_file::answer(form, file)?)
}
