//! `tamuda admin`: an installation, its cluster, its first organisation and person, and what is refused.

use clap::Parser;
use server::{
    commands::admin,
    config::{Cli, Verb},
};
use testing::TestDatabase;

const HUB: &[&str] = &["found", "--slug=hub", "--name=Hub", "--legal-name=Hub SA", "--address=Tétouan"];
const ACME: &[&str] = &[
    "open-organisation",
    "--slug=acme",
    "--name=Acme",
    "--legal-name=Acme SARL",
    "--address=Tanger",
    "--currency=EUR",
];

async fn run(database: &TestDatabase, arguments: &[&str]) -> anyhow::Result<()> {
    let owner = format!("--database-owner={}", database.owner_url());
    let cli = Cli::try_parse_from([&["tamuda", "admin"], arguments, &[owner.as_str()]].concat())?;
    let Verb::Admin(verb) = cli.verb else { panic!("not an admin verb") };
    admin(verb).await
}

async fn refusal(database: &TestDatabase, arguments: &[&str]) -> String {
    format!("{:#}", run(database, arguments).await.unwrap_err())
}

#[tokio::test]
async fn a_hub_is_founded_and_its_first_people_can_sign_in() {
    let (database, file) = (TestDatabase::new().await, tempfile::NamedTempFile::new().unwrap());
    std::fs::write(file.path(), "correct horse battery\n").unwrap();
    run(&database, HUB).await.unwrap();
    run(&database, &["register-cluster", "--region=Tétouan"]).await.unwrap();
    run(&database, &["register-cluster", "--region=Tétouan"]).await.unwrap();
    run(&database, ACME).await.unwrap();
    let password = format!("--password-file={}", file.path().display());
    let person = ["add-person", "--email=amal@acme.test", "--name=Amal", &password];
    run(&database, &[&person[..], &["--staff=operator", "--member=acme:owner"]].concat()).await.unwrap();

    let urls = domain::DatabaseUrls {
        tenant: database.tenant_url(),
        staff: database.staff_url(),
        worker: database.worker_url(),
    };
    let (db, now) = (domain::Database::connect(&urls).await.unwrap(), domain::Clock::System.now());
    let ask = domain::access::NewSession {
        email: "amal@acme.test".to_owned(),
        password: "correct horse battery".to_owned(),
        device: "a test".to_owned(),
        address: "127.0.0.1".to_owned(),
        language: "en".to_owned(),
    };
    let token = domain::access::sign_in(&db, ask, now).await.unwrap().session().unwrap();
    let actor = domain::access::signed_in(&db, token.reveal(), "127.0.0.1", now).await.unwrap();
    actor.enter(&db, "acme").await.unwrap();
}

#[tokio::test]
async fn what_the_owner_says_wrong_is_explained_and_leaves_nothing() {
    let (database, file) = (TestDatabase::new().await, tempfile::NamedTempFile::new().unwrap());
    std::fs::write(file.path(), "correct horse battery").unwrap();
    let text = refusal(&database, ACME).await;
    assert_eq!(text, "there is no installation yet: run `tamuda admin found`");
    run(&database, HUB).await.unwrap();
    assert_eq!(refusal(&database, HUB).await, "this database has its installation already");
    run(&database, ACME).await.unwrap();
    assert_eq!(refusal(&database, ACME).await, "this is taken already (slug-taken)");

    let password = format!("--password-file={}", file.path().display());
    let person = ["add-person", "--email=amal@acme.test", "--name=Amal", &password];
    assert!(refusal(&database, &person).await.contains("--staff ROLE or --member"));
    let elsewhere = [&person[..], &["--member=rif:owner"]].concat();
    assert!(refusal(&database, &elsewhere).await.starts_with("there is no organisation rif"));
    // The refused attempt has not left the person behind: the address is still free.
    run(&database, &[&person[..], &["--member=acme:owner"]].concat()).await.unwrap();
    std::fs::write(file.path(), "short").unwrap();
    let short = ["add-person", "--email=b@acme.test", "--name=B", &password, "--staff=finance"];
    assert!(refusal(&database, &short).await.contains("password"), "{}", refusal(&database, &short).await);
}
