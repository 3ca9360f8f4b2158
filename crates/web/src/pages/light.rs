//! The light of people on pages, with its base, its change and its trend.

use app::figures::Figures;
use figures::light::{Colour, Lights, Run, Tally};
use figures::{Span, TREND_WEEKS};
use history::{EmployeeId, GroupId};
use report::table::Cell;
use report::{lamp_id, spark};
use wording::{Value, decimal, integer};

use super::Words;

/// A light with what it rests on.
pub(super) struct Light {
    /// The lamp's class on the page.
    pub class: &'static str,
    /// Its shape and word.
    pub lamp: String,
    /// Weighted findings per 100 deals, with the interval; empty: too little data.
    pub rate: String,
    pub interval: String,
    /// The rate of the period before; empty: not known.
    pub before: String,
    /// How many deals it rests on.
    pub deals: String,
    /// The worst come first; too little data last.
    pub rank: u8,
}

impl Light {
    pub fn of(
        words: Words,
        limits: &audit::regulation::Light,
        tally: &Tally,
        before: Option<&Tally>,
    ) -> Light {
        let (lang, colour) = (words.0, tally.colour(limits));
        let known = |tally: &Tally| {
            let enough = tally.colour(limits) != Colour::TooLittleData;
            tally.rate(limits).filter(|_| enough)
        };
        let rate = known(tally);
        let interval = rate.and(tally.interval(limits));
        Light {
            class: lamp_id(colour),
            lamp: Cell::Lamp(colour, tally.is_borderline(limits)).text(lang),
            rate: rate.map_or_else(String::new, |rate| decimal(rate, 1, lang)),
            interval: interval
                .map_or_else(String::new, |(low, high)| Cell::Range(low, high).text(lang)),
            before: match (rate, before.and_then(known)) {
                (Some(now), Some(then)) => {
                    let id = match now.total_cmp(&then) {
                        std::cmp::Ordering::Less => "light-better",
                        std::cmp::Ordering::Greater => "light-worse",
                        std::cmp::Ordering::Equal => "light-same",
                    };
                    words.say(id, &[("before", decimal(then, 1, lang).into())])
                }
                _ => String::new(),
            },
            deals: integer(tally.deals as i64, lang),
            rank: match colour {
                Colour::Red => 0,
                Colour::Yellow => 1,
                Colour::Green => 2,
                Colour::TooLittleData => 3,
            },
        }
    }
}

/// Whose light it is.
#[derive(Clone, Copy)]
pub(super) enum Whose {
    Company,
    Group(GroupId),
    Person(EmployeeId),
}

impl Whose {
    /// Theirs among the lights of a period.
    pub fn of(self, lights: &Lights) -> Option<&Tally> {
        match self {
            Whose::Company => Some(&lights.company),
            Whose::Group(group) => lights.groups.get(&group),
            Whose::Person(person) => lights.people.get(&person),
        }
    }
}

/// The lights of the weeks up to a period, the oldest first.
pub(super) struct Weeks(Vec<(Span, Lights)>);

impl Weeks {
    pub fn of(figures: &Figures<'_>) -> Weeks {
        let audited = &figures.audited;
        let (zone, now) = (audited.zone(), audited.now);
        let weeks = figures.span.weeks(TREND_WEEKS, zone, now).into_iter();
        let lights = |span: Span| (span, Lights::of(audited, span.period(zone)));
        Weeks(weeks.map(lights).collect())
    }

    fn tallies(&self, whose: Whose) -> impl DoubleEndedIterator<Item = Option<&Tally>> {
        self.0.iter().map(move |(_, lights)| whose.of(lights))
    }

    /// Somebody's weeks as a small chart.
    pub fn spark(&self, words: Words, limits: &audit::regulation::Light, whose: Whose) -> String {
        let rate = |tally: Option<&Tally>| {
            let tally = tally.filter(|tally| tally.colour(limits) != Colour::TooLittleData);
            tally.and_then(|tally| tally.rate(limits))
        };
        let values: Vec<Option<f64>> = self.tallies(whose).map(rate).collect();
        if values.iter().all(Option::is_none) {
            return String::new();
        }
        let said = Cell::Trend(values.clone()).text(words.0);
        let label = words.say("trend-label", &[("values", Value::Text(said.into()))]);
        spark(&values, &label)
    }

    /// For how many weeks up to the last one somebody's light has been green.
    pub fn green(&self, limits: &audit::regulation::Light, whose: Whose) -> usize {
        let green = |tally: &Option<&Tally>| {
            tally.is_some_and(|tally| tally.colour(limits) == Colour::Green)
        };
        self.tallies(whose).rev().take_while(green).count()
    }

    /// For how many weeks up to the last one with enough data somebody's light has not been green.
    pub fn not_green(&self, limits: &audit::regulation::Light, whose: Whose) -> usize {
        let colours = self.tallies(whose);
        Run::of(colours.map(|tally| tally.copied().unwrap_or_default().colour(limits))).length
    }
}
