//! Employees of the CRM and their groups.

use app::employees::{self, Days};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use history::write::{AbsenceRow, EmployeeRow, GroupRow, MembershipRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Caller, Json};
use crate::problem::Problem;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(set))
        .routes(routes!(set_memberships, add_membership))
        .routes(routes!(end_membership))
        .routes(routes!(set_absences, add_absence))
        .routes(routes!(end_absence))
        .routes(routes!(set_group))
}

/// Employees and groups.
#[derive(Serialize, ToSchema)]
struct Staff {
    employees: Vec<Employee>,
    groups: Vec<Group>,
}

/// What is said of an employee.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EmployeeSet {
    name: String,
    /// The group where no membership covers a date; empty: none.
    #[serde(default)]
    group: String,
    /// `seller`, `manager`, `performer`, `lead`, `other`, or empty.
    #[serde(default)]
    role: String,
    /// The name of a shift of the regulation; empty: the company's hours.
    #[serde(default)]
    shift: String,
    active: bool,
    /// The first day, such as `2026-03-01`; empty: not known.
    #[serde(default)]
    hired: String,
    /// The last day; empty: none.
    #[serde(default)]
    left: String,
}

/// An employee with where they were when, and when they were away.
#[derive(Serialize, ToSchema)]
struct Employee {
    id: String,
    name: String,
    /// The group where no membership covers a date; empty: none.
    group: String,
    /// `seller`, `manager`, `performer`, `lead`, `other`, or empty.
    role: String,
    /// The name of a shift of the regulation; empty: the company's hours.
    shift: String,
    active: bool,
    /// The first day, such as `2026-03-01`; empty: not known.
    hired: String,
    /// The last day; empty: none.
    left: String,
    memberships: Vec<Membership>,
    absences: Vec<Absence>,
}

/// Where an employee was from one day up to, not including, another.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Membership {
    #[serde(default)]
    group: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    shift: String,
    /// The first day; empty: since ever.
    #[serde(default)]
    from: String,
    /// The day after the last; empty: still.
    #[serde(default)]
    to: String,
}

/// Time away.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Absence {
    /// The first instant, RFC 3339 with an offset or Unix milliseconds as text.
    from: String,
    /// The first instant back; empty: still away.
    #[serde(default)]
    to: String,
    /// `vacation`, `sick`, `trip` or `other`.
    kind: String,
}

/// The end of a membership.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MembershipEnd {
    /// The first day of the membership; empty: since ever.
    from: String,
    /// The day after its last.
    to: String,
}

/// Days away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AbsenceDays {
    /// The first day, such as `2026-03-01`, in the zone of the regulation.
    from: String,
    /// The last day; empty: still away.
    #[serde(default)]
    last: String,
    /// `vacation`, `sick`, `trip` or `other`.
    kind: String,
}

/// The end of an absence.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AbsenceEnd {
    /// Its first day.
    from: String,
    /// Its last day.
    last: String,
}

/// A group.
#[derive(Serialize, ToSchema)]
struct Group {
    id: String,
    name: String,
    /// The employee who leads it; empty: nobody.
    lead: String,
}

/// What is said of a group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GroupSet {
    name: String,
    /// The employee who leads it; empty: nobody.
    #[serde(default)]
    lead: String,
}

impl Employee {
    fn of(all: employees::Employee) -> Employee {
        let row = all.employee;
        let memberships = all.memberships.into_iter().map(|row| Membership {
            group: row.group,
            role: row.role,
            shift: row.shift,
            from: row.from,
            to: row.to,
        });
        let absences = all.absences.into_iter().map(|row| Absence {
            from: row.from,
            to: row.to,
            kind: row.kind,
        });
        Employee {
            id: row.id,
            name: row.name,
            group: row.group,
            role: row.role,
            shift: row.shift,
            active: row.active,
            hired: row.hired,
            left: row.left,
            memberships: memberships.collect(),
            absences: absences.collect(),
        }
    }
}

/// The employees that one may see, in the order of the CRM, and all groups.
#[utoipa::path(
    get, path = "/api/v1/employees", tag = "employees", operation_id = "employees",
    responses((status = 200, description = "Employees and groups", body = Staff), Problem)
)]
async fn list(
    State(state): State<AppState>,
    Caller(actor): Caller,
) -> Result<Json<Staff>, Problem> {
    let (employees, groups) = employees::list(&state.audits, &actor, state.now()).await?;
    let groups = groups.into_iter().map(|row| Group {
        id: row.id,
        name: row.name,
        lead: row.lead,
    });
    Ok(Json(Staff {
        employees: employees.into_iter().map(Employee::of).collect(),
        groups: groups.collect(),
    }))
}

