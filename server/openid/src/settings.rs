//! Which providers there are, as a TOML file says. Secrets stand in files of their own.

use std::{fs, path::Path};

use anyhow::{Context, anyhow, bail, ensure};
use oauth2::{ClientId, ClientSecret, Scope, url::Url};
use serde::Deserialize;

use super::http::is_safe;

/// What GitHub is asked for: who they are, and their addresses.
const GITHUB_SCOPES: [&str; 2] = ["read:user", "user:email"];
const OPENID_SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// A provider, and what we are to it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its word in addresses: small letters, digits, dashes.
    pub slug: String,
    /// What its button says.
    pub label: String,
    /// What it speaks.
    pub kind: Kind,
    /// Its issuer, to the letter; for Microsoft and GitHub the address of the cloud or of the server.
    pub issuer: String,
    /// Who we are to it.
    pub client_id: ClientId,
    /// What proves that.
    pub client_secret: ClientSecret,
    /// What it is asked for.
    pub scopes: Vec<Scope>,
}

/// What a provider speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// OpenID Connect, as it is written.
    Generic,
    /// Google, which is that at a known issuer.
    Google,
    /// Microsoft, whose issuer may stand for many directories.
    Microsoft(Tenants),
    /// GitHub, which speaks OAuth 2 and has addresses of its own for who somebody is.
    GitHub,
}

/// Whose people Microsoft may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tenants {
    /// Those of one directory.
    One(String),
    /// Those of these directories, or of all when the list is empty, through `organizations` or `common`.
    Many {
        /// The word in Microsoft's addresses.
        through: String,
        /// The directories' ids.
        allowed: Vec<String>,
    },
}

impl Settings {
    /// Whether it speaks plain HTTP, which only one on this machine may.
    pub(super) fn is_plain(&self) -> bool {
        self.issuer.starts_with("http://")
    }

    /// Where it describes itself.
    pub(super) fn discovery(&self) -> String {
        let base = match &self.kind {
            Kind::Microsoft(Tenants::Many { through, .. }) => format!("{}/{through}/v2.0", self.issuer),
            _ => self.issuer_template(),
        };
        format!("{}/.well-known/openid-configuration", base.trim_end_matches('/'))
    }

    /// Whether it is who vouches for an identity of this issuer.
    #[must_use]
    pub fn may_issue(&self, issuer: &str) -> bool {
        let template = self.issuer_template();
        template.split_once("{tenantid}").map_or(issuer == template, |(start, end)| {
            issuer.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some_and(is_uuid)
        })
    }

    /// The issuer of its tokens, with `{tenantid}` for the directory where there are many.
    pub(super) fn issuer_template(&self) -> String {
        match &self.kind {
            Kind::Microsoft(Tenants::One(id)) => format!("{}/{id}/v2.0", self.issuer),
            Kind::Microsoft(Tenants::Many { .. }) => format!("{}/{{tenantid}}/v2.0", self.issuer),
            _ => self.issuer.clone(),
        }
    }
}

/// What a file says of one provider, unchecked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    slug: String,
    label: String,
    #[serde(default)]
    kind: Word,
    issuer: Option<String>,
    tenant: Option<String>,
    #[serde(default)]
    tenants: Vec<String>,
    client_id: String,
    client_secret_file: String,
    scopes: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    #[default]
    Generic,
    Google,
    Microsoft,
    GitHub,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    #[serde(default)]
    provider: Vec<Entry>,
}

/// The providers that a file names.
pub(super) fn read(path: &Path, allows_loopback: bool) -> anyhow::Result<Vec<Settings>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parsed(&text, allows_loopback).with_context(|| format!("{}", path.display()))
}

fn parsed(text: &str, allows_loopback: bool) -> anyhow::Result<Vec<Settings>> {
    let Entries { provider } = toml::from_str(text).map_err(|error| {
        // Not the whole error: it shows the line, and with it a secret that somebody wrote there by mistake.
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        anyhow!("line {line}: {}", error.message())
    })?;
    let mut all: Vec<Settings> = Vec::with_capacity(provider.len());
    for entry in provider {
        let slug = entry.slug.clone();
        ensure!(all.iter().all(|other| other.slug != slug), "provider {slug}: there are two of this slug");
        all.push(checked(entry, allows_loopback).with_context(|| format!("provider {slug}"))?);
    }
    Ok(all)
}

