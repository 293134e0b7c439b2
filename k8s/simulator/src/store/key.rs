//! What names an object: kind, namespace, name.

use std::fmt;

use crate::kinds::Kind;

/// An object's name; cluster-wide kinds have an empty namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) kind: Kind,
    pub(crate) namespace: String,
    pub(crate) name: String,
}

impl Key {
    pub(crate) fn new(kind: Kind, namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self { kind, namespace: namespace.into(), name: name.into() }
    }

    pub(crate) fn node(name: &str) -> Self {
        Self::new(Kind::Node, "", name)
    }

    pub(crate) fn lease(node: &str) -> Self {
        Self::new(Kind::Lease, "kube-node-lease", node)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = self.kind.words().plural;
        if self.namespace.is_empty() {
            write!(f, "{plural}/{}", self.name)
        } else {
            write!(f, "{plural}/{}/{}", self.namespace, self.name)
        }
    }
}
