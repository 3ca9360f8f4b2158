//! Bundles the scripts of the pages (`assets/src`) into `OUT_DIR/app.js`, with esbuild from npm.
//! Without Node.js, or without its registry when that is needed, the bundle is empty: pages work
//! without scripts.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    let place = |name| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let sources = place("CARGO_MANIFEST_DIR").join("assets");
    let out = place("OUT_DIR");
    for name in ["src", npm::PACKAGE, npm::LOCK] {
        println!("cargo::rerun-if-changed={}", sources.join(name).display());
    }
    let bundle = out.join("app.js");
    if let Err(reason) = npm::install(&sources, &out).and_then(|()| build(&sources, &out, &bundle))
    {
        println!("cargo::warning=pages are built without scripts: {reason}");
        fs::write(&bundle, "").expect("OUT_DIR can be written");
    }
    let mut hasher = DefaultHasher::new();
    fs::read(&bundle).unwrap_or_default().hash(&mut hasher);
    println!("cargo::rustc-env=SCRIPT_VERSION={:016x}", hasher.finish());
}

fn build(sources: &Path, out: &Path, bundle: &Path) -> Result<(), String> {
    let modules = out.join("node_modules");
    let mut node = Command::new("node");
    node.arg(modules.join("esbuild/bin/esbuild"))
        .arg(sources.join("src/main.ts"))
        .args(["--bundle", "--minify", "--format=esm", "--target=es2022"])
        .args(["--charset=utf8", "--log-level=error"])
        .arg(format!("--outfile={}", bundle.display()))
        // The libraries are not above the sources, where they are looked for first.
        .env("NODE_PATH", &modules);
    npm::run(node, "esbuild")
}
