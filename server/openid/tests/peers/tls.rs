//! Whom we speak to over TLS: those whom an authority vouches for that this machine trusts.

use std::{env, fs, process::Stdio};

use anyhow::{Context, ensure};
use jiff::Timestamp;
use openid::Error;
use tokio::process::Command;

use crate::peer::{CALLBACK, Peer, provider};

/// Set in the process that trusts the provider: which authorities count is a matter of the whole process.
const TRUSTING: &str = "TAMUDA_TEST_TRUSTED_ISSUER";

async fn begins(issuer: &str) -> anyhow::Result<Result<(), Error>> {
    let all = provider(&format!("issuer = '{issuer}'"))?;
    let provider = all.get("peer").context("no provider")?;
    Ok(provider.begin(&CALLBACK.parse()?, Timestamp::now()).await.map(drop))
}

#[tokio::test]
async fn a_provider_is_asked_only_when_somebody_trusted_vouches_for_it() -> anyhow::Result<()> {
    if let Some(issuer) = env::var_os(TRUSTING) {
        let issuer = issuer.to_str().context("no address")?;
        assert_eq!(begins(issuer).await?, Ok(()));
        let by_another_name = issuer.replace("localhost", "127.0.0.1");
        assert!(matches!(begins(&by_another_name).await?, Err(Error::Down(_))));
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let (key, certificate) = (folder.path().join("key"), folder.path().join("certificate"));
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    fs::write(&key, own.signing_key.serialize_pem())?;
    fs::write(&certificate, own.cert.pem())?;
    let peer = Peer::start_with(&[key, certificate.clone()]).await?;
    let stranger = begins(&peer.encrypted_issuer()).await?;
    assert!(matches!(&stranger, Err(Error::Down(said)) if said.contains("certificate")), "{stranger:?}");
    let name = "tls::a_provider_is_asked_only_when_somebody_trusted_vouches_for_it";
    let mut trusting = Command::new(env::current_exe()?);
    trusting.args(["--exact", name]).env("SSL_CERT_FILE", &certificate).env(TRUSTING, peer.encrypted_issuer());
    let output = trusting.stdin(Stdio::null()).kill_on_drop(true).output().await?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success() && said.contains("1 passed"), "{said}");
    Ok(())
}
