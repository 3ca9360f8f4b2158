//! A deal of a private buyer: from the lead to the sale, the loss, or the warm-up pipeline.

use history::{Instant, Kind};

use super::cast::{SELLERS, WARMER, lead};
use super::phrases as say;
use super::stages::{
    CONTACT, INTEREST, LOST, NEW, OFFER, QUALIFIED, READY, WAITING, WARM, WARM_LOST, WON,
};
use super::story::{Story, World};
use super::work::Loss;
use crate::chance::Chance;
use crate::days::HOUR;
use crate::entry::Entry;

const SITE: &str = "Сайт";
const PHONE: &str = "Звонок";
const AVITO: &str = "Авито";
const WHATSAPP: &str = "WhatsApp";
const TELEGRAM: &str = "Telegram";

/// Lives a deal that appears at `at`.
pub(super) fn live(world: &World, mut chance: Chance, deal: u64, at: Instant) -> Vec<Entry> {
    let source = chance.weighted(&[
        (36, SITE),
        (28, PHONE),
        (20, AVITO),
        (10, WHATSAPP),
        (6, TELEGRAM),
    ]);
    let who = seller_for(world, &mut chance, at);
    let mut sale = Sale {
        story: Story::new(world, chance, deal, at, who),
        source,
    };
    // A story that ends early is one that nobody went on with.
    let _ = sale.run(deal);
    sale.story.entries
}

/// One of those who are at work, or will be first.
fn seller_for(world: &World, chance: &mut Chance, at: Instant) -> usize {
    let starts = SELLERS.map(|(weight, who)| (weight, who, world.cast.work(who, at, 0)));
    let earliest = starts.iter().filter_map(|start| start.2).min();
    let soon = earliest.unwrap_or(at) + HOUR;
    let there = |start: &(u32, usize, Option<Instant>)| {
        let comes = start.2.is_some_and(|instant| instant <= soon);
        (if comes { start.0 } else { 0 }, start.1)
    };
    let weights: Vec<(u32, usize)> = starts.iter().map(there).collect();
    chance.weighted(&weights)
}

/// A contact, the stage it leads to, what is written then, and how many per cent are lost.
struct Step {
    to: &'static str,
    notes: &'static [&'static str],
    results: &'static [&'static str],
    task: &'static str,
    plans: &'static [&'static str],
    losses: &'static [Loss],
    lost: u32,
}

const QUALIFYING: Step = Step {
    to: QUALIFIED,
    notes: say::QUALIFY_NOTES,
    results: say::QUALIFY_RESULTS,
    task: "Предложение",
    plans: say::OFFER_PLANS,
    losses: say::LOSSES,
    lost: 17,
};
const OFFERING: Step = Step {
    to: OFFER,
    notes: say::OFFER_NOTES,
    results: say::OFFER_RESULTS,
    task: "Звонок",
    plans: say::DECISION_PLANS,
    losses: say::LOSSES,
    lost: 15,
};
const AGREEING: Step = Step {
    to: READY,
    notes: say::READY_NOTES,
    results: say::READY_RESULTS,
    task: "Выдача",
    plans: &[say::READY_PLAN],
    losses: say::LOSSES.split_at(say::LATE_LOSSES).0,
    lost: 30,
};

struct Sale<'a> {
    story: Story<'a>,
    source: &'static str,
}

