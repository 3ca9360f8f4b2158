//! Where everything is kept: SQLite by default, PostgreSQL where a URL says so; the same SQL for
//! both wherever they allow it.
//!
//! Every row belongs to a company. The crate must never know who may see what, what a finding
//! means, or HTTP.