/// Add an employee, or change the one of this id. Findings are judged anew.
#[utoipa::path(
    put, path = "/api/v1/employees/{id}", tag = "employees", operation_id = "employee_set",
    params(("id" = String, Path, description = "The employee's id in the CRM")),
    request_body = EmployeeSet,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn set(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(said): Json<EmployeeSet>,
) -> Result<StatusCode, Problem> {
    let row = EmployeeRow {
        id,
        name: said.name,
        group: said.group,
        role: said.role,
        active: said.active,
        shift: said.shift,
        hired: said.hired,
        left: said.left,
    };
    employees::set(&state.audits, &actor, row, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say where an employee was when: all of it, in the order in which it is looked up.
#[utoipa::path(
    put, path = "/api/v1/employees/{id}/memberships", tag = "employees",
    operation_id = "employee_memberships",
    params(("id" = String, Path, description = "The employee's id in the CRM")),
    request_body = Vec<Membership>,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn set_memberships(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(said): Json<Vec<Membership>>,
) -> Result<StatusCode, Problem> {
    let rows = said.into_iter().map(|said| MembershipRow {
        employee: id.clone(),
        group: said.group,
        role: said.role,
        shift: said.shift,
        from: said.from,
        to: said.to,
    });
    let rows = rows.collect();
    employees::set_memberships(&state.audits, &actor, &id, rows, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say when an employee was or will be away: all of it.
#[utoipa::path(
    put, path = "/api/v1/employees/{id}/absences", tag = "employees",
    operation_id = "employee_absences",
    params(("id" = String, Path, description = "The employee's id in the CRM")),
    request_body = Vec<Absence>,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn set_absences(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(said): Json<Vec<Absence>>,
) -> Result<StatusCode, Problem> {
    let rows = said.into_iter().map(|said| AbsenceRow {
        employee: id.clone(),
        from: said.from,
        to: said.to,
        kind: said.kind,
    });
    let rows = rows.collect();
    employees::set_absences(&state.audits, &actor, &id, rows, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that an employee has a group, a role and a shift from one day up to another. Where they are
/// without an end until then, that ends on the first of these days.
#[utoipa::path(
    post, path = "/api/v1/employees/{id}/memberships", tag = "employees",
    operation_id = "employee_membership_add",
    params(("id" = String, Path, description = "The employee's id in the CRM")),
    request_body = Membership,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn add_membership(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(said): Json<Membership>,
) -> Result<StatusCode, Problem> {
    let row = MembershipRow {
        employee: id,
        group: said.group,
        role: said.role,
        shift: said.shift,
        from: said.from,
        to: said.to,
    };
    employees::place(&state.audits, &actor, row, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a membership.
#[utoipa::path(
    post, path = "/api/v1/employees/{id}/memberships/end", tag = "employees",
    operation_id = "employee_membership_end",
    params(("id" = String, Path, description = "The employee's id in the CRM")),
    request_body = MembershipEnd,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn end_membership(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(said): Json<MembershipEnd>,
) -> Result<StatusCode, Problem> {
    let of = (id.as_str(), said.from.as_str());
    employees::end_place(&state.audits, &actor, of, &said.to, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that an employee is or will be away on some days.
#[utoipa::path(
    post, path = "/api/v1/employees/{id}/absences", tag = "employees",
    operation_id = "employee_absence_add",
    params(("id" = String, Path, description = "The employee's id in the CRM")),
    request_body = AbsenceDays,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn add_absence(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(said): Json<AbsenceDays>,
) -> Result<StatusCode, Problem> {
    let days = Days {
        from: said.from,
        last: said.last,
        kind: said.kind,
    };
    employees::away(&state.audits, &actor, &id, &days, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End an absence.
#[utoipa::path(
    post, path = "/api/v1/employees/{id}/absences/end", tag = "employees",
    operation_id = "employee_absence_end",
    params(("id" = String, Path, description = "The employee's id in the CRM")),
    request_body = AbsenceEnd,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn end_absence(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(said): Json<AbsenceEnd>,
) -> Result<StatusCode, Problem> {
    let of = (id.as_str(), said.from.as_str());
    employees::end_absence(&state.audits, &actor, of, &said.last, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Add a group, or change the one of this id.
#[utoipa::path(
    put, path = "/api/v1/groups/{id}", tag = "employees", operation_id = "group_set",
    params(("id" = String, Path, description = "The group's id in the CRM")),
    request_body = GroupSet,
    responses((status = 204, description = "It is so"), Problem)
)]
async fn set_group(
    State(state): State<AppState>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(said): Json<GroupSet>,
) -> Result<StatusCode, Problem> {
    let row = GroupRow {
        id,
        name: said.name,
        lead: said.lead,
    };
    employees::set_group(&state.audits, &actor, row, state.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
