//! What a login, a name and a password may look like.

use crate::error::{Error, Fault};

/// Characters a password needs at least. Length is what makes it strong; nothing else is asked.
pub const PASSWORD_MIN: usize = 10;
/// Bytes a password may have at most, so that nobody keeps the hasher busy.
pub const PASSWORD_MAX_BYTES: usize = 1024;
const LOGIN_MAX: usize = 64;
const NAME_MAX: usize = 120;

/// Every code that a fault of these forms has, so that none is without words on a page.
pub const FAULTS: [&str; 16] = [
    "already_here",
    "shut_out",
    "elsewhere",
    "last_administrator",
    "currency",
    "no_such_access",
    "login",
    "name",
    "timezone",
    "employee",
    "scopes",
    "password_short",
    "password_long",
    "password_plain",
    "password_wrong",
    "password_differs",
];

/// The form of a login that is compared: without spaces around, and small letters for large ones.
pub fn fold(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Gathers faults, so that all of them are told at once.
#[derive(Default)]
pub struct Checks(Vec<Fault>);

impl Checks {
    /// Notes a fault.
    pub fn fault(&mut self, field: &'static str, code: &'static str, message: impl Into<String>) {
        self.0.push(Fault::new(field, code, message));
    }

    /// A login, folded.
    pub fn login(&mut self, login: &str) -> String {
        let login = fold(login);
        let fits = |c: char| c.is_alphanumeric() || "._-+@".contains(c);
        if login.chars().count() < 2
            || login.chars().count() > LOGIN_MAX
            || !login.chars().all(fits)
        {
            let message = format!(
                "from 2 to {LOGIN_MAX} letters, digits and the signs . _ - + @, such as an e-mail address"
            );
            self.fault("login", "login", message);
        }
        login
    }

    /// A name of a person, a company or a token, trimmed.
    pub fn name(&mut self, field: &'static str, name: &str) -> String {
        let name = name.trim();
        let count = name.chars().count();
        if count == 0 || count > NAME_MAX || name.chars().any(char::is_control) {
            let message = format!("from 1 to {NAME_MAX} characters in one line");
            self.fault(field, "name", message);
        }
        name.to_string()
    }

    /// The IANA name of a time zone, trimmed.
    pub fn timezone(&mut self, field: &'static str, name: &str) -> String {
        let name = name.trim();
        if jiff::tz::TimeZone::get(name).is_err() {
            let message = "the name of a time zone, such as Europe/Moscow";
            self.fault(field, "timezone", message);
        }
        name.to_string()
    }

    /// A currency's code, trimmed.
    pub fn currency(&mut self, field: &'static str, code: &str) -> String {
        let code = code.trim();
        if code.len() != 3 || !code.bytes().all(|letter| letter.is_ascii_uppercase()) {
            let message = "the three letters of a currency, such as RUB";
            self.fault(field, "currency", message);
        }
        code.to_string()
    }

    /// A new password.
    pub fn password(&mut self, field: &'static str, password: &str, login: &str) {
        if password.chars().count() < PASSWORD_MIN {
            let message = format!("at least {PASSWORD_MIN} characters; a few words do well");
            self.fault(field, "password_short", message);
        } else if password.len() > PASSWORD_MAX_BYTES {
            let message = format!("at most {PASSWORD_MAX_BYTES} bytes");
            self.fault(field, "password_long", message);
        } else if fold(password) == login || password.chars().all(|c| password.starts_with(c)) {
            let message = "not the login, nor one character again and again";
            self.fault(field, "password_plain", message);
        }
    }

    /// An error where anything was found.
    pub fn done(self) -> Result<(), Error> {
        match self.0.is_empty() {
            true => Ok(()),
            false => Err(Error::Invalid(self.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(check: impl FnOnce(&mut Checks)) -> Vec<&'static str> {
        let mut checks = Checks::default();
        check(&mut checks);
        checks.0.iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn logins_are_folded_and_checked() {
        let mut checks = Checks::default();
        assert_eq!(checks.login("  Ivanov@Example.RU "), "ivanov@example.ru");
        assert_eq!(checks.login("Сотрудник-1"), "сотрудник-1");
        assert!(checks.done().is_ok());
        for bad in ["", "a", "a b", "a\nb", "<b>", &"x".repeat(65)] {
            assert_eq!(codes(|c| drop(c.login(bad))), ["login"], "{bad:?}");
        }
    }

    #[test]
    fn passwords_are_long_and_not_the_login() {
        for (password, code) in [
            ("short", Some("password_short")),
            ("ivanov@example.ru", Some("password_plain")),
            ("aaaaaaaaaaaa", Some("password_plain")),
            ("длинныйпароль", None),
            ("correct horse battery", None),
            (&"ab".repeat(600), Some("password_long")),
        ] {
            let found = codes(|c| c.password("password", password, "ivanov@example.ru"));
            assert_eq!(found, code.into_iter().collect::<Vec<_>>(), "{password}");
        }
    }

    #[test]
    fn names_are_one_line() {
        for bad in ["", "  ", "a\nb", &"x".repeat(121)] {
            assert_eq!(codes(|c| drop(c.name("name", bad))), ["name"], "{bad:?}");
        }
        assert_eq!(Checks::default().name("name", " Анна "), "Анна");
    }
}
