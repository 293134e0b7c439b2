//! Where a request came from.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};

use crate::{Networks, Portal};

/// What a request says of the machine it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The peer's address, or what a trusted proxy says of it.
    pub address: IpAddr,
    /// What the browser or the program says it is.
    pub device: String,
}

impl<S> FromRequestParts<S> for Client
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let portal = Portal::from_ref(state);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical());
        let device = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            address: client(peer, &parts.headers, &portal.settings.trusted_proxies),
            device: device.unwrap_or_default().to_owned(),
        })
    }
}

/// Walks back through the proxies that are trusted; the first that is not is the client.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &Networks) -> IpAddr {
    let said = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = said.flat_map(|value| value.split(',')).map(str::trim).collect();
    let mut client = peer;
    for hop in hops.iter().rev() {
        if !trusted.hold(client) {
            break;
        }
        match hop.parse::<IpAddr>() {
            Ok(before) => client = before.to_canonical(),
            Err(_) => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &str) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        client(peer.parse().unwrap(), &headers, &trusted.parse().unwrap()).to_string()
    }

    #[test]
    fn strangers_cannot_say_where_they_are() {
        assert_eq!(seen("192.0.2.9", &["10.9.9.9"], ""), "192.0.2.9");
        assert_eq!(seen("192.0.2.9", &["10.9.9.9"], "10.0.0.0/8"), "192.0.2.9");
    }

    #[test]
    fn the_last_hop_that_is_not_trusted_is_the_client() {
        assert_eq!(seen("10.0.0.1", &["203.0.113.7"], "10.0.0.0/8"), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, 203.0.113.7", "10.0.0.2"], "10.0.0.0/8"), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", &["nonsense"], "10.0.0.0/8"), "10.0.0.1");
    }
}
