//! For build scripts: installs what a lock file of npm names, into the folder of a build.
//!
//! So the repository holds nothing of others, and a build without Node.js or without npm's registry
//! can say so and go on. The crate must never know what the packages are for.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What npm installs by; kept beside what was installed by it.
pub const LOCK: &str = "package-lock.json";
/// What the lock file was made from.
pub const PACKAGE: &str = "package.json";

/// Puts the packages that the lock file in `from` names into `to/node_modules`, unless they are
/// there. Of no use to a program that runs: it starts npm.
///
/// # Errors
/// Why they could not be installed, in a line for whoever builds.
pub fn install(from: &Path, to: &Path) -> Result<(), String> {
    let wanted = fs::read(from.join(LOCK)).map_err(|error| error.to_string())?;
    let installed = to.join("installed.json");
    if fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    for name in [PACKAGE, LOCK] {
        fs::copy(from.join(name), to.join(name)).map_err(|error| error.to_string())?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut ci = Command::new(npm);
    ci.args(["ci", "--omit=dev", "--ignore-scripts", "--prefer-offline"])
        .args(["--no-audit", "--no-fund", "--fetch-retries=1"])
        .current_dir(to);
    run(ci, "npm")?;
    fs::write(&installed, wanted).map_err(|error| error.to_string())
}

/// Runs a program of Node.js, called `name` in what is said about it.
///
/// # Errors
/// Why it did not go well, in a line.
pub fn run(mut command: Command, name: &str) -> Result<(), String> {
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
