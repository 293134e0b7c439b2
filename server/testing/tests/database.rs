//! The databases that tests get, on the server that tests get.

#![expect(clippy::unwrap_used, reason = "a test that cannot reach its database has failed")]

use sea_orm_migration::sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use testing::TestDatabase;

async fn connect(url: String) -> DatabaseConnection {
    Database::connect(url).await.unwrap()
}

async fn count(url: String, sql: &str) -> usize {
    use sea_orm_migration::sea_orm::{DbBackend, Statement};
    connect(url).await.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().len()
}

#[tokio::test]
async fn databases_of_two_tests_do_not_see_each_other() {
    let (one, other) = tokio::join!(TestDatabase::new(), TestDatabase::new());
    let made = connect(one.owner_url()).await.execute_unprepared("CREATE TABLE mark ()").await;
    made.unwrap();
    let looked = "SELECT 1 FROM pg_tables WHERE tablename = 'mark'";
    assert_eq!((count(one.owner_url(), looked).await, count(other.owner_url(), looked).await), (1, 0));
}

#[tokio::test]
async fn roles_of_the_portal_connect_and_own_nothing() {
    let database = TestDatabase::new().await;
    let owned = "SELECT 1 FROM pg_tables WHERE tableowner = current_user";
    for url in [database.tenant_url(), database.staff_url(), database.worker_url()] {
        assert_eq!(count(url, owned).await, 0);
    }
    assert!(count(database.owner_url(), owned).await > 0, "the owner has the migrated tables");
}

#[tokio::test]
async fn dropped_database_is_gone_although_somebody_is_connected() {
    let kept = TestDatabase::new().await;
    let (name, dropped) = {
        let database = TestDatabase::new().await;
        (database.name().to_owned(), connect(database.owner_url()).await)
    };
    let looked = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    assert_eq!(count(kept.superuser_url(), &looked).await, 0);
    assert!(dropped.execute_unprepared("SELECT 1").await.is_err());
}
