//! The client: calls, and what their failures mean.

use std::fmt;
use std::time::Duration;

use reqwest::multipart::{Form, Part};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pace::Pace;
use super::update::Update;
use crate::http;
use crate::letter::Button;

/// Where Telegram itself is.
pub const TELEGRAM_API: &str = "https://api.telegram.org";

/// How long a call may take.
const ANSWERS_IN: Duration = Duration::from_secs(60);

/// What opens the bot. It shows itself to nobody.
#[derive(Clone)]
struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Why a call did not come off. None of these texts holds the token.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Nothing was sent.
    #[error("Telegram cannot be reached: {0}")]
    Unreached(String),
    /// It was sent, wholly or in part, and no answer came: it may have had its effect.
    #[error("Telegram did not say what became of it: {0}")]
    Unanswered(String),
    /// It was answered with an error and had no effect.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Why Telegram did not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Telegram answers {method}: {said} ({code})")]
pub struct Refusal {
    /// What was asked for.
    pub method: &'static str,
    /// Its number, as in HTTP.
    pub code: i64,
    /// Its words.
    pub said: String,
    /// In how many seconds to come again.
    pub retry_after_s: Option<i64>,
    /// The chat goes on under this number.
    pub moved_to: Option<i64>,
}

/// Where something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The chat.
    pub chat: i64,
    /// The topic.
    pub thread: Option<i64>,
}

/// What stands under a message.
#[derive(Clone, Copy, Debug)]
pub enum Keyboard<'a> {
    /// Rows of buttons.
    Buttons(&'a [Vec<Button>]),
    /// A field for an answer.
    Answer,
}

impl Keyboard<'_> {
    fn json(self) -> Value {
        match self {
            Keyboard::Answer => json!({ "force_reply": true, "selective": true }),
            Keyboard::Buttons(rows) => {
                let button =
                    |button: &Button| json!({ "text": button.text, "callback_data": button.data });
                let row = |row: &Vec<Button>| row.iter().map(button).collect::<Value>();
                json!({ "inline_keyboard": rows.iter().map(row).collect::<Value>() })
            }
        }
    }
}

/// The bot itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Me {
    /// Its number.
    pub id: i64,
    /// The name by which it is found.
    pub username: String,
}

/// A message that was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    /// Its number in the chat.
    pub message_id: i64,
}

/// A file to be sent.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

#[derive(Deserialize)]
struct Answer<T> {
    ok: bool,
    result: Option<T>,
    error_code: Option<i64>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Parameters {
    retry_after: Option<i64>,
    migrate_to_chat_id: Option<i64>,
}

/// A client of the Bot API.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    api: String,
    token: Token,
    pace: Pace,
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pace")
    }
}

impl Client {
    /// A client of the bot with this token, at `api` ([`TELEGRAM_API`]).
    ///
    /// # Errors
    /// Where the token or the address cannot be one, or the system has no certificates.
    pub fn new(token: &str, api: &str, pace: Pace) -> Result<Client, String> {
        let whole = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_');
        let token = token.trim();
        if token.is_empty() || !token.chars().all(whole) {
            return Err(
                "the bot's token has letters, digits, «:», «-» and «_» only; @BotFather gives it"
                    .to_owned(),
            );
        }
        let api = api.trim().trim_end_matches('/');
        let url =
            url::Url::parse(api).map_err(|error| format!("the address of the Bot API: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("the address of the Bot API begins with http:// or https://".to_owned());
        }
        let http = http::builder()?.build().map_err(http::said)?;
        Ok(Client {
            http,
            api: api.to_owned(),
            token: Token(token.to_owned()),
            pace,
        })
    }

    /// The pace that it keeps.
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// The bot's number: what its token begins with.
    pub fn bot(&self) -> &str {
        self.token.0.split(':').next().unwrap_or_default()
    }

    fn url(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.api, self.token.0)
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: &'static str,
        body: &impl Serialize,
        answers_in: Duration,
    ) -> Result<T, CallError> {
        let request = self
            .http
            .post(self.url(method))
            .json(body)
            .timeout(answers_in);
        answered(method, request).await
    }

    async fn upload<T: DeserializeOwned>(
        &self,
        method: &'static str,
        form: Form,
    ) -> Result<T, CallError> {
        // Large files over slow lines.
        let request = self
            .http
            .post(self.url(method))
            .multipart(form)
            .timeout(ANSWERS_IN * 3);
        answered(method, request).await
    }

    /// Who the bot is.
    pub async fn me(&self) -> Result<Me, CallError> {
        self.call("getMe", &json!({}), ANSWERS_IN).await
    }

    /// What happened from `offset` on; waits so long where nothing has. Asking confirms all before.
    pub async fn updates(&self, offset: i64, wait: Duration) -> Result<Vec<Update>, CallError> {
        let body = json!({
            "offset": offset,
            "timeout": wait.as_secs(),
            "allowed_updates": ["message", "callback_query", "my_chat_member"],
        });
        self.call("getUpdates", &body, wait + ANSWERS_IN / 2).await
    }

