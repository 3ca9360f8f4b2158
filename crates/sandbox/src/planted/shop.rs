//! The shops: everybody gets the same leads and ends them alike, but for one person in a month.

use history::Instant;

use super::book::Book;
use super::life::Life;
use super::tables::{SHOP_CONTACT, SHOP_LOST, SHOP_NEW, SHOP_QUALIFIED, SHOP_WON, SHOPS};
use crate::days::{HOUR, MINUTE};

const KINDS: [&str; 3] = ["loser-share", "lost-mid-share", "lost-reason-share"];
/// Closings of each person in a month.
const CLOSINGS: usize = 10;

/// In each whole month and shop, one kind of fault or nearly none.
pub(super) fn live(book: &mut Book) {
    let mut months: Vec<(usize, usize)> = Vec::new();
    for day in 0..book.days.len() {
        let month = book.dates[day].first_of_month();
        match months.last_mut() {
            Some((first, days)) if book.dates[*first].first_of_month() == month => *days += 1,
            _ => months.push((day, 1)),
        }
    }
    months.retain(|(_, days)| *days > CLOSINGS + 3);
    let mut number = 0;
    for (first, _) in months {
        for shop in SHOPS {
            let kind = KINDS[number % KINDS.len()];
            let member = book.chance.below(shop.len() as u32) as usize;
            let errs = book.chance.hit(75).then_some(shop.start + member);
            for who in shop {
                closings(book, who, first, kind, errs == Some(who));
            }
            number += 1;
        }
    }
}

/// A person's deals of a month.
fn closings(book: &mut Book, who: usize, first: usize, kind: &'static str, errs: bool) {
    let (mut at, mut by) = (Instant::MAX, Instant::MIN);
    for number in 0..CLOSINGS {
        let slot = 10 * HOUR + (who % 3) as Instant * 10 * MINUTE;
        let mut life = Life::new(book, who, first + number, slot);
        life.appear(SHOP_NEW);
        let start = life.now;
        life.pass(3 * MINUTE);
        life.first_talk(start, SHOP_CONTACT, 1);
        life.touch(1);
        if errs && kind == "lost-mid-share" {
            life.move_to(SHOP_QUALIFIED);
            life.pass(10_000);
        }
        at = at.min(life.now);
        by = by.max(life.now + HOUR);
        let reason = match errs && kind == "lost-reason-share" {
            true => "Нецелевой",
            false => "Дорого",
        };
        if errs || kind != "loser-share" || number % 3 == 1 {
            life.lose(SHOP_LOST, reason);
        } else {
            life.win(SHOP_WON);
        }
    }
    if errs {
        book.plant(kind, 0, who, at, by);
    }
}
