//! What holds for a launch, without a database.

use std::collections::BTreeMap;

use types::LaunchInstance;

use crate::{Error, Result, Rule, catalogue::template, volumes};

/// Characters of a name.
const NAME: std::ops::RangeInclusive<usize> = 1..=63;
/// Names in a tenant's environment.
const MOST_VARIABLES: usize = 64;
/// Bytes of a tenant's environment, names and values together.
const MOST_BYTES: usize = 32 * 1024;
/// They tell the driver and the loader what to do: three ways out of a container began with one of these.
const FORBIDDEN_PREFIXES: [&str; 3] = ["NVIDIA_", "LD_", "CUDA_MPS_"];

/// The request with its name trimmed, or what is wrong with it.
pub(super) fn checked(mut ask: LaunchInstance) -> Result<LaunchInstance> {
    ask.name = ask.name.trim().to_owned();
    check_name(&ask.name)?;
    if ask.units == 0 {
        return Err(Error::Invalid { field: "units", rule: Rule::Range { min: 1, max: 64 } });
    }
    if template(&ask.template).is_none() {
        return Err(Error::Invalid { field: "template", rule: Rule::Known });
    }
    check_environment(&ask.environment)?;
    volumes::check_ask(&ask.volumes, ask.new_volume.as_ref())?;
    Ok(ask)
}

/// What the staff say when they stop an instance; a member need not say anything.
pub(super) fn checked_reason(reason: Option<&str>, is_staff: bool) -> Result<Option<String>> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    match reason {
        None if is_staff => Err(Error::Invalid { field: "reason", rule: Rule::Required }),
        Some(reason) if reason.chars().count() > 500 => {
            Err(Error::Invalid { field: "reason", rule: Rule::Length { min: 1, max: 500 } })
        }
        reason => Ok(reason.map(str::to_owned)),
    }
}

fn check_name(name: &str) -> Result<()> {
    if !NAME.contains(&name.len()) {
        return Err(Error::Invalid { field: "name", rule: Rule::Length { min: 1, max: 63 } });
    }
    let is_slug = name
        .split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
    if is_slug { Ok(()) } else { Err(Error::Invalid { field: "name", rule: Rule::Slug }) }
}

fn check_environment(environment: &BTreeMap<String, String>) -> Result<()> {
    let bytes: usize = environment.iter().map(|(name, value)| name.len() + value.len()).sum();
    let rule = if environment.len() > MOST_VARIABLES {
        Rule::Range { min: 0, max: 64 }
    } else if bytes > MOST_BYTES {
        Rule::Length { min: 0, max: 32 * 1024 }
    } else if !environment.iter().all(|(name, value)| is_variable(name) && !value.contains('\0')) {
        Rule::Form
    } else {
        return Ok(());
    };
    Err(Error::Invalid { field: "environment", rule })
}

fn is_variable(name: &str) -> bool {
    let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let goes_on = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let upper = name.to_ascii_uppercase();
    begins && goes_on && !FORBIDDEN_PREFIXES.iter().any(|prefix| upper.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use types::{FlavourId, ProjectId, Timestamp};

    use super::*;

    fn named(name: &str) -> LaunchInstance {
        let now = Timestamp::from_second(0);
        LaunchInstance {
            project: ProjectId::new(now),
            name: name.to_owned(),
            flavour: FlavourId::new(now),
            units: 1,
            template: "pytorch".to_owned(),
            environment: BTreeMap::new(),
            volumes: Vec::new(),
            new_volume: None,
        }
    }

    #[test]
    fn names_are_small_letters_digits_and_single_dashes() {
        for name in ["a", "alphafold-sweep", "4k-2", &"x".repeat(63), " trimmed "] {
            assert!(checked(named(name)).is_ok(), "{name}");
        }
        for name in ["", " ", "-a", "a-", "a--b", "A", "a_b", "ä", "a b", &"x".repeat(64)] {
            assert!(matches!(checked(named(name)), Err(Error::Invalid { field: "name", .. })), "{name}");
        }
    }

    #[test]
    fn variables_that_steer_driver_or_loader_are_refused() {
        for name in
            ["NVIDIA_VISIBLE_DEVICES", "LD_PRELOAD", "ld_library_path", "CUDA_MPS_PIPE_DIRECTORY", "1A", "", "A B"]
        {
            let environment = BTreeMap::from([(name.to_owned(), "1".to_owned())]);
            let refused = checked(LaunchInstance { environment, ..named("a") });
            assert!(matches!(refused, Err(Error::Invalid { field: "environment", .. })), "{name}");
        }
    }

    #[test]
    fn staff_say_why_they_stop_and_members_need_not() {
        assert!(matches!(checked_reason(Some("  "), true), Err(Error::Invalid { field: "reason", .. })));
        assert_eq!(checked_reason(Some(" heat "), true).unwrap().as_deref(), Some("heat"));
        assert_eq!(checked_reason(None, false).unwrap(), None);
        assert!(checked_reason(Some(&"x".repeat(501)), false).is_err());
    }
}
