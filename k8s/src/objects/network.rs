//! Who may talk to an organisation's pods: nobody but the portal's proxy; and whom they may talk to: the
//! public Internet and the cluster's name service, not each other, not what is private.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::networking::v1::{
        IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer,
        NetworkPolicyPort, NetworkPolicySpec,
    },
    apimachinery::pkg::{apis::meta::v1::LabelSelector, util::intstr::IntOrString},
};
use types::NamespaceWish;

use crate::{names::Installation, objects::organisation_meta};

/// The namespace that the portal's proxy runs in.
const PROXY_NAMESPACE: &str = "tamuda-proxy";

/// Private, shared, link-local (with the clouds' metadata), loopback, test, benchmark, multicast and reserved ranges.
const NOT_PUBLIC_V4: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
];

/// Loopback, translated, unique local, link-local, 6to4 and multicast ranges. Mapped addresses cannot be named: Kubernetes
/// refuses them, and takes them for the IPv4 addresses that they are.
const NOT_PUBLIC_V6: &[&str] =
    &["::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8"];

/// Every policy of the namespace.
pub(crate) fn network_policies(installation: &Installation, wish: &NamespaceWish) -> Vec<NetworkPolicy> {
    let policy = |name: &str, spec: NetworkPolicySpec| NetworkPolicy {
        metadata: organisation_meta(installation, wish.organisation, name, wish.wish_seq),
        spec: Some(NetworkPolicySpec { pod_selector: Some(LabelSelector::default()), ..spec }),
    };
    vec![
        policy("deny-all", both_ways()),
        policy("names", egress(vec![to_name_service()])),
        policy("internet", egress(vec![to_internet()])),
        policy("proxy", ingress(vec![from_proxy()])),
    ]
}

/// Selecting a direction without a rule denies it.
fn both_ways() -> NetworkPolicySpec {
    NetworkPolicySpec {
        policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
        ..NetworkPolicySpec::default()
    }
}

fn egress(rules: Vec<NetworkPolicyEgressRule>) -> NetworkPolicySpec {
    NetworkPolicySpec {
        policy_types: Some(vec!["Egress".to_owned()]),
        egress: Some(rules),
        ..NetworkPolicySpec::default()
    }
}

fn ingress(rules: Vec<NetworkPolicyIngressRule>) -> NetworkPolicySpec {
    NetworkPolicySpec {
        policy_types: Some(vec!["Ingress".to_owned()]),
        ingress: Some(rules),
        ..NetworkPolicySpec::default()
    }
}

fn to_name_service() -> NetworkPolicyEgressRule {
    let port = |protocol: &str| NetworkPolicyPort {
        port: Some(IntOrString::Int(53)),
        protocol: Some(protocol.to_owned()),
        end_port: None,
    };
    let peer = NetworkPolicyPeer {
        namespace_selector: Some(named_namespace("kube-system")),
        pod_selector: Some(labelled("k8s-app", "kube-dns")),
        ip_block: None,
    };
    NetworkPolicyEgressRule { to: Some(vec![peer]), ports: Some(vec![port("UDP"), port("TCP")]) }
}

fn to_internet() -> NetworkPolicyEgressRule {
    let all_but = |cidr: &str, except: &[&str]| NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr: cidr.to_owned(),
            except: Some(except.iter().map(|&range| range.to_owned()).collect()),
        }),
        ..NetworkPolicyPeer::default()
    };
    let peers = vec![all_but("0.0.0.0/0", NOT_PUBLIC_V4), all_but("::/0", NOT_PUBLIC_V6)];
    NetworkPolicyEgressRule { to: Some(peers), ports: None }
}

fn from_proxy() -> NetworkPolicyIngressRule {
    let peer = NetworkPolicyPeer {
        namespace_selector: Some(named_namespace(PROXY_NAMESPACE)),
        ..NetworkPolicyPeer::default()
    };
    NetworkPolicyIngressRule { from: Some(vec![peer]), ports: None }
}

fn named_namespace(name: &str) -> LabelSelector {
    labelled("kubernetes.io/metadata.name", name)
}

fn labelled(key: &str, value: &str) -> LabelSelector {
    LabelSelector {
        match_labels: Some(BTreeMap::from([(key.to_owned(), value.to_owned())])),
        ..LabelSelector::default()
    }
}
