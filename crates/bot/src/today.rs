//! «Что моё сегодня?»: what the page «Что мне исправить?» lists, by the same use case.

use app::Actor;
use app::life::office::{self, Office};
use app::life::seen::Seen;
use app::life::tell;
use app::life::todo::{Todo, todo};
use app::permissions::Deed;
use audit::regulation::Severity;
use delivery::telegram::{Keyboard, Place};
use store::findings::Filter;
use store::persons::Person;
use wording::Value;

use crate::finding::{buttons, told};
use crate::{Bot, Error, Words};

/// How many findings come as messages of their own.
const SHOWN: usize = 5;

impl Bot {
    /// Tells a person what is theirs, in each of their companies.
    pub(crate) async fn today(
        &self,
        place: Place,
        person: &Person,
        words: Words,
    ) -> Result<(), Error> {
        let mut actors = self.actors(person).await?;
        actors.retain(|(actor, _)| {
            actor.employee.is_some() && actor.whose(Deed::SeeFindings).is_ok()
        });
        if actors.is_empty() {
            return self.tell(place, &words.text("bot-no-employee")).await;
        }
        let several = actors.len() > 1;
        for (actor, company) in &actors {
            let name = several.then_some(company.as_str());
            self.today_in(place, actor, name, words).await?;
        }
        Ok(())
    }

    async fn today_in(
        &self,
        place: Place,
        actor: &Actor,
        company: Option<&str>,
        words: Words,
    ) -> Result<(), Error> {
        let now = self.now();
        // What was read is put into words before anything goes out: no company is held while
        // Telegram is waited for.
        let (said, shown) = {
            let audit = self.audits.read(&actor.company, now).await?;
            let live = audit.live();
            let office = Office::of(live, office::clocks(live));
            let own = [actor.employee.as_deref().unwrap_or_default()];
            let filter = Filter {
                employees: Some(&own),
                ..Filter::default()
            };
            let found = todo(self.store(), actor, office, &filter, now).await?;
            let first = found.open.iter().take(SHOWN);
            let first = first.map(|seen| (seen.clone(), told(&audit, seen, words, now)));
            let shown: Vec<(Seen, String)> = first.collect();
            (summary(&found, company, words), shown)
        };
        self.tell(place, &self.with_way(said, "/mine")).await?;
        for (seen, said) in shown {
            let rows = buttons(&seen, words);
            let keyboard = (!rows.is_empty()).then_some(Keyboard::Buttons(&rows));
            let said = self.with_way(said, &format!("/findings/{}", seen.finding.id));
            self.send(place, &said, keyboard).await?;
            let now = self.now();
            let audit = self.audits.read(&actor.company, now).await?;
            let live = audit.live();
            let office = Office::of(live, office::clocks(live));
            let to = (actor.person.as_str(), app::addresses::TELEGRAM);
            let ids = [seen.finding.id.as_str()];
            tell::delivered(self.store(), &actor.company, office, to, &ids, now).await?;
        }
        Ok(())
    }
}

/// How much there is of what.
fn summary(todo: &Todo, company: Option<&str>, words: Words) -> String {
    let gross = |seen: &&Seen| seen.severity() == Severity::Gross;
    let count = |number: usize| Value::Count(number as i64);
    let mut lines: Vec<String> = company.map(str::to_owned).into_iter().collect();
    if todo.open.is_empty() {
        lines.push(words.text("bot-today-none"));
    } else {
        let args = [
            ("count", count(todo.open.len())),
            ("gross", count(todo.open.iter().filter(gross).count())),
        ];
        lines.push(words.say("bot-today", &args));
    }
    if !todo.acknowledged.is_empty() {
        let count = [("count", count(todo.acknowledged.len()))];
        lines.push(words.say("bot-today-acknowledged", &count));
    }
    if !todo.disputed.is_empty() {
        let count = [("count", count(todo.disputed.len()))];
        lines.push(words.say("bot-today-disputed", &count));
    }
    if todo.open.len() > SHOWN {
        let args = [("count", count(SHOWN))];
        lines.push(words.say("bot-today-first", &args));
    }
    lines.join("\n")
}
