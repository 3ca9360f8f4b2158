//! A deal with a garage or a shop: longer, larger, with meetings.

use history::{Instant, Kind};

use super::cast::WHOLESALERS;
use super::phrases as say;
use super::stages::{INVOICE, REQUEST, SHIPMENT, TERMS, WHOLESALE_LOST, WHOLESALE_WON};
use super::story::{Story, World};
use crate::chance::Chance;
use crate::days::DAY;
use crate::entry::Entry;

/// Lives a deal that appears at `at`.
pub(super) fn live(world: &World, mut chance: Chance, deal: u64, at: Instant) -> Vec<Entry> {
    let who = chance.weighted(&WHOLESALERS);
    let mut story = Story::new(world, chance, deal, at, who);
    story.matter.name = (*story.chance.pick(say::FIRMS)).to_owned();
    story.matter.price *= story.chance.between(4, 11);
    let _ = run(&mut story);
    story.entries
}

fn run(story: &mut Story<'_>) -> Option<()> {
    appear(story);
    let minutes = story.answer_after((4, 50), (70, 600));
    story.pass(minutes)?;
    if !story.talk(4)? {
        story.lose(&[say::UNREACHED], WHOLESALE_LOST);
        return Some(());
    }
    first_talk(story);
    for (number, (to, lost)) in [(TERMS, 12), (INVOICE, 22), (SHIPMENT, 12)]
        .into_iter()
        .enumerate()
    {
        if !step(story, number, to, lost)? {
            return Some(());
        }
    }
    story.take_up()?;
    story.call(Kind::CallOut, 85, 300);
    story.moment(60, 300);
    story.note(&["Партия получена, расхождений нет. Следующий заказ обсудим через месяц."]);
    story.win(WHOLESALE_WON)
}

fn appear(story: &mut Story<'_>) {
    let source = *story.chance.pick(&["Почта", "Звонок", "Сайт", "Выставка"]);
    let (client, who) = (story.client(), story.who);
    let title = format!(
        "{}, партия — {}, {}",
        story.matter.part, story.matter.name, story.matter.city
    );
    let created = story.happens(Kind::Created);
    (created.stage, created.text) = (REQUEST, title);
    (created.employee, created.client, created.channel) = (Some(who), client, source);
    story.now += 1_000;
    let due = story.world.cast.work(who, story.now, 60);
    let due = due.unwrap_or(story.now);
    story.task_due("Связаться", say::FIRST_PLANS.into(), due);
}

fn first_talk(story: &mut Story<'_>) {
    story.plan(300, 1_000);
    story.write_down(
        say::REQUEST_NOTES,
        &["Дозвонились, условия отправляем {when}"],
    );
    let city = story.matter.city;
    let blank = story.manners().blank;
    if !story.slip(blank) {
        story.set_field("Город", city);
        story.moment(5, 40);
    }
    let price = story.matter.price;
    story.does(Kind::PriceSet).amount = Some(price as f64);
    story.next_task("Звонок", say::WHOLESALE_PLANS[0]);
}

/// The next contact, and the stage that it leads to; false where the deal was lost instead.
fn step(story: &mut Story<'_>, number: usize, to: &'static str, lost: u32) -> Option<bool> {
    story.meanwhile("WhatsApp")?;
    story.take_up()?;
    if !story.talk(4)? {
        story.lose(&[say::UNREACHED], WHOLESALE_LOST);
        return Some(false);
    }
    if story.chance.hit(lost) {
        story.lose(&say::LOSSES[..say::LATE_LOSSES], WHOLESALE_LOST);
        if story.chance.hit(25) {
            farewell(story);
        }
        return Some(false);
    }
    story.plan(400, 1_400);
    story.write_down(say::WHOLESALE_NOTES[number], say::TALK_RESULTS);
    story.move_to(to);
    story.next_task("Звонок", say::WHOLESALE_PLANS[number + 1]);
    if to != SHIPMENT && story.chance.hit(45) {
        story.pass(200)?;
        let text = story.phrase(say::MEETINGS);
        let who = story.who;
        let meeting = story.does(Kind::Meeting);
        (meeting.employee, meeting.text) = (Some(who), text);
    }
    Some(true)
}

/// The client buys here no more: an event of the client, not of the deal.
fn farewell(story: &mut Story<'_>) {
    story.now += 3 * DAY;
    let (client, text) = (story.client(), story.phrase(say::FAREWELLS));
    let left = story.happens(Kind::ClientLeft);
    (left.client, left.text, left.deal) = (client, text, 0);
}
