//! Every route of API and screens against every kind of caller. A route that is not in the tables fails the test, and so
//! does a row whose route is gone.

use std::collections::BTreeSet;

use server::http;
use types::Role;

use super::doors::{
    Door::{Open, Person, Signed, Staff, Tenant},
    Kind, Row, callers, outsiders, wrong,
};
use crate::portal::TestPortal;

/// The API.
pub(super) const API: &[Row] = &[
    ("post", "/api/v1/session", Open),
    ("get", "/api/v1/session", Signed),
    ("get", "/api/v1/sessions", Signed),
    ("delete", "/api/v1/sessions/{session}", Signed),
    ("get", "/api/v1/account/settings", Signed),
    ("put", "/api/v1/account/settings", Signed),
    ("get", "/api/v1/catalogue", Open),
    ("get", "/api/v1/templates", Open),
    ("get", "/api/v1/organisations", Signed),
    ("get", "/api/v1/organisations/{organisation}", Tenant("ReadOrganisation")),
    ("get", "/api/v1/organisations/{organisation}/settings", Tenant("ChangeOrganisation")),
    ("put", "/api/v1/organisations/{organisation}/settings", Tenant("ChangeOrganisation")),
    ("get", "/api/v1/organisations/{organisation}/members", Tenant("ReadMembers")),
    ("put", "/api/v1/organisations/{organisation}/members/{member}", Tenant("ManageMembers")),
    ("delete", "/api/v1/organisations/{organisation}/members/{member}", Tenant("ManageMembers")),
    ("post", "/api/v1/organisations/{organisation}/members/{member}/transfer", Tenant("ManageOwners")),
    ("get", "/api/v1/organisations/{organisation}/invitations", Tenant("ManageMembers")),
    ("post", "/api/v1/organisations/{organisation}/invitations", Tenant("ManageMembers")),
    ("delete", "/api/v1/organisations/{organisation}/invitations/{invitation}", Tenant("ManageMembers")),
    ("post", "/api/v1/organisations/{organisation}/invitations/{invitation}/resend", Tenant("ManageMembers")),
    ("get", "/api/v1/organisations/{organisation}/audit", Tenant("ReadAudit")),
    ("get", "/api/v1/organisations/{organisation}/projects", Tenant("ReadOrganisation")),
    ("post", "/api/v1/organisations/{organisation}/projects", Tenant("ManageProjects")),
    ("put", "/api/v1/organisations/{organisation}/projects/{project}", Tenant("ManageProjects")),
    ("get", "/api/v1/organisations/{organisation}/projects/{project}/closing", Tenant("ManageProjects")),
    ("post", "/api/v1/organisations/{organisation}/projects/{project}/close", Tenant("ManageProjects")),
    ("post", "/api/v1/organisations/{organisation}/projects/{project}/open", Tenant("ManageProjects")),
    ("get", "/api/v1/organisations/{organisation}/projects/{project}/members", Tenant("ReadMembers")),
    ("put", "/api/v1/organisations/{organisation}/projects/{project}/members", Tenant("ManageProjects")),
    ("get", "/api/v1/organisations/{organisation}/quotas", Tenant("ReadOrganisation")),
    ("put", "/api/v1/organisations/{organisation}/quotas", Tenant("SetQuotas")),
    ("get", "/api/v1/organisations/{organisation}/budgets", Tenant("ReadBalance")),
    ("put", "/api/v1/organisations/{organisation}/budgets", Tenant("ManageProjects")),
    ("delete", "/api/v1/organisations/{organisation}/budgets/{budget}", Tenant("ManageProjects")),
    ("get", "/api/v1/organisations/{organisation}/tokens", Tenant("HoldTokens")),
    ("post", "/api/v1/organisations/{organisation}/tokens", Tenant("HoldTokens")),
    ("delete", "/api/v1/organisations/{organisation}/tokens/{token}", Tenant("HoldTokens")),
    ("get", "/api/v1/organisations/{organisation}/catalogue", Tenant("ReadOrganisation")),
    ("get", "/api/v1/organisations/{organisation}/catalogue/verdict", Tenant("LaunchInstances")),
    ("get", "/api/v1/organisations/{organisation}/launch-plan", Tenant("LaunchInstances")),
    ("get", "/api/v1/organisations/{organisation}/instances", Tenant("ReadInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances", Tenant("LaunchInstances")),
    ("get", "/api/v1/organisations/{organisation}/instances/{instance}", Tenant("ReadInstances")),
    ("delete", "/api/v1/organisations/{organisation}/instances/{instance}", Tenant("ChangeInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances/{instance}/stop", Tenant("StopInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances/{instance}/start", Tenant("ChangeInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances/{instance}/restart", Tenant("ChangeInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances/{instance}/undo-delete", Tenant("ChangeInstances")),
    ("get", "/api/v1/organisations/{organisation}/instances/{instance}/logs", Tenant("ReadLogs")),
    ("get", "/api/v1/organisations/{organisation}/usage", Tenant("ReadUsage")),
    ("get", "/api/v1/organisations/{organisation}/usage/days", Tenant("ReadUsage")),
    ("get", "/api/v1/organisations/{organisation}/usage/summary", Tenant("ReadUsage")),
    ("get", "/api/v1/organisations/{organisation}/usage/stretches", Tenant("ReadUsage")),
    ("get", "/api/v1/organisations/{organisation}/wallet", Tenant("ReadBalance")),
    ("get", "/api/v1/organisations/{organisation}/wallet/entries", Tenant("ReadBalance")),
    ("post", "/api/v1/organisations/{organisation}/wallet/transfers", Tenant("CloseBilling")),
    ("get", "/api/v1/organisations/{organisation}/lots", Tenant("ReadBalance")),
    ("post", "/api/v1/organisations/{organisation}/lots", Tenant("GrantCredits")),
    ("post", "/api/v1/organisations/{organisation}/lots/preview", Tenant("GrantCredits")),
    ("post", "/api/v1/organisations/{organisation}/lots/{lot}/undo", Tenant("GrantCredits")),
    ("get", "/api/v1/organisations/{organisation}/invoices", Tenant("ReadInvoices")),
    ("get", "/api/v1/organisations/{organisation}/invoices/{invoice}", Tenant("ReadInvoices")),
    ("get", "/api/v1/organisations/{organisation}/invoices/{invoice}/lines/{line}", Tenant("ReadInvoices")),
    ("get", "/api/v1/organisations/{organisation}/invoices/{invoice}/recalculation", Tenant("ReadInvoices")),
    ("post", "/api/v1/organisations/{organisation}/invoices/{invoice}/finalise", Tenant("CloseBilling")),
    ("get", "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes", Tenant("ReadInvoices")),
    ("post", "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes", Tenant("IssueCreditNotes")),
    (
        "post",
        "/api/v1/organisations/{organisation}/invoices/{invoice}/credit-notes/preview",
        Tenant("IssueCreditNotes"),
    ),
    ("get", "/api/v1/organisations/{organisation}/credit-notes", Tenant("ReadInvoices")),
    ("get", "/api/v1/organisations/{organisation}/credit-notes/{credit_note}", Tenant("ReadInvoices")),
    ("post", "/api/v1/organisations/{organisation}/periods/{period}/close", Tenant("CloseBilling")),
    ("post", "/api/v1/organisations/{organisation}/periods/{period}/waive", Tenant("CloseBilling")),
    ("get", "/api/v1/staff/organisations", Staff("ReadOrganisation")),
    ("get", "/api/v1/staff/quotas", Staff("SetQuotas")),
    ("get", "/api/v1/staff/prices", Staff("SetPrices")),
    ("post", "/api/v1/staff/prices", Staff("SetPrices")),
    ("delete", "/api/v1/staff/prices/{price}", Staff("SetPrices")),
    ("get", "/api/v1/staff/tax-rules", Staff("SetPrices")),
    ("post", "/api/v1/staff/tax-rules", Staff("SetPrices")),
    ("get", "/api/v1/staff/periods", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/periods/{organisation}", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/invoices", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/credit-notes", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/books/trial-balance", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/books/accounts/{account}", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/books/journal", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/books/ageing", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/books/revenue", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/clusters", Staff("ReadNodes")),
    ("get", "/api/v1/staff/nodes", Staff("ReadNodes")),
    ("get", "/api/v1/staff/waiting", Staff("ReadNodes")),
    ("get", "/api/v1/staff/unconfirmed", Staff("ReadNodes")),
    ("get", "/api/v1/staff/questions", Staff("ReadNodes")),
    ("post", "/api/v1/staff/questions/{question}/answer", Staff("MaintainNodes")),
    ("get", "/api/v1/staff/audit", Staff("ReadInstallationAudit")),
    ("get", "/api/v1/staff/audit/verification", Staff("ReadInstallationAudit")),
    // What ends the caller's membership and session comes last.
    ("post", "/api/v1/organisations/{organisation}/leave", Person("ReadOrganisation")),
    ("delete", "/api/v1/session", Signed),
];

/// The screens.
pub(super) const SCREENS: &[Row] = &[
    ("get", "/", Open),
    ("get", "/home", Signed),
    ("post", "/preferences", Open),
    ("get", "/sign-in", Open),
    ("post", "/sign-in", Open),
    ("get", "/sign-in/factor", Open),
    ("post", "/sign-in/factor", Open),
    ("post", "/sign-in/factor/passkey", Open),
    ("post", "/sign-in/factor/passkey/begin", Open),
    ("post", "/sign-in/passkey", Open),
    ("post", "/sign-in/passkey/begin", Open),
    ("get", "/sign-in/with/{provider}", Open),
    ("get", "/sign-in/with/{provider}/back", Open),
    ("post", "/sign-in/with/{provider}/link", Open),
    ("post", "/sign-in/with/{provider}/signed-out", Open),
    ("get", "/password/forgotten", Open),
    ("post", "/password/forgotten", Open),
    ("get", "/password/reset", Open),
    ("post", "/password/reset", Open),
    ("get", "/password", Signed),
    ("post", "/password", Signed),
    ("get", "/factors", Signed),
    ("post", "/factors/keep", Signed),
    ("get", "/factors/totp", Signed),
    ("post", "/factors/totp", Signed),
    ("post", "/factors/totp/confirm", Signed),
    ("post", "/factors/totp/remove", Signed),
    ("post", "/factors/codes", Signed),
    ("post", "/factors/passkeys", Signed),
    ("post", "/factors/passkeys/begin", Signed),
    ("post", "/factors/passkeys/{passkey}/remove", Signed),
    ("get", "/register", Open),
    ("post", "/register", Open),
    ("get", "/register/account", Open),
    ("post", "/register/account", Open),
    ("get", "/organisations/new", Signed),
    ("post", "/organisations/new", Signed),
    ("get", "/prove", Signed),
    ("post", "/prove", Signed),
    ("post", "/prove/passkey", Signed),
    ("post", "/prove/passkey/begin", Signed),
    ("get", "/invitation", Open),
    ("post", "/invitation", Signed),
    ("post", "/invitation/register", Open),
    ("get", "/dev/mail", Open),
    ("get", "/activity", Signed),
    ("get", "/settings", Signed),
    ("post", "/settings", Signed),
    ("get", "/settings/email", Signed),
    ("post", "/settings/email", Signed),
    ("get", "/settings/email/confirm", Signed),
    ("post", "/settings/email/confirm", Signed),
    ("post", "/settings/export", Signed),
    ("post", "/settings/close", Signed),
    ("post", "/settings/keep", Signed),
    ("get", "/sessions", Signed),
    ("post", "/sessions/{session}/end", Signed),
    ("post", "/sessions/end-others", Signed),
    ("get", "/o/{organisation}", Tenant("ReadOrganisation")),
    ("get", "/o/{organisation}/launch", Tenant("LaunchInstances")),
    ("post", "/o/{organisation}/launch", Tenant("LaunchInstances")),
    ("get", "/o/{organisation}/instances", Tenant("ReadInstances")),
    ("get", "/o/{organisation}/instances/{instance}", Tenant("ReadInstances")),
    ("post", "/o/{organisation}/instances/{instance}/stop", Tenant("StopInstances")),
    ("post", "/o/{organisation}/instances/{instance}/start", Tenant("ChangeInstances")),
    ("post", "/o/{organisation}/instances/{instance}/restart", Tenant("ChangeInstances")),
    ("post", "/o/{organisation}/instances/{instance}/delete", Tenant("ChangeInstances")),
    ("post", "/o/{organisation}/instances/{instance}/undo", Tenant("ChangeInstances")),
    ("get", "/o/{organisation}/usage", Tenant("ReadUsage")),
    ("get", "/o/{organisation}/usage.csv", Tenant("ReadUsage")),
    ("get", "/o/{organisation}/wallet", Tenant("ReadBalance")),
    ("get", "/o/{organisation}/invoices", Tenant("ReadInvoices")),
    ("get", "/o/{organisation}/invoices/{invoice}", Tenant("ReadInvoices")),
    ("get", "/o/{organisation}/credit-notes", Tenant("ReadInvoices")),
    ("get", "/o/{organisation}/credit-notes/{credit_note}", Tenant("ReadInvoices")),
    ("get", "/o/{organisation}/members", Tenant("ReadMembers")),
    ("get", "/o/{organisation}/members/invite", Tenant("ManageMembers")),
    ("post", "/o/{organisation}/members/invite", Tenant("ManageMembers")),
    ("get", "/o/{organisation}/members/{member}", Tenant("ManageMembers")),
    ("post", "/o/{organisation}/members/{member}", Tenant("ManageMembers")),
    ("post", "/o/{organisation}/members/{member}/remove", Tenant("ManageMembers")),
    ("post", "/o/{organisation}/members/{member}/transfer", Tenant("ManageOwners")),
    ("post", "/o/{organisation}/invitations/{invitation}/resend", Tenant("ManageMembers")),
    ("post", "/o/{organisation}/invitations/{invitation}/revoke", Tenant("ManageMembers")),
    ("get", "/o/{organisation}/settings", Tenant("ChangeOrganisation")),
    ("post", "/o/{organisation}/settings", Tenant("ChangeOrganisation")),
    ("get", "/o/{organisation}/close", Tenant("CloseOrganisation")),
    ("post", "/o/{organisation}/close", Tenant("CloseOrganisation")),
    ("post", "/o/{organisation}/keep", Tenant("CloseOrganisation")),
    ("get", "/o/{organisation}/audit", Tenant("ReadAudit")),
    ("get", "/o/{organisation}/audit.csv", Tenant("ReadAudit")),
    ("get", "/o/{organisation}/domains/new", Tenant("ManageDomain")),
    ("post", "/o/{organisation}/domains/new", Tenant("ManageDomain")),
    ("post", "/o/{organisation}/domains/{domain}/remove", Tenant("ManageDomain")),
    ("get", "/staff", Staff("ReadNodes")),
    ("get", "/staff/nodes", Staff("ReadNodes")),
    ("get", "/staff/waiting", Staff("ReadNodes")),
    ("get", "/staff/letters", Staff("MaintainMail")),
    ("post", "/staff/letters/{letter}/retry", Staff("MaintainMail")),
    ("post", "/staff/letters/{letter}/discard", Staff("MaintainMail")),
    ("post", "/staff/questions/{question}/keep", Staff("MaintainNodes")),
    ("post", "/staff/questions/{question}/delete", Staff("MaintainNodes")),
    ("get", "/staff/people", Staff("ReadStaff")),
    ("get", "/staff/people/new", Staff("AppointStaff")),
    ("post", "/staff/people/new", Staff("AppointStaff")),
    ("get", "/staff/people/factors", Staff("ResetFactors")),
    ("post", "/staff/people/factors", Staff("ResetFactors")),
    ("post", "/staff/people/factors/{reset}/confirm", Staff("ResetFactors")),
    ("post", "/staff/people/factors/{reset}/withdraw", Staff("ResetFactors")),
    ("get", "/staff/people/accounts", Staff("StopAccounts")),
    ("post", "/staff/people/accounts", Staff("StopAccounts")),
    ("get", "/staff/people/accounts/{person}", Staff("StopAccounts")),
    ("post", "/staff/people/accounts/{person}/sign-out", Staff("StopAccounts")),
    ("post", "/staff/people/accounts/{person}/stop", Staff("StopAccounts")),
    ("post", "/staff/people/accounts/{person}/open", Staff("StopAccounts")),
    ("get", "/staff/people/{member}", Staff("AppointStaff")),
    ("post", "/staff/people/{member}", Staff("AppointStaff")),
    ("post", "/staff/people/proposals/{proposal}/confirm", Staff("AppointStaff")),
    ("post", "/staff/people/proposals/{proposal}/withdraw", Staff("AppointStaff")),
    ("get", "/staff/organisations", Staff("ReadOrganisation")),
    ("get", "/staff/organisations/{organisation}", Staff("ReadOrganisation")),
    ("get", "/staff/organisations/{organisation}/view", Staff("ViewAsMember")),
    ("post", "/staff/organisations/{organisation}/view", Staff("ViewAsMember")),
    ("get", "/staff/organisations/{organisation}/instances/{instance}", Staff("ReadInstances")),
    ("post", "/staff/organisations/{organisation}/instances/{instance}", Staff("StopInstances")),
    ("get", "/staff/organisations/{organisation}/quotas/{flavour}", Staff("SetQuotas")),
    ("post", "/staff/organisations/{organisation}/quotas/{flavour}", Staff("SetQuotas")),
    ("get", "/staff/domains", Staff("ConfirmDomains")),
    ("get", "/staff/domains/{organisation}/{domain}", Staff("ConfirmDomains")),
    ("post", "/staff/domains/{organisation}/{domain}", Staff("ConfirmDomains")),
    ("get", "/staff/quotas", Staff("SetQuotas")),
    ("get", "/staff/grants", Staff("GrantCredits")),
    ("get", "/staff/grants/{organisation}", Staff("GrantCredits")),
    ("post", "/staff/grants/{organisation}", Staff("GrantCredits")),
    ("post", "/staff/grants/{organisation}/preview", Staff("GrantCredits")),
    ("get", "/staff/grants/{organisation}/lots/{lot}", Staff("GrantCredits")),
    ("post", "/staff/grants/{organisation}/lots/{lot}", Staff("GrantCredits")),
    ("get", "/staff/prices", Staff("SetPrices")),
    ("get", "/staff/prices/{flavour}/{currency}", Staff("SetPrices")),
    ("post", "/staff/prices/{flavour}/{currency}", Staff("SetPrices")),
    ("post", "/staff/prices/{flavour}/{currency}/withdraw", Staff("SetPrices")),
    ("get", "/staff/billing", Staff("ReadInvoices")),
    ("get", "/staff/billing/{organisation}", Staff("ReadInvoices")),
    ("post", "/staff/billing/{organisation}/close", Staff("CloseBilling")),
    ("post", "/staff/billing/{organisation}/waive", Staff("CloseBilling")),
    ("get", "/staff/billing/{organisation}/invoices/{invoice}", Staff("ReadInvoices")),
    ("post", "/staff/billing/{organisation}/invoices/{invoice}", Staff("CloseBilling")),
    ("get", "/staff/billing/{organisation}/invoices/{invoice}/credit", Staff("IssueCreditNotes")),
    ("post", "/staff/billing/{organisation}/invoices/{invoice}/credit", Staff("IssueCreditNotes")),
    ("post", "/staff/billing/{organisation}/invoices/{invoice}/credit/preview", Staff("IssueCreditNotes")),
    ("get", "/staff/billing/{organisation}/credit-notes/{credit_note}", Staff("ReadInvoices")),
    ("get", "/staff/credit-notes", Staff("ReadInvoices")),
    ("get", "/staff/books", Staff("ReadInvoices")),
    ("get", "/staff/books/accounts/{account}", Staff("ReadInvoices")),
    ("get", "/staff/books/ageing", Staff("ReadInvoices")),
    ("get", "/staff/books/revenue", Staff("ReadInvoices")),
    ("get", "/staff/books/journal.csv", Staff("ReadInvoices")),
    ("get", "/staff/audit", Staff("ReadInstallationAudit")),
    ("post", "/o/{organisation}/members/{member}/budget", Tenant("ManageProjects")),
    ("get", "/o/{organisation}/projects", Tenant("ReadOrganisation")),
    ("post", "/o/{organisation}/projects", Tenant("ManageProjects")),
    ("get", "/o/{organisation}/projects/{project}", Tenant("ManageProjects")),
    ("post", "/o/{organisation}/projects/{project}/name", Tenant("ManageProjects")),
    ("get", "/o/{organisation}/projects/{project}/close", Tenant("ManageProjects")),
    ("post", "/o/{organisation}/projects/{project}/close", Tenant("ManageProjects")),
    ("post", "/o/{organisation}/projects/{project}/open", Tenant("ManageProjects")),
    ("post", "/o/{organisation}/projects/{project}/budget", Tenant("ManageProjects")),
    ("post", "/o/{organisation}/projects/{project}/members", Tenant("ManageProjects")),
    ("get", "/o/{organisation}/tokens", Tenant("HoldTokens")),
    ("get", "/o/{organisation}/tokens/new", Tenant("HoldTokens")),
    ("post", "/o/{organisation}/tokens/new", Tenant("HoldTokens")),
    ("post", "/o/{organisation}/tokens/{token}/revoke", Tenant("HoldTokens")),
    ("get", "/staff/audit.csv", Staff("ReadInstallationAudit")),
    // What ends the caller's view, membership and session comes last.
    ("post", "/o/{organisation}/leave", Tenant("ReadOrganisation")),
    ("post", "/staff/organisations/{organisation}/view/end", Staff("ViewAsMember")),
    ("post", "/sign-out", Open),
];

/// The event streams of the screens, with all that they can be asked for.
const STREAMS: &[Row] = &[
    ("get", "/o/{organisation}/events?topic=instances", Tenant("ReadInstances")),
    ("get", "/o/{organisation}/events?topic=instances&log=true", Tenant("ReadLogs")),
    ("get", "/o/{organisation}/events?topic=instance&ids=ins_01ka4c2d00000000000000000z", Tenant("ReadInstances")),
    ("get", "/o/{organisation}/events?topic=instance&ids=ins_01ka4c2d00000000000000000z&log=true", Tenant("ReadLogs")),
    ("get", "/staff/events?topic=waiting", Staff("ReadNodes")),
];

/// What is of nobody in particular: whether the process lives, what it counts, and what the API is.
const COMMON: &[Row] = &[
    ("get", "/livez", Open),
    ("get", "/readyz", Open),
    ("get", "/metrics", Open),
    ("get", "/api/v1/openapi.json", Open),
    ("get", "/api/docs/", Open),
];

#[test]
fn every_route_stands_in_a_table_and_every_row_is_a_route() {
    let common = [http::WATCHED, http::OPERATED, http::rest::DESCRIBED].concat();
    for (table, routes, stands_once) in [
        (API, http::rest::ROUTES, true),
        (SCREENS, app::ROUTES, true),
        (STREAMS, http::events::ROUTES, false),
        (COMMON, common.as_slice(), true),
    ] {
        let route = |&(method, path, _): &Row| (method, path.split_once('?').map_or(path, |(path, _)| path));
        let rows: BTreeSet<_> = table.iter().map(route).collect();
        assert_eq!(rows, routes.iter().copied().collect::<BTreeSet<_>>());
        assert!(!stands_once || rows.len() == table.len(), "a route stands once");
    }
}

#[tokio::test]
async fn every_caller_gets_at_every_door_of_the_api_what_the_policy_says() {
    assert_all_doors(&[COMMON, API].concat()).await;
}

#[tokio::test]
async fn every_caller_gets_at_every_door_of_the_screens_what_the_policy_says() {
    assert_all_doors(&[STREAMS, SCREENS].concat()).await;
}

/// An organisation that the hub suspended reads and writes at the same doors: what it may not begin is refused inside.
async fn assert_all_doors(table: &[Row]) {
    for is_suspended in [false, true] {
        let portal = TestPortal::new().await;
        let acme = portal.organisation("acme").await;
        if is_suspended {
            portal.as_owner("UPDATE organisation SET state = 'suspended' WHERE slug = 'acme'").await;
        }
        let mut callers = callers(&portal, &acme).await;
        match is_suspended {
            // On the screens a program is nobody, in whatever state the organisation is: once is enough.
            true => callers.retain(|kind, _| !kind.is_program() || table.iter().any(|row| row.1.starts_with("/api/"))),
            false => {
                let owner = callers[&Kind::Member(Role::Owner)].clone();
                callers.extend(outsiders(&portal, &acme, &owner).await);
            }
        }
        let wrong = wrong(table, &callers, "acme").await;
        assert!(wrong.is_empty(), "suspended: {is_suspended}\n{}", wrong.join("\n"));
    }
}
