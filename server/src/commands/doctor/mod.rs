//! `tamuda doctor`: what is wrong with this installation, and what to do about it. Each look is a finding; the worst
//! decides the exit status.

mod database;
mod installation;

use std::process::ExitCode;

use serde::Serialize;

use crate::config::DoctorArguments;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub check: String,
    /// Whether it is as it should be; nothing where that could not be seen.
    pub ok: Option<bool>,
    /// What is wrong or could not be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// All findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order of looking.
    pub findings: Vec<Finding>,
}

impl Finding {
    fn of(check: impl Into<String>, outcome: anyhow::Result<()>) -> Self {
        let trouble = outcome.err().map(|error| format!("{error:#}"));
        Self { check: check.into(), ok: Some(trouble.is_none()), trouble }
    }

    fn unseen(check: &str, why: &str) -> Self {
        Self { check: check.to_owned(), ok: None, trouble: Some(why.to_owned()) }
    }
}

impl Report {
    /// 0: nothing is wrong; 1: something is; 2: something could not be seen.
    #[must_use]
    pub fn status(&self) -> u8 {
        let any = |ok| self.findings.iter().any(|finding| finding.ok == ok);
        if any(Some(false)) { 1 } else { 2 * u8::from(any(None)) }
    }

    fn printed(&self) -> String {
        let line = |finding: &Finding| {
            let word = match finding.ok {
                Some(true) => "ok",
                Some(false) => "WRONG",
                None => "unseen",
            };
            let trouble = finding.trouble.as_ref().map(|trouble| format!(": {trouble}")).unwrap_or_default();
            format!("{word:<7}{}{trouble}\n", finding.check)
        };
        self.findings.iter().map(line).collect()
    }
}

/// Looks, prints, and says by the exit status how it is.
pub(crate) async fn doctor(ask: DoctorArguments) -> anyhow::Result<ExitCode> {
    let report = examined(&ask).await;
    super::say(&if ask.json { format!("{}\n", serde_json::to_string_pretty(&report)?) } else { report.printed() })?;
    Ok(ExitCode::from(report.status()))
}

/// Looks at everything that the settings name: what a look needs and lacks makes it unseen, not wrong.
pub async fn examined(ask: &DoctorArguments) -> Report {
    let urls = match ask.databases.urls() {
        Ok(urls) => urls,
        Err(error) => return Report { findings: vec![Finding::of("settings of the database", Err(error))] },
    };
    let mut findings = database::look(&urls).await;
    let answers = findings.iter().all(|finding| finding.ok == Some(true));
    findings.extend(match answers {
        true => installation::look(&urls, &ask.cluster).await,
        false => vec![Finding::unseen("installation", "the database does not answer, or not with this schema")],
    });
    Report { findings }
}
