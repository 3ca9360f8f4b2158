//! The life of one deal, from the lead to the closing or to being forgotten.

mod ending;

use history::{Instant, Kind};

use super::office::Office;
use super::pending::{NONE, Pending, Text};
use super::staff::{
    MESSENGERS, OPEN_STAGES, PHONE, REASONS, SHARES, SITE, Staff, TASK_FIRST, TASKS, stage,
};
use super::vocabulary::Vocabulary;
use crate::chance::Chance;
use crate::days::MINUTE;

/// What all deals have in common.
pub(super) struct World {
    pub until: Instant,
    pub vocabulary: Vocabulary,
    pub recordings: bool,
    pub office: Office,
    pub staff: Staff,
}

/// The last numbers that the CRM gave out.
pub(super) struct Numbers {
    pub deal: u32,
    pub task: u32,
}

impl Numbers {
    pub fn new() -> Numbers {
        Numbers {
            deal: 30_451_234,
            task: 51_200_417,
        }
    }
}

/// A deal while it is lived.
pub(super) struct Life<'a> {
    world: &'a World,
    chance: &'a mut Chance,
    events: &'a mut Vec<Pending>,
    numbers: &'a mut Numbers,
    now: Instant,
    client: u32,
    pipeline: u16,
    place: u16,
    who: u16,
    slips: u32,
    task: Option<(u32, Instant)>,
}

impl<'a> Life<'a> {
    /// Lives a deal that appears at `at` and adds its events, not quite in order of time.
    pub fn live(
        world: &'a World,
        chance: &'a mut Chance,
        events: &'a mut Vec<Pending>,
        numbers: &'a mut Numbers,
        at: Instant,
    ) {
        // Other things of the CRM take numbers too.
        numbers.deal += 1 + chance.below(6);
        let pipeline = chance.weighted(&SHARES);
        let who = world.staff.choose(pipeline, at, chance);
        let mut life = Life {
            client: 20_000_000 + numbers.deal / 3,
            slips: world.staff.slips(who),
            world,
            chance,
            events,
            numbers,
            now: at,
            pipeline,
            place: 0,
            who,
            task: None,
        };
        let spoken = life.appear();
        if !spoken && life.chance.hit(life.slips / 6) {
            return; // Nobody ever answered.
        }
        let reached = spoken || life.reach();
        if reached {
            life.rounds();
        }
        life.end(reached);
    }

    fn add(&mut self, kind: Kind) -> &mut Pending {
        self.events.push(Pending {
            at: self.now,
            due: None,
            amount: None,
            text: Text::None,
            deal: self.numbers.deal,
            task: 0,
            client: 0,
            actor: NONE,
            employee: NONE,
            stage: NONE,
            field: NONE,
            channel: NONE,
            kind,
        });
        let last = self.events.len() - 1;
        &mut self.events[last]
    }

    /// Something that the responsible does.
    fn act(&mut self, kind: Kind) -> &mut Pending {
        let who = self.who;
        let event = self.add(kind);
        event.actor = who;
        event
    }

    /// Lets so many minutes of work go by, and waits for whoever is away.
    fn pass(&mut self, minutes: i64) {
        let office = &self.world.office;
        let mut now = office.after(self.now, minutes);
        let back = self.world.staff.back(self.who, now);
        if back > now {
            now = office.after(back, 5);
        }
        self.now = now + self.chance.between(0, 59_999);
        if self.world.staff.gone(self.who, self.now) {
            let lead = self.world.staff.lead(self.who);
            self.hand_over(lead, false);
        }
    }

    /// Creates the deal; whether the client was spoken with at once.
    fn appear(&mut self) -> bool {
        let source = self
            .chance
            .weighted(&[(45, SITE), (30, PHONE), (25, MESSENGERS[0])]);
        let source = if source == MESSENGERS[0] {
            *self.chance.pick(&MESSENGERS)
        } else {
            source
        };
        let nobody = self.chance.hit(4);
        let machine = self.chance.hit(25);
        let price = self.chance.hit(35).then(|| self.price());
        let (client, who) = (self.client, self.who);
        let first = stage(self.pipeline, 0);
        let created = self.add(Kind::Created);
        created.stage = first;
        created.employee = if nobody { NONE } else { who };
        created.text = if machine {
            Text::MachineTitle
        } else {
            Text::Title
        };
        created.amount = price;
        created.client = client;
        created.channel = source;
        self.now += 1_000;
        let mut spoken = false;
        if source == PHONE {
            let answered = if self.world.office.open(self.now) {
                80
            } else {
                0
            };
            spoken = self.call(Kind::CallIn, answered) > 0;
        } else if source != SITE {
            self.message_in(source);
        }
        if nobody {
            self.pass(3);
            let lead = self.world.staff.lead(self.who);
            let (who, changed) = (self.who, self.add(Kind::ResponsibleChanged));
            (changed.employee, changed.actor) = (who, lead);
        }
        self.add_task(TASK_FIRST, 15, true);
        spoken
    }

