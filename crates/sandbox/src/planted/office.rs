//! The office: who comes late, and who does next to nothing on a day.

use super::book::Book;
use super::life::Life;
use super::tables::{CONTACT, NEW, OFFICE, WON};
use crate::days::{DAY, HOUR, MINUTE};

/// A day is one deal, worked on from the morning for an hour and more.
pub(super) fn live(book: &mut Book) {
    for day in 0..book.days.len() {
        for who in OFFICE {
            let late = book.chance.below(100);
            let idle = book.chance.below(100);
            morning(book, who, day, late, idle);
        }
    }
}

fn morning(book: &mut Book, who: usize, day: usize, late: u32, idle: u32) {
    let midnight = book.day(day);
    // Nobody is late on the first day: what came before is not known.
    let start = match late {
        0..8 if day > 0 => 9 * HOUR + 31 * MINUTE,
        8..16 => 9 * HOUR + 30 * MINUTE,
        _ => 9 * HOUR + 5 * MINUTE,
    };
    if start > 9 * HOUR + 30 * MINUTE {
        let at = midnight + 9 * HOUR + 30 * MINUTE;
        book.plant("late-start", 0, who, at, at);
    }
    if idle < 8 {
        book.plant("crm-time", 0, who, midnight + DAY, midnight + DAY);
    }
    let mut life = Life::new(book, who, day, start - MINUTE);
    life.appear(NEW);
    let begun = life.now;
    life.pass(MINUTE);
    let first = life.now;
    life.first_talk(begun, CONTACT, 1);
    // To the minute an hour, well over it, or under it by one.
    let end = first
        + match idle {
            0..8 => 59 * MINUTE,
            8..16 => HOUR,
            _ => 75 * MINUTE,
        };
    while life.now + 10 * MINUTE < end {
        life.pass(10 * MINUTE);
        life.note("Сверили накладные и остатки");
    }
    life.now = end;
    life.note("Итог дня по поставке");
    sell(&mut life, day);
}

/// The deal is won at once; next day one action closes the task that is left.
fn sell(life: &mut Life<'_>, day: usize) {
    life.complete("Отгрузили");
    let next = life.book.day(day + 1);
    life.add_task("Звонок", "Узнать, всё ли дошло", next + 16 * HOUR);
    life.move_to(WON);
    life.now = next + 14 * HOUR;
    life.complete("Всё дошло, замечаний нет");
}
