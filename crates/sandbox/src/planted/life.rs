//! A deal while it is worked on by the book: the steps that all lives are made of.

use history::{Instant, Kind};

use super::book::Book;
use super::tables::{CONTACT, LOST, NEW};
use crate::days::{HOUR, MINUTE};
use crate::entry::Entry;
use crate::words::{CARS, CITIES, MEN, PARTS};

const SECOND: Instant = 1_000;

/// What a deal is about.
struct Matter {
    part: &'static str,
    car: &'static str,
    city: &'static str,
    name: String,
    price: i64,
}

/// A deal while it is lived.
pub(super) struct Life<'a> {
    pub book: &'a mut Book,
    pub deal: u64,
    /// The responsible.
    pub who: usize,
    pub now: Instant,
    /// The working day that `now` lies in.
    pub day: usize,
    /// The time of day at which the deal is taken up.
    slot: Instant,
    /// The fault that happens; empty for none.
    planted: &'static str,
    /// The fault that nearly happens.
    near: &'static str,
    matter: Matter,
    tasks: u64,
    open: Option<u64>,
}

impl<'a> Life<'a> {
    /// A deal that appears on a day at a time of it.
    pub fn new(book: &'a mut Book, who: usize, day: usize, slot: Instant) -> Life<'a> {
        let deal = book.new_deal();
        let chance = &mut book.chance;
        let (part, low, high) = *chance.pick(PARTS);
        let (car, city) = (*chance.pick(CARS), *chance.pick(CITIES));
        let matter = Matter {
            part,
            car,
            city,
            name: format!("{} {}", chance.pick(MEN.0), chance.pick(MEN.1)),
            price: chance.between(low, high) * 1_000,
        };
        let now = book.day(day) + slot;
        Life {
            book,
            deal,
            who,
            now,
            day,
            slot,
            planted: "",
            near: "",
            matter,
            tasks: 0,
            open: None,
        }
    }

    /// Has a fault happen, or nearly happen.
    pub fn with(mut self, planted: &'static str, near: &'static str) -> Life<'a> {
        (self.planted, self.near) = (planted, near);
        self
    }

    pub fn errs(&self, kind: &str) -> bool {
        self.planted == kind
    }

    /// Whether the fault happens or nearly happens.
    pub fn touches(&self, kind: &str) -> bool {
        self.planted == kind || self.near == kind
    }

    /// Lists a fault of this deal.
    pub fn plant(&mut self, kind: &'static str, at: Instant) {
        let (deal, who) = (self.deal, self.who);
        self.book.plant(kind, deal, who, at, at);
    }

    /// When something that must come within `limit` of `start` does come: usually after
    /// `usual`, nearly late at the last instant, late after it.
    pub fn due(
        &mut self,
        kind: &'static str,
        start: Instant,
        limit: Instant,
        usual: Instant,
    ) -> Instant {
        if self.errs(kind) {
            self.plant(kind, start + limit);
            return start + limit + self.book.chance.between(SECOND, 7 * MINUTE);
        }
        start + if self.near == kind { limit } else { usual }
    }

    /// An event at an instant, which nobody did.
    pub fn at(&mut self, at: Instant, kind: Kind) -> &mut Entry {
        self.book.entries.push(Entry::new(self.deal, at, kind));
        let last = self.book.entries.len() - 1;
        &mut self.book.entries[last]
    }

    /// An event now, done by the responsible.
    pub fn does(&mut self, kind: Kind) -> &mut Entry {
        let (who, now) = (self.who, self.now);
        let entry = self.at(now, kind);
        entry.actor = Some(who);
        entry
    }

    pub fn pass(&mut self, time: Instant) {
        self.now += time;
    }

    /// A text with the deal's own words, so that no two are alike.
    pub fn says(&self, what: &str) -> String {
        let (part, car) = (self.matter.part, self.matter.car);
        format!("{what}: {part}, {car}, {}", self.matter.name)
    }

    /// The lead comes in, with a task to get in touch.
    pub fn appear(&mut self, stage: &'static str) {
        let (who, now, deal) = (self.who, self.now, self.deal);
        let title = format!("Заявка с сайта №{deal}");
        let created = self.at(now, Kind::Created);
        (created.stage, created.text, created.employee) = (stage, title, Some(who));
        (created.client, created.channel) = (format!("k{deal}"), "Сайт");
        self.now += SECOND;
        self.add_task("Связаться", "Связаться с клиентом", now + 45 * MINUTE);
        if let Some(task) = self.book.entries.last_mut() {
            task.actor = None;
        }
        self.now = now;
    }

    pub fn add_task(&mut self, channel: &'static str, text: &str, due: Instant) -> u64 {
        self.tasks += 1;
        let task = self.deal * 100 + self.tasks;
        let (who, text) = (self.who, self.says(text));
        let added = self.does(Kind::TaskAdded);
        (added.task, added.due, added.employee) = (task, Some(due), Some(who));
        (added.channel, added.text) = (channel, text);
        self.open = Some(task);
        task
    }

    /// A task for the next time, so many working days ahead.
    pub fn plan(&mut self, days: usize) {
        let due = self.book.day(self.day + days) + self.slot + 45 * MINUTE;
        self.add_task("Звонок", "Позвонить клиенту", due);
    }

    pub fn complete(&mut self, result: &str) {
        let result = self.says(result);
        self.complete_saying(result);
    }

