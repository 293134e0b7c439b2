//! Whether a call comes from Stripe: its signature over the very bytes, in time, by any of the secrets that are valid now. Only
//! what names the event and its object is read; the object itself is fetched.

use domain::payments::Event;
use ring::hmac;
use serde::Deserialize;
use types::Timestamp;

/// How far the instant of a signature may be from ours, in seconds.
const TOLERANCE_S: i64 = 300;
/// So many signatures are looked at: one for each secret while secrets are exchanged. Each costs a pass over the whole body,
/// and whoever calls is not known yet.
const MOST_SIGNATURES: usize = 8;
/// Bytes of a signature.
const SIGNATURE_BYTES: usize = 32;
/// The longest name that is kept.
const MOST_CHARACTERS: usize = 255;

/// Why a call counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotGenuine {
    /// The header is none of Stripe's.
    #[error("the header cannot be read")]
    Unreadable,
    /// It was signed too long ago, or for later.
    #[error("the signature is not of now")]
    NotOfNow,
    /// It was not signed with a secret of ours, or was changed since.
    #[error("the signature is of something else")]
    Foreign,
}

/// The secrets that calls are signed with: more than one while they are exchanged.
#[derive(Debug)]
pub struct WebhookSecrets(Vec<hmac::Key>);

impl WebhookSecrets {
    /// These, apart by commas or spaces.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let secrets = text.split([',', ' ', '\n', '\r', '\t']).filter(|secret| !secret.is_empty());
        Self(secrets.map(|secret| hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())).collect())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks that Stripe signed these bytes a little while ago, by the header `Stripe-Signature`.
    ///
    /// # Errors
    /// Why it is not so.
    pub fn check(&self, header: &str, body: &[u8], now: Timestamp) -> Result<(), NotGenuine> {
        let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
        let at = parts().find(|(name, _)| *name == "t").map(|(_, text)| text).ok_or(NotGenuine::Unreadable)?;
        let second: i64 = at.parse().map_err(|_| NotGenuine::Unreadable)?;
        let named = parts().filter(|(name, _)| *name == "v1").take(MOST_SIGNATURES);
        let signatures: Vec<_> =
            named.filter_map(|(_, text)| bytes(text)).filter(|tag| tag.len() == SIGNATURE_BYTES).collect();
        if signatures.is_empty() {
            return Err(NotGenuine::Unreadable);
        }
        let signed = [at.as_bytes(), b".", body].concat();
        // The comparison takes as long whatever it finds.
        let is_ours = |key: &hmac::Key| signatures.iter().any(|tag| hmac::verify(key, &signed, tag).is_ok());
        if !self.0.iter().any(is_ours) {
            return Err(NotGenuine::Foreign);
        }
        let apart = now.as_second().checked_sub(second).and_then(i64::checked_abs);
        if apart.is_some_and(|apart| apart <= TOLERANCE_S) { Ok(()) } else { Err(NotGenuine::NotOfNow) }
    }
}

#[derive(Deserialize)]
struct Body {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    id: Option<String>,
}

/// What a body names; nothing where it is no event.
#[must_use]
pub fn read_event(body: &[u8]) -> Option<Event> {
    let body: Body = serde_json::from_slice(body).ok()?;
    let object = body.data.object.id.filter(|id| is_name(id));
    (is_name(&body.id) && is_name(&body.kind)).then_some(Event { id: body.id, kind: body.kind, object })
}

/// Whether it can be a name of Stripe's, which may stand in an address.
fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    (1..=MOST_CHARACTERS).contains(&text.len()) && text.bytes().all(is_plain)
}

