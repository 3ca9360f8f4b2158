//! The company as a live source: however it is run, the same happens.

use history::write::{EventWriter, Format};
use sandbox::company::{Event, Options, Simulation, write};

use super::{support, until};

const DAY: i64 = 86_400_000;

fn options() -> Options {
    Options {
        deals: 500,
        ..Options::new(until())
    }
}

#[test]
fn in_pieces_happens_what_happens_at_once() {
    let end = until().as_millisecond();
    let whole = Simulation::new(&options()).unwrap().run_until(end);
    assert!(whole.is_sorted_by_key(Event::at));
    for step in [37 * 60_000, 7 * DAY] {
        let mut simulation = Simulation::new(&options()).unwrap();
        let mut pieces: Vec<Event> = Vec::new();
        let mut now = end - 183 * DAY;
        while now < end {
            now += step;
            let piece = simulation.run_until(now);
            assert!(piece.iter().all(|event| event.at() <= now));
            assert!(simulation.next_at().is_none_or(|next| next > now));
            pieces.extend(piece);
        }
        assert!(pieces == whole, "in steps of {step} ms");
        assert!(simulation.run_until(end + DAY).is_empty());
    }
}

#[test]
fn a_longer_run_only_adds() {
    let end = until().as_millisecond();
    let run = |days: i64| {
        let mut simulation = Simulation::new(&options()).unwrap();
        simulation.run_until(end - days * DAY)
    };
    let (short, long) = (run(60), run(20));
    assert!(!short.is_empty() && short.len() < long.len());
    assert!(long[..short.len()] == short[..]);
    // Time does not go back.
    let mut simulation = Simulation::new(&options()).unwrap();
    simulation.run_until(end - 20 * DAY);
    assert!(simulation.run_until(end - 60 * DAY).is_empty());
}

#[test]
fn what_happens_is_what_is_written() {
    let (live, written) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(written.path(), &options(), Format::Csv, None).unwrap();
    let mut simulation = Simulation::new(&options()).unwrap();
    simulation.write_tables(live.path()).unwrap();
    let mut out = EventWriter::create(live.path(), Format::Csv).unwrap();
    for event in simulation.run_until(until().as_millisecond()) {
        let mut record = event.record();
        assert!(!record.id.is_empty());
        record.id = "";
        out.write(&record).unwrap();
    }
    out.finish().unwrap();
    assert_eq!(support::hash(live.path()), support::hash(written.path()));
}
