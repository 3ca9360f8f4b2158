use std::sync::Arc;

use store::checks::{self, Check, Closing};
use store::decisions::{self, Decision, NewDecision};
use store::exemptions::{self, Exemption};
use store::findings::{self, Finding};
use store::goals::{self, Goal};
use store::handmade::{self, Handmade, NewStep};
use store::rulings::{self, Ruling};
use store::{Store, StoreError, companies, on_both, testing};

on_both!(
    decisions_stand_in_the_order_they_were_made,
    decisions_of_two_at_once_have_numbers_of_their_own,
    verdicts_are_counted_until_they_are_lifted,
    what_was_settled_is_found_by_its_instant,
    exemptions_are_ended_and_never_deleted,
    a_finding_made_by_hand_has_its_way,
    the_last_ruling_holds,
    what_was_taken_back_holds_no_longer,
    a_person_has_one_goal_a_measure,
    a_loss_has_one_check_and_one_verdict,
);

fn finding(id: &str, rule: &str, scope: &str) -> Finding {
    Finding {
        id: id.to_owned(),
        rule: rule.to_owned(),
        scope: scope.to_owned(),
        scope_key: id.to_owned(),
        severity: "violation".to_owned(),
        standing: true,
        ..Finding::default()
    }
}

/// A company with findings `f0` to `f5` of two rules, and `h` made by hand.
async fn filled(store: &Store) -> String {
    let company = testing::company(store, "one").await;
    let other = testing::company(store, "other").await;
    let mut all: Vec<Finding> = (0..6)
        .map(|n| finding(&format!("f{n}"), ["late", "silent"][n % 2], "deal"))
        .collect();
    all.push(finding("h", "late", "hand"));
    let mut tx = store.begin().await.unwrap();
    findings::insert(&mut tx, &company, &all).await.unwrap();
    findings::insert(&mut tx, &other, &all).await.unwrap();
    tx.commit().await.unwrap();
    company
}

fn decision<'a>(finding: &'a str, made: &'a str) -> NewDecision<'a> {
    NewDecision {
        finding,
        at: 5,
        author: "anna",
        made,
        cause: "",
        text: "",
        takes_back: None,
    }
}

