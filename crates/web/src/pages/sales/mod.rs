//! The pages of whoever heads sales: where money hangs, who loses leads, who is overloaded, how
//! soon leads are answered; and the lists of deals that their numbers count.

mod chart;
mod deals;
mod filter;
mod funnel;
mod heat;
mod load;
mod reasons;
mod speed;

use app::permissions::{Deed, Reach};
use app::sales::Sales;
use axum::Router;
use figures::Told;
use figures::funnel::{Against, Part};
use history::{ChannelId, EmployeeId, FieldId, GroupId, PipelineId, StageId};
use wording::{Value as Say, decimal, integer, one_line, percent};

use super::address::with;
use super::table::{Cell, Value};
use super::{Member, Words};
use crate::state::AppState;
use filter::{Asked, Chosen, NONE};

/// Characters of a foreign name.
const NAME: usize = 60;
/// Below this base a share is shown with its interval.
const SMALL: u64 = 100;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .merge(funnel::routes())
        .merge(deals::routes())
        .merge(reasons::routes())
        .merge(load::routes())
        .merge(speed::routes())
}

/// Puts figures of sales into words and cells for one reader.
struct Teller<'a> {
    sales: &'a Sales<'a>,
    words: Words,
    asked: &'a Asked,
    chosen: Chosen,
    /// Whether the reader may open lists of findings.
    sees_findings: bool,
}

impl<'a> Teller<'a> {
    fn new(sales: &'a Sales<'a>, member: &Member, asked: &'a Asked) -> Teller<'a> {
        let reach = member.actor.reach(Deed::SeeFindings).unwrap_or(Reach::None);
        Teller {
            sales,
            words: member.words(),
            asked,
            chosen: asked.chosen(sales),
            sees_findings: reach >= Reach::Group,
        }
    }

    /// The list that a number counts, within what is chosen; `more` goes before it.
    fn list(&self, part: Part, more: &[(&str, &str)]) -> String {
        let mut parameters = vec![("part", part.as_str())];
        parameters.extend(self.narrowing(more));
        if part.is_of_period() {
            let when = self.asked.when().into_iter();
            parameters.extend(when.filter(|(name, _)| !is_named(more, name)));
        }
        with("/funnel/deals", &parameters)
    }

    /// What is chosen, with `more` before it and in its place.
    fn narrowing<'p>(&'p self, more: &[(&'p str, &'p str)]) -> Vec<(&'p str, &'p str)> {
        let whose = self.asked.whose().into_iter();
        let others = whose.filter(|(name, _)| !is_named(more, name));
        more.iter().copied().chain(others).collect()
    }

    /// The open or hung deals now, as the list of all deals shows them; who answers for nobody's
    /// is no filter there.
    fn standing(&self, part: Part, more: &[(&str, &str)]) -> String {
        let mut all = self.narrowing(more);
        let no_such = |(name, value): &(&str, &str)| *name == "group" || *value == NONE;
        if all.iter().any(|one| !one.1.is_empty() && no_such(one)) {
            return self.list(part, more);
        }
        let kind = match part {
            Part::Hung => "hung",
            _ => "open",
        };
        all.insert(0, ("kind", kind));
        with("/deals", &all)
    }

    /// A number of things, and the list of them.
    fn count(&self, count: u64, href: String) -> Cell {
        let cell = Cell::from(Value::Count(count));
        match count {
            0 => cell,
            _ => cell.to(href),
        }
    }

    /// A share with its base, and the list of the hits; where the base is small with its interval.
    fn share(&self, (hits, base): (u64, u64), href: String) -> Cell {
        let cell = Cell::from(Value::share(hits, base)).small(self.base((hits, base)));
        match hits {
            0 => cell,
            _ => cell.to(href),
        }
    }

    /// The base of a share in words: «45 из 120»; empty: there is none.
    fn base(&self, (hits, base): (u64, u64)) -> String {
        let lang = self.words.0;
        let number = |number: u64| Say::Text(integer(number as i64, lang).into());
        let of = [("part", number(hits)), ("whole", number(base))];
        match stats_interval(hits, base) {
            None => String::new(),
            Some(_) if base >= SMALL => self.words.say("sales-of", &of),
            Some((low, high)) => {
                let end = |end: f64| Say::Text(decimal(end * 100.0, 0, lang).into());
                let [part, whole] = of;
                let all = [part, whole, ("low", end(low)), ("high", end(high))];
                self.words.say("sales-of-interval", &all)
            }
        }
    }

