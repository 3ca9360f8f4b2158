//! The report as text, in English.

use std::fmt::{Display, Formatter, Result};

use jiff::Timestamp;

use crate::report::{FileReport, ProblemGroup, Report};

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "Tables")?;
        for file in &self.files {
            write_file(f, file)?;
        }
        writeln!(f, "Written")?;
        writeln!(
            f,
            "  {} events of {} deals",
            grouped(self.events_written()),
            grouped(self.deals)
        )?;
        let (employees, groups) = (grouped(self.employees), grouped(self.groups));
        let stages = grouped(self.stages);
        writeln!(
            f,
            "  {employees} employees, {groups} groups, {stages} stages"
        )?;
        if let Some((first, last)) = self.span {
            writeln!(f, "  from {} to {}", instant(first), instant(last))?;
        }
        for (kind, count) in &self.events {
            writeln!(f, "  {:>12}  {}", grouped(*count), kind.as_str())?;
        }
        if !self.set_aside.is_empty() {
            writeln!(f, "Left out on purpose")?;
        }
        for rows in &self.set_aside {
            let count = grouped(rows.rows);
            writeln!(f, "  {count:>12}  {}: {}", rows.source, rows.because)?;
        }
        if self.problems.is_empty() {
            return writeln!(f, "No problems");
        }
        writeln!(f, "Problems")?;
        self.problems
            .iter()
            .try_for_each(|group| write_group(f, group))
    }
}

fn write_file(f: &mut Formatter<'_>, file: &FileReport) -> Result {
    let Some(source) = &file.source else {
        return writeln!(f, "  {}: left out", file.file);
    };
    let rows = grouped(file.rows);
    write!(f, "  {}: {source}, {rows} rows ({})", file.file, file.form)?;
    if file.reference {
        write!(f, ", looked up by other rows only")?;
    } else {
        let (used, aside) = (grouped(file.used), grouped(file.set_aside));
        let dropped = grouped(file.dropped);
        write!(
            f,
            ": {used} placed, {aside} left out on purpose, {dropped} not placed"
        )?;
    }
    if !file.unused_columns.is_empty() {
        write!(f, "; columns not used: {}", file.unused_columns.join(", "))?;
    }
    writeln!(f)
}

fn write_group(f: &mut Formatter<'_>, group: &ProblemGroup) -> Result {
    let (count, file) = (grouped(group.count), &group.file);
    write!(f, "  {count:>12}  {file}: {}", group.reason)?;
    if !group.column.is_empty() {
        write!(f, " [{}]", group.column)?;
    }
    writeln!(f, " ({}, {})", group.effect, group.reason.code())?;
    for example in &group.examples {
        let value = match example.value.as_str() {
            "" => "empty".to_owned(),
            value => format!("{value:?}"),
        };
        match example.line {
            Some(line) => writeln!(f, "                line {line}: {value}")?,
            None => writeln!(f, "                {value}")?,
        }
    }
    Ok(())
}

fn instant(at: i64) -> String {
    Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
