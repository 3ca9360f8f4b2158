//! The channels: private chats of people, and group chats.

use std::sync::Arc;
use std::time::Duration;

use store::{addresses, chats};

use super::client::{CallError, Client, File, Keyboard, Place, Refusal};
use super::cut::{escape, length, parts};
use crate::channel::{Attempt, Channel, Doing, Failure};
use crate::letter::{Attached, Letter};

/// The channel of private chats; a row's recipient is a person.
pub const TELEGRAM: &str = "telegram";
/// The channel of group chats; a row's recipient is a chat's id in the store.
pub const TELEGRAM_GROUP: &str = "telegram-group";

/// The longest message and the longest caption, in UTF-16 units.
const TEXT: usize = 4096;
const CAPTION: usize = 1024;
/// Into how many messages a text is cut at most; the link leads to the rest.
const MOST_PARTS: usize = 5;
/// Pictures in an album.
const ALBUM: usize = 10;
/// The wait where Telegram names none.
const WAIT_S: i64 = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Private,
    Group,
}

/// Sends letters to chats.
#[derive(Clone)]
pub struct Telegram {
    client: Arc<Client>,
    origin: String,
    kind: Kind,
}

/// What goes out as one call.
#[derive(Debug, PartialEq, Eq)]
enum Step<'a> {
    Text {
        html: String,
        last: bool,
    },
    Photo {
        picture: &'a Attached,
        caption: String,
    },
    Album(&'a [Attached]),
    Document(&'a Attached),
}

impl Telegram {
    /// To private chats; `origin` is where people reach this program.
    pub fn private(client: Arc<Client>, origin: &str) -> Telegram {
        Telegram {
            client,
            origin: origin.to_owned(),
            kind: Kind::Private,
        }
    }

    /// To group chats.
    pub fn groups(client: Arc<Client>, origin: &str) -> Telegram {
        Telegram {
            kind: Kind::Group,
            ..Telegram::private(client, origin)
        }
    }

    async fn carry(&self, attempt: &Attempt<'_>) -> Result<(), Failure> {
        let letter = Letter::of(attempt.message)?;
        let mut place = self.place(attempt).await?;
        let steps = steps(&letter, &self.origin);
        let done = usize::try_from(attempt.message.step).unwrap_or(0);
        for (at, step) in steps.iter().enumerate().skip(done) {
            if at > done {
                attempt.reached(at as i64).await?;
            }
            if let Err(error) = self.send(attempt, place, step, &letter).await {
                let Failed::Refused(Refusal {
                    moved_to: Some(to), ..
                }) = error
                else {
                    return Err(self.failure(attempt, place, error).await?);
                };
                self.follow(attempt, place.chat, to).await?;
                place.chat = to;
                let again = self.send(attempt, place, step, &letter).await;
                if let Err(error) = again {
                    return Err(self.failure(attempt, place, error).await?);
                }
            }
        }
        Ok(())
    }

    /// Where the recipient is.
    async fn place(&self, attempt: &Attempt<'_>) -> Result<Place, Failure> {
        let (company, id) = (&attempt.message.company, &attempt.message.recipient);
        if self.kind == Kind::Private {
            attempt.must_be_admitted().await?;
        }
        let mut reader = attempt.store.reader().await?;
        if self.kind == Kind::Group {
            let found = chats::get(&mut reader, company, id).await?;
            let works = found.filter(|chat| chat.off_at.is_none());
            let none = || {
                Failure::Lasting(format!(
                    "the group chat {id:?} is not linked, or is switched off"
                ))
            };
            return works
                .map(|chat| Place {
                    chat: chat.chat,
                    thread: chat.thread,
                })
                .ok_or_else(none);
        }
        let found = addresses::get(&mut reader, id, TELEGRAM).await?;
        let works = found.filter(addresses::Address::works);
        let chat = works.and_then(|address| address.address.parse().ok());
        let none = || {
            Failure::Lasting(format!(
                "the person {id:?} has linked no Telegram, or it is switched off"
            ))
        };
        Ok(Place {
            chat: chat.ok_or_else(none)?,
            thread: None,
        })
    }

    async fn send(
        &self,
        attempt: &Attempt<'_>,
        place: Place,
        step: &Step<'_>,
        letter: &Letter,
    ) -> Result<(), Failed> {
        let buttons = (!letter.buttons.is_empty()).then_some(Keyboard::Buttons(&letter.buttons));
        let file = async |attached: &Attached| -> Result<File, Failed> {
            let kept = attached
                .load(attempt.store, &attempt.message.company)
                .await?;
            Ok(File {
                name: attached.file_name(),
                media_type: match attached.media_type.is_empty() {
                    true => kept.media_type,
                    false => attached.media_type.clone(),
                },
                bytes: kept.bytes,
            })
        };
        let client = &self.client;
        // What takes a while comes first, then the turn, then the mark, then the call.
        match step {
            Step::Text { html, last } => {
                let turn = client.pace().turn(place.chat, 1).await;
                attempt.begin().await?;
                turn.leave().await;
                client.send(place, html, buttons.filter(|_| *last)).await?;
            }
            Step::Photo { picture, caption } => {
                let photo = file(picture).await?;
                let turn = client.pace().turn(place.chat, 1).await;
                attempt.begin().await?;
                turn.leave().await;
                let buttons = buttons.filter(|_| !caption.is_empty());
                client.send_photo(place, photo, caption, buttons).await?;
            }
            Step::Album(pictures) => {
                let mut photos = Vec::with_capacity(pictures.len());
                for picture in *pictures {
                    photos.push(file(picture).await?);
                }
                let turn = client.pace().turn(place.chat, photos.len()).await;
                attempt.begin().await?;
                turn.leave().await;
                client.send_album(place, photos).await?;
            }
            Step::Document(attached) => {
                let file = file(attached).await?;
                let turn = client.pace().turn(place.chat, 1).await;
                attempt.begin().await?;
                turn.leave().await;
                client.send_document(place, file).await?;
            }
        }
        Ok(())
    }

    /// What a failed call means for the message, and for the chat.
    async fn failure(
        &self,
        attempt: &Attempt<'_>,
        place: Place,
        error: Failed,
    ) -> Result<Failure, Failure> {
        let refusal = match error {
            Failed::Refused(refusal) => refusal,
            Failed::Unanswered(said) => return Ok(Failure::Unknown(said)),
            Failed::Other(failure) => return Ok(failure),
        };
        let said = refusal.to_string();
        Ok(match refusal.code {
            429 => {
                let wait_s = refusal.retry_after_s.unwrap_or(WAIT_S).clamp(1, 86_400);
                self.client
                    .pace()
                    .hold(Duration::from_secs(wait_s.unsigned_abs()));
                Failure::Later {
                    wait_ms: wait_s * 1_000,
                    said,
                }
            }
            403 => self.switch_off(attempt, place, refusal).await?,
            400 if is_gone(&refusal.said) => self.switch_off(attempt, place, refusal).await?,
            // The token: a matter of settings.
            401 | 404 => Failure::Passing(said),
            code if code >= 500 => Failure::Passing(said),
            _ => Failure::Lasting(said),
        })
    }

    async fn switch_off(
        &self,
        attempt: &Attempt<'_>,
        place: Place,
        refusal: Refusal,
    ) -> Result<Failure, Failure> {
        let message = attempt.message;
        let (id, now) = (&message.recipient, attempt.now);
        let mut tx = attempt.store.begin().await?;
        if self.kind == Kind::Group {
            chats::switch_off(&mut tx, &message.company, id, &refusal.said, now).await?;
        } else {
            let address = (id.as_str(), TELEGRAM, place.chat.to_string());
            let address = (address.0, address.1, address.2.as_str());
            addresses::switch_off(&mut tx, address, &refusal.said, now).await?;
        }
        tx.commit().await?;
        Ok(Failure::Lasting(refusal.to_string()))
    }

    async fn follow(&self, attempt: &Attempt<'_>, from: i64, to: i64) -> Result<(), Failure> {
        let mut tx = attempt.store.begin().await?;
        chats::moved(&mut tx, from, to).await?;
        Ok(tx.commit().await?)
    }
}

impl Channel for Telegram {
    fn name(&self) -> &'static str {
        match self.kind {
            Kind::Private => TELEGRAM,
            Kind::Group => TELEGRAM_GROUP,
        }
    }

    fn deliver<'a>(&'a self, attempt: Attempt<'a>) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move { self.carry(&attempt).await })
    }
}

