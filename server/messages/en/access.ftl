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
prove-at = Show it at { $provider }
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
provider-link-beneath = { $email } signs in here already. Show once that the account is yours, and from then on { $provider } is enough.
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
provider-proof-another = Somebody else signed in at { $provider }
provider-proof-another-means = Sign in there with the account that is linked to yours here.
provider-stale = { $provider } did not ask you anew who you are
provider-stale-means = Nothing was done. Show it another way, or set a password by a letter.
factors = Second factors
factors-beneath = What signing in asks for besides the password, here and after signing in elsewhere. A stolen password is then not enough.
factor-set = set
factor-unset = not set
factor-told = A letter tells you so.
factor-title = One more proof
factor-beneath = { $email } has set a second factor.
factor-code = Code
factor-code-hint = The six digits that your authenticator shows now, or one of your recovery codes.
factor-recovery-code = Recovery code
factor-recovery-code-hint = One of the codes that you kept when you set your second factor.
factor-late = This sign-in is over
factor-late-means = It waits { $n ->
    [one] one minute
   *[other] { $n } minutes
} for the second factor. Begin again with the password.
totp = Authenticator app
totp-means = An app on your telephone shows a new code of six digits each half minute.
totp-set-means = Signing in asks for the code that your app shows. Each code works once.
totp-begin = Set up an app
totp-another = Move to another device
totp-remove = Remove the app
totp-removed = The authenticator is removed
totp-title = Set up an authenticator app
totp-title-beneath = Photograph this with the app, then write the first code that it shows. The picture is good for { $n ->
    [one] one minute
   *[other] { $n } minutes
}.
totp-picture = The key for your app, as a picture
totp-by-hand = No camera? Type this key into the app: time-based, six digits.
totp-seed = The key for your app
totp-first-code = First code
totp-first-code-hint = Six digits. If it is not taken, look whether the telephone’s clock is right.
totp-confirm = That is it
totp-done = Your authenticator is set
totp-done-means = From now on signing in asks for its code. A letter tells you so.
codes = Recovery codes
codes-means = For the day when your telephone is lost: each opens the door once in place of the second factor.
codes-later = They come with the first factor that you set.
codes-make = Make new codes
codes-left = { $n ->
    [one] one left
   *[other] { $n } left
}
codes-none = You have no recovery codes
codes-none-means = Without them, a lost device keeps you out. Make new ones and keep them.
codes-title = Your recovery codes
codes-once = This page shows them once. Codes that you had before no longer work.
codes-keep = Keep them where you keep important papers, or in a password manager: not on the telephone that shows your codes.
codes-kept = I have kept them
passkeys = Passkeys
passkeys-means = Your device recognises you, by finger, face or its own code, and signs you in: with a passkey no password is needed, and nobody can get one out of you.
passkeys-nowhere = Passkeys are made for a name over TLS; this portal’s address has none, so browsers make none here.
passkey-name = Name
passkey-name-hint = So that you know it again: “telephone”, “key on my ring”.
passkey-add = Add a passkey
passkey-added = The passkey is added
passkey-added-at = Added
passkey-used-at = Last used
passkey-remove = Remove
passkey-removed = The passkey is removed
passkey-removed-means = A letter tells you so. Delete it on your device too, where it would still be offered.
passkey-without = Passkeys need JavaScript, and a browser that knows them.
passkey-failed = Nothing was signed: it was cancelled, took too long, or this device has no passkey for it. Try again, or go another way.
passkey-sign-in = Sign in with a passkey
passkey-show = Use a passkey
identities = Accounts elsewhere
identities-means = You sign in with these, besides the password and passkeys. To link one more that has the same address, sign out and choose it at the sign-in.
identity-at = At
identity-linked-at = Linked
identity-remove = Remove
identity-removed = The account elsewhere is removed
identity-removed-means = It opens nothing here any more, and what it had opened on other devices has ended. A letter tells you so.
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
    [CloseOrganisation] close the organisation
    [ManageProjects] manage projects
    [HoldTokens] hold API tokens of one’s own
    [ManageTokens] manage all API tokens
    [ChangeOrganisation] change the organisation’s settings
    [TopUpWallet] top up the wallet
    [LimitSpending] limit what the organisation spends
    [ContestLines] contest lines of invoices
    [ReadAudit] read the audit log
    [GrantCredits] grant credits
    [SetPrices] set prices
    [CloseBilling] close periods and finalise invoices
    [IssueCreditNotes] issue credit notes
    [RecordWithholdings] record what customers withhold
    [SignOff] sign what is above a limit as the second person
    [WriteOffDebts] write off debts
    [SetQuotas] set quotas
    [ConfirmDomains] confirm organisations’ domains
    [ReadNodes] see nodes
    [MaintainNodes] maintain nodes
    [MaintainMail] see and repeat letters that did not leave
    [ViewAsMember] look at an organisation as a member would
    [ReadStaff] see who has a role at the hub
    [AppointStaff] appoint the hub’s staff
    [ResetFactors] take lost second factors away
    [StopAccounts] stop accounts and open them again
    [ReadInstallationAudit] read the hub’s audit log
   *[other] { $word }
}
factors-reset-waits = The hub is about to remove all your second factors
factors-reset-waits-means = One of its operators asked for it, and another one can agree until { $until }. You have your factors and did not ask? Stop it.
factors-reset-stop = Stop it
factors-reset-stopped = Your second factors stay
factors-reset-stopped-means = Write to the hub: somebody there believed that it was you.
