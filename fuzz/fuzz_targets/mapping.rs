#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(mistake) = import::Mapping::parse(text, "mapping.toml") {
        drop(mistake.to_string());
    }
});
