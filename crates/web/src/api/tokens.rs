//! Tokens by which programs come in.

use app::Instant;
use app::accounts::{self, NewToken};
use app::permissions::Scope;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::ScopeName;
use crate::extract::{Caller, Json, Query};
use crate::paging::{Page, Paging};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(revoke))
}

/// A token, without its secret.
#[derive(Serialize, ToSchema)]
struct Token {
    id: String,
    /// Who made it; it may do no more than they may.
    person: String,
    name: String,
    #[schema(value_type = Vec<ScopeName>)]
    scopes: Vec<Scope>,
    created_at: Instant,
    /// When it was last used, to within some minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    used_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<Instant>,
}

impl Token {
    fn of(token: accounts::Token) -> Token {
        Token {
            scopes: token.scopes.split(' ').filter_map(Scope::of_name).collect(),
            id: token.id,
            person: token.person,
            name: token.name,
            created_at: token.created_at,
            used_at: token.used_at,
            revoked_at: token.revoked_at,
        }
    }
}

/// A token to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TokenNew {
    /// What it is for.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// What it is good for.
    #[schema(value_type = Vec<ScopeName>, min_items = 1)]
    scopes: Vec<Scope>,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
struct TokenMade {
    #[serde(flatten)]
    token: Token,
    /// The token itself. It is shown this once.
    secret: String,
}

/// Tokens: an administrator sees everybody's, others their own. In the order they were made.
#[utoipa::path(
    get, path = "/api/v1/tokens", tag = "tokens", operation_id = "tokens", params(Paging),
    responses((status = 200, description = "A page of tokens", body = Page<Token>), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Token>>, Problem> {
    let after: String = paging.after()?.unwrap_or_default();
    let tokens = accounts::tokens(&state.store, &actor, &after, paging.fetch()?).await?;
    let page = Page::new(&paging, tokens, |token| token.id.clone())?;
    Ok(Json(page.map(Token::of)))
}

/// Make a token of one's own. Only who is logged in can: a token begets no tokens.
#[utoipa::path(
    post, path = "/api/v1/tokens", tag = "tokens", operation_id = "token_make",
    request_body = TokenNew,
    responses((status = 201, description = "The token; keep its secret", body = TokenMade), Problem)
)]
async fn make(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<TokenNew>,
) -> Result<impl IntoResponse, Problem> {
    let asked = NewToken {
        name: asked.name,
        scopes: asked.scopes.into_iter().collect(),
    };
    let made = accounts::make_token(&state.store, &actor, &asked, state.now()).await?;
    let made = TokenMade {
        secret: made.secret.reveal().to_string(),
        token: Token::of(made.token),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Revoke a token: one's own, or anybody's for an administrator.
#[utoipa::path(
    delete, path = "/api/v1/tokens/{id}", tag = "tokens", operation_id = "token_revoke",
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 204, description = "Revoked"), Problem)
)]
async fn revoke(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    accounts::revoke_token(&state.store, &actor, &id, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