    fn percent(&self, share: f64) -> String {
        percent(share, 0, self.words.0)
    }

    fn money(&self, hundredths: i64) -> Value {
        let currency = &self.sales.audited.history.account.currency;
        Value::Money(hundredths, currency.clone())
    }

    /// Working time in working days.
    fn days(&self, ms: i64) -> f64 {
        let length = self.sales.audited.regulation.latest().day_length_ms.max(1);
        ms as f64 / length as f64
    }

    fn person(&self, id: EmployeeId) -> String {
        match id.is_none() {
            true => self.words.text("sales-nobody"),
            false => one_line(self.sales.audited.history.people.name(id), NAME),
        }
    }

    fn person_id(&self, id: EmployeeId) -> &'a str {
        match id.is_none() {
            true => NONE,
            false => self.sales.audited.history.people.ids.get(id.0),
        }
    }

    fn group(&self, id: GroupId) -> String {
        let groups = &self.sales.audited.history.people.groups;
        let group = groups.get(id.index());
        group.map_or_else(
            || self.words.text("sales-no-group"),
            |group| one_line(&group.name, NAME),
        )
    }

    fn source(&self, id: ChannelId) -> String {
        match id.is_none() {
            true => self.words.text("sales-no-source"),
            false => one_line(self.sales.audited.history.channels.get(id.0), NAME),
        }
    }

    fn source_id(&self, id: ChannelId) -> &'a str {
        match id.is_none() {
            true => NONE,
            false => self.sales.audited.history.channels.get(id.0),
        }
    }

    fn reason(&self, id: FieldId) -> String {
        match id.is_none() {
            true => self.words.text("sales-no-reason"),
            false => one_line(self.sales.audited.history.fields.get(id.0), NAME),
        }
    }

    fn reason_id(&self, id: FieldId) -> &'a str {
        match id.is_none() {
            true => NONE,
            false => self.sales.audited.history.fields.get(id.0),
        }
    }

    fn stage(&self, id: StageId) -> String {
        let name = self.sales.audited.history.pipelines.stage_name(id);
        match id.is_none() || name.is_empty() {
            true => self.words.text("sales-no-stage"),
            false => one_line(name, NAME),
        }
    }

    fn stage_id(&self, id: StageId) -> &'a str {
        self.sales.audited.history.pipelines.stage_ids.get(id.0)
    }

    fn pipeline(&self, id: PipelineId) -> String {
        let pipelines = &self.sales.audited.history.pipelines.pipelines;
        let pipeline = pipelines.get(id.0 as usize);
        pipeline.map_or_else(String::new, |one| match one.name.is_empty() {
            true => one_line(&one.id, NAME),
            false => one_line(&one.name, NAME),
        })
    }

    fn pipeline_id(&self, id: PipelineId) -> &'a str {
        let pipelines = &self.sales.audited.history.pipelines.pipelines;
        pipelines.get(id.0 as usize).map_or("", |one| &one.id)
    }

    /// What a comparison tells, with its shape and its word.
    fn told(&self, against: &Against) -> String {
        let more = against.is_more();
        self.words.text(match (against.told(), more) {
            (Told::TooLittleData, _) => "told-little",
            (Told::Chance, _) => "told-chance",
            (Told::Look, true) => "told-look-more",
            (Told::Look, false) => "told-look-less",
            (Told::Sure, true) => "told-sure-more",
            (Told::Sure, false) => "told-sure-less",
        })
    }

    /// The zone of all dates and hours.
    fn zone(&self) -> String {
        self.sales.audited.zone().name().to_owned()
    }
}

/// Whether a parameter is given already.
fn is_named(more: &[(&str, &str)], name: &str) -> bool {
    more.iter().any(|(given, _)| *given == name)
}

/// The interval beside a share.
fn stats_interval(hits: u64, base: u64) -> Option<(f64, f64)> {
    app::life::share::Share::of(hits, base).map(|share| share.interval)
}
