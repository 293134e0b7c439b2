//! Network policies: which ranges of addresses are well formed.

use std::net::IpAddr;

use serde_json::Value;

use crate::api::{FieldError, Refusal};
use crate::kinds::Kind;

/// Refuses the ranges that Kubernetes refuses since its validation is strict.
pub(super) fn check(name: &str, body: &Value) -> Result<(), Refusal> {
    let mut causes = Vec::new();
    for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
        for (rule_place, rule) in places(&body["spec"][rules]) {
            for (peer_place, peer) in places(&rule[peers]).filter(|(_, peer)| peer["ipBlock"].is_object()) {
                let field = format!("spec.{rules}[{rule_place}].{peers}[{peer_place}].ipBlock");
                check_block(&field, &peer["ipBlock"], &mut causes);
            }
        }
    }
    if causes.is_empty() { Ok(()) } else { Err(Refusal::invalid(Kind::NetworkPolicy, name, &causes)) }
}

fn places(list: &Value) -> impl Iterator<Item = (usize, &Value)> {
    list.as_array().into_iter().flatten().enumerate()
}

fn check_block(field: &str, block: &Value, causes: &mut Vec<FieldError>) {
    let text = block["cidr"].as_str().unwrap_or_default();
    let Some(whole) = parsed(&format!("{field}.cidr"), text, causes) else { return };
    for (place, except) in places(&block["except"]) {
        let (field, text) = (format!("{field}.except[{place}]"), except.as_str().unwrap_or_default());
        let Some(part) = parsed(&field, text, causes) else { continue };
        if !whole.has_inside(&part) {
            causes.push(FieldError::invalid(&field, format!("{text:?}"), "must be a strict subset of `cidr`"));
        }
    }
}

/// A range of addresses, as bits from the top.
#[derive(Debug)]
struct Range {
    is_v4: bool,
    bits: u128,
    length: u32,
}

impl Range {
    fn has_inside(&self, other: &Self) -> bool {
        self.is_v4 == other.is_v4 && self.length < other.length && masked(other.bits, self.length) == self.bits
    }
}

/// The range, where it is one at all, with what is wrong with how it is written.
fn parsed(field: &str, text: &str, causes: &mut Vec<FieldError>) -> Option<Range> {
    let mut complain = |why: &str| causes.push(FieldError::invalid(field, format!("{text:?}"), why));
    let Some((address, length)) = halves(text) else {
        complain("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        return None;
    };
    let (is_v4, bits) = match address {
        IpAddr::V4(v4) => (true, u128::from(v4.to_bits()) << 96),
        // Kubernetes takes it for the IPv4 range that it maps.
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some() => {
            complain("must not have an IPv4-mapped IPv6 address");
            return Some(Range { is_v4: true, bits: v6.to_bits() << 96, length: length.saturating_sub(96) });
        }
        IpAddr::V6(v6) => (false, v6.to_bits()),
    };
    if masked(bits, length) != bits {
        complain("must not have bits set beyond the prefix length");
    }
    Some(Range { is_v4, bits: masked(bits, length), length })
}

fn halves(text: &str) -> Option<(IpAddr, u32)> {
    let (address, length) = text.split_once('/')?;
    let (address, length): (IpAddr, u32) = (address.parse().ok()?, length.parse().ok()?);
    (length <= if address.is_ipv4() { 32 } else { 128 }).then_some((address, length))
}

fn masked(bits: u128, length: u32) -> u128 {
    u128::MAX.checked_shl(128 - length).map_or(0, |mask| bits & mask)
}
