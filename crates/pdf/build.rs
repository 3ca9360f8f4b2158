//! Fetches the fonts of documents from npm and writes `OUT_DIR/fonts.rs`, which embeds them.
//! Without Node.js, or without its registry when that is needed, it embeds none: then the fonts that
//! typst brings along serve.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The fonts, those to be tried first at the head.
const FONTS: [&str; 4] = [
    "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
    "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
    "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
    "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
];

fn main() {
    let place = |name| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let sources = place("CARGO_MANIFEST_DIR").join("fonts");
    let out = place("OUT_DIR");
    for name in [npm::PACKAGE, npm::LOCK] {
        println!("cargo::rerun-if-changed={}", sources.join(name).display());
    }
    let fonts = npm::install(&sources, &out).and_then(|()| embedded(&out));
    let fonts = fonts.unwrap_or_else(|reason| {
        println!("cargo::warning=PDF is set in the fonts that typst brings along: {reason}");
        String::new()
    });
    let code = format!("const FETCHED: &[&[u8]] = &[{fonts}];\n");
    fs::write(out.join("fonts.rs"), code).expect("OUT_DIR can be written");
}

/// A line for each font, all of which must be there.
fn embedded(out: &Path) -> Result<String, String> {
    let mut lines = String::new();
    for font in FONTS {
        let path = out.join("node_modules").join(font);
        if !path.is_file() {
            return Err(format!("its package has no {font}"));
        }
        let _ = write!(lines, "\n    include_bytes!({path:?}),");
    }
    Ok(lines)
}