    fn price(&mut self) -> u32 {
        let most = [90, 600, 60, 300][usize::from(self.pipeline)];
        self.chance.rather_low(3, most) as u32 * 1_000
    }

    fn call(&mut self, kind: Kind, answered: u32) -> u32 {
        let talked = if !self.chance.hit(answered) {
            0
        } else if self.chance.hit(12) {
            self.chance.between(4, 29) as u32
        } else {
            self.chance.rather_low(30, 900) as u32
        };
        let recording = talked > 0 && self.world.recordings;
        let who = self.who;
        let call = self.add(kind);
        call.employee = who;
        call.amount = Some(talked);
        if kind == Kind::CallOut {
            call.actor = who;
        }
        if recording {
            call.text = Text::Recording;
        }
        talked
    }

    fn message_in(&mut self, channel: u16) {
        let text = self.world.vocabulary.message_in(self.chance);
        let who = self.who;
        let message = self.add(Kind::MessageIn);
        (message.employee, message.channel, message.text) = (who, channel, text);
    }

    fn message_out(&mut self) {
        let text = self.world.vocabulary.message_out(self.chance);
        let channel = *self.chance.pick(&MESSENGERS);
        let who = self.who;
        let message = self.act(Kind::MessageOut);
        (message.employee, message.channel, message.text) = (who, channel, text);
    }

    fn note(&mut self) {
        let junk = self.slips / 4 + 2;
        let text = self.world.vocabulary.note(self.chance, junk);
        self.act(Kind::NoteAdded).text = text;
    }

    /// Sets a task that is due after so many minutes of work.
    fn add_task(&mut self, channel: u16, minutes: i64, robot: bool) {
        self.numbers.task += 1;
        let due = self.world.office.after(self.now, minutes);
        self.task = Some((self.numbers.task, due));
        let text = self.world.vocabulary.plan(self.chance);
        let (task, who) = (self.numbers.task, self.who);
        let added = self.add(Kind::TaskAdded);
        added.actor = if robot { NONE } else { who };
        (added.task, added.due, added.employee) = (task, Some(due), who);
        (added.text, added.channel) = (text, channel);
    }

    fn next_task(&mut self, least: i64, most: i64) {
        let channel = *self.chance.pick(&TASKS);
        let minutes = self.chance.between(least, most);
        self.add_task(channel, minutes, false);
    }

    fn complete_task(&mut self) {
        let Some((task, _)) = self.task.take() else {
            return;
        };
        let removed = self.chance.hit(2);
        let junk = self.slips / 3 + 2;
        let text = self.world.vocabulary.result(self.chance, junk);
        let kind = if removed {
            Kind::TaskRemoved
        } else {
            Kind::TaskCompleted
        };
        let done = self.act(kind);
        done.task = task;
        if !removed {
            done.text = text;
        }
    }

    /// Tries to speak with the client.
    fn reach(&mut self) -> bool {
        let late = self.chance.hit(14 + self.slips);
        let delay = if late {
            self.chance.rather_low(16, 600)
        } else {
            self.chance.rather_low(1, 14)
        };
        self.pass(delay);
        let patience = self.chance.weighted(&[(15, 1), (15, 2), (35, 3), (35, 4)]);
        for _ in 0..patience {
            let reached = if self.chance.hit(70) {
                self.call(Kind::CallOut, 62) > 0
            } else {
                self.message_out();
                self.answered_message(55)
            };
            self.complete_task();
            if reached {
                return true;
            }
            self.now += self.chance.between(20_000, 240_000);
            self.next_task(150, 480);
            self.wait_for_task();
        }
        false
    }

    /// Whether the client answers what was just written, and the answer.
    fn answered_message(&mut self, percent: u32) -> bool {
        let answers = self.chance.hit(percent);
        if answers {
            self.now += self.chance.rather_low(2, 180) * MINUTE;
            self.message_in(MESSENGERS[0]);
        }
        answers
    }

