//! Physical lines of a possibly endless, possibly broken stream.

use std::io::{BufRead, Read};

/// The longest line understood; a longer one is passed over without being kept.
pub(crate) const MAX_LINE_BYTES: usize = 16 << 20;

pub(crate) enum Line {
    /// A line is in the buffer, with its end.
    Read,
    /// The line was longer than [`MAX_LINE_BYTES`] and was passed over.
    TooLong,
    /// There is nothing more.
    End,
}

/// Reads a line, appending it to `buffer`; a byte order mark counts as part of the first line.
pub(crate) fn next_line(input: &mut impl BufRead, buffer: &mut Vec<u8>) -> std::io::Result<Line> {
    let before = buffer.len();
    let limit = MAX_LINE_BYTES as u64 + 1;
    let read = input.by_ref().take(limit).read_until(b'\n', buffer)?;
    if read == 0 {
        return Ok(Line::End);
    }
    if read as u64 == limit && buffer.last() != Some(&b'\n') {
        buffer.truncate(before);
        skip_line(input)?;
        return Ok(Line::TooLong);
    }
    Ok(Line::Read)
}

fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let part = input.fill_buf()?;
        if part.is_empty() {
            return Ok(());
        }
        if let Some(end) = part.iter().position(|b| *b == b'\n') {
            input.consume(end + 1);
            return Ok(());
        }
        let all = part.len();
        input.consume(all);
    }
}

/// Takes a byte order mark off the stream.
pub(crate) fn skip_bom(input: &mut impl BufRead) -> std::io::Result<()> {
    if input.fill_buf()?.starts_with(b"\xEF\xBB\xBF") {
        input.consume(3);
    }
    Ok(())
}
