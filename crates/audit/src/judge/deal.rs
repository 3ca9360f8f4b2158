//! A deal as it stands while its timeline is walked, event by event.

use history::{
    ClientId, DealId, EmployeeId, Event, FieldId, History, Instant, Kind, StageId, StageKind,
    TaskId, TextId, Timeline,
};
use rustc_hash::FxHashMap;

use super::Signals;

/// A task of a deal.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Neither completed nor removed.
    pub open: bool,
    /// The deadline in force.
    pub due: Instant,
    /// Who is to do it.
    pub employee: EmployeeId,
    /// Its type.
    pub kind: history::ChannelId,
    /// What is to be done.
    pub text: TextId,
}

/// What an event did to the deal.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What it means.
    pub signals: Signals,
    /// Its place in the timeline.
    pub index: u32,
    /// The event. Where a deal begins without `created`, a step of its own comes before the
    /// first event; its event is that first one, and its signals say only that the deal begins.
    pub event: Event,
    /// The place in [`Deal::tasks`] of the task of a task event.
    pub task: usize,
    /// The deadline that a moved task had before.
    pub due_before: Instant,
    /// The stage before.
    pub stage_before: StageId,
    /// What standing in it meant.
    pub kind_before: StageKind,
    /// The responsible before.
    pub responsible_before: EmployeeId,
}

/// Lines of a timeline that no rule sees, counted by kind.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct TimelineProblems {
    /// Deals without a `created` event.
    pub without_created: u64,
    /// Events before `created`.
    pub before_created: u64,
    /// A second `created`.
    pub created_twice: u64,
    /// Events after `removed`.
    pub after_removed: u64,
    /// Task events for a task that is not open on the deal.
    pub task_not_open: u64,
    /// A task added under an id that the deal knows.
    pub task_twice: u64,
    /// A task added or moved without a deadline.
    pub task_without_due: u64,
}

impl TimelineProblems {
    /// Adds the counts of another deal.
    pub fn add(&mut self, other: &TimelineProblems) {
        self.without_created += other.without_created;
        self.before_created += other.before_created;
        self.created_twice += other.created_twice;
        self.after_removed += other.after_removed;
        self.task_not_open += other.task_not_open;
        self.task_twice += other.task_twice;
        self.task_without_due += other.task_without_due;
    }

    /// Each kind's code with its count.
    pub fn counts(&self) -> [(&'static str, u64); 7] {
        [
            ("deal-without-created", self.without_created),
            ("event-before-created", self.before_created),
            ("created-twice", self.created_twice),
            ("event-after-removed", self.after_removed),
            ("task-not-open", self.task_not_open),
            ("task-added-twice", self.task_twice),
            ("task-without-due", self.task_without_due),
        ]
    }
}

/// A value and the instant from which it held; the last of equal instants holds.
#[derive(Clone, Debug, Default)]
pub struct Trail<T>(Vec<(Instant, T)>);

impl<T: Copy> Trail<T> {
    fn clear(&mut self) {
        self.0.clear();
    }

    fn push(&mut self, at: Instant, value: T) {
        match self.0.last_mut() {
            Some(last) if last.0 == at => last.1 = value,
            _ => self.0.push((at, value)),
        }
    }

    /// The value after all events up to and including `at`.
    pub fn at(&self, at: Instant) -> Option<T> {
        let last = self.0.last()?;
        if last.0 <= at {
            return Some(last.1);
        }
        let after = self.0.partition_point(|(from, _)| *from <= at);
        after.checked_sub(1).map(|i| self.0[i].1)
    }

