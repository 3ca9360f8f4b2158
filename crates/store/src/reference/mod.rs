//! The reference tables of a history: people, groups, stages, clients. Rows keep their order.

mod tables;

use std::collections::HashSet;

use history::write::{AbsenceRow, EmployeeRow, GroupRow, MembershipRow};
use history::{Account, Reference};
use sqlx::AnyConnection;

use crate::sql::Sql;
use crate::{StoreError, companies, engine};
use tables::{Row, bind};

/// The account and all reference tables of the company.
///
/// # Errors
/// Where there is no such company.
pub async fn load(conn: &mut AnyConnection, company: &str) -> Result<Reference, StoreError> {
    let found = companies::find(conn, company).await?;
    let found = found.ok_or_else(|| companies::missing(company))?;
    Ok(Reference {
        account: Account {
            name: found.name,
            timezone: found.timezone,
            currency: found.currency,
        },
        groups: rows(conn, company).await?,
        employees: rows(conn, company).await?,
        memberships: rows(conn, company).await?,
        absences: rows(conn, company).await?,
        stages: rows(conn, company).await?,
        clients: rows(conn, company).await?,
        contacts: rows(conn, company).await?,
        team: rows(conn, company).await?,
    })
}

/// Puts the account and these tables in the place of those that the company has.
///
/// # Errors
/// Where an id stands twice in a table that has one or is too long, or there is no such company.
pub async fn replace(
    conn: &mut AnyConnection,
    company: &str,
    reference: &Reference,
) -> Result<(), StoreError> {
    once("group", reference.groups.iter().map(|row| &row.id))?;
    once("employee", reference.employees.iter().map(|row| &row.id))?;
    once("stage", reference.stages.iter().map(|row| &row.stage))?;
    once("client", reference.clients.iter().map(|row| &row.id))?;
    once("contact", reference.contacts.iter().map(|row| &row.id))?;
    let Account {
        name,
        timezone,
        currency,
    } = &reference.account;
    companies::update(conn, company, name, timezone, currency).await?;
    put(conn, company, &reference.groups).await?;
    put(conn, company, &reference.employees).await?;
    put(conn, company, &reference.memberships).await?;
    put(conn, company, &reference.absences).await?;
    put(conn, company, &reference.stages).await?;
    put(conn, company, &reference.clients).await?;
    put(conn, company, &reference.contacts).await?;
    put(conn, company, &reference.team).await
}

/// Adds an employee behind the others, or changes the one of this id in its place.
///
/// # Errors
/// Where the id is too long, or there is no such company.
pub async fn set_employee(
    conn: &mut AnyConnection,
    company: &str,
    employee: &EmployeeRow,
) -> Result<(), StoreError> {
    StoreError::if_long("employee", &employee.id)?;
    set(conn, company, &employee.id, employee).await
}

/// Adds a group behind the others, or changes the one of this id in its place.
///
/// # Errors
/// Where the id is too long, or there is no such company.
pub async fn set_group(
    conn: &mut AnyConnection,
    company: &str,
    group: &GroupRow,
) -> Result<(), StoreError> {
    StoreError::if_long("group", &group.id)?;
    set(conn, company, &group.id, group).await
}

/// Puts these memberships, in this order, in the place of all that the employee has.
///
/// # Errors
/// Where one of them is of somebody else.
pub async fn set_memberships(
    conn: &mut AnyConnection,
    company: &str,
    employee: &str,
    memberships: &[MembershipRow],
) -> Result<(), StoreError> {
    of_one(memberships.iter().map(|row| &row.employee), employee)?;
    set_all(conn, company, employee, memberships).await
}

/// Puts these absences, in this order, in the place of all that the employee has.
///
/// # Errors
/// Where one of them is of somebody else.
pub async fn set_absences(
    conn: &mut AnyConnection,
    company: &str,
    employee: &str,
    absences: &[AbsenceRow],
) -> Result<(), StoreError> {
    of_one(absences.iter().map(|row| &row.employee), employee)?;
    set_all(conn, company, employee, absences).await
}

