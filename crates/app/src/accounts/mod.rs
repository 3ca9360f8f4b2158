//! People and how they come in: setup at the first start, login, invitations, tokens, companies.
//!
//! Of passwords only Argon2id hashes are kept, of everything else that opens a door only a digest.
//! An administrator reaches no further than their company: what a person may do elsewhere, their
//! password and their other invitations are out of that reach.

mod checks;
mod coming_in;
mod companies;
mod invitations;
mod login;
mod passwords;
mod people;
mod sample;
mod secrets;
mod setup;
mod tokens;

pub(crate) use checks::Checks;
pub use checks::{FAULTS, fold};
pub use coming_in::{Identity, Pass, actor_of, come_in, everywhere};
pub use companies::{Place, companies, switch};
pub use invitations::{Opened, accept, choose_password, open, recovery_link};
pub use login::{LoggedIn, change_password, log_in, log_out, log_out_elsewhere, set_language};
pub use passwords::Passwords;
pub(crate) use people::names_in;
pub use people::{
    Change, Invitation, Invited, PersonShown, change, everybody, invite, names, new_link, people,
    person,
};
pub use sample::{Doors, Newcomer, admit};
pub use secrets::Secret;
pub use setup::{SetUp, set_up, setup_link};
pub use store::tokens::Token;
pub use tokens::{NewToken, TokenMade, make_token, revoke_token, tokens};
