//! The program: commands and wiring, nothing else.
//!
//! What judges stands in `audit`, what reads in `history` and `import`; here the edges meet:
//! arguments, files, the terminal, and the only look at the clock.

mod cli;
mod commands;
mod output;
mod progress;
mod say;

use std::process::ExitCode;

/// Gives back to the system what loading a company needed for a moment; the system's own keeps it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match cli::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let lang = cli.lang.unwrap_or(wording::Lang::Ru);
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say::error(&error, lang);
            ExitCode::from(2)
        }
    }
}

/// Somebody closed the pipe that is written to: `svetofor … | head` is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
