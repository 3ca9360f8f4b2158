//! A schedule compiled to windows of working time.
//!
//! Time is cut into chunks of 2^35 ms (398 days). A chunk is compiled when a question first falls
//! into it: its windows, clipped to the chunk and merged, each with the work before it; and a table
//! that leads from each 2^26 ms (18.6 hours) to the first window that may matter there. A question
//! within a chunk is then a few loads. 128 chunks make a block; the block from 1970 to 2109, in
//! which nearly all questions fall, lies in place. Far questions skip whole chunks and blocks by
//! their totals, which are worked out without keeping the windows.

use std::sync::OnceLock;

use crate::Instant;
use crate::schedule::{Piece, Schedule, merge};
use crate::zone::{DAY_MS, date_of, day_number, timestamp};

const CHUNK_BITS: u32 = 35;
const BUCKET_BITS: u32 = 26;
const BUCKETS: usize = 1 << (CHUNK_BITS - BUCKET_BITS);
const BLOCK_BITS: u32 = 7;
const BLOCK: usize = 1 << BLOCK_BITS;
/// So many windows are looked through one by one.
const NEAR: usize = 16;
/// After every instant, and yet far enough from the end of the integers to subtract from.
const NEVER: Instant = Instant::MAX / 2;
/// So many chunks one after another are compiled and walked; beyond that totals are asked for.
const WALKED: i64 = 16;

/// An interval of working time and the work in its chunk before it.
#[derive(Clone, Copy)]
struct Window {
    from: Instant,
    to: Instant,
    before: i64,
}

struct Chunk {
    /// Of each bucket the first window that ends after the bucket starts.
    first: [u32; BUCKETS],
    /// Sorted, apart; the last one is a sentinel that starts and ends after every instant.
    windows: Box<[Window]>,
    total: i64,
}

struct Block {
    chunks: [OnceLock<Box<Chunk>>; BLOCK],
    /// Work before each chunk of the block, and of the whole block at the end.
    before: OnceLock<Box<[i64; BLOCK + 1]>>,
}

/// A schedule as a measure of working time on the axis of instants.
pub(crate) struct Windows {
    pieces: Vec<Piece>,
    /// No working time lies before `lo` or from `hi` on.
    lo: Instant,
    hi: Instant,
    near: Block,
    /// The blocks from that of `lo` to that of `hi`.
    far: Box<[OnceLock<Box<Block>>]>,
}

impl Chunk {
    fn new(start: Instant, intervals: &[(Instant, Instant)]) -> Chunk {
        let mut windows = Vec::with_capacity(intervals.len() + 1);
        let mut total = 0;
        for (from, to) in intervals {
            windows.push(Window {
                from: *from,
                to: *to,
                before: total,
            });
            total += to - from;
        }
        windows.push(Window {
            from: NEVER,
            to: NEVER,
            before: total,
        });
        let mut first = [0; BUCKETS];
        let (mut bucket_start, mut window) = (start, 0);
        for entry in &mut first {
            while windows[window].to <= bucket_start {
                window += 1;
            }
            *entry = u32::try_from(window).expect("a chunk has fewer minutes than 2^32");
            bucket_start += 1 << BUCKET_BITS;
        }
        Chunk {
            first,
            windows: windows.into_boxed_slice(),
            total,
        }
    }

    /// The index of the first window that ends after an instant of this chunk.
    #[inline]
    fn window(&self, t: Instant) -> usize {
        let mut at = self.first[(t >> BUCKET_BITS) as usize & (BUCKETS - 1)] as usize;
        while self.windows[at].to <= t {
            at += 1;
        }
        at
    }

    /// The work from the start of the chunk to an instant of it.
    #[inline]
    fn before(&self, t: Instant) -> i64 {
        let window = &self.windows[self.window(t)];
        window.before + (t - window.from).max(0)
    }

