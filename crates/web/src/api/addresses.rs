//! How people are reached outside the program.

use app::Instant;
use app::addresses::{self, Address, EMAIL, Outlet};
use app::telling::OUTSIDE;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::OutsideName;
use super::some;
use crate::extract::{Caller, Json};
use crate::paging::Page;
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(own))
        .routes(routes!(cut))
        .routes(routes!(lost))
}

/// A channel, and one's address there.
#[derive(Serialize, ToSchema)]
struct Reached {
    #[schema(value_type = OutsideName)]
    channel: &'static str,
    /// Whether the server has this channel now.
    runs: bool,
    /// Who writes there: the bot's name, or the sender's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    sender: Option<String>,
    /// `none`, `unconfirmed`, `works`, `cut` (by oneself) or `broken`.
    #[schema(example = "works")]
    state: &'static str,
    /// The address of e-mail; of Telegram it is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// Since when it is so; absent: it never was confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Instant>,
    /// What broke it.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl Reached {
    fn of(channel: &'static str, own: &[Address], outlets: &[Outlet]) -> Reached {
        let address = own.iter().find(|one| one.channel == channel);
        let outlet = outlets.iter().find(|one| one.channel == channel);
        Reached {
            channel,
            runs: outlet.is_some(),
            sender: outlet.and_then(|outlet| some(&outlet.name)),
            state: address.map_or("none", state_of),
            address: address
                .filter(|_| channel == EMAIL)
                .map(|one| one.address.clone()),
            since: address.and_then(|one| one.off_at.or(one.linked_at)),
            why: address.and_then(|one| some(&one.why)),
        }
    }
}

fn state_of(address: &Address) -> &'static str {
    match (address.works(), address.off_at, address.why.is_empty()) {
        (true, ..) => "works",
        (false, None, _) => "unconfirmed",
        (false, Some(_), true) => "cut",
        (false, Some(_), false) => "broken",
    }
}

/// How I am reached outside the program, channel by channel. Addresses are linked on the pages
/// `/me/telegram` and `/me/email`. For whoever is logged in, never for a token.
#[utoipa::path(
    get, path = "/api/v1/me/addresses", tag = "me", operation_id = "my_addresses",
    responses((status = 200, description = "Each channel", body = Page<Reached>), Problem)
)]
async fn own(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Page<Reached>>, Problem> {
    let own = addresses::own(&state.store, &actor).await?;
    let outlets = addresses::outlets(&state.store, state.now()).await?;
    let items = OUTSIDE.map(|channel| Reached::of(channel, &own, &outlets));
    Ok(Json(Page::whole(items.into())))
}

/// Cut my address of a channel: nothing goes there any more. For whoever is logged in, never for a
/// token.
#[utoipa::path(
    delete, path = "/api/v1/me/addresses/{channel}", tag = "me", operation_id = "my_address_cut",
    params(("channel" = OutsideName, Path, description = "The channel")),
    responses((status = 204, description = "Cut"), Problem)
)]
async fn cut(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(channel): Path<String>,
) -> Result<StatusCode, Problem> {
    addresses::cut(&state.store, &actor, &channel, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An address that was switched off by what went wrong.
#[derive(Serialize, ToSchema)]
struct LostAddress {
    /// Whose.
    person: String,
    #[schema(value_type = OutsideName)]
    channel: String,
    /// Since when nothing goes there.
    off_at: Instant,
    /// What went wrong.
    #[schema(example = "the bot was blocked by its holder")]
    why: String,
}

/// Addresses of the company's people that stopped working, the latest first.
#[utoipa::path(
    get, path = "/api/v1/addresses/lost", tag = "channels", operation_id = "addresses_lost",
    responses((status = 200, description = "Addresses", body = Page<LostAddress>), Problem)
)]
async fn lost(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Page<LostAddress>>, Problem> {
    let broken = addresses::broken(&state.store, &actor).await?;
    let items = broken.into_iter().map(|address| LostAddress {
        off_at: address.off_at.unwrap_or_default(),
        person: address.person,
        channel: address.channel,
        why: address.why,
    });
    Ok(Json(Page::whole(items.collect())))
}
