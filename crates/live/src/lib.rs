//! The audit of a company that never stops: events and changes of people, absences and the
//! regulation come in, changed findings and the next instant to look come out.
//!
//! Pure, as the judge is: `now` is a parameter. It must never know a clock, a store, a network,
//! nor what people decided about a finding.
