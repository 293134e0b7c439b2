//! The way out for letters. What they say stands in the messages, which of them wait in `domain::mail`.

use std::{fs, time::Duration};

use anyhow::{Context, bail, ensure};
use axum::http::Uri;
use domain::mail::{Due, Undelivered};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{
        PoolConfig,
        client::{Certificate, Tls, TlsParameters},
        response::Severity,
    },
};
use messages::{Letter, Locale, Words};

use crate::config::{MailArguments, Mode};

/// How long connecting to one address of the mail server may take.
const TO_CONNECT: Duration = Duration::from_secs(15);
/// How long a letter may be on its way: half as long as it belongs to who took it. lettre itself would wait for ever where a
/// mail server takes the connection and then says nothing.
const ON_ITS_WAY: Duration = Duration::from_secs(60);

/// Where letters go.
#[derive(Clone)]
pub(crate) enum Post {
    /// Nowhere: they stay to be read at `/dev/mail`.
    Mailbox,
    /// To a mail server.
    Server(Box<Server>),
}

/// A mail server and whom letters come from.
#[derive(Clone)]
pub(crate) struct Server {
    smtp: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

impl Post {
    /// As the settings say; nothing where production has no mail server.
    ///
    /// # Errors
    /// For an address that cannot be read, and for one that would send letters or a password in the clear.
    pub(crate) fn chosen(settings: &MailArguments, mode: Mode, base_url: &str) -> anyhow::Result<Option<Self>> {
        let own = host(base_url).context("the base URL names no host")?;
        let Some(url) = settings.url()? else {
            return Ok((mode == Mode::Development).then_some(Self::Mailbox));
        };
        let url = url.reveal();
        // Neither error may repeat the address, which holds a password.
        let unreadable = "TAMUDA_MAIL_URL cannot be read: say smtps://user:password@host";
        let mut smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).ok().context(unreadable)?;
        let address: Uri = url.parse().ok().context(unreadable)?;
        let is_implicit = address.scheme_str() == Some("smtps");
        let is_encrypted =
            is_implicit || address.query().is_some_and(|query| query.split('&').any(|part| part == "tls=required"));
        if mode == Mode::Production {
            ensure!(
                is_encrypted,
                "production refuses unencrypted mail: TAMUDA_MAIL_URL must be smtps:// or end with ?tls=required"
            );
        }
        if let Some(path) = &settings.mail_ca {
            ensure!(is_encrypted, "TAMUDA_MAIL_CA is of no use without TLS: see TAMUDA_MAIL_URL");
            let pem = fs::read(path).with_context(|| format!("TAMUDA_MAIL_CA: cannot read {}", path.display()))?;
            let certificate = Certificate::from_pem(&pem).context("TAMUDA_MAIL_CA holds no certificate")?;
            let tls = TlsParameters::builder(address.host().context(unreadable)?.to_owned())
                .add_root_certificate(certificate)
                .build()?;
            smtp = smtp.tls(if is_implicit { Tls::Wrapper(tls) } else { Tls::Required(tls) });
        }
        let from = settings.mail_from.clone().unwrap_or_else(|| format!("Tamuda <tamuda@{own}>"));
        let Ok(from) = from.parse() else { bail!("TAMUDA_MAIL_FROM is no address: say Tamuda <gpu@example.org>") };
        // A pool that keeps nothing takes leave of the mail server beside us: what it has taken is sent, whether it says
        // good-bye or not. No connection is handed on, since one given up is in the midst of a conversation.
        let smtp = smtp.timeout(Some(TO_CONNECT)).pool_config(PoolConfig::new().max_size(0)).build();
        Ok(Some(Self::Server(Box::new(Server { smtp, from, host: own }))))
    }
}

impl Server {
    /// Hands a letter over.
    ///
    /// # Errors
    /// What the mail server or the network said.
    pub(crate) async fn send(&self, letter: &Due, base_url: &str) -> Result<(), Undelivered> {
        let message = self.message(letter, base_url).map_err(|error| Undelivered {
            said: format!("{error:#}"),
            // Neither the address nor the letter changes by waiting.
            is_final: true,
        })?;
        let Ok(sent) = tokio::time::timeout(ON_ITS_WAY, self.smtp.send(message)).await else {
            let waited = ON_ITS_WAY.as_secs();
            let said = format!("the mail server fell silent: after {waited} s nobody knows whether it took the letter");
            return Err(Undelivered { said, is_final: false });
        };
        sent.map(drop)
            .map_err(|error| Undelivered { said: error.to_string(), is_final: is_about_the_recipient(&error) })
    }

    fn message(&self, letter: &Due, base_url: &str) -> anyhow::Result<Message> {
        let Letter { subject, text, html } = worded(letter, base_url);
        let to = letter.recipient.parse().context("the address is none that mail can be sent to")?;
        // The same at every try: who gets it twice sees it once.
        let id = format!("<{}@{}>", letter.id, self.host);
        let message = Message::builder().from(self.from.clone()).to(to).subject(subject).message_id(Some(id));
        Ok(message.multipart(MultiPart::alternative_plain_html(text, html))?)
    }
}

/// The letter in its reader's language.
fn worded(letter: &Due, base_url: &str) -> Letter {
    let locale = letter.locale.as_deref().and_then(Locale::of_tag).unwrap_or(Locale::En);
    Words::new(locale, crate::ZONE).letter(letter.kind, &letter.arguments, base_url)
}

/// Whether the server refused the letter for good. A refusal to let us in is about us, and may be mended.
fn is_about_the_recipient(error: &lettre::transport::smtp::Error) -> bool {
    const ABOUT_US: [u16; 5] = [530, 534, 535, 538, 554];
    error.status().is_some_and(|code| {
        code.severity == Severity::PermanentNegativeCompletion && !ABOUT_US.contains(&u16::from(code))
    })
}

fn host(url: &str) -> Option<String> {
    url.parse::<Uri>().ok()?.host().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTAL: &str = "https://gpu.example.org";

    fn chosen(url: Option<&str>, mode: Mode) -> anyhow::Result<Option<Post>> {
        let mail_url = url.map(|url| url.parse()).transpose()?;
        let settings = MailArguments { mail_url, mail_url_file: None, mail_from: None, mail_ca: None };
        Post::chosen(&settings, mode, PORTAL)
    }

    #[test]
    fn without_a_mail_server_development_keeps_letters_and_production_lets_them_wait() {
        assert!(matches!(chosen(None, Mode::Development), Ok(Some(Post::Mailbox))));
        assert!(matches!(chosen(None, Mode::Production), Ok(None)));
    }

    #[tokio::test]
    async fn production_sends_no_letter_in_the_clear_and_no_error_says_the_password() {
        for url in ["smtp://us:hush@mail.example.org", "smtp://us:hush-tls=required@mail.example.org", "nonsense hush"]
        {
            let Err(error) = chosen(Some(url), Mode::Production) else { panic!("{url} was taken") };
            assert!(!format!("{error:#}").contains("hush"), "{error:#}");
        }
        for url in ["smtps://us:hush@mail.example.org", "smtp://us:hush@mail.example.org:587?tls=required"] {
            assert!(matches!(chosen(Some(url), Mode::Production), Ok(Some(Post::Server(_)))), "{url}");
        }
    }
}
