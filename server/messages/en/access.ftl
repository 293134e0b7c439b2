# Signing in, sessions, and who may do what.
sign-in-title = Sign in
sign-in-beneath = To the GPUs of your organisation.
email = E-mail address
password = Password
signed-out = You are signed out
signed-out-means = Other devices stay signed in until you end their sessions.
signed-out-but = You are signed out here, not at { $provider }
signed-out-but-means = It does not answer. Sign out there yourself if others use this device.
sign-out-there = Sign out at { $provider } too
sign-out-there-means = You are signed out here. { $provider } asks next whether you sign out there as well.
sign-out-there-go = Go on to { $provider }
sessions-beneath = Where you are signed in. A session ends after 12 hours without use, and after 7 days in any case.
session-device = Device
session-address = Address
session-opened = Signed in
session-seen = Last used
session-this = this one
session-end = End session
session-ended = The session has ended
sessions-end-others = End all others
sessions-ended = Every other session has ended
session-ended-means = Whoever used it has to sign in again.
homeless = You belong to no organisation yet
homeless-next = Ask an owner or admin of yours to invite the address { $email }, or open an organisation of your own.
forgotten-link = Forgotten your password?
forgotten-title = Forgotten password
forgotten-beneath = We send a link to set a new one to your address.
forgotten-send = Send the letter
forgotten-sent = If { $email } signs in here, a letter is on its way
forgotten-sent-means = It works once, within { $n ->
    [one] one minute
   *[other] { $n } minutes
}. Nothing there? Look among unwanted mail, or ask again.
reset-title = Set a new password
reset-beneath = For { $email }. Every session ends, on this device too.
reset-spent = This link no longer works
reset-spent-means = It works once, within { $n ->
    [one] one minute
   *[other] { $n } minutes
} of being asked for.
reset-again = Ask for another letter
password-title = Change password
password-beneath = Every other device is signed out.
password-present = Present password
password-present-wrong = This is not your present password.
password-new = New password
password-rule = 8 to 128 characters. A few words in a row are easy to keep and hard to guess.
password-set-it = Set the password
password-set = The password is set
password-set-means = Sign in with it.
password-changed = The password is changed
password-changed-means = Every other device was signed out, and a letter tells you so.
prove-title = Is it you?
prove-beneath = Your password once more, { $email }: what comes next decides who may come in. It then counts for { $n } minutes.
prove-it = Go on
register-link = No account yet?
register-title = Make an account
register-beneath = We send a link to your address, which shows that it is yours.
register-send = Send the letter
register-sent = A letter is on its way to { $email }
register-sent-means = Its link works once, within { $n } hours. Nothing there? Look among unwanted mail, or ask again.
register-make-title = Your account
register-make-beneath = For { $email }.
register-make = Make the account
register-spent-means = It works once, within { $n } hours of being asked for.
registered = Your account is made
registered-means = Open an organisation, or ask one to invite you.
provider-continue = Continue with { $provider }
provider-or = or
provider-link-title = This account is not linked to { $provider } yet
provider-link-beneath = { $email } signs in here already. Show its password once, and from then on { $provider } is enough.
provider-link = Link and sign in
provider-linked = { $provider } is linked to your account
provider-unproven = { $provider } vouches for no address of yours
provider-unproven-means = Verify your e-mail address there, or make an account here with an address and a password.
provider-away = { $provider } does not answer
provider-away-means = It is not your fault. Try again in a minute, or sign in another way.
provider-refused = You were not signed in at { $provider }
provider-refused-means = It said: { $code }. Try again, or sign in another way.
provider-untrusted = What { $provider } answered cannot be trusted
provider-untrusted-means = Nothing was done. Try again from the beginning; if it stays so, tell the hub.
provider-late = That took too long
provider-late-means = Begin again; a sign-in can take ten minutes.
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
    [ManageOwners] make and unmake owners
    [ManageDomain] name the domain whose people come in by themselves
    [ManageProjects] manage projects
    [ReadAudit] read the audit log
    [GrantCredits] grant credits
    [SetPrices] set prices
    [CloseBilling] close periods and finalise invoices
    [SetQuotas] set quotas
    [ConfirmDomains] confirm organisations’ domains
    [ReadNodes] see nodes
    [MaintainNodes] maintain nodes
    [MaintainMail] see and repeat letters that did not leave
    [ViewAsMember] look at an organisation as a member would
    [ReadStaff] see who has a role at the hub
    [AppointStaff] appoint the hub’s staff
    [ReadInstallationAudit] read the hub’s audit log
   *[other] { $word }
}
