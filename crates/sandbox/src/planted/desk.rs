//! The front desk: its only person is often away in the afternoon, and somebody else has to
//! see to what comes in.

use history::{Instant, Kind};

use super::book::Book;
use super::life::Life;
use super::tables::{DESK, SELLERS, WON};
use crate::days::{HOUR, MINUTE};

const KIND: &str = "absent-responsible";
const GRACE: Instant = 15 * MINUTE;
/// An afternoon away begins so many working days after the one before.
const EVERY: usize = 3;

/// What waits while nobody is there.
#[derive(Clone, Copy)]
enum Waits {
    /// A message that came just before.
    Before,
    /// A message.
    During,
    Task,
}

/// One deal for each afternoon away.
pub(super) fn live(book: &mut Book) {
    let waits = [Waits::Before, Waits::During, Waits::Task];
    let last = book.days.len().saturating_sub(5);
    for (number, day) in (0..last).step_by(EVERY).enumerate() {
        let (planted, near) = match book.chance.below(100) {
            0..50 => (KIND, ""),
            50..85 => ("", KIND),
            _ => ("", ""),
        };
        let slot = 9 * HOUR + 20 * MINUTE;
        let life = Life::new(book, DESK, day, slot).with(planted, near);
        afternoon(life, waits[number % waits.len()]);
    }
}

/// The deal is begun on one day, waits on the next, and is won on the third.
fn afternoon(mut life: Life<'_>, waits: Waits) {
    life.first_day(1);
    life.touch(1);
    life.plan(1);
    let planned = life.deal * 100 + 3;
    let noon = life.book.day(life.day) + 12 * HOUR;
    life.book.absences.push((DESK, noon, noon + 5 * HOUR));
    match waits {
        Waits::Before => asks(&mut life, noon - 5 * MINUTE, noon),
        Waits::During => asks(&mut life, noon + HOUR, noon + HOUR),
        Waits::Task => {
            life.pass(MINUTE);
            let due = noon + 2 * HOUR;
            life.add_task("Фото", "Снять деталь на складе", due);
            life.now = seen_to(&mut life, due);
            life.complete("Фото отправлены клиенту");
            by_colleague(&mut life);
        }
    }
    life.reopen(planned);
    life.touch(1);
    life.win(WON);
}

/// The client writes at `at`; it waits for nobody from `since` on.
fn asks(life: &mut Life<'_>, at: Instant, since: Instant) {
    let message = life.at(at, Kind::MessageIn);
    (message.employee, message.channel) = (Some(DESK), "WhatsApp");
    message.text = "Добрый день! Во сколько вы закрываетесь?".into();
    life.now = seen_to(life, since);
    let message = life.does(Kind::MessageOut);
    (message.employee, message.channel) = (Some(SELLERS.start), "WhatsApp");
    message.text = "Добрый день! Работаем до шести.".into();
    by_colleague(life);
}

/// When a colleague sees to what waits since `start`.
fn seen_to(life: &mut Life<'_>, start: Instant) -> Instant {
    if life.errs(KIND) {
        let deal = life.deal;
        life.book.plant_on_nobody(KIND, deal, start + GRACE);
        return start + GRACE + life.book.chance.between(1_000, 7 * MINUTE);
    }
    start
        + if life.touches(KIND) {
            GRACE
        } else {
            5 * MINUTE
        }
}

/// What was just done was done by a colleague.
fn by_colleague(life: &mut Life<'_>) {
    if let Some(done) = life.book.entries.last_mut() {
        done.actor = Some(SELLERS.start);
    }
}
