# Letters, and the operator's list of those that did not leave.
letter-greeting = Hello { $name },
letter-greeting-stranger = Hello,
letter-reset-password = Set a new password
letter-reset-password-why = Somebody, we think you, asked for a new password for this address.
letter-reset-password-until = The link below works once, until { $until }. Setting a password signs you out everywhere.
letter-reset-password-way = Set a new password
letter-reset-password-beneath = You did not ask for it? Then you need not do anything: your password stays as it is.
letter-invitation = Join { $organisation }
letter-invitation-why = { $by } invites you to { $organisation }, as { $role }.
letter-invitation-until = The link below works once, until { $until }.
letter-invitation-way = Join
letter-invitation-beneath = You do not know who asks? Then you need not do anything: nothing happens without you.
letter-member-joined = { $member } joined { $organisation }
letter-member-joined-who = { $member } ({ $email }) is now a member of { $organisation }, as { $role }: they signed in with an address at { $domain }.
letter-member-joined-means = You do not know them? Remove them; they then come back only by invitation.
letter-member-joined-way = See the members
letter-member-joined-beneath = You have this letter because you own { $organisation }.
letter-staff-changed = { $change ->
    [appointed] { $member } is now { $role } of the hub
   *[other] { $member } is { $role } of the hub no more
}
letter-staff-changed-who = { $change ->
    [appointed] Since { $at } { $member } ({ $email }) is { $role } of the hub. Two of its people agreed to it.
   *[other] Since { $at } { $member } ({ $email }) is { $role } of the hub no more.
}
letter-staff-changed-means = Is that a surprise? Tell the hub’s auditor: the audit says who did it and why.
letter-staff-changed-way = Open the hub’s area
letter-staff-changed-beneath = You have this letter because it is about you, or because you have the same role.
letter-register = Make your account
letter-register-why = Somebody, we think you, wants to sign in with this address.
letter-register-until = The link below works once, until { $until }.
letter-register-way = Make the account
letter-register-beneath = It was not you? Then you need not do anything: no account is made without you.
letter-already-registered = You have an account already
letter-already-registered-why = Somebody, we think you, asked for an account with this address. There is one already.
letter-already-registered-means = Sign in with it. If the password is forgotten, set a new one on the same page.
letter-already-registered-way = Sign in
letter-new-device = A sign-in from a new device
letter-new-device-when = On { $at } somebody signed in to your account with { $device }, from { $address }.
letter-new-device-means = Was it you? Then there is nothing to do. If not, end that session and change your password.
letter-new-device-way = See your sessions
letter-identity-linked = A new way into your account
letter-identity-linked-when = On { $at } your account was linked to a sign-in at { $issuer }, from { $address }.
letter-password-changed = Your password was changed
letter-password-changed-when = Your password was changed on { $at }, from { $address }.
letter-password-changed-means = Every other device was signed out.
letter-password-changed-way = It was not me: set a new password
letter-password-changed-beneath = You have this letter because it is about the safety of your account.
letter-kind = { $word ->
    [identity-linked] account linked to a provider
    [register] account asked for
    [already-registered] account there already
    [staff-changed] role at the hub changed
    [member-joined] somebody joined by the domain
    [invitation] invitation
    [reset-password] new password asked for
    [new-device] signed in from a new device
    [password-changed] password changed
   *[other] ?{ $word }
}
letter-state = { $word ->
    [waits] tried again
    [given-up] given up
   *[other] ?{ $word }
}
letters-beneath = What did not leave at the first try. What a letter says is not shown: it may hold a secret.
letters-empty = Every letter has left
letters-empty-means = A letter that the mail server does not take is tried again for as long as it is of use, and stands here meanwhile.
letter-to = To
letter-state-of = State
letter-failure = What the mail server said
letter-attempts = { $n ->
    [one] one try
   *[other] { $n } tries
}
letter-written = Written
letter-acts = What to do with it
letter-retry = Try now
letter-retried = The letter is tried again now
letter-discard = Throw away
letter-discarded = The letter was thrown away
mailbox-title = Mailbox of this development run
mailbox-beneath = Nothing is sent here: letters stay to be read by whoever can open this page.
mailbox-empty = No letter yet
mailbox-empty-means = Ask for a new password, and its letter stands here a second later.
mailbox-to = To
