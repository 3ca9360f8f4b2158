//! Finds stages in which more deals stand than the company can move on.

use std::collections::VecDeque;

use history::Instant;
use jiff::civil::{Date, Time, Weekday};
use worktime::Zone;

use crate::judge::{Crowding, Evidence, Filter, Raise, Raised, Scene, StageFacts, Subject};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::StageRule;
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};

/// Deals below which a stage is not compared with what it was.
const MIN_DEALS: i64 = 30;
/// Mondays of which the median is taken.
const MONDAYS: usize = 8;

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "stage-overflow",
    indicator: 2,
    severity: Severity::Gross,
    params: &[
        Param {
            name: "limit",
            kind: ParamKind::CountIfGiven,
            help: Both {
                ru: "сколько открытых сделок может стоять на этапе",
                en: "open deals that may stand in the stage",
            },
        },
        Param {
            name: "times",
            kind: ParamKind::Count(2),
            help: Both {
                ru: "во сколько раз сделок может быть больше, чем обычно (медианы восьми последних понедельников в полдень; от 30 сделок)",
                en: "how many times the usual there may be (the median of the last eight Mondays at noon; from 30 deals on)",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Переполненный этап",
            en: "Overflowing stage",
        },
        purpose: Both {
            ru: "Когда на этапе вдруг скапливаются сделки, дело обычно не в людях, а в том, что \
                 дальше затор: не хватает замерщиков, не отвечает склад. Правило считает открытые \
                 сделки этапа, чьи бы они ни были; замечание длится, пока их больше лимита или \
                 больше, чем во столько-то раз против медианы восьми последних понедельников в \
                 полдень.",
            en: "When deals suddenly pile up in a stage, it is mostly not the people but a jam \
                 further on: too few fitters, a store that does not answer. The rule counts the \
                 open deals of a stage, whoever holds them; a finding lasts while there are more \
                 than the limit, or more than so many times the median of the last eight Mondays \
                 at noon.",
        },
        mend: Both {
            ru: "Выясните, чего ждут сделки этого этапа и кто может это дать. Пока затор не \
                 снят, перераспределите людей и не наливайте сверху новых заявок.",
            en: "Find out what the deals of this stage wait for and who can give it. Until the \
                 jam is gone, shift people there and do not pour new leads on top.",
        },
        message: Both {
            ru: "На этапе «{ $stage }» { $count ->
                [one] скопилась { $count } открытая сделка
                [few] скопились { $count } открытые сделки
               *[other] скопилось { $count } открытых сделок
            }: больше, чем он обычно держит или может держать.",
            en: "{ $count } open { $count ->
                [one] deal
               *[other] deals
            } piled up in the stage “{ $stage }”, more than it usually holds or can hold.",
        },
    },
    examples: Examples {
        settings: "limit = 2",
        breaks: r#"
2 10:00 d1 created stage=offer employee=anna amount=50000
2 11:00 d2 created stage=offer employee=boris amount=70000
2 12:00 d3 created stage=offer
"#,
        keeps: r#"
2 10:00 d1 created stage=offer employee=anna amount=50000
2 11:00 d2 created stage=offer employee=boris amount=70000
2 12:00 d3 created stage=work
"#,
    },
    build: Build::Stage(build),
};

fn build(entry: &Entry, _: &Names<'_>) -> Box<dyn StageRule> {
    Box::new(StageOverflow {
        limit: entry.count_if_given("limit"),
        times: entry.count("times"),
    })
}

struct StageOverflow {
    limit: Option<u32>,
    times: u32,
}

/// Mondays at 12:00 local time, one after the other.
#[derive(Clone)]
struct Noons<'z> {
    zone: &'z Zone,
    date: Option<Date>,
    /// The noon of that date.
    next: Option<Instant>,
}

impl<'z> Noons<'z> {
    /// From the first one that is not before `at`.
    fn from(at: Instant, zone: &'z Zone) -> Noons<'z> {
        let date = zone.date(at);
        let ahead = i64::from(date.weekday().until(Weekday::Monday));
        let mut noons = Noons {
            zone,
            date: None,
            next: None,
        };
        noons.stand(date.checked_add(jiff::Span::new().days(ahead)).ok());
        if noons.next.is_some_and(|noon| noon < at) {
            noons.pass();
        }
        noons
    }

    fn peek(&self) -> Option<Instant> {
        self.next
    }

    fn pass(&mut self) {
        let next = |date: Date| date.checked_add(jiff::Span::new().days(7)).ok();
        self.stand(self.date.and_then(next));
    }

    fn stand(&mut self, date: Option<Date>) {
        let noon = Time::constant(12, 0, 0, 0);
        self.date = date;
        self.next = date.map(|date| self.zone.instant_from(date.to_datetime(noon)));
    }
}

/// A stage as it stands.
#[derive(Clone, Default)]
struct Standing {
    deals: i64,
    priced: i64,
    /// Σ of the prices, in hundredths.
    price: i64,
    /// Deals on the last Mondays, the latest last.
    mondays: VecDeque<i64>,
}

impl Standing {
    fn take(&mut self, change: &Crowding) {
        let by = i64::from(change.by);
        self.deals += by;
        self.priced += change.price.map_or(0, |_| by);
        self.price = self
            .price
            .saturating_add(change.price.unwrap_or(0).saturating_mul(by));
    }

