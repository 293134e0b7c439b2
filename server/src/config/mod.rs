//! Every setting: a flag and a variable `TAMUDA_…`, secrets also `…_FILE`. An unknown variable is an error, so that a
//! misspelt one does not go unnoticed.

mod admin;
mod audit;
mod cluster;
mod database;
mod environment;
mod mail;
mod secret;
mod serve;
mod stripe;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub use admin::{AdminVerb, ClusterRegistration, Founded, Identity, NewPerson, SeedDemoArguments};
pub(crate) use audit::head;
pub use audit::{AuditVerb, HeadArguments, VerifyArguments};
pub use cluster::ClusterChoice;
pub use database::{Databases, Owner};
pub use mail::MailArguments;
pub use secret::Secret;
pub use serve::{BaseUrl, Mode, ServeArguments};
pub use stripe::StripeArguments;

/// The variable that chooses what is logged, as `info,domain=debug`.
pub const LOG_FILTER: &str = "TAMUDA_LOG";

/// Tamuda: a multi-tenant portal for GPUs on Kubernetes.
#[derive(Debug, Parser)]
#[command(name = "tamuda", version, disable_help_subcommand = true)]
pub struct Cli {
    /// How logs are written
    #[arg(long, env = "TAMUDA_LOG_FORMAT", global = true, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What the program does.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Serve screens, API and events, and run the workers
    Serve(Box<ServeArguments>),
    /// Bring the database's schema up to date; safe to repeat
    Migrate(MigrateArguments),
    /// Print who may do what
    Policy,
    /// Print the API's description (OpenAPI) as JSON
    Openapi,
    /// What is done as the database's owner
    #[command(subcommand)]
    Admin(AdminVerb),
    /// Whether the chain of seals over audit and journal holds, and where it stands
    #[command(subcommand)]
    Audit(AuditVerb),
    /// Say what is wrong with this installation; exit 0: nothing, 1: something, 2: cannot tell
    Doctor(DoctorArguments),
}

/// How to migrate.
#[derive(Debug, Args)]
pub struct MigrateArguments {
    /// Make the three roles that the portal works as, with the passwords of their URLs
    #[arg(long)]
    pub bootstrap: bool,
    #[command(flatten)]
    pub owner: Owner,
    #[command(flatten)]
    pub databases: Databases,
}

/// How to look.
#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub databases: Databases,
    #[command(flatten)]
    pub cluster: ClusterArguments,
}

/// Which cluster.
#[derive(Clone, Debug, Args)]
pub struct ClusterArguments {
    /// simulator, kubeconfig:PATH or in-cluster
    #[arg(long, env = "TAMUDA_CLUSTER", default_value = "simulator")]
    pub cluster: ClusterChoice,
    /// What the database calls the cluster
    #[arg(long, env = "TAMUDA_CLUSTER_NAME", default_value = "tetouan-1")]
    pub cluster_name: String,
    /// How to reach the simulator
    #[arg(long, env = "TAMUDA_SIMULATOR_KUBECONFIG", default_value = "data/simulator/kubeconfig")]
    pub simulator_kubeconfig: PathBuf,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Cli {
    /// Reads the arguments and the environment.
    ///
    /// # Errors
    /// With clap's sentence, for what is missing, wrong or unknown.
    pub fn read() -> Result<Self, clap::Error> {
        environment::refuse_unknown(&Self::command(), std::env::vars_os())?;
        Self::try_parse()
    }
}
