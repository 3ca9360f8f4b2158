//! The command line: its shape here, its words in `messages/`.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use wording::{Catalogue, Lang};

use crate::say;

#[derive(Parser)]
#[command(name = "svetofor", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Language of what is said; none: the regulation's, else Russian.
    #[arg(long, global = true, value_parser = lang)]
    pub lang: Option<Lang>,
    #[command(subcommand)]
    pub command: What,
}

#[derive(Subcommand)]
pub enum What {
    Demo(Demo),
    Serve(Serve),
    Worker(Worker),
    Link(Link),
    #[command(subcommand)]
    Company(Company),
    Backup(Backup),
    Restore(Restore),
    Audit(Audit),
    #[command(subcommand)]
    Report(Report),
    Compare(Compare),
    Funnel(Funnel),
    Backtest(Backtest),
    #[command(subcommand)]
    Regulation(Regulation),
    Rules,
    Rule(Rule),
    Import(Import),
    #[command(subcommand)]
    Sandbox(Sandbox),
}

#[derive(Args)]
pub struct Demo {
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "FILE", default_value = "svetofor-demo.html")]
    pub report: PathBuf,
    #[command(flatten)]
    pub server: DemoServer,
}

/// With any of these the demo goes on as a server.
#[derive(Args)]
pub struct DemoServer {
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    #[arg(long, value_name = "FILE")]
    pub accounts: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

impl DemoServer {
    /// Whether a server is asked for.
    pub fn asked(&self) -> bool {
        self.listen.is_some() || self.accounts.is_some() || self.data.is_some()
    }
}

#[derive(Args)]
pub struct Serve {
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[arg(long, value_name = "DIR", default_value = "./svetofor-data")]
    pub data: PathBuf,
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    #[arg(long)]
    pub behind_proxy: bool,
    #[arg(long)]
    pub no_worker: bool,
}

#[derive(Args)]
pub struct Worker {
    #[arg(long, value_name = "DIR", default_value = "./svetofor-data")]
    pub data: PathBuf,
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
}

#[derive(Args)]
pub struct Link {
    #[arg(value_name = "LOGIN")]
    pub login: String,
    #[arg(long, value_name = "DIR", default_value = "./svetofor-data")]
    pub data: PathBuf,
}

/// The folder of a server's data, where `DATABASE_URL` names no other place.
#[derive(Args)]
pub struct Data {
    #[arg(long, value_name = "DIR", default_value = "./svetofor-data")]
    pub data: PathBuf,
}

#[derive(Subcommand)]
pub enum Company {
    Add(CompanyAdd),
    List(CompanyList),
    Import(CompanyImport),
    Export(CompanyExport),
}

#[derive(Args)]
pub struct CompanyAdd {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "ZONE", default_value = "Europe/Moscow")]
    pub timezone: String,
    #[arg(long, value_name = "CODE", default_value = "RUB")]
    pub currency: String,
    #[arg(long, value_name = "FILE|FOLDER")]
    pub regulation: Option<PathBuf>,
    #[arg(long, value_name = "LOGIN")]
    pub administrator: Option<String>,
    #[command(flatten)]
    pub at: Data,
}

#[derive(Args)]
pub struct CompanyList {
    #[command(flatten)]
    pub at: Data,
}

#[derive(Args)]
pub struct CompanyImport {
    #[arg(value_name = "COMPANY")]
    pub company: String,
    #[arg(value_name = "HISTORY")]
    pub history: PathBuf,
    #[arg(long, value_name = "FILE|FOLDER")]
    pub regulation: Option<PathBuf>,
    #[command(flatten)]
    pub at: Data,
}

#[derive(Args)]
pub struct CompanyExport {
    #[arg(value_name = "COMPANY")]
    pub company: String,
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub at: Data,
}

#[derive(Args)]
pub struct Backup {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub at: Data,
}

#[derive(Args)]
pub struct Restore {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub at: Data,
}

