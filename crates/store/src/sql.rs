//! Statements put together piece by piece, with `$n` parameters that both engines read.
//!
//! Every statement of this crate goes through here, so that what is hard on one engine is
//! solved once: a NUL, which PostgreSQL keeps in no text, becomes the replacement character
//! on both; a flag is 0 or 1; and a statement with a number that may have a fraction or be
//! absent is not kept prepared on PostgreSQL, because sqlx's `Any` calls the absent one by a
//! narrower type.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, AnyConnection, Arguments, AssertSqlSafe, Row};

use crate::{StoreError, engine};

/// A statement being written.
pub(crate) struct Sql {
    text: String,
    arguments: AnyArguments,
    persistent: bool,
    fractions: bool,
    broken: Option<sqlx::Error>,
}

/// What may stand for a parameter.
pub(crate) trait Bind {
    fn bind(self, sql: &mut Sql);
}

impl Bind for i64 {
    fn bind(self, sql: &mut Sql) {
        sql.argument(self);
    }
}

impl Bind for Option<i64> {
    fn bind(self, sql: &mut Sql) {
        sql.argument(self);
    }
}

impl Bind for bool {
    fn bind(self, sql: &mut Sql) {
        sql.argument(i64::from(self));
    }
}

impl Bind for Option<f64> {
    fn bind(self, sql: &mut Sql) {
        sql.fractions = true;
        sql.argument(self);
    }
}

impl Bind for &str {
    fn bind(self, sql: &mut Sql) {
        if self.contains('\0') {
            sql.argument(self.replace('\0', "\u{fffd}"));
        } else {
            sql.argument(self);
        }
    }
}

impl Bind for &String {
    fn bind(self, sql: &mut Sql) {
        self.as_str().bind(sql);
    }
}

impl Bind for &[u8] {
    fn bind(self, sql: &mut Sql) {
        sql.argument(self.to_vec());
    }
}

impl Bind for Option<&str> {
    fn bind(self, sql: &mut Sql) {
        match self {
            Some(text) => text.bind(sql),
            None => sql.argument(None::<String>),
        }
    }
}

impl Sql {
    /// Begins a statement.
    pub fn new(text: &str) -> Sql {
        Sql {
            text: text.to_owned(),
            arguments: AnyArguments::default(),
            persistent: true,
            fractions: false,
            broken: None,
        }
    }

    fn argument<'t, T>(&mut self, value: T)
    where
        T: sqlx::Encode<'t, Any> + sqlx::Type<Any>,
    {
        if let Err(error) = self.arguments.add(value) {
            self.broken = Some(sqlx::Error::Encode(error));
        }
    }

    /// Goes on with the text. It is written by us; values go through [`Sql::bind`].
    pub fn push(mut self, text: &str) -> Sql {
        self.text.push_str(text);
        self
    }

    /// The next parameter, its number written into the text.
    pub fn bind(mut self, value: impl Bind) -> Sql {
        value.bind(&mut self);
        self.text.push('$');
        self.text.push_str(&self.arguments.len().to_string());
        self
    }

    /// The next parameter; its number stands in the text already.
    pub fn with(mut self, value: impl Bind) -> Sql {
        value.bind(&mut self);
        self
    }

    /// Parameters with commas between them: a list of changing length, so the statement is
    /// not kept prepared.
    pub fn list<T: Bind>(mut self, values: impl IntoIterator<Item = T>) -> Sql {
        self.persistent = false;
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            self = self.bind(value);
        }
        self
    }

    fn query(
        self,
        conn: &AnyConnection,
    ) -> Result<sqlx::query::Query<'static, Any, AnyArguments>, StoreError> {
        if let Some(error) = self.broken {
            return Err(error.into());
        }
        let persistent =
            self.persistent && (!self.fractions || engine::has_untyped_parameters(conn));
        let text = AssertSqlSafe(self.text);
        Ok(sqlx::query_with::<Any, _>(text, self.arguments).persistent(persistent))
    }

    /// Runs it; how many rows it touched.
    pub async fn run(self, conn: &mut AnyConnection) -> Result<u64, StoreError> {
        Ok(self.query(conn)?.execute(conn).await?.rows_affected())
    }

    /// Every row of its answer.
    pub async fn all(self, conn: &mut AnyConnection) -> Result<Vec<AnyRow>, StoreError> {
        Ok(self.query(conn)?.fetch_all(conn).await?)
    }

    /// Every row of its answer, read by `read`.
    pub async fn read<T>(
        self,
        conn: &mut AnyConnection,
        read: impl Fn(&AnyRow) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.all(conn).await?.iter().map(read).collect()
    }

    /// The first row of its answer.
    pub async fn optional(self, conn: &mut AnyConnection) -> Result<Option<AnyRow>, StoreError> {
        Ok(self.query(conn)?.fetch_optional(conn).await?)
    }

    /// The only row of its answer.
    pub async fn one(self, conn: &mut AnyConnection) -> Result<AnyRow, StoreError> {
        Ok(self.query(conn)?.fetch_one(conn).await?)
    }

    /// The number in the first column of its only row.
    pub async fn number(self, conn: &mut AnyConnection) -> Result<i64, StoreError> {
        Ok(self.one(conn).await?.try_get(0)?)
    }
}

/// Columns of a row by name.
pub(crate) trait Columns {
    fn text(&self, name: &str) -> Result<String, StoreError>;
    fn number(&self, name: &str) -> Result<i64, StoreError>;
    fn number_or_none(&self, name: &str) -> Result<Option<i64>, StoreError>;
    fn flag(&self, name: &str) -> Result<bool, StoreError>;
    fn bytes(&self, name: &str) -> Result<Vec<u8>, StoreError>;
}

impl Columns for AnyRow {
    fn text(&self, name: &str) -> Result<String, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn number(&self, name: &str) -> Result<i64, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn number_or_none(&self, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn flag(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.number(name)? != 0)
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        Ok(self.try_get(name)?)
    }
}
