//! The check of a lost deal against small histories.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

use app::life::finding::Who;
use app::life::lost::check::{
    Answer, Change, Question, Refused, Reply, Status, Verdict, addressee, changes, may_decide,
    returned,
};
use app::life::lost::facts::{Facts, Gather, Loss, losses};
use app::life::settings::{Checker, Settings};
use audit::examples;
use audit::judge::Clocks;
use audit::regulation::Version;
use history::{DealId, History, Instant};
use proptest::prelude::*;

fn deal(history: &History) -> history::Timeline<'_> {
    history
        .timelines
        .deal(DealId(history.deals.find("d1").unwrap()))
}

fn lost(history: &History) -> Vec<Loss> {
    losses(history, deal(history))
}

fn facts(history: &History, at: Instant) -> Facts {
    let version = Version::parse(
        &format!("{}\n[[rule]]\nuse = \"no-open-task\"", examples::REGULATION),
        "r.toml",
    )
    .unwrap();
    let clocks = Clocks::new(&version, history);
    let settings = Settings::default();
    let gather = Gather {
        talk_ms: 30_000,
        clock: clocks.of(
            audit::regulation::ClockKind::Company,
            history::EmployeeId::NONE,
        ),
        zone: &version.zone,
        objections: &settings.objections,
    };
    Facts::of(history, deal(history), at, gather)
}

const STORY: &str = r#"
    2 10:00 d1 created stage=new employee=anna amount=500
    2 10:30 d1 call_out employee=anna amount=90
    2 11:00 d1 stage_changed stage=work actor=anna
    2 12:00 d1 note_added actor=anna text="Говорит, дорого, у конкурентов дешевле"
    2 12:10 d1 note_added actor=anna text="Прислать оценку завтра"
    3 09:10 d1 message_in text="Сколько стоит?"
    3 10:00 d1 message_out employee=anna text="500"
    3 17:30 d1 responsible_changed employee=boris actor=clara
    4 09:40 d1 call_out employee=boris amount=0
    4 18:20 d1 call_out employee=boris amount=0
    5 10:00 d1 stage_changed stage=lost actor=boris
    5 10:01 d1 loss_reason_set field=price actor=boris text="Нет бюджета"
"#;

#[test]
fn facts_are_filled_in_from_the_timeline() {
    let (history, _) = examples::read(STORY).unwrap();
    let loss = lost(&history).remove(0);
    let facts = facts(&history, loss.at);
    assert_eq!(facts.attempts.len(), 4);
    assert_eq!(facts.attempts[0].employee, "anna");
    assert!(facts.attempts[0].reached && !facts.attempts[3].reached);
    // The client last wrote on the 3rd; a message and two calls came after.
    assert_eq!(facts.unanswered, 3);
    let hours = facts.unanswered_hours();
    assert_eq!((hours[9], hours[10], hours[18]), (1, 1, 1));
    assert_eq!(hours.iter().sum::<u32>(), 3);
    assert_eq!((facts.conversations, facts.talk_ms), (1, 90_000));
    assert_eq!(
        (facts.messages_in, facts.messages_out, facts.meetings),
        (1, 1, 0)
    );
    let noted: Vec<&str> = facts.objections.iter().map(|o| o.text.as_str()).collect();
    // An appraisal (оценка) is no price (цена).
    assert_eq!(
        noted,
        ["Говорит, дорого, у конкурентов дешевле", "Нет бюджета"]
    );
    assert_eq!(facts.objections[0].words, ["дорого", "дешевл", "конкурент"]);
    assert_eq!(
        (facts.reason.as_str(), facts.comment.as_str()),
        ("price", "Нет бюджета")
    );
    assert_eq!(facts.amount, Some(50_000));
    let hour = 3_600_000;
    let stages: Vec<(&str, i64)> = facts
        .stages
        .iter()
        .map(|stay| (stay.stage.as_str(), stay.work_ms / hour))
        .collect();
    assert_eq!(stages, [("new", 1), ("work", 7 + 9 + 9 + 1)]);
    let people: Vec<&str> = facts
        .responsibles
        .iter()
        .map(|r| r.employee.as_str())
        .collect();
    assert_eq!(people, ["anna", "boris"]);
    // They are kept as text and read back the same.
    let kept = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&kept).unwrap(), facts);
}

#[test]
fn facts_begin_anew_when_the_deal_does() {
    let again = format!(
        "{STORY}
        6 10:00 d1 stage_changed stage=work actor=anna
        6 11:00 d1 call_out employee=boris amount=0
        6 12:00 d1 stage_changed stage=lost actor=boris
        6 13:00 d1 call_out employee=boris amount=200"
    );
    let (history, _) = examples::read(&again).unwrap();
    let lost = lost(&history);
    assert_eq!(lost.len(), 2);
    assert!(lost[0].over.is_some() && lost[1].over.is_none());
    let second = facts(&history, lost[1].at);
    assert_eq!((second.attempts.len(), second.conversations), (1, 0));
    assert_eq!((second.reason.as_str(), second.objections.len()), ("", 0));
    assert_eq!(second.stages.len(), 4);
    // The first loss stays as it was.
    assert_eq!(facts(&history, lost[0].at).attempts.len(), 4);
}

