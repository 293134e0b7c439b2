//! GitHub, which signs people in by OAuth 2 and tells who they are at addresses of its own. A server of one's own
//! (GitHub Enterprise) has them below its address.

use oauth2::{AccessToken, url::Url};
use serde::Deserialize;

use super::{Doubt, Error, Identity, Kind, Settings, claims::text, http::Http};

/// Where GitHub signs people in.
#[derive(Debug)]
pub(super) struct GitHub {
    /// The page for the browser.
    pub(super) authorize: Url,
    /// What takes the code.
    pub(super) token: Url,
}

#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    #[serde(default, deserialize_with = "text")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Address {
    email: String,
    primary: bool,
    verified: bool,
}

impl GitHub {
    /// Its addresses, if that is what the provider is.
    pub(super) fn of(settings: &Settings) -> Option<Self> {
        let at = |path: &str| Url::parse(&format!("{}/login/oauth/{path}", settings.issuer)).ok();
        let is_github = settings.kind == Kind::GitHub;
        is_github.then(|| Some(Self { authorize: at("authorize")?, token: at("access_token")? }))?
    }
}

/// Who the bearer of an access token is.
pub(super) async fn identity(http: &Http, settings: &Settings, access: &AccessToken) -> Result<Identity, Error> {
    let base = match settings.issuer.as_str() {
        "https://github.com" => "https://api.github.com".to_owned(),
        own => format!("{own}/api/v3"),
    };
    let at = |path| Url::parse(&format!("{base}{path}")).map_err(|_| Doubt::Unreadable("GitHub's address"));
    let user: User = http.json(&at("/user")?, Some(access), "what GitHub says of the person").await?;
    let all: Vec<Address> = http.json(&at("/user/emails")?, Some(access), "the person's addresses").await?;
    let main = all.into_iter().find(|address| address.primary);
    Ok(Identity {
        issuer: settings.issuer.clone(),
        // A login can be given up and taken by somebody else.
        subject: user.id.to_string(),
        email_is_verified: main.as_ref().is_some_and(|address| address.verified),
        email: main.map(|address| address.email),
        name: user.name.or(Some(user.login)),
        locale: None,
        id_token: None,
        sid: None,
    })
}

/// Whether GitHub calls itself so in its answers.
pub(super) fn is_issuer(settings: &Settings, iss: &str) -> bool {
    iss.strip_prefix(settings.issuer.as_str()).is_some_and(|rest| rest.is_empty() || rest == "/login/oauth")
}

#[cfg(test)]
mod tests {
    use oauth2::{ClientId, ClientSecret};

    use super::*;

    #[test]
    fn github_answers_under_two_names_and_nobody_elses() {
        let settings = Settings {
            slug: "github".to_owned(),
            label: "GitHub".to_owned(),
            kind: Kind::GitHub,
            issuer: "https://github.com".to_owned(),
            client_id: ClientId::new("tamuda".to_owned()),
            client_secret: ClientSecret::new("hush".to_owned()),
            scopes: Vec::new(),
        };
        assert!(is_issuer(&settings, "https://github.com") && is_issuer(&settings, "https://github.com/login/oauth"));
        for iss in ["", "https://github.com.example.org", "https://github.com/login/oauth/", "http://github.com"] {
            assert!(!is_issuer(&settings, iss), "{iss}");
        }
    }
}
