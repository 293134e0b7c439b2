//! `tamuda audit …`: whether the chain of seals holds, and where it stands. Whoever may write the whole database can
//! chain anew, but not to a head that was kept elsewhere.

use std::{fs, process::ExitCode};

use anyhow::Context;
use domain::{
    Clock, Database, Open,
    access::Job,
    audit::{self, Broken, Fault, Head, Verdict},
};
use serde::Serialize;
use types::Timestamp;

use super::say;
use crate::{
    complain,
    config::{AuditVerb, Databases, VerifyArguments, head},
};

/// The name under which the chain is read.
const JOB: Job = Job::of("audit");
/// The exit status where the database or a file cannot be read: nothing is known of the chain.
const CANNOT_TELL: u8 = 2;

/// What a check found, as it is printed.
#[derive(Serialize)]
struct Report {
    /// Whether every seal holds and the chain leads through all heads that were given.
    holds: bool,
    n_sealed: u64,
    n_erased: u64,
    head: String,
    n_heads_given: usize,
    broken: Option<Break>,
    n_unsealed: u64,
    unsealed_since: Option<Timestamp>,
}

/// The first row that differs.
#[derive(Serialize)]
struct Break {
    seal: i64,
    table: String,
    row: String,
    fault: &'static str,
}

/// Answers, and says by the exit status how it is.
pub(crate) async fn audit(verb: AuditVerb) -> ExitCode {
    let outcome = match verb {
        AuditVerb::Verify(ask) => verify(&ask).await,
        AuditVerb::Head(ask) => print_head(&ask.databases).await,
    };
    outcome.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(CANNOT_TELL)
    })
}

async fn print_head(databases: &Databases) -> anyhow::Result<ExitCode> {
    let head = audit::head(&opened(databases).await?).await?;
    say(&format!("{head}\n"))?;
    Ok(ExitCode::SUCCESS)
}

async fn verify(ask: &VerifyArguments) -> anyhow::Result<ExitCode> {
    let known = known(ask)?;
    let verdict = audit::verify(&opened(&ask.databases).await?, &known).await?;
    let report = Report::new(verdict, known.len());
    say(&if ask.json { format!("{}\n", serde_json::to_string_pretty(&report)?) } else { report.printed() })?;
    Ok(ExitCode::from(u8::from(!report.holds)))
}

async fn opened(databases: &Databases) -> anyhow::Result<Open> {
    Ok(Database::connect(&databases.urls()?).await?.work(JOB, Clock::System.now()).await?)
}

/// Every head that the chain must lead through.
fn known(ask: &VerifyArguments) -> anyhow::Result<Vec<Head>> {
    let mut known: Vec<Head> = ask.head.iter().cloned().collect();
    if let Some(path) = &ask.head_file {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let read = |line| head(line).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()));
        known.extend(lines.map(read).collect::<anyhow::Result<Vec<_>>>()?);
    }
    Ok(known)
}

impl Report {
    fn new(verdict: Verdict, n_heads_given: usize) -> Self {
        Self {
            holds: verdict.broken.is_none(),
            n_sealed: verdict.n_sealed,
            n_erased: verdict.n_erased,
            head: verdict.head.to_string(),
            n_heads_given,
            broken: verdict.broken.map(Break::new),
            n_unsealed: verdict.n_unsealed,
            unsealed_since: verdict.unsealed_since,
        }
    }

    fn printed(&self) -> String {
        let erased = if self.n_erased > 0 { format!(", {} of erased rows", self.n_erased) } else { String::new() };
        let since = self.unsealed_since.map(|since| format!(", the oldest of {since}")).unwrap_or_default();
        let verdict = match &self.broken {
            None if self.n_heads_given > 0 => format!("the chain holds, and leads through all {}", self.n_heads_given),
            None => "the chain holds".to_owned(),
            Some(Break { seal, table, fault, .. }) if table.is_empty() => format!("WRONG at seal {seal}: {fault}"),
            Some(Break { seal, table, row, fault }) => format!("WRONG at seal {seal}, of {table} {row}: {fault}"),
        };
        format!(
            "seals     {}{erased}\nhead      {}\nunsealed  {}{since}\n{verdict}\n",
            self.n_sealed, self.head, self.n_unsealed
        )
    }
}

impl Break {
    fn new(broken: Broken) -> Self {
        let is_cut = broken.table.is_empty();
        Self {
            seal: broken.seq,
            row: if is_cut { String::new() } else { broken.row.to_string() },
            table: broken.table,
            fault: match broken.fault {
                Fault::Gap if is_cut => "the chain ends before this head, which was exported",
                Fault::Gap => "a seal before it is missing",
                Fault::Missing => "its row is gone",
                Fault::Changed => "its row says something else",
                Fault::Chain => "its head does not follow from the one before",
                Fault::Replaced => "its head is not the one that was exported",
            },
        }
    }
}
