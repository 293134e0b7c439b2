//! The settings of `tamuda audit …`: heads that were exported, and where the database is.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::audit::Head;

use super::Databases;

/// What is asked of the chain of seals.
#[derive(Debug, Subcommand)]
pub enum AuditVerb {
    /// Compute the chain again from its rows; exit 0: it holds, 1: it does not, 2: cannot tell
    Verify(VerifyArguments),
    /// Print where the chain stands, SEQ:HEX, to be kept outside of the database for `verify`
    Head(HeadArguments),
}

/// What to hold the chain against.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// A head that was exported, SEQ:HEX: the chain must lead through it
    #[arg(long, env = "TAMUDA_AUDIT_HEAD", value_parser = head)]
    pub head: Option<Head>,
    /// A file of such heads, one a line
    #[arg(long, env = "TAMUDA_AUDIT_HEAD_FILE")]
    pub head_file: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub databases: Databases,
}

/// Whose chain it is.
#[derive(Debug, Args)]
pub struct HeadArguments {
    #[command(flatten)]
    pub databases: Databases,
}

/// A head as `tamuda audit head` prints it.
pub(crate) fn head(text: &str) -> Result<Head, String> {
    Head::read(text).ok_or_else(|| format!("`{text}` is no head: it is SEQ:HEX, as `tamuda audit head` prints it"))
}
