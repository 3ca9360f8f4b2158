//! The daily work on a deal, in whatever pipeline: taking up tasks, talking, writing it down,
//! answering in between, closing.

use history::Kind;

use super::cast::{STOREMAN, lead};
use super::phrases as say;
use super::story::Story;
use crate::days::{HOUR, MINUTE};

/// A reason for losing a deal, and what may be written beside it.
pub(super) type Loss = (&'static str, &'static [&'static str]);

impl Story<'_> {
    /// Takes the open task up: before it is due, or late, or never.
    pub fn take_up(&mut self) -> Option<()> {
        let manners = self.manners();
        if self.slip(manners.forgets) {
            return None;
        }
        let Some((_, due)) = self.task else {
            let minutes = self.chance.between(500, 2_400);
            return self.pass(minutes);
        };
        if !self.slip(manners.late) {
            let ahead = self.chance.between(3, 45) * MINUTE;
            self.wait_until(due - ahead)?;
            if self.chance.hit(9) {
                self.client_postpones()?;
            }
            return Some(());
        }
        if self.chance.hit(40) {
            return self.put_off();
        }
        self.wait_until(due)?;
        let minutes = self.chance.rather_low(30, 1_100);
        self.pass(minutes)
    }

    fn client_postpones(&mut self) -> Option<()> {
        let who = self.who;
        let asks = self.happens(Kind::MessageIn);
        (asks.employee, asks.channel, asks.text) = (Some(who), "WhatsApp", say::POSTPONES.into());
        self.plan(180, 900);
        self.moment(60, 600);
        let text = self.about(say::POSTPONED);
        let answers = self.does(Kind::MessageOut);
        (answers.employee, answers.channel, answers.text) = (Some(who), "WhatsApp", text);
        self.moment(10, 90);
        self.move_task();
        let ahead = self.chance.between(3, 45) * MINUTE;
        let next = self.task.map_or(self.next, |(_, due)| due);
        self.wait_until(next - ahead)
    }

    /// Moves the task instead of doing it, up to four times.
    fn put_off(&mut self) -> Option<()> {
        for _ in 0..self.chance.between(1, 4) {
            let Some((_, due)) = self.task else { break };
            self.wait_until(due - 2 * MINUTE)?;
            self.plan(300, 1_200);
            self.move_task();
        }
        let due = self.task.map_or(self.now, |(_, due)| due);
        self.wait_until(due - 10 * MINUTE)
    }

    /// What the client does on his own before the next contact, and our answer.
    pub fn meanwhile(&mut self, channel: &'static str) -> Option<()> {
        let gap = self.task.map_or(0, |(_, due)| due - self.now);
        if gap < 3 * HOUR || !self.chance.hit(34) {
            return Some(());
        }
        let share = self.chance.between(20, 70);
        let at = self.now + gap * share / 100;
        let hour = self.world.cast.days.time_of_day(at) / HOUR;
        if !(9..21).contains(&hour) || at >= self.world.until {
            return Some(());
        }
        self.now = at;
        let writes = self.chance.hit(65);
        if writes {
            self.next = self.task.map_or(self.next, |(_, due)| due);
            self.message_in(channel, say::QUESTIONS.len());
        } else {
            let there = self.world.cast.at_work(self.who, at);
            if self.call(Kind::CallIn, if there { 80 } else { 0 }, 240) > 0 {
                return self.note_quick();
            }
        }
        let minutes = self.answer_after((2, 11), (35, 420));
        self.pass(minutes)?;
        if writes {
            self.answer(channel);
        } else if self.call(Kind::CallOut, 85, 300) > 0 {
            return self.note_quick();
        }
        Some(())
    }

    /// A note right after a call that no task was for.
    fn note_quick(&mut self) -> Option<()> {
        self.moment(60, 600);
        if let Some((_, due)) = self.task {
            self.next = due;
        }
        self.note(&[
            "Звонок между делом: уточняет сроки, подтвердили {when}.",
            "Вопрос по доставке до города {city}, расчёт объяснили. По плану {when}.",
            "Спрашивает, не продали ли. Бронь подтвердили, договорённость на {when} в силе.",
        ]);
        Some(())
    }

    /// Writes a note, unless that slips.
    pub fn note(&mut self, phrases: &[&str]) {
        let silent = self.manners().silent;
        if self.slip(silent) {
            return;
        }
        let text = self.written(phrases);
        self.does(Kind::NoteAdded).text = text;
    }

    /// Calls until the client answers, at most so many times; whether he did.
    pub fn talk(&mut self, tries: u32) -> Option<bool> {
        for left in (0..tries).rev() {
            if self.call(Kind::CallOut, 78, 600) > 0 {
                return Some(true);
            }
            self.moment(15, 90);
            self.plan(150, 260);
            let result = self.written(say::UNREACHED_RESULTS);
            self.complete_task(result);
            if left > 0 {
                self.moment(20, 200);
                let text = self.phrase(say::RETRY_PLANS);
                self.add_task("Звонок", text);
                self.take_up()?;
            }
        }
        Some(false)
    }

    /// What a conversation leaves behind: note, result, next task.
    pub fn write_down(&mut self, notes: &[&str], results: &[&str]) {
        self.moment(60, 420);
        self.note(notes);
        self.moment(10, 60);
        let silent = self.manners().silent;
        let result = if self.slip(silent) {
            String::new()
        } else {
            self.written(results)
        };
        self.complete_task(result);
    }

    /// Sets the next task, unless that slips.
    pub fn next_task(&mut self, channel: &'static str, plans: &[&str]) {
        let manners = self.manners();
        if self.slip(manners.unplanned) {
            return;
        }
        self.moment(20, 300);
        // Far away, so that it leaves one in peace.
        if self.slip(manners.late / 8) {
            self.plan(11_000, 15_000);
        }
        let text = self.phrase(plans);
        self.add_task(channel, text);
    }

    /// Closes the deal as lost.
    pub fn lose(&mut self, losses: &[Loss], stage: &'static str) {
        let loss = *self.chance.pick(losses);
        let manners = self.manners();
        self.moment(60, 500);
        let result = self.written(&["Отказ: вопрос закрыт", "Отказался, причина в карточке"]);
        self.complete_task(result);
        self.moment(5, 40);
        self.move_to(stage);
        if !self.slip(manners.unreasoned) {
            self.moment(5, 300);
            let comment = self.written(loss.1);
            let set = self.does(Kind::LossReasonSet);
            (set.field, set.text) = (loss.0, comment);
        }
        if self.chance.hit(22) {
            self.checked();
        }
    }

    /// The lead looks at a lost deal.
    fn checked(&mut self) {
        let lead = lead(self.who);
        let minutes = self.chance.between(120, 700);
        let Some(at) = self.world.cast.work(lead, self.now, minutes) else {
            return;
        };
        self.now = at;
        let text = self.phrase(say::CHECK_NOTES);
        let note = self.happens(Kind::NoteAdded);
        (note.actor, note.text) = (Some(lead), text);
    }

    /// Closes the deal as won: handing out, money, and a call after a few days.
    pub fn win(&mut self, stage: &'static str) -> Option<()> {
        let result = self.written(&[
            "Деталь выдана, оплата получена",
            "Отгружено, накладная в карточке",
        ]);
        self.complete_task(result);
        self.moment(20, 200);
        self.move_to(stage);
        let (client, price) = (self.client(), self.matter.price);
        self.moment(60, 3_000);
        let payment = self.happens(Kind::Payment);
        (payment.amount, payment.client) = (Some(price as f64), client);
        self.moment(30, 400);
        if self.chance.hit(50) {
            let note = self.happens(Kind::NoteAdded);
            note.actor = Some(STOREMAN);
            note.text = "Со склада выдано по накладной, комплектность проверена.".into();
        }
        let unplanned = self.manners().unplanned;
        if self.slip(unplanned * 3) {
            return Some(());
        }
        self.plan(1_200, 2_400);
        let text = self.about(say::AFTER_PLAN);
        self.add_task("Звонок", text);
        self.take_up()?;
        self.call(Kind::CallOut, 80, 150);
        self.moment(60, 200);
        let result = self.written(say::REVIEWS);
        self.complete_task(result);
        Some(())
    }
}
