//! Every document of the demonstration world, as the worker draws it, held to judges that nobody here wrote: those of
//! `documents/tests/validators`. `cargo xtask test` installs them.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use domain::{Clock, Database, DatabaseUrls};
use k8s_simulator::{Simulator, SimulatorConfig};
use serde_json::Value;
use server::{demo, workers::draw_documents::draw_due};
use tempfile::{NamedTempFile, TempDir};
use testing::TestDatabase;

/// The demonstration world in a database of its own.
async fn demonstration() -> (TestDatabase, Database) {
    let simulator = Simulator::start(SimulatorConfig::quick()).await.unwrap();
    let kubeconfig = NamedTempFile::new().unwrap();
    fs::write(kubeconfig.path(), simulator.kubeconfig()).unwrap();
    let database = TestDatabase::new().await;
    let urls =
        DatabaseUrls { tenant: database.tenant_url(), staff: database.staff_url(), worker: database.worker_url() };
    let cluster = k8s::ClusterAddress::Simulator { kubeconfig: kubeconfig.path().to_owned() };
    demo::seed(&database.owner_url(), &urls, &cluster, &Clock::System).await.unwrap();
    let db = Database::connect(&urls).await.unwrap();
    (database, db)
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    hexadecimal.as_bytes().chunks(2).map(|two| u8::from_str_radix(str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

/// What a row's file is called and holds.
fn kept(folder: &Path, row: &Value) -> PathBuf {
    let text = |name: &str| row[name].as_str().unwrap();
    let file = folder.join(format!("{}.{}", text("number"), text("form")));
    fs::write(&file, bytes(text("content"))).unwrap();
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_document_of_the_demonstration_passes_its_validators() {
    let (database, db) = demonstration().await;
    let n_drawn = draw_due(&db, &Clock::System).await.unwrap();
    let lacking = "SELECT number, trouble FROM paper WHERE trouble IS NOT NULL OR drawn_at IS NULL";
    assert_eq!(database.rows(lacking).await.unwrap(), Vec::<Value>::new());
    let rows = "SELECT coalesce(p.number, p.id::text) AS number, a.kind AS form, encode(a.content, 'hex') AS content
                FROM paper p JOIN document_artifact a ON a.paper_id = p.id ORDER BY 1, 2";
    let rows = database.rows(rows).await.unwrap();
    let folder = TempDir::new().unwrap();
    let files: Vec<PathBuf> = rows.iter().map(|row| kept(folder.path(), row)).collect();
    let (pages, data): (Vec<_>, Vec<_>) =
        files.iter().partition(|file| file.extension().is_some_and(|end| end == "pdf"));
    // An invoice of each tenant at least, in pages and as data.
    assert!(n_drawn >= 2 && pages.len() == n_drawn && data.len() >= 2, "{files:?}");
    for file in pages {
        run(Command::new("qpdf").arg("--check").arg(file));
    }
    let python = env::var_os("TAMUDA_TEST_VALIDATORS").unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents/tests/validators/judge.py");
    let said = String::from_utf8(run(Command::new(python).arg(script).args(&data)).stdout).unwrap();
    let verdicts: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(verdicts.len(), data.len());
    for verdict in verdicts {
        assert!(verdict["failed"] == serde_json::json!([]) && verdict["n_rules"].as_u64().unwrap() > 20, "{verdict}");
    }
}
