//! What piled up while the control of quality was paused: deals of clients that were spoken with
//! and then belonged to nobody, most after qualification, some ready to be handed out.

use history::Kind;

use super::cast::lead;
use super::phrases as say;
use super::stages::{CONTACT, NEW, OFFER, QUALIFIED, READY};
use super::story::{Story, World};
use crate::chance::Chance;
use crate::days::{DAY, MINUTE};
use crate::entry::Entry;

/// The pause: from so many days before the end to so many.
const PAUSE: (i64, i64) = (75, 40);
/// Whose deals they were: those that were new, or had too much to do.
const CARELESS: [(u32, usize); 3] = [(40, 8), (35, 9), (25, 11)];
/// One in so many lay ready.
const READY_ONE_IN: u64 = 10;

/// How many of so many deals.
pub(super) fn size(deals: usize) -> u64 {
    deals as u64 * 26 / 100
}

/// A deal that is begun and forgotten.
pub(super) fn forget(world: &World, mut chance: Chance, number: u64) -> Vec<Entry> {
    let ago = chance.between(PAUSE.1 * 24 * 60, PAUSE.0 * 24 * 60);
    let who = chance.weighted(&CARELESS);
    let deal = 28_900_000 + number;
    let mut story = Story::new(world, chance, deal, world.until - ago * MINUTE, who);
    // A story that ends early is one that nobody went on with.
    let _ = begin(&mut story, deal, number.is_multiple_of(READY_ONE_IN));
    story.entries
}

fn begin(story: &mut Story<'_>, deal: u64, ready: bool) -> Option<()> {
    let (client, who) = (story.client(), story.who);
    let created = story.happens(Kind::Created);
    (created.stage, created.text) = (NEW, format!("Заявка с сайта №{deal}"));
    (created.employee, created.client, created.channel) = (Some(who), client, "Сайт");
    let minutes = story.chance.rather_low(2, 40);
    story.pass(minutes)?;
    story.call(Kind::CallOut, 100, 400);
    story.plan(200, 800);
    story.moment(60, 300);
    story.note(say::FIRST_NOTES);
    let (title, price) = (story.matter.title(), story.matter.price);
    story.does(Kind::Renamed).text = title;
    story.moment(5, 30);
    story.does(Kind::PriceSet).amount = Some(price as f64);
    let stages: &[&'static str] = match ready {
        true => &[CONTACT, QUALIFIED, OFFER, READY],
        false => &[CONTACT, QUALIFIED],
    };
    for stage in stages.iter().copied() {
        story.moment(5, 60);
        story.move_to(stage);
    }
    // Pipelines are being rebuilt: the lead takes the deal off the seller and gives it to nobody.
    story.now += story.chance.between(1, 3) * DAY;
    let lead = lead(story.who);
    story.now = story.world.cast.work(lead, story.now, 5)?;
    story.happens(Kind::ResponsibleChanged).actor = Some(lead);
    Some(())
}
