//! The sellers: a fault of a single deal in some, nearly one in others.

use history::{Instant, Kind};

use super::book::Book;
use super::life::Life;
use super::tables::{CONTACT, LOST, NEW, OFFER, QUALIFIED, READY, SELLERS, WAITING, WON};
use crate::days::{DAY, HOUR, MINUTE};

/// Kinds of faults that a single deal can carry.
const KINDS: [&str; 22] = [
    "first-response",
    "not-reached",
    "missed-call",
    "unanswered-message",
    "stuck-in-stage",
    "deal-lifetime",
    "far-task",
    "postponed-task",
    "stage-order",
    "stage-task",
    "overdue-task",
    "no-open-task",
    "no-responsible",
    "won-without-next",
    "junk-task-result",
    "unlogged-call",
    "silent-deal",
    "handover-without-note",
    "required-field",
    "custom",
    "deal-title",
    "lost-without-reason",
];
const GIVEN_UP: &str = "lost-without-attempts";
/// Working days that the longest life takes.
const LONGEST: usize = 32;
const USUAL: usize = 7;

/// Lives as many deals as are wanting to `deals`.
pub(super) fn live(book: &mut Book, deals: u64) {
    let wanting = deals.saturating_sub(book.deals) as usize;
    let days = book.days.len();
    let (mut planted, mut near) = (0, 0);
    let mut places = vec![0; days];
    for number in 0..wanting {
        let day = number * (days - USUAL) / wanting;
        let place = places[day];
        places[day] += 1;
        let who = SELLERS.start + place % SELLERS.len();
        let jitter = book.chance.between(0, 4 * MINUTE);
        let slot = 9 * HOUR + 20 * MINUTE + (place / SELLERS.len() % 6) as Instant * 40 * MINUTE;
        let (bad, close) = match book.chance.below(100) {
            0..45 => (kind(&mut planted, days - day), ""),
            45..75 => ("", kind(&mut near, days - day)),
            _ => ("", ""),
        };
        let life = Life::new(book, who, day, slot + jitter).with(bad, close);
        one(life);
    }
}

/// The next kind that there is time for.
fn kind(counter: &mut usize, days: usize) -> &'static str {
    loop {
        let place = *counter % (KINDS.len() + 1);
        *counter += 1;
        let kind = KINDS.get(place).copied().unwrap_or(GIVEN_UP);
        let long = ["stuck-in-stage", "deal-lifetime", "silent-deal"].contains(&kind);
        if days > LONGEST || !long {
            return kind;
        }
    }
}

fn one(mut life: Life<'_>) {
    if life.touches(GIVEN_UP) {
        return give_up(&mut life);
    }
    let lifetime = life.errs("deal-lifetime");
    let first = match () {
        () if life.errs("silent-deal") => 5,
        () if life.errs("stuck-in-stage") => 3,
        () if lifetime => 2,
        () => 1,
    };
    let created = life.now;
    life.first_day(first);
    if life.errs("silent-deal") {
        let talked = life.book.entries.iter().rev();
        let talked = talked.filter(|e| e.deal == life.deal && e.kind == Kind::CallOut);
        let last = talked.map(|e| e.at).max().unwrap_or(created);
        life.plant("silent-deal", last + 6 * DAY);
    }
    let ready = if lifetime {
        life.plant("deal-lifetime", created + 30 * DAY);
        long_way(&mut life);
        true
    } else {
        short_way(&mut life, first);
        false
    };
    if life.touches("lost-without-reason")
        || (!life.touches("won-without-next") && !ready && life.deal.is_multiple_of(3))
    {
        life.lose(LOST, "Дорого");
    } else {
        life.win(WON);
    }
}

