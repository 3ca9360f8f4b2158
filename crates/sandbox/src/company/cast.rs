//! Who works in the company, how carefully, and when.

use history::Instant;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::date;

use super::manners::{CARELESS, FAIR, HASTY, LEARNT, Manners, SWAMPED, TIDY};
use crate::SandboxError;
use crate::days::{DAY, Days, HOUR, MINUTE};

/// When somebody works.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hours {
    /// Three days on, three off, 10–20.
    ShiftA,
    /// The other three days.
    ShiftB,
    /// Monday to Friday 9–18.
    Office,
}

/// Somebody.
pub(super) struct Person {
    pub id: &'static str,
    pub name: &'static str,
    pub group: &'static str,
    pub role: &'static str,
    pub hours: Hours,
    manners: Manners,
    /// First day, in days before the end; none for those who were there before.
    hired: Option<i64>,
    /// Last day, in days before the end.
    left: Option<i64>,
    /// First day away, in days before the end; how many days; why.
    away: &'static [(i64, i64, &'static str)],
}

const fn person(
    id: &'static str,
    name: &'static str,
    group: &'static str,
    role: &'static str,
    hours: Hours,
    manners: Manners,
) -> Person {
    Person {
        id,
        name,
        group,
        role,
        hours,
        manners,
        hired: None,
        left: None,
        away: &[],
    }
}

use Hours::{Office, ShiftA, ShiftB};

/// Everybody; the constants below are places in it.
pub(super) static PEOPLE: [Person; 18] = [
    person("7310001", "Андрей Сафонов", "", "other", Office, TIDY),
    person("7310014", "Ольга Метелёва", "shift-a", "lead", Office, TIDY),
    person("7310022", "Артём Кудрин", "shift-a", "seller", ShiftA, TIDY),
    Person {
        away: &[(4, 14, "vacation")],
        ..person(
            "7310023",
            "Марина Лаптева",
            "shift-a",
            "seller",
            ShiftA,
            FAIR,
        )
    },
    person(
        "7310031",
        "Денис Соболь",
        "shift-a",
        "seller",
        ShiftA,
        HASTY,
    ),
    Person {
        away: &[(45, 14, "vacation")],
        ..person(
            "7310032",
            "Юлия Горшкова",
            "shift-a",
            "seller",
            ShiftA,
            TIDY,
        )
    },
    person("7310015", "Игорь Ремизов", "shift-b", "lead", Office, TIDY),
    Person {
        away: &[(18, 5, "sick")],
        ..person("7310024", "Павел Осокин", "shift-b", "seller", ShiftB, FAIR)
    },
    person(
        "7310025",
        "Светлана Дёмина",
        "shift-b",
        "seller",
        ShiftB,
        SWAMPED,
    ),
    Person {
        hired: Some(80),
        ..person(
            "7310033",
            "Кирилл Жаров",
            "shift-b",
            "seller",
            ShiftB,
            CARELESS,
        )
    },
    person(
        "7310034",
        "Алина Тропинина",
        "shift-b",
        "seller",
        ShiftB,
        TIDY,
    ),
    Person {
        hired: Some(80),
        left: Some(26),
        ..person(
            "7310019",
            "Вадим Клюев",
            "shift-b",
            "seller",
            ShiftB,
            CARELESS,
        )
    },
    person(
        "7310016",
        "Татьяна Воронцова",
        "wholesale",
        "lead",
        Office,
        TIDY,
    ),
    person(
        "7310026",
        "Сергей Пахомов",
        "wholesale",
        "manager",
        Office,
        FAIR,
    ),
    Person {
        away: &[(30, 3, "trip")],
        ..person(
            "7310027",
            "Елена Кисляк",
            "wholesale",
            "manager",
            Office,
            TIDY,
        )
    },
    person(
        "7310035",
        "Михаил Устинов",
        "wholesale",
        "manager",
        Office,
        FAIR,
    ),
    person(
        "7310036",
        "Ксения Бурова",
        "wholesale",
        "manager",
        Office,
        TIDY,
    ),
    person(
        "7310041",
        "Николай Чижов",
        "wholesale",
        "performer",
        Office,
        FAIR,
    ),
];

