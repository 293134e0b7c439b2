# Signing in, sessions, and who may do what.
sign-in-title = Sign in
sign-in-beneath = To the GPUs of your organisation.
email = E-mail address
password = Password
signed-out = You are signed out
signed-out-means = Other devices stay signed in until you end their sessions.
sessions-beneath = Where you are signed in. A session ends after 12 hours without use, and after 7 days in any case.
session-device = Device
session-address = Address
session-opened = Signed in
session-seen = Last used
session-this = this one
session-end = End session
session-ended = The session has ended
session-ended-means = Whoever used it has to sign in again.
homeless = You belong to no organisation yet
homeless-next = Ask an owner or admin of yours to invite the address { $email }.
permission = { $word ->
    [ReadOrganisation] see the organisation
    [ReadMembers] see the members
    [ReadInstances] see instances
    [LaunchInstances] launch instances
    [ChangeInstances] start, restart and delete instances
    [ReadLogs] read logs
    [StopInstances] stop instances
    [ReadUsage] see the usage
    [ReadBalance] see the balance
    [ReadInvoices] see invoices
    [ManageMembers] manage members
    [ManageProjects] manage projects
    [ReadAudit] read the audit log
    [GrantCredits] grant credits
    [SetPrices] set prices
    [CloseBilling] close periods and finalise invoices
    [SetQuotas] set quotas
    [ReadNodes] see nodes
    [MaintainNodes] maintain nodes
    [ReadInstallationAudit] read the hub’s audit log
   *[other] { $word }
}