/// What is judged, by what, when, and over which days.
#[derive(Args)]
pub struct Asked {
    #[arg(value_name = "HISTORY")]
    pub history: PathBuf,
    #[arg(long, value_name = "FILE|FOLDER")]
    pub regulation: Option<PathBuf>,
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    pub now: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
}

#[derive(Args)]
pub struct Audit {
    #[command(flatten)]
    pub asked: Asked,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long)]
    pub strict: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Jsonl,
    Html,
    Xlsx,
}

#[derive(Subcommand)]
pub enum Report {
    Weekly(ReportWeekly),
    Monthly(ReportMonthly),
}

#[derive(Args)]
pub struct ReportWeekly {
    #[command(flatten)]
    pub of: ReportOf,
    #[arg(long, value_name = "2026-W15")]
    pub week: Option<String>,
}

#[derive(Args)]
pub struct ReportMonthly {
    #[command(flatten)]
    pub of: ReportOf,
    #[arg(long, value_name = "2026-04")]
    pub month: Option<String>,
}

/// What figures are made of: a history folder with a regulation, or a company of the store.
#[derive(Args)]
pub struct Of {
    #[arg(value_name = "HISTORY", required_unless_present = "company")]
    pub history: Option<PathBuf>,
    #[arg(long, value_name = "FILE|FOLDER", conflicts_with = "company")]
    pub regulation: Option<PathBuf>,
    #[arg(long, value_name = "COMPANY", conflicts_with = "history")]
    pub company: Option<String>,
    #[command(flatten)]
    pub at: Data,
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    pub now: Option<String>,
}

/// What a report is made of, on whom it is, and in which form.
#[derive(Args)]
pub struct ReportOf {
    #[command(flatten)]
    pub of: Of,
    #[arg(long, value_name = "GROUP", conflicts_with = "employee")]
    pub group: Option<String>,
    #[arg(long, value_name = "EMPLOYEE")]
    pub employee: Option<String>,
    #[arg(long)]
    pub brief: bool,
    #[arg(long, value_enum, default_value_t = ReportFormat::Html)]
    pub format: ReportFormat,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long = "public-url", value_name = "URL", value_parser = public_url)]
    pub base: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Html,
    Pdf,
    Xlsx,
    Text,
    Json,
}

/// Two periods, by default the last full week and the one before.
#[derive(Args)]
pub struct Compare {
    #[command(flatten)]
    pub of: Of,
    #[arg(
        long,
        value_name = "DAYS",
        requires = "after",
        conflicts_with = "around"
    )]
    pub before: Option<String>,
    #[arg(long, value_name = "DAYS", conflicts_with = "around")]
    pub after: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub around: Option<Date>,
    #[arg(long, value_name = "DATE")]
    pub by: Option<String>,
    #[arg(long, value_enum, default_value_t = CompareFormat::Table)]
    pub format: CompareFormat,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    Table,
    Xlsx,
    Jsonl,
}

#[derive(Args)]
pub struct Funnel {
    #[command(flatten)]
    pub asked: Asked,
    #[arg(long, value_enum)]
    pub by: Option<FunnelBy>,
}