pub(super) const SELLERS: [(u32, usize); 9] = [
    (10, 2),
    (10, 3),
    (10, 4),
    (10, 5),
    (9, 7),
    (19, 8),
    (10, 9),
    (9, 10),
    (16, 11),
];
pub(super) const CARELESS_SELLER: usize = 9;
pub(super) const WHOLESALERS: [(u32, usize); 3] = [(10, 13), (10, 14), (10, 15)];
pub(super) const WARMER: usize = 16;
pub(super) const STOREMAN: usize = 17;
/// Who makes about half of all the sellers' faults, until taught.
const LEARNER: usize = 4;
/// Control of quality begins, so many days before the end; before it everybody is more careless, so many times.
const CONTROL: i64 = 110;
const BEFORE_CONTROL: u32 = 2;
/// Has more deals than anybody can work on, from so many days before the end on.
const SWAMPED_SELLER: (usize, i64) = (8, 75);
/// Burns out: answers later by so many minutes with every month.
const TIRED: (usize, i64) = (7, 5);

/// The lead of somebody's group.
pub(super) fn lead(who: usize) -> usize {
    match who {
        0..6 => 1,
        6..12 => 6,
        _ => 12,
    }
}

/// The people with their days: who is at work when.
pub(super) struct Cast {
    pub days: Days,
    from: Instant,
    until: Instant,
    /// For everybody and each day: from when to when.
    hours: Vec<Vec<Option<(Instant, Instant)>>>,
}

impl Cast {
    pub fn new(from: Timestamp, until: Timestamp) -> Result<Cast, SandboxError> {
        let days = Days::new(from, until + SignedDuration::from_hours(24 * 90))?;
        let today = days.index(until.as_millisecond()) as i64;
        let hours_of = |person: &Person| {
            (0..days.len())
                .map(|day| hours_on(person, &days, day, today))
                .collect()
        };
        Ok(Cast {
            hours: PEOPLE.iter().map(hours_of).collect(),
            from: from.as_millisecond(),
            until: until.as_millisecond(),
            days,
        })
    }

    /// How careful somebody is at an instant.
    pub fn manners(&self, who: usize, at: Instant) -> Manners {
        let before = |ago: i64| at < self.until - ago * DAY;
        let usual = PEOPLE[who].manners;
        match who {
            LEARNER if before(CONTROL) => usual,
            LEARNER => LEARNT,
            _ if before(CONTROL) && who == SWAMPED_SELLER.0 => FAIR.times(BEFORE_CONTROL),
            _ if before(CONTROL) => usual.times(BEFORE_CONTROL),
            _ if who == SWAMPED_SELLER.0 && before(SWAMPED_SELLER.1) => FAIR,
            _ => usual,
        }
    }

    /// By how many minutes somebody answers later than once.
    pub fn weariness(&self, who: usize, at: Instant) -> i64 {
        let months = (at - self.from) / (30 * DAY);
        if who == TIRED.0 {
            months.max(0) * TIRED.1
        } else {
            0
        }
    }

    /// Whether somebody is at work.
    pub fn at_work(&self, who: usize, at: Instant) -> bool {
        let day = self.days.index(at);
        self.hours[who][day].is_some_and(|(from, to)| (from..to).contains(&at))
    }

    /// The instant after so many minutes of somebody's work; none for those that work no more.
    pub fn work(&self, who: usize, at: Instant, minutes: i64) -> Option<Instant> {
        let mut rest = minutes * MINUTE;
        for (from, to) in self.hours[who][self.days.index(at)..].iter().flatten() {
            let from = at.max(*from);
            if from + rest < *to {
                return Some(from + rest);
            }
            rest -= (*to - from).max(0);
        }
        None
    }

