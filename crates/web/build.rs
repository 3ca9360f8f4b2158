//! Bundles the scripts of the pages (`assets/src`) into `OUT_DIR/app.js`, with esbuild from npm.
//! Without Node.js, or without its registry when that is needed, the bundle is empty: pages work
//! without scripts.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What npm installs by; kept beside what was installed by it.
const LOCK: &str = "package-lock.json";
const PACKAGE: &str = "package.json";

fn main() {
    let place = |name| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let sources = place("CARGO_MANIFEST_DIR").join("assets");
    let out = place("OUT_DIR");
    for name in ["src", PACKAGE, LOCK] {
        println!("cargo::rerun-if-changed={}", sources.join(name).display());
    }
    let bundle = out.join("app.js");
    if let Err(reason) = install(&sources, &out).and_then(|()| build(&sources, &out, &bundle)) {
        println!("cargo::warning=pages are built without scripts: {reason}");
        fs::write(&bundle, "").expect("OUT_DIR can be written");
    }
    let mut hasher = DefaultHasher::new();
    fs::read(&bundle).unwrap_or_default().hash(&mut hasher);
    println!("cargo::rustc-env=SCRIPT_VERSION={:016x}", hasher.finish());
}

/// Puts esbuild and the libraries of the scripts into `out/node_modules`, unless they are there.
fn install(sources: &Path, out: &Path) -> Result<(), String> {
    let wanted = fs::read(sources.join(LOCK)).map_err(|error| error.to_string())?;
    let installed = out.join("installed.json");
    if fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    for name in [PACKAGE, LOCK] {
        fs::copy(sources.join(name), out.join(name)).map_err(|error| error.to_string())?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut ci = Command::new(npm);
    ci.args(["ci", "--omit=dev", "--ignore-scripts", "--prefer-offline"])
        .args(["--no-audit", "--no-fund", "--fetch-retries=1"])
        .current_dir(out);
    run(ci, "npm")?;
    fs::write(&installed, wanted).map_err(|error| error.to_string())
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
    run(node, "esbuild")
}

/// Runs a program; why it did not go well.
fn run(mut command: Command, name: &str) -> Result<(), String> {
    let output = command.output().map_err(|error| {
        format!("{name} does not start ({error}); Node.js 18 or later is needed")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty());
    Err(format!(
        "{name} failed: {}",
        said.unwrap_or("without words")
    ))
}
