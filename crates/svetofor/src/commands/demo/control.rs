//! What quality control has done in the made-up company: deals looked at, findings made by hand, some
//! of them passed on, and something that nobody pays attention to.

use anyhow::Result;
use app::life::by_hand::{self, Route};
use app::life::exempt::{self, Asked};
use app::life::exemption::Scope;
use app::life::hand::{Draft, Target};
use app::life::office::{self, Office};
use app::reviews::choose::Order;
use app::reviews::work::{self, Finish, Wanted};
use app::{Actor, deals};
use audit::regulation::Severity;
use history::{Instant, Kind};
use web::AppState;

const MINUTE: Instant = 60_000;
const DAY: Instant = 24 * 60 * MINUTE;

/// On how many days deals were looked at, and how many a day.
const DAYS: i64 = 5;
const CASES: i64 = 4;
/// Every which case something is found in.
const EVERY: i64 = 3;

/// What was found: kind, severity, text and recommendation.
const FOUND: [(&str, Severity, &str, &str); 4] = [
    (
        "Потребность не выяснена",
        Severity::Violation,
        "Цену назвали раньше, чем спросили, что и к какому сроку нужно клиенту.",
        "Начинать с трёх вопросов: что, сколько, когда.",
    ),
    (
        "Следующий шаг не назначен",
        Severity::Remark,
        "Разговор кончился словами «созвонимся», день и час не названы.",
        "Договариваться о дне и часе до конца разговора.",
    ),
    (
        "Тон разговора",
        Severity::Gross,
        "На вопрос о сроках клиенту ответили резко.",
        "Извиниться и перезвонить с точным сроком.",
    ),
    (
        "Итог разговора не записан",
        Severity::Remark,
        "О чём договорились, по карточке не понять.",
        "",
    ),
];

/// Lets quality control work for some days up to now.
pub async fn work(state: &AppState, specialist: &Actor, coordinator: &Actor) -> Result<()> {
    let now = state.now();
    let mut made = Vec::new();
    for day in (1..=DAYS).rev() {
        for case in 0..CASES {
            let at = now - day * DAY + case * 20 * MINUTE;
            let number = (DAYS - day) * CASES + case;
            made.extend(look(state, specialist, number, at).await?);
        }
    }
    let audit = state.audits.read(&coordinator.company, now).await?;
    let clocks = office::clocks(audit.live());
    let office = Office::of(audit.live(), clocks);
    // The last ones wait still.
    let passed = made.len().saturating_sub(3);
    for (id, at) in &made[..passed] {
        let route = Route::PassOn {
            text: None,
            recommendation: None,
        };
        let store = &state.store;
        by_hand::route(store, coordinator, office, (id, &route), at + 90 * MINUTE).await?;
    }
    let first = audit.standing().find(|held| held.finding.deal.is_some());
    if let Some(held) = first {
        let found = held.finding;
        let versions = audit.live().regulation().versions();
        let entry = &versions[usize::from(found.version)].entries[usize::from(found.entry)];
        let history = audit.live().history();
        let asked = Asked {
            scope: Scope {
                rule: entry.name.clone(),
                deal: history.deals.get(found.deal.0).to_owned(),
                ..Scope::default()
            },
            reason: "Клиент сам просил подождать до конца месяца".to_owned(),
            from: Some(found.at - DAY),
            until: now + 14 * DAY,
        };
        exempt::make(&state.store, coordinator, office, &asked, now - 10 * DAY).await?;
    }
    Ok(())
}

/// Looks at the next deal of the queue; the finding that was made, and when.
async fn look(
    state: &AppState,
    specialist: &Actor,
    number: i64,
    at: Instant,
) -> Result<Option<(String, Instant)>> {
    let store = &state.store;
    let waiting = {
        let audit = state.audits.read(&specialist.company, at).await?;
        let clocks = office::clocks(audit.live());
        let office = Office::of(audit.live(), clocks);
        let queue = work::queue(store, specialist, office, Wanted::default(), at).await?;
        let first = queue.waiting.into_iter().next();
        let Some(first) = first else {
            return Ok(None);
        };
        let asked = (first.deal.as_str(), Some(Order::People));
        match work::take(store, specialist, office, asked, at).await? {
            Ok(case) => (first, case),
            Err(_) => return Ok(None),
        }
    };
    let (deal, case) = waiting;
    let made = match number % EVERY {
        0 => find(state, specialist, &deal.deal, (number / EVERY, at)).await?,
        _ => None,
    };
    // From four to thirteen minutes each.
    let took = (4 + number * 7 % 10) * MINUTE;
    let asked = (case.row.id.as_str(), Finish::default());
    work::finish(store, specialist, asked, at + took).await?;
    Ok(made)
}

/// Makes a finding about the last call or message of a deal.
async fn find(
    state: &AppState,
    specialist: &Actor,
    deal: &str,
    (number, now): (i64, Instant),
) -> Result<Option<(String, Instant)>> {
    let (_, events) = deals::deal(&state.audits, specialist, deal, now, |event| {
        let record = &event.record;
        let (kind, actor) = (record.kind, record.actor.to_owned());
        (event.key.to_owned(), record.at, kind, actor)
    })
    .await?;
    let said = |kind: Option<Kind>| matches!(kind, Some(Kind::CallOut | Kind::MessageOut));
    let last = events
        .into_iter()
        .rev()
        .find(|(_, at, kind, actor)| *at <= now && said(*kind) && !actor.is_empty());
    let Some((event, at, kind, employee)) = last else {
        return Ok(None);
    };
    let chosen = usize::try_from(number).unwrap_or(0) % FOUND.len();
    let (fault, severity, text, recommendation) = FOUND[chosen];
    let draft = Draft {
        target: match kind {
            Some(Kind::CallOut) => Target::Call,
            _ => Target::Chat,
        },
        deal: deal.to_owned(),
        employee,
        kind: fault.to_owned(),
        severity,
        at,
        text: text.to_owned(),
        recommendation: recommendation.to_owned(),
        event,
    };
    let audit = state.audits.read(&specialist.company, now).await?;
    let clocks = office::clocks(audit.live());
    let office = Office::of(audit.live(), clocks);
    let made = by_hand::make(&state.store, specialist, office, &draft, now + MINUTE).await?;
    Ok(Some((made.id, now + MINUTE)))
}
