//! How letters leave: through a mail server, or in development into the mailbox at `/dev/mail`.

use std::path::PathBuf;

use clap::Args;

use super::Secret;

/// How letters leave.
#[derive(Clone, Debug, Args)]
pub struct MailArguments {
    /// The mail server, as smtps://user:password@host or smtp://user:password@host:587?tls=required (STARTTLS)
    #[arg(long, env = "TAMUDA_MAIL_URL", hide_env_values = true)]
    pub mail_url: Option<Secret>,
    /// The same from a file
    #[arg(long, env = "TAMUDA_MAIL_URL_FILE")]
    pub mail_url_file: Option<PathBuf>,
    /// Whom letters come from, as Tamuda <gpu@example.org>
    #[arg(long, env = "TAMUDA_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// A file of certificates in PEM to trust besides the usual ones, for a mail server of one's own
    #[arg(long, env = "TAMUDA_MAIL_CA")]
    pub mail_ca: Option<PathBuf>,
}

impl MailArguments {
    /// The mail server's address, where one was given.
    ///
    /// # Errors
    /// When it is given twice, or its file cannot be read.
    pub fn url(&self) -> anyhow::Result<Option<Secret>> {
        if self.mail_url.is_none() && self.mail_url_file.is_none() {
            return Ok(None);
        }
        Secret::chosen("TAMUDA_MAIL_URL", self.mail_url.as_ref(), self.mail_url_file.as_deref()).map(Some)
    }
}
