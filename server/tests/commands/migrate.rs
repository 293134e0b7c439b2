//! `tamuda migrate`, and what `serve` says of a schema that is too old.

use domain::DatabaseUrls;
use sea_orm_migration::sea_orm::{ConnectionTrait, Database};
use server::commands::{migrate_as, up_to_date};
use testing::TestDatabase;

fn urls(database: &TestDatabase) -> DatabaseUrls {
    DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() }
}

#[tokio::test]
async fn migrating_twice_changes_nothing_the_second_time() {
    let database = TestDatabase::new().await;
    let root = Database::connect(database.superuser_url()).await.unwrap();
    root.execute_unprepared("DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION tamuda_owner; GRANT USAGE ON SCHEMA public TO PUBLIC")
        .await
        .unwrap();
    let error = up_to_date(&database.worker_url()).await.unwrap_err().to_string();
    assert!(error.contains("Run `tamuda migrate`"), "{error}");
    let first = migrate_as(&database.owner_url(), None).await.unwrap();
    assert!(first.len() > 5 && first[0].starts_with("applied m2"), "{first:?}");
    up_to_date(&database.worker_url()).await.unwrap();
    assert_eq!(migrate_as(&database.owner_url(), None).await.unwrap(), ["the schema was up to date"]);
}

#[tokio::test]
async fn the_roles_get_the_passwords_of_their_urls() {
    let database = TestDatabase::new().await;
    // As the superuser, because the tests' roles were not made by the owner.
    let done = migrate_as(&database.superuser_url(), Some(&urls(&database))).await.unwrap();
    assert_eq!(
        done,
        [
            "updated role tamuda_tenant",
            "updated role tamuda_staff",
            "updated role tamuda_worker",
            "the schema was up to date"
        ]
    );
    let swapped = DatabaseUrls { tenant: database.worker_url(), ..urls(&database) };
    let error = migrate_as(&database.superuser_url(), Some(&swapped)).await.unwrap_err().to_string();
    assert!(error.contains("tamuda_tenant connects as tamuda_worker"), "{error}");
}
