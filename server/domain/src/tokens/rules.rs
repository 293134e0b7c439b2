//! What a token can be. Pure.

use std::net::IpAddr;

use types::{Currency, MakeToken, Role};

use crate::{
    Error, Result, Rule,
    access::policy::{OF_PROJECT_TOKENS, OF_TOKENS, SPENDING, holders},
    ledger::MAX_BOOKING,
};

const MOST_DAYS: u16 = 365;
const MOST_UNITS: u32 = 1024;
/// Of each list that says how far a token reaches.
const MOST_NAMED: usize = 50;

/// A member's own token has the member's role.
pub(super) fn check_own(ask: &MakeToken) -> Result<()> {
    if ask.role.is_none() { Ok(()) } else { Err(Error::Invalid { field: "role", rule: Rule::Known }) }
}

/// The role that a service account is to have.
pub(super) fn role_of_service(ask: &MakeToken) -> Result<Role> {
    match ask.role {
        None => Err(Error::Invalid { field: "role", rule: Rule::Required }),
        Some(Role::Owner) => Err(Error::Invalid { field: "role", rule: Rule::Known }),
        Some(role) => Ok(role),
    }
}

/// Refuses what no token can be, and tidies the rest.
pub(super) fn checked(mut ask: MakeToken, role: Role, currency: Currency) -> Result<MakeToken> {
    let invalid = |field, rule| Err(Error::Invalid { field, rule });
    ask.name = ask.name.trim().to_owned();
    if !(1..=60).contains(&ask.name.chars().count()) {
        return invalid("name", Rule::Length { min: 1, max: 60 });
    }
    if !(1..=MOST_DAYS).contains(&ask.days) {
        return invalid("days", Rule::Range { min: 1, max: MOST_DAYS.into() });
    }
    if ask.most_units.is_some_and(|units| !(1..=MOST_UNITS).contains(&units)) {
        return invalid("most_units", Rule::Range { min: 1, max: MOST_UNITS.into() });
    }
    check_permissions(&mut ask, role)?;
    let reach = [("projects", ask.projects.len()), ("flavours", ask.flavours.len()), ("networks", ask.networks.len())];
    if let Some((field, _)) = reach.into_iter().find(|(_, n)| *n > MOST_NAMED) {
        return invalid(field, Rule::Length { min: 0, max: 50 });
    }
    ask.networks = ask.networks.iter().map(|network| network.trim().to_owned()).collect();
    if !ask.networks.iter().all(|network| is_network(network)) {
        return invalid("networks", Rule::Form);
    }
    check_ceiling(&ask, currency)?;
    Ok(ask)
}

fn check_permissions(ask: &mut MakeToken, role: Role) -> Result<()> {
    ask.permissions.sort();
    ask.permissions.dedup();
    if ask.permissions.is_empty() {
        return Err(Error::Invalid { field: "permissions", rule: Rule::Required });
    }
    let given = if ask.projects.is_empty() { OF_TOKENS } else { OF_PROJECT_TOKENS };
    for permission in &ask.permissions {
        if !given.contains(&permission.as_str()) {
            return Err(Error::Invalid { field: "permissions", rule: Rule::Known });
        }
        let row = holders(permission).filter(|row| row.roles.contains(&role));
        if row.is_none() {
            let name = OF_TOKENS.iter().copied().find(|name| name == permission);
            return Err(Error::Forbidden(name.unwrap_or("HoldTokens")));
        }
    }
    Ok(())
}

/// What spends has an end to it.
fn check_ceiling(ask: &MakeToken, currency: Currency) -> Result<()> {
    let invalid = |rule| Err(Error::Invalid { field: "ceiling", rule });
    let spends = ask.permissions.iter().any(|permission| SPENDING.contains(&permission.as_str()));
    match ask.ceiling {
        None if spends => invalid(Rule::Required),
        Some(ceiling) if ceiling.currency != currency => invalid(Rule::Currency),
        Some(ceiling) if !(1..=MAX_BOOKING).contains(&ceiling.micros) => invalid(Rule::PositiveAmount),
        _ => Ok(()),
    }
}

