//! Servers that the portal speaks to, as the tests run them: real ones, from npm packages that `cargo xtask test`
//! installs into the folder that `TAMUDA_TEST_PEERS` names.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use controlplane::Authority;
use reqwest::Client;
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

use crate::{program::Program, wait};

/// A mail server that takes letters over TLS, from who signs in.
#[derive(Debug)]
pub struct MailServer {
    program: Program,
    ports: Value,
    client: Client,
    folder: TempDir,
}

impl MailServer {
    /// Starts it, with a certificate of its own.
    pub async fn start() -> anyhow::Result<Self> {
        let peers = PathBuf::from(env::var_os("TAMUDA_TEST_PEERS").context("TAMUDA_TEST_PEERS is not set")?);
        let folder = TempDir::new()?;
        let authority = Authority::new()?;
        let own = authority.server("mail")?;
        let path = |name: &str| folder.path().join(name);
        fs::write(path("ca.crt"), authority.certificate())?;
        fs::write(path("server.crt"), own.certificate)?;
        fs::write(path("server.key"), own.key)?;
        let mut command = Command::new("node");
        command.arg(peers.join("mail.mjs")).args([path("server.key"), path("server.crt")]);
        let mut program = Program::start(&mut command, &path("log"))?;
        let ports = wait::until(async || {
            program.check()?;
            first_line(&path("log"))
        })
        .await?;
        Ok(Self { program, ports, client: Client::builder().no_proxy().build()?, folder })
    }

    /// The portal's arguments for it by STARTTLS.
    pub fn starttls(&self) -> anyhow::Result<[String; 2]> {
        let url = format!("smtp://tamuda:a%20secret@localhost:{}?tls=required", self.port("starttls")?);
        Ok(["--mail-url".to_owned(), url])
    }

    /// The same by implicit TLS, with this password.
    pub fn tls(&self, password: &str) -> anyhow::Result<[String; 2]> {
        let url = format!("smtps://tamuda:{password}@localhost:{}", self.port("tls")?);
        Ok(["--mail-url".to_owned(), url])
    }

    /// The portal's arguments for trusting its certificate.
    pub fn trusted(&self) -> [String; 2] {
        ["--mail-ca".to_owned(), self.folder.path().join("ca.crt").to_string_lossy().into_owned()]
    }

    /// The letters that came in, the oldest first.
    pub async fn letters(&self) -> anyhow::Result<Vec<Value>> {
        let answer = self.client.get(self.control("letters")?).send().await?.error_for_status()?;
        Ok(answer.json().await?)
    }

    /// Refuses the next recipients: `{"code", "words", "times"}`.
    pub async fn refuse(&self, refusal: &Value) -> anyhow::Result<()> {
        self.client.post(self.control("refuse")?).json(refusal).send().await?.error_for_status()?;
        Ok(())
    }

    /// The last lines of its log.
    #[must_use]
    pub fn last_words(&self) -> String {
        self.program.last_words()
    }

    fn control(&self, path: &str) -> anyhow::Result<String> {
        Ok(format!("http://127.0.0.1:{}/{path}", self.port("control")?))
    }

    fn port(&self, name: &str) -> anyhow::Result<u64> {
        self.ports[name].as_u64().with_context(|| format!("it does not say {name}"))
    }
}

/// The ports, once it listens.
fn first_line(log: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(log)?;
    let line = text.lines().find(|line| line.starts_with('{')).with_context(|| format!("no ports yet: {text}"))?;
    Ok(serde_json::from_str(line)?)
}
