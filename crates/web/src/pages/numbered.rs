//! A list by numbered pages.

use super::address::with;

/// Which part of a list is shown, and how to come to the others.
pub(super) struct Pages {
    path: String,
    /// From 1 on.
    pub page: usize,
    /// How many there are.
    pub count: usize,
    size: usize,
}

impl Pages {
    /// Page `page` of a list of so many, in the address with its filters; what is beyond the end
    /// is the last page.
    pub fn of(path: impl Into<String>, page: usize, items: usize, size: usize) -> Pages {
        let count = items.div_ceil(size).max(1);
        Pages {
            path: path.into(),
            page: page.clamp(1, count),
            count,
            size,
        }
    }

    /// The places of the items of this page.
    pub fn range(&self) -> std::ops::Range<usize> {
        let from = (self.page - 1) * self.size;
        from..from + self.size
    }

    /// The items of this page.
    pub fn part<'a, T>(&self, items: &'a [T]) -> impl Iterator<Item = &'a T> + use<'a, T> {
        items
            .iter()
            .skip((self.page - 1) * self.size)
            .take(self.size)
    }

    fn address(&self, page: usize) -> String {
        let number = match page {
            1 => String::new(),
            page => page.to_string(),
        };
        with(&self.path, &[("page", &number)])
    }

    /// This page's own address.
    pub fn here(&self) -> String {
        self.address(self.page)
    }

    /// That of the page before; none: this is the first.
    pub fn earlier(&self) -> Option<String> {
        (self.page > 1).then(|| self.address(self.page - 1))
    }

    /// That of the next page; none: this is the last.
    pub fn later(&self) -> Option<String> {
        (self.page < self.count).then(|| self.address(self.page + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_walked_to_its_end() {
        let items: Vec<usize> = (0..7).collect();
        let page = |page| Pages::of("/a?b=c", page, items.len(), 3);
        let first = page(0);
        assert_eq!(first.part(&items).collect::<Vec<_>>(), [&0, &1, &2]);
        assert_eq!((first.here(), first.earlier()), ("/a?b=c".to_owned(), None));
        assert_eq!(first.later().as_deref(), Some("/a?b=c&page=2"));
        let last = page(99);
        assert_eq!(last.part(&items).collect::<Vec<_>>(), [&6]);
        assert_eq!((last.page, last.later()), (3, None));
        assert_eq!(Pages::of("/a", 1, 0, 3).count, 1);
    }
}
