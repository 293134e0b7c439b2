//! Lists of networks, as `10.0.0.0/8,::1`.

use std::{fmt, net::IpAddr, str::FromStr};

/// Networks by their prefixes; empty holds nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<(IpAddr, u8)>);

/// A text that is no list of networks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseNetworkError(String);

impl fmt::Display for ParseNetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no network such as 10.0.0.0/8 or ::1", self.0)
    }
}

impl std::error::Error for ParseNetworkError {}

impl Networks {
    /// Whether an address lies in one of them.
    #[must_use]
    pub fn hold(&self, address: IpAddr) -> bool {
        // A listener on :: sees IPv4 clients as ::ffff:a.b.c.d.
        let address = address.to_canonical();
        self.0.iter().any(|(network, prefix)| same_prefix(*network, address, *prefix))
    }
}

impl FromStr for Networks {
    type Err = ParseNetworkError;

    fn from_str(text: &str) -> Result<Self, ParseNetworkError> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words
            .map(|word| network(word).ok_or_else(|| ParseNetworkError(word.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

fn network(word: &str) -> Option<(IpAddr, u8)> {
    let (address, prefix) = word.split_once('/').map_or((word, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().ok()?;
    let widest = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Some(widest), |prefix| prefix.parse().ok())?;
    (prefix <= widest).then_some((address, prefix))
}

fn same_prefix(network: IpAddr, address: IpAddr, prefix: u8) -> bool {
    let (differing, width) = match (network, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (u128::from(a.to_bits() ^ b.to_bits()), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits(), 128),
        _ => return false,
    };
    differing.checked_shr(width - u32::from(prefix)).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_own_addresses_and_no_other() {
        let networks: Networks = "10.0.0.0/8, ::1".parse().unwrap();
        for (address, held) in
            [("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("11.0.0.1", false), ("::1", true), ("::2", false)]
        {
            assert_eq!(networks.hold(address.parse().unwrap()), held, "{address}");
        }
        assert!("0.0.0.0/0".parse::<Networks>().unwrap().hold("192.0.2.1".parse().unwrap()));
        assert!("::/0".parse::<Networks>().unwrap().hold("2001:db8::1".parse().unwrap()));
        assert!(!Networks::default().hold("127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["10.0.0.0/33", "::/129", "example.org", "10.0.0/8", "10.0.0.0/-1"] {
            assert!(text.parse::<Networks>().is_err(), "{text}");
        }
    }
}
