//! Linking: a person's private chat, a company's group.

use app::addresses::Code;
use app::{addresses, chats};
use delivery::telegram::{Chat, Incoming, Place, User};

use crate::{Bot, Command, Error, Words, language, language_of};

/// The length of a code.
const SIGNS: usize = 12;

/// Whether something may be a code at all.
pub(crate) fn is_code(text: &str) -> bool {
    let signs = text.chars().filter(|c| *c != '-');
    signs.clone().count() == SIGNS && signs.clone().all(|c| c.is_ascii_alphanumeric())
}

impl Bot {
    /// Somebody sends a code in their private chat.
    pub(crate) async fn link(
        &self,
        place: Place,
        user: &User,
        code: &str,
        words: Words,
    ) -> Result<(), Error> {
        if !self.limits.may_try_code(user.id) {
            return self.tell(place, &words.text("bot-too-often")).await;
        }
        let code = Code::typed(code);
        let linked = addresses::link_telegram(self.store(), &code, place.chat, self.now()).await;
        match linked {
            Ok(linked) => {
                let words = Words(language(&linked.person.language));
                let mut said = words.named("bot-linked", &linked.person.name);
                if linked.was_taken {
                    said = format!("{said}\n\n{}", words.text("bot-was-taken"));
                }
                self.tell(place, &said).await
            }
            Err(app::Error::DeadLink) => self.tell(place, &words.text("bot-code-dead")).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Somebody writes a command in a group: only the linking of the group is heard there.
    pub(crate) async fn hear_in_group(
        &self,
        message: &Incoming,
        user: &User,
        command: &Command<'_>,
    ) -> Result<(), Error> {
        let chat = &message.chat;
        let place = Place {
            chat: chat.id,
            thread: message.message_thread_id,
        };
        let words = Words(language_of(user));
        if !self.limits.may_speak(user.id) {
            return Ok(());
        }
        if command.name != "link" {
            // A bot that answers everybody in a group is thrown out of it.
            return Ok(());
        }
        if !is_code(command.rest) || !self.limits.may_try_code(user.id) {
            return self.tell(place, &words.text("bot-chat-code-dead")).await;
        }
        let code = Code::typed(command.rest);
        let there = (chat.id, message.message_thread_id);
        match chats::link(self.store(), &code, there, &chat.title, self.now()).await {
            Ok(company) => {
                self.tell(place, &words.named("bot-chat-linked", &company))
                    .await
            }
            Err(app::Error::DeadLink) => self.tell(place, &words.text("bot-chat-code-dead")).await,
            Err(error) => Err(error.into()),
        }
    }

    /// The bot cannot write to a chat any more.
    pub(crate) async fn is_out(&self, chat: &Chat) -> Result<(), Error> {
        if chat.is_private() {
            addresses::stop(self.store(), chat.id, self.now()).await?;
        } else {
            chats::lost(
                self.store(),
                chat.id,
                "the bot was removed from the chat",
                self.now(),
            )
            .await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn a_code_is_told_from_words() {
        assert!(is_code("ABCD-EFGH-JKLM") && is_code("abcdefghjklm"));
        assert!(!is_code("") && !is_code("здравствуйте") && !is_code("ABCD-EFGH"));
    }
}
