//! How a finding enters the figures: the one answer for all.

use audit::regulation::Severity;
use figures::View;

use super::decision::Outcome;
use super::exemption::{Exemption, covering};
use super::finding::{Facts, Life};

/// How a finding enters the figures, with the exemptions of its company and whether its rule has
/// fallen to advice. [`View::Exempt`] is a place in `exemptions`.
pub fn view(facts: &Facts<'_>, life: &Life, exemptions: &[Exemption], advice: bool) -> View {
    if facts.withdrawn {
        return View::Withdrawn;
    }
    if facts.held {
        return View::Held;
    }
    let severity = match life.outcome() {
        None | Some(Outcome::Upheld) => Some(facts.severity),
        Some(Outcome::Partly) => lower(facts.severity),
        Some(Outcome::Dismissed) => None,
    };
    let Some(severity) = severity else {
        return View::Dismissed;
    };
    if let Some(place) = covering(exemptions, facts) {
        return View::Exempt(place);
    }
    if advice {
        return View::Advice;
    }
    View::Counts(severity)
}

/// One severity lower; none: there is nothing below a remark.
pub fn lower(severity: Severity) -> Option<Severity> {
    match severity {
        Severity::Remark => None,
        Severity::Violation => Some(Severity::Remark),
        Severity::Gross => Some(Severity::Violation),
    }
}
