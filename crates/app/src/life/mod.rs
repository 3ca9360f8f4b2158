//! What becomes of a finding: told, acknowledged, cured, disputed, judged, exempted; findings made
//! by hand; how rules stand; the check of a lost deal.
//!
//! What may be and what follows is pure: [`decision`], [`finding`], [`dispute`], [`refused`],
//! [`exemption`], [`standing`], [`view`], [`hand`], [`lost::facts`] and [`lost::check`] take facts
//! and decisions and give states and refusals. The other files are the use cases that read and
//! write these in the store.

mod again;
pub mod book;
pub mod books;
pub mod by_hand;
pub mod decide;
pub mod decision;
pub mod dispute;
pub mod exempt;
pub mod exemption;
pub mod finding;
pub mod hand;
pub mod lost;
pub(crate) mod memory;
pub mod office;
pub mod past;
pub mod refused;
pub mod rule;
mod search;
pub mod seen;
pub mod settings;
pub mod share;
pub mod standing;
pub mod tell;
pub mod todo;
pub mod undo;
pub mod view;
pub(crate) mod whole;
