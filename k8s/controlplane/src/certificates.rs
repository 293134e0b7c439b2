//! Certificates of one control plane, X.509 v3 on P-256: rustls refuses v1.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::Context;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SanType,
};

/// What signs all other certificates.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
}

/// A certificate with its key, both PEM.
#[derive(Clone)]
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// Its private key.
    pub key: String,
}

/// The pair that signs the tokens of service accounts, both PEM.
pub(crate) struct Signer {
    pub(crate) public: String,
    pub(crate) private: String,
}

impl Authority {
    /// One that nobody knew before.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new() -> anyhow::Result<Self> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "control plane of a test");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?.pem();
        Ok(Self { issuer: Issuer::new(params, key), certificate })
    }

    /// Its own certificate, PEM.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// A client that the API server knows by this name and these groups.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn client(&self, name: &str, groups: &[&str]) -> anyhow::Result<Identity> {
        self.signed(named(name, groups), ExtendedKeyUsagePurpose::ClientAuth)
    }

    /// A server on loopback, which is also what pods call the API server.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn server(&self, name: &str) -> anyhow::Result<Identity> {
        let mut params = named(name, &[]);
        let address = |octets: [u8; 4]| SanType::IpAddress(IpAddr::V4(Ipv4Addr::from(octets)));
        params.subject_alt_names = vec![address([127, 0, 0, 1]), address([10, 0, 0, 1])];
        for name in ["localhost", "kubernetes.default.svc"] {
            params.subject_alt_names.push(SanType::DnsName(name.try_into().context("a name")?));
        }
        self.signed(params, ExtendedKeyUsagePurpose::ServerAuth)
    }

    fn signed(&self, mut params: CertificateParams, purpose: ExtendedKeyUsagePurpose) -> anyhow::Result<Identity> {
        params.extended_key_usages = vec![purpose];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(Identity { certificate: certificate.pem(), key: key.serialize_pem() })
    }
}

impl Signer {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let key = KeyPair::generate()?;
        Ok(Self { public: key.public_key_pem(), private: key.serialize_pem() })
    }
}

fn named(name: &str, groups: &[&str]) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    for group in groups {
        params.distinguished_name.push(DnType::OrganizationName, *group);
    }
    params
}
