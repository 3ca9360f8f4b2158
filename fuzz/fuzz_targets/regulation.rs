#![no_main]

use audit::regulation::{Version, describe};

libfuzzer_sys::fuzz_target!(|text: &str| {
    match Version::parse(text, "regulation.toml") {
        Ok(version) => drop(describe(&version, version.language)),
        Err(mistakes) => drop(mistakes.to_string()),
    }
});
