//! Addresses of ours: what they may be, and how a list's state is written into them.

pub(super) use report::links::{escape, with};

/// An address of ours, whatever was asked for: nobody is sent elsewhere from here.
pub(super) fn local(next: &str) -> &str {
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"/-_.~?&=%+".contains(&c);
    match next.starts_with('/') && !next.contains("//") && next.bytes().all(plain) {
        true => next,
        false => "/",
    }
}

/// An address without some of its parameters.
pub(super) fn without(path: &str, names: &[&str]) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        !part.is_empty() && !names.contains(&name)
    };
    let kept = query.split('&').filter(kept).collect::<Vec<_>>().join("&");
    match kept.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{kept}"),
    }
}

/// The address of a person's page.
pub(super) fn person(id: &str) -> String {
    format!("/people/{}", escape(id))
}

/// The address of a deal's page.
pub(super) fn deal(id: &str) -> String {
    format!("/deals/{}", escape(id))
}

/// The address of a finding's place on the page of its deal.
pub(super) fn place(deal_id: &str, finding: &str) -> String {
    let page = with(&deal(deal_id), &[("finding", finding)]);
    format!("{page}#f-{}", escape(finding))
}

/// The address of an exemption in the list of them.
pub(super) fn exemption(id: &str) -> String {
    format!("/exemptions?show=all#x-{}", escape(id))
}

/// The address of a finding's page.
pub(super) fn finding(id: &str) -> String {
    format!("/findings/{}", escape(id))
}

/// The address of a rule's page.
pub(super) fn rule(name: &str) -> String {
    format!("/rules/{}", escape(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for good in [
            "/link/abc-1",
            "/findings?rule=a&to=2026-03-01",
            "/deals/a%2Fb",
        ] {
            assert_eq!(local(good), good);
        }
        for bad in [
            "",
            "x",
            "//evil",
            "/\\evil",
            "https://evil",
            "/a:b",
            "/a\r\nb",
            "/a?b=//c",
        ] {
            assert_eq!(local(bad), "/", "{bad}");
        }
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        assert_eq!(with("/a", &[("b", ""), ("c", "")]), "/a");
        assert_eq!(
            with("/a", &[("b", "x y"), ("c", ""), ("d", "ё&")]),
            "/a?b=x%20y&d=%D1%91%26"
        );
        assert_eq!(local(&with("/a", &[("b", "//é?")])), "/a?b=%2F%2F%C3%A9%3F");
        assert_eq!(without("/a?b=1&c=2&b=3", &["b"]), "/a?c=2");
        assert_eq!(without("/a?b=1", &["b", "c"]), "/a");
    }
}
