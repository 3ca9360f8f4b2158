//! The pipeline of robots: who asks the way to the store is sent a map.

use history::{Instant, Kind};

use super::phrases::ROBOT_DIRECTIONS;
use super::stages::{ARRIVED, ASKED, DIRECTIONS, MISSED};
use super::story::{Story, World};
use crate::chance::Chance;
use crate::days::{DAY, HOUR};
use crate::entry::Entry;

/// Lives a deal that appears at `at`.
pub(super) fn live(world: &World, chance: Chance, deal: u64, at: Instant) -> Vec<Entry> {
    let mut story = Story::new(world, chance, deal, at, 0);
    let client = story.client();
    let created = story.happens(Kind::Created);
    (created.stage, created.client, created.channel) = (ASKED, client, "Звонок");
    created.text = format!("Входящий звонок №{deal}");
    story.now += 2_000;
    let message = story.happens(Kind::MessageOut);
    (message.channel, message.text) = ("WhatsApp", ROBOT_DIRECTIONS.into());
    story.now += 1_000;
    story.happens(Kind::StageChanged).stage = DIRECTIONS;
    story.now += story.chance.between(HOUR, DAY);
    let end = if story.chance.hit(74) {
        ARRIVED
    } else {
        MISSED
    };
    story.happens(Kind::StageChanged).stage = end;
    story.entries
}
