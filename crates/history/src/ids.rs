//! Interned ids: small integers that stand for the opaque text ids of a CRM.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// Stands where the history names none.
            pub const NONE: $name = $name(u32::MAX);

            /// Whether an id is named at all.
            pub fn is_some(self) -> bool {
                self != Self::NONE
            }

            /// Whether none is named.
            pub fn is_none(self) -> bool {
                self == Self::NONE
            }

            /// The place in the table of such ids; only for ids that are some.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A deal.
    DealId,
    /// An employee; those of `employees.csv` come first, in its order.
    EmployeeId,
    /// A group of employees.
    GroupId,
    /// A stage; those of `stages.csv` come first, in its order.
    StageId,
    /// A task.
    TaskId,
    /// A custom field, or a loss reason.
    FieldId,
    /// A text kept in [`crate::Texts`].
    TextId,
    /// A source, messenger or task type.
    ChannelId,
    /// A client.
    ClientId,
}
