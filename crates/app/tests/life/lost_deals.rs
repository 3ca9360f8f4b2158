use std::sync::Arc;

use app::life::lost::check::{Answer, Change, Question, Reply, Status, Verdict};
use app::life::lost::work::{self, Asked};
use app::life::settings::{self, Checker, Settings};
use app::{Error, Instant};
use history::DealId;
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(
    the_head_checks_a_lost_deal,
    a_deal_opened_again_makes_its_check_moot,
    a_setting_gives_the_check_to_the_lead,
);

const STORY: &str = r#"
    2 10:00 d1 created stage=new employee=anna amount=500
    2 10:30 d1 call_out employee=anna amount=0
    2 12:00 d1 note_added actor=anna text="Говорит, дорого"
    3 10:00 d1 stage_changed stage=lost actor=anna"#;

async fn follow(world: &World, now: Instant) -> Vec<Change> {
    let deal = world.history.deals.find("d1").unwrap();
    let timeline = world.history.timelines.deal(DealId(deal));
    work::follow(&world.store, &world.company, world.office(), timeline, now)
        .await
        .unwrap()
}

fn asked(verdict: Verdict) -> Asked {
    let answer = |question: &Question| Answer {
        question: *question,
        reply: Reply::No,
        text: "Нет".to_owned(),
    };
    Asked {
        answers: Question::ALL.iter().map(answer).collect(),
        verdict,
        comment: "Предложить рассрочку".to_owned(),
    }
}

async fn the_head_checks_a_lost_deal(store: Arc<Store>) {
    let world = World::of(store, STORY).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(3, 11));
    assert!(matches!(follow(&world, now).await[..], [Change::Open(_)]));
    assert!(follow(&world, now).await.is_empty(), "once");
    assert_eq!(world.told_of("check.opened").await, ["p-head"]);
    let head = world.actor("p-head");
    let open = work::list(store, &head, office, Some(Status::Open), (None, 10), now)
        .await
        .unwrap();
    let [seen] = &open[..] else {
        panic!("one check");
    };
    assert_eq!(
        (seen.check.deal.as_str(), seen.check.responsible.as_str()),
        ("d1", "anna")
    );
    assert_eq!((seen.facts.attempts.len(), seen.facts.unanswered), (1, 1));
    assert_eq!(seen.facts.objections[0].words, ["дорого"]);
    assert!(seen.may_decide);
    let id = seen.check.id.as_str();

    // The lead sees it and does not decide; the employee does not see it.
    let clara = world.actor("p-clara");
    let shown = work::see(store, &clara, office, id, now).await.unwrap();
    assert!(!shown.may_decide);
    let back = asked(Verdict::BackToWork);
    let denied = work::decide(store, &clara, office, (id, &back), now).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
    let hidden = work::see(store, &world.actor("p-anna"), office, id, now).await;
    assert!(matches!(hidden, Err(Error::Denied(_))));
    let half = Asked {
        answers: back.answers[..2].to_vec(),
        ..back.clone()
    };
    let refused = work::decide(store, &head, office, (id, &half), now).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));

    let decided = work::decide(store, &head, office, (id, &back), now)
        .await
        .unwrap();
    assert_eq!(decided.status, Status::Decided(Verdict::BackToWork));
    assert_eq!(decided.answers, back.answers);
    assert!(!decided.may_decide);
    assert_eq!(
        world.told_of("check.back_to_work").await,
        ["p-anna", "p-clara"]
    );
    let twice = work::decide(store, &head, office, (id, &back), now).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
    let object = format!("check:{id}");
    assert_eq!(world.journal(&object).await, ["check.decide", "check.open"]);
    let shares = work::returned(store, &head, office, now).await.unwrap();
    assert_eq!((shares["anna"].hits, shares["anna"].of), (1, 1));
}

async fn a_deal_opened_again_makes_its_check_moot(store: Arc<Store>) {
    let mut world = World::of(store, STORY).await;
    follow(&world, at(3, 11)).await;
    let again = format!("{STORY}\n4 10:00 d1 stage_changed stage=work actor=anna");
    world.retell(&again);
    assert!(matches!(
        follow(&world, at(4, 11)).await[..],
        [Change::Moot { .. }]
    ));
    let twice = format!("{again}\n5 10:00 d1 stage_changed stage=lost actor=anna");
    world.retell(&twice);
    assert!(matches!(
        follow(&world, at(5, 11)).await[..],
        [Change::Open(_)]
    ));
    let (store, office, now) = (world.store.as_ref(), world.office(), at(5, 12));
    let head = world.actor("p-head");
    let all = work::list(store, &head, office, None, (None, 10), now)
        .await
        .unwrap();
    let statuses: Vec<Status> = all.iter().map(|seen| seen.status).collect();
    assert_eq!(statuses, [Status::Open, Status::Moot]);
    let right = asked(Verdict::ClosedRightly);
    let moot = work::decide(store, &head, office, (&all[1].check.id, &right), now).await;
    assert!(matches!(moot, Err(Error::Conflict(_))));
    assert!(
        work::returned(store, &head, office, now)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn a_setting_gives_the_check_to_the_lead(store: Arc<Store>) {
    let world = World::of(store, STORY).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(3, 11));
    let lead = Settings {
        lost_deals_to: Checker::Lead,
        ..Settings::default()
    };
    settings::save(store, &world.actor("p-director"), &lead, now)
        .await
        .unwrap();
    follow(&world, now).await;
    assert_eq!(world.told_of("check.opened").await, ["p-clara"]);
    let clara = world.actor("p-clara");
    let open = work::list(store, &clara, office, None, (None, 10), now)
        .await
        .unwrap();
    assert!(open[0].may_decide);
    let right = asked(Verdict::ClosedRightly);
    let id = open[0].check.id.as_str();
    let decided = work::decide(store, &clara, office, (id, &right), now)
        .await
        .unwrap();
    assert_eq!(decided.status, Status::Decided(Verdict::ClosedRightly));
    // A token that only reads decides nothing.
    let reading = app::Actor {
        via: app::Via::Token([app::permissions::Scope::Read].into()),
        ..world.actor("p-head")
    };
    let refused = work::decide(store, &reading, office, (id, &right), now).await;
    assert!(matches!(refused, Err(Error::OutOfScope(_))));
}
