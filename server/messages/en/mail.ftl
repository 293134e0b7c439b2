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
letter-domain-answered = { $change ->
    [confirm] { $domain } is confirmed for { $organisation }
   *[refuse] { $domain } is not confirmed for { $organisation }
}
letter-domain-answered-means = { $change ->
    [confirm] The hub saw in the name service that { $domain } is yours. From now on whoever signs in with a verified address there joins by themselves, with the role { $role }. That is not wanted? Give the domain up on the page of the members.
   *[refuse] Nobody joins by { $domain } with the role { $role }. Set the record that the page of the members shows, then ask for the domain again.
}
letter-domain-answered-reason = The hub says: { $reason }
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
letter-identity-unlinked = A way into your account was removed
letter-identity-unlinked-when = On { $at } the sign-in at { $issuer } was removed from your account, from { $address }.
letter-password-changed = Your password was changed
letter-password-changed-when = Your password was changed on { $at }, from { $address }.
letter-password-changed-means = Every other device was signed out.
letter-password-changed-way = It was not me: set a new password
letter-password-changed-beneath = You have this letter because it is about the safety of your account.
letter-budget-alert = A budget of { $organisation } has reached { $amount }
letter-budget-alert-of = { $of ->
    [organisation] { $name } has spent { $amount } of the { $ceiling } that its spending limit allows this month.
    [project] The project { $name } has spent { $amount } of the { $ceiling } of its budget.
    [member] What { $name } launched has cost { $amount } of the { $ceiling } of their budget.
   *[token] The token { $name } has spent { $amount } of its { $ceiling }.
}
letter-budget-alert-means = At the ceiling nothing new starts, and what runs there is stopped. Disks are kept.
letter-budget-reached = A budget of { $organisation } is used up
letter-budget-reached-of = { $of ->
    [organisation] { $name } has reached its spending limit of this month, { $ceiling }.
    [project] The project { $name } has reached the ceiling of its budget, { $ceiling }.
    [member] What { $name } launched has reached the ceiling of their budget, { $ceiling }.
   *[token] The token { $name } has reached its ceiling, { $ceiling }.
}
letter-budget-reached-means = { $stopped ->
    [one] One instance was stopped. Raise the ceiling to start it again.
   *[other] { $stopped } instances were stopped. Raise the ceiling to start them again.
}
letter-budget-way = See the budgets
letter-budget-beneath = You have this letter because you manage this budget, or because it is yours.
letter-money-low = { $step ->
    [m10] { $organisation } has less than 10 minutes of money left
   *[m30] { $organisation } has less than 30 minutes of money left
}
letter-money-low-when = At the present rate the money of { $organisation } ends on { $at }. Everything that runs is stopped then, and nothing new starts.
letter-money-low-means = Top up the wallet before, or stop what you do not need. Volumes are kept; what is in memory or on a container’s own disk is lost.
letter-money-out = The money of { $organisation } has run out
letter-money-out-stopped = { $stopped ->
    [one] On { $at } one instance was stopped: { $names }.
   *[other] On { $at } { $stopped } instances were stopped: { $names }.
}
letter-money-out-means = What ran is no longer billed. Volumes are kept from what was set aside for them. Top up the wallet to start again.
letter-lot-ending = { $step ->
    [lot_30] The grant { $lot } of { $organisation } ends in 30 days
    [lot_7] The grant { $lot } of { $organisation } ends in 7 days
   *[lot_1] The grant { $lot } of { $organisation } ends within a day
}
letter-lot-ending-when = On { $at } the grant { $lot } ends. It still holds { $left }.
letter-lot-ending-means = What is not used by then is lost. What runs afterwards is paid by other grants or by the wallet.
letter-line-answered = { $change ->
    [credited] Line { $line } of invoice { $invoice } is credited
   *[refused] Line { $line } of invoice { $invoice } stays as it was billed
}
letter-line-answered-what = { $change ->
    [credited] { $organisation } contested line { $line } of invoice { $invoice }. The hub has issued credit note { $note } of { $amount } for it, tax included: who paid has it back.
   *[refused] { $organisation } contested line { $line } of invoice { $invoice }, { $amount } before tax. The hub has looked at it and leaves the line as it is.
}
letter-line-answered-reason = What the hub says: { $reason }
letter-line-answered-way = See the answer
letter-auto-top-up-declined = The automatic top-up of { $organisation } was refused
letter-auto-top-up-declined-of = { $amount } were to be taken from the card ending in { $card } for the wallet of { $organisation }.
letter-auto-top-up-declined-means = { $paused ->
    [yes] The card was refused twice in a row, so the automatic top-up is paused. Agree once more, with this card or another one.
   *[no] It is tried again in an hour if the money is still low. Top up by hand, or choose another card.
}
letter-auto-top-up-declined-way = Open the automatic top-up
letter-auto-top-up-asks = Your bank asks for you: top-up of { $organisation }
letter-auto-top-up-asks-of = { $amount } are to be taken from the card ending in { $card } for the wallet of { $organisation }, and its bank wants to know that it is you.
letter-auto-top-up-asks-means = Nothing was taken yet. Whoever holds the card can go on with the payment and answer their bank.
letter-auto-top-up-asks-way = Go on with the payment
letter-sign-off-waits = { $word ->
    [finalise] A second signature is asked for: invoice of { $organisation }
    [refund] A second signature is asked for: refund to { $organisation }
    [write_off] A second signature is asked for: write-off of { $organisation }
   *[close] A second signature is asked for: close of { $month }
}
letter-sign-off-waits-what = { $word ->
    [finalise] { $by } wants to finalise an invoice of { $organisation } over { $amount }.
    [refund] { $by } wants to give { $amount } back to { $organisation }.
    [write_off] { $by } wants to write off { $amount } that { $organisation } owes.
   *[close] { $by } wants to close the month { $month }, in which { $amount } were invoiced.
}
letter-sign-off-waits-means = It is above what one person may do alone. Look at it, and sign exactly that or refuse it with a reason.
letter-sign-off-waits-way = See what is to be signed
letter-sign-off-limit-waits = { $word ->
    [finalise] A looser limit waits for you: invoices in { $currency }
    [refund] A looser limit waits for you: refunds in { $currency }
    [write_off] A looser limit waits for you: write-offs in { $currency }
   *[close] A looser limit waits for you: closes of months in { $currency }
}
letter-sign-off-limit-waits-what = { $word ->
    [finalise] { $by } asks that one person alone may finalise invoices: { $wanted }. Until somebody else of finance agrees, it stays as it is: { $present }.
    [refund] { $by } asks that one person alone may give money back: { $wanted }. Until somebody else of finance agrees, it stays as it is: { $present }.
    [write_off] { $by } asks that one person alone may write debts off: { $wanted }. Until somebody else of finance agrees, it stays as it is: { $present }.
   *[close] { $by } asks that one person alone may close months: { $wanted }. Until somebody else of finance agrees, it stays as it is: { $present }.
}
letter-sign-off-limit-waits-means = What is above a limit is signed by two. Look whether less of it should be, and agree to exactly that or take it back.
letter-sign-off-limit-waits-way = See the limits
letter-line-contested = { $organisation } contests line { $line } of invoice { $invoice }
letter-line-contested-what = { $organisation } contests { $amount } before tax of line { $line } of invoice { $invoice }.
letter-line-contested-reason = What they say: { $reason }
letter-line-contested-way = Answer it
letter-hub-money-beneath = You have this letter because you look after the hub’s money.
letter-volumes-ending = { $step ->
    [frozen] Volumes of { $organisation } are frozen
    [d14] Volumes of { $organisation } are deleted in 14 days
    [d7] Volumes of { $organisation } are deleted in 7 days
    [d1] Volumes of { $organisation } are deleted within a day
   *[gone] Volumes of { $organisation } were deleted
}
letter-volumes-ending-when = { $step ->
    [gone] On { $at } these volumes were deleted for good: { $names }.
   *[other] On { $at } these volumes are deleted for good, unless money comes before: { $names }.
}
letter-volumes-ending-means = { $step ->
    [gone] Nothing of them is left, since nobody had paid for them after three notices.
   *[other] Until then they are kept, not mounted and not billed. Top up the wallet, and they are back at once.
}
letter-money-beneath = You have this letter because you look after the money of { $organisation }.
letter-change-address = Sign in with this address
letter-change-address-why = Somebody, we think you, wants to sign in to their account with this address from now on.
letter-change-address-way = Use this address
letter-change-address-beneath = It was not you? Then you need not do anything: nothing happens without you.
letter-address-changed = Your address was changed
letter-address-changed-when = On { $at } the address of your account became { $email }, changed from { $address }.
letter-address-changed-means = You sign in with it from now on. If it was not you, write to the hub at once: only there can it be taken back.
letter-account-closed = Your account is closed
letter-account-closed-when = You closed your account. On { $until } what we keep of you is erased.
letter-account-closed-means = Until then you can keep it: sign in and say so on the page of your settings.
letter-organisation-closed = { $change ->
    [closed] { $organisation } is closed
    [kept] { $organisation } is kept after all
   *[ended] { $organisation } has ended
}
letter-organisation-closed-when = { $change ->
    [closed] An owner closed { $organisation }. Nothing starts in it any more, and its API tokens are revoked. On { $until } it ends.
    [kept] On { $until } an owner took back that { $organisation } was closed. Nothing was deleted; its API tokens stay revoked.
   *[ended] On { $until } { $organisation } ended, as one of its owners had asked. Nobody is a member any more, and what was left of its instances and volumes is deleted.
}
letter-organisation-closed-means = { $change ->
    [closed] Until then every owner can keep it. It was none of you? Keep it, then look in its audit who it was.
    [kept] Make new tokens for the programs that need one.
   *[ended] What was used is still invoiced: the hub’s finance sends the last invoice and pays back what is left of prepaid money. Invoices and books are kept for ten years.
}
letter-organisation-closed-way = { $change ->
    [closed] Keep the organisation
    [kept] Open the organisation
   *[ended] Open the portal
}
letter-factor-changed = A change to how you sign in
letter-factor-changed-when = On { $at }, from { $address }: { $change ->
    [totp-set] an authenticator app was set as a second factor.
    [totp-removed] the authenticator app was removed.
    [passkey-added] a passkey was added.
    [passkey-removed] a passkey was removed.
    [codes-made] new recovery codes were made; those before no longer work.
    [code-used] a recovery code was used to get in.
   *[other] ?{ $change }
}
letter-factor-changed-means = Was it you? Then there is nothing to do. If not, set a new password and look at what is set.
letter-factor-changed-way = See what is set
letter-factors-reset = { $change ->
    [done] Your second factors were removed
    [withdrawn] Your second factors stay
   *[asked] Your second factors are about to be removed
}
letter-factors-reset-when = { $change ->
    [done] On { $until } two of the hub’s operators removed every second factor of your account: authenticator, passkeys and recovery codes. All your sessions have ended.
    [withdrawn] On { $until } the hub took back that your second factors are removed. Nothing has changed.
   *[asked] One of the hub’s operators asked that every second factor of your account is removed: authenticator, passkeys and recovery codes. Another one can agree until { $until }.
}
letter-factors-reset-means = { $change ->
    [done] Sign in with your password and set a new factor. This was not you? Set a new password at once, and write to the hub.
    [withdrawn] You lost them all the same? Write to the hub again.
   *[asked] You told the hub that you lost them? Then wait: a letter follows. This was not you? Sign in with your factor and stop it, and write to the hub.
}
letter-factors-reset-way = { $change ->
    [done] This was not me: set a new password
    [withdrawn] See what is set
   *[asked] This was not me: stop it
}
letter-account-stopped = { $change ->
    [stopped] Your account is stopped
    [signed-out] All your sessions have ended
   *[opened] Your account is open again
}
letter-account-stopped-when = { $change ->
    [stopped] On { $at } the hub stopped your account, because it may be in other hands. All your sessions have ended, nobody can sign in, and your own API tokens open nothing. What you have is kept.
    [signed-out] On { $at } the hub ended all sessions of your account. Nothing else has changed.
   *[opened] On { $at } the hub opened your account again. You sign in as before, and your own API tokens open what they did.
}
letter-account-stopped-means = { $change ->
    [stopped] Set a new password now, and write to the hub: it makes sure who you are and opens the account again.
    [signed-out] Sign in again. You do not know why it was done? Set a new password, and look at what is set.
   *[opened] Set a new password if you have not, then look at your second factors and your tokens: remove what you do not know.
}
letter-account-stopped-way = Set a new password
letter-operators-told = { $change ->
    [stopped] The account of { $member } is stopped
    [signed-out] All sessions of { $member } have ended
   *[opened] The account of { $member } is open again
}
letter-operators-told-who = { $change ->
    [stopped] On { $at }, { $by } stopped the account of { $member } ({ $email }). The reason: { $reason }
    [signed-out] On { $at }, { $by } ended all sessions of { $member } ({ $email }).
   *[opened] On { $at }, { $by } opened the account of { $member } ({ $email }) again. The reason: { $reason }
}
letter-operators-told-means = This surprises you? Talk to them and to the hub’s auditor: an account is found, stopped and opened again under People.
letter-operators-told-beneath = You have this letter because you are an operator of the hub.
letter-kind = { $word ->
    [account-stopped] account stopped, opened again or signed out
    [operators-told] operators told of an account
    [factor-changed] factors changed
    [factors-reset] lost factors removed or about to be
    [identity-linked] account linked to a provider
    [identity-unlinked] account no longer linked to a provider
    [register] account asked for
    [already-registered] account there already
    [staff-changed] role at the hub changed
    [member-joined] somebody joined by the domain
    [domain-answered] domain confirmed or refused
    [invitation] invitation
    [reset-password] new password asked for
    [new-device] signed in from a new device
    [password-changed] password changed
    [budget-alert] budget near its ceiling
    [budget-reached] budget at its ceiling
    [money-low] money about to end
    [money-out] money ended
    [auto-top-up-declined] automatic top-up refused
    [auto-top-up-asks] automatic top-up waits for a person
    [lot-ending] grant about to end
    [line-contested] line contested
    [sign-off-waits] second signature asked for
    [sign-off-limit-waits] looser limit for signatures asked for
    [line-answered] contested line answered
    [payment-overdue] payment overdue
    [refund-paid] money went back
    [refund-failed] money could not go back
    [volumes-ending] volumes frozen or about to be deleted
    [change-address] another address asked for
    [account-closed] account closed
    [address-changed] address changed
    [organisation-closed] organisation closed or kept
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