/// The bytes that hexadecimal digits say.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|digit| digit.to_digit(16)?.try_into().ok()).collect();
    let digits = digits.filter(|digits| !digits.is_empty() && digits.len().is_multiple_of(2))?;
    Some(digits.chunks_exact(2).map(|pair| (pair[0] << 4) | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"id":"cs_1"}}}"#;
    const AT: i64 = 1_790_000_000;
    /// HMAC-SHA256 of `1790000000.` and the body, by another program.
    const BY_ONE: &str = "61a22eb7c05c1043ca4445ba44583fd802ed82a634472ef4e394d560e5df7cb8";
    const BY_TWO: &str = "ef9b3f4c9ea1394e0f3eb729d5094fe5c15f0c0d486dee76b6a9b0e9439d4588";

    fn check(secrets: &str, header: &str, body: &[u8], second: i64) -> Result<(), NotGenuine> {
        WebhookSecrets::parse(secrets).check(header, body, Timestamp::from_second(second))
    }

    #[test]
    fn what_stripe_signed_a_little_while_ago_is_genuine() {
        let header = format!("t={AT},v1={BY_ONE},v0=00");
        for second in [AT - 300, AT, AT + 300] {
            assert_eq!(check("whsec_one", &header, BODY, second), Ok(()));
        }
        for second in [AT - 301, AT + 301, i64::from(i32::MAX)] {
            assert_eq!(check("whsec_one", &header, BODY, second), Err(NotGenuine::NotOfNow));
        }
    }

    #[test]
    fn any_secret_that_is_valid_now_and_any_signature_of_the_header_counts() {
        let both = format!("t={AT},v1={BY_TWO},v1={BY_ONE}");
        assert_eq!(check("whsec_one", &both, BODY, AT), Ok(()));
        assert_eq!(check("whsec_two", &both, BODY, AT), Ok(()));
        assert_eq!(check("whsec_one,whsec_two", &format!("t={AT},v1={BY_TWO}"), BODY, AT), Ok(()));
        assert_eq!(check("whsec_one\n", &format!("t={AT},v1={BY_TWO}"), BODY, AT), Err(NotGenuine::Foreign));
        assert_eq!(check("", &both, BODY, AT), Err(NotGenuine::Foreign));
    }

    #[test]
    fn no_header_makes_the_portal_count_a_body_through_again_and_again() {
        let wrong = format!("v1={}", "00".repeat(32));
        let behind = |n: usize| format!("t={AT},{},v1={BY_ONE}", vec![wrong.as_str(); n].join(","));
        assert_eq!(check("whsec_one", &behind(MOST_SIGNATURES - 1), BODY, AT), Ok(()));
        for n in [MOST_SIGNATURES, 10_000] {
            assert_eq!(check("whsec_one", &behind(n), BODY, AT), Err(NotGenuine::Foreign), "{n}");
        }
        assert_eq!(check("whsec_one", &format!("t={AT},v1=00"), BODY, AT), Err(NotGenuine::Unreadable));
    }

    #[test]
    fn another_byte_another_instant_or_another_secret_is_not_genuine() {
        let header = format!("t={AT},v1={BY_ONE}");
        let mut changed = BODY.to_vec();
        for place in 0..BODY.len() {
            changed[place] ^= 1;
            assert_eq!(check("whsec_one", &header, &changed, AT), Err(NotGenuine::Foreign), "{place}");
            changed[place] ^= 1;
        }
        let later = format!("t={},v1={BY_ONE}", AT + 1);
        assert_eq!(check("whsec_one", &later, BODY, AT), Err(NotGenuine::Foreign));
        assert_eq!(check("whsec_other", &header, BODY, AT), Err(NotGenuine::Foreign));
        for header in ["", "t=", "t=1790000000", "v1=00", "t=x,v1=00", "t=1790000000,v0=00", "t=1790000000,v1=0g", "a"]
        {
            assert_eq!(check("whsec_one", header, BODY, AT), Err(NotGenuine::Unreadable), "{header}");
        }
    }

    #[test]
    fn an_event_is_its_names_alone() {
        let event = read_event(BODY).unwrap();
        let names = (event.id.as_str(), event.kind.as_str(), event.object.as_deref());
        assert_eq!(names, ("evt_1", "checkout.session.completed", Some("cs_1")));
        let nameless = br#"{"id":"evt_1","type":"balance.available","data":{"object":{}}}"#;
        assert_eq!(read_event(nameless).unwrap().object, None);
        let path = br#"{"id":"evt_1","type":"a.b","data":{"object":{"id":"../customers"}}}"#;
        assert_eq!(read_event(path).unwrap().object, None);
        for body in [&b""[..], b"[]", br#"{"id":"evt_1"}"#, br#"{"id":"","type":"a","data":{"object":{}}}"#] {
            assert_eq!(read_event(body), None);
        }
    }
}
