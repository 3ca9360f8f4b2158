//! A deal while it is lived: where it stands, who has it, and the things people do.

use history::{Instant, Kind};

use super::cast::{Cast, PEOPLE, lead};
use super::manners::Manners;
use super::phrases as say;
use crate::chance::Chance;
use crate::days::{DAY, HOUR, MINUTE};
use crate::entry::Entry;
use crate::words::{CARS, CITIES, MEN, PARTS, WOMEN};

/// What all stories have in common.
pub(super) struct World {
    pub cast: Cast,
    pub until: Instant,
}

/// What a deal is about.
pub(super) struct Matter {
    pub part: &'static str,
    pub car: &'static str,
    pub city: &'static str,
    pub name: String,
    /// Roubles.
    pub price: i64,
}

impl Matter {
    pub fn draw(chance: &mut Chance) -> Matter {
        let (part, low, high) = *chance.pick(PARTS);
        let (car, city) = (*chance.pick(CARS), *chance.pick(CITIES));
        let (first, surnames) = if chance.hit(75) { MEN } else { WOMEN };
        Matter {
            part,
            car,
            city,
            name: format!("{} {}", chance.pick(first), chance.pick(surnames)),
            price: chance.between(low, high) * 1_000,
        }
    }

    /// The title by the company's template.
    pub fn title(&self) -> String {
        format!("{} {} — {}, {}", self.part, self.car, self.name, self.city)
    }
}

/// A deal while it is lived. A step that gives none ended the story: time is up, or nobody is
/// left to go on with it.
pub(super) struct Story<'a> {
    pub world: &'a World,
    pub chance: Chance,
    pub entries: Vec<Entry>,
    pub now: Instant,
    pub who: usize,
    pub matter: Matter,
    deal: u64,
    tasks: u64,
    /// The open task and its deadline.
    pub task: Option<(u64, Instant)>,
    /// When the client was promised to hear of us.
    pub next: Instant,
    /// The question asked last.
    asked: usize,
}

impl<'a> Story<'a> {
    pub fn new(world: &'a World, mut chance: Chance, deal: u64, at: Instant, who: usize) -> Self {
        Story {
            matter: Matter::draw(&mut chance),
            world,
            chance,
            entries: Vec::new(),
            now: at,
            who,
            deal,
            tasks: 0,
            task: None,
            next: at,
            asked: 0,
        }
    }

    pub fn manners(&self) -> Manners {
        self.world.cast.manners(self.who, self.now)
    }

    /// How many minutes of work it takes to answer: so many, or so many where one is slow.
    pub fn answer_after(&mut self, usual: (i64, i64), late: (i64, i64)) -> i64 {
        let slow = self.manners().slow;
        let (least, most) = if self.slip(slow) { late } else { usual };
        let weary = self.world.cast.weariness(self.who, self.now);
        self.chance.rather_low(least, most) + weary
    }

    /// Whether a slip happens that happens so many times in a thousand.
    pub fn slip(&mut self, per_mille: u32) -> bool {
        self.chance.below(1_000) < per_mille
    }

    pub fn client(&self) -> String {
        format!("k{}", self.deal - 28_000_000)
    }

    /// Something that happens by itself or that the client does.
    pub fn happens(&mut self, kind: Kind) -> &mut Entry {
        self.entries.push(Entry::new(self.deal, self.now, kind));
        let last = self.entries.len() - 1;
        &mut self.entries[last]
    }

    /// Something that the responsible does.
    pub fn does(&mut self, kind: Kind) -> &mut Entry {
        let who = self.who;
        let entry = self.happens(kind);
        entry.actor = Some(who);
        entry
    }

    /// A moment passes, too short to stop working.
    pub fn moment(&mut self, least: i64, most: i64) {
        self.now += self.chance.between(least * 1_000, most * 1_000);
    }

    /// So many minutes of the responsible's work pass.
    pub fn pass(&mut self, minutes: i64) -> Option<()> {
        let then = match self.world.cast.work(self.who, self.now, minutes) {
            None => {
                self.left_behind()?;
                self.world.cast.work(self.who, self.now, minutes)?
            }
            Some(then) if then - self.now > 4 * DAY && self.absent_before(then) => {
                self.covered_for()?;
                self.world.cast.work(self.who, self.now, minutes)?
            }
            Some(then) => then,
        };
        self.now = then + self.chance.between(0, 59_999);
        (self.now < self.world.until).then_some(())
    }

