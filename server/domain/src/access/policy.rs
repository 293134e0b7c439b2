//! Who may do what: one table. A permission is a type, so a use case names in its signature what it needs.

use types::{Role, StaffRole};

/// Something that a member or the hub's staff may do, or several at once: `(ReadInstances, ReadInvoices)`.
pub trait Permission: Send + Sync + 'static {
    /// The name of the first part that is lacking.
    fn missing(role: Option<Role>, staff: &[StaffRole]) -> Option<&'static str>;

    /// The name of the first part that is not among those that a token was given.
    fn beyond(given: &[String]) -> Option<&'static str>;

    /// The name of the first part that is more than looking.
    fn changing() -> Option<&'static str>;
}

impl<A: Permission, B: Permission> Permission for (A, B) {
    fn missing(role: Option<Role>, staff: &[StaffRole]) -> Option<&'static str> {
        A::missing(role, staff).or_else(|| B::missing(role, staff))
    }

    fn beyond(given: &[String]) -> Option<&'static str> {
        A::beyond(given).or_else(|| B::beyond(given))
    }

    fn changing() -> Option<&'static str> {
        A::changing().or_else(B::changing)
    }
}

impl<A: Permission, B: Permission, C: Permission> Permission for (A, B, C) {
    fn missing(role: Option<Role>, staff: &[StaffRole]) -> Option<&'static str> {
        <((A, B), C)>::missing(role, staff)
    }

    fn beyond(given: &[String]) -> Option<&'static str> {
        <((A, B), C)>::beyond(given)
    }

    fn changing() -> Option<&'static str> {
        <((A, B), C)>::changing()
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The permission's name.
    pub permission: &'static str,
    /// Members who have it.
    pub roles: &'static [Role],
    /// Staff who have it.
    pub staff: &'static [StaffRole],
}

macro_rules! policy {
    ($($permission:ident: $($role:ident)* | $($staff:ident)*;)+) => {
        $(
            #[doc = concat!("May ", stringify!($permission), ".")]
            #[derive(Debug)]
            pub enum $permission {}

            impl Permission for $permission {
                fn missing(role: Option<Role>, staff: &[StaffRole]) -> Option<&'static str> {
                    const ROLES: &[Role] = &[$(Role::$role),*];
                    const STAFF: &[StaffRole] = &[$(StaffRole::$staff),*];
                    let allowed = role.is_some_and(|role| ROLES.contains(&role))
                        || staff.iter().any(|role| STAFF.contains(role));
                    (!allowed).then_some(stringify!($permission))
                }

                fn beyond(given: &[String]) -> Option<&'static str> {
                    const NAME: &str = stringify!($permission);
                    (!given.iter().any(|given| given == NAME)).then_some(NAME)
                }

                fn changing() -> Option<&'static str> {
                    const NAME: &str = stringify!($permission);
                    (!NAME.starts_with("Read")).then_some(NAME)
                }
            }
        )+

        /// The whole table, for people and for the snapshot.
        pub const TABLE: &[Row] = &[$(Row {
            permission: stringify!($permission),
            roles: &[$(Role::$role),*],
            staff: &[$(StaffRole::$staff),*],
        }),+];
    };
}

policy! {
    ReadOrganisation:      Owner Admin Developer Billing Viewer | Operator Incubator Finance Auditor;
    ReadMembers:           Owner Admin Developer Billing Viewer | Operator Incubator Finance Auditor;
    ReadInstances:         Owner Admin Developer Viewer         | Operator Auditor;
    LaunchInstances:       Owner Admin Developer                | ;
    ChangeInstances:       Owner Admin Developer                | ;
    ReadLogs:              Owner Admin Developer                | ;
    StopInstances:         Owner Admin Developer                | Operator;
    ReadUsage:             Owner Admin Developer Billing Viewer | Finance Incubator Auditor;
    ReadBalance:           Owner Admin Developer Billing        | Finance Incubator Auditor;
    ReadInvoices:          Owner Admin Billing                  | Finance Auditor;
    ManageMembers:         Owner Admin                          | ;
    ManageOwners:          Owner                                | ;
    ManageDomain:          Owner                                | ;
    CloseOrganisation:     Owner                                | ;
    ManageProjects:        Owner Admin                          | ;
    HoldTokens:            Owner Admin Developer Billing Viewer | ;
    ManageTokens:          Owner Admin                          | ;
    ChangeOrganisation:    Owner Admin Billing                  | ;
    TopUpWallet:           Owner Admin Billing                  | ;
    LimitSpending:         Owner Admin Billing                  | ;
    ContestLines:          Owner Admin Billing                  | ;
    ReadAudit:             Owner Admin                          | Auditor;
    GrantCredits:                                               | Incubator;
    SetPrices:                                                  | Finance;
    CloseBilling:                                               | Finance;
    IssueCreditNotes:                                           | Finance;
    RecordWithholdings:                                         | Finance;
    SignOff:                                                    | Finance;
    WriteOffDebts:                                              | Finance;
    SetQuotas:                                                  | Operator;
    ConfirmDomains:                                             | Operator;
    ReadNodes:                                                  | Operator Auditor;
    MaintainNodes:                                              | Operator;
    MaintainMail:                                               | Operator;
    ViewAsMember:                                               | Operator Incubator Finance Auditor;
    ReadStaff:                                                  | Operator Auditor;
    AppointStaff:                                               | Operator;
    ResetFactors:                                               | Operator;
    StopAccounts:                                               | Operator;
    ReadInstallationAudit:                                      | Auditor;
}

