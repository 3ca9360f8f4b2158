//! What people are told, in words: facts in, letters out.
//!
//! A [`Letter`] is what goes out by a channel: a subject, a plain text and the same as HTML. It is
//! made of facts that others have reckoned ([`Daily`], [`AtOnce`], [`Happened`], [`Unhandled`]), in
//! the reader's language.
//!
//! Pure: no clock, disk or network. What it must never know: how a figure is reckoned, whom it is
//! for, who may see what, and how a letter gets there.

mod at_once;
mod chat;
mod daily;
mod drafts;
mod happened;
mod letter;
mod lines;
mod unhandled;
mod words;

pub use at_once::{AtOnce, Of, Told};
pub use chat::{chat_at_once, chat_daily};
pub use daily::{
    Away, Checked, Daily, Found, NoDeals, Person, Reader, Silence, Unchecked, Waits, Worst,
};
pub use drafts::drafts;
pub use happened::{Happened, KINDS};
pub use letter::{Attachment, Button, Letter};
pub use lines::Site;
pub use unhandled::{Left, Unhandled};
pub use words::{Day, Moment, catalogue};
