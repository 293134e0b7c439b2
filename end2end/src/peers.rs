//! Servers that the portal speaks to, as the tests run them: real ones, from npm packages that `cargo xtask test`
//! installs into the folder that `TAMUDA_TEST_PEERS` names; and, since nobody gives Stripe away, a double of it that
//! Stripe's own SDK and mock server vouch for.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, ensure};
use controlplane::Authority;
use reqwest::Client;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;

use crate::{
    portal,
    program::{self, Program},
    wait,
    wire::{Mark, Moment, Writes},
};

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
        let folder = TempDir::new()?;
        let authority = Authority::new()?;
        let own = authority.server("mail")?;
        let path = |name: &str| folder.path().join(name);
        fs::write(path("ca.crt"), authority.certificate())?;
        fs::write(path("server.crt"), own.certificate)?;
        fs::write(path("server.key"), own.key)?;
        let (program, ports) = started("mail.mjs", &[path("server.key"), path("server.crt")], &path("log")).await?;
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

    /// Says nothing to so many who connect next (`greeting`), and to so many letters that are handed over next (`data`).
    pub async fn fall_silent(&self, at: &Value) -> anyhow::Result<()> {
        self.client.post(self.control("silence")?).json(at).send().await?.error_for_status()?;
        Ok(())
    }

    /// To how many it is still to say nothing.
    pub async fn silence(&self) -> anyhow::Result<Value> {
        let answer = self.client.get(self.control("silence")?).send().await?.error_for_status()?;
        Ok(answer.json().await?)
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

/// An OpenID provider that signs in who names a login: `amina`, `youssef` and `impostor`.
#[derive(Debug)]
pub struct OpenIdProvider {
    _program: Program,
    ports: Value,
    client: Client,
    folder: TempDir,
}

impl OpenIdProvider {
    /// Starts it.
    pub async fn start() -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let (program, ports) = started("openid.mjs", &[], &folder.path().join("log")).await?;
        Ok(Self { _program: program, ports, client: Client::builder().no_proxy().build()?, folder })
    }

    /// Its address.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("http://localhost:{}", self.ports["openid"])
    }

    /// The portal's arguments for it, as the provider `peer`; the provider sends browsers back to `portal` alone, and tells
    /// it who signs out.
    pub async fn offered_at(&self, portal: &str) -> anyhow::Result<[String; 2]> {
        let own = json!({
            "redirect_uris": [format!("{portal}/sign-in/with/peer/back")],
            "post_logout_redirect_uris": [format!("{portal}/sign-in")],
            "backchannel_logout_uri": format!("{portal}/sign-in/with/peer/signed-out"),
        });
        self.control("client", &own).await?;
        offering(&self.issuer(), self.folder.path())
    }

    /// Has something done at its control port: `fault`, `people`, `down` and others, which stand in `openid.mjs`.
    pub async fn control(&self, path: &str, asked: &Value) -> anyhow::Result<Value> {
        let url = format!("http://127.0.0.1:{}/{path}", self.ports["control"]);
        Ok(self.client.post(url).json(asked).send().await?.error_for_status()?.json().await?)
    }
}

/// The portal's arguments for the provider `peer` of this issuer, whether or not it is there; they name files in `folder`.
pub fn offering(issuer: &str, folder: &Path) -> anyhow::Result<[String; 2]> {
    let (file, secret) = (folder.join("providers.toml"), folder.join("secret"));
    fs::write(&secret, "a secret that is long enough to sign with\n")?;
    let text = format!(
        "[[provider]]\nslug = 'peer'\nlabel = 'Peer'\nclient_id = 'tamuda'\nissuer = '{issuer}'\n\
         client_secret_file = '{}'\n",
        secret.display()
    );
    fs::write(&file, text)?;
    Ok(["--sign-in-providers".to_owned(), file.to_string_lossy().into_owned()])
}

/// Stripe, as far as it is played for the tests: `stripe.mjs` says what that is.
#[derive(Debug)]
pub struct Stripe {
    program: Program,
    ports: Value,
    client: Client,
    _folder: TempDir,
}

impl Stripe {
    /// The key that it takes.
    pub const KEY: &str = "sk_test_tamuda";
    /// The secret that signs its events.
    pub const SECRET: &str = "whsec_of_the_tests";
    /// A card that pays.
    pub const CARD: &str = "4242424242424242";
    /// A card that is declined.
    pub const DECLINED: &str = "4000000000000002";
    /// A card whose bank asks its holder.
    pub const ASKS: &str = "4000002760003184";

