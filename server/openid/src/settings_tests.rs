//! What the file of providers may say.

use super::*;

const TENANT: &str = "3f1c7c6e-0000-4000-8000-000000000001";

/// What a file with one provider of these lines becomes.
fn one(lines: &str, allows_loopback: bool) -> anyhow::Result<Settings> {
    let secret = tempfile::NamedTempFile::new()?;
    fs::write(secret.path(), "hush\n")?;
    let path = secret.path().display();
    let head = format!("[[provider]]\nslug = 'a-b'\nlabel = 'A'\nclient_id = 'tamuda'\nclient_secret_file = '{path}'");
    parsed(&format!("{head}\n{lines}"), allows_loopback)?.pop().context("none")
}

fn refusal(lines: &str) -> String {
    format!("{:#}", one(lines, false).unwrap_err())
}

#[test]
fn a_provider_needs_an_issuer_and_the_known_ones_have_theirs() {
    let generic = one("issuer = 'https://id.example.org/'", false).unwrap();
    assert_eq!(
        (generic.kind.clone(), generic.issuer_template()),
        (Kind::Generic, "https://id.example.org/".to_owned())
    );
    assert_eq!(generic.discovery(), "https://id.example.org/.well-known/openid-configuration");
    assert!(generic.may_issue("https://id.example.org/") && !generic.may_issue("https://id.example.org"));
    assert_eq!(generic.client_secret.secret(), "hush");
    assert_eq!(one("kind = 'google'", false).unwrap().issuer, "https://accounts.google.com");
    let github = one("kind = 'github'", false).unwrap();
    assert_eq!((github.issuer.as_str(), github.scopes[1].as_str()), ("https://github.com", "user:email"));
    assert_eq!(refusal(""), "provider a-b: issuer: say the provider's, as https://id.example.org");
}

#[test]
fn microsoft_serves_one_directory_or_many() {
    let one_tenant = one(&format!("kind = 'microsoft'\ntenant = '{TENANT}'"), false).unwrap();
    assert_eq!(one_tenant.issuer_template(), format!("https://login.microsoftonline.com/{TENANT}/v2.0"));
    let many = one("kind = 'microsoft'\ntenant = 'organizations'", false).unwrap();
    assert_eq!(many.issuer_template(), "https://login.microsoftonline.com/{tenantid}/v2.0");
    let discovery = "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration";
    assert_eq!(many.discovery(), discovery);
    let of = |tenant: &str| format!("https://login.microsoftonline.com/{tenant}/v2.0");
    assert!(many.may_issue(&of(TENANT)) && one_tenant.may_issue(&of(TENANT)));
    let other = TENANT.replace('3', "4");
    assert!(many.may_issue(&of(&other)) && !one_tenant.may_issue(&of(&other)));
    for issuer in [of("{tenantid}"), of("organizations"), format!("{}/", of(TENANT)), of("")] {
        assert!(!many.may_issue(&issuer), "{issuer}");
    }
    assert!(refusal("kind = 'microsoft'").contains("tenant: say"));
    for tenant in ["contoso.example", "consumers", "3F1C7C6E-0000-4000-8000-000000000001", ""] {
        assert!(refusal(&format!("kind = 'microsoft'\ntenant = '{tenant}'")).contains("tenant: say"), "{tenant}");
    }
    assert!(refusal(&format!("issuer = 'https://a.example'\ntenant = '{TENANT}'")).contains("only Microsoft"));
}

#[test]
fn nobody_is_asked_in_the_clear() {
    assert!(
        refusal("issuer = 'http://id.example.org'").ends_with("issuer: must be https, http://id.example.org is not")
    );
    assert!(refusal("issuer = 'http://127.0.0.1:9'").contains("must be https"));
    assert!(one("issuer = 'http://127.0.0.1:9'", true).is_ok());
    assert!(one("issuer = 'http://id.example.org'", true).is_err());
    for issuer in
        ["https://me@id.example.org", "https://id.example.org?a=b", "https://id.example.org#a", "id.example.org"]
    {
        assert!(refusal(&format!("issuer = '{issuer}'")).contains("issuer: "), "{issuer}");
    }
}

#[test]
fn what_cannot_be_is_refused_with_its_name_and_never_shows_a_secret() {
    assert!(refusal("issuer = 'https://a.example'\nscopes = ['email']").contains("openid must be among them"));
    let inline = refusal("issuer = 'https://a.example'\nclient_secret = 'hush'");
    assert!(inline.starts_with("line 7: unknown field `client_secret`") && !inline.contains("hush"), "{inline}");
    assert!(refusal("kind = 'facebook'").contains("unknown variant `facebook`"));
    let settings = one("issuer = 'https://a.example'", false).unwrap();
    assert!(!format!("{settings:?}").contains("hush"));
    for slug in ["", "A", "a--b", "a/b", "-a", "é"] {
        assert!(!is_slug(slug), "{slug}");
    }
    let missing =
        "[[provider]]\nslug='a'\nlabel='A'\nkind='google'\nclient_id='b'\nclient_secret_file='/nowhere/at/all'";
    let error = format!("{:#}", parsed(missing, false).unwrap_err());
    assert!(error.contains("provider a: client_secret_file: cannot read /nowhere/at/all"), "{error}");
}

#[test]
fn a_slug_is_given_once_and_a_file_may_name_nobody() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(secret.path(), "hush").unwrap();
    let path = secret.path().display();
    let entry =
        format!("[[provider]]\nslug='a'\nlabel='A'\nkind='google'\nclient_id='b'\nclient_secret_file='{path}'\n");
    assert_eq!(parsed(&entry, false).unwrap().len(), 1);
    assert!(parsed(&entry.repeat(2), false).unwrap_err().to_string().contains("there are two"));
    assert!(parsed("", false).unwrap().is_empty());
}
