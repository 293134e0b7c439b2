//! Which cluster: said, never guessed.

use std::{path::PathBuf, str::FromStr};

/// The cluster that the workers work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClusterChoice {
    /// The simulator: invented nodes, for development and demonstrations.
    Simulator,
    /// The current context of a kubeconfig file.
    Kubeconfig(PathBuf),
    /// The cluster that the program itself runs in.
    InCluster,
}

impl FromStr for ClusterChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "simulator" => Ok(Self::Simulator),
            None if text == "in-cluster" => Ok(Self::InCluster),
            Some(("kubeconfig", path)) if !path.is_empty() => Ok(Self::Kubeconfig(path.into())),
            _ => Err("say simulator, kubeconfig:PATH or in-cluster".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_one_of_three_words() {
        assert_eq!("simulator".parse(), Ok(ClusterChoice::Simulator));
        assert_eq!("in-cluster".parse(), Ok(ClusterChoice::InCluster));
        assert_eq!("kubeconfig:/etc/k:1".parse(), Ok(ClusterChoice::Kubeconfig("/etc/k:1".into())));
        for text in ["", "kubeconfig", "kubeconfig:", "production", "simulator:x"] {
            assert!(text.parse::<ClusterChoice>().is_err(), "{text}");
        }
    }
}