    /// Starts it.
    pub async fn start() -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let (program, ports) = started("stripe.mjs", &[], &folder.path().join("log")).await?;
        Ok(Self { program, ports, client: Client::builder().no_proxy().build()?, _folder: folder })
    }

    /// Where its API answers, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.ports["stripe"])
    }

    /// The portal's arguments for it.
    #[must_use]
    pub fn offered(&self) -> [String; 6] {
        let (key, secret) = (Self::KEY.to_owned(), Self::SECRET.to_owned());
        let [url, own_key, secrets] = ["--stripe-url", "--stripe-key", "--stripe-webhook-secrets"].map(str::to_owned);
        [url, self.origin(), own_key, key, secrets, secret]
    }

    /// Sends its events to the portal at this address from now on.
    pub async fn send_events_to(&self, portal: &str) -> anyhow::Result<()> {
        let asked = json!({ "url": format!("{portal}/webhooks/stripe"), "secrets": [Self::SECRET] });
        self.control("webhooks", &asked).await.map(drop)
    }

    /// Has something done at its control port: `fault`, `pay`, `deliveries` and others, which stand in `stripe.mjs`. It
    /// gives what was asked and delivered so far, too.
    pub async fn control(&self, path: &str, asked: &Value) -> anyhow::Result<Value> {
        let answer = self.client.post(format!("{}/{path}", self.control_origin())).json(asked).send().await?;
        let status = answer.status();
        let said: Value = answer.json().await?;
        ensure!(status.is_success(), "{path} with {asked}: {}", said["error"]);
        Ok(said)
    }

    /// What it was asked (`calls`), what it delivered (`deliveries`), and how many objects of each kind it has (`counts`).
    pub async fn heard(&self) -> anyhow::Result<Value> {
        Ok(self.client.get(self.control_origin()).send().await?.error_for_status()?.json().await?)
    }

    /// Counts calls from here on, and leaves the one that is marked without an answer: a call stands in place of what a commit
    /// writes, as `POST /v1/refunds` or `GET /v1/refunds/{id}`.
    pub async fn watch(&self, mark: Option<&Mark>) -> anyhow::Result<()> {
        let moment = |mark: &Mark| if mark.moment == Moment::Before { "before" } else { "after" };
        let asked = mark.map(|mark| json!({ "call": mark.writes.first(), "nth": mark.nth, "moment": moment(mark) }));
        self.control("watch", &asked.unwrap_or_else(|| json!({}))).await.map(drop)
    }

    /// The calls since the watch began, in their order.
    pub async fn watched(&self) -> anyhow::Result<Vec<Writes>> {
        let heard = self.heard().await?;
        let calls = heard["watched"].as_array().context("it watches nothing")?;
        Ok(calls.iter().filter_map(Value::as_str).map(|call| Writes::from([call.to_owned()])).collect())
    }

    /// Waits until it has left the marked call without an answer.
    pub async fn stopped(&self) -> anyhow::Result<()> {
        while self.heard().await?["isReached"] != true {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// What its API answers to a GET, be it a refusal.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        Ok(self.client.get(format!("{}{path}", self.origin())).bearer_auth(Self::KEY).send().await?.json().await?)
    }

    /// What its API answers to a POST of this form, be it a refusal.
    pub async fn post(&self, path: &str, form: &str) -> anyhow::Result<Value> {
        let request = self.client.post(format!("{}{path}", self.origin())).bearer_auth(Self::KEY);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form.to_owned());
        Ok(request.send().await?.json().await?)
    }

    /// What Stripe's own SDK understands of these parts of `stripe-sdk.mjs`, or of all.
    pub async fn through_its_sdk(&self, parts: &[&str]) -> anyhow::Result<Value> {
        let mut command = Command::new("node");
        command.arg(peers()?.join("stripe-sdk.mjs")).arg(self.origin()).arg(self.control_origin()).args(parts);
        let said = program::output(&mut command).await.with_context(|| self.program.last_words())?;
        serde_json::from_str(said.lines().last().unwrap_or_default()).with_context(|| format!("no report: {said}"))
    }

    /// The last lines of its log.
    #[must_use]
    pub fn last_words(&self) -> String {
        self.program.last_words()
    }

    fn control_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports["control"])
    }
}

/// Stripe's own mock server: it refuses what Stripe's description of its API does not have, and remembers nothing. Its
/// program is the one that `TAMUDA_TEST_STRIPE_MOCK` names.
#[derive(Debug)]
pub struct StripeMock {
    _program: Program,
    origin: String,
    client: Client,
    _folder: TempDir,
}

impl StripeMock {
    /// Starts it.
    pub async fn start() -> anyhow::Result<Self> {
        let file = env::var_os("TAMUDA_TEST_STRIPE_MOCK").context("TAMUDA_TEST_STRIPE_MOCK is not set")?;
        let (folder, address) = (TempDir::new()?, portal::free_address().await?);
        let mut command = Command::new(file);
        command.arg("-http-addr").arg(address.to_string());
        // It speaks TLS too, at one port for all unless another is named.
        command.arg("-https-addr").arg("127.0.0.1:0");
        let mut program = Program::start(&mut command, &folder.path().join("log"))?;
        let client = Client::builder().no_proxy().build()?;
        let mock = format!("http://{address}");
        wait::until(async || {
            program.check()?;
            Ok(client.get(&mock).send().await?)
        })
        .await?;
        Ok(Self { _program: program, origin: mock, client, _folder: folder })
    }

    /// Where it answers, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What it answers to a GET.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let request = self.client.get(format!("{}{path}", self.origin)).bearer_auth("sk_test_123");
        Ok(request.send().await?.error_for_status()?.json().await?)
    }
}

/// The folder of the peers' programs.
fn peers() -> anyhow::Result<PathBuf> {
    env::var_os("TAMUDA_TEST_PEERS").map(PathBuf::from).context("TAMUDA_TEST_PEERS is not set")
}

/// A peer and the ports that it says.
async fn started(script: &str, arguments: &[PathBuf], log: &Path) -> anyhow::Result<(Program, Value)> {
    let mut command = Command::new("node");
    command.arg(peers()?.join(script)).args(arguments);
    let mut program = Program::start(&mut command, log)?;
    let ports = wait::until(async || {
        program.check()?;
        first_line(log)
    })
    .await?;
    Ok((program, ports))
}

/// The ports, once it listens.
fn first_line(log: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(log)?;
    let line = text.lines().find(|line| line.starts_with('{')).with_context(|| format!("no ports yet: {text}"))?;
    Ok(serde_json::from_str(line)?)
}