async fn decide(store: &Store, company: &str, list: &[NewDecision<'_>]) {
    let mut tx = store.begin().await.unwrap();
    decisions::append(&mut tx, company, list).await.unwrap();
    tx.commit().await.unwrap();
}

async fn decisions_stand_in_the_order_they_were_made(store: Arc<Store>) {
    let company = filled(&store).await;
    let mut tx = store.begin().await.unwrap();
    companies::next_sequence(&mut tx, &company, 7)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let told: Vec<NewDecision<'_>> = ["f3", "f1", "f3"]
        .iter()
        .map(|f| decision(f, "told"))
        .collect();
    decide(&store, &company, &told).await;
    let cause = NewDecision {
        cause: "client",
        text: "Он сам просил",
        ..decision("f1", "acknowledged")
    };
    decide(&store, &company, &[cause]).await;
    let mut conn = store.reader().await.unwrap();
    let all = decisions::all(&mut conn, &company).await.unwrap();
    let numbers: Vec<i64> = all.iter().map(|decision| decision.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    let expected = Decision {
        number: 4,
        finding: "f1".to_owned(),
        sequence: 7,
        at: 5,
        author: "anna".to_owned(),
        made: "acknowledged".to_owned(),
        cause: "client".to_owned(),
        text: "Он сам просил".to_owned(),
    };
    assert_eq!(all[3], expected);
    let of = decisions::of(&mut conn, &company, &["f1", "f2", "f1"])
        .await
        .unwrap();
    assert_eq!(of, [all[1].clone(), expected]);
    assert!(decisions::all(&mut conn, "none").await.unwrap().is_empty());
    drop(conn);
    // Nothing is decided on what is not there.
    let mut tx = store.begin().await.unwrap();
    let refused = decisions::append(&mut tx, &company, &[decision("none", "told")]).await;
    assert!(refused.is_err());
}

async fn decisions_of_two_at_once_have_numbers_of_their_own(store: Arc<Store>) {
    let company = filled(&store).await;
    let deciding: Vec<_> = (0..8)
        .map(|_| {
            let (store, company) = (store.clone(), company.clone());
            tokio::spawn(async move { decide(&store, &company, &[decision("f0", "told")]).await })
        })
        .collect();
    for one in deciding {
        one.await.unwrap();
    }
    let mut conn = store.reader().await.unwrap();
    let all = decisions::all(&mut conn, &company).await.unwrap();
    let numbers: Vec<i64> = all.iter().map(|decision| decision.number).collect();
    assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
}

async fn verdicts_are_counted_until_they_are_lifted(store: Arc<Store>) {
    let company = filled(&store).await;
    let list = [
        decision("f0", "dismissed"),
        decision("f2", "dismissed"),
        decision("f4", "upheld"),
        decision("f1", "partly"),
        decision("h", "dismissed"),
        decision("f2", "reopened"),
        decision("f4", "reopened"),
        decision("f4", "dismissed"),
    ];
    decide(&store, &company, &list).await;
    let mut conn = store.reader().await.unwrap();
    let counted = decisions::verdicts(&mut conn, &company, None)
        .await
        .unwrap();
    let counted: Vec<(&str, &str, i64)> = counted
        .iter()
        .map(|verdicts| {
            (
                verdicts.rule.as_str(),
                verdicts.outcome.as_str(),
                verdicts.count,
            )
        })
        .collect();
    assert_eq!(counted, [("late", "dismissed", 2), ("silent", "partly", 1)]);
    let more = [
        decision("f5", "disputed"),
        decision("f3", "disputed"),
        decision("f5", "upheld"),
    ];
    decide(&store, &company, &more).await;
    let waiting = decisions::waiting(&mut conn, &company).await.unwrap();
    assert_eq!(waiting, ["f3"]);
    let silent = decisions::verdicts(&mut conn, &company, Some("silent"))
        .await
        .unwrap();
    assert_eq!(silent.len(), 2);
}

async fn what_was_settled_is_found_by_its_instant(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let against = |id: &str, employee: &str, until| Finding {
        employee: employee.to_owned(),
        until,
        ..finding(id, "late", "deal")
    };
    let all = [
        against("cured", "anna", Some(10)),
        against("cured-late", "anna", Some(21)),
        against("acknowledged", "anna", None),
        against("lasting", "anna", None),
        against("of-another", "boris", Some(10)),
    ];
    let mut tx = store.begin().await.unwrap();
    findings::insert(&mut tx, &company, &all).await.unwrap();
    let acknowledged = NewDecision {
        at: 20,
        ..decision("acknowledged", "acknowledged")
    };
    let told = NewDecision {
        at: 15,
        ..decision("lasting", "told")
    };
    decisions::append(&mut tx, &company, &[acknowledged, told])
        .await
        .unwrap();
    let settled = decisions::settled(&mut tx, &company, &["anna", "none"], (10, 20))
        .await
        .unwrap();
    let ids: Vec<&str> = settled.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(ids, ["acknowledged", "cured"]);
    let nobody = decisions::settled(&mut tx, &company, &[], (10, 20))
        .await
        .unwrap();
    assert!(nobody.is_empty());
}

async fn exemptions_are_ended_and_never_deleted(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let exemption = |id: &str, made_at| Exemption {
        id: id.to_owned(),
        rule: "late".to_owned(),
        employee: "anna".to_owned(),
        reason: "Связи не было".to_owned(),
        author: "p1".to_owned(),
        made_at,
        from: 10,
        until: 20,
        ..Exemption::default()
    };
    let (first, second) = (exemption("b", 1), exemption("a", 2));
    let mut tx = store.begin().await.unwrap();
    exemptions::add(&mut tx, &company, &second).await.unwrap();
    exemptions::add(&mut tx, &company, &first).await.unwrap();
    let all = exemptions::all(&mut tx, &company).await.unwrap();
    assert_eq!(all, [first.clone(), second]);
    let ended = exemptions::end(&mut tx, &company, "b", 15, "p2", "repaired").await;
    assert!(ended.unwrap());
    let again = exemptions::end(&mut tx, &company, "b", 16, "p3", "once more").await;
    assert!(!again.unwrap(), "ended once");
    let found = exemptions::find(&mut tx, &company, "b").await.unwrap();
    let expected = Exemption {
        ended_at: Some(15),
        ended_by: "p2".to_owned(),
        ended_why: "repaired".to_owned(),
        ..first
    };
    assert_eq!(found, Some(expected));
    assert!(
        !exemptions::end(&mut tx, "none", "a", 16, "p3", "")
            .await
            .unwrap()
    );
}

async fn a_finding_made_by_hand_has_its_way(store: Arc<Store>) {
    let company = filled(&store).await;
    let made = Handmade {
        finding: "h".to_owned(),
        target: "call".to_owned(),
        event: "e1".to_owned(),
        maker: "p1".to_owned(),
    };
    let step = |step: &'static str, at| NewStep {
        finding: "h",
        at,
        author: "p1",
        step,
        text: "Перебивает",
        recommendation: "Дослушать",
    };
    let mut tx = store.begin().await.unwrap();
    handmade::add(&mut tx, &company, &made).await.unwrap();
    handmade::append(&mut tx, &company, step("made", 1))
        .await
        .unwrap();
    assert_eq!(handmade::waiting(&mut tx, &company).await.unwrap(), ["h"]);
    handmade::append(&mut tx, &company, step("passed_on", 2))
        .await
        .unwrap();
    assert_eq!(
        handmade::all(&mut tx, &company).await.unwrap(),
        std::slice::from_ref(&made)
    );
    assert!(
        handmade::waiting(&mut tx, &company)
            .await
            .unwrap()
            .is_empty()
    );
    let found = handmade::find(&mut tx, &company, "h").await.unwrap();
    assert_eq!(found, Some(made));
    assert_eq!(handmade::find(&mut tx, &company, "f1").await.unwrap(), None);
    let steps = handmade::steps(&mut tx, &company, Some("h")).await.unwrap();
    let words: Vec<(i64, &str)> = steps.iter().map(|s| (s.number, s.step.as_str())).collect();
    assert_eq!(words, [(1, "made"), (2, "passed_on")]);
    assert_eq!(steps[0].recommendation, "Дослушать");
    assert_eq!(
        handmade::steps(&mut tx, &company, None).await.unwrap(),
        steps
    );
    let unknown = NewStep {
        finding: "f1",
        ..step("made", 3)
    };
    assert!(handmade::append(&mut tx, &company, unknown).await.is_err());
}

async fn the_last_ruling_holds(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let ruling = |rule: &str, ruling: &str, dismissed| Ruling {
        rule: rule.to_owned(),
        at: 3,
        author: "p1".to_owned(),
        ruling: ruling.to_owned(),
        upheld: 9,
        partly: 1,
        dismissed,
        text: "Правило верное".to_owned(),
    };
    let all = [
        ruling("late", "fell", 11),
        ruling("silent", "advice", 4),
        ruling("late", "in_force", 12),
    ];
    let mut tx = store.begin().await.unwrap();
    for one in &all {
        rulings::append(&mut tx, &company, one).await.unwrap();
    }
    let last = rulings::last(&mut tx, &company, None).await.unwrap();
    assert_eq!(last, [all[2].clone(), all[1].clone()]);
    let late = rulings::last(&mut tx, &company, Some("late"))
        .await
        .unwrap();
    assert_eq!(late, [all[2].clone()]);
    let whole = rulings::of(&mut tx, &company, "late").await.unwrap();
    assert_eq!(whole, [all[0].clone(), all[2].clone()]);
    assert!(
        rulings::last(&mut tx, "none", None)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn a_loss_has_one_check_and_one_verdict(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let check = |n: i64| Check {
        id: format!("c{n}"),
        deal: format!("d{}", n % 2),
        lost_at: n / 2,
        stage: "lost".to_owned(),
        responsible: format!("e{}", n % 2),
        addressee: "lead".to_owned(),
        facts: "{}".to_owned(),
        opened_at: 50,
        status: "open".to_owned(),
        ..Check::default()
    };
    let mut tx = store.begin().await.unwrap();
    for n in 0..7 {
        assert!(checks::open(&mut tx, &company, &check(n)).await.unwrap());
    }
    let twin = Check {
        id: "twin".to_owned(),
        ..check(3)
    };
    assert!(!checks::open(&mut tx, &company, &twin).await.unwrap());
    let closing = Closing {
        status: "back_to_work",
        at: 60,
        author: "p1",
        answers: "[]",
        comment: "Позвонить ещё раз",
    };
    assert!(
        checks::close(&mut tx, &company, "c3", closing)
            .await
            .unwrap()
    );
    assert!(
        !checks::close(&mut tx, &company, "c3", closing)
            .await
            .unwrap(),
        "closed once"
    );
    let moot = Closing {
        status: "moot",
        author: "",
        ..closing
    };
    assert!(checks::close(&mut tx, &company, "c5", moot).await.unwrap());
    let found = checks::find(&mut tx, &company, "c3")
        .await
        .unwrap()
        .unwrap();
    let expected = Check {
        status: "back_to_work".to_owned(),
        closed_at: Some(60),
        closed_by: "p1".to_owned(),
        answers: "[]".to_owned(),
        comment: "Позвонить ещё раз".to_owned(),
        ..check(3)
    };
    assert_eq!(found, expected);
    let of = checks::of(&mut tx, &company, "d1").await.unwrap();
    let ids: Vec<&str> = of.iter().map(|check| check.id.as_str()).collect();
    assert_eq!(ids, ["c1", "c3", "c5"]);
    let open = checks::open_deals(&mut tx, &company).await.unwrap();
    assert_eq!(open.into_iter().collect::<Vec<_>>(), ["d0", "d1"]);
    let verdicts = checks::verdicts(&mut tx, &company).await.unwrap();
    assert_eq!(verdicts, [("e1".to_owned(), "back_to_work".to_owned())]);

    // Pages hold every check once.
    let mut seen: Vec<String> = Vec::new();
    let mut after: Option<(i64, String)> = None;
    loop {
        let behind = after.as_ref().map(|(at, id)| (*at, id.as_str()));
        let filter = checks::Filter::default();
        let page = checks::page(&mut tx, &company, filter, behind, 3)
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.lost_at, last.id.clone()));
        seen.extend(page.into_iter().map(|check| check.id));
    }
    assert_eq!(seen, ["c6", "c5", "c4", "c3", "c2", "c1", "c0"]);
    let open = checks::Filter {
        status: Some("open"),
        responsible: Some(&["e1"]),
    };
    let open = checks::page(&mut tx, &company, open, None, 9)
        .await
        .unwrap();
    assert_eq!(open.len(), 1);
    let nobody = checks::Filter {
        status: None,
        responsible: Some(&[]),
    };
    assert!(
        checks::page(&mut tx, &company, nobody, None, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(matches!(
        companies::lock(&mut tx, "none").await,
        Err(StoreError::Missing { .. })
    ));
}

async fn what_was_taken_back_holds_no_longer(store: Arc<Store>) {
    let company = filled(&store).await;
    let back = |number| NewDecision {
        takes_back: Some(number),
        ..decision("f0", "undone")
    };
    let waiting = async || {
        let mut conn = store.reader().await.unwrap();
        decisions::waiting(&mut conn, &company).await.unwrap()
    };
    let verdicts = async || {
        let mut conn = store.reader().await.unwrap();
        let all = decisions::verdicts(&mut conn, &company, None).await;
        all.unwrap().len()
    };
    let disputed = [decision("f0", "disputed"), decision("f0", "dismissed")];
    decide(&store, &company, &disputed).await;
    assert_eq!((waiting().await.len(), verdicts().await), (0, 1));
    decide(&store, &company, &[back(2)]).await;
    assert_eq!(
        (waiting().await, verdicts().await),
        (vec!["f0".to_owned()], 0)
    );
    decide(&store, &company, &[back(1)]).await;
    assert_eq!((waiting().await.len(), verdicts().await), (0, 0));
    // A reopening that was taken back lifts nothing.
    let again = [
        decision("f0", "disputed"),
        decision("f0", "upheld"),
        decision("f0", "reopened"),
    ];
    decide(&store, &company, &again).await;
    assert_eq!(verdicts().await, 0);
    decide(&store, &company, &[back(7)]).await;
    assert_eq!(verdicts().await, 1);
    let mut conn = store.reader().await.unwrap();
    let all = decisions::all(&mut conn, &company).await.unwrap();
    assert_eq!(all.len(), 8, "nothing is deleted");
}

async fn a_person_has_one_goal_a_measure(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let goal = |id: &str, rule: &str| Goal {
        id: id.to_owned(),
        employee: "anna".to_owned(),
        measure: "rule".to_owned(),
        rule: rule.to_owned(),
        at_most: 3,
        text: "Договорились".to_owned(),
        author: "clara".to_owned(),
        set_at: 5,
        ..Goal::default()
    };
    let add = async |goal: Goal| {
        let mut tx = store.begin().await.unwrap();
        let added = goals::add(&mut tx, &company, &goal).await;
        if added.is_ok() {
            tx.commit().await.unwrap();
        }
        added
    };
    add(goal("g1", "late")).await.unwrap();
    add(goal("g2", "silent")).await.unwrap();
    assert!(add(goal("g3", "late")).await.unwrap_err().is_taken());
    let mut tx = store.begin().await.unwrap();
    assert!(
        goals::end(&mut tx, &company, "g1", 9, "head")
            .await
            .unwrap()
    );
    assert!(
        !goals::end(&mut tx, &company, "g1", 10, "head")
            .await
            .unwrap()
    );
    assert!(!goals::end(&mut tx, &other, "g2", 10, "head").await.unwrap());
    tx.commit().await.unwrap();
    add(goal("g3", "late")).await.unwrap();
    let mut conn = store.reader().await.unwrap();
    let all = goals::in_force(&mut conn, &company).await.unwrap();
    let ids: Vec<&str> = all.iter().map(|goal| goal.id.as_str()).collect();
    assert_eq!(ids, ["g3", "g2"]);
    let ended = goals::find(&mut conn, &company, "g1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((ended.ended_at, ended.ended_by.as_str()), (Some(9), "head"));
    assert!(goals::in_force(&mut conn, &other).await.unwrap().is_empty());
}
