//! What holds for a volume, without a database.

use types::{MakeVolume, NewVolume, ProjectId};

use super::STORAGE;
use crate::{Error, Result, Rule, access::Principal};

/// Gigabytes of a volume.
const SIZE_GB: std::ops::RangeInclusive<u32> = 1..=10_000;
/// Characters of a name: it stands in a path of the container.
const MOST_NAME: usize = 40;
/// Volumes of one instance.
pub(super) const MOST_MOUNTS: usize = 8;

/// The request with its name trimmed, or what is wrong with it.
pub(super) fn checked(mut ask: MakeVolume) -> Result<MakeVolume> {
    ask.name = ask.name.trim().to_owned();
    check_name(&ask.name, "name")?;
    check_size(ask.size_gb, "size_gb")?;
    Ok(ask)
}

/// The same for a volume that is made with an instance.
pub(super) fn checked_new(ask: &NewVolume) -> Result<NewVolume> {
    let name = ask.name.trim().to_owned();
    check_name(&name, "new_volume")?;
    check_size(ask.size_gb, "new_volume")?;
    Ok(NewVolume { name, size_gb: ask.size_gb })
}

/// Refuses storage in a project to a token that does not reach one of both.
pub(super) fn check_reach(principal: &Principal, project: ProjectId) -> Result<()> {
    principal.check_reach(project, STORAGE).map_err(|error| match error {
        // To tokens an item is as good as another; to who reads it, this one is no GPU.
        Error::BeyondToken("flavour") => Error::BeyondToken("storage"),
        error => error,
    })
}

/// Refuses what is no size.
pub(super) fn check_size(size_gb: u32, field: &'static str) -> Result<()> {
    let rule = Rule::Range { min: (*SIZE_GB.start()).into(), max: (*SIZE_GB.end()).into() };
    if SIZE_GB.contains(&size_gb) { Ok(()) } else { Err(Error::Invalid { field, rule }) }
}

fn check_name(name: &str, field: &'static str) -> Result<()> {
    if name.is_empty() || name.len() > MOST_NAME {
        return Err(Error::Invalid { field, rule: Rule::Length { min: 1, max: 40 } });
    }
    let is_slug = name
        .split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
    if is_slug { Ok(()) } else { Err(Error::Invalid { field, rule: Rule::Slug }) }
}

#[cfg(test)]
mod tests {
    use types::{ProjectId, Timestamp};

    use super::*;

    fn sized(name: &str, size_gb: u32) -> MakeVolume {
        MakeVolume { project: ProjectId::new(Timestamp::from_second(0)), name: name.to_owned(), size_gb }
    }

    #[test]
    fn sizes_are_one_to_ten_thousand_gigabytes() {
        for size_gb in [1, 500, 10_000] {
            assert!(checked(sized("data", size_gb)).is_ok(), "{size_gb}");
        }
        for size_gb in [0, 10_001, u32::MAX] {
            assert!(
                matches!(checked(sized("data", size_gb)), Err(Error::Invalid { field: "size_gb", .. })),
                "{size_gb}"
            );
        }
    }

    #[test]
    fn names_can_stand_in_a_path() {
        for name in ["a", " data-2 ", &"x".repeat(40)] {
            assert!(checked(sized(name, 1)).is_ok(), "{name}");
        }
        for name in ["", "..", "a/b", "A", "a--b", "a-", "é", &"x".repeat(41)] {
            assert!(matches!(checked(sized(name, 1)), Err(Error::Invalid { field: "name", .. })), "{name}");
        }
    }
}