/// An address, or one with the length of its prefix.
fn is_network(text: &str) -> bool {
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    length.is_none_or(|length| length.parse::<u8>().is_ok_and(|length| length <= most))
}

#[cfg(test)]
mod tests {
    use types::{Money, ProjectId};
    use uuid::Uuid;

    use super::*;

    fn ask() -> MakeToken {
        MakeToken {
            name: " nightly ".to_owned(),
            role: None,
            permissions: vec!["ReadInstances".to_owned(), "LaunchInstances".to_owned()],
            projects: Vec::new(),
            flavours: Vec::new(),
            networks: vec!["192.0.2.0/24".to_owned(), " 2001:db8::1 ".to_owned()],
            most_units: Some(2),
            ceiling: Some(Money { micros: 1_000_000, currency: Currency::Mad }),
            window: None,
            days: 30,
        }
    }

    fn refused(ask: MakeToken, role: Role) -> Option<&'static str> {
        match checked(ask, role, Currency::Mad) {
            Ok(_) => None,
            Err(Error::Invalid { field, .. }) => Some(field),
            Err(Error::Forbidden(permission)) => Some(permission),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_token_that_can_be_is_tidied() {
        let made = checked(ask(), Role::Developer, Currency::Mad).unwrap();
        assert_eq!((made.name.as_str(), made.networks[1].as_str()), ("nightly", "2001:db8::1"));
    }

    #[test]
    fn each_field_that_cannot_be_is_named() {
        let wrong = |change: fn(&mut MakeToken)| {
            let mut ask = ask();
            change(&mut ask);
            refused(ask, Role::Developer)
        };
        assert_eq!(wrong(|ask| ask.name = " ".to_owned()), Some("name"));
        assert_eq!(wrong(|ask| ask.days = 0), Some("days"));
        assert_eq!(wrong(|ask| ask.days = 366), Some("days"));
        assert_eq!(wrong(|ask| ask.most_units = Some(0)), Some("most_units"));
        assert_eq!(wrong(|ask| ask.permissions.clear()), Some("permissions"));
        assert_eq!(wrong(|ask| ask.permissions.push("ManageMembers".to_owned())), Some("permissions"));
        assert_eq!(wrong(|ask| ask.permissions.push("GrantCredits".to_owned())), Some("permissions"));
        assert_eq!(wrong(|ask| ask.networks.push("10.0.0.0/33".to_owned())), Some("networks"));
        assert_eq!(wrong(|ask| ask.networks.push("everywhere".to_owned())), Some("networks"));
        assert_eq!(wrong(|ask| ask.ceiling = None), Some("ceiling"));
        let euros = |ask: &mut MakeToken| ask.ceiling = Some(Money { micros: 1, currency: Currency::Eur });
        assert_eq!(wrong(euros), Some("ceiling"));
        assert_eq!(wrong(|ask| ask.ceiling = Some(Money { micros: -1, currency: Currency::Mad })), Some("ceiling"));
    }

    #[test]
    fn nobody_gives_a_token_what_their_role_lacks() {
        assert_eq!(refused(ask(), Role::Viewer), Some("LaunchInstances"));
        assert_eq!(refused(ask(), Role::Billing), Some("LaunchInstances"));
    }

    #[test]
    fn a_token_of_one_project_reads_nothing_that_tells_of_all() {
        let mut of_project = ask();
        of_project.projects.push(ProjectId::from_uuid(Uuid::from_u128(1)));
        assert_eq!(refused(of_project.clone(), Role::Admin), None);
        for permission in OF_TOKENS.iter().filter(|permission| !OF_PROJECT_TOKENS.contains(permission)) {
            let mut ask = of_project.clone();
            ask.permissions.push((*permission).to_owned());
            assert_eq!(refused(ask, Role::Admin), Some("permissions"), "{permission}");
        }
    }
}
