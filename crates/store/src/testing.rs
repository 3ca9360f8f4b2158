//! Stores to test with: the same test on SQLite and, where `DATABASE_URL` names a server, on
//! PostgreSQL. Each test has a store of its own.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use sqlx::Executor;

use crate::{Place, Store, companies, engine};

/// Makes tests for both engines of functions `async fn name(store: Arc<Store>)`, which stand
/// beside it. A function that is not named here is dead code, which the compiler tells.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        $(mod $name {
            #[test]
            fn sqlite() {
                $crate::testing::on_sqlite(super::$name);
            }

            #[test]
            fn postgres() {
                $crate::testing::on_postgres(super::$name);
            }
        })*
    };
}

/// Runs a test on a store of SQLite in a directory of its own.
///
/// # Panics
/// Where the test does.
pub fn on_sqlite<F: Future<Output = ()> + Send + 'static>(test: impl FnOnce(Arc<Store>) -> F) {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let place = Place::Sqlite(directory.path().join("svetofor.db"));
    runtime()
        .block_on(run(&place, test))
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

/// Runs a test on a database of PostgreSQL of its own; does nothing without `DATABASE_URL`.
///
/// # Panics
/// Where the test does, or where the server named cannot be reached.
pub fn on_postgres<F: Future<Output = ()> + Send + 'static>(test: impl FnOnce(Arc<Store>) -> F) {
    let Ok(server) = std::env::var("DATABASE_URL") else {
        return;
    };
    let server = Place::parse(Some(&server), Path::new("")).expect("DATABASE_URL of PostgreSQL");
    let name = format!("svetofor_test_{}", uuid::Uuid::new_v4().simple());
    let result = runtime().block_on(async {
        administer(&server, format!("CREATE DATABASE {name}")).await;
        let result = run(&sibling(&server, &name), test).await;
        administer(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        result
    });
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

/// Adds a company of this name to a store; its id.
///
/// # Panics
/// Where the store refuses.
pub async fn company(store: &Store, name: &str) -> String {
    let company = companies::Company {
        id: crate::new_id(),
        name: name.to_owned(),
        timezone: "Europe/Moscow".to_owned(),
        currency: "RUB".to_owned(),
        created_at: 0,
        sequence: 0,
    };
    let mut tx = store.begin().await.expect("a transaction");
    companies::add(&mut tx, &company)
        .await
        .expect("a new company");
    tx.commit().await.expect("a commit");
    company.id
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
}

/// Runs the test as a task, so that a panic leaves time to tidy up.
async fn run<F: Future<Output = ()> + Send + 'static>(
    place: &Place,
    test: impl FnOnce(Arc<Store>) -> F,
) -> Result<(), Box<dyn std::any::Any + Send>> {
    let store = Arc::new(Store::open(place).await.expect("an open store"));
    let result = tokio::spawn(test(store.clone())).await;
    store.close().await;
    result.map_err(tokio::task::JoinError::into_panic)
}

async fn administer(server: &Place, sql: String) {
    let mut conn = engine::connect_alone(server)
        .await
        .expect("the server that DATABASE_URL names");
    conn.execute(sqlx::AssertSqlSafe(sql))
        .await
        .expect("a database for the test");
}

/// Another database of the same server.
fn sibling(server: &Place, name: &str) -> Place {
    let Place::Postgres(url) = server else {
        panic!("DATABASE_URL of PostgreSQL");
    };
    let options: sqlx::any::AnyConnectOptions = url.parse().expect("DATABASE_URL");
    let mut url = options.database_url;
    url.set_path(name);
    Place::Postgres(url.to_string())
}
