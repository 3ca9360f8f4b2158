//! The program's own channel: notices that people find when they come in.

use history::Instant;
use store::notices::{self, NewNotice};
use store::outbox::Message;
use store::{Connection, admissions};

use crate::channel::{Channel, Doing, Failure};

/// Writes a notice in the transaction that marks its message as done, so nobody gets it twice.
#[derive(Clone, Copy, Debug)]
pub struct Inbox;

impl Channel for Inbox {
    fn name(&self) -> &'static str {
        "app"
    }

    fn settle<'a>(
        &'a self,
        conn: &'a mut Connection,
        message: &'a Message,
        now: Instant,
    ) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let (company, person) = (&message.company, &message.recipient);
            if admissions::get(conn, company, person).await?.is_none() {
                let said = format!("nobody of the id {person:?} is admitted to the company");
                return Err(Failure::Lasting(said));
            }
            let notice = NewNotice {
                person,
                kind: &message.kind,
                payload: &message.payload,
                outbox: &message.id,
            };
            notices::add(conn, company, now, notice).await?;
            Ok(())
        })
    }
}
