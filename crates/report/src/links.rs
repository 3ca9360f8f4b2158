//! Addresses of the interface that a report leads to.

/// A text as a part of an address.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A path with those of the parameters that say something.
pub fn with(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        out.push_str(&escape(value));
    }
    out
}

/// The page of a deal.
pub fn deal(id: &str) -> String {
    format!("/deals/{}", escape(id))
}

/// The page of an employee.
pub fn person(id: &str) -> String {
    format!("/people/{}", escape(id))
}

/// Where a link of a report leads from its form: a place in the report as it is, a page of the
/// interface under `base` (such as `https://svetofor.example.org`). None: no link is drawn, for the
/// address of the interface is not known, or the link leads out of it.
pub fn absolute(link: &str, base: Option<&str>) -> Option<String> {
    if !crate::document::is_inside(link) {
        return None;
    }
    if link.starts_with('#') {
        return Some(link.to_owned());
    }
    base.map(|base| format!("{}{link}", base.trim_end_matches('/')))
}