/// Why a step did not come off.
enum Failed {
    Refused(Refusal),
    Unanswered(String),
    Other(Failure),
}

impl From<CallError> for Failed {
    fn from(error: CallError) -> Failed {
        match error {
            CallError::Refused(refusal) => Failed::Refused(refusal),
            CallError::Unanswered(_) => Failed::Unanswered(error.to_string()),
            CallError::Unreached(_) => Failed::Other(Failure::Passing(error.to_string())),
        }
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Failed {
        Failed::Other(failure)
    }
}

/// Whether a refusal says that there is no such chat or topic any more.
fn is_gone(said: &str) -> bool {
    let said = said.to_lowercase();
    [
        "chat not found",
        "thread not found",
        "topic_deleted",
        "topic_closed",
        "user not found",
    ]
    .iter()
    .any(|gone| said.contains(gone))
}

/// The calls that make up a letter, always the same ones for the same letter.
fn steps<'a>(letter: &'a Letter, origin: &str) -> Vec<Step<'a>> {
    let subject = letter.subject_line();
    let link = letter.address(origin).unwrap_or_default();
    let whole = [&subject, letter.text.trim(), &link];
    let whole: Vec<&str> = whole.into_iter().filter(|part| !part.is_empty()).collect();
    let whole = whole.join("\n\n");
    let mut steps = Vec::new();
    match &letter.pictures[..] {
        [picture] if length(&whole) <= CAPTION => steps.push(Step::Photo {
            picture,
            caption: html(&whole, &subject),
        }),
        pictures => {
            let mut texts = parts(&whole, TEXT - link.len().min(TEXT / 2) - 8);
            let is_cut = texts.len() > MOST_PARTS;
            texts.truncate(MOST_PARTS);
            let number = texts.len();
            for (at, text) in texts.into_iter().enumerate() {
                let mut html = html(text, if at == 0 { &subject } else { "" });
                let last = at + 1 == number;
                if last && is_cut {
                    html = format!("{html} …\n\n{}", escape(&link));
                }
                steps.push(Step::Text { html, last });
            }
            for album in pictures.chunks(ALBUM) {
                steps.push(match album {
                    [picture] => Step::Photo {
                        picture,
                        caption: String::new(),
                    },
                    album => Step::Album(album),
                });
            }
        }
    }
    steps.extend(letter.attachments.iter().map(Step::Document));
    steps
}