fn checked(entry: Entry, allows_loopback: bool) -> anyhow::Result<Settings> {
    let kind = kind(&entry)?;
    ensure!(is_slug(&entry.slug), "slug: say small letters, digits and single dashes");
    ensure!(!entry.label.trim().is_empty(), "label: say what its button says");
    ensure!(!entry.client_id.is_empty(), "client_id: say what the provider calls this portal");
    let issuer = match (entry.kind, entry.issuer) {
        (Word::Google, Some(_)) => bail!("issuer: Google has only one, leave it out"),
        (Word::Google, None) => "https://accounts.google.com".to_owned(),
        (Word::Microsoft, issuer) => issuer.unwrap_or_else(|| "https://login.microsoftonline.com".to_owned()),
        (Word::GitHub, issuer) => issuer.unwrap_or_else(|| "https://github.com".to_owned()),
        (Word::Generic, issuer) => issuer.context("issuer: say the provider's, as https://id.example.org")?,
    };
    let url = Url::parse(&issuer).context("issuer: say an address, as https://id.example.org")?;
    ensure!(is_safe(&url, allows_loopback), "issuer: must be https, {issuer} is not");
    let is_bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    ensure!(is_bare, "issuer: an address without name, query or fragment");
    let ends_well = entry.kind == Word::Generic || !issuer.ends_with('/');
    ensure!(ends_well, "issuer: leave out the slash at its end");
    Ok(Settings {
        scopes: scopes(entry.kind, entry.scopes)?,
        client_secret: secret(&entry.client_secret_file)?,
        slug: entry.slug,
        label: entry.label,
        kind,
        issuer,
        client_id: ClientId::new(entry.client_id),
    })
}

fn kind(entry: &Entry) -> anyhow::Result<Kind> {
    if entry.kind != Word::Microsoft {
        ensure!(entry.tenant.is_none() && entry.tenants.is_empty(), "tenant: only Microsoft has tenants");
    }
    Ok(match entry.kind {
        Word::Generic => Kind::Generic,
        Word::Google => Kind::Google,
        Word::GitHub => Kind::GitHub,
        Word::Microsoft => Kind::Microsoft(tenants(entry)?),
    })
}

fn tenants(entry: &Entry) -> anyhow::Result<Tenants> {
    let Some(tenant) = &entry.tenant else { bail!("tenant: say the directory's id, or organizations or common") };
    let allowed = entry.tenants.clone();
    ensure!(allowed.iter().all(|id| is_uuid(id)), "tenants: say directories' ids, which are UUIDs in small letters");
    match tenant.as_str() {
        "organizations" | "common" => Ok(Tenants::Many { through: tenant.clone(), allowed }),
        id if is_uuid(id) => {
            ensure!(allowed.is_empty(), "tenants: of use only with organizations or common");
            Ok(Tenants::One(tenant.clone()))
        }
        _ => bail!("tenant: say the directory's id (a UUID in small letters, not a name), or organizations or common"),
    }
}

fn scopes(kind: Word, said: Option<Vec<String>>) -> anyhow::Result<Vec<Scope>> {
    let usual: &[&str] = if kind == Word::GitHub { &GITHUB_SCOPES } else { &OPENID_SCOPES };
    let said = said.unwrap_or_else(|| usual.iter().map(|&scope| scope.to_owned()).collect());
    ensure!(kind == Word::GitHub || said.iter().any(|scope| scope == "openid"), "scopes: openid must be among them");
    Ok(said.into_iter().map(Scope::new).collect())
}

fn secret(path: &str) -> anyhow::Result<ClientSecret> {
    let text = fs::read_to_string(path).with_context(|| format!("client_secret_file: cannot read {path}"))?;
    let secret = text.trim_end_matches(['\r', '\n']);
    ensure!(!secret.is_empty(), "client_secret_file: {path} is empty");
    Ok(ClientSecret::new(secret.to_owned()))
}

fn is_slug(text: &str) -> bool {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.split('-').all(|word| !word.is_empty() && word.bytes().all(is_small))
}

fn is_uuid(text: &str) -> bool {
    let hex = |part: &str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len() && parts.iter().zip(lengths).all(|(part, length)| part.len() == length && hex(part))
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
