//! The bot in Telegram: people ask it what is theirs today, and acknowledge and dispute by buttons.
//!
//! Whoever writes is the person that linked the chat, and no more: each deed goes through the use
//! cases of [`app`] as that person's [`app::Actor`], so the bot can do nothing that its reader could not
//! do on a page. Whoever has linked nothing gets a polite answer and learns nothing.
//!
//! What Telegram tells is read by one process at a time, which holds a lease ([`while_held`]). An update
//! is noted as dealt with after it was; where a process dies in between, it comes again, and what was
//! decided is found decided.
//!
//! It must never know SQL, HTTP, or who may what.

mod finding;
mod lease;
mod limits;
mod link;
mod press;
mod today;
mod words;

use std::sync::Arc;
use std::time::Duration;

use app::accounts::everywhere;
use app::audits::Audits;
use app::{Actor, Instant, addresses, chats};
use delivery::Clock;
use delivery::telegram::{
    CallError, Client, Incoming, Keyboard, Place, Sent, Update, User, escape,
};
use store::persons::Person;
use store::{Store, bot};
use tokio::sync::watch;
use wording::Lang;

pub use lease::while_held;
use limits::Limits;
use words::Words;

/// For how long one call waits for something to happen.
const WAITS: Duration = Duration::from_secs(25);
/// The pause after a call that failed.
const PAUSE: Duration = Duration::from_secs(3);
/// How often an update is tried that the store failed at.
const TRIES: u32 = 3;

/// Why an update could not be dealt with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    App(#[from] app::Error),
    #[error(transparent)]
    Call(#[from] CallError),
}

impl From<store::StoreError> for Error {
    fn from(error: store::StoreError) -> Error {
        Error::App(error.into())
    }
}

/// The bot.
pub struct Bot {
    client: Arc<Client>,
    audits: Audits,
    /// Where people reach the program; empty: nobody said.
    origin: String,
    clock: Clock,
    limits: Limits,
}

/// A command with what follows it.
struct Command<'a> {
    name: &'a str,
    rest: &'a str,
}

impl<'a> Command<'a> {
    /// The command that a text begins with, unless it is another bot's.
    fn of(text: &'a str, bot: &str) -> Option<Command<'a>> {
        let text = text.trim();
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let name = name.strip_prefix('/')?;
        let (name, whose) = name.split_once('@').unwrap_or((name, bot));
        let ours = whose.eq_ignore_ascii_case(bot);
        let rest = rest.trim();
        ours.then_some(Command { name, rest })
    }
}

impl Bot {
    /// A bot that is heard and speaks through `client`; `origin` is where people reach the program.
    pub fn new(client: Arc<Client>, audits: Audits, origin: &str, clock: Clock) -> Bot {
        Bot {
            client,
            audits,
            origin: origin.trim_end_matches('/').to_owned(),
            clock,
            limits: Limits::new(),
        }
    }

    fn now(&self) -> Instant {
        (self.clock)()
    }

    fn store(&self) -> &Store {
        self.audits.store()
    }

