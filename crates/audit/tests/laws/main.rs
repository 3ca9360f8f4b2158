//! What holds of every verdict, whatever happened and whatever is demanded.

// Helpers of tests may fail loudly too.
#![allow(clippy::unwrap_used)]

mod demands;
mod shown;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use audit::judge::{Evidence, Finding, Judge, Subject, Verdict};
use audit::message::Speaker;
use audit::regulation::Regulation;
use audit::rules::{RULES, Scope};
use history::read::{Options, read_folder};
use history::write::Format;
use history::{Builder, DealId, History, Instant, Kind};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use wording::Lang;

use demands::{Demands, demands, entries};
use shown::{Shown, all, bag, entry, same, tenures};
use world::{
    BEGINNING, DAY, Happening, MINUTE, World, as_record, client, day, history, moment, reference,
    together, world, world_of_distinct_instants,
};

/// At most so many events a company, besides those of deals' beginnings and of whole tasks.
const EVENTS: usize = 60;

fn judged(history: &History, regulation: &Regulation, now: Instant) -> Verdict {
    Judge::new(history, regulation).judge(now, None)
}

/// The findings of rules of these scopes.
fn of_scopes<'v>(
    regulation: &'v Regulation,
    verdict: &'v Verdict,
    scopes: &'static [Scope],
) -> impl Iterator<Item = &'v Finding> {
    let ours = |finding: &&Finding| scopes.contains(&entry(regulation, finding).rule.scope());
    verdict.findings.iter().filter(ours)
}

/// `PROPTEST_CASES` asks for more than the few that are quick.
fn config() -> ProptestConfig {
    let more = std::env::var_os("PROPTEST_CASES").is_some();
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if more { default.cases } else { 96 },
        failure_persistence: None,
        ..default
    }
}

/// A few of the entries of a regulation.
fn some_rules() -> impl Strategy<Value = Vec<bool>> {
    (0.02..0.6).prop_flat_map(|share| prop::collection::vec(prop::bool::weighted(share), entries()))
}

/// An instant at which a finding begins or is about to end.
fn near_a_finding(judge: &Judge<'_>, pick: u16) -> Option<Instant> {
    let findings = judge.judge(BEGINNING + 40 * DAY, None).findings;
    let finding = findings.get(pick as usize % findings.len().max(1))?;
    Some(match pick % 5 {
        0 => finding.at - 1,
        1 => finding.at,
        2 => finding.at + 1,
        _ => finding.until.unwrap_or(finding.at) - 1,
    })
}

