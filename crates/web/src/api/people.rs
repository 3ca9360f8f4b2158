//! The people of the company.

use app::Instant;
use app::accounts::{self, PersonShown};
use app::permissions::Access;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::AccessName;
use crate::extract::{Caller, Json, Query};
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, invite))
        .routes(routes!(change))
        .routes(routes!(link))
}

/// A person of the company.
#[derive(Serialize, ToSchema)]
pub(crate) struct Person {
    id: String,
    login: String,
    /// The name; the login again until the person has come.
    name: String,
    #[schema(value_type = AccessName)]
    access: Access,
    /// The employee of the CRM who they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    /// Whether they are shut out.
    disabled: bool,
    invited_at: Instant,
    /// When they came; absent until they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted_at: Option<Instant>,
}

impl Person {
    fn of(person: PersonShown) -> Person {
        Person {
            id: person.id,
            login: person.login,
            name: person.name,
            access: person.access,
            employee: person.employee,
            disabled: person.disabled,
            invited_at: person.invited_at,
            accepted_at: person.accepted_at,
        }
    }
}

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Invitation {
    /// What they will log in by, such as their e-mail address. Upper and lower case are the same.
    #[schema(min_length = 2, max_length = 64)]
    login: String,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(value_type = AccessName)]
    access: Access,
    /// The employee of the CRM who they are.
    employee: Option<String>,
    /// The language that they read: `ru` (if absent) or `en`.
    #[schema(pattern = "^(ru|en)$")]
    language: Option<String>,
}

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonChange {
    #[schema(value_type = Option<AccessName>)]
    access: Option<Access>,
    /// The employee of the CRM who they are; empty: none.
    employee: Option<String>,
    /// Whether they are shut out.
    disabled: Option<bool>,
}

/// Somebody who was invited.
#[derive(Serialize, ToSchema)]
struct Invited {
    person: Person,
    /// The link to hand to them; it works once.
    link: String,
    /// From when on it is dead.
    expires_at: Instant,
}

impl Invited {
    fn of(invited: accounts::Invited, state: &AppState) -> Invited {
        let origin = state.settings.origin().unwrap_or_default();
        Invited {
            person: Person::of(invited.person),
            link: format!("{origin}/link/{}", invited.link.reveal()),
            expires_at: invited.expires_at,
        }
    }
}

/// Who is admitted to the company, in the order of their ids.
#[utoipa::path(
    get, path = "/api/v1/people", tag = "people", operation_id = "people", params(Paging),
    responses((status = 200, description = "A page of people", body = Page<Person>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Person>>, Problem> {
    let after: String = paging.after()?.unwrap_or_default();
    let people = accounts::people(&state.store, &actor, &after, paging.fetch()?).await?;
    let page = Page::new(&paging, people, |person| person.id.clone())?;
    Ok(Json(page.map(Person::of)))
}

/// Invite somebody. The answer holds the link to hand to them: by it somebody new chooses a
/// password, and somebody who has a login already comes to this company, too.
#[utoipa::path(
    post, path = "/api/v1/people", tag = "people", operation_id = "invite",
    request_body = Invitation,
    responses((status = 201, description = "Invited", body = Invited), Problem)
)]
async fn invite(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<Invitation>,
) -> Result<impl IntoResponse, Problem> {
    let invitation = accounts::Invitation {
        login: asked.login,
        name: asked.name,
        access: asked.access,
        employee: asked.employee,
        language: super::language(asked.language.as_deref().unwrap_or("ru"))?,
    };
    let invited = accounts::invite(&state.store, &actor, &invitation, state.now()).await?;
    Ok((StatusCode::CREATED, Json(Invited::of(invited, &state))))
}

/// Change what somebody may do, which employee they are, or shut them out.
#[utoipa::path(
    patch, path = "/api/v1/people/{id}", tag = "people", operation_id = "person_change",
    params(("id" = String, Path, description = "The person's id")),
    request_body = PersonChange,
    responses((status = 200, description = "As it is now", body = Person), Problem)
)]
async fn change(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(asked): Json<PersonChange>,
) -> Result<Json<Person>, Problem> {
    let change = accounts::Change {
        access: asked.access,
        employee: asked.employee,
        disabled: asked.disabled,
    };
    let person = accounts::change(&state.store, &actor, &id, &change, state.now()).await?;
    Ok(Json(Person::of(person)))
}

/// Make a new link for somebody whose link is dead or who forgot their password.
#[utoipa::path(
    post, path = "/api/v1/people/{id}/link", tag = "people", operation_id = "person_link",
    params(("id" = String, Path, description = "The person's id")),
    responses((status = 201, description = "The link; earlier ones are dead", body = Invited), Problem)
)]
async fn link(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let invited = accounts::new_link(&state.store, &actor, &id, state.now()).await?;
    Ok((StatusCode::CREATED, Json(Invited::of(invited, &state))))
}