impl Sale<'_> {
    fn run(&mut self, deal: u64) -> Option<()> {
        let spoken = self.appear(deal);
        if self.story.chance.hit(2) {
            return self.duplicate();
        }
        if !spoken && !self.first_contact()? {
            self.story.lose(&[say::UNREACHED], LOST);
            return Some(());
        }
        self.first_talk();
        if !self.step(&QUALIFYING)? || !self.step(&OFFERING)? {
            return Some(());
        }
        if self.story.chance.hit(30) && !self.wait()? {
            return Some(());
        }
        if self.step(&AGREEING)? {
            self.hand_out()?;
        }
        Some(())
    }

    fn machine_title(&mut self, deal: u64) -> String {
        let digits = self.story.chance.below(10_000);
        match self.source {
            SITE => format!("Заявка с сайта №{deal}"),
            PHONE => format!(
                "Входящий звонок +7 9** ***-{:02}-{:02}",
                digits / 100,
                digits % 100
            ),
            _ => format!("Сделка №{deal}"),
        }
    }

    /// The lead appears; whether the client was spoken with at once.
    fn appear(&mut self, deal: u64) -> bool {
        let title = self.machine_title(deal);
        let (source, client) = (self.source, self.story.client());
        let who = self.story.who;
        let nobody = self.story.chance.hit(3);
        let created = self.story.happens(Kind::Created);
        (created.stage, created.text) = (NEW, title);
        created.employee = (!nobody).then_some(who);
        (created.client, created.channel) = (client, source);
        self.story.now += 800;
        if nobody {
            self.give_out(who);
        }
        let due = self.story.world.cast.work(who, self.story.now, 15);
        let due = due.unwrap_or(self.story.now);
        self.story
            .task_due("Связаться", say::FIRST_PLANS.into(), due);
        self.story.now += 200;
        if source == PHONE {
            let there = self.story.world.cast.at_work(who, self.story.now);
            let answered = if there { 85 } else { 0 };
            return self.story.call(Kind::CallIn, answered, 420) > 0;
        }
        if source != SITE {
            self.story.message_in(source, say::FIRST_QUESTIONS);
        }
        false
    }

    /// The lead gives the deal to somebody.
    fn give_out(&mut self, who: usize) {
        let lead = lead(who);
        let minutes = self.story.chance.rather_low(2, 40);
        let at = self.story.world.cast.work(lead, self.story.now, minutes);
        self.story.now = at.unwrap_or(self.story.now);
        let changed = self.story.happens(Kind::ResponsibleChanged);
        (changed.actor, changed.employee) = (Some(lead), Some(who));
        self.story.now += 1_000;
    }

    fn duplicate(&mut self) -> Option<()> {
        self.story.pass(6)?;
        let note = self.story.does(Kind::NoteAdded);
        note.text = "Дубль: клиент уже в работе, карточку удаляю.".into();
        self.story.moment(10, 40);
        self.story.does(Kind::Removed);
        None
    }

    /// Whether the client was reached.
    fn first_contact(&mut self) -> Option<bool> {
        let manners = self.story.manners();
        let minutes = self.story.answer_after((1, 11), (18, 420));
        self.story.pass(minutes)?;
        let tries = if self.story.slip(manners.quits) { 1 } else { 4 };
        if self.source != SITE && self.source != PHONE {
            self.story.plan(30, 200);
            self.story.message_out(self.source, say::FIRST_MESSAGES);
            if self.story.chance.hit(72) {
                self.story.moment(120, 2_400);
                self.story.message_in(self.source, say::FIRST_QUESTIONS);
                self.story.pass(3)?;
                self.story.answer(self.source);
                return Some(true);
            }
        }
        self.story.talk(tries)
    }

    /// What the first conversation leaves behind.
    fn first_talk(&mut self) {
        let story = &mut self.story;
        let manners = story.manners();
        story.plan(200, 800);
        story.write_down(say::FIRST_NOTES, say::FIRST_RESULTS);
        story.moment(10, 60);
        if !story.slip(manners.untitled) {
            let title = story.matter.title();
            story.does(Kind::Renamed).text = title;
        }
        for (field, value) in [
            ("Город", story.matter.city),
            ("Марка и модель", story.matter.car),
        ] {
            if !story.slip(manners.blank) {
                story.moment(3, 20);
                story.set_field(field, value);
            } else if story.chance.hit(30) {
                story.set_field(field, "-");
            }
        }
        story.moment(5, 30);
        story.move_to(CONTACT);
        story.next_task("Звонок", say::QUALIFY_PLANS);
    }

    /// The next contact, and the stage that it leads to; false where the deal was lost instead.
    fn step(&mut self, step: &Step) -> Option<bool> {
        let story = &mut self.story;
        let telegram = self.source == TELEGRAM;
        story.meanwhile(if telegram { TELEGRAM } else { WHATSAPP })?;
        story.take_up()?;
        if story.chance.hit(4) {
            let silent = story.manners().silent;
            let noted = !story.slip(silent);
            let (to, by) = (story.colleague(), story.who);
            story.hand_over(to, by, noted);
            story.take_up()?;
        }
        if !story.talk(3)? {
            story.lose(&[say::UNREACHED], LOST);
            return Some(false);
        }
        if story.chance.hit(step.lost) {
            story.lose(step.losses, LOST);
            return Some(false);
        }
        story.plan(200, 900);
        story.write_down(step.notes, step.results);
        let blank = story.manners().blank;
        if step.to != READY && !story.slip(blank) {
            let price = story.matter.price;
            story.does(Kind::PriceSet).amount = Some(price as f64);
            story.moment(3, 20);
        }
        story.move_to(step.to);
        story.next_task(step.task, step.plans);
        Some(true)
    }

    /// The client is not ready to buy; whether he is in the end.
    fn wait(&mut self) -> Option<bool> {
        let story = &mut self.story;
        story.take_up()?;
        if !story.talk(2)? {
            story.lose(&[say::UNREACHED], LOST);
            return Some(false);
        }
        let reason = *story.chance.pick(say::WAIT_REASONS);
        story.plan(1_300, 3_000);
        let notes: Vec<String> = say::WAIT_NOTES
            .iter()
            .map(|note| note.replace("{reason}", reason))
            .collect();
        let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
        story.write_down(&notes, say::TALK_RESULTS);
        let blank = story.manners().blank;
        if !story.slip(blank) {
            story.set_field("Причина ожидания", reason);
        }
        story.moment(3, 30);
        story.move_to(WAITING);
        story.next_task("Звонок", say::DECISION_PLANS);
        if story.chance.hit(60) {
            return Some(true);
        }
        self.warm_up()
    }

    /// Given to the one who keeps in touch with those that are not ready; whether the deal
    /// comes back to sales.
    fn warm_up(&mut self) -> Option<bool> {
        let story = &mut self.story;
        story.take_up()?;
        story.talk(1)?;
        story.plan(60, 300);
        story.write_down(
            &["Не готов покупать, передаём на прогрев."],
            say::TALK_RESULTS,
        );
        let seller = story.who;
        story.move_to(WARM);
        story.hand_over(WARMER, seller, true);
        for round in 0..3 {
            story.take_up()?;
            let reached = story.talk(3)?;
            if !reached || (round > 0 && story.chance.hit(40)) {
                story.lose(say::LOSSES, WARM_LOST);
                return Some(false);
            }
            story.plan(1_900, 2_900);
            story.write_down(say::WARM_NOTES, say::TALK_RESULTS);
            if story.chance.hit(40) {
                story.move_to(INTEREST);
                story.moment(60, 400);
                story.move_to(CONTACT);
                story.hand_over(seller, WARMER, true);
                return Some(true);
            }
            story.next_task("Прогрев", &[say::WARM_PLAN]);
        }
        None
    }

    /// The goods are handed out, unless the client never comes.
    fn hand_out(&mut self) -> Option<()> {
        let story = &mut self.story;
        story.meanwhile(WHATSAPP)?;
        story.take_up()?;
        let forgets = story.manners().forgets;
        if story.slip(forgets * 5) {
            // Ordered, not paid, not fetched: the graveyard of this stage.
            story.call(Kind::CallOut, 30, 60);
            let result = story.written(&["Не приехал, перенос на следующую неделю"]);
            story.complete_task(result);
            return None;
        }
        story.call(Kind::CallOut, 85, 200);
        story.moment(60, 300);
        story.note(&[
            "Деталь выдана, состояние устроило.",
            "Отправлено, трек-номер у клиента.",
        ]);
        story.win(WON)
    }
}