proptest! {
    #![proptest_config(config())]

    /// What lies after `now` does not exist.
    #[test]
    fn causality(world in world(EVENTS), demands in demands(), moment in moment()) {
        let (regulation, now) = (demands.regulation(), moment.in_world(&world));
        let whole = history(&world, &world.happenings);
        let cut = history(&world, world.happenings.iter().filter(|event| event.at <= now));
        let (known, seen) = (judged(&whole, &regulation, now), judged(&cut, &regulation, now));
        same(&all(&whole, &regulation, &known), &all(&cut, &regulation, &seen))?;
        same(&tenures(&whole, &known), &tenures(&cut, &seen))?;
        prop_assert_eq!(known.wake_up, seen.wake_up);
        prop_assert_eq!(known.problems, seen.problems);
    }

    /// A history that grew, and whose people came to be known late, is judged as if all had been
    /// known from the beginning.
    #[test]
    fn growth(world in world(EVENTS), demands in demands(), moment in moment(), part in 0.0..1.0) {
        let (regulation, now) = (demands.regulation(), moment.in_world(&world));
        let add = |builder: &mut Builder, happening| {
            as_record(happening, |record| builder.event(record)).expect("it is an event");
        };
        let mut at_once = Builder::of(&reference(&world.people));
        world.happenings.iter().for_each(|happening| add(&mut at_once, happening));
        let at_once = at_once.build();
        let (first, later) = world.happenings.split_at((world.happenings.len() as f64 * part) as usize);
        let mut grown = Builder::of(&reference(&world.people[..2]));
        first.iter().for_each(|happening| add(&mut grown, happening));
        let mut grown = grown.build();
        for happening in later {
            as_record(happening, |record| grown.append(record)).expect("it is an event");
        }
        grown.relist(&reference(&world.people));
        let (once, grew) = (judged(&at_once, &regulation, now), judged(&grown, &regulation, now));
        same(&all(&at_once, &regulation, &once), &all(&grown, &regulation, &grew))?;
        same(&tenures(&at_once, &once), &tenures(&grown, &grew))?;
        prop_assert_eq!(once.wake_up, grew.wake_up);
        prop_assert_eq!(at_once.timelines.span(), grown.timelines.span());
    }

    /// Between `now` and the wake-up nothing changes unless something happens. Each rule for
    /// itself: among many, one that wakes early hides those that are late.
    #[test]
    fn a_wake_up_is_never_late(
        world in world(EVENTS / 3),
        demands in demands(),
        moment in moment(),
        pick in any::<u16>(),
        shares in [0.0..1.0, 0.0..1.0],
    ) {
        let history = history(&world, &world.happenings);
        for place in 0..entries() {
            let only: Vec<bool> = (0..entries()).map(|entry| entry == place).collect();
            let regulation = demands.some(&only);
            let judge = Judge::new(&history, &regulation);
            let now = near_a_finding(&judge, pick).unwrap_or_else(|| moment.in_world(&world));
            let verdict = judge.judge(now, None);
            prop_assert!(verdict.wake_up.is_none_or(|at| at > now), "{:?} at {now}", verdict.wake_up);
            let next = world.happenings.iter().map(|event| event.at).filter(|at| *at > now).min();
            // Without either, nothing ever changes: a year and more is looked ahead.
            let end = verdict.wake_up.into_iter().chain(next).min().unwrap_or(now + 800 * DAY);
            let between = shares.map(|share| now + ((end - now) as f64 * share) as i64);
            let between = between.into_iter().chain([end - 1]).filter(|at| (now + 1..end).contains(at));
            for later in between {
                let then = judge.judge(later, None);
                let (before, after) =
                    (all(&history, &regulation, &verdict), all(&history, &regulation, &then));
                if let Err(changed) = same(&before, &after) {
                    prop_assert!(false, "now {now}, wake-up {:?}, changed at {later}: {changed}", verdict.wake_up);
                }
                same(&tenures(&history, &verdict), &tenures(&history, &then))?;
            }
        }
    }

    /// Where no two events share an instant, the order of the input says nothing.
    #[test]
    fn the_order_of_the_input_is_nothing(
        world in world_of_distinct_instants(EVENTS),
        demands in demands(),
        moment in moment(),
        keys in prop::collection::vec(any::<u16>(), 4 * EVENTS),
    ) {
        let (regulation, now) = (demands.regulation(), moment.in_world(&world));
        prop_assert!(world.happenings.len() <= keys.len());
        let mut shuffled: Vec<(u16, &Happening)> = keys.into_iter().zip(&world.happenings).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let one = history(&world, &world.happenings);
        let other = history(&world, shuffled.into_iter().map(|(_, event)| event));
        let (first, second) = (judged(&one, &regulation, now), judged(&other, &regulation, now));
        same(&all(&one, &regulation, &first), &all(&other, &regulation, &second))?;
        same(&tenures(&one, &first), &tenures(&other, &second))?;
        prop_assert_eq!(first.wake_up, second.wake_up);
        prop_assert_eq!(first.problems, second.problems);
    }

    /// A deal judged alone is judged the same.
    #[test]
    fn deals_one_by_one(world in world(EVENTS), demands in demands(), moment in moment()) {
        let (regulation, now) = (demands.regulation(), moment.in_world(&world));
        let history = history(&world, &world.happenings);
        let judge = Judge::new(&history, &regulation);
        let verdict = judge.judge(now, None);
        let mut apart = Verdict::default();
        for deal in 0..history.timelines.deals() as u32 {
            let one = judge.judge_deal(DealId(deal), now);
            prop_assert!(one.findings.iter().all(|finding| finding.deal == DealId(deal)));
            prop_assert!(one.wake_up.is_none_or(|at| verdict.wake_up.is_some_and(|all| all <= at)));
            apart.findings.extend(one.findings);
            apart.problems.add(&one.problems);
        }
        let at_once = of_scopes(&regulation, &verdict, &[Scope::Deal]);
        same(&bag(&history, &regulation, at_once), &all(&history, &regulation, &apart))?;
        prop_assert_eq!(apart.problems, verdict.problems);
    }

    /// What concerns a deal or a client does not depend on the deals of other clients.
    #[test]
    fn clients_one_by_one(world in world(EVENTS), demands in demands(), moment in moment()) {
        let (regulation, now) = (demands.regulation(), moment.in_world(&world));
        let found = |happenings: &mut dyn Iterator<Item = &Happening>| {
            let history = history(&world, happenings);
            let verdict = judged(&history, &regulation, now);
            let findings = of_scopes(&regulation, &verdict, &[Scope::Deal, Scope::Client]);
            bag(&history, &regulation, findings)
        };
        // A deal without a client stands for itself.
        let key = |event: &Happening| (client(event.deal), client(event.deal).map_or(event.deal, |_| 0));
        let keys: BTreeSet<_> = world.happenings.iter().map(key).collect();
        let apart: Vec<Shown> = keys
            .into_iter()
            .flat_map(|one| found(&mut world.happenings.iter().filter(|event| key(event) == one)))
            .collect();
        same(&found(&mut world.happenings.iter()), &apart)?;
    }

    /// Companies that share nothing but stages are judged together as they are apart.
    #[test]
    fn strangers_do_not_matter(
        worlds in [world(EVENTS / 2), world(EVENTS / 2)],
        demands in demands(),
        moment in moment(),
    ) {
        // The stages that they share hold the deals of both.
        let apart = |place: usize| RULES[place % RULES.len()].scope() != Scope::Stage;
        let apart: Vec<bool> = (0..entries()).map(apart).collect();
        let (regulation, now) = (demands.some(&apart), moment.in_world(&worlds[0]));
        let part = |place: usize| {
            let world = &worlds[place];
            (["one-", "two-"][place], world, world.happenings.iter().collect::<Vec<_>>())
        };
        let both = together(&[part(0), part(1)]);
        let verdict = judged(&both, &regulation, now);
        let (mut apart, mut wake_up) = (Vec::new(), None);
        for place in 0..2 {
            let history = together(&[part(place)]);
            let one = judged(&history, &regulation, now);
            apart.extend(all(&history, &regulation, &one));
            wake_up = wake_up.into_iter().chain(one.wake_up).min();
        }
        same(&all(&both, &regulation, &verdict), &apart)?;
        prop_assert_eq!(verdict.wake_up, wake_up);
    }

    /// A version that demands what the one before it did changes nothing.
    #[test]
    fn identical_versions(
        world in world(EVENTS),
        demands in demands(),
        moment in moment(),
        days in prop::collection::btree_set(-2..34i64, 1..4),
    ) {
        let now = moment.in_world(&world);
        let history = history(&world, &world.happenings);
        let (one, several) = (
            demands.regulation(),
            demands.starting_on(&days.into_iter().map(day).collect::<Vec<_>>()),
        );
        let (whole, parts) = (judged(&history, &one, now), judged(&history, &several, now));
        same(&all(&history, &one, &whole), &all(&history, &several, &parts))?;
        same(&tenures(&history, &whole), &tenures(&history, &parts))?;
        prop_assert_eq!(whole.problems, parts.problems);
        for finding in &parts.findings {
            let (from, to) = several.in_force(finding.version as usize);
            prop_assert!(from <= finding.start && finding.start < to, "{finding:?}");
        }
        prop_assert!(parts.wake_up.is_some_and(|at| at > now) || parts.wake_up.is_none());
        prop_assert!(whole.wake_up.is_none_or(|at| parts.wake_up.is_some_and(|parts| parts <= at)));
    }

    /// Columns that no rule asks for may be left unread.
    #[test]
    fn columns_that_nobody_asks_for(
        world in world(EVENTS),
        demands in demands(),
        some in some_rules(),
        parquet in any::<bool>(),
        moment in moment(),
    ) {
        let (regulation, now) = (demands.some(&some), moment.in_world(&world));
        let folder = tempfile::tempdir().unwrap();
        let format = if parquet { Format::Parquet } else { Format::Csv };
        world::write(folder.path(), format, &world);
        let found = |leave_out: &[&str]| {
            let options = Options { leave_out, ..Options::default() };
            let history = read_folder(folder.path(), &options).unwrap();
            let verdict = judged(&history, &regulation, now);
            (all(&history, &regulation, &verdict), tenures(&history, &verdict), verdict.wake_up)
        };
        let (whole, part) = (found(&[]), found(&regulation.unused_columns()));
        same(&whole.0, &part.0)?;
        same(&whole.1, &part.1)?;
        prop_assert_eq!(whole.2, part.2);
    }

    /// What every finding is.
    #[test]
    fn findings_are_sound(world in world(EVENTS), demands in demands(), moment in moment()) {
        let (regulation, now) = (demands.regulation(), moment.in_world(&world));
        let history = history(&world, &world.happenings);
        let verdict = judged(&history, &regulation, now);
        let speakers = Lang::ALL.map(|lang| Speaker::new(&history, &regulation, lang));
        for finding in &verdict.findings {
            sound(&history, &regulation, &demands, finding, now)?;
            for speaker in &speakers {
                let said = speaker.message(finding);
                prop_assert!(!said.contains(['⟨', '⟩', '\n']) && !said.is_empty(), "{said}");
                prop_assert_eq!(speaker.evidence(finding).len(), finding.evidence().len());
            }
        }
        for tenure in &verdict.tenures {
            prop_assert!(tenure.employee.is_some() && tenure.from < tenure.to, "{tenure:?}");
            prop_assert!(tenure.from <= now && (tenure.to <= now || tenure.to == Instant::MAX));
        }
    }

    /// Rule, scope, subject and start name a finding, where no two events share an instant.
    #[test]
    fn findings_have_names_of_their_own(
        world in world_of_distinct_instants(EVENTS),
        demands in demands(),
        moment in moment(),
    ) {
        let (regulation, now) = (demands.regulation(), moment.in_world(&world));
        let history = history(&world, &world.happenings);
        let verdict = judged(&history, &regulation, now);
        let mut names = BTreeMap::new();
        for finding in &verdict.findings {
            let scope = entry(&regulation, finding).rule.scope();
            let key = match scope {
                Scope::Deal | Scope::Client => finding.deal.0,
                Scope::Employee | Scope::Group if finding.deal.is_none() => finding.employee.0,
                Scope::Employee | Scope::Group => finding.deal.0,
                Scope::Stage => finding.stage.0,
            };
            // Fields that no event names have no ids: only their place tells them apart.
            let subject = match finding.subject {
                Subject::Field(_) => format!("field {}", finding.count),
                other => format!("{other:?}"),
            };
            let name = (finding.entry, key, subject, finding.start);
            if let Some(other) = names.insert(name, finding) {
                prop_assert!(false, "{other:?}\n{finding:?}");
            }
        }
    }

    /// A removed deal yields findings up to its removal, and none lasts longer.
    #[test]
    fn removal_ends_all(world in world(EVENTS), demands in demands(), moment in moment()) {
        let (regulation, now) = (demands.regulation(), moment.in_world(&world));
        let history = history(&world, &world.happenings);
        let verdict = judged(&history, &regulation, now);
        let removals: Vec<Option<Instant>> =
            history.timelines.iter().map(|timeline| removal(timeline.until(now))).collect();
        for finding in verdict.findings.iter().filter(|finding| finding.deal.is_some()) {
            let Some(removed) = removals[finding.deal.index()] else { continue };
            let rule = entry(&regulation, finding).rule.code;
            let instant = INSTANT.contains(&rule);
            prop_assert!(finding.at <= removed, "{rule}: {finding:?} after {removed}");
            prop_assert!(instant || finding.until.is_some_and(|until| until <= removed), "{rule}: {finding:?} beyond {removed}");
        }
    }
}