    /// The changes in order: from when which value held.
    pub fn changes(&self) -> &[(Instant, T)] {
        &self.0
    }
}

/// Deals with more tasks or fields than this look them up in a table.
const FEW: usize = 24;

/// The state of a deal after the events walked so far.
pub struct Deal<'h> {
    /// The history it belongs to.
    pub history: &'h History,
    /// Its id.
    pub id: DealId,
    /// When it began.
    pub begun_at: Instant,
    /// Its stage; none: unknown.
    pub stage: StageId,
    /// What standing in it means.
    pub kind: StageKind,
    /// Whether it has ever been open.
    pub ever_open: bool,
    /// Who answers for it.
    pub responsible: EmployeeId,
    /// Its title.
    pub title: TextId,
    /// Its client.
    pub client: ClientId,
    /// All its tasks.
    pub tasks: Vec<Task>,
    /// How many of them are open.
    pub open_tasks: usize,
    /// The last reason since the last opening, and its comment.
    pub reason: Option<(FieldId, TextId)>,
    /// Contact attempts since the last opening.
    pub attempts: u32,
    /// Whether there was a conversation since the last opening.
    pub conversation: bool,
    /// Whether there was any contact attempt or note before the event at hand.
    pub touched_before: bool,
    /// When it was removed, and by which event.
    pub removed: Option<(Instant, u32)>,
    /// Stages over time.
    pub stages: Trail<StageId>,
    /// Responsibles over time.
    pub responsibles: Trail<EmployeeId>,
    /// Whoever was last responsible, over time: never nobody.
    pub last_responsibles: Trail<EmployeeId>,
    /// Prices over time, in hundredths; none: the price is empty.
    pub prices: Trail<Option<i64>>,
    /// Reasons over its whole life.
    pub reasons: Trail<FieldId>,
    /// What no rule sees.
    pub problems: TimelineProblems,
    talk_ms: i64,
    touched: bool,
    /// Values over time of the fields that some rule watches.
    watched: Vec<(FieldId, Trail<TextId>)>,
    task_places: FxHashMap<TaskId, usize>,
    fields: Vec<(FieldId, TextId)>,
    field_places: FxHashMap<FieldId, usize>,
}

impl<'h> Deal<'h> {
    /// A place for deals to be walked in, one after the other; calls count as conversations
    /// from `talk_ms` milliseconds on, and the values of the `watched` fields are kept.
    pub fn new(history: &'h History, talk_ms: i64, watched: &[FieldId]) -> Deal<'h> {
        Deal {
            history,
            id: DealId::NONE,
            begun_at: 0,
            stage: StageId::NONE,
            kind: StageKind::Open,
            ever_open: false,
            responsible: EmployeeId::NONE,
            title: TextId::NONE,
            client: ClientId::NONE,
            tasks: Vec::new(),
            open_tasks: 0,
            reason: None,
            attempts: 0,
            conversation: false,
            touched_before: false,
            removed: None,
            stages: Trail(Vec::new()),
            responsibles: Trail(Vec::new()),
            last_responsibles: Trail(Vec::new()),
            prices: Trail(Vec::new()),
            reasons: Trail(Vec::new()),
            problems: TimelineProblems::default(),
            talk_ms,
            touched: false,
            watched: watched
                .iter()
                .map(|field| (*field, Trail(Vec::new())))
                .collect(),
            task_places: FxHashMap::default(),
            fields: Vec::new(),
            field_places: FxHashMap::default(),
        }
    }

    /// Whether it is open now.
    pub fn is_open(&self) -> bool {
        self.kind == StageKind::Open
    }

    /// The value of a field; none where it is empty.
    pub fn field(&self, field: FieldId) -> TextId {
        self.field_place(field)
            .map_or(TextId::NONE, |place| self.fields[place].1)
    }

    /// The values over time of a field that a rule watches.
    pub fn watched(&self, field: FieldId) -> &Trail<TextId> {
        let watched = self.watched.iter().find(|(id, _)| *id == field);
        &watched.expect("rules name the fields that they watch").1
    }

    /// Walks a timeline, which holds no event later than the instant judged at, and shows
    /// each step with the deal as it stands after it.
    pub fn walk(&mut self, timeline: Timeline<'h>, mut visit: impl FnMut(&Deal<'h>, &Step)) {
        self.reset(timeline.deal());
        let created = (0..timeline.len()).find(|i| timeline.kind(*i) == Kind::Created);
        let first = match created {
            Some(first) => {
                self.problems.before_created += first as u64;
                first
            }
            None if timeline.is_empty() => return,
            None => {
                self.problems.without_created += 1;
                let step = self.begin_without_created(&timeline);
                visit(self, &step);
                0
            }
        };
        for index in first..timeline.len() {
            if self.removed.is_some() {
                self.problems.after_removed += (timeline.len() - index) as u64;
                break;
            }
            if let Some(step) = self.take(
                timeline.event(index),
                index as u32,
                created.is_some() && index == first,
            ) {
                visit(self, &step);
            }
        }
    }

