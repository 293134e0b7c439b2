//! How cards are taken: by Stripe, where the hub has a key.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::{Mode, Secret};

/// How cards are taken.
#[derive(Clone, Debug, Args)]
pub struct StripeArguments {
    /// Stripe's secret key; without one top-ups by card are not offered
    #[arg(long, env = "TAMUDA_STRIPE_KEY", hide_env_values = true)]
    pub stripe_key: Option<Secret>,
    /// The same from a file
    #[arg(long, env = "TAMUDA_STRIPE_KEY_FILE")]
    pub stripe_key_file: Option<PathBuf>,
    /// The secrets that Stripe signs its calls with, apart by commas; more than one while they are exchanged
    #[arg(long, env = "TAMUDA_STRIPE_WEBHOOK_SECRETS", hide_env_values = true)]
    pub stripe_webhook_secrets: Option<Secret>,
    /// The same from a file
    #[arg(long, env = "TAMUDA_STRIPE_WEBHOOK_SECRETS_FILE")]
    pub stripe_webhook_secrets_file: Option<PathBuf>,
    /// Another address than Stripe's own, for tests
    #[arg(long, env = "TAMUDA_STRIPE_URL")]
    pub stripe_url: Option<String>,
}

impl StripeArguments {
    /// The key, where there is one that this mode takes.
    ///
    /// # Errors
    /// When it is given twice, its file cannot be read, or production is to work with what is for tests.
    pub fn key(&self, mode: Mode) -> anyhow::Result<Option<Secret>> {
        let key = one("TAMUDA_STRIPE_KEY", self.stripe_key.as_ref(), self.stripe_key_file.as_ref())?;
        let Some(key) = key else { return Ok(None) };
        let is_key = ["sk_", "rk_"].iter().any(|kind| key.reveal().starts_with(kind));
        if !is_key || key.reveal().chars().any(|character| !character.is_ascii_graphic()) {
            bail!("TAMUDA_STRIPE_KEY is no secret key of Stripe's: it begins with sk_ or rk_");
        }
        if mode == Mode::Production {
            if ["sk_test_", "rk_test_"].iter().any(|kind| key.reveal().starts_with(kind)) {
                bail!("production refuses a key for tests: set TAMUDA_STRIPE_KEY to one that begins with sk_live_");
            }
            if self.stripe_url.is_some() {
                bail!("production speaks to Stripe itself: remove TAMUDA_STRIPE_URL");
            }
        }
        Ok(Some(key))
    }

    /// The secrets that calls are signed with, where there are any.
    ///
    /// # Errors
    /// When they are given twice, or their file cannot be read.
    pub fn webhook_secrets(&self) -> anyhow::Result<Option<Secret>> {
        let (said, file) = (self.stripe_webhook_secrets.as_ref(), self.stripe_webhook_secrets_file.as_ref());
        one("TAMUDA_STRIPE_WEBHOOK_SECRETS", said, file)
    }
}

fn one(name: &str, said: Option<&Secret>, file: Option<&PathBuf>) -> anyhow::Result<Option<Secret>> {
    if said.is_none() && file.is_none() {
        return Ok(None);
    }
    Secret::chosen(name, said, file.map(PathBuf::as_path)).map(Some).context("how cards are taken")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str, url: Option<&str>, mode: Mode) -> anyhow::Result<Option<Secret>> {
        let settings = StripeArguments {
            stripe_key: Some(text.parse()?),
            stripe_key_file: None,
            stripe_webhook_secrets: None,
            stripe_webhook_secrets_file: None,
            stripe_url: url.map(str::to_owned),
        };
        settings.key(mode)
    }

    #[test]
    fn production_takes_no_key_and_no_address_for_tests_and_no_error_says_the_key() {
        for (text, url) in [
            ("sk_test_hush", None),
            ("rk_test_hush", None),
            ("sk_live_hush", Some("http://127.0.0.1:1")),
            ("pk_live_hush", None),
            ("sk_live_hush\nsk_live_hush", None),
        ] {
            let refused = key(text, url, Mode::Production).unwrap_err();
            assert!(!format!("{refused:#}").contains("hush"), "{refused:#}");
        }
        assert!(key("sk_live_hush", None, Mode::Production).unwrap().is_some());
        assert!(key("sk_test_hush", Some("http://127.0.0.1:1"), Mode::Development).unwrap().is_some());
    }
}
