//! What is written, held to judges that nobody here wrote: the OASIS schema and CEN's rules for electronic documents, qpdf and
//! poppler for pages. `cargo xtask test` installs them. Each judge is itself tried on something broken.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../common/mod.rs"]
mod common;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use documents::{Snapshot, pdf, ubl};
use serde::Deserialize;
use tempfile::TempDir;

/// What the judge says of a document.
#[derive(Debug, Deserialize)]
struct Verdict {
    file: String,
    n_rules: usize,
    failed: Vec<String>,
}

fn judge(files: &[PathBuf]) -> Vec<Verdict> {
    let python = env::var_os("TAMUDA_TEST_VALIDATORS").unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validators/judge.py");
    let said = run(Command::new(python).arg(script).args(files));
    let said = String::from_utf8(said.stdout).unwrap();
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn of_account() -> impl Iterator<Item = Snapshot> {
    let all = common::fixed(500).into_iter();
    all.filter(|snapshot| matches!(snapshot, Snapshot::Invoice(_) | Snapshot::CreditNote(_))).take(200)
}

#[test]
fn two_hundred_electronic_documents_pass_the_schema_and_every_rule() {
    let folder = TempDir::new().unwrap();
    let files: Vec<PathBuf> = of_account()
        .enumerate()
        .map(|(n, snapshot)| {
            let file = folder.path().join(format!("{n}.xml"));
            fs::write(&file, ubl(&snapshot).unwrap().unwrap()).unwrap();
            file
        })
        .collect();
    let verdicts = judge(&files);
    assert_eq!((files.len(), verdicts.len()), (200, 200));
    for Verdict { file, n_rules, failed } in verdicts {
        let written = || fs::read_to_string(&file).unwrap();
        assert!(failed.is_empty() && n_rules > 20, "{n_rules} rules looked at, {failed:#?} in {}", written());
    }
}

#[test]
fn a_broken_electronic_document_is_refused_by_the_schema_and_by_the_rules() {
    let folder = TempDir::new().unwrap();
    let is_owed =
        |snapshot: &Snapshot| matches!(snapshot, Snapshot::Invoice(invoice) if invoice.document.due.micros > 0);
    let right = ubl(&of_account().find(is_owed).unwrap()).unwrap().unwrap();
    let (before, rest) = right.split_once("<cbc:TaxInclusiveAmount").unwrap();
    let (amount, after) = rest.split_once("</cbc:TaxInclusiveAmount>").unwrap();
    let currency = amount.split_once('>').unwrap().0;
    let broken_sum = format!("{before}<cbc:TaxInclusiveAmount{currency}>1.23</cbc:TaxInclusiveAmount>{after}");
    let broken_order =
        right.replacen("<cbc:IssueDate>", "<cbc:TaxPointDate>2026-12-01</cbc:TaxPointDate><cbc:IssueDate>", 1);
    let files = [("right.xml", right), ("sum.xml", broken_sum), ("order.xml", broken_order)].map(|(name, text)| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        file
    });
    let verdicts = judge(&files);
    assert!(verdicts[0].failed.is_empty(), "{:?}", verdicts[0]);
    assert!(verdicts[1].failed.iter().any(|failed| failed.contains("BR-CO-15")), "{:?}", verdicts[1]);
    assert!(verdicts[2].failed.iter().any(|failed| failed.starts_with("schema: ")), "{:?}", verdicts[2]);
}

#[test]
fn pages_are_sound_say_what_the_document_says_and_carry_its_electronic_form() {
    let folder = TempDir::new().unwrap();
    for (n, snapshot) in common::fixed(30).into_iter().enumerate() {
        let file = folder.path().join(format!("{n}.pdf"));
        fs::write(&file, pdf(&snapshot).unwrap()).unwrap();
        run(Command::new("qpdf").arg("--check").arg(&file));
        let text = String::from_utf8(run(Command::new("pdftotext").arg("-layout").arg(&file).arg("-")).stdout).unwrap();
        let said = match &snapshot {
            Snapshot::Invoice(_) => "TM-2026-000042",
            Snapshot::CreditNote(_) => "TMC-2026-000007",
            Snapshot::ProForma(_) => "PF-RF18539007547034",
            Snapshot::Receipt(_) => "R-2026-000003",
            Snapshot::Statement(_) => "12345678",
        };
        assert!(text.contains(said), "{said} is not said by {text}");
        assert_eq!(carried(&file, folder.path()), ubl(&snapshot).unwrap(), "{snapshot:?}");
    }
}

/// The electronic document that a PDF carries.
fn carried(file: &Path, folder: &Path) -> Option<String> {
    let listed = run(Command::new("pdfdetach").arg("-list").arg(file));
    if String::from_utf8(listed.stdout).unwrap().starts_with("0 ") {
        return None;
    }
    let to = folder.join("carried.xml");
    run(Command::new("pdfdetach").args(["-save", "1", "-o"]).arg(&to).arg(file));
    Some(fs::read_to_string(to).unwrap())
}

#[test]
fn a_torn_pdf_is_refused() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("torn.pdf");
    let mut bytes = pdf(&common::fixed(1)[0]).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&file, bytes).unwrap();
    let said = Command::new("qpdf").arg("--check").arg(&file).output().unwrap();
    assert!(!said.status.success(), "qpdf lets half a file pass");
}
