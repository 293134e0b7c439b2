//! The settings of `tamuda serve`, and what production refuses.

use std::{fs, net::SocketAddr, path::PathBuf, str::FromStr};

use anyhow::{Context, anyhow, bail};
use axum::http::Uri;
use clap::{Args, ValueEnum};
use domain::{DatabaseUrls, secrets::SecretKeys};
use session::Networks;

use super::{ClusterArguments, ClusterChoice, Databases, MailArguments, StripeArguments, database::is_private};

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct ServeArguments {
    /// What the installation is for
    #[arg(long, env = "TAMUDA_MODE", value_enum, default_value_t = Mode::Production)]
    pub mode: Mode,
    /// Where to listen
    #[arg(long, env = "TAMUDA_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// The address under which people reach the portal, as https://gpu.example.org
    #[arg(long, env = "TAMUDA_BASE_URL")]
    pub base_url: BaseUrl,
    /// The folder of the built style, scripts and fonts
    #[arg(long, env = "TAMUDA_SITE", default_value = "target/site")]
    pub site: PathBuf,
    /// Networks of the proxies whose word on a client's address counts, as 10.0.0.0/8,::1
    #[arg(long, env = "TAMUDA_TRUSTED_PROXIES", default_value = "")]
    pub trusted_proxies: Networks,
    /// A TOML file of the providers that people may sign in with; see docs/OPERATIONS.md
    #[arg(long, env = "TAMUDA_SIGN_IN_PROVIDERS")]
    pub sign_in_providers: Option<PathBuf>,
    /// A file of the keys that stored secrets are sealed with: an id and 64 hexadecimal digits a line, the first seals
    #[arg(long, env = "TAMUDA_SECRET_KEYS")]
    pub secret_keys: Option<PathBuf>,
    /// Serve only: leave the cluster, settling and sealing to other processes
    #[arg(long, env = "TAMUDA_NO_WORKERS")]
    pub no_workers: bool,
    #[command(flatten)]
    pub databases: Databases,
    #[command(flatten)]
    pub cluster: ClusterArguments,
    #[command(flatten)]
    pub mail: MailArguments,
    #[command(flatten)]
    pub stripe: StripeArguments,
}

/// What an installation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// On one's own machine: simulator, plain HTTP and demonstration data are fine.
    Development,
    /// For real: none of them.
    Production,
}

/// Scheme, host and port, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl FromStr for BaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "say scheme and host alone, as https://gpu.example.org".to_owned();
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(wrong()) };
        let bare = matches!(uri.path(), "" | "/") && uri.query().is_none() && !authority.as_str().contains('@');
        if !bare || !matches!(scheme, "http" | "https") {
            return Err(wrong());
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }
}

impl BaseUrl {
    /// Without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Passwords that stand in documentation and examples.
const WELL_KNOWN: [&str; 6] = ["", "tamuda", "test", "postgres", "password", "changeme"];

impl ServeArguments {
    /// The databases' URLs, once everything fits together.
    ///
    /// # Errors
    /// With the first thing that must change, and how.
    pub fn checked(&self) -> anyhow::Result<DatabaseUrls> {
        let urls = self.databases.urls()?;
        if self.mode == Mode::Production {
            self.check_for_production()?;
            for (role, url) in [("TENANT", &urls.tenant), ("STAFF", &urls.staff), ("WORKER", &urls.worker)] {
                check_database(role, url)?;
            }
        }
        Ok(urls)
    }

    fn check_for_production(&self) -> anyhow::Result<()> {
        if self.cluster.cluster == ClusterChoice::Simulator {
            bail!(
                "production refuses the simulator: set TAMUDA_CLUSTER to kubeconfig:PATH or in-cluster, or TAMUDA_MODE=development"
            );
        }
        if !self.base_url.as_str().starts_with("https://") {
            bail!("production refuses plain HTTP: set TAMUDA_BASE_URL to an address with https://");
        }
        if self.secret_keys.is_none() {
            bail!(
                "production refuses to start without keys for the secrets that it stores: name a file of them in TAMUDA_SECRET_KEYS"
            );
        }
        Ok(())
    }

