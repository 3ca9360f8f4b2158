use std::sync::Arc;

use app::life::book::Book;
use app::life::decide::{Asked, decide};
use app::life::decision::{Cause, Move, Outcome};
use app::life::exempt;
use app::life::exemption::Scope;
use audit::examples;
use audit::judge::{Judge, Verdict};
use audit::regulation::{Regulation, Version};
use figures::light::Lights;
use figures::{Considered, Counts, Period, View, again};
use history::History;
use store::findings::{self, Finding};
use store::{Store, on_both};

use crate::office::{World, at};

on_both!(decisions_reach_the_figures_at_once);

const STORY: &str = "
    2 10:00 d1 created stage=new employee=anna amount=100
    2 11:00 d2 created stage=new employee=anna amount=200
    4 10:00 d3 created stage=new employee=boris amount=300
    5 11:00 d4 created stage=new employee=anna amount=400
    5 12:00 now";

/// The findings of the judge, in the store under their deals' ids.
async fn judged(world: &World) -> (History, Regulation, Verdict) {
    let rules = format!(
        "{}\n[[rule]]\nuse = \"first-response\"\nlimit = \"15m\"\nseverity = \"violation\"",
        examples::REGULATION
    );
    let version = Version::parse(&rules, "r.toml").unwrap();
    let regulation = Regulation::new(vec![version]).unwrap();
    let (history, now) = examples::read(STORY).unwrap();
    let verdict = Judge::new(&history, &regulation).judge(now, None);
    let rows = verdict.findings.iter().map(|finding| {
        let deal = history.deals.get(finding.deal.0).to_owned();
        Finding {
            id: deal.clone(),
            rule: "first-response".to_owned(),
            scope: "deal".to_owned(),
            scope_key: deal.clone(),
            deal,
            employee: history.people.ids.get(finding.employee.0).to_owned(),
            severity: "violation".to_owned(),
            at: finding.at,
            until: finding.until,
            standing: true,
            ..Finding::default()
        }
    });
    let rows: Vec<Finding> = rows.collect();
    let mut tx = world.store.begin().await.unwrap();
    findings::insert(&mut tx, &world.company, &rows)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    (history, regulation, verdict)
}

async fn decisions_reach_the_figures_at_once(store: Arc<Store>) {
    let world = World::of(store, STORY).await;
    let (history, regulation, verdict) = judged(&world).await;
    let (store, office, now) = (world.store.as_ref(), world.office(), at(5, 12));
    let (anna, head) = (world.actor("p-anna"), world.actor("p-head"));
    let figures = async || {
        let mut reader = store.reader().await.unwrap();
        let book = Book::whole(&mut reader, &world.company).await.unwrap();
        let rows = findings::all(&mut reader, &world.company).await.unwrap();
        let considered = Considered::of(verdict.findings.iter().map(|finding| {
            let deal = history.deals.get(finding.deal.0);
            let row = rows.iter().find(|row| row.id == deal).unwrap();
            (finding, book.look(deal, &book.facts(row).unwrap()))
        }));
        let (tenures, problems) = (&verdict.tenures, &verdict.problems);
        let audited = considered.audited(&history, &regulation, tenures, problems, now);
        let lights = Lights::of(&audited, Period::EVER);
        let counts = Counts::of(&audited, Period::EVER, None, &again(&audited));
        let hidden = considered.left_out(&audited, Period::EVER);
        (lights.company.counted, counts.all.again, hidden)
    };
    let (counted, repeated, hidden) = figures().await;
    assert_eq!((counted, repeated, hidden.len()), ([0, 4, 0], 0, 0));

    let decision = |made| Asked {
        made,
        text: "because".to_owned(),
    };
    let because = decision(Move::Acknowledged(Cause::Client));
    decide(store, &anna, office, "d2", &because, at(3, 10))
        .await
        .unwrap();
    assert_eq!(
        figures().await.1,
        1,
        "the last one repeats what was acknowledged"
    );

    let judge = async |deal: &str, outcome| {
        decide(store, &anna, office, deal, &decision(Move::Disputed), now)
            .await
            .unwrap();
        let verdict = decision(Move::Decided(outcome));
        decide(store, &head, office, deal, &verdict, now)
            .await
            .unwrap();
    };
    judge("d1", Outcome::Dismissed).await;
    judge("d4", Outcome::Partly).await;
    let (counted, _, hidden) = figures().await;
    assert_eq!(counted, [1, 2, 0]);
    assert_eq!(hidden[&View::Dismissed].findings, 1);

    let asked = exempt::Asked {
        scope: Scope {
            employee: "boris".to_owned(),
            ..Scope::default()
        },
        reason: "Обучение".to_owned(),
        from: Some(at(4, 0)),
        until: at(20, 0),
    };
    exempt::make(store, &head, office, &asked, now)
        .await
        .unwrap();
    let (counted, _, hidden) = figures().await;
    assert_eq!(counted, [1, 1, 0]);
    let exempt = &hidden[&View::Exempt(0)];
    assert_eq!(
        (exempt.findings, exempt.severities, exempt.concerned.sum),
        (1, [0, 1, 0], 30_000)
    );

    decide(store, &head, office, "d1", &decision(Move::Reopened), now)
        .await
        .unwrap();
    assert_eq!(
        figures().await.0,
        [1, 2, 0],
        "what was reopened counts again"
    );
}
