//! Daily notes to oneself, and what everybody leaves lying.

use app::Instant;
use app::telling::unhandled::{self, Lies, Lying};
use app::telling::{self, Note};
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::some;
use crate::extract::{Caller, Json, Query};
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(unhandled))
}

/// A daily note, as it was sent.
#[derive(Serialize, ToSchema)]
#[schema(as = Note)]
struct NoteShown {
    id: String,
    /// The local day on which.
    #[schema(example = "2026-04-14")]
    day: String,
    /// Whom it is written for: `employee`, `lead`, `coordinator`, `head`, `director` ….
    #[schema(example = "employee")]
    reader: String,
    /// The language it was written in: `ru` or `en`.
    language: String,
    #[schema(example = "Заметка за 14 апреля: 2 новых замечания")]
    subject: String,
    sent_at: Instant,
    /// When it was opened first; absent: not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_at: Option<Instant>,
}

impl NoteShown {
    fn of(note: Note) -> NoteShown {
        NoteShown {
            id: note.id,
            day: note.day,
            reader: note.reader,
            language: note.language,
            subject: note.subject,
            sent_at: note.sent_at,
            read_at: note.read_at,
        }
    }
}

/// A note with what it says.
#[derive(Serialize, ToSchema)]
struct NoteOpened {
    #[serde(flatten)]
    note: NoteShown,
    /// The whole as plain text.
    text: String,
    /// What it was made of; what is in it depends on `reader`.
    #[schema(value_type = Object)]
    figures: serde_json::Value,
}

/// My daily notes, the latest first. Notices about single findings are at `/api/v1/notices`.
#[utoipa::path(
    get, path = "/api/v1/notes", tag = "telling", operation_id = "notes", params(Paging),
    responses((status = 200, description = "A page of notes", body = Page<NoteShown>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<NoteShown>>, Problem> {
    let after: Option<(Instant, String)> = paging.after()?;
    let after = after.as_ref().map(|(at, id)| (*at, id.as_str()));
    let notes = telling::list(&state.store, &actor, after, paging.fetch()?).await?;
    let page = Page::new(&paging, notes, |note| (note.sent_at, note.id.clone()))?;
    Ok(Json(page.map(NoteShown::of)))
}

/// A note of mine, word by word as it was sent. It counts as read from then on.
#[utoipa::path(
    get, path = "/api/v1/notes/{id}", tag = "telling", operation_id = "note",
    params(("id" = String, Path, description = "The note's id")),
    responses((status = 200, description = "The note", body = NoteOpened), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<NoteOpened>, Problem> {
    let note = telling::open(&state.store, &actor, &id, state.now()).await?;
    Ok(Json(NoteOpened {
        text: note.text.clone(),
        figures: serde_json::from_str(&note.figures).unwrap_or_default(),
        note: NoteShown::of(note),
    }))
}

/// What lies unanswered.
#[derive(Serialize, ToSchema)]
#[schema(as = Unhandled)]
struct UnhandledShown {
    /// The local day on which.
    #[schema(example = "2026-04-14")]
    day: String,
    /// For how many of their working days something lies before it is told.
    days: u32,
    /// By person, those with most first.
    people: Vec<Left>,
}

/// What somebody leaves lying.
#[derive(Serialize, ToSchema)]
struct Left {
    /// The employee who they are; absent: nobody of the CRM.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    /// Of whoever is no employee, the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    name: String,
    /// Findings that they were told, with nothing done about them.
    findings: u64,
    /// When the oldest of them was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings_since: Option<Instant>,
    /// Notes not read.
    notes: u64,
    /// When the oldest of them was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes_since: Option<Instant>,
}

impl Left {
    fn of(lying: Lying) -> Left {
        Left {
            employee: some(&lying.employee),
            person: some(&lying.person),
            name: lying.name,
            findings: lying.findings,
            findings_since: lying.findings_since,
            notes: lying.notes,
            notes_since: lying.notes_since,
        }
    }
}

impl UnhandledShown {
    fn of(lies: Lies) -> UnhandledShown {
        UnhandledShown {
            day: lies.day.to_string(),
            days: lies.days,
            people: lies.people.into_iter().map(Left::of).collect(),
        }
    }
}

/// What people leave lying: notes not read and findings not answered for some of their working days.
#[utoipa::path(
    get, path = "/api/v1/unhandled", tag = "telling", operation_id = "unhandled",
    responses((status = 200, description = "What lies, by person", body = UnhandledShown), Problem)
)]
async fn unhandled(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<UnhandledShown>, Problem> {
    let lies = unhandled::see(&state.audits, &actor, state.now()).await?;
    Ok(Json(UnhandledShown::of(lies)))
}
