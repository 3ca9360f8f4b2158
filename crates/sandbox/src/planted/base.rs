//! The people of the base: faults of a day's work over many deals, one incident at a time.

use history::{Instant, Kind};

use super::book::Book;
use super::life::Life;
use super::tables::{BASE, CONTACT, LOST, NEW, PICKING, WON};
use crate::days::{HOUR, MINUTE};

const KINDS: [fn(&mut Book, usize, usize, bool); 7] = [
    queue,
    pileup,
    overload,
    copied,
    mass_closing,
    out_of_turn,
    overflow,
];
const MORNING: Instant = 9 * HOUR + 20 * MINUTE;

/// Two incidents a week, each of another person.
pub(super) fn live(book: &mut Book) {
    let incidents = (book.days.len() / 5).saturating_sub(2) * 2;
    for number in 0..incidents {
        let day = number / 2 * 5 + number % 2 * 2;
        let who = BASE.start + number % BASE.len();
        let errs = book.chance.hit(65);
        KINDS[number % KINDS.len()](book, who, day, errs);
    }
}

/// Two leads wait at once, for too long or nearly.
fn queue(book: &mut Book, who: usize, day: usize, errs: bool) {
    let second = book.day(day) + MORNING + MINUTE;
    let breach = second + 15 * MINUTE;
    if errs {
        book.plant("lead-queue", 0, who, breach, breach);
    }
    let answered = breach + if errs { MINUTE } else { 0 };
    for number in 0..2 {
        let mut life = Life::new(book, who, day, MORNING + number * MINUTE);
        life.appear(NEW);
        let start = life.now;
        life.now = answered + number * MINUTE;
        life.first_talk(start, CONTACT, 1);
        life.touch(1);
        life.win(WON);
    }
}

/// Tasks for one day beyond what a day can hold.
fn pileup(book: &mut Book, who: usize, day: usize, errs: bool) {
    let due = book.day(day + 7) + 12 * HOUR;
    let mut life = Life::new(book, who, day, MORNING);
    life.first_day(1);
    let planned = life.deal * 100 + 2;
    let mut tasks = Vec::new();
    for number in 1..=if errs { 31 } else { 30 } {
        life.pass(1_000);
        tasks.push(life.add_task("Звонок", "Обзвон по базе", due));
        if number == 31 {
            let (who, now) = (life.who, life.now);
            life.book.plant("task-pileup", 0, who, now, now);
        }
    }
    life.pass(HOUR);
    for task in tasks {
        life.pass(1_000);
        life.does(Kind::TaskRemoved).task = task;
    }
    life.reopen(planned);
    life.touch(1);
    life.win(WON);
}

/// More deals in one stage than one person can hold.
fn overload(book: &mut Book, who: usize, day: usize, errs: bool) {
    for number in 0..if errs { 16 } else { 15 } {
        let mut life = Life::new(book, who, day, MORNING + number * 5 * MINUTE);
        life.first_day(1);
        let moved = life.book.entries.iter().rev();
        let mut moved = moved.filter(|e| e.kind == Kind::StageChanged);
        let at = moved.next().map_or(life.now, |e| e.at);
        life.touch(1);
        life.win(WON);
        if number == 15 {
            book.plant("overload", 0, who, at, at);
        }
    }
}

/// The same result on many deals.
fn copied(book: &mut Book, who: usize, day: usize, errs: bool) {
    let many = if errs { 5 } else { 4 };
    for number in 0..many {
        let mut life = Life::new(book, who, day, MORNING + number * 8 * MINUTE);
        life.first_day(1);
        life.touch(1);
        life.plan(1);
        life.pass(10 * MINUTE);
        life.complete_saying("Отправил фото, ждём решения".into());
        let at = life.now;
        life.pass(10_000);
        life.win(WON);
        if errs && number == 4 {
            book.plant("copied-task-result", 0, who, at, at);
        }
    }
}

/// Deals closed one after the other to look tidy.
fn mass_closing(book: &mut Book, who: usize, day: usize, errs: bool) {
    for number in 0..if errs { 10 } else { 9 } {
        let mut life = Life::new(book, who, day, MORNING + number * 8 * MINUTE);
        life.first_day(1);
        life.touch(1);
        life.pass(10_000);
        let evening = life.book.day(day + 1) + 15 * HOUR;
        life.add_task("Звонок", "Узнать решение", evening + 2 * HOUR);
        life.now = evening + number * 5 * MINUTE;
        let at = life.now + 10_000;
        life.lose(LOST, "Передумал");
        if number == 9 {
            book.plant("mass-closing", 0, who, at, at);
        }
    }
}

/// Of two leads the later one is answered first.
fn out_of_turn(book: &mut Book, who: usize, day: usize, errs: bool) {
    for number in 0..2 {
        let mut life = Life::new(book, who, day, MORNING + number * MINUTE);
        life.appear(NEW);
        let start = life.now;
        life.pass(match (errs, number) {
            (true, 0) => 9 * MINUTE,
            (false, 1) => 7 * MINUTE,
            _ => 4 * MINUTE,
        });
        if errs && number == 1 {
            let at = life.now;
            life.plant("response-order", at);
        }
        life.first_talk(start, CONTACT, 1);
        life.touch(1);
        life.win(WON);
    }
}

/// More orders are being picked than the store can pick, or just as many.
fn overflow(book: &mut Book, who: usize, day: usize, errs: bool) {
    for number in 0..if errs { 13 } else { 12 } {
        let mut life = Life::new(book, who, day, MORNING + number * 5 * MINUTE);
        life.first_day(1);
        life.touch(1);
        if number == 12 {
            let at = life.now;
            life.book.plant_on_nobody("stage-overflow", 0, at);
        }
        life.move_to(PICKING);
        life.pass(10_000);
        life.plan(1);
        life.touch(1);
        life.win(WON);
    }
}
