//! Events grouped by deal and ordered in time.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::event::NO_VALUE;
use crate::{Columns, DealId, Event, Instant, Kind, Table};

/// Every deal's events, one slice of the columns a deal, ordered by `at`, then `seq`, then
/// the order of the input. A deal that gets events later has rows of its own from then on.
#[derive(Clone, Default)]
pub struct Timelines {
    rows: Rows,
    /// Deal `d` has rows `starts[d] .. starts[d + 1]`.
    starts: Vec<u32>,
    /// Deals with events that came later.
    grown: FxHashMap<DealId, Rows>,
    /// How many deals and how many events there are in all.
    deals: usize,
    events: usize,
}

/// Events and what orders them.
#[derive(Clone, Default)]
pub(crate) struct Rows {
    pub columns: Columns,
    /// Each row's place in the input.
    place: Vec<u32>,
    /// Each row's `seq`, or empty where no input gives any.
    seq: Vec<i64>,
}

impl Rows {
    fn seq(&self, row: usize) -> i64 {
        self.seq.get(row).copied().unwrap_or(0)
    }

    /// The rows of a range, by themselves.
    fn slice(&self, range: std::ops::Range<usize>) -> Rows {
        let mut rows = Rows {
            columns: Columns::default(),
            place: self.place[range.clone()].to_vec(),
            seq: range.clone().map(|row| self.seq(row)).collect(),
        };
        for row in range {
            rows.columns
                .insert(rows.columns.len(), &self.columns.event(row));
        }
        rows
    }

    /// Puts an event where it belongs; equal ones stand before it.
    fn insert(&mut self, event: &Event, seq: i64, place: u32) {
        let before = |row: usize| (self.columns.at[row], self.seq[row]) <= (event.at, seq);
        let mut row = self.place.len();
        while row > 0 && !before(row - 1) {
            row -= 1;
        }
        self.columns.insert(row, event);
        self.seq.insert(row, seq);
        self.place.insert(row, place);
    }
}

impl Timelines {
    /// Groups and orders the events of `tables` (in the order of the input). Events
    /// without a deal are left out; there are at most 2^32 − 1 others.
    pub(crate) fn build(mut tables: Vec<Table>, deals: usize) -> Timelines {
        let starts = count_rows(&tables, deals);
        let mut order = place_rows(&tables, &starts);
        let seqs = take_seqs(&mut tables);
        tables.iter_mut().for_each(|table| table.deal = Vec::new());

        let rows: Vec<usize> = tables.iter().map(|table| table.columns.len()).collect();
        let mut parts: Vec<Columns> = tables.into_iter().map(|table| table.columns).collect();
        let at = concat(parts.iter_mut().map(|part| &mut part.at));
        sort_deals(&mut order, &starts, &at, &seqs);
        let seq = gather(&seqs, &order);
        drop(seqs);
        let mut columns = Columns {
            at: gather(&at, &order),
            ..Columns::default()
        };
        drop(at);

        let mut values = parts
            .iter_mut()
            .map(|part| std::mem::take(&mut part.value))
            .collect();
        level(&mut values, &rows, NO_VALUE);
        columns.value = rearranged(values, &order);
        let kinds = parts
            .iter_mut()
            .map(|part| std::mem::take(&mut part.kind))
            .collect();
        columns.kind = rearranged(kinds, &order);
        // Two columns at a time: enough for two cores, and few enough to be let go of early.
        macro_rules! arrange {
            ($(($one:ident, $other:ident)),*) => {$({
                let mut one = parts.iter_mut().map(|part| std::mem::take(&mut part.$one)).collect();
                let mut other = parts.iter_mut().map(|part| std::mem::take(&mut part.$other)).collect();
                level(&mut one, &rows, u32::MAX);
                level(&mut other, &rows, u32::MAX);
                (columns.$one, columns.$other) =
                    rayon::join(|| rearranged(one, &order), || rearranged(other, &order));
            })*};
        }
        arrange!((actor, employee), (object, text), (channel, client));
        Timelines {
            events: columns.len(),
            deals,
            rows: Rows {
                columns,
                place: order,
                seq,
            },
            starts,
            grown: FxHashMap::default(),
        }
    }