    fn reset(&mut self, id: DealId) {
        self.id = id;
        self.stage = StageId::NONE;
        self.kind = StageKind::Open;
        self.ever_open = false;
        self.responsible = EmployeeId::NONE;
        self.title = TextId::NONE;
        self.client = ClientId::NONE;
        self.tasks.clear();
        self.open_tasks = 0;
        self.reason = None;
        self.attempts = 0;
        self.conversation = false;
        self.touched_before = false;
        self.touched = false;
        self.removed = None;
        self.stages.clear();
        self.responsibles.clear();
        self.last_responsibles.clear();
        self.prices.clear();
        self.reasons.clear();
        self.problems = TimelineProblems::default();
        self.watched.iter_mut().for_each(|(_, trail)| trail.clear());
        self.fields.clear();
        if !self.task_places.is_empty() {
            self.task_places.clear();
        }
        if !self.field_places.is_empty() {
            self.field_places.clear();
        }
    }

    fn begin_without_created(&mut self, timeline: &Timeline<'h>) -> Step {
        let event = timeline.event(0);
        self.begun_at = event.at;
        self.ever_open = true;
        self.stages.push(event.at, StageId::NONE);
        self.responsibles.push(event.at, EmployeeId::NONE);
        let signals = Signals::BEGUN | Signals::OPENED | Signals::ENTERED;
        Step {
            signals,
            ..self.plain_step(event, 0)
        }
    }

    fn plain_step(&self, event: Event, index: u32) -> Step {
        Step {
            signals: Signals::NONE,
            index,
            event,
            task: usize::MAX,
            due_before: 0,
            stage_before: self.stage,
            kind_before: self.kind,
            responsible_before: self.responsible,
        }
    }

    /// Lets an event act on the deal; none: no rule sees it.
    #[inline]
    fn take(&mut self, event: Event, index: u32, begins: bool) -> Option<Step> {
        let mut step = self.plain_step(event, index);
        self.touched_before = self.touched;
        step.signals = match event.kind {
            Kind::Created if begins => self.begin(&event),
            Kind::Created => {
                self.problems.created_twice += 1;
                return None;
            }
            Kind::StageChanged => self.enter(event.stage(), event.at),
            Kind::ResponsibleChanged => {
                self.answers(event.employee, event.at);
                Signals::RESPONSIBLE
            }
            Kind::Renamed => {
                self.title = event.text;
                Signals::RENAMED
            }
            Kind::PriceSet => {
                self.prices.push(event.at, event.money());
                Signals::PRICE
            }
            Kind::FieldSet if event.field().is_none() => Signals::NONE,
            Kind::FieldSet => {
                self.set_field(event.field(), event.text);
                if let Some((_, trail)) =
                    self.watched.iter_mut().find(|(id, _)| *id == event.field())
                {
                    trail.push(event.at, event.text);
                }
                Signals::FIELD
            }
            Kind::LossReasonSet => {
                self.reason = Some((event.field(), event.text));
                self.reasons.push(event.at, event.field());
                Signals::REASON
            }
            Kind::TaskAdded | Kind::TaskMoved | Kind::TaskCompleted | Kind::TaskRemoved => {
                self.take_task(&event, &mut step)?
            }
            Kind::NoteAdded => {
                self.touched = true;
                Signals::NOTE
            }
            Kind::CallIn | Kind::CallOut | Kind::MessageIn | Kind::MessageOut | Kind::Meeting => {
                self.take_contact(&event)
            }
            Kind::Payment | Kind::ClientLeft => Signals::NONE,
            Kind::Removed => {
                self.removed = Some((event.at, index));
                Signals::REMOVED
            }
        };
        Some(step)
    }

    fn begin(&mut self, event: &Event) -> Signals {
        self.begun_at = event.at;
        self.stage = event.stage();
        self.kind = self.history.pipelines.kind(self.stage);
        self.title = event.text;
        self.client = event.client;
        self.stages.push(event.at, self.stage);
        self.answers(event.employee, event.at);
        self.prices.push(event.at, event.money());
        let mut signals = Signals::BEGUN | Signals::CREATED | Signals::ENTERED;
        if self.is_open() {
            self.ever_open = true;
            signals |= Signals::OPENED;
        }
        signals
    }

    fn answers(&mut self, responsible: EmployeeId, at: Instant) {
        self.responsible = responsible;
        self.responsibles.push(at, responsible);
        if responsible.is_some() {
            self.last_responsibles.push(at, responsible);
        }
    }