/// The employee of this id.
pub async fn employee(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<EmployeeRow>, StoreError> {
    let row = select::<EmployeeRow>(company).push(" AND id = ").bind(id);
    let row = row.optional(conn).await?;
    row.as_ref().map(EmployeeRow::read).transpose()
}

/// The memberships of an employee, in their order.
pub async fn memberships(
    conn: &mut AnyConnection,
    company: &str,
    employee: &str,
) -> Result<Vec<MembershipRow>, StoreError> {
    let sql = select::<MembershipRow>(company).push(" AND employee = ");
    let sql = sql.bind(employee).push(" ORDER BY ordinal");
    sql.read(conn, MembershipRow::read).await
}

/// The absences of an employee, in their order.
pub async fn absences(
    conn: &mut AnyConnection,
    company: &str,
    employee: &str,
) -> Result<Vec<AbsenceRow>, StoreError> {
    let sql = select::<AbsenceRow>(company).push(" AND employee = ");
    let sql = sql.bind(employee).push(" ORDER BY ordinal");
    sql.read(conn, AbsenceRow::read).await
}

fn select<R: Row>(company: &str) -> Sql {
    let text = format!(
        "SELECT {} FROM {} WHERE company = ",
        columns::<R>(),
        R::TABLE
    );
    Sql::new(&text).bind(company)
}

fn columns<R: Row>() -> String {
    let quoted: Vec<String> = R::COLUMNS
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    quoted.join(", ")
}

async fn rows<R: Row>(conn: &mut AnyConnection, company: &str) -> Result<Vec<R>, StoreError> {
    let sql = select::<R>(company).push(" ORDER BY ordinal");
    sql.read(conn, R::read).await
}

async fn put<R: Row>(
    conn: &mut AnyConnection,
    company: &str,
    rows: &[R],
) -> Result<(), StoreError> {
    let text = format!("DELETE FROM {} WHERE company = ", R::TABLE);
    Sql::new(&text).bind(company).run(conn).await?;
    insert(conn, company, 1, rows).await
}

async fn insert<R: Row>(
    conn: &mut AnyConnection,
    company: &str,
    first: i64,
    rows: &[R],
) -> Result<(), StoreError> {
    let mut ordinal = first;
    for some in rows.chunks(engine::rows_an_insert(conn)) {
        let columns = columns::<R>();
        let text = format!(
            "INSERT INTO {} (company, ordinal, {columns}) VALUES ",
            R::TABLE
        );
        let mut sql = Sql::new(&text);
        for (index, row) in some.iter().enumerate() {
            sql = sql.push(if index == 0 { "(" } else { ", (" });
            sql = sql.bind(company).push(", ").bind(ordinal);
            for cell in row.cells() {
                sql = bind(sql.push(", "), cell);
            }
            sql = sql.push(")");
            ordinal += 1;
        }
        sql.run(conn).await?;
    }
    Ok(())
}

/// The ordinal behind the last row.
async fn behind<R: Row>(conn: &mut AnyConnection, company: &str) -> Result<i64, StoreError> {
    let text = format!(
        "SELECT COALESCE(MAX(ordinal), 0) FROM {} WHERE company = ",
        R::TABLE
    );
    Ok(Sql::new(&text).bind(company).number(conn).await? + 1)
}

async fn set<R: Row>(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    row: &R,
) -> Result<(), StoreError> {
    companies::lock(conn, company).await?;
    let text = format!("UPDATE {} SET ", R::TABLE);
    let mut sql = Sql::new(&text);
    for (index, (name, cell)) in R::COLUMNS.iter().zip(row.cells()).enumerate() {
        sql = sql.push(if index == 0 { "\"" } else { ", \"" });
        sql = bind(sql.push(name).push("\" = "), cell);
    }
    let sql = sql.push(" WHERE company = ").bind(company);
    if sql.push(" AND id = ").bind(id).run(conn).await? == 0 {
        let ordinal = behind::<R>(conn, company).await?;
        insert(conn, company, ordinal, std::slice::from_ref(row)).await?;
    }
    Ok(())
}

async fn set_all<R: Row + Clone>(
    conn: &mut AnyConnection,
    company: &str,
    employee: &str,
    rows: &[R],
) -> Result<(), StoreError> {
    companies::lock(conn, company).await?;
    let text = format!("DELETE FROM {} WHERE company = ", R::TABLE);
    let sql = Sql::new(&text).bind(company).push(" AND employee = ");
    sql.bind(employee).run(conn).await?;
    let ordinal = behind::<R>(conn, company).await?;
    insert(conn, company, ordinal, rows).await
}

fn once<'a>(what: &'static str, ids: impl Iterator<Item = &'a String>) -> Result<(), StoreError> {
    let mut seen = HashSet::new();
    for id in ids {
        StoreError::if_long(what, id)?;
        if !seen.insert(id) {
            let id = id.clone();
            return Err(StoreError::Taken { what, id });
        }
    }
    Ok(())
}

fn of_one<'a>(
    mut employees: impl Iterator<Item = &'a String>,
    employee: &str,
) -> Result<(), StoreError> {
    match employees.find(|other| *other != employee) {
        None => Ok(()),
        Some(other) => Err(StoreError::Unreadable {
            what: "row of another employee",
            value: other.clone(),
        }),
    }
}
