//! What a request speaks of: the path and the query, taken apart.

use std::collections::HashMap;

use super::refusal::Refusal;
use crate::kinds::Kind;
use crate::store::Key;

/// A resource path: a kind, perhaps a namespace, a name and a subresource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) kind: Kind,
    pub(crate) namespace: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) subresource: Option<String>,
}

/// The parameters of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(HashMap<String, String>);

impl Target {
    /// Reads a path below `/api` or `/apis`.
    pub(crate) fn parse(path: &str) -> Result<Self, Refusal> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["api", "v1", rest @ ..] => Self::within("", rest),
            ["apis", group, "v1", rest @ ..] => Self::within(group, rest),
            _ => Err(Refusal::no_resource()),
        }
    }

    /// The key of the object; an error where the path names none.
    pub(crate) fn key(&self) -> Result<Key, Refusal> {
        let name = self.name.clone().ok_or_else(Refusal::not_allowed)?;
        Ok(Key::new(self.kind, self.namespace.clone().unwrap_or_default(), name))
    }

    fn within(group: &str, rest: &[&str]) -> Result<Self, Refusal> {
        let (namespace, rest) = match rest {
            ["namespaces", namespace, plural, tail @ ..] if !is_namespace_part(plural) => {
                (Some((*namespace).to_owned()), [&[*plural], tail].concat())
            }
            _ => (None, rest.to_vec()),
        };
        let (plural, tail) = rest.split_first().ok_or_else(Refusal::no_resource)?;
        let kind = Kind::of_resource(group, plural).ok_or_else(|| unknown(group, plural))?;
        if namespace.is_some() && !kind.words().namespaced {
            return Err(Refusal::no_resource());
        }
        let (name, subresource) = match tail {
            [] => (None, None),
            [name] => (Some((*name).to_owned()), None),
            [name, subresource] => (Some((*name).to_owned()), Some((*subresource).to_owned())),
            _ => return Err(Refusal::not_simulated(format!("{plural} with a deeper path"))),
        };
        Ok(Self { kind, namespace, name, subresource })
    }
}

impl Query {
    pub(crate) fn parse(text: &str) -> Result<Self, Refusal> {
        serde_urlencoded::from_str(text).map(Self).map_err(|error| Refusal::bad_request(error.to_string()))
    }

    /// A parameter's text; an empty one counts as absent.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    pub(crate) fn is_true(&self, name: &str) -> bool {
        matches!(self.text(name), Some("true" | "1"))
    }

    /// A number; an error when the parameter is there and is none.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let read = |text: &str| text.parse().map_err(|_| Refusal::bad_request(format!("invalid {name}: {text:?}")));
        self.text(name).map(read).transpose()
    }

    /// Trying a write without doing it is left to real API servers.
    pub(crate) fn refuse_dry_run(&self) -> Result<(), Refusal> {
        self.text("dryRun").map_or(Ok(()), |_| Err(Refusal::not_simulated("dryRun")))
    }
}

fn is_namespace_part(part: &str) -> bool {
    matches!(part, "status" | "finalize")
}

fn unknown(group: &str, plural: &str) -> Refusal {
    Refusal::not_simulated(if group.is_empty() { plural.to_owned() } else { format!("{plural}.{group}") })
}

#[cfg(test)]
mod tests {
    use super::Target;
    use crate::kinds::Kind;

    #[test]
    fn paths_name_kind_namespace_name_and_subresource() {
        let target = Target::parse("/api/v1/namespaces/a/pods/p/status").unwrap();
        assert_eq!(target.kind, Kind::Pod);
        assert_eq!(target.namespace.as_deref(), Some("a"));
        assert_eq!(target.name.as_deref(), Some("p"));
        assert_eq!(target.subresource.as_deref(), Some("status"));
        let namespace = Target::parse("/api/v1/namespaces/a/status").unwrap();
        assert_eq!((namespace.kind, namespace.name.as_deref()), (Kind::Namespace, Some("a")));
    }

    #[test]
    fn kinds_that_do_not_exist_are_answered_501_and_paths_outside_404() {
        assert_eq!(Target::parse("/api/v1/configmaps").unwrap_err().code, 501);
        assert_eq!(Target::parse("/apis/apps/v1/deployments").unwrap_err().code, 501);
        assert_eq!(Target::parse("/nothing").unwrap_err().code, 404);
    }
}
