//! One file a command.

mod audit;
mod backtest;
mod backup;
mod company;
mod compare;
mod demo;
mod funnel;
mod import;
mod imports;
mod link;
mod outside;
mod place;
mod question;
mod regulation;
mod report;
mod rules;
mod sandbox;
mod serve;
mod typesetter;
mod worker;

use std::process::ExitCode;

use anyhow::Result;
use wording::Lang;

use crate::cli::{Cli, What};

/// Does what the command line asks for.
pub fn run(cli: Cli) -> Result<ExitCode> {
    let lang = cli.lang.unwrap_or(Lang::Ru);
    match cli.command {
        What::Demo(args) => demo::run(&args, lang),
        What::Company(args) => company::run(&args, lang),
        What::Backup(args) => backup::backup(&args, lang),
        What::Restore(args) => backup::restore(&args, lang),
        What::Link(args) => link::run(&args, lang),
        What::Serve(args) => serve::run(&args, lang),
        What::Worker(args) => worker::run(&args, lang),
        What::Audit(args) => audit::run(&args, cli.lang),
        What::Report(args) => report::run(&args, cli.lang),
        What::Compare(args) => compare::run(&args, cli.lang),
        What::Funnel(args) => funnel::run(&args, cli.lang),
        What::Backtest(args) => backtest::run(&args, cli.lang),
        What::Regulation(args) => regulation::run(&args, lang),
        What::Rules => rules::list(lang),
        What::Rule(args) => rules::show(&args, lang),
        What::Import(args) => import::run(&args, lang),
        What::Sandbox(args) => sandbox::run(&args, lang),
    }
}
