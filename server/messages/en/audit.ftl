# The audit’s screens: what was done, in words, and the file.
audit-beneath = Every change in { $organisation }: who made it, from where, before and after.
audit-csv = Download as CSV
audit-who-example = name or address
nav-activity = What happened to my account
activity-beneath = Sign-ins, proofs and changes of your own account, the latest first. What you did in an organisation stands in its audit.
activity-empty = Nothing yet
activity-empty-means = What happens to your account from now on stands here.
audit-did = { $word ->
    [account-opened] Account opened again
    [account-signed_out] All sessions of an account ended
    [account-stopped] Account stopped
    [budget-removed] Budget taken away
    [budget-set] Budget set
    [domain-claimed] Domain asked for
    [domain-confirmed] Domain confirmed
    [domain-refused] Domain refused
    [domain-removed] Domain given up
    [dunning-ended] Overdue amount paid
    [dunning-paused] Steps of a debt rest
    [dunning-resumed] Steps of a debt go on
    [dunning-step_taken] Step of a debt taken
    [factor-code_used] Recovery code used
    [factor-codes_made] New recovery codes made
    [factor-passkey_added] Passkey added
    [factor-passkey_removed] Passkey removed
    [factor-reset] Lost factors removed
    [factor-reset_asked] Removal of lost factors asked for
    [factor-reset_stopped] Removal of factors stopped by their person
    [factor-reset_withdrawn] Removal of lost factors withdrawn
    [factor-totp_removed] Authenticator removed
    [factor-totp_set] Authenticator set
    [project-closed] Project closed
    [project-made] Project made
    [project-members_set] Members of a project changed
    [project-opened] Project opened again
    [project-renamed] Project renamed
    [staff-appointed] Staff role given
    [staff-proposed] Staff role proposed
    [staff-revoked] Staff role taken away
    [staff-withdrawn] Proposal of a staff role withdrawn
    [token-made] API token made
    [token-revoked] API token revoked
    [view-began] Staff began to look as a member would
    [view-ended] Staff stopped looking as a member would
    [cluster-waived] Cluster’s unconfirmed time waived
    [identity-linked] Account linked to a provider
    [identity-unlinked] Account no longer linked to a provider
    [instance-delete_undone] Deletion taken back
    [instance-deleted] Instance deleted
    [instance-given_up] Instance given up
    [instance-launched] Instance launched
    [instance-replaced] Instance replaced
    [instance-restarted] Instance restarted
    [instance-started] Instance started
    [instance-stopped] Instance stopped
    [invitation-resent] Invitation sent again
    [invitation-revoked] Invitation taken back
    [invoice-finalised] Invoice finalised
    [invoice-credited] Invoice credited
    [invoice-withheld] What was withheld recorded
    [invoice-withholding_undone] Withholding taken back
    [invoice-line_contested] Line of an invoice contested
    [invoice-contest_withdrawn] Contested line withdrawn
    [invoice-contest_credited] Contested line credited
    [invoice-contest_refused] Contested line refused
    [invoice-all_asked] Finalisation of all drafts asked for
    [invoice-all_stopped] Finalisation of all drafts stopped
    [invoice-looked_at] Reasons of a draft looked at
    [month-opened] Close of a month opened
    [month-closed] Month closed
    [letter-discarded] Letter thrown away
    [letter-retried] Letter tried again
    [lot-granted] Grant given
    [lot-undone] Grant taken back
    [member-changed] Member’s role changed
    [member-invited] Somebody invited
    [member-joined] Member joined
    [member-left] Member left
    [member-removed] Member removed
    [organisation-changed] Settings of the organisation changed
    [organisation-closed] Organisation closed
    [organisation-ended] Organisation ended
    [organisation-founded] Organisation opened
    [organisation-kept] Organisation kept after all
    [password-changed] Password changed
    [password-reset] Password set by letter
    [auto_top_up-set] Automatic top-up agreed to
    [auto_top_up-ended] Automatic top-up ended
    [auto_top_up-started] Automatic top-up begun
    [auto_top_up-asked_person] Automatic top-up waits for a person
    [auto_top_up-declined] Automatic top-up refused
    [auto_top_up-paused] Automatic top-up paused
    [card-asked] Card to be saved
    [card-saved] Card saved
    [card-chosen] Usual card chosen
    [card-removed] Card removed
    [payment-asked] Top-up by card asked for
    [payment-finding_settled] Finding of payments looked into
    [payment-refund_asked] Refund asked for
    [payment-refunded] Refund paid
    [payment-refund_failed] Refund failed or called off
    [period-closed] Period closed
    [person-address_changed] Address changed
    [person-changed] Name, language or time zone changed
    [person-closed] Account closed
    [person-erased] Account erased
    [person-kept] Account kept after all
    [person-exported] Own data taken along
    [person-registered] Account made
    [price-set] Price set
    [price-withdrawn] Price withdrawn
    [question-answered] Question answered
    [quota-set] Quota set
    [session-code_refused] Sign-in refused: wrong code of the second factor
    [session-ended] Signed out
    [session-opened] Signed in
    [session-others_ended] Signed out everywhere else
    [session-proof_failed] Wrong password within a session
    [session-proved] Password shown again
    [session-refused] Sign-in refused: wrong password
    [tax_rule-set] Tax rule set
    [usage-overbilled] Fault known after billing
    [volume-made] Volume made
    [volume-grown] Volume made larger
    [volume-deleted] Volume deleted
    [volume-delete_undone] Deletion of a volume taken back
    [volume-released] Volume given up for good
    [volume-frozen] Volume frozen
    [volume-thawed] Frozen volume brought back
    [wallet-topped_up] Money paid in
    [bank-account_set] Receiving bank account set
    [bank-line_ignored] Line of a statement put aside
    [bank-line_reopened] Line of a statement opened again
    [bank-statement_imported] Bank statement imported
    [transfer-announced] Transfer announced
    [transfer-cancelled] Transfer called off
    [wallet-statement_asked] Statement of account asked for
    [wallet-transfer_undone] Transfer taken back
    [sign_off-asked] Second signature asked for
    [sign_off-signed] Signed as the second person
    [sign_off-refused] Second signature refused
    [sign_off-withdrawn] Second signature taken back
    [sign_off-limit_set] Limit for one person set
    [sign_off-limit_asked] Looser limit asked for
    [sign_off-limit_agreed] Looser limit agreed to
    [sign_off-limit_withdrawn] Looser limit taken back
    [wallet-written_off] Debt written off
    [wallet-write_off_undone] Write-off taken back
   *[other] { $word }
}