    /// The first instant with `work` (0 < work ≤ total) since the start of the chunk, sought from a
    /// window on.
    #[inline]
    fn reach(&self, work: i64, at: usize) -> Instant {
        let ahead = &self.windows[at + 1..];
        // Most limits end within days: a few windows looked through cost less than a search in all
        // of them.
        let near = ahead
            .iter()
            .take(NEAR)
            .take_while(|w| w.before < work)
            .count();
        let steps = if near < NEAR {
            near
        } else {
            near + ahead[near..].partition_point(|w| w.before < work)
        };
        let window = &self.windows[at + steps];
        window.from + (work - window.before)
    }
}

impl Block {
    fn new() -> Block {
        Block {
            chunks: [const { OnceLock::new() }; BLOCK],
            before: OnceLock::new(),
        }
    }
}

impl Windows {
    pub(crate) fn new(schedule: &Schedule) -> Windows {
        let pieces = schedule.pieces();
        let (lo, hi) = range(&pieces);
        let blocks = (block_of(hi) - block_of(lo) + 1)
            .try_into()
            .expect("hi is not before lo");
        let far = std::iter::repeat_with(OnceLock::new).take(blocks).collect();
        Windows {
            pieces,
            lo,
            hi,
            near: Block::new(),
            far,
        }
    }

    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The working time between two instants; 0 where `b` is not after `a`.
    #[inline]
    pub(crate) fn work(&self, a: Instant, b: Instant) -> i64 {
        let (a, b) = (a.max(self.lo), b.min(self.hi));
        if a >= b {
            return 0;
        }
        let (first, last) = (a >> CHUNK_BITS, b >> CHUNK_BITS);
        let chunk = self.chunk(first);
        if first == last {
            return chunk.before(b) - chunk.before(a);
        }
        chunk.total - chunk.before(a) + self.between(first + 1, last) + self.chunk(last).before(b)
    }

    /// The first instant by which `d` > 0 of working time has passed since `a`.
    #[inline]
    pub(crate) fn add(&self, a: Instant, d: i64) -> Option<Instant> {
        let a = a.max(self.lo);
        if a >= self.hi {
            return None;
        }
        let chunk = self.chunk(a >> CHUNK_BITS);
        let at = chunk.window(a);
        let window = &chunk.windows[at];
        let need = d.saturating_add(window.before + (a - window.from).max(0));
        if need <= chunk.total {
            return Some(chunk.reach(need, at));
        }
        self.add_from(1 + (a >> CHUNK_BITS), need - chunk.total)
    }

    pub(crate) fn is_working(&self, t: Instant) -> bool {
        if !(self.lo..self.hi).contains(&t) {
            return false;
        }
        let chunk = self.chunk(t >> CHUNK_BITS);
        chunk.windows[chunk.window(t)].from <= t
    }

    /// The first instant by which `rest` > 0 of working time has passed since the start of a chunk.
    fn add_from(&self, mut chunk: i64, mut rest: i64) -> Option<Instant> {
        let last = (self.hi - 1) >> CHUNK_BITS;
        for _ in 0..WALKED {
            if chunk > last {
                return None;
            }
            let here = self.chunk(chunk);
            if rest <= here.total {
                return Some(here.reach(rest, 0));
            }
            rest -= here.total;
            chunk += 1;
        }
        while chunk <= last {
            let before = self.totals(chunk >> BLOCK_BITS);
            let here = place(chunk);
            let reached = rest.saturating_add(before[here]);
            if reached <= before[BLOCK] {
                let steps = before[here + 1..].partition_point(|total| *total < reached);
                let found = self.chunk(chunk + i64::try_from(steps).expect("a block is small"));
                return Some(found.reach(reached - before[here + steps], 0));
            }
            rest = reached - before[BLOCK];
            chunk = ((chunk >> BLOCK_BITS) + 1) << BLOCK_BITS;
        }
        None
    }

    /// The work in the chunks from one up to another.
    fn between(&self, from: i64, to: i64) -> i64 {
        if to - from <= WALKED {
            return (from..to).map(|chunk| self.chunk(chunk).total).sum();
        }
        let (first, last) = (from >> BLOCK_BITS, to >> BLOCK_BITS);
        let until = self.totals(last)[place(to)];
        let whole: i64 = (first..last).map(|block| self.totals(block)[BLOCK]).sum();
        whole + until - self.totals(first)[place(from)]
    }

