//! Reports: the figures of a period as a page for a browser and as a workbook.
//!
//! Every number comes from [`figures::Report`]. It is first put into [`table::Table`]s of typed
//! cells, and each form of the report only draws them: so a page, a workbook and a terminal cannot
//! differ. The crate must never reckon a figure of its own, and knows no disk and no network.

mod backtest;
pub mod chart;
mod chat;
mod compare;
mod csv;
pub mod document;
mod html;
pub mod links;
mod page;
pub mod period;
mod section;
pub mod table;
mod timeline;
mod words;
mod xlsx;

pub use backtest::{backtest, backtest_summary};
pub use chart::spark;
pub use chat::{LONGEST, Message, message};
pub use compare::{compare, compare_about};
pub use csv::csv;
pub use html::html;
pub use page::{Look, page};
pub use section::{funnel_of, sections, speed_of, speed_table};
pub use words::{catalogue, lamp, lamp_id, span};
pub use xlsx::{XlsxError, book, workbook, xlsx};