    /// Listens until it is told to stop. What fails is logged and tried again.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => {}
            () = self.listen() => {}
        }
    }

    async fn listen(&self) {
        let name = loop {
            match self.client.me().await {
                Ok(me) => break me.username,
                Err(error) => self.pause(&error).await,
            }
        };
        let mut next = self.begin_at().await;
        let mut said_at = Instant::MIN;
        loop {
            let now = self.now();
            if now.saturating_sub(said_at) >= addresses::SAY_EVERY_MS {
                said_at = now;
                let said = addresses::say_outlet(self.store(), addresses::TELEGRAM, &name, now);
                if let Err(error) = said.await {
                    tracing::warn!(%error, "cannot note that the bot works");
                }
            }
            match self.client.updates(next, WAITS).await {
                Ok(updates) => {
                    for update in updates {
                        if update.update_id >= next {
                            self.deal_with(&update, &name).await;
                            next = update.update_id + 1;
                            self.note(next).await;
                        }
                    }
                }
                Err(error) => self.pause(&error).await,
            }
        }
    }

    async fn pause(&self, error: &CallError) {
        tracing::warn!(%error, "the bot hears nothing");
        let asked = match error {
            CallError::Refused(refusal) => refusal.retry_after_s.unwrap_or(0),
            _ => 0,
        };
        let asked = Duration::from_secs(asked.clamp(0, 3_600).unsigned_abs());
        tokio::time::sleep(asked.max(PAUSE)).await;
    }

    async fn begin_at(&self) -> i64 {
        let read = async {
            let mut reader = self.store().reader().await?;
            bot::next_update(&mut reader, self.client.bot()).await
        };
        match read.await {
            Ok(next) => next.unwrap_or(0),
            // What was dealt with is found decided.
            Err(error) => {
                tracing::warn!(%error, "cannot read how far the bot has come");
                0
            }
        }
    }

    async fn note(&self, next: i64) {
        let noted = async {
            let mut tx = self.store().begin().await?;
            bot::set_next_update(&mut tx, self.client.bot(), next).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "cannot note how far the bot has come");
        }
    }

    async fn deal_with(&self, update: &Update, name: &str) {
        for _ in 0..TRIES {
            match self.dispatch(update, name).await {
                Err(Error::App(app::Error::Store(error))) => {
                    tracing::warn!(%error, update = update.update_id, "the store fails the bot");
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => {
                    tracing::warn!(%error, update = update.update_id, "the bot gives up on it");
                    return;
                }
                Ok(()) => return,
            }
        }
    }

    async fn dispatch(&self, update: &Update, name: &str) -> Result<(), Error> {
        if let Some(member) = &update.my_chat_member
            && member.is_out()
        {
            return self.is_out(&member.chat).await;
        }
        if let Some(pressed) = &update.callback_query {
            return self.press(pressed).await;
        }
        let Some(message) = &update.message else {
            return Ok(());
        };
        if let Some(to) = message.migrate_to_chat_id {
            return Ok(chats::moved(self.store(), message.chat.id, to).await?);
        }
        match &message.from {
            Some(user) if !user.is_bot => self.hear(message, user, name).await,
            _ => Ok(()),
        }
    }

    /// Somebody wrote.
    async fn hear(&self, message: &Incoming, user: &User, name: &str) -> Result<(), Error> {
        let command = Command::of(&message.text, name);
        if !message.chat.is_private() {
            let Some(command) = command else {
                return Ok(());
            };
            return self.hear_in_group(message, user, &command).await;
        }
        if !self.limits.may_speak(user.id) {
            return Ok(());
        }
        let place = Place {
            chat: message.chat.id,
            thread: None,
        };
        let holder = addresses::holder(self.store(), message.chat.id).await?;
        let words = Words(
            holder
                .as_ref()
                .map_or(language_of(user), |one| language(&one.language)),
        );
        let code = match &command {
            Some(command) if command.name == "start" && !command.rest.is_empty() => command.rest,
            // A code alone, as whoever could not follow the link types it.
            None if holder.is_none() => message.text.trim(),
            _ => "",
        };
        if !code.is_empty() && link::is_code(code) {
            return self.link(place, user, code, words).await;
        }
        let Some(person) = holder else {
            return self.tell(place, &words.text("bot-unlinked")).await;
        };
        match command.as_ref().map(|command| command.name) {
            Some("stop") => {
                addresses::stop(self.store(), message.chat.id, self.now()).await?;
                self.tell(place, &words.text("bot-stopped")).await
            }
            Some("today") => self.today(place, &person, words).await,
            Some(_) => self.tell(place, &words.text("bot-help")).await,
            None => match &message.reply_to_message {
                Some(asked) => {
                    self.hear_reply(place, &person, asked, &message.text, words)
                        .await
                }
                None => self.tell(place, &words.text("bot-help")).await,
            },
        }
    }

    /// Everybody whom a person is, by company.
    async fn actors(&self, person: &Person) -> Result<Vec<(Actor, String)>, Error> {
        Ok(everywhere(self.store(), person).await?)
    }

    /// Writes plain words.
    async fn tell(&self, place: Place, words: &str) -> Result<(), Error> {
        self.send(place, words, None).await.map(drop)
    }

    async fn send(
        &self,
        place: Place,
        words: &str,
        keyboard: Option<Keyboard<'_>>,
    ) -> Result<Sent, Error> {
        let turn = self.client.pace().turn(place.chat, 1).await;
        turn.leave().await;
        Ok(self.client.send(place, &escape(words), keyboard).await?)
    }
}

/// The language that a person reads.
fn language(code: &str) -> Lang {
    code.parse().unwrap_or(Lang::Ru)
}

/// The language of somebody whom we do not know.
fn language_of(user: &User) -> Lang {
    match user.language_code.as_str() {
        "" => Lang::Ru,
        code if ["ru", "uk", "be", "kk"]
            .iter()
            .any(|near| code.starts_with(near)) =>
        {
            Lang::Ru
        }
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_with_what_follows_it() {
        let read = |text| Command::of(text, "qc_bot").map(|found| (found.name, found.rest));
        assert_eq!(read("/start ABC"), Some(("start", "ABC")));
        assert_eq!(read(" /link@QC_bot  A-B \n"), Some(("link", "A-B")));
        assert_eq!(read("/today"), Some(("today", "")));
        assert_eq!(read("/today@other_bot"), None);
        assert_eq!(read("today"), None);
    }
}
