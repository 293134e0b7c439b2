//! Names, labels and annotations: which are well formed.

use serde_json::Value;

use crate::api::{FieldError, Refusal};
use crate::kinds::Kind;
use crate::store::Key;

const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// Refuses names and labels that Kubernetes refuses.
pub(super) fn check(key: &Key, body: &Value) -> Result<(), Refusal> {
    let mut causes = Vec::new();
    let name = key.name.as_str();
    let short = matches!(key.kind, Kind::Namespace | Kind::Service);
    let (longest, rule) = if short { (63, LABEL) } else { (253, SUBDOMAIN) };
    if name.len() > longest {
        causes.push(FieldError::invalid(
            "metadata.name",
            format!("{name:?}"),
            &format!("must be no more than {longest} bytes"),
        ));
    }
    if !(if short { is_label(name) } else { name.split('.').all(is_label) }) {
        causes.push(FieldError::invalid("metadata.name", format!("{name:?}"), rule));
    }
    for value in body["metadata"]["labels"].as_object().into_iter().flatten().filter_map(|(_, value)| value.as_str()) {
        if value.len() > 63 {
            causes.push(FieldError::invalid("metadata.labels", format!("{value:?}"), "must be no more than 63 bytes"));
        }
        if !is_label_value(value) {
            causes.push(FieldError::invalid("metadata.labels", format!("{value:?}"), VALUE));
        }
    }
    if causes.is_empty() { Ok(()) } else { Err(Refusal::invalid(key.kind, name, &causes)) }
}

/// Whether a text is a DNS label of lower case letters, digits and hyphens.
pub(super) fn is_label(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}

fn is_label_value(text: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric();
    text.chars().all(|c| edge(c) || matches!(c, '-' | '_' | '.'))
        && text.chars().next().is_none_or(edge)
        && text.chars().next_back().is_none_or(edge)
}

/// The rule a container's name must meet.
pub(super) fn label_rule() -> &'static str {
    LABEL
}
