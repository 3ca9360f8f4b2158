//! Finds deals that were answered while one that should have come first still waited.

use history::{ChannelId, DealId, Instant};

use crate::judge::{EventRef, Evidence, Filter, Raise, Raised, Scene, Subject, Waiting, WorkFacts};
use crate::regulation::{Entry, Names, Severity};
use crate::rules::declaration::{Both, Build, Declaration, Examples, Param, ParamKind, Texts};
use crate::rules::{EmployeeRule, Fact};

const OLDEST: &str = "oldest";
const NEWEST: &str = "newest";

/// The rule.
pub(in crate::rules) static RULE: Declaration = Declaration {
    code: "response-order",
    indicator: 1,
    severity: Severity::Remark,
    params: &[
        Param {
            name: "order",
            kind: ParamKind::Choice(&[OLDEST, NEWEST]),
            help: Both {
                ru: "с каких заявок начинать: oldest — с самых старых, newest — с самых новых",
                en: "which leads come first: oldest or newest",
            },
        },
        Param {
            name: "channels",
            kind: ParamKind::Channels,
            help: Both {
                ru: "источники от самого важного; заявки из важного источника идут раньше остальных",
                en: "channels, the most important first; leads of a more important one come before others",
            },
        },
    ],
    texts: Texts {
        title: Both {
            ru: "Очередность ответов",
            en: "Order of answers",
        },
        purpose: Both {
            ru: "Когда заявок несколько, удобно начать с лёгкой, а самая старая тем временем \
                 остывает. Правило смотрит на первую попытку связаться по новой сделке и \
                 отмечает её, если в этот момент у того же сотрудника ждала сделка, которая по \
                 очереди идёт раньше: более старая (или более новая) либо из более важного \
                 источника.",
            en: "With several leads at hand it is tempting to begin with an easy one while the \
                 oldest goes cold. The rule looks at the first contact attempt on a new deal and \
                 marks it where, at that moment, a deal of the same person waited that comes \
                 first: an older one (or a newer one), or one from a more important channel.",
        },
        mend: Both {
            ru: "Свяжитесь сейчас с теми, кто ждёт. Отсортируйте новые сделки в том порядке, \
                 который принят в компании, и идите по списку сверху вниз.",
            en: "Contact those who wait now. Sort new deals in the order that your company has \
                 chosen and go through the list from the top.",
        },
        message: Both {
            ru: "{ $person }: по сделке «{ $deal }» связались вне очереди, первой попытки раньше \
                 неё { $count ->
                [one] ждала { $count } сделка
                [few] ждали { $count } сделки
               *[other] ждали { $count } сделок
            }.",
            en: "{ $person } answered the deal “{ $deal }” out of turn: { $count } { $count ->
                [one] deal
               *[other] deals
            } waiting for a first contact attempt should have come before it.",
        },
    },
    examples: Examples {
        settings: "",
        breaks: r#"
2 10:00 d1 created stage=new employee=anna text="Окна — Иванова, Тверь"
2 10:05 d2 created stage=new employee=anna text="Двери — Орлов, Клин"
2 10:10 d2 call_out employee=anna amount=120
2 10:20 d1 call_out employee=anna amount=60
"#,
        keeps: r#"
2 10:00 d1 created stage=new employee=anna text="Окна — Иванова, Тверь"
2 10:05 d2 created stage=new employee=anna text="Двери — Орлов, Клин"
2 10:10 d1 call_out employee=anna amount=120
2 10:20 d2 call_out employee=anna amount=60
"#,
    },
    build: Build::Employee(build),
};

fn build(entry: &Entry, names: &Names<'_>) -> Box<dyn EmployeeRule> {
    let channels = entry.words("channels");
    Box::new(ResponseOrder {
        newest: entry.choice("order") == NEWEST,
        channels: channels.iter().map(|word| names.task_type(word)).collect(),
    })
}

struct ResponseOrder {
    newest: bool,
    /// The most important first; unknown ones keep their place.
    channels: Vec<ChannelId>,
}

/// What comes first is the lesser: by channel, then by age.
type Turn = (usize, Instant);

/// Deals that wait, in the order of their turns.
#[derive(Default)]
struct Queue(Vec<(Turn, DealId, EventRef)>);

impl Queue {
    fn place(&self, turn: Turn, deal: DealId) -> Result<usize, usize> {
        self.0
            .binary_search_by_key(&(turn, deal), |(turn, deal, _)| (*turn, *deal))
    }

    fn change(&mut self, turn: Turn, waiting: &Waiting) {
        let event = waiting.change.event;
        match (self.place(turn, event.deal), waiting.change.by > 0) {
            (Err(place), true) => self.0.insert(place, (turn, event.deal, event)),
            (Ok(place), false) => {
                self.0.remove(place);
            }
            _ => {}
        }
    }

    /// How many come before a turn, and the event with which the first of them began to wait.
    fn before(&self, turn: Turn) -> Option<(usize, EventRef)> {
        let count = self.0.partition_point(|(other, ..)| *other < turn);
        let (.., first) = self.0.first().filter(|_| count > 0)?;
        Some((count, *first))
    }
}

impl ResponseOrder {
    fn turn(&self, waiting: &Waiting) -> Turn {
        let known = |channel: &ChannelId| channel.is_some() && *channel == waiting.channel;
        let rank = self.channels.iter().position(known);
        let age = if self.newest {
            waiting.since.saturating_neg()
        } else {
            waiting.since
        };
        (rank.unwrap_or(self.channels.len()), age)
    }
}

impl EmployeeRule for ResponseOrder {
    fn needs(&self) -> Fact {
        Fact::Waiting
    }

    fn judge(
        &self,
        facts: &WorkFacts<'_>,
        filter: &Filter<'_>,
        _: &Scene<'_>,
        out: &mut Raised<'_>,
    ) {
        let mut queue = Queue::default();
        for instant in facts.waiting.chunk_by(|a, b| a.change.at == b.change.at) {
            let counted = || instant.iter().filter(|one| filter.stage(one.change.stage));
            counted().for_each(|one| queue.change(self.turn(one), one));
            for answer in counted() {
                let Some(standing) = answer.answered else {
                    continue;
                };
                let Some((count, first)) = queue.before(self.turn(answer)) else {
                    continue;
                };
                let (at, event) = (answer.change.at, answer.change.event);
                if !filter.stage(standing.stage) {
                    continue;
                }
                out.push(Raise {
                    deal: event.deal,
                    stage: standing.stage,
                    amount: standing.price,
                    count: count as u32,
                    evidence: vec![Evidence::Event(event), Evidence::Event(first)],
                    ..Raise::against(facts.employee, Subject::Deal, at, at)
                });
            }
        }
    }
}
