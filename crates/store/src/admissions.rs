//! Who is admitted to which company, with which access.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A person's place in a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The company.
    pub company: String,
    /// The person.
    pub person: String,
    /// The name of the access.
    pub access: String,
    /// The employee of the CRM who they are, if any.
    pub employee: Option<String>,
    /// Whether they were shut out.
    pub disabled: bool,
    /// When they were invited.
    pub created_at: Instant,
    /// When they took the invitation; none: they have not yet, and cannot come in.
    pub accepted_at: Option<Instant>,
}

/// An admission with what lists show beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// The admission.
    pub admission: Admission,
    /// The person's login.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The company's name.
    pub company_name: String,
}

const ADMITTED: &str = "SELECT a.company AS company, a.person AS person, a.access AS access, \
    a.employee AS employee, a.disabled AS disabled, a.created_at AS created_at, \
    a.accepted_at AS accepted_at, p.login AS login, p.name AS name, c.name AS company_name \
    FROM admissions a JOIN persons p ON p.id = a.person JOIN companies c ON c.id = a.company";

fn read(row: &AnyRow) -> Result<Admission, StoreError> {
    Ok(Admission {
        company: row.text("company")?,
        person: row.text("person")?,
        access: row.text("access")?,
        employee: Some(row.text("employee")?).filter(|id| !id.is_empty()),
        disabled: row.flag("disabled")?,
        created_at: row.number("created_at")?,
        accepted_at: row.number_or_none("accepted_at")?,
    })
}

fn read_admitted(row: &AnyRow) -> Result<Admitted, StoreError> {
    Ok(Admitted {
        admission: read(row)?,
        login: row.text("login")?,
        name: row.text("name")?,
        company_name: row.text("company_name")?,
    })
}

/// Admits a person; false where the company has them already.
pub async fn add(conn: &mut AnyConnection, admission: &Admission) -> Result<bool, StoreError> {
    let added = Sql::new(
        "INSERT INTO admissions \
         (company, person, access, employee, disabled, created_at, accepted_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (company, person) DO NOTHING",
    )
    .with(&admission.company)
    .with(&admission.person)
    .with(&admission.access)
    .with(admission.employee.as_deref().unwrap_or_default())
    .with(admission.disabled)
    .with(admission.created_at)
    .with(admission.accepted_at);
    Ok(added.run(conn).await? == 1)
}

/// The admission of a person to a company.
pub async fn get(
    conn: &mut AnyConnection,
    company: &str,
    person: &str,
) -> Result<Option<Admission>, StoreError> {
    let sql = Sql::new("SELECT * FROM admissions WHERE company = $1 AND person = $2")
        .with(company)
        .with(person);
    sql.optional(conn).await?.as_ref().map(read).transpose()
}

/// All admissions of a person, by the companies' names.
pub async fn of_person(
    conn: &mut AnyConnection,
    person: &str,
) -> Result<Vec<Admitted>, StoreError> {
    let sql = Sql::new(ADMITTED)
        .push(" WHERE a.person = ")
        .bind(person)
        .push(" ORDER BY c.name, c.id");
    sql.read(conn, read_admitted).await
}

/// Those admitted to a company, in the order of their ids, which is that in which they came.
pub async fn list(
    conn: &mut AnyConnection,
    company: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Admitted>, StoreError> {
    let sql = Sql::new(ADMITTED)
        .push(" WHERE a.company = ")
        .bind(company)
        .push(" AND a.person > ")
        .bind(after)
        .push(" ORDER BY a.person LIMIT ")
        .bind(limit);
    sql.read(conn, read_admitted).await
}

/// Sets access, employee, whether the person is shut out, and when they took the invitation.
pub async fn update(conn: &mut AnyConnection, admission: &Admission) -> Result<(), StoreError> {
    Sql::new(
        "UPDATE admissions SET access = $1, employee = $2, disabled = $3, accepted_at = $4 \
         WHERE company = $5 AND person = $6",
    )
    .with(&admission.access)
    .with(admission.employee.as_deref().unwrap_or_default())
    .with(admission.disabled)
    .with(admission.accepted_at)
    .with(&admission.company)
    .with(&admission.person)
    .run(conn)
    .await?;
    Ok(())
}

/// How many people can come in to a company with this access.
pub async fn count(
    conn: &mut AnyConnection,
    company: &str,
    access: &str,
) -> Result<i64, StoreError> {
    Sql::new(
        "SELECT COUNT(*) FROM admissions WHERE company = $1 AND access = $2 \
         AND disabled = 0 AND accepted_at IS NOT NULL",
    )
    .with(company)
    .with(access)
    .number(conn)
    .await
}

/// The people who can come in to a company with one of these accesses, or who are one of these
/// employees.
pub async fn persons(
    conn: &mut AnyConnection,
    company: &str,
    accesses: &[&str],
    employees: &[&str],
) -> Result<Vec<String>, StoreError> {
    let named = employees.iter().filter(|employee| !employee.is_empty());
    // A list in SQL is never empty; no access and no employee has the empty name.
    let sql = Sql::new("SELECT person FROM admissions WHERE disabled = 0")
        .push(" AND accepted_at IS NOT NULL AND (access IN (")
        .list([""].iter().chain(accesses).copied())
        .push(") OR (employee <> '' AND employee IN (")
        .list([""].iter().chain(named).copied())
        .push("))) AND company = ");
    let sql = sql.bind(company).push(" ORDER BY person");
    sql.read(conn, |row| row.text("person")).await
}

/// The groups that an employee leads.
pub async fn groups_led(
    conn: &mut AnyConnection,
    company: &str,
    employee: &str,
) -> Result<Vec<String>, StoreError> {
    let sql = Sql::new("SELECT id FROM groups WHERE company = $1 AND lead = $2 ORDER BY id");
    let sql = sql.with(company).with(employee);
    sql.read(conn, |row| row.text("id")).await
}

/// Somebody who can come in to a company, as messages go to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reachable {
    /// The person.
    pub person: String,
    /// What they are called.
    pub name: String,
    /// The name of the access.
    pub access: String,
    /// The employee of the CRM who they are; empty: none.
    pub employee: String,
    /// The language that they read: `ru` or `en`.
    pub language: String,
    /// How they want to be told, as JSON; empty: they have not said.
    pub choice: String,
}

/// Everybody who can come in to the company, in the order of their ids; of `only` alone where it is
/// not empty.
pub async fn reachable(
    conn: &mut AnyConnection,
    company: &str,
    only: &[&str],
) -> Result<Vec<Reachable>, StoreError> {
    let mut sql = Sql::new(
        "SELECT a.person AS person, p.name AS name, a.access AS access, a.employee AS employee, \
         p.language AS language, COALESCE(c.value, '') AS choice \
         FROM admissions a JOIN persons p ON p.id = a.person \
         LEFT JOIN telling_choices c ON c.company = a.company AND c.person = a.person \
         WHERE a.disabled = 0 AND a.accepted_at IS NOT NULL",
    );
    if !only.is_empty() {
        sql = sql
            .push(" AND a.person IN (")
            .list(only.iter().copied())
            .push(")");
    }
    let sql = sql.push(" AND a.company = ").bind(company);
    let sql = sql.push(" ORDER BY a.person");
    sql.read(conn, |row| {
        Ok(Reachable {
            person: row.text("person")?,
            name: row.text("name")?,
            access: row.text("access")?,
            employee: row.text("employee")?,
            language: row.text("language")?,
            choice: row.text("choice")?,
        })
    })
    .await
}