    /// Sends HTML.
    pub async fn send(
        &self,
        place: Place,
        html: &str,
        keyboard: Option<Keyboard<'_>>,
    ) -> Result<Sent, CallError> {
        let mut body = json!({
            "chat_id": place.chat,
            "text": html,
            "parse_mode": "HTML",
            "link_preview_options": { "is_disabled": true },
        });
        if let Some(thread) = place.thread {
            body["message_thread_id"] = json!(thread);
        }
        if let Some(keyboard) = keyboard {
            body["reply_markup"] = keyboard.json();
        }
        self.call("sendMessage", &body, ANSWERS_IN).await
    }

    pub(super) async fn send_photo(
        &self,
        place: Place,
        photo: File,
        caption: &str,
        keyboard: Option<Keyboard<'_>>,
    ) -> Result<Sent, CallError> {
        let mut form = form(place).part("photo", part(photo)?);
        if !caption.is_empty() {
            form = form
                .text("caption", caption.to_owned())
                .text("parse_mode", "HTML");
        }
        if let Some(keyboard) = keyboard {
            form = form.text("reply_markup", keyboard.json().to_string());
        }
        self.upload("sendPhoto", form).await
    }

    /// Two to ten pictures as one.
    pub(super) async fn send_album(
        &self,
        place: Place,
        photos: Vec<File>,
    ) -> Result<(), CallError> {
        let name = |at: usize| format!("p{at}");
        let of = |at| json!({ "type": "photo", "media": format!("attach://{}", name(at)) });
        let media: Value = (0..photos.len()).map(of).collect();
        let mut form = form(place).text("media", media.to_string());
        for (at, photo) in photos.into_iter().enumerate() {
            form = form.part(name(at), part(photo)?);
        }
        self.upload::<Value>("sendMediaGroup", form).await.map(drop)
    }

    pub(super) async fn send_document(&self, place: Place, file: File) -> Result<Sent, CallError> {
        let form = form(place).part("document", part(file)?);
        self.upload("sendDocument", form).await
    }

    /// Ends the waiting of who pressed a button, with a few words; `alert`: they have to close them.
    pub async fn answer(&self, id: &str, words: &str, alert: bool) -> Result<(), CallError> {
        let short: String = words.chars().take(190).collect();
        let body = json!({ "callback_query_id": id, "text": short, "show_alert": alert });
        self.call::<Value>("answerCallbackQuery", &body, ANSWERS_IN)
            .await
            .map(drop)
    }

    /// Puts other buttons under a message.
    pub async fn set_buttons(
        &self,
        chat: i64,
        message: i64,
        rows: &[Vec<Button>],
    ) -> Result<(), CallError> {
        let body = json!({
            "chat_id": chat,
            "message_id": message,
            "reply_markup": Keyboard::Buttons(rows).json(),
        });
        self.call::<Value>("editMessageReplyMarkup", &body, ANSWERS_IN)
            .await
            .map(drop)
    }
}

fn form(place: Place) -> Form {
    let form = Form::new().text("chat_id", place.chat.to_string());
    match place.thread {
        Some(thread) => form.text("message_thread_id", thread.to_string()),
        None => form,
    }
}

fn part(file: File) -> Result<Part, CallError> {
    let part = Part::bytes(file.bytes).file_name(file.name);
    part.mime_str(&file.media_type).map_err(|_| {
        let said = format!("{:?} is no kind of file", file.media_type);
        CallError::Unreached(said)
    })
}

async fn answered<T: DeserializeOwned>(
    method: &'static str,
    request: reqwest::RequestBuilder,
) -> Result<T, CallError> {
    let answer =
        request
            .send()
            .await
            .map_err(|error| match error.is_connect() || error.is_builder() {
                true => CallError::Unreached(http::said(error)),
                false => CallError::Unanswered(http::said(error)),
            })?;
    let status = answer.status();
    let bytes = answer
        .bytes()
        .await
        .map_err(|error| CallError::Unanswered(http::said(error)))?;
    let refused = |code, said: String, parameters: Parameters| {
        CallError::Refused(Refusal {
            method,
            code,
            said,
            retry_after_s: parameters.retry_after,
            moved_to: parameters.migrate_to_chat_id,
        })
    };
    let read: Result<Answer<T>, _> = serde_json::from_slice(&bytes);
    match read {
        Ok(Answer {
            ok: true,
            result: Some(result),
            ..
        }) => Ok(result),
        Ok(answer) if !answer.ok => {
            let code = answer.error_code.unwrap_or(i64::from(status.as_u16()));
            Err(refused(code, answer.description, answer.parameters))
        }
        // Something between us and Telegram did not let it through.
        _ if status.is_client_error() => Err(refused(
            status.as_u16().into(),
            status.to_string(),
            Parameters::default(),
        )),
        _ => Err(CallError::Unanswered(format!(
            "an answer of {status} that cannot be read"
        ))),
    }
}
