//! The methods, over HTTP.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State as Shares};
use axum::http::{Response, StatusCode, header};
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::{Answered, BOT, Fault, Received, Shared, TOKEN, markup};

/// The longest text, the longest caption and the longest meaning of a button.
const TEXT: usize = 4096;
const CAPTION: usize = 1024;
const DATA: usize = 64;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .fallback(answer)
        .layer(DefaultBodyLimit::max(50 << 20))
        .with_state(shared)
}

/// What was sent with a call.
struct Call {
    fields: Map<String, Value>,
    files: Vec<(String, String, Vec<u8>)>,
}

impl Call {
    async fn read(request: Request) -> Option<Call> {
        let kind = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
        if !kind.starts_with("multipart/") {
            let bytes = Bytes::from_request(request, &()).await.ok()?;
            return Some(Call {
                fields: serde_json::from_slice(&bytes).ok()?,
                files: Vec::new(),
            });
        }
        let mut parts = Multipart::from_request(request, &()).await.ok()?;
        let (mut fields, mut files) = (Map::new(), Vec::new());
        while let Some(part) = parts.next_field().await.ok()? {
            let name = part.name()?.to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file) => files.push((name, file, part.bytes().await.ok()?.to_vec())),
                None => {
                    fields.insert(name, Value::String(part.text().await.ok()?));
                }
            }
        }
        Some(Call { fields, files })
    }

    fn number(&self, name: &str) -> Option<i64> {
        let value = self.fields.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    fn text(&self, name: &str) -> &str {
        self.fields
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// What is JSON, also where it came as text.
    fn json(&self, name: &str) -> Value {
        match self.fields.get(name) {
            Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
            Some(value) => value.clone(),
            None => Value::Null,
        }
    }
}

/// Why a call has no effect.
struct No {
    code: u16,
    said: String,
    parameters: Value,
}

fn no(code: u16, said: impl Into<String>) -> No {
    No {
        code,
        said: said.into(),
        parameters: json!({}),
    }
}

fn too_many(seconds: u32) -> No {
    No {
        parameters: json!({ "retry_after": seconds }),
        ..no(429, format!("Too Many Requests: retry after {seconds}"))
    }
}

async fn answer(Shares(shared): Shares<Arc<Shared>>, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let method = path.strip_prefix(&format!("/bot{TOKEN}/"));
    let Some(method) = method.map(str::to_owned) else {
        return said(Err(no(401, "Unauthorized")));
    };
    let Some(call) = Call::read(request).await else {
        return said(Err(no(400, "Bad Request: the body cannot be read")));
    };
    let fault = {
        let mut state = shared.state();
        *state.calls.entry(method.clone()).or_default() += 1;
        let waits = state.faults.iter().position(|(name, _)| *name == method);
        waits
            .and_then(|at| state.faults.remove(at))
            .map(|(_, fault)| fault)
    };
    match fault {
        Some(Fault::TooMany(seconds)) => return said(Err(too_many(seconds))),
        Some(Fault::Refused(code, words)) => return said(Err(no(code, words))),
        Some(Fault::Gateway) => return gateway(),
        // Unwinding ends the connection's task, and with it the connection.
        Some(Fault::Broken) => std::panic::resume_unwind(Box::new("broken")),
        _ => {}
    }
    if method == "getUpdates" {
        return said(Ok(updates(&shared, &call).await));
    }
    let done = act(&shared, &method, &call);
    match fault {
        Some(Fault::Unanswered) => std::panic::resume_unwind(Box::new("unanswered")),
        Some(Fault::Hangs) => std::future::pending().await,
        _ => said(done),
    }
}

fn said(done: Result<Value, No>) -> Response<Body> {
    let (status, body) = match done {
        Ok(result) => (200, json!({ "ok": true, "result": result })),
        Err(no) => {
            let body = json!({
                "ok": false,
                "error_code": no.code,
                "description": no.said,
                "parameters": no.parameters,
            });
            (no.code, body)
        }
    };
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    response
}

fn gateway() -> Response<Body> {
    let mut response = Response::new(Body::from("<html>502 Bad Gateway</html>"));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response
}

/// What happened from an offset on; what is before it is confirmed.
async fn updates(shared: &Shared, call: &Call) -> Value {
    let offset = call.number("offset").unwrap_or(0);
    let wait = u64::try_from(call.number("timeout").unwrap_or(0)).unwrap_or(0);
    let until = Instant::now() + Duration::from_secs(wait);
    loop {
        let news = shared.news.notified();
        {
            let mut state = shared.state();
            state
                .updates
                .retain(|one| one["update_id"].as_i64() >= Some(offset));
            let all: Vec<Value> = state.updates.iter().take(100).cloned().collect();
            if !all.is_empty() || wait == 0 {
                return Value::Array(all);
            }
        }
        if tokio::time::timeout_at(until, news).await.is_err() {
            return json!([]);
        }
    }
}

fn act(shared: &Shared, method: &str, call: &Call) -> Result<Value, No> {
    match method {
        "getMe" => Ok(json!({
            "id": 4242, "is_bot": true, "first_name": "QC", "username": BOT,
        })),
        "sendMessage" => {
            let text = read(call.text("text"), TEXT)?;
            if text.trim().is_empty() {
                return Err(no(400, "Bad Request: message text is empty"));
            }
            send(shared, method, call, "text", 1)
        }
        "sendPhoto" | "sendDocument" => {
            if call.files.len() != 1 {
                return Err(no(400, "Bad Request: there is no file in the request"));
            }
            send(shared, method, call, "caption", 1)
        }
        "sendMediaGroup" => {
            let media = call.json("media");
            let named = media.as_array().map_or(0, Vec::len);
            if !(2..=10).contains(&named) || named != call.files.len() {
                return Err(no(400, "Bad Request: an album has 2 to 10 files"));
            }
            send(shared, method, call, "caption", named)
        }
        "answerCallbackQuery" => {
            shared.state().answered.push(Answered {
                id: call.text("callback_query_id").to_owned(),
                text: call.text("text").to_owned(),
                alert: call.json("show_alert") == json!(true),
            });
            Ok(json!(true))
        }
        "editMessageReplyMarkup" => {
            let (chat, number) = (call.number("chat_id"), call.number("message_id"));
            let buttons = buttons(&call.json("reply_markup"))?;
            let mut state = shared.state();
            let mut all = state.received.iter_mut();
            let found = all.find(|one| Some(one.chat) == chat && Some(one.message) == number);
            let found = found.ok_or_else(|| no(400, "Bad Request: message to edit not found"))?;
            if found.buttons == buttons {
                return Err(no(400, "Bad Request: message is not modified"));
            }
            found.buttons = buttons;
            Ok(json!({ "message_id": number }))
        }
        _ => Err(no(404, "Not Found")),
    }
}

fn read(html: &str, most: usize) -> Result<String, No> {
    let text = markup::read(html).map_err(|error| no(400, format!("Bad Request: {error}")))?;
    match text.encode_utf16().count() > most {
        true => Err(no(400, "Bad Request: message is too long")),
        false => Ok(text),
    }
}

fn buttons(markup: &Value) -> Result<Vec<Vec<(String, String)>>, No> {
    let rows = markup["inline_keyboard"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let mut all = Vec::new();
    for row in rows {
        let mut buttons = Vec::new();
        for button in row.as_array().cloned().unwrap_or_default() {
            let text = |name: &str| button[name].as_str().unwrap_or_default().to_owned();
            let (label, data) = (text("text"), text("callback_data"));
            if label.is_empty() || data.is_empty() || data.len() > DATA {
                return Err(no(400, "Bad Request: BUTTON_DATA_INVALID"));
            }
            buttons.push((label, data));
        }
        all.push(buttons);
    }
    Ok(all)
}

fn send(
    shared: &Shared,
    method: &str,
    call: &Call,
    field: &str,
    messages: usize,
) -> Result<Value, No> {
    let chat = call
        .number("chat_id")
        .ok_or_else(|| no(400, "Bad Request: chat_id is empty"))?;
    let most = if field == "text" { TEXT } else { CAPTION };
    let html = call.text(field);
    let text = match call.text("parse_mode") {
        "HTML" => read(html, most)?,
        _ => html.to_owned(),
    };
    let markup = call.json("reply_markup");
    let buttons = buttons(&markup)?;
    let mut state = shared.state();
    if let Some(to) = state.moved.get(&chat) {
        return Err(No {
            parameters: json!({ "migrate_to_chat_id": to }),
            ..no(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
            )
        });
    }
    if state.blocked.contains(&chat) {
        return Err(match chat < 0 {
            true => no(403, "Forbidden: bot was kicked from the supergroup chat"),
            false => no(403, "Forbidden: bot was blocked by the user"),
        });
    }
    if !state.chats.contains_key(&chat) {
        return Err(no(400, "Bad Request: chat not found"));
    }
    state
        .limits
        .take(chat, messages, Instant::now())
        .map_err(too_many)?;
    state.last_message += 1;
    let message = state.last_message;
    let files = call
        .files
        .iter()
        .map(|(_, name, bytes)| (name.clone(), bytes.clone()));
    state.received.push(Received {
        chat,
        thread: call.number("message_thread_id"),
        message,
        method: method.to_owned(),
        text,
        html: html.to_owned(),
        buttons,
        files: files.collect(),
        asks: markup["force_reply"] == json!(true),
    });
    let sent = json!({ "message_id": message, "date": 0, "chat": { "id": chat } });
    Ok(if method == "sendMediaGroup" {
        json!([sent])
    } else {
        sent
    })
}