    /// The keys that stored secrets are sealed with; none where no file is named, and then nobody can set an
    /// authenticator.
    ///
    /// # Errors
    /// When the file cannot be read, or is no list of keys.
    pub fn keys(&self) -> anyhow::Result<SecretKeys> {
        let Some(path) = &self.secret_keys else { return Ok(SecretKeys::default()) };
        let text = fs::read_to_string(path);
        let text = text.with_context(|| format!("TAMUDA_SECRET_KEYS: cannot read {}", path.display()))?;
        SecretKeys::parse(&text).map_err(|wrong| anyhow!("TAMUDA_SECRET_KEYS: {}: {wrong}", path.display()))
    }
}

/// What production refuses of the database's URL for a role; the URL itself is never shown.
fn check_database(role: &str, url: &str) -> anyhow::Result<()> {
    if WELL_KNOWN.contains(&password(url)) {
        bail!("production refuses an empty or well-known password: change the one in TAMUDA_DATABASE_{role}");
    }
    match is_private(url) {
        Some(true) => Ok(()),
        Some(false) => bail!(
            "production refuses a database that is reached over the network in the clear: add ?sslmode=verify-full (or verify-ca, or require) to TAMUDA_DATABASE_{role}; with sslrootcert=PATH for an authority of your own"
        ),
        None => bail!("TAMUDA_DATABASE_{role} is no postgres://user:password@host/database?sslmode=verify-full"),
    }
}

/// The password in `postgres://user:password@host/…`.
fn password(url: &str) -> &str {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?']).next().unwrap_or_default();
    let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
    user.split_once(':').map_or("", |(_, password)| password)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::config::{Cli, Verb};

    fn settings(more: &[&str]) -> anyhow::Result<ServeArguments> {
        settings_at("h/d?sslmode=verify-full", more)
    }

    /// The same with the database there.
    fn settings_at(place: &str, more: &[&str]) -> anyhow::Result<ServeArguments> {
        let roles =
            ["tenant", "staff", "worker"].map(|role| format!("--database-{role}=postgres://{role}:f3b1@{place}"));
        let words = ["tamuda", "serve"].into_iter().chain(roles.iter().map(String::as_str)).chain(more.iter().copied());
        match Cli::try_parse_from(words)?.verb {
            Verb::Serve(settings) => Ok(*settings),
            other => bail!("{other:?}"),
        }
    }

    fn serve(more: &[&str]) -> anyhow::Result<DatabaseUrls> {
        settings(more)?.checked()
    }

    #[test]
    fn production_refuses_what_is_for_development() {
        let https = "--base-url=https://gpu.example.org";
        assert!(serve(&[https]).unwrap_err().to_string().contains("simulator"));
        let http = serve(&["--base-url=http://gpu.example.org", "--cluster=in-cluster"]);
        assert!(http.unwrap_err().to_string().contains("plain HTTP"));
        assert!(serve(&[https, "--cluster=in-cluster", "--secret-keys=/run/keys"]).is_ok());
        assert!(serve(&["--base-url=http://127.0.0.1:3000", "--mode=development"]).is_ok());
    }

    #[test]
    fn production_refuses_to_store_secrets_without_keys_and_development_does_without() {
        let refused = serve(&["--base-url=https://gpu.example.org", "--cluster=in-cluster"]).unwrap_err().to_string();
        assert!(refused.contains("TAMUDA_SECRET_KEYS"), "{refused}");
        let without = settings(&["--base-url=http://127.0.0.1:3000", "--mode=development"]).unwrap();
        assert_eq!(without.keys().unwrap().first(), None);
    }

    #[test]
    fn keys_come_from_a_file_that_has_to_be_one() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let flag = format!("--secret-keys={}", file.path().display());
        let keys = || settings(&["--base-url=https://gpu.example.org", &flag])?.keys();
        assert!(keys().unwrap_err().to_string().contains("there is no key in it"));
        fs::write(file.path(), format!("k2 {}\nk1 {}\n", "5e".repeat(32), "6f".repeat(32))).unwrap();
        assert_eq!(keys().unwrap().first(), Some("k2"));
        let gone = settings(&["--base-url=https://gpu.example.org", "--secret-keys=/nowhere/keys"]).unwrap().keys();
        assert!(gone.unwrap_err().to_string().contains("/nowhere/keys"));
    }

    #[test]
    fn production_refuses_a_well_known_password() {
        let words = "tamuda serve --base-url=https://a --cluster=in-cluster --secret-keys=/k --database-tenant=postgres://t:test@h/d \
                     --database-staff=postgres://s:x1@h/d --database-worker=postgres://w:x2@h/d";
        let Verb::Serve(settings) = Cli::try_parse_from(words.split(' ').filter(|word| !word.is_empty())).unwrap().verb
        else {
            panic!("another verb")
        };
        assert!(settings.checked().unwrap_err().to_string().contains("TAMUDA_DATABASE_TENANT"));
    }

    #[test]
    fn production_refuses_a_database_that_is_reached_in_the_clear() {
        let more = ["--base-url=https://gpu.example.org", "--cluster=in-cluster", "--secret-keys=/run/keys"];
        for place in ["db/d", "10.0.0.7/d", "db/d?sslmode=prefer", "db/d?sslmode=disable", "localhost/d?host=db"] {
            let refused = settings_at(place, &more).unwrap().checked().unwrap_err().to_string();
            assert!(refused.contains("sslmode=verify-full") && refused.contains("TAMUDA_DATABASE_TENANT"), "{refused}");
            assert!(!refused.contains("f3b1"), "{refused}");
        }
        let encrypted = ["db/d?sslmode=require", "db/d?sslmode=verify-ca", "db/d?sslmode=verify-full"];
        let near = ["localhost/d", "127.0.0.1:5433/d", "[::1]/d", "%2Frun%2Fpostgresql/d", "db/d?host=/run/postgresql"];
        for place in encrypted.into_iter().chain(near) {
            assert!(settings_at(place, &more).unwrap().checked().is_ok(), "{place}");
        }
        let unread = settings_at("db/d?sslmode=perhaps", &more).unwrap().checked().unwrap_err().to_string();
        assert!(unread.contains("TAMUDA_DATABASE_TENANT") && !unread.contains("f3b1"), "{unread}");
        let development = ["--base-url=http://127.0.0.1:3000", "--mode=development"];
        assert!(settings_at("db/d", &development).unwrap().checked().is_ok());
    }

    #[test]
    fn a_base_url_is_scheme_and_host_alone() {
        assert_eq!("https://gpu.example.org/".parse::<BaseUrl>().unwrap().as_str(), "https://gpu.example.org");
        for text in ["gpu.example.org", "https://a/b", "ftp://a", "https://u@a", "https://a/?q", ""] {
            assert!(text.parse::<BaseUrl>().is_err(), "{text}");
        }
    }
}