/// Rules over deals whose findings have no end.
const INSTANT: [&str; 5] = [
    "response-order",
    "postponed-task",
    "stage-order",
    "junk-task-result",
    "lost-without-attempts",
];

/// Rules whose findings have an empty stage.
const NO_STAGE: [&str; 8] = [
    "lead-queue",
    "task-pileup",
    "copied-task-result",
    "mass-closing",
    "loser-share",
    "lost-mid-share",
    "lost-reason-share",
    "crm-time",
];

/// When a deal is removed: nothing before its creation counts.
fn removal(timeline: history::Timeline<'_>) -> Option<Instant> {
    let created = timeline
        .iter()
        .position(|event| event.kind == Kind::Created);
    let mut from_creation = timeline.iter().skip(created.unwrap_or(0));
    from_creation
        .find(|event| event.kind == Kind::Removed)
        .map(|event| event.at)
}

fn sound(
    history: &History,
    regulation: &Regulation,
    demands: &Demands,
    finding: &Finding,
    now: Instant,
) -> Result<(), TestCaseError> {
    let entry = entry(regulation, finding);
    let (rule, pipelines) = (entry.rule, &history.pipelines);
    let shown = shown::show(history, regulation, finding);
    prop_assert!(
        finding.at <= now && finding.start <= finding.at,
        "{shown:?}"
    );
    prop_assert!(
        finding
            .until
            .is_none_or(|until| finding.at < until && until <= now),
        "{shown:?}"
    );
    let of_a_deal =
        matches!(rule.scope(), Scope::Deal | Scope::Client) || rule.code == "response-order";
    prop_assert_eq!(of_a_deal, finding.deal.is_some(), "{:?}", shown);
    let against_nobody = of_a_deal || rule.scope() == Scope::Stage;
    prop_assert!(against_nobody || finding.employee.is_some(), "{shown:?}");
    let stageless = NO_STAGE.contains(&rule.code) || rule.code == "late-start";
    prop_assert!(!stageless || finding.stage.is_none(), "{shown:?}");
    if !stageless {
        let pipeline = pipelines
            .pipeline(finding.stage)
            .map(|id| pipelines.pipelines[id.0 as usize].id.as_str());
        prop_assert!(
            !pipeline.is_some_and(|id| demands.is_robot(id)),
            "{shown:?}"
        );
        let among = |words: &Option<Vec<audit::regulation::Word>>, id: &str| {
            words
                .as_ref()
                .is_none_or(|words| words.iter().any(|word| word.text == id))
        };
        prop_assert!(among(&entry.pipelines, pipeline.unwrap_or("")), "{shown:?}");
        prop_assert!(among(&entry.stages, &shown.stage), "{shown:?}");
    }
    if let Some(roles) = &entry.roles {
        let zone = &regulation.latest().zone;
        let membership = history
            .people
            .membership(finding.employee, zone.date(finding.at));
        let role = membership.and_then(|membership| membership.role);
        prop_assert!(role.is_some_and(|role| roles.contains(&role)), "{shown:?}");
    }
    for proof in finding.evidence() {
        let at = match proof {
            Evidence::Action(at) => at,
            Evidence::Event(event) => history.timelines.deal(event.deal).at(event.index as usize),
        };
        prop_assert!(at <= now, "{shown:?}");
    }
    Ok(())
}

/// The laws would hold of verdicts that are always empty: these are not.
#[test]
fn every_rule_finds_something_in_some_world() {
    let mut runner = TestRunner::deterministic();
    let mut found: BTreeMap<&str, usize> = RULES.iter().map(|rule| (rule.code, 0)).collect();
    for _ in 0..150 {
        let (world, demands): (World, Demands) = (world(EVENTS), demands())
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let regulation = demands.regulation();
        let history = history(&world, &world.happenings);
        let verdict = judged(&history, &regulation, BEGINNING + 40 * DAY + MINUTE);
        for finding in &verdict.findings {
            *found
                .entry(entry(&regulation, finding).rule.code)
                .or_default() += 1;
        }
    }
    assert!(found.values().all(|count| *count > 0), "{found:#?}");
}