/// Given up after one try in vain, or after three.
fn give_up(life: &mut Life<'_>) {
    life.appear(NEW);
    let tries = if life.errs(GIVEN_UP) { 1 } else { 3 };
    for _ in 0..tries {
        life.pass(3 * MINUTE);
        life.call(Kind::CallOut, 0);
    }
    life.pass(2 * MINUTE);
    life.complete("Номер не отвечает");
    life.pass(10_000);
    if life.errs(GIVEN_UP) {
        let now = life.now;
        life.plant(GIVEN_UP, now + 10_000);
    }
    life.lose(LOST, "Не дозвонились");
}

/// From the first contact to the offer, in three working days or a few more.
fn short_way(life: &mut Life<'_>, first: usize) {
    if life.errs("stuck-in-stage") {
        let entered = life.book.entries.iter().rev();
        let mut entered = entered.filter(|e| e.deal == life.deal && e.stage == CONTACT);
        let entered = entered.next().map_or(life.now, |e| e.at);
        life.plant("stuck-in-stage", entered + 11 * DAY);
        for days in [(3, 3), (3, 2), (2, 2)] {
            life.touch(days.0);
            life.plan(days.1);
        }
        life.touch(2);
    } else if life.touches("handover-without-note") {
        hand_over(life, first);
    } else {
        life.touch(first);
    }
    if life.errs("stage-order") {
        let now = life.now;
        life.plant("stage-order", now);
        enter_offer(life);
        aside(life);
        life.touch(1);
        life.move_to(READY);
        life.pass(MINUTE);
        return;
    }
    life.move_to(QUALIFIED);
    next_task(life);
    aside(life);
    life.touch(1);
    enter_offer(life);
    life.touch(1);
}

/// The same in five weeks, with a contact every few days.
fn long_way(life: &mut Life<'_>) {
    let mut days = 2;
    for stage in [QUALIFIED, WAITING, OFFER, READY] {
        life.touch(days);
        life.plan(3);
        life.touch(3);
        days = 2;
        if stage == OFFER {
            enter_offer_for(life, days);
        } else {
            life.move_to(stage);
            life.pass(10_000);
            life.plan(days);
        }
    }
    life.touch(2);
    life.plan(3);
    life.touch(3);
}

/// The task after the one done half a minute ago.
fn next_task(life: &mut Life<'_>) {
    life.now = life.due("no-open-task", life.now - 30_000, 30 * MINUTE, 40_000);
    life.plan(1);
}

fn enter_offer(life: &mut Life<'_>) {
    enter_offer_for(life, 1);
}

/// Moves to the offer: fields, and a task of the right kind.
fn enter_offer_for(life: &mut Life<'_>, days: usize) {
    let entered = life.now;
    life.set_field(entered - 20_000, "Город");
    let at = life.due("required-field", entered, HOUR, -10_000);
    life.set_field(at, "Марка и модель");
    let at = life.due("custom", entered, HOUR, -15_000);
    life.set_field(at, "Доставка");
    life.move_to(OFFER);
    life.pass(MINUTE);
    let planned = life.due("stage-task", entered, 15 * MINUTE, MINUTE);
    if life.touches("stage-task") {
        let due = life.now + 4 * HOUR;
        let letter = life.add_task("Письмо", "Отправить предложение", due);
        life.now = planned;
        life.plan(days);
        life.pass(HOUR);
        life.does(Kind::TaskRemoved).task = letter;
    } else {
        life.now = planned;
        life.plan(days);
    }
}

/// The deal goes to a colleague, who takes it up.
fn hand_over(life: &mut Life<'_>, first: usize) {
    life.day += first;
    life.now = life.book.day(life.day) + 9 * HOUR;
    let start = life.book.entries.iter().rev();
    let mut notes = start.filter(|e| e.deal == life.deal && e.kind == Kind::NoteAdded);
    let noted = notes.next().map_or(life.now, |e| e.at);
    // A day after the last note, so that it tells nobody anything.
    life.now = life.now.max(noted + DAY + 2 * MINUTE);
    let changed = life.now;
    if life.errs("handover-without-note") {
        life.plant("handover-without-note", changed + 2 * HOUR);
    } else {
        let (who, text) = (life.who, life.says("Передаю, ждёт звонка"));
        let note = life.at(changed + 2 * HOUR, Kind::NoteAdded);
        (note.actor, note.text) = (Some(who), text);
    }
    let to = SELLERS.start + (life.who - SELLERS.start + 1) % SELLERS.len();
    life.does(Kind::ResponsibleChanged).employee = Some(to);
    life.who = to;
    life.pass(2 * MINUTE);
    life.talk();
}

