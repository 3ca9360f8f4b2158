//! Typesets a document that is kept as JSON, or a made-up one, to look at the pages:
//! `cargo run -p pdf --example typeset -- OUT.pdf [DOCUMENT.json]`

#[path = "../tests/pdf/sample.rs"]
mod sample;

use std::error::Error;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let out = args.next().ok_or("name the file to write")?;
    let document = match args.next() {
        Some(path) => serde_json::from_slice(&fs::read(path)?)?,
        None => sample::week(),
    };
    let options = pdf::Options {
        made_at: "2026-04-20T06:40:00Z".parse()?,
        base: Some("https://svetofor.example.ru".to_owned()),
    };
    fs::write(&out, pdf::typeset(&document, &options)?)?;
    let chart = sample::lines().picture(wording::Lang::Ru, Some("#fff"));
    fs::write(format!("{out}.png"), pdf::picture(&chart, 1440)?)?;
    Ok(())
}