    /// Waits until the instant, and until the responsible is at work.
    pub fn wait_until(&mut self, at: Instant) -> Option<()> {
        self.now = self.now.max(at);
        self.pass(0)
    }

    fn absent_before(&self, then: Instant) -> bool {
        let days = (then - self.now) / DAY;
        (0..=days).any(|day| self.world.cast.away(self.who, self.now + day * DAY))
    }

    /// The responsible has left for good: the lead gives the deal to another, or forgets it.
    fn left_behind(&mut self) -> Option<()> {
        if self.chance.hit(60) {
            return None;
        }
        let lead = lead(self.who);
        let hours = self.chance.between(1, 14);
        let at = self.world.cast.work(lead, self.now, hours * 60)?;
        self.now = at;
        let noted = self.chance.hit(45);
        let to = self.colleague();
        self.hand_over(to, lead, noted);
        Some(())
    }

    /// The responsible is away for long: the lead has somebody stand in, or lets it wait.
    fn covered_for(&mut self) -> Option<()> {
        if self.chance.hit(35) {
            return Some(());
        }
        let lead = lead(self.who);
        let minutes = self.chance.between(5, 90);
        self.now = self.world.cast.work(lead, self.now, minutes)?;
        let to = self.colleague();
        self.hand_over(to, lead, true);
        Some(())
    }

    /// Somebody else of the group who is at work soonest.
    pub fn colleague(&mut self) -> usize {
        let mut best = (Instant::MAX, self.who);
        for (number, person) in PEOPLE.iter().enumerate() {
            let stands_in = number != self.who
                && person.group == PEOPLE[self.who].group
                && person.role == PEOPLE[self.who].role;
            if !stands_in {
                continue;
            }
            let back = self.world.cast.work(number, self.now, 0);
            let back = back.unwrap_or(Instant::MAX - HOUR);
            let luck = self.chance.between(0, 60_000);
            best = best.min((back + luck, number));
        }
        best.1
    }

    /// Gives the deal to `to`; `by` notes before it what the other needs to know.
    pub fn hand_over(&mut self, to: usize, by: usize, noted: bool) {
        if noted {
            let text = self.phrase(say::HANDOVER_NOTES);
            let note = self.happens(Kind::NoteAdded);
            (note.actor, note.text) = (Some(by), text);
            self.moment(20, 120);
        }
        let changed = self.happens(Kind::ResponsibleChanged);
        (changed.actor, changed.employee) = (Some(by), Some(to));
        self.who = to;
        if noted {
            self.renew_task(by);
        }
    }

    /// Puts a task of the new responsible in the place of the old one's.
    fn renew_task(&mut self, by: usize) {
        self.moment(5, 60);
        if let Some((task, _)) = self.task.take() {
            let removed = self.happens(Kind::TaskRemoved);
            (removed.actor, removed.task) = (Some(by), task);
        }
        self.plan(30, 240);
        let text = self.about("Принять сделку и связаться: {name}");
        self.task_due("Звонок", text, self.next);
        if let Some(added) = self.entries.last_mut() {
            added.actor = Some(by);
        }
    }

    /// One of the phrases, about this deal.
    pub fn phrase(&mut self, phrases: &[&str]) -> String {
        let phrase = *self.chance.pick(phrases);
        self.about(phrase)
    }

    /// The phrase with the deal's own words in it.
    pub fn about(&self, phrase: &str) -> String {
        let first_name = self.matter.name.split(' ').next().unwrap_or_default();
        phrase
            .replace("{part}", &lower_first(self.matter.part))
            .replace("{car}", self.matter.car)
            .replace("{city}", self.matter.city)
            .replace("{name}", first_name)
            .replace("{price}", &roubles(self.matter.price))
            .replace("{when}", &self.when())
    }

    fn when(&self) -> String {
        let days = &self.world.cast.days;
        let date = days.date(self.next);
        let minutes = days.time_of_day(self.next) / MINUTE;
        format!(
            "{:02}.{:02}, {:02}:{:02}",
            date.day(),
            date.month(),
            minutes / 60,
            minutes % 60
        )
    }