    /// Puts an event that came later, the `place`-th of all input, into the timeline of a deal.
    pub(crate) fn insert(&mut self, deal: DealId, event: &Event, seq: i64, place: u32) {
        if !self.grown.contains_key(&deal) {
            let own = self.rows.slice(self.range(deal));
            self.grown.insert(deal, own);
        }
        if let Some(rows) = self.grown.get_mut(&deal) {
            rows.insert(event, seq, place);
        }
        self.deals = self.deals.max(deal.index() + 1);
        self.events += 1;
    }

    /// Everything that columns are in, to renumber ids in.
    pub(crate) fn columns_mut(&mut self) -> impl Iterator<Item = &mut Columns> {
        let grown = self.grown.values_mut().map(|rows| &mut rows.columns);
        std::iter::once(&mut self.rows.columns).chain(grown)
    }

    /// How many deals there are.
    pub fn deals(&self) -> usize {
        self.deals
    }

    /// How many events there are.
    pub fn events(&self) -> usize {
        self.events
    }

    /// The rows that a deal has had from the beginning.
    fn range(&self, deal: DealId) -> std::ops::Range<usize> {
        let start = |deal: usize| self.starts.get(deal).map(|start| *start as usize);
        match (start(deal.index()), start(deal.index() + 1)) {
            (Some(from), Some(to)) => from..to,
            _ => 0..0,
        }
    }

    /// The events of one deal.
    pub fn deal(&self, deal: DealId) -> Timeline<'_> {
        if !self.grown.is_empty()
            && let Some(rows) = self.grown.get(&deal)
        {
            return Timeline {
                rows,
                deal,
                from: 0,
                to: rows.place.len(),
            };
        }
        let range = self.range(deal);
        Timeline {
            rows: &self.rows,
            deal,
            from: range.start,
            to: range.end,
        }
    }

    /// All deals, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = Timeline<'_>> {
        (0..self.deals()).map(|deal| self.deal(DealId(deal as u32)))
    }

    /// Instants of the first and the last event.
    pub fn span(&self) -> Option<(Instant, Instant)> {
        let at = &self.rows.columns.at;
        let grown = || self.grown.values().flat_map(|rows| &rows.columns.at);
        let first = at.par_iter().min().into_iter().chain(grown().min()).min()?;
        let last = at.par_iter().max().into_iter().chain(grown().max()).max()?;
        Some((*first, *last))
    }
}

/// The events of one deal in order.
#[derive(Clone, Copy)]
pub struct Timeline<'a> {
    rows: &'a Rows,
    deal: DealId,
    from: usize,
    to: usize,
}

impl<'a> Timeline<'a> {
    /// The deal.
    pub fn deal(&self) -> DealId {
        self.deal
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.to - self.from
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.from == self.to
    }

    /// The `i`-th event.
    pub fn event(&self, i: usize) -> Event {
        self.rows.columns.event(self.from + i)
    }

    /// The kind of the `i`-th event.
    pub fn kind(&self, i: usize) -> Kind {
        self.rows.columns.kind[self.from + i]
    }

    /// The instant of the `i`-th event.
    pub fn at(&self, i: usize) -> Instant {
        self.rows.columns.at[self.from + i]
    }

    /// Where the `i`-th event stands among all events of equal `at`, of any deal: by `seq`,
    /// then by the order of the input.
    pub fn rank(&self, i: usize) -> (i64, u32) {
        let row = self.from + i;
        (self.rows.seq(row), self.rows.place[row])
    }

    /// The events in order.
    pub fn iter(&self) -> impl Iterator<Item = Event> + 'a {
        let columns = &self.rows.columns;
        (self.from..self.to).map(move |i| columns.event(i))
    }

    /// The timeline as it stood at `now`: without the events after it.
    pub fn until(&self, now: Instant) -> Timeline<'a> {
        let at = &self.rows.columns.at[self.from..self.to];
        let len = if at.last().is_none_or(|last| *last <= now) {
            at.len()
        } else {
            at.partition_point(|at| *at <= now)
        };
        Timeline {
            to: self.from + len,
            ..*self
        }
    }
}

