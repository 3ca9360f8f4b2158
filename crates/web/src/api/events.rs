//! Events: from a CRM, a telephony, a register of one's own.

use app::events::{self, Receipt};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::HeaderMap;
use history::{Kind, Reason, Record};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::moment::Moment;
use super::names::KindName;
use crate::extract::{Caller, Json};
use crate::problem::Problem;
use crate::state::AppState;

/// Bytes of a batch.
const BODY_BYTES: usize = 32 << 20;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(send))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}

/// Events in the order in which they are to be taken.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Batch {
    #[schema(max_items = 5000)]
    events: Vec<Event>,
}

/// An event; what its kind does not use is left out.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct Event {
    /// Names the event for good: sent again, it adds nothing. Without it all columns together do.
    #[schema(max_length = 500)]
    id: String,
    /// Order among events of one instant.
    seq: Option<i64>,
    /// The deal; only `payment` and `client_left` may do without.
    #[schema(max_length = 500)]
    deal: String,
    /// When it happened.
    at: Option<Moment>,
    /// What happened.
    #[schema(value_type = KindName)]
    kind: String,
    /// The employee who did it; empty: the client or a robot.
    actor: String,
    stage: String,
    /// The employee concerned.
    employee: String,
    task: String,
    /// The deadline of a task.
    due: Option<Moment>,
    text: String,
    /// A custom field, or a reason for losing the deal.
    field: String,
    /// Money in units of the currency, or seconds talked.
    amount: Option<f64>,
    client: String,
    /// Source, messenger, type of a task.
    channel: String,
}

impl Event {
    fn record(&self) -> Result<Record<'_>, Reason> {
        let at = self.at.as_ref().ok_or(Reason::Missing("at"))?;
        let due = self.due.as_ref();
        let kind = Kind::parse(&self.kind);
        Ok(Record {
            id: &self.id,
            seq: self.seq,
            deal: &self.deal,
            at: at.instant("at")?,
            kind: Some(kind.ok_or_else(|| {
                Reason::bad("kind", &self.kind, "a kind of event such as `created`")
            })?),
            actor: &self.actor,
            stage: &self.stage,
            employee: &self.employee,
            task: &self.task,
            due: due.map(|due| due.instant("due")).transpose()?,
            text: &self.text,
            field: &self.field,
            amount: self.amount,
            client: &self.client,
            channel: &self.channel,
        })
    }
}

/// What became of a batch.
#[derive(Serialize, ToSchema)]
struct Taken {
    /// Events that were new.
    added: u64,
    /// Events that stood already.
    known: u64,
    /// Events that are none.
    refused: Vec<Refused>,
}

/// An event that was not taken.
#[derive(Serialize, ToSchema)]
struct Refused {
    /// Its place in the batch, from 0.
    place: usize,
    /// What is wrong with it.
    reason: String,
}

impl Taken {
    fn of(receipt: Receipt) -> Taken {
        let refused = receipt.refused.into_iter();
        Taken {
            added: receipt.added,
            known: receipt.known,
            refused: refused
                .map(|one| Refused {
                    place: one.place,
                    reason: one.reason,
                })
                .collect(),
        }
    }
}

/// Send events. When this answers they are written down and judged. What is no event is refused by
/// itself and keeps no other out. A batch sent again under the same key is answered as at first.
#[utoipa::path(
    post, path = "/api/v1/events", tag = "events", operation_id = "events_send",
    params(("Idempotency-Key" = Option<String>, Header,
        description = "Names the batch; at most 500 bytes")),
    request_body = Batch,
    responses((status = 200, description = "What became of the events", body = Taken), Problem)
)]
async fn send(
    State(state): State<AppState>,
    Caller(actor): Caller,
    headers: HeaderMap,
    Json(batch): Json<Batch>,
) -> Result<Json<Taken>, Problem> {
    let key = headers.get("idempotency-key").map(|key| {
        let key = key.to_str().ok().map(str::trim);
        let fits = |key: &&str| !key.is_empty() && key.len() <= 500;
        key.filter(fits).ok_or_else(|| {
            Problem::field("Idempotency-Key", "key", "from 1 to 500 visible characters")
        })
    });
    let key = key.transpose()?;
    let records: Vec<_> = batch.events.iter().map(Event::record).collect();
    let receipt = events::send(&state.audits, &actor, key, &records, state.now()).await?;
    Ok(Json(Taken::of(receipt)))
}