    /// Plans the next contact: after so many minutes of work, at a round time.
    pub fn plan(&mut self, least: i64, most: i64) {
        let minutes = self.chance.between(least, most);
        let work = self.world.cast.work(self.who, self.now, minutes);
        let at = work.unwrap_or(self.now + 2 * DAY);
        let round = 15 * MINUTE;
        self.next = at - at % round + if minutes < 60 { round } else { 0 };
    }

    /// Sets the task that was planned.
    pub fn add_task(&mut self, channel: &'static str, text: String) {
        let due = self.next;
        self.task_due(channel, text, due);
        let who = self.who;
        if let Some(entry) = self.entries.last_mut() {
            entry.actor = Some(who);
        }
    }

    /// A robot sets a task.
    pub fn task_due(&mut self, channel: &'static str, text: String, due: Instant) {
        self.tasks += 1;
        let task = self.deal * 100 + self.tasks;
        self.task = Some((task, due));
        let who = self.who;
        let added = self.happens(Kind::TaskAdded);
        (added.task, added.due, added.employee) = (task, Some(due), Some(who));
        (added.channel, added.text) = (channel, text);
    }

    /// Completes the open task, if there is one.
    pub fn complete_task(&mut self, result: String) {
        let Some((task, _)) = self.task.take() else {
            return;
        };
        let done = self.does(Kind::TaskCompleted);
        (done.task, done.text) = (task, result);
    }

    /// Moves the open task to what was planned.
    pub fn move_task(&mut self) {
        let Some((task, due)) = self.task else {
            return;
        };
        let later = self.next.max(due + HOUR);
        self.task = Some((task, later));
        let moved = self.does(Kind::TaskMoved);
        (moved.task, moved.due) = (task, Some(later));
    }

    /// A call; how many seconds were talked.
    pub fn call(&mut self, kind: Kind, answered: u32, longest: i64) -> i64 {
        let talked = if self.chance.hit(answered) {
            self.chance.rather_low(35, longest)
        } else {
            0
        };
        let who = self.who;
        let second = self.now / 1_000;
        let record = format!("https://telephony.example/rec/{}-{second}.mp3", self.deal);
        let call = self.happens(kind);
        (call.employee, call.amount) = (Some(who), Some(talked as f64));
        if kind == Kind::CallOut {
            call.actor = Some(who);
        }
        if talked > 0 {
            call.text = record;
        }
        self.now += talked * 1_000;
        talked
    }

    /// The client asks one of the first so many questions.
    pub fn message_in(&mut self, channel: &'static str, questions: usize) {
        self.asked = self.chance.below(questions as u32) as usize;
        let text = self.about(say::QUESTIONS[self.asked].0);
        let who = self.who;
        let message = self.happens(Kind::MessageIn);
        (message.employee, message.channel, message.text) = (Some(who), channel, text);
    }

    /// The answer to what was asked last.
    pub fn answer(&mut self, channel: &'static str) {
        self.message_out(channel, &[say::QUESTIONS[self.asked].1]);
    }

    pub fn message_out(&mut self, channel: &'static str, phrases: &[&str]) {
        let text = self.phrase(phrases);
        let who = self.who;
        let message = self.does(Kind::MessageOut);
        (message.employee, message.channel, message.text) = (Some(who), channel, text);
    }

    pub fn move_to(&mut self, stage: &'static str) {
        self.does(Kind::StageChanged).stage = stage;
    }

    pub fn set_field(&mut self, field: &'static str, value: &str) {
        let set = self.does(Kind::FieldSet);
        (set.field, set.text) = (field, value.to_owned());
    }

    /// The texts of a hurried person: junk, or worn phrases, or what was meant.
    pub fn written(&mut self, phrases: &[&str]) -> String {
        let junk = self.manners().junk;
        if self.slip(junk) {
            return (*self.chance.pick(say::JUNK)).to_owned();
        }
        if self.slip(junk) {
            return (*self.chance.pick(say::WORN)).to_owned();
        }
        self.phrase(phrases)
    }
}

/// A part's name within a sentence; one that begins with an abbreviation stays.
fn lower_first(part: &str) -> String {
    let mut letters = part.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(part.chars().skip(1)).collect()
        }
        _ => part.to_owned(),
    }
}

/// Roubles as people write them.
fn roubles(amount: i64) -> String {
    let mut text = amount.to_string();
    let mut place = text.len();
    while place > 3 {
        place -= 3;
        text.insert(place, '\u{a0}');
    }
    text + "\u{a0}₽"
}
