//! A setting that nobody may read in logs, said directly or in a file.

use std::{fmt, path::Path, str::FromStr};

use anyhow::{Context, bail};

/// A secret; it shows itself only to who asks for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The one that was said, or the one in the file; `name` is the variable for it.
    ///
    /// # Errors
    /// When both or neither are set, or the file cannot be read.
    pub fn chosen(name: &str, said: Option<&Self>, file: Option<&Path>) -> anyhow::Result<Self> {
        match (said, file) {
            (Some(secret), None) => Ok(secret.clone()),
            (None, Some(path)) => {
                let text = std::fs::read_to_string(path);
                let text = text.with_context(|| format!("{name}_FILE: cannot read {}", path.display()))?;
                Ok(Self(text.trim_end_matches(['\r', '\n']).to_owned()))
            }
            (Some(_), Some(_)) => bail!("{name} and {name}_FILE are both set: keep one"),
            (None, None) => bail!("{name} is not set: say it, or name a file that holds it in {name}_FILE"),
        }
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_from_one_place() {
        let said: Secret = "said".parse().unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "kept\n").unwrap();
        assert_eq!(Secret::chosen("A", Some(&said), None).unwrap(), said);
        assert_eq!(Secret::chosen("A", None, Some(file.path())).unwrap().reveal(), "kept");
        assert!(Secret::chosen("A", Some(&said), Some(file.path())).is_err());
        let error = Secret::chosen("A", None, None).unwrap_err().to_string();
        assert_eq!(error, "A is not set: say it, or name a file that holds it in A_FILE");
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        assert_eq!(format!("{:?}", "hush".parse::<Secret>().unwrap()), "Secret(…)");
    }
}
