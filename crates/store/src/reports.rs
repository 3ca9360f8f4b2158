//! Reports of weeks and months, as they were generated, edited and sent.

use history::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A report without its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// `week` or `month`.
    pub kind: String,
    /// Of what it tells: `company`, `group` or `employee`.
    pub scope: String,
    /// Which group or employee; empty: the company.
    pub subject: String,
    /// Its first day, `2026-04-06`.
    pub from_day: String,
    /// Its last day.
    pub to_day: String,
    /// The language of its words.
    pub language: String,
    /// What it is called.
    pub title: String,
    /// When it was generated.
    pub made_at: Instant,
    /// By which person; empty: by schedule.
    pub made_by: String,
    /// When its words were changed last.
    pub edited_at: Option<Instant>,
    /// By which person.
    pub edited_by: String,
    /// When it went out; none: it is a draft.
    pub sent_at: Option<Instant>,
    /// Who sent it; empty: the schedule.
    pub sent_by: String,
    /// When the files that it went out as were taken out; none: they are kept.
    pub files_gone_at: Option<Instant>,
}

/// A report with what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// What it is.
    pub report: Report,
    /// The document as it was generated, as JSON.
    pub document: String,
    /// The words that were changed, by their ids, as JSON.
    pub texts: String,
}

/// Which reports.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// Scope and subject of each that may be among them; none: all.
    pub of: Option<Vec<(String, String)>>,
    /// Only those that went out.
    pub is_sent: bool,
    /// Only of this kind; empty: any.
    pub kind: String,
    /// Only those that begin on this day; empty: any.
    pub from_day: String,
}

const COLUMNS: &str = "id, kind, scope, subject, from_day, to_day, language, title, made_at, \
     made_by, edited_at, edited_by, sent_at, sent_by, \
     files_gone_at";

fn read(row: &AnyRow) -> Result<Report, StoreError> {
    Ok(Report {
        id: row.text("id")?,
        kind: row.text("kind")?,
        scope: row.text("scope")?,
        subject: row.text("subject")?,
        from_day: row.text("from_day")?,
        to_day: row.text("to_day")?,
        language: row.text("language")?,
        title: row.text("title")?,
        made_at: row.number("made_at")?,
        made_by: row.text("made_by")?,
        edited_at: row.number_or_none("edited_at")?,
        edited_by: row.text("edited_by")?,
        sent_at: row.number_or_none("sent_at")?,
        sent_by: row.text("sent_by")?,
        files_gone_at: row.number_or_none("files_gone_at")?,
    })
}