    fn rounds(&mut self) {
        self.after_talk();
        let count = self
            .chance
            .weighted(&[(21, 0), (32, 1), (25, 2), (13, 3), (6, 5), (3, 9)]);
        for _ in 0..count {
            if self.now >= self.world.until {
                return;
            }
            self.round();
        }
    }

    fn round(&mut self) {
        self.meanwhile();
        self.wait_for_task();
        if self.chance.hit(5) {
            let colleague = self
                .world
                .staff
                .choose(self.pipeline, self.now, self.chance);
            let note = self.chance.hit(95 - self.slips);
            self.hand_over(colleague, note);
        }
        let talked = match self.chance.below(100) {
            0..65 => self.call(Kind::CallOut, 70) > 0,
            65..90 => {
                self.message_out();
                self.answered_message(60)
            }
            _ => {
                let text = self.world.vocabulary.note(self.chance, 0);
                let who = self.who;
                let meeting = self.act(Kind::Meeting);
                (meeting.employee, meeting.text) = (who, text);
                true
            }
        };
        self.complete_task();
        if talked {
            self.after_talk();
        } else if !self.chance.hit(self.slips / 3) {
            self.now += 60_000;
            self.next_task(120, 900);
        }
    }

    /// What is written down after the client was reached.
    fn after_talk(&mut self) {
        self.now += self.chance.between(30_000, 400_000);
        if !self.chance.hit(self.slips) {
            self.note();
        }
        self.complete_task();
        if self.chance.hit(45) {
            let field = self.chance.below(u32::from(REASONS.start)) as u16;
            let text = self.world.vocabulary.value(field, self.chance);
            let set = self.act(Kind::FieldSet);
            (set.field, set.text) = (field, text);
        }
        if self.chance.hit(35) {
            let price = self.price();
            self.act(Kind::PriceSet).amount = Some(price);
        }
        if self.place == 0 && !self.chance.hit(40) {
            self.act(Kind::Renamed).text = Text::Title;
        }
        if self.place + 1 < OPEN_STAGES && self.chance.hit(62) {
            self.move_to(self.place + 1);
        }
        if !self.chance.hit(self.slips / 3) {
            self.now += self.chance.between(5_000, 240_000);
            self.next_task(180, 2_400);
        }
    }

    fn move_to(&mut self, place: u16) {
        self.place = place;
        let to = stage(self.pipeline, place);
        self.act(Kind::StageChanged).stage = to;
    }

    /// What the client does on his own before the next step.
    fn meanwhile(&mut self) {
        let luck = self.chance.below(100);
        if luck >= 32 {
            return;
        }
        self.now += self.chance.rather_low(20, 1_500) * MINUTE;
        if luck < 20 {
            self.message_in(MESSENGERS[1]);
        } else if self.call(Kind::CallIn, 75) > 0 {
            return;
        }
        let late = self.chance.hit(self.slips);
        let delay = if late { 240 } else { 14 };
        let delay = self.chance.rather_low(1, delay);
        self.pass(delay);
        if luck < 20 {
            self.message_out();
        } else {
            self.call(Kind::CallOut, 80);
        }
    }

    /// Waits until the responsible takes up the task, before it is due or late.
    fn wait_for_task(&mut self) {
        let Some((task, due)) = self.task else {
            let wait = self.chance.between(300, 3_000);
            return self.pass(wait);
        };
        let ahead = self.chance.between(2, 90) * MINUTE;
        self.now = self.now.max(due - ahead);
        self.pass(0);
        if self.chance.hit(16) {
            let later = self.chance.between(120, 1_500);
            let due = self.world.office.after(due.max(self.now), later);
            self.task = Some((task, due));
            let moved = self.act(Kind::TaskMoved);
            (moved.task, moved.due) = (task, Some(due));
            self.now = self.now.max(due - ahead);
            self.pass(0);
        }
        if self.chance.hit(self.slips * 2 / 3) {
            let late = self.chance.rather_low(60, 3_600);
            self.pass(late);
        }
    }

    fn hand_over(&mut self, to: u16, note: bool) {
        if to == self.who {
            return;
        }
        if note {
            self.note();
            self.now += 90_000;
        }
        let by = if self.world.staff.gone(self.who, self.now) {
            self.world.staff.lead(self.who)
        } else {
            self.who
        };
        let changed = self.add(Kind::ResponsibleChanged);
        (changed.employee, changed.actor) = (to, by);
        self.who = to;
        self.slips = self.world.staff.slips(to);
    }
}