#[test]
fn a_deal_opened_again_makes_its_check_moot_and_a_new_loss_makes_a_new_one() {
    let (history, _) = examples::read(STORY).unwrap();
    let first = lost(&history).remove(0);
    assert_eq!(
        changes(&lost(&history), &[], 0),
        [Change::Open(first.clone())]
    );
    let open = [(first.at, Status::Open)];
    assert!(changes(&lost(&history), &open, 0).is_empty());
    // So long ago that nobody asks any more.
    assert!(changes(&lost(&history), &[], first.at + 1).is_empty());

    let reopened = format!("{STORY}\n6 10:00 d1 stage_changed stage=work actor=anna");
    let (history, now) = examples::read(&reopened).unwrap();
    let moot = Change::Moot {
        lost_at: first.at,
        since: Some(now),
    };
    assert_eq!(changes(&lost(&history), &open, 0), [moot]);
    let decided = [(first.at, Status::Decided(Verdict::BackToWork))];
    assert!(changes(&lost(&history), &decided, 0).is_empty());

    let again = format!("{reopened}\n6 12:00 d1 stage_changed stage=lost actor=boris");
    let (history, now) = examples::read(&again).unwrap();
    let both = changes(&lost(&history), &open, 0);
    assert!(matches!(&both[..], [Change::Moot { .. }, Change::Open(loss)] if loss.at == now));
    // A history that tells of no loss any more.
    assert_eq!(
        changes(&[], &open, 0),
        [Change::Moot {
            lost_at: first.at,
            since: None
        }]
    );
    // A deal that was removed needs no check.
    let removed = format!("{STORY}\n6 10:00 d1 removed");
    let (history, _) = examples::read(&removed).unwrap();
    assert!(matches!(
        changes(&lost(&history), &open, 0)[..],
        [Change::Moot { .. }]
    ));
    assert!(changes(&lost(&history), &[], 0).is_empty());
}

fn answers() -> Vec<Answer> {
    let answer = |question: &Question| Answer {
        question: *question,
        reply: Reply::Yes,
        text: String::new(),
    };
    Question::ALL.iter().map(answer).collect()
}

const HEAD: Who<'_> = Who {
    person: "p-head",
    employee: "head",
};
const BORIS: Who<'_> = Who {
    person: "p-boris",
    employee: "boris",
};

#[test]
fn a_verdict_needs_five_answers_of_somebody_else() {
    let may = |status, who, answers: &[Answer]| may_decide(status, "boris", who, answers);
    let five = answers();
    assert_eq!(may(Status::Open, HEAD, &five), Ok(()));
    assert_eq!(may(Status::Open, BORIS, &five), Err(Refused::OwnDeal));
    assert_eq!(may(Status::Moot, HEAD, &five), Err(Refused::Moot));
    let decided = Status::Decided(Verdict::ClosedRightly);
    assert_eq!(
        may(decided, HEAD, &five),
        Err(Refused::Decided(Verdict::ClosedRightly))
    );
    let missing = may(Status::Open, HEAD, &five[..3]).unwrap_err();
    assert_eq!(missing.to_string(), "answer first: attempts, revivable");
    let twice = [&five[..], &five[..1]].concat();
    assert_eq!(
        may(Status::Open, HEAD, &twice),
        Err(Refused::AnsweredTwice(Question::EverythingDone))
    );
}

#[test]
fn nobody_is_asked_about_their_own_deal() {
    assert_eq!(addressee(Checker::Head, "boris", "clara"), None);
    assert_eq!(addressee(Checker::Lead, "boris", "clara"), Some("clara"));
    assert_eq!(addressee(Checker::Lead, "clara", "clara"), None);
    assert_eq!(addressee(Checker::Lead, "boris", ""), None);
}

#[test]
fn the_share_returned_has_its_base_and_interval() {
    let back = Status::Decided(Verdict::BackToWork);
    let right = Status::Decided(Verdict::ClosedRightly);
    let shares = returned([
        ("anna", back),
        ("anna", right),
        ("anna", right),
        ("anna", right),
        ("anna", Status::Open),
        ("boris", Status::Moot),
    ]);
    let anna = shares["anna"];
    assert_eq!((anna.hits, anna.of, anna.share), (1, 4, 0.25));
    assert!(anna.interval.0 > 0.0 && anna.interval.1 < 0.75);
    assert_eq!(shares.len(), 1, "nothing decided is no share of 0");
}

proptest! {
    /// However a deal goes in and out of the lost stages, checks that are kept up to date have one
    /// open check at most, and that is of the last loss.
    #[test]
    fn at_most_one_check_is_open(moves in prop::collection::vec(0u8..3, 0..12)) {
        let mut lines = vec!["2 09:00 d1 created stage=new employee=anna".to_owned()];
        let mut checks: Vec<(Instant, Status)> = Vec::new();
        for (i, to) in moves.iter().enumerate() {
            let stage = ["work", "lost", "won"][usize::from(*to)];
            lines.push(format!("{} 10:00 d1 stage_changed stage={stage} actor=anna", i + 3));
            let (history, _) = examples::read(&lines.join("\n")).unwrap();
            let losses = lost(&history);
            for change in changes(&losses, &checks, 0) {
                match change {
                    Change::Open(loss) => checks.push((loss.at, Status::Open)),
                    Change::Moot { lost_at, .. } => {
                        let check = checks.iter_mut().find(|(at, _)| *at == lost_at);
                        check.unwrap().1 = Status::Moot;
                    }
                }
            }
            let open: Vec<Instant> =
                checks.iter().filter(|(_, s)| *s == Status::Open).map(|(at, _)| *at).collect();
            let now_lost = losses.last().filter(|loss| loss.over.is_none()).map(|loss| loss.at);
            prop_assert_eq!(open, now_lost.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(checks.len(), losses.len());
            prop_assert!(changes(&losses, &checks, 0).is_empty(), "a second look changes nothing");
        }
    }
}
