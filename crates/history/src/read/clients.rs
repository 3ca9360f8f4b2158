//! The tables of clients, which no rule asks for.

use std::io::BufRead;

use super::reference::{date_word, each_row, parse_bool, unique};
use crate::write::{ClientRow, ContactRow, TableRow, TeamRow};
use crate::{Names, Problems};

/// `clients.csv`.
pub(super) fn clients(
    file: &str,
    input: impl BufRead,
    rows: &mut Vec<ClientRow>,
    problems: &mut Problems,
) -> std::io::Result<()> {
    let mut ids = Names::new();
    let columns = ["id", "name", "large", "birthday"];
    debug_assert_eq!(columns, ClientRow::COLUMNS);
    each_row(file, input, &columns, problems, |cells| {
        let (id, name) = (cells.required(0)?, cells.text(1)?);
        let large = cells.optional(2, "true or false", parse_bool)?;
        let birthday = cells.date(3)?;
        unique(&mut ids, "id", id)?;
        rows.push(ClientRow {
            id: id.to_owned(),
            name: name.to_owned(),
            large: large.unwrap_or_default(),
            birthday: date_word(birthday),
        });
        Ok(())
    })
}

/// `contacts.csv`.
pub(super) fn contacts(
    file: &str,
    input: impl BufRead,
    rows: &mut Vec<ContactRow>,
    problems: &mut Problems,
) -> std::io::Result<()> {
    let mut ids = Names::new();
    let columns = ["id", "client", "name", "phone", "email"];
    debug_assert_eq!(columns, ContactRow::COLUMNS);
    each_row(file, input, &columns, problems, |cells| {
        let row = ContactRow {
            id: cells.required(0)?.to_owned(),
            client: cells.text(1)?.to_owned(),
            name: cells.text(2)?.to_owned(),
            phone: cells.text(3)?.to_owned(),
            email: cells.text(4)?.to_owned(),
        };
        unique(&mut ids, "id", &row.id)?;
        rows.push(row);
        Ok(())
    })
}

/// `team.csv`.
pub(super) fn team(
    file: &str,
    input: impl BufRead,
    rows: &mut Vec<TeamRow>,
    problems: &mut Problems,
) -> std::io::Result<()> {
    let columns = ["client", "service", "employee", "role", "from", "to"];
    debug_assert_eq!(columns, TeamRow::COLUMNS);
    each_row(file, input, &columns, problems, |cells| {
        rows.push(TeamRow {
            client: cells.required(0)?.to_owned(),
            service: cells.text(1)?.to_owned(),
            employee: cells.required(2)?.to_owned(),
            role: cells.text(3)?.to_owned(),
            from: date_word(cells.date(4)?),
            to: date_word(cells.date(5)?),
        });
        Ok(())
    })
}