fn count_rows(tables: &[Table], deals: usize) -> Vec<u32> {
    let mut starts = vec![0u32; deals + 1];
    for &deal in tables.iter().flat_map(|table| &table.deal) {
        if deal != u32::MAX {
            starts[deal as usize + 1] += 1;
        }
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    starts
}

/// For each row of the result, which row of the input stands there.
fn place_rows(tables: &[Table], starts: &[u32]) -> Vec<u32> {
    let mut next = starts.to_vec();
    let mut order = vec![0u32; starts.last().map_or(0, |rows| *rows as usize)];
    for (row, &deal) in tables.iter().flat_map(|table| &table.deal).enumerate() {
        if deal != u32::MAX {
            let place = &mut next[deal as usize];
            order[*place as usize] = row as u32;
            *place += 1;
        }
    }
    order
}

fn take_seqs(tables: &mut [Table]) -> Vec<i64> {
    if tables.iter().all(|table| table.seq.is_empty()) {
        return Vec::new();
    }
    for table in tables.iter_mut() {
        table.seq.resize(table.deal.len(), 0);
    }
    concat(tables.iter_mut().map(|table| &mut table.seq))
}

/// Orders each deal's rows by `at`, then `seq`; rows stand in input order before.
fn sort_deals(order: &mut [u32], starts: &[u32], at: &[i64], seqs: &[i64]) {
    let key = |row: &u32| {
        (
            at[*row as usize],
            seqs.get(*row as usize).copied().unwrap_or(0),
        )
    };
    let mut slices = Vec::with_capacity(starts.len());
    let mut rest = order;
    for pair in starts.windows(2) {
        let (slice, tail) = rest.split_at_mut((pair[1] - pair[0]) as usize);
        slices.push(slice);
        rest = tail;
    }
    slices.par_iter_mut().with_min_len(1024).for_each(|slice| {
        if !slice.is_sorted_by_key(key) {
            slice.sort_by_key(key);
        }
    });
}

/// Joins the parts of a column, letting go of each part as it is copied.
fn concat<'a, T: Copy + 'a>(parts: impl Iterator<Item = &'a mut Vec<T>>) -> Vec<T> {
    let mut parts: Vec<&mut Vec<T>> = parts.collect();
    if let [only] = &mut parts[..] {
        return std::mem::take(only);
    }
    let mut whole = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        whole.extend_from_slice(part);
        *part = Vec::new();
    }
    whole
}

/// Where some parts have a column and others lack it, fills it with `none` in those.
fn level<T: Copy>(parts: &mut Vec<Vec<T>>, rows: &[usize], none: T) {
    if parts.iter().all(Vec::is_empty) {
        parts.clear();
    }
    for (part, rows) in parts.iter_mut().zip(rows) {
        if part.is_empty() {
            part.resize(*rows, none);
        }
    }
}

fn rearranged<T: Copy + Send + Sync>(mut parts: Vec<Vec<T>>, order: &[u32]) -> Vec<T> {
    // Row groups mostly have one size, a power of two: then no copy of the whole is needed.
    if let [first, .., last] = &parts[..] {
        let size = first.len();
        let alike = parts[..parts.len() - 1]
            .iter()
            .all(|part| part.len() == size);
        if size.is_power_of_two() && alike && last.len() <= size {
            let (shift, mask) = (size.trailing_zeros(), size - 1);
            let at = |row: &u32| parts[(*row >> shift) as usize][*row as usize & mask];
            return order.par_iter().with_min_len(1 << 16).map(at).collect();
        }
    }
    let source = concat(parts.iter_mut());
    gather(&source, order)
}

fn gather<T: Copy + Send + Sync>(source: &[T], order: &[u32]) -> Vec<T> {
    if source.is_empty() {
        return Vec::new();
    }
    order
        .par_iter()
        .with_min_len(1 << 16)
        .map(|&row| source[row as usize])
        .collect()
}