    pub fn complete_saying(&mut self, result: String) {
        if let Some(task) = self.open.take() {
            let done = self.does(Kind::TaskCompleted);
            (done.task, done.text) = (task, result);
        }
    }

    /// A call of so many seconds.
    pub fn call(&mut self, kind: Kind, seconds: i64) {
        let (who, now) = (self.who, self.now);
        let call = self.at(now, kind);
        (call.employee, call.amount) = (Some(who), Some(seconds as f64));
        if kind == Kind::CallOut {
            call.actor = Some(who);
        }
    }

    pub fn note(&mut self, text: &str) {
        let text = self.says(text);
        self.does(Kind::NoteAdded).text = text;
    }

    pub fn move_to(&mut self, stage: &'static str) {
        self.does(Kind::StageChanged).stage = stage;
    }

    pub fn set_field(&mut self, at: Instant, field: &'static str) {
        let value = match field {
            "Город" => self.matter.city,
            "Доставка" => "Транспортная компания",
            _ => self.matter.car,
        };
        let who = self.who;
        let set = self.at(at, Kind::FieldSet);
        (set.field, set.text, set.actor) = (field, value.into(), Some(who));
    }

    /// Appears and is answered, talked over, written down and moved on, with a task for the
    /// next working day but `days` - 1.
    pub fn first_day(&mut self, days: usize) {
        self.appear(NEW);
        let start = self.now;
        let usual = self.book.chance.between(2 * MINUTE, 4 * MINUTE);
        self.now = self.due("first-response", start, 30 * MINUTE, usual);
        self.first_talk(start, CONTACT, days);
    }

    /// The first conversation, now, with a client that came at `start`.
    pub fn first_talk(&mut self, start: Instant, stage: &'static str, days: usize) {
        if self.touches("not-reached") {
            self.call(Kind::CallOut, 0);
            self.pass(MINUTE);
            self.complete("Не отвечает, набрать ещё раз");
            self.pass(MINUTE);
            self.add_task("Звонок", "Перезвонить", start + 5 * HOUR);
            self.now = self.due("not-reached", start, 4 * HOUR, 3 * HOUR);
        }
        self.call(Kind::CallOut, 120);
        let usual = (self.now + MINUTE - start).min(50 * MINUTE);
        let renamed = self.due("deal-title", start, HOUR, usual);
        let (who, matter) = (self.who, &self.matter);
        // The hyphen of a keyboard does for a dash.
        let dash = if self.near == "deal-title" {
            "-"
        } else {
            "—"
        };
        let title = format!(
            "{} {} {dash} {}, {}",
            matter.part, matter.car, matter.name, matter.city
        );
        if self.errs("deal-title") && self.deal.is_multiple_of(2) {
            // In time, but the city is wanting.
            let short = format!("{} — {}", self.matter.part, self.matter.name);
            let entry = self.at(start + 30 * MINUTE, Kind::Renamed);
            (entry.text, entry.actor) = (short, Some(who));
        }
        let entry = self.at(renamed, Kind::Renamed);
        (entry.text, entry.actor) = (title, Some(who));
        self.pass(2 * MINUTE);
        self.note("Потребность выяснили, наличие проверим");
        self.pass(30 * SECOND);
        self.complete("Поговорили, договорились о звонке");
        self.pass(30 * SECOND);
        self.move_to(stage);
        self.pass(30 * SECOND);
        self.plan(days);
    }

    /// Comes back to the deal after so many working days: a talk, a note, the task done.
    pub fn touch(&mut self, days: usize) {
        self.day += days;
        self.now = self.book.day(self.day) + self.slot;
        self.talk();
    }

    /// A talk, a note, the task done.
    pub fn talk(&mut self) {
        self.call(Kind::CallOut, 90);
        self.pass(2 * MINUTE);
        self.note("Обсудили условия, клиент думает");
        self.pass(30 * SECOND);
        self.complete("Созвонились, вопросы сняли");
        self.pass(30 * SECOND);
    }

    /// Wins the deal now and asks next day how it went.
    pub fn win(&mut self, stage: &'static str) {
        let price = self.matter.price as f64;
        self.does(Kind::PriceSet).amount = Some(price);
        self.pass(30 * SECOND);
        let won = self.now;
        let next = self.due("won-without-next", won, HOUR, -10 * SECOND);
        self.move_to(stage);
        self.now = next;
        self.plan(1);
        self.now = won + 2 * MINUTE;
        let (now, deal) = (self.now, self.deal);
        let payment = self.at(now, Kind::Payment);
        (payment.amount, payment.client) = (Some(price), format!("k{deal}"));
        self.touch(1);
    }

    /// Loses the deal now; the reason is told in the shops at once, elsewhere a minute later.
    pub fn lose(&mut self, stage: &'static str, reason: &'static str) {
        self.complete("Клиент отказался");
        self.pass(10 * SECOND);
        self.move_to(stage);
        let usual = if stage == LOST { MINUTE } else { 0 };
        let at = self.due("lost-without-reason", self.now, 30 * MINUTE, usual);
        let (who, text) = (self.who, self.says("Сравнил с другими, выбрал не нас"));
        let set = self.at(at, Kind::LossReasonSet);
        (set.field, set.text, set.actor) = (reason, text, Some(who));
    }
}

impl Life<'_> {
    /// Goes on with an older task that is open still.
    pub fn reopen(&mut self, task: u64) {
        self.open = Some(task);
    }
}
