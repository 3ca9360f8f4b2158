//! The company's reference tables as a whole.

use app::tables;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use history::Reference;
use history::write as rows;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, Json};
use crate::problem::Problem;
use crate::state::AppState;

/// Bytes of all tables: a company may have many clients.
const TABLES_BYTES: usize = 32 << 20;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    let put = OpenApiRouter::new().routes(routes!(show, replace));
    put.layer(DefaultBodyLimit::max(TABLES_BYTES))
}

/// Makes the form of a row from its columns, and the ways there and back.
macro_rules! forms {
    ($($(#[$doc:meta])* $form:ident of $row:path {
        $($(#[$about:meta])* $column:ident: $kind:ty),* $(,)?
    })*) => {$(
        $(#[$doc])*
        #[derive(Serialize, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $form {
            $($(#[$about])* #[serde(default)] $column: $kind,)*
        }

        impl From<$row> for $form {
            fn from(row: $row) -> $form {
                $form { $($column: row.$column),* }
            }
        }

        impl From<$form> for $row {
            fn from(form: $form) -> $row {
                $row { $($column: form.$column),* }
            }
        }
    )*};
}

forms! {
    /// The account. All three are needed.
    Account of history::Account {
        name: String,
        /// The IANA name of its time zone.
        timezone: String,
        /// ISO 4217.
        currency: String,
    }
    /// A group.
    TableGroup of rows::GroupRow {
        id: String,
        name: String,
        /// The employee who leads it.
        lead: String,
    }
    /// An employee. `group`, `role` and `shift` hold where no membership covers a day.
    TableEmployee of rows::EmployeeRow {
        id: String,
        name: String,
        group: String,
        /// `seller`, `manager`, `performer`, `lead` or `other`; empty: not known.
        role: String,
        /// Whether they work here now.
        active: bool,
        /// The name of a shift of the regulation; empty: its hours.
        shift: String,
        /// The first day, such as `2026-03-01`; empty: since ever.
        hired: String,
        /// The last day; empty: none.
        left: String,
    }
    /// Where an employee was on which days.
    TableMembership of rows::MembershipRow {
        employee: String,
        group: String,
        role: String,
        shift: String,
        from: String,
        to: String,
    }
    /// When an employee was away.
    TableAbsence of rows::AbsenceRow {
        employee: String,
        /// An instant, such as `2026-03-01T09:00:00+03:00`.
        from: String,
        /// The instant of coming back; empty: still away.
        to: String,
        /// `vacation`, `sick`, `trip` or `other`.
        kind: String,
    }
    /// A stage of a pipeline.
    TableStage of rows::StageRow {
        pipeline: String,
        pipeline_name: String,
        stage: String,
        stage_name: String,
        sort: i64,
        /// `open`, `won` or `lost`.
        kind: String,
    }
    /// A client.
    TableClient of rows::ClientRow {
        id: String,
        name: String,
        large: bool,
        birthday: String,
    }
    /// Somebody at a client.
    TableContact of rows::ContactRow {
        id: String,
        client: String,
        name: String,
        phone: String,
        email: String,
    }
    /// Who works with a client.
    TableTeam of rows::TeamRow {
        client: String,
        service: String,
        employee: String,
        role: String,
        from: String,
        to: String,
    }
}

/// All tables. A table that is absent is empty.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tables {
    account: Account,
    #[serde(default)]
    groups: Vec<TableGroup>,
    #[serde(default)]
    employees: Vec<TableEmployee>,
    #[serde(default)]
    memberships: Vec<TableMembership>,
    #[serde(default)]
    absences: Vec<TableAbsence>,
    #[serde(default)]
    stages: Vec<TableStage>,
    #[serde(default)]
    clients: Vec<TableClient>,
    #[serde(default)]
    contacts: Vec<TableContact>,
    #[serde(default)]
    team: Vec<TableTeam>,
}

fn each<A, B: From<A>>(rows: Vec<A>) -> Vec<B> {
    rows.into_iter().map(B::from).collect()
}

impl From<Reference> for Tables {
    fn from(tables: Reference) -> Tables {
        Tables {
            account: tables.account.into(),
            groups: each(tables.groups),
            employees: each(tables.employees),
            memberships: each(tables.memberships),
            absences: each(tables.absences),
            stages: each(tables.stages),
            clients: each(tables.clients),
            contacts: each(tables.contacts),
            team: each(tables.team),
        }
    }
}

impl From<Tables> for Reference {
    fn from(tables: Tables) -> Reference {
        Reference {
            account: tables.account.into(),
            groups: each(tables.groups),
            employees: each(tables.employees),
            memberships: each(tables.memberships),
            absences: each(tables.absences),
            stages: each(tables.stages),
            clients: each(tables.clients),
            contacts: each(tables.contacts),
            team: each(tables.team),
        }
    }
}

/// The company's account, people, stages and clients, row by row.
#[utoipa::path(
    get, path = "/api/v1/tables", tag = "tables", operation_id = "tables",
    responses((status = 200, description = "All tables", body = Tables), Problem)
)]
async fn show(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Tables>, Problem> {
    let tables = tables::tables(&state.audits, &actor).await?;
    Ok(Json(tables.into()))
}

/// Put these tables in the place of those that the company has, all of them. The company is judged
/// by them at once; the same again changes nothing. A row that cannot be refuses the whole.
#[utoipa::path(
    put, path = "/api/v1/tables", tag = "tables", operation_id = "tables_replace",
    request_body = Tables,
    responses((status = 204, description = "They hold now"), Problem)
)]
async fn replace(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Json(asked): Json<Tables>,
) -> Result<StatusCode, Problem> {
    tables::replace(&state.audits, &actor, asked.into(), state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
