//! The small pipelines beside sales: goods that come back, parts that are bought from people,
//! parts that are put in. A deal there is a few talks one after the other.

use history::{Instant, Kind};

use super::phrases as say;
use super::stages::{
    BOOKED, BOUGHT, BUYING_LOST, CHECKING, CLAIM, FITTED, FITTING, INSPECTED, OFFERED, PRICED,
    RETURN_LOST, RETURN_WON, SERVICE_ASKED, SERVICE_LOST,
};
use super::story::{Story, World};
use super::work::Loss;
use crate::chance::Chance;
use crate::entry::Entry;

/// What such a pipeline is like.
pub(super) struct Sideline {
    new: &'static str,
    won: &'static str,
    lost: &'static str,
    title: &'static str,
    channel: &'static str,
    /// Who works there, by weight.
    who: &'static [(u32, usize)],
    /// The stages that talks lead to, and what is written then.
    steps: &'static [(&'static str, &'static [&'static str])],
    plan: &'static str,
    done: &'static str,
    losses: &'static [Loss],
    /// How many per cent are lost at each step.
    loses: u32,
}

pub(super) const RETURNS: Sideline = Sideline {
    new: CLAIM,
    won: RETURN_WON,
    lost: RETURN_LOST,
    title: "Возврат",
    channel: "Почта",
    who: &[(10, 17)],
    steps: &[(CHECKING, say::RETURN_NOTES)],
    plan: "Сообщить решение по возврату",
    done: "Решение сообщили, деньги или замена оформлены",
    losses: say::RETURN_LOSSES,
    loses: 15,
};

pub(super) const BUYING: Sideline = Sideline {
    new: OFFERED,
    won: BOUGHT,
    lost: BUYING_LOST,
    title: "Выкуп",
    channel: "Авито",
    who: &[(10, 13), (10, 15)],
    steps: &[
        (INSPECTED, say::BUYING_NOTES),
        (PRICED, say::BUYING_PRICE_NOTES),
    ],
    plan: "Позвонить продавцу детали: {name}",
    done: "Деталь принята на склад, оплата отправлена",
    losses: say::BUYING_LOSSES,
    loses: 25,
};

pub(super) const SERVICE: Sideline = Sideline {
    new: SERVICE_ASKED,
    won: FITTED,
    lost: SERVICE_LOST,
    title: "Установка",
    channel: "Звонок",
    who: &[(10, 16), (5, 17)],
    steps: &[
        (BOOKED, say::SERVICE_NOTES),
        (FITTING, say::SERVICE_WORK_NOTES),
    ],
    plan: "Подтвердить запись: {name}",
    done: "Установили, машину клиенту отдали",
    losses: say::SERVICE_LOSSES,
    loses: 12,
};

/// Lives a deal that appears at `at`.
pub(super) fn live(
    line: &Sideline,
    world: &World,
    mut chance: Chance,
    deal: u64,
    at: Instant,
) -> Vec<Entry> {
    let who = chance.weighted(line.who);
    let mut story = Story::new(world, chance, deal, at, who);
    // A story that ends early is one that nobody went on with.
    let _ = run(line, &mut story);
    story.entries
}

fn run(line: &Sideline, story: &mut Story<'_>) -> Option<()> {
    appear(line, story);
    let minutes = story.answer_after((4, 50), (70, 600));
    story.pass(minutes)?;
    for (stage, notes) in line.steps {
        if !story.talk(4)? {
            story.lose(&[say::UNREACHED], line.lost);
            return Some(());
        }
        if story.chance.hit(line.loses) {
            story.lose(line.losses, line.lost);
            return Some(());
        }
        story.plan(300, 1_100);
        story.write_down(notes, say::TALK_RESULTS);
        story.move_to(stage);
        story.next_task("Звонок", &[line.plan]);
        story.take_up()?;
    }
    story.call(Kind::CallOut, 90, 200);
    story.moment(60, 300);
    let done = story.written(&[line.done]);
    story.note(&[line.done]);
    story.complete_task(done);
    story.moment(20, 200);
    story.move_to(line.won);
    Some(())
}

fn appear(line: &Sideline, story: &mut Story<'_>) {
    let (client, who, price) = (story.client(), story.who, story.matter.price);
    let title = format!("{}: {}", line.title, story.matter.title());
    let created = story.happens(Kind::Created);
    (created.stage, created.text) = (line.new, title);
    (created.employee, created.client, created.channel) = (Some(who), client, line.channel);
    story.now += 1_000;
    let due = story.world.cast.work(who, story.now, 60);
    let due = due.unwrap_or(story.now);
    story.task_due("Связаться", say::FIRST_PLANS.into(), due);
    story.happens(Kind::PriceSet).amount = Some(price as f64);
}