    #[inline]
    fn chunk(&self, chunk: i64) -> &Chunk {
        let slot = match usize::try_from(chunk) {
            Ok(near) if near < BLOCK => &self.near.chunks[near],
            _ => &self.block(chunk >> BLOCK_BITS).chunks[place(chunk)],
        };
        slot.get_or_init(|| self.compile(chunk))
    }

    fn block(&self, block: i64) -> &Block {
        if block == 0 {
            return &self.near;
        }
        let at = usize::try_from(block - block_of(self.lo))
            .expect("questions are cut to the range from lo to hi");
        self.far[at].get_or_init(|| Box::new(Block::new()))
    }

    fn totals(&self, block: i64) -> &[i64; BLOCK + 1] {
        let here = self.block(block);
        here.before.get_or_init(|| {
            let mut before = Box::new([0; BLOCK + 1]);
            let mut scratch = Vec::new();
            for (at, chunk) in here.chunks.iter().enumerate() {
                let total = chunk.get().map(|c| c.total).unwrap_or_else(|| {
                    let index =
                        (block << BLOCK_BITS) + i64::try_from(at).expect("a block is small");
                    self.intervals(index, &mut scratch);
                    scratch.iter().map(|(from, to)| to - from).sum()
                });
                before[at + 1] = before[at] + total;
            }
            before
        })
    }

    #[cold]
    fn compile(&self, chunk: i64) -> Box<Chunk> {
        let mut intervals = Vec::new();
        self.intervals(chunk, &mut intervals);
        Box::new(Chunk::new(chunk << CHUNK_BITS, &intervals))
    }

    /// The working time of a chunk: sorted, apart, clipped to the chunk and to the range of
    /// instants.
    fn intervals(&self, chunk: i64, into: &mut Vec<(Instant, Instant)>) {
        // Local time is at most 26 hours from UTC, an interval ends at most 48 hours after its date
        // began, a clock change may move both by a day.
        const MARGIN_DAYS: i64 = 5;
        into.clear();
        let (start, end) = (chunk << CHUNK_BITS, (chunk + 1) << CHUNK_BITS);
        let (start, end) = (start.max(self.lo), end.min(self.hi));
        if start >= end {
            return;
        }
        let dates = (
            date_of(start.div_euclid(DAY_MS) - MARGIN_DAYS),
            date_of(end.div_euclid(DAY_MS) + MARGIN_DAYS),
        );
        for piece in &self.pieces {
            let (first, last) = (dates.0.max(piece.first), dates.1.min(piece.last));
            if first > last {
                continue;
            }
            let mut readings = piece.hours.zone().readings();
            let following = |d: &jiff::civil::Date| d.tomorrow().ok().filter(|d| *d <= last);
            for d in std::iter::successors(Some(first), following) {
                piece.hours.intervals_on(d, &mut readings, into);
            }
        }
        for (from, to) in into.iter_mut() {
            (*from, *to) = ((*from).max(start), (*to).min(end));
        }
        into.retain(|(from, to)| from < to);
        merge(into);
    }
}

/// The stretch outside which there is no working time.
fn range(pieces: &[Piece]) -> (Instant, Instant) {
    let dates = pieces.iter().filter_map(Piece::working_dates);
    let Some((first, last)) = dates.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else {
        return (0, 0);
    };
    let instant = |day: i64| timestamp(day * DAY_MS).as_millisecond();
    // Wide enough for any zone, night and clock change; how wide does not change an answer.
    (
        instant(day_number(first) - 4),
        instant(day_number(last) + 5),
    )
}

fn block_of(t: Instant) -> i64 {
    t >> (CHUNK_BITS + BLOCK_BITS)
}

/// The place of a chunk in its block.
fn place(chunk: i64) -> usize {
    chunk as usize & (BLOCK - 1)
}