    fn enter(&mut self, stage: StageId, at: Instant) -> Signals {
        if stage == self.stage {
            return Signals::NONE;
        }
        let before = self.kind;
        self.stage = stage;
        self.kind = self.history.pipelines.kind(stage);
        self.stages.push(at, stage);
        let mut signals = Signals::ENTERED;
        if before == self.kind {
            return signals;
        }
        match self.kind {
            StageKind::Open => {
                self.ever_open = true;
                self.reason = None;
                self.attempts = 0;
                self.conversation = false;
                signals |= Signals::OPENED;
            }
            StageKind::Won => signals |= Signals::WON | Signals::CLOSING,
            StageKind::Lost => signals |= Signals::LOST | Signals::CLOSING,
        }
        match before {
            StageKind::Open => signals |= Signals::CLOSED,
            StageKind::Lost => signals |= Signals::LEFT_LOST,
            StageKind::Won => {}
        }
        signals
    }

    #[inline]
    fn take_contact(&mut self, event: &Event) -> Signals {
        let talked = if event.kind.is_call() {
            event.talked_ms()
        } else {
            0
        };
        let mut signals = Signals::CONTACT;
        match event.kind {
            Kind::CallOut => signals |= Signals::ATTEMPT,
            Kind::CallIn if talked > 0 => signals |= Signals::ATTEMPT,
            Kind::CallIn => signals |= Signals::MISSED_CALL,
            Kind::MessageOut => signals |= Signals::ATTEMPT,
            Kind::MessageIn => signals |= Signals::MESSAGE_IN | Signals::REACHED,
            _ => signals |= Signals::ATTEMPT | Signals::REACHED,
        }
        if event.kind.is_call() && talked >= self.talk_ms {
            signals |= Signals::CONVERSATION | Signals::REACHED;
            self.conversation = true;
        }
        if signals.any(Signals::ATTEMPT) {
            self.touched = true;
            self.attempts = self.attempts.saturating_add(1);
        }
        signals
    }

    fn take_task(&mut self, event: &Event, step: &mut Step) -> Option<Signals> {
        let id = event.task();
        let place = self.task_place(id);
        if event.kind == Kind::TaskAdded {
            if id.is_none() {
                self.problems.task_not_open += 1;
                return None;
            }
            if place.is_some() {
                self.problems.task_twice += 1;
                return None;
            }
            let Some(due) = event.due() else {
                self.problems.task_without_due += 1;
                return None;
            };
            step.task = self.add_task(event, due);
            return Some(Signals::TASK_ADDED);
        }
        let Some(place) = place.filter(|place| self.tasks[*place].open) else {
            self.problems.task_not_open += 1;
            return None;
        };
        step.task = place;
        let task = &mut self.tasks[place];
        if event.kind == Kind::TaskMoved {
            let Some(due) = event.due() else {
                self.problems.task_without_due += 1;
                return None;
            };
            step.due_before = std::mem::replace(&mut task.due, due);
            return Some(Signals::TASK_MOVED);
        }
        task.open = false;
        self.open_tasks -= 1;
        Some(match event.kind {
            Kind::TaskCompleted => Signals::TASK_COMPLETED,
            _ => Signals::TASK_REMOVED,
        })
    }

    fn add_task(&mut self, event: &Event, due: Instant) -> usize {
        let place = self.tasks.len();
        self.tasks.push(Task {
            id: event.task(),
            open: true,
            due,
            employee: event.employee,
            kind: event.channel,
            text: event.text,
        });
        self.open_tasks += 1;
        if place == FEW {
            self.task_places = self
                .tasks
                .iter()
                .enumerate()
                .map(|(i, task)| (task.id, i))
                .collect();
        } else if place > FEW {
            self.task_places.insert(event.task(), place);
        }
        place
    }

    fn task_place(&self, id: TaskId) -> Option<usize> {
        if self.tasks.len() > FEW {
            return self.task_places.get(&id).copied();
        }
        self.tasks.iter().rposition(|task| task.id == id)
    }

    fn field_place(&self, field: FieldId) -> Option<usize> {
        if self.fields.len() > FEW {
            return self.field_places.get(&field).copied();
        }
        self.fields.iter().position(|(id, _)| *id == field)
    }

    fn set_field(&mut self, field: FieldId, value: TextId) {
        if let Some(place) = self.field_place(field) {
            self.fields[place].1 = value;
            return;
        }
        let place = self.fields.len();
        self.fields.push((field, value));
        if place == FEW {
            self.field_places = self
                .fields
                .iter()
                .enumerate()
                .map(|(i, (id, _))| (*id, i))
                .collect();
        } else if place > FEW {
            self.field_places.insert(field, place);
        }
    }
}