    fn monday(&mut self) {
        if self.mondays.len() == MONDAYS {
            self.mondays.pop_front();
        }
        self.mondays.push_back(self.deals);
    }

    fn overflows(&self, rule: &StageOverflow) -> bool {
        let beyond = rule
            .limit
            .is_some_and(|limit| self.deals > i64::from(limit));
        beyond || self.grew(rule.times)
    }

    /// Whether there are more than `times` the median of the Mondays, once all are known.
    fn grew(&self, times: u32) -> bool {
        if self.deals < MIN_DEALS || self.mondays.len() < MONDAYS {
            return false;
        }
        let mut sorted: Vec<i64> = self.mondays.iter().copied().collect();
        sorted.sort_unstable();
        let twice_median = sorted[MONDAYS / 2 - 1] + sorted[MONDAYS / 2];
        2 * self.deals > i64::from(times).saturating_mul(twice_median)
    }
}

/// A stage walked through in time.
struct Walk<'r, 'o, 'f> {
    rule: &'r StageOverflow,
    facts: &'r StageFacts<'r>,
    out: &'o mut Raised<'f>,
    standing: Standing,
    /// The last change so far.
    last: Option<Evidence>,
    since: Option<Raise>,
}

impl Walk<'_, '_, '_> {
    /// Asks whether the stage overflows; `event`: what has just changed it, if not Monday.
    fn ask(&mut self, at: Instant, event: Option<Evidence>) {
        let overflows = self.standing.overflows(self.rule);
        if overflows == self.since.is_some() {
            return;
        }
        match self.since.take() {
            None => {
                let (
                    stage,
                    Standing {
                        deals,
                        priced,
                        price,
                        ..
                    },
                ) = (self.facts.stage, &self.standing);
                self.since = Some(Raise {
                    stage,
                    amount: (*priced > 0).then_some(*price),
                    count: u32::try_from(*deals).unwrap_or(u32::MAX),
                    evidence: event.or(self.last).into_iter().collect(),
                    ..Raise::against(history::EmployeeId::NONE, Subject::Stage(stage), at, at)
                });
            }
            Some(mut raise) => {
                raise.until = Some(at);
                raise.evidence.extend(event);
                self.out.push(raise);
            }
        }
    }

    /// The Mondays up to `upto`, itself left out.
    fn mondays(&mut self, noons: &mut Noons<'_>, upto: Instant) {
        while let Some(noon) = noons.peek().filter(|noon| *noon < upto) {
            self.standing.monday();
            self.ask(noon, None);
            noons.pass();
        }
    }

    /// With nothing happening, only Mondays to come change the answer, and not for long.
    fn wake(&mut self, mut noons: Noons<'_>) {
        let overflows = self.since.is_some();
        if !overflows && self.standing.deals < MIN_DEALS {
            return;
        }
        let mut standing = self.standing.clone();
        for _ in 0..=MONDAYS {
            let Some(noon) = noons.peek() else { return };
            standing.monday();
            if standing.overflows(self.rule) != overflows {
                return self.out.wake(noon);
            }
            noons.pass();
        }
    }
}

impl StageRule for StageOverflow {
    fn judge(
        &self,
        facts: &StageFacts<'_>,
        filter: &Filter<'_>,
        scene: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let Some(first) = facts.changes.first().filter(|_| filter.stage(facts.stage)) else {
            return;
        };
        let mut noons = Noons::from(first.at, &scene.version.zone);
        let mut walk = Walk {
            rule: self,
            facts,
            out,
            standing: Standing::default(),
            last: None,
            since: None,
        };
        for instant in facts.changes.chunk_by(|a, b| a.at == b.at) {
            let at = instant[0].at;
            walk.mondays(&mut noons, at);
            instant.iter().for_each(|change| walk.standing.take(change));
            if noons.peek() == Some(at) {
                walk.standing.monday();
                noons.pass();
            }
            let event = instant.last().map(|change| Evidence::Event(change.event));
            walk.ask(at, event);
            walk.last = event;
        }
        walk.mondays(&mut noons, scene.now.saturating_add(1));
        walk.wake(noons);
        if let Some(raise) = walk.since.take() {
            walk.out.push(raise);
        }
    }
}
