//! The companies that one can come in to.

use app::accounts::{self, Place};
use app::permissions::Access;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::AccessName;
use crate::extract::{Guest, Json};
use crate::paging::Page;
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// A company that one can come in to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Company {
    id: String,
    name: String,
    /// What one may do there.
    #[schema(value_type = AccessName)]
    access: Access,
    /// The employee who one is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<String>,
    /// Whether one is there now.
    current: bool,
}

impl Company {
    fn of(place: Place) -> Company {
        Company {
            id: place.company,
            name: place.name,
            access: place.access,
            employee: place.employee,
            current: place.current,
        }
    }
}

/// My companies. A token knows only its own.
#[utoipa::path(
    get, path = "/api/v1/companies", tag = "session", operation_id = "companies",
    responses((status = 200, description = "All of them, by name", body = Page<Company>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Guest(guest): Guest,
) -> Result<Json<Page<Company>>, Problem> {
    let places = accounts::companies(&state.store, &guest).await?;
    let items = places.into_iter().map(Company::of).collect();
    Ok(Json(Page { items, next: None }))
}
