//! The columns of each reference table.

use history::write::{
    AbsenceRow, ClientRow, ContactRow, EmployeeRow, GroupRow, MembershipRow, StageRow, TeamRow,
};
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::sql::{Columns, Sql};

/// A value of a row.
pub(super) enum Cell<'a> {
    Text(&'a str),
    Number(i64),
    Flag(bool),
}

/// The next parameter.
pub(super) fn bind(sql: Sql, cell: Cell<'_>) -> Sql {
    match cell {
        Cell::Text(text) => sql.bind(text),
        Cell::Number(number) => sql.bind(number),
        Cell::Flag(flag) => sql.bind(flag),
    }
}

/// A row of a reference table.
pub(super) trait Row: Sized {
    const TABLE: &'static str;
    const COLUMNS: &'static [&'static str];
    fn cells(&self) -> Vec<Cell<'_>>;
    fn read(row: &AnyRow) -> Result<Self, StoreError>;
}

macro_rules! rows {
    ($($row:ident in $table:literal { $($column:ident: $kind:ident),* $(,)? })*) => {
        $(impl Row for $row {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),*];

            fn cells(&self) -> Vec<Cell<'_>> {
                vec![$(rows!(@cell $kind self.$column)),*]
            }

            fn read(row: &AnyRow) -> Result<Self, StoreError> {
                Ok($row { $($column: row.$kind(stringify!($column))?),* })
            }
        })*
    };
    (@cell text $value:expr) => { Cell::Text(&$value) };
    (@cell number $value:expr) => { Cell::Number($value) };
    (@cell flag $value:expr) => { Cell::Flag($value) };
}

rows! {
    GroupRow in "groups" { id: text, name: text, lead: text }
    EmployeeRow in "employees" {
        id: text, name: text, group: text, role: text, active: flag, shift: text, hired: text,
        left: text,
    }
    MembershipRow in "memberships" {
        employee: text, group: text, role: text, shift: text, from: text, to: text,
    }
    AbsenceRow in "absences" { employee: text, from: text, to: text, kind: text }
    StageRow in "stages" {
        pipeline: text, pipeline_name: text, stage: text, stage_name: text, sort: number,
        kind: text,
    }
    ClientRow in "clients" { id: text, name: text, large: flag, birthday: text }
    ContactRow in "contacts" { id: text, client: text, name: text, phone: text, email: text }
    TeamRow in "team" {
        client: text, service: text, employee: text, role: text, from: text, to: text,
    }
}