/// Keeps a draft; a draft of the same kind, subject, first day and language gives way to it.
pub async fn put(
    conn: &mut AnyConnection,
    company: &str,
    report: &Report,
    document: &str,
) -> Result<(), StoreError> {
    Sql::new("DELETE FROM reports WHERE company = ")
        .bind(company)
        .push(" AND sent_at IS NULL AND kind = ")
        .bind(&report.kind)
        .push(" AND scope = ")
        .bind(&report.scope)
        .push(" AND subject = ")
        .bind(&report.subject)
        .push(" AND from_day = ")
        .bind(&report.from_day)
        .push(" AND language = ")
        .bind(&report.language)
        .run(conn)
        .await?;
    Sql::new(
        "INSERT INTO reports (company, id, kind, scope, subject, from_day, to_day, language, title, \
         document, made_at, made_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .with(company)
    .with(&report.id)
    .with(&report.kind)
    .with(&report.scope)
    .with(&report.subject)
    .with(&report.from_day)
    .with(&report.to_day)
    .with(&report.language)
    .with(&report.title)
    .with(document)
    .with(report.made_at)
    .with(&report.made_by)
    .run(conn)
    .await
    .map(|_| ())
}

/// The report of this id.
pub async fn get(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
) -> Result<Option<Whole>, StoreError> {
    let sql = Sql::new("SELECT document, texts, ").push(COLUMNS);
    let sql = sql.push(" FROM reports WHERE company = ").bind(company);
    let row = sql.push(" AND id = ").bind(id).optional(conn).await?;
    let whole = |row: &AnyRow| {
        Ok(Whole {
            report: read(row)?,
            document: row.text("document")?,
            texts: row.text("texts")?,
        })
    };
    row.as_ref().map(whole).transpose()
}

/// At most `limit` reports behind `after` (last day and id of the last of the page before), those
/// of the latest days first.
pub async fn page(
    conn: &mut AnyConnection,
    company: &str,
    which: &Which,
    after: Option<(&str, &str)>,
    limit: i64,
) -> Result<Vec<Report>, StoreError> {
    let sql = Sql::new("SELECT ").push(COLUMNS);
    let mut sql = sql.push(" FROM reports WHERE company = ").bind(company);
    if let Some(of) = &which.of {
        let mut joint = " AND (";
        for (scope, subject) in of {
            sql = sql.push(joint).push("(scope = ").bind(scope);
            sql = sql.push(" AND subject = ").bind(subject).push(")");
            joint = " OR ";
        }
        sql = sql.push(if of.is_empty() { " AND 1 = 0" } else { ")" });
    }
    if which.is_sent {
        sql = sql.push(" AND sent_at IS NOT NULL");
    }
    if !which.kind.is_empty() {
        sql = sql.push(" AND kind = ").bind(&which.kind);
    }
    if !which.from_day.is_empty() {
        sql = sql.push(" AND from_day = ").bind(&which.from_day);
    }
    if let Some((to_day, id)) = after {
        sql = sql.push(" AND (to_day, id) < (").bind(to_day);
        sql = sql.push(", ").bind(id).push(")");
    }
    let sql = sql.push(" ORDER BY to_day DESC, id DESC LIMIT ");
    sql.bind(limit).read(conn, read).await
}

/// Changes words of a draft; whether it is one.
pub async fn edit(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    texts: &str,
    (author, now): (&str, Instant),
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE reports SET texts = $1, edited_at = $2, edited_by = $3 \
         WHERE company = $4 AND id = $5 AND sent_at IS NULL",
    )
    .with(texts)
    .with(now)
    .with(author)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

/// Says that a draft goes out; whether it was one.
pub async fn send(
    conn: &mut AnyConnection,
    company: &str,
    id: &str,
    (author, now): (&str, Instant),
) -> Result<bool, StoreError> {
    let touched = Sql::new(
        "UPDATE reports SET sent_at = $1, sent_by = $2 \
         WHERE company = $3 AND id = $4 AND sent_at IS NULL",
    )
    .with(now)
    .with(author)
    .with(company)
    .with(id)
    .run(conn)
    .await?;
    Ok(touched > 0)
}

/// Says which file a report went out as, in one of its forms.
pub async fn add_file(
    conn: &mut AnyConnection,
    company: &str,
    report: &str,
    (form, artefact): (&str, &str),
) -> Result<(), StoreError> {
    Sql::new("INSERT INTO report_files (company, report, form, artefact) VALUES ($1, $2, $3, $4)")
        .with(company)
        .with(report)
        .with(form)
        .with(artefact)
        .run(conn)
        .await
        .map(|_| ())
}

/// The file that a report went out as in a form: the id by which it is kept.
pub async fn file(
    conn: &mut AnyConnection,
    company: &str,
    report: &str,
    form: &str,
) -> Result<Option<String>, StoreError> {
    let row = Sql::new(
        "SELECT artefact FROM report_files WHERE company = $1 AND report = $2 AND form = $3",
    )
    .with(company)
    .with(report)
    .with(form)
    .optional(conn)
    .await?;
    row.map(|row| row.text("artefact")).transpose()
}

/// At most `limit` reports that went out before this instant and whose files are kept, the oldest
/// first.
pub async fn with_files_before(
    conn: &mut AnyConnection,
    company: &str,
    before: Instant,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let sql = Sql::new(
        "SELECT id FROM reports WHERE company = $1 AND sent_at < $2 AND files_gone_at IS NULL \
         ORDER BY sent_at, id LIMIT $3",
    );
    let sql = sql.with(company).with(before).with(limit);
    sql.read(conn, |row| row.text("id")).await
}

/// Takes the files out that a report went out as. What stands in it stays.
pub async fn remove_files(
    conn: &mut AnyConnection,
    company: &str,
    report: &str,
    now: Instant,
) -> Result<(), StoreError> {
    for text in [
        "DELETE FROM artefacts WHERE company = $1 AND id IN (SELECT artefact FROM report_files \
         WHERE company = $1 AND report = $2)",
        "DELETE FROM report_files WHERE company = $1 AND report = $2",
    ] {
        Sql::new(text).with(company).with(report).run(conn).await?;
    }
    let sql = Sql::new("UPDATE reports SET files_gone_at = $1 WHERE company = $2 AND id = $3");
    let sql = sql.with(now).with(company).with(report);
    sql.run(conn).await.map(|_| ())
}
