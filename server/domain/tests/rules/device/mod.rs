//! A device that makes passkeys, in software: it answers as a browser does, and each part of its answer can be wrong.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use types::UserId;

/// Where the portal of the tests is.
pub(crate) const ORIGIN: &str = "https://gpu.example.org";

const PERSON_IS_THERE: u8 = 0x01;
const PERSON_IS_RECOGNISED: u8 = 0x04;
const HOLDS_A_NEW_KEY: u8 = 0x40;

/// One device with one key.
pub(crate) struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// How often it has signed.
    pub(crate) counter: u32,
    /// Whether it recognises its person before it signs.
    pub(crate) recognises: bool,
    /// Where it believes to be.
    pub(crate) origin: &'static str,
}

impl Device {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, made.as_ref(), &random).unwrap();
        let id = digest(&SHA256, key.public_key().as_ref()).as_ref().to_vec();
        Self { key, id, counter: 0, recognises: true, origin: ORIGIN }
    }

    /// The same key elsewhere, which has signed as often: a copy of the device.
    pub(crate) fn counts(&mut self, counter: u32) -> &mut Self {
        self.counter = counter;
        self
    }

    /// Answers the question for a new passkey.
    pub(crate) fn create(&self, asked: &Value) -> String {
        let public = self.key.public_key().as_ref();
        // A COSE key: EC2, ES256, P-256, and both coordinates.
        let cose = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], &public[1..33], &[0x22, 0x58, 32], &public[33..]];
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let held = [&[0; 16][..], &length, &self.id, &cose.concat()].concat();
        let said = self.said(&asked["publicKey"]["rp"]["id"], HOLDS_A_NEW_KEY, &held);
        // CBOR: a map of three, without an attestation.
        let length = u8::try_from(said.len()).unwrap();
        let object = [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"[..], &[length], &said].concat();
        let response = json!({
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(self.client("webauthn.create", asked)),
            "transports": ["internal"],
        });
        self.answer(response)
    }

    /// Answers the question for a passkey that it has, of this person.
    pub(crate) fn show(&mut self, asked: &Value, user: UserId) -> String {
        self.counter += 1;
        let (said, client) = (self.said(&asked["publicKey"]["rpId"], 0, &[]), self.client("webauthn.get", asked));
        let signed = [&said[..], digest(&SHA256, client.as_bytes()).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let response = json!({
            "authenticatorData": URL_SAFE_NO_PAD.encode(said),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": URL_SAFE_NO_PAD.encode(user.uuid().as_bytes()),
        });
        self.answer(response)
    }

    /// What the device says of itself, over which it signs.
    fn said(&self, party: &Value, more: u8, held: &[u8]) -> Vec<u8> {
        let recognised = if self.recognises { PERSON_IS_RECOGNISED } else { 0 };
        let party = digest(&SHA256, party.as_str().unwrap().as_bytes());
        [party.as_ref(), &[PERSON_IS_THERE | recognised | more], &self.counter.to_be_bytes(), held].concat()
    }

    /// What the browser says of the question and of where it was asked.
    fn client(&self, kind: &str, asked: &Value) -> String {
        let challenge = &asked["publicKey"]["challenge"];
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string()
    }

    fn answer(&self, response: Value) -> String {
        let id = URL_SAFE_NO_PAD.encode(&self.id);
        let answer =
            json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} });
        answer.to_string()
    }
}
