//! Rules over the deals of one stage.

pub(super) mod stage_overflow;
