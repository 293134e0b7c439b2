//! What the screens of a claimed domain share: the owner's, who asks for it, and the staff's, who answer.

use leptos::prelude::AnyView;
use messages::{Words, say};
use session::Portal;
use types::DomainView;

use crate::components::{Tone, ident, pill, text, time};

/// Where the record stands in the name service, and what it says.
pub(super) fn published(domain: &DomainView) -> (String, String) {
    (format!("_tamuda.{}", domain.name), domain.id.to_string())
}

/// What a provider is called, by its word in addresses.
pub(super) fn provider_name(portal: &Portal, slug: &str) -> String {
    portal.providers.get(slug).map_or_else(|| slug.to_owned(), |provider| provider.settings().label.clone())
}

/// What is known of a domain.
pub(super) fn known(portal: &Portal, words: &Words, domain: &DomainView) -> Vec<(String, AnyView)> {
    vec![
        (say!(words, "domain"), ident(domain.name.clone())),
        (say!(words, "domain-provider"), text(provider_name(portal, &domain.provider))),
        (say!(words, "domain-role"), text(words.role(domain.role))),
        (say!(words, "member-since"), time(domain.claimed_at, words.date(domain.claimed_at))),
    ]
}

/// Whether the hub has confirmed it.
pub(super) fn standing(words: &Words, domain: &DomainView) -> AnyView {
    match domain.confirmed_at {
        Some(_) => pill(Tone::Good, say!(words, "domain-confirmed")),
        None => pill(Tone::Warn, say!(words, "domain-waits")),
    }
}