#[derive(Args)]
pub struct Backtest {
    #[command(flatten)]
    pub asked: Asked,
    #[arg(long, value_name = "FILE|FOLDER")]
    pub against: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FunnelBy {
    Employee,
    Source,
    Month,
}

#[derive(Subcommand)]
pub enum Regulation {
    New(RegulationNew),
    Check(RegulationCheck),
}

#[derive(Args)]
pub struct RegulationNew {
    #[arg(value_name = "FILE", default_value = "regulation.toml")]
    pub file: PathBuf,
    #[arg(long, value_name = "NAME", default_value = "starter")]
    pub starter: String,
}

#[derive(Args)]
pub struct RegulationCheck {
    #[arg(value_name = "FILE|FOLDER")]
    pub file: PathBuf,
    #[arg(long, value_name = "HISTORY")]
    pub history: Option<PathBuf>,
}

#[derive(Args)]
pub struct Rule {
    #[arg(value_name = "CODE")]
    pub code: String,
}

#[derive(Args)]
pub struct Import {
    #[arg(long, value_name = "FILE|NAME")]
    pub mapping: String,
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[arg(long, value_enum, default_value_t = EventFormat::Csv)]
    pub format: EventFormat,
    #[arg(value_name = "FILES", required = true)]
    pub files: Vec<PathBuf>,
}

#[derive(Subcommand)]
pub enum Sandbox {
    History(SandboxHistory),
    Check(SandboxCheck),
}

#[derive(Args)]
pub struct SandboxCheck {
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub deals: u64,
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    #[arg(long)]
    pub markdown: bool,
}

#[derive(Args)]
pub struct SandboxHistory {
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub deals: u64,
    #[arg(long, value_enum, default_value_t = EventFormat::Csv)]
    pub format: EventFormat,
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EventFormat {
    Csv,
    Jsonl,
    Parquet,
}

impl From<EventFormat> for history::write::Format {
    fn from(format: EventFormat) -> Self {
        match format {
            EventFormat::Csv => Self::Csv,
            EventFormat::Jsonl => Self::Jsonl,
            EventFormat::Parquet => Self::Parquet,
        }
    }
}

fn lang(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|_| "ru, en".to_owned())
}

/// An address without a path, as browsers name where they come from.
fn public_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    let host = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    let fits = |host: &str| {
        let plain = |c: u8| c.is_ascii_alphanumeric() || b".-:[]".contains(&c);
        !host.is_empty() && host.bytes().all(plain)
    };
    match host.is_some_and(fits) {
        true => Ok(url.to_ascii_lowercase()),
        false => Err("https://qc.example.ru".to_owned()),
    }
}

/// Reads the command line; help speaks the language that the line asks for.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    let matches = command(asked_lang(&args)).try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches)
}

/// The language, before the line is understood as a whole.
fn asked_lang(args: &[OsString]) -> Lang {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let apart = words
        .windows(2)
        .find(|pair| pair[0] == "--lang")
        .map(|pair| pair[1]);
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    apart
        .or(joined)
        .and_then(|word| word.parse().ok())
        .unwrap_or(Lang::Ru)
}

/// The command line with its help in a language.
fn command(lang: Lang) -> Command {
    described(Cli::command(), "help", say::catalogue(lang))
}

/// Puts the words of the catalogue to a command, its arguments and its subcommands.
fn described(command: Command, path: &str, words: &Catalogue) -> Command {
    let mut command = command.about(words.text(path, &[]));
    let names: Vec<String> = command
        .get_arguments()
        .map(|arg| arg.get_id().to_string())
        .collect();
    for name in names
        .iter()
        .filter(|name| !["help", "version"].contains(&name.as_str()))
    {
        let own = format!("{path}-{name}");
        let id = if words.has(&own) {
            own
        } else {
            format!("help-any-{name}")
        };
        command = command.mut_arg(name, |arg| arg.help(words.text(&id, &[])));
    }
    let subcommands: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for name in subcommands {
        let path = format!("{path}-{name}");
        command = command.mut_subcommand(&name, |sub| described(sub, &path, words));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn helps(command: &mut Command, out: &mut String) {
        out.push_str(&command.render_long_help().to_string());
        command
            .get_subcommands_mut()
            .for_each(|sub| helps(sub, out));
    }

    #[test]
    fn every_argument_is_explained_in_both_languages() {
        for lang in Lang::ALL {
            let mut command = command(lang);
            command.clone().debug_assert();
            let mut text = String::new();
            helps(&mut command, &mut text);
            assert!(!text.contains('⟨'), "{lang}: {text}");
        }
    }

    #[test]
    fn help_speaks_the_language_asked_for() {
        let lang =
            |words: &[&str]| asked_lang(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(lang(&["svetofor", "--lang", "en", "--help"]), Lang::En);
        assert_eq!(lang(&["svetofor", "rules", "--lang=en"]), Lang::En);
        assert_eq!(lang(&["svetofor", "--help"]), Lang::Ru);
    }
}
