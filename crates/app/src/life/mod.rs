//! What becomes of a finding: told, acknowledged, cured, disputed, judged, exempted; findings made
//! by hand; how rules stand; the check of a lost deal.
//!
//! The files of the first half are pure: facts and decisions come in, states and refusals go out.

pub mod decision;
pub mod dispute;
pub mod exemption;
pub mod finding;
pub mod hand;
pub mod lost;
pub mod refused;
pub mod settings;
pub mod share;
pub mod standing;
pub mod view;
