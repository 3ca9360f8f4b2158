//! The markup that messages may have.

/// What one reads of a text of HTML, as Telegram reads it.
///
/// # Errors
/// Where a tag or an entity is none that Telegram knows, or is not whole.
pub(super) fn read(html: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let ends = if rest.starts_with('<') { '>' } else { ';' };
        let Some(end) = rest.find(ends) else {
            return Err(format!("can't parse entities: unfinished {:?}", head(rest)));
        };
        let inner = &rest[1..end];
        rest = &rest[end + 1..];
        if ends == ';' {
            text.push(match inner {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                other => return Err(format!("can't parse entities: unknown &{other};")),
            });
        } else if let Some(name) = inner.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!(
                    "can't parse entities: unexpected end tag </{name}>"
                ));
            }
        } else {
            let name = inner.split(' ').next().unwrap_or_default();
            if !["b", "i", "u", "s", "a", "code", "pre"].contains(&name) {
                return Err(format!(
                    "can't parse entities: unsupported start tag {name:?}"
                ));
            }
            open.push(name);
        }
    }
    text.push_str(rest);
    match open.pop() {
        Some(name) => Err(format!(
            "can't parse entities: can't find end tag of {name:?}"
        )),
        None => Ok(text),
    }
}

fn head(text: &str) -> String {
    text.chars().take(20).collect()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn markup_is_read_as_telegram_reads_it() {
        assert_eq!(
            read("<b>a &amp; b</b> &lt;i&gt;").as_deref(),
            Ok("a & b <i>")
        );
        for wrong in [
            "a < b",
            "<script>x</script>",
            "<b>x",
            "x</b>",
            "&nbsp;",
            "a & b",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
