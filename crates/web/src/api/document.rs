//! The API's description of itself.

use std::sync::OnceLock;

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::FormName;
use crate::extract::Json;
use crate::problem::ProblemShown;
use crate::router::openapi;
use crate::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Svetofor",
        description = "Audit of a CRM against a written regulation. Come in with a session \
            (POST /api/v1/session) or with a token (Authorization: Bearer svt_…). Instants are \
            Unix milliseconds, money whole hundredths. Lists come by pages: pass `next` of a page \
            as `cursor` for the one after. Whatever goes wrong is told as RFC 9457 problem details."
    ),
    components(schemas(ProblemShown, FormName)),
    security(("token" = []), ("session" = []))
)]
struct Head;

/// The head of the description, without routes.
pub(crate) fn head() -> utoipa::openapi::OpenApi {
    let mut head = Head::openapi();
    let components = head.components.get_or_insert_default();
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("token", SecurityScheme::Http(token));
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("svetofor")));
    components.add_security_scheme("session", cookie);
    head
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// This description.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", tag = "about", operation_id = "openapi", security(()),
    responses((status = 200, description = "An OpenAPI 3.1 document", body = serde_json::Value))
)]
async fn show() -> Json<&'static utoipa::openapi::OpenApi> {
    static DOCUMENT: OnceLock<utoipa::openapi::OpenApi> = OnceLock::new();
    Json(DOCUMENT.get_or_init(openapi))
}