    /// Whether somebody is away on the day of `at`, the days off of a shift not counted.
    pub fn away(&self, who: usize, at: Instant) -> bool {
        let day = self.days.index(at) as i64;
        let today = self.days.index(self.until) as i64;
        is_away(&PEOPLE[who], day, today)
    }

    /// The date somebody worked first, where that was not before all this.
    pub fn first_day(&self, who: usize) -> Option<String> {
        let ago = PEOPLE[who].hired?;
        Some(self.days.date(self.until - ago * DAY).to_string())
    }

    /// The date somebody worked last, where that is over.
    pub fn last_day(&self, who: usize) -> Option<String> {
        let ago = PEOPLE[who].left?;
        Some(self.days.date(self.until - ago * DAY).to_string())
    }

    /// When somebody is away: from, to, why.
    pub fn absences(&self, who: usize) -> Vec<(Instant, Instant, &'static str)> {
        let midnight = |ago: i64| {
            let day = self.days.index(self.until) as i64 - ago;
            self.days.get(day as usize).midnight
        };
        let spans = PEOPLE[who].away.iter();
        spans
            .map(|(ago, length, kind)| (midnight(*ago), midnight(ago - length), *kind))
            .collect()
    }
}

fn is_away(person: &Person, day: i64, today: i64) -> bool {
    let away = |(ago, length, _): &(i64, i64, &str)| {
        let first = today - ago;
        (first..first + length).contains(&day)
    };
    person.away.iter().any(away)
}

fn hours_on(person: &Person, days: &Days, day: usize, today: i64) -> Option<(Instant, Instant)> {
    let number = day as i64;
    let new = person.hired.is_some_and(|ago| number < today - ago);
    let gone = person.left.is_some_and(|ago| number > today - ago);
    if new || gone || is_away(person, number, today) {
        return None;
    }
    let day = days.get(day);
    let since = date(2026, 1, 1).until(day.date).ok()?.get_days();
    let (on, from, to) = match person.hours {
        ShiftA => (since.rem_euclid(6) < 3, 10, 20),
        ShiftB => (since.rem_euclid(6) >= 3, 10, 20),
        Office => (day.office, 9, 18),
    };
    on.then_some((day.midnight + from * HOUR, day.midnight + to * HOUR))
}

impl Hours {
    /// The shift's name in the regulation; the office has none.
    pub fn shift(self) -> &'static str {
        match self {
            ShiftA => "three-three-a",
            ShiftB => "three-three-b",
            Office => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cast() -> Cast {
        let until: Timestamp = "2026-04-20T18:00:00+03:00".parse().unwrap();
        let from = until - SignedDuration::from_hours(24 * 70);
        Cast::new(from, until).unwrap()
    }

    fn noon(cast: &Cast, day: usize) -> Instant {
        cast.days.get(day).midnight + 12 * HOUR
    }

    #[test]
    fn one_shift_is_always_there() {
        let cast = cast();
        for day in 0..60 {
            let (a, b) = (2, 8);
            let at = noon(&cast, day);
            assert_ne!(cast.at_work(a, at), cast.at_work(b, at), "day {day}");
        }
        // The anchor of shift A is the first day of January 2026; 1 March is the 59th after it.
        let march = "2026-03-01T12:00:00+03:00".parse::<Timestamp>().unwrap();
        assert!(!cast.at_work(2, march.as_millisecond()));
        assert!(cast.at_work(8, march.as_millisecond()));
    }

    #[test]
    fn nobody_works_who_has_left_or_is_away() {
        let cast = cast();
        let left = 11;
        assert!(cast.last_day(left).is_some());
        let after = cast.until - 20 * DAY;
        assert_eq!(cast.work(left, after, 0), None);
        for (who, person) in PEOPLE.iter().enumerate() {
            for (from, to, _) in cast.absences(who) {
                let back = cast.work(who, from, 1).unwrap();
                assert!(back >= to, "{}", person.name);
                assert!(cast.away(who, from) && !cast.away(who, to));
            }
        }
    }
}
