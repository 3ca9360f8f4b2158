//! One event, as a row of a timeline ([`Event`]) and as files carry it ([`Record`]).

use crate::{ChannelId, ClientId, EmployeeId, FieldId, Instant, Reason, StageId, TaskId, TextId};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// What happened.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Kind { $($(#[$doc])* $name),* }

        impl Kind {
            /// Every kind there is.
            pub const ALL: &'static [Kind] = &[$(Kind::$name),*];

            /// The word for it in files.
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$name => $word),* }
            }

            /// The kind that a file means by `word`.
            pub fn parse(word: &str) -> Option<Kind> {
                match word { $($word => Some(Kind::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// The deal appeared.
    Created = "created",
    /// The deal moved to another stage.
    StageChanged = "stage_changed",
    /// Somebody else, or nobody, answers for the deal.
    ResponsibleChanged = "responsible_changed",
    /// The deal got another title.
    Renamed = "renamed",
    /// The deal got a price.
    PriceSet = "price_set",
    /// A custom field got a value, or was cleared.
    FieldSet = "field_set",
    /// A reason for losing the deal was given.
    LossReasonSet = "loss_reason_set",
    /// A task was set.
    TaskAdded = "task_added",
    /// A task got another deadline.
    TaskMoved = "task_moved",
    /// A task was done.
    TaskCompleted = "task_completed",
    /// A task was deleted.
    TaskRemoved = "task_removed",
    /// The client called.
    CallIn = "call_in",
    /// An employee called.
    CallOut = "call_out",
    /// The client wrote.
    MessageIn = "message_in",
    /// An employee wrote.
    MessageOut = "message_out",
    /// A note was written.
    NoteAdded = "note_added",
    /// A meeting took place.
    Meeting = "meeting",
    /// Money came in.
    Payment = "payment",
    /// The client left.
    ClientLeft = "client_left",
    /// The deal was deleted.
    Removed = "removed",
}

impl Kind {
    /// Whether an event of this kind may stand without a deal.
    pub fn may_lack_deal(self) -> bool {
        matches!(self, Kind::Payment | Kind::ClientLeft)
    }

    /// Whether `amount` is seconds talked rather than money.
    pub fn is_call(self) -> bool {
        matches!(self, Kind::CallIn | Kind::CallOut)
    }
}

/// One row of a timeline; ids are interned, texts stand in [`crate::Texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub kind: Kind,
    /// Who did it; none: the client or a robot.
    pub actor: EmployeeId,
    /// The employee concerned.
    pub employee: EmployeeId,
    pub(crate) object: u32,
    pub(crate) value: i64,
    /// The text that came with it.
    pub text: TextId,
    /// Source, messenger or task type.
    pub channel: ChannelId,
    /// The client (of `created`).
    pub client: ClientId,
}

/// Stands in the value column where a file gave none.
pub(crate) const NO_VALUE: i64 = i64::MIN;

impl Event {
    /// The stage of `created` and `stage_changed`.
    pub fn stage(&self) -> StageId {
        debug_assert!(matches!(self.kind, Kind::Created | Kind::StageChanged));
        StageId(self.object)
    }

    /// The task of a task event.
    pub fn task(&self) -> TaskId {
        TaskId(self.object)
    }

    /// The field of `field_set`, the reason of `loss_reason_set`.
    pub fn field(&self) -> FieldId {
        FieldId(self.object)
    }

    /// The deadline of `task_added` and `task_moved`.
    pub fn due(&self) -> Option<Instant> {
        (self.value != NO_VALUE).then_some(self.value)
    }

    /// Money in hundredths; 0 where the file gave none.
    pub fn money(&self) -> Option<i64> {
        (self.value != NO_VALUE).then_some(self.value)
    }

    /// Milliseconds talked in a call; 0: nobody answered.
    pub fn talked_ms(&self) -> i64 {
        if self.value == NO_VALUE {
            0
        } else {
            self.value
        }
    }
}

/// One event as a file carries it: text ids, empty where there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record<'a> {
    /// Unique id in the account, or empty.
    pub id: &'a str,
    /// Order among events of equal `at`.
    pub seq: Option<i64>,
    /// Deal.
    pub deal: &'a str,
    /// Instant of the event.
    pub at: Instant,
    /// What happened.
    pub kind: Option<Kind>,
    /// Who did it.
    pub actor: &'a str,
    /// Stage.
    pub stage: &'a str,
    /// Employee concerned.
    pub employee: &'a str,
    /// Task.
    pub task: &'a str,
    /// Deadline.
    pub due: Option<Instant>,
    /// Free text.
    pub text: &'a str,
    /// Custom field or loss reason.
    pub field: &'a str,
    /// Money in units of the currency, or seconds talked.
    pub amount: Option<f64>,
    /// Client.
    pub client: &'a str,
    /// Source, messenger, task type.
    pub channel: &'a str,
}

impl Record<'_> {
    /// Whether it can be an event of a history.
    ///
    /// # Errors
    /// The reason why not.
    pub fn check(&self) -> Result<(), Reason> {
        crate::columns::check(self).map(|_| ())
    }
}