/// Plain text as HTML; what it begins with is set in bold.
fn html(text: &str, bold: &str) -> String {
    match text.strip_prefix(bold) {
        Some(rest) if !bold.is_empty() => format!("<b>{}</b>{}", escape(bold), escape(rest)),
        _ => escape(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(subject: &str, text: &str) -> Letter {
        Letter {
            subject: subject.to_owned(),
            text: text.to_owned(),
            ..Letter::default()
        }
    }

    fn pictures(number: usize) -> Vec<Attached> {
        vec![Attached::default(); number]
    }

    #[test]
    fn a_short_letter_with_a_picture_is_one_message() {
        let mut letter = letter("A & B", "<i>x</i>");
        letter.pictures = pictures(1);
        let caption = "<b>A &amp; B</b>\n\n&lt;i&gt;x&lt;/i&gt;".to_owned();
        let picture = &letter.pictures[0];
        assert_eq!(steps(&letter, ""), [Step::Photo { picture, caption }]);
    }

    #[test]
    fn a_long_letter_comes_in_parts_with_its_buttons_under_the_last() {
        let mut letter = letter("S", &"слово ".repeat(1_500));
        letter.pictures = pictures(11);
        letter.attachments = pictures(2);
        let steps = steps(&letter, "");
        let kinds: Vec<&str> = steps
            .iter()
            .map(|step| match step {
                Step::Text { last: false, .. } => "text",
                Step::Text { last: true, .. } => "last",
                Step::Photo { .. } => "photo",
                Step::Album(_) => "album",
                Step::Document(_) => "file",
            })
            .collect();
        assert_eq!(
            kinds,
            ["text", "text", "last", "album", "photo", "file", "file"]
        );
    }

    #[test]
    fn a_letter_without_end_is_cut_and_leads_to_the_rest() {
        let mut letter = letter("S", &"слово ".repeat(20_000));
        letter.link = "/mine".to_owned();
        let steps = steps(&letter, "https://qc.example.org");
        assert_eq!(steps.len(), MOST_PARTS);
        for step in &steps {
            let Step::Text { html, last } = step else {
                panic!("{step:?}")
            };
            assert!(length(html) <= TEXT + "<b></b>".len());
            assert_eq!(html.ends_with(" …\n\nhttps://qc.example.org/mine"), *last);
        }
    }
}
