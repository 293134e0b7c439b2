//! `tamuda audit`: the program walks the chain, names the row that was changed, and knows a head that was exported.

use std::{
    env,
    process::{Command, Output},
};

use domain::{Clock, Database, DatabaseUrls, access::Job, audit::seal, founding::Founding};
use sea_orm_migration::sea_orm::{self, ConnectionTrait};
use testing::TestDatabase;

use crate::portal::organisation;

/// Rows of the audit, as anybody's changes write them.
const ROWS: &str = "INSERT INTO audit (id, organisation_id, principal, verb, subject, after, at, salt)
    SELECT gen_random_uuid(), NULL, 'worker:test', 'quota.set', 'n' || n, '{\"units\": 1}',
        '2026-03-02T08:00:00Z'::timestamptz + n * interval '1 second', decode(md5(n::text), 'hex')
    FROM generate_series(1, 5) n";

struct Chain {
    database: TestDatabase,
    db: Database,
}

impl Chain {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let urls =
            DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() };
        let founding = Founding::connect(&database.owner_url()).await.unwrap();
        founding.found_installation(&organisation("hub"), Clock::System.now()).await.unwrap();
        let db = Database::connect(&urls).await.unwrap();
        let chain = Self { database, db };
        chain.as_owner(ROWS).await;
        chain.sealed().await;
        chain
    }

    async fn as_owner(&self, sql: &str) {
        let owner = sea_orm::Database::connect(self.database.owner_url()).await.unwrap();
        owner.execute_unprepared(sql).await.unwrap();
        owner.close().await.unwrap();
    }

    /// Seals until nothing waits: transactions of the server's other databases may hold the sealer back for a moment.
    async fn sealed(&self) {
        for _ in 0..600 {
            seal(&self.db, Job::of("test"), Clock::System.now()).await.unwrap();
            let verified = self.run(&["verify"]);
            assert!(verified.status.success(), "{verified:?}");
            if said(&verified).contains("unsealed  0\n") {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("rows wait for the sealer for a minute");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let databases = [
            format!("--database-tenant={}", self.database.tenant_url()),
            format!("--database-staff={}", self.database.staff_url()),
            format!("--database-worker={}", self.database.worker_url()),
        ];
        tamuda().arg("audit").args(arguments).args(databases).output().unwrap()
    }

    fn head(&self) -> String {
        said(&self.run(&["head"])).trim().to_owned()
    }
}

/// The program without the settings of the tests, which it would refuse.
fn tamuda() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tamuda"));
    for (name, _) in env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"TAMUDA_")) {
        command.env_remove(name);
    }
    command
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[tokio::test]
async fn a_whole_chain_is_told_with_its_head_and_what_waits() {
    let chain = Chain::new().await;
    let head = chain.head();
    assert!(head.starts_with("5:") && head.len() == 66, "{head}");
    let whole = chain.run(&["verify", &format!("--head={head}")]);
    let expected = format!("seals     5\nhead      {head}\nunsealed  0\nthe chain holds, and leads through all 1\n");
    assert_eq!((whole.status.code(), said(&whole)), (Some(0), expected));
    chain.as_owner(ROWS).await;
    let waits = said(&chain.run(&["verify"]));
    assert!(waits.contains("unsealed  5, the oldest of 2026-03-02T08:00:01Z\nthe chain holds\n"), "{waits}");
}

#[tokio::test]
async fn the_row_that_the_owner_changed_is_named() {
    let chain = Chain::new().await;
    chain
        .as_owner("UPDATE audit SET after = '{\"units\": 9}' WHERE id = (SELECT row_id FROM seal WHERE seq = 3)")
        .await;
    let rows = chain.database.rows("SELECT row_id AS id FROM seal WHERE seq = 3").await.unwrap();
    let row = rows[0]["id"].as_str().unwrap();
    let found = chain.run(&["verify"]);
    let line = format!("WRONG at seal 3, of audit {row}: its row says something else\n");
    assert!(said(&found).ends_with(&line), "{}", said(&found));
    assert_eq!(found.status.code(), Some(1));
    let found = chain.run(&["verify", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!((&report["holds"], &report["broken"]["row"]), (&false.into(), &row.into()));
    assert_eq!(found.status.code(), Some(1));
}

#[tokio::test]
async fn an_exported_head_convicts_a_chain_that_was_made_anew() {
    let chain = Chain::new().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    let heads = format!("0:{}\n{}\n\n", "0".repeat(64), chain.head());
    std::fs::write(file.path(), heads).unwrap();
    let (path, with_file) = (file.path().display().to_string(), "--head-file");
    assert_eq!(chain.run(&["verify", with_file, &path]).status.code(), Some(0));
    chain.as_owner("DELETE FROM seal; UPDATE audit SET verb = 'quota.unset' WHERE subject = 'n1'").await;
    let cut = chain.run(&["verify", with_file, &path]);
    assert!(said(&cut).ends_with("WRONG at seal 5: the chain ends before this head, which was exported\n"), "{cut:?}");
    chain.sealed().await;
    assert_eq!(chain.run(&["verify"]).status.code(), Some(0), "by itself the new chain holds");
    let anew = chain.run(&["verify", with_file, &path]);
    assert!(said(&anew).contains("WRONG at seal 5, of audit "), "{anew:?}");
    assert!(said(&anew).ends_with(": its head is not the one that was exported\n"), "{anew:?}");
    assert_eq!(anew.status.code(), Some(1));
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_not_called_broken() {
    let chain = Chain::new().await;
    let missing = chain.run(&["verify", "--head-file", "/nowhere/heads"]);
    assert_eq!(missing.status.code(), Some(2), "{missing:?}");
    let away = tamuda()
        .args(["audit", "verify", "--database-tenant=postgres://x@127.0.0.1:1/x"])
        .args(["--database-staff=postgres://x@127.0.0.1:1/x", "--database-worker=postgres://x@127.0.0.1:1/x"])
        .output()
        .unwrap();
    assert_eq!(away.status.code(), Some(2), "{away:?}");
    assert_eq!(chain.run(&["verify", "--head=7:xyz"]).status.code(), Some(2), "clap's own for what it cannot read");
}