/// What a token can be given: reading, and what launches and stops. Who belongs to an organisation, and which tokens
/// there are, is changed by people alone.
pub const OF_TOKENS: &[&str] = &[
    "ReadOrganisation",
    "ReadMembers",
    "ReadInstances",
    "LaunchInstances",
    "ChangeInstances",
    "StopInstances",
    "ReadLogs",
    "ReadUsage",
    "ReadBalance",
    "ReadInvoices",
    "ReadAudit",
];

/// What a token can be given that reaches some projects only: the rest tells of all.
pub const OF_PROJECT_TOKENS: &[&str] =
    &["ReadOrganisation", "ReadInstances", "LaunchInstances", "ChangeInstances", "StopInstances", "ReadLogs"];

/// What of it spends money, and so needs a ceiling.
pub const SPENDING: &[&str] = &["LaunchInstances", "ChangeInstances"];

/// Who can give a permission: what a refusal tells its reader.
#[must_use]
pub fn holders(permission: &str) -> Option<Row> {
    TABLE.iter().copied().find(|row| row.permission == permission)
}

/// The table as `tamuda policy` prints it.
#[must_use]
pub fn printed() -> String {
    let mut text = header();
    for row in TABLE {
        text.push_str(&format!("{:<22}", row.permission));
        for role in Role::ALL {
            text.push_str(&format!(" {:<9}", if row.roles.contains(role) { "yes" } else { "-" }));
        }
        text.push_str(" |");
        for role in StaffRole::ALL {
            text.push_str(&format!(" {:<9}", if row.staff.contains(role) { "yes" } else { "-" }));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn header() -> String {
    let mut text = format!("{:<22}", "permission");
    Role::ALL.iter().for_each(|role| text.push_str(&format!(" {:<9}", role.word())));
    text.push_str(" |");
    StaffRole::ALL.iter().for_each(|role| text.push_str(&format!(" {:<9}", role.word())));
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_names_the_first_part_that_is_lacking() {
        let viewer = Some(Role::Viewer);
        assert_eq!(<(ReadInstances, LaunchInstances)>::missing(viewer, &[]), Some("LaunchInstances"));
        assert_eq!(<(ReadInstances, LaunchInstances)>::missing(Some(Role::Developer), &[]), None);
    }

    #[test]
    fn nobody_has_no_permission_at_all() {
        assert!(TABLE.iter().all(|row| !row.roles.is_empty() || !row.staff.is_empty()));
        assert_eq!(ReadOrganisation::missing(None, &[]), Some("ReadOrganisation"));
    }

    #[test]
    fn what_only_looks_says_so_by_its_name() {
        assert_eq!(<(ReadInstances, (ReadUsage, ReadLogs))>::changing(), None);
        assert_eq!(<(ReadInstances, StopInstances, LaunchInstances)>::changing(), Some("StopInstances"));
    }

    #[test]
    fn no_lower_role_has_what_a_higher_one_of_its_line_lacks() {
        let lines = [
            &[Role::Owner, Role::Admin, Role::Developer, Role::Viewer][..],
            &[Role::Owner, Role::Admin, Role::Billing][..],
        ];
        for row in TABLE.iter().filter(|row| !row.roles.is_empty()) {
            for pair in lines.iter().flat_map(|line| line.windows(2)) {
                let (higher, lower) = (row.roles.contains(&pair[0]), row.roles.contains(&pair[1]));
                assert!(higher || !lower, "{} is given to {} and not to {}", row.permission, pair[1], pair[0]);
            }
        }
    }

    #[test]
    fn no_staff_role_reads_a_tenants_logs() {
        assert_eq!(ReadLogs::missing(None, StaffRole::ALL), Some("ReadLogs"));
    }
}
