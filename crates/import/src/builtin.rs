//! The mappings that come with the program.

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        /// Names of the mappings that come with the program, with their texts.
        pub const BUILTIN: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../../mappings/", $name, ".toml")))),*
        ];
    };
}

embedded! {
    "zoho-crm",
    "amocrm-deals",
    "amocrm-tasks",
    "bitrix24-deals",
    "bitrix24-tasks",
    "event-log",
    "helpdesk-log",
    "support-chats",
    "bpic2012",
    "municipality-permits",
}

/// The text of a mapping that comes with the program.
pub fn builtin(name: &str) -> Option<&'static str> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    let found = BUILTIN.iter().find(|(of, _)| *of == name);
    found.map(|(_, text)| *text)
}
