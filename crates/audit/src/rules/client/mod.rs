//! Rules over all deals of a client.

pub(super) mod won_without_next;