/// What happens between two contacts.
fn aside(life: &mut Life<'_>) {
    life.pass(10 * MINUTE);
    let start = life.now;
    if life.touches("missed-call") {
        life.call(Kind::CallIn, 0);
        life.now = life.due("missed-call", start, 15 * MINUTE, 0);
        life.call(Kind::CallOut, 60);
        life.pass(MINUTE);
        life.note("Звонил сам, ответили по доставке");
    } else if life.touches("unanswered-message") {
        message(
            life,
            Kind::MessageIn,
            "Добрый день! Когда сможете отправить?",
        );
        life.now = life.due("unanswered-message", start, 30 * MINUTE, 0);
        message(
            life,
            Kind::MessageOut,
            "Добрый день! Отправим завтра до обеда.",
        );
    } else if life.touches("unlogged-call") {
        life.call(Kind::CallIn, 95);
        life.now = life.due("unlogged-call", start, 2 * HOUR, 0);
        life.note("Звонил сам, уточнил комплектацию");
    } else if life.touches("no-responsible") {
        let (who, back) = (life.who, life.due("no-responsible", start, HOUR, 0));
        life.does(Kind::ResponsibleChanged);
        life.now = back;
        life.does(Kind::ResponsibleChanged).employee = Some(who);
    } else {
        extra_task(life);
    }
}

fn message(life: &mut Life<'_>, kind: Kind, text: &str) {
    let (who, now) = (life.who, life.now);
    let message = life.at(now, kind);
    (message.employee, message.channel, message.text) = (Some(who), "WhatsApp", text.into());
    if kind == Kind::MessageOut {
        message.actor = Some(who);
    }
}

/// A second task beside the planned one, with something wrong about it.
fn extra_task(life: &mut Life<'_>) {
    let kinds = [
        "far-task",
        "postponed-task",
        "overdue-task",
        "junk-task-result",
    ];
    if !kinds.iter().any(|kind| life.touches(kind)) {
        return;
    }
    let start = life.now;
    let due = match life.errs("far-task") {
        true => start + 45 * DAY,
        false if life.touches("far-task") => start + 30 * DAY,
        false => start + HOUR,
    };
    let task = life.add_task("Фото", "Снять деталь на складе", due);
    if life.errs("far-task") {
        life.plant("far-task", start);
    }
    if life.touches("far-task") {
        life.pass(HOUR);
        life.does(Kind::TaskRemoved).task = task;
        return life.reopen(task - 1);
    }
    if life.touches("postponed-task") {
        let moves = if life.errs("postponed-task") { 3 } else { 2 };
        for number in 1..=moves {
            life.pass(10 * MINUTE);
            let moved = life.does(Kind::TaskMoved);
            (moved.task, moved.due) = (task, Some(due + number * 30 * MINUTE));
        }
        if moves == 3 {
            let now = life.now;
            life.plant("postponed-task", now);
        }
        life.pass(5 * MINUTE);
    } else if life.touches("overdue-task") {
        life.now = life.due("overdue-task", due, 30 * MINUTE, 0);
    } else {
        life.pass(20 * MINUTE);
    }
    if life.errs("junk-task-result") {
        let now = life.now;
        life.plant("junk-task-result", now);
        life.complete_saying("ок".into());
    } else if life.touches("junk-task-result") {
        life.complete_saying("отказ".into());
    } else {
        life.complete("Фото отправлены клиенту");
    }
    // The planned one is taken up next time.
    life.reopen(task - 1);
}
