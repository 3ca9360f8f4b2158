//! How a deal ends: won, lost, deleted, or forgotten where it stands.

use history::Kind;

use super::Life;
use crate::bulk::staff::{OPEN_STAGES, REASONS};
use crate::days::{DAY, MINUTE};

impl Life<'_> {
    /// Ends the deal; `reached`: the client was spoken with.
    pub fn end(&mut self, reached: bool) {
        if self.chance.below(200) == 0 {
            self.act(Kind::Removed);
            return;
        }
        let (won, lost) = if reached { (34, 50) } else { (0, 88) };
        let luck = self.chance.below(100);
        if luck < won {
            self.win();
        } else if luck < won + lost {
            self.lose();
            if self.chance.hit(3) {
                self.reopen();
            }
        }
    }

    fn win(&mut self) {
        self.pass(30);
        self.complete_task();
        self.move_to(OPEN_STAGES);
        let price = self.price();
        if self.chance.hit(60) {
            let client = self.client;
            self.now += self.chance.between(1, 600) * MINUTE;
            let payment = self.add(Kind::Payment);
            (payment.amount, payment.client) = (Some(price), client);
        }
        if self.chance.hit(60) {
            self.next_task(2_000, 9_000);
        } else if self.chance.hit(2) {
            let text = self.world.vocabulary.farewell(self.chance);
            let client = self.client;
            self.now += 20 * DAY;
            let left = self.add(Kind::ClientLeft);
            (left.client, left.text, left.deal) = (client, text, 0);
        }
    }

    fn lose(&mut self) {
        self.pass(60);
        if !self.chance.hit(self.slips / 2) {
            self.complete_task();
        }
        self.move_to(OPEN_STAGES + 1);
        if self.chance.hit(self.slips / 2 + 9) {
            return;
        }
        let reasons = i64::from(REASONS.end - REASONS.start) - 1;
        let reason = REASONS.start + self.chance.rather_low(0, reasons) as u16;
        let junk = self.slips / 3;
        let comment = self.world.vocabulary.comment(self.chance, junk);
        let commented = self.chance.hit(55);
        let set = self.act(Kind::LossReasonSet);
        set.field = reason;
        if commented {
            set.text = comment;
        }
    }

    fn reopen(&mut self) {
        self.pass(1_500);
        self.move_to(1);
        self.next_task(60, 900);
        self.round();
    }
}
