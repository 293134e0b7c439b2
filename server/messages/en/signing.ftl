sign-offs = Two signatures
sign-offs-beneath = What is above its limit is done once a second person of the hub has signed exactly that.
sign-offs-waiting = Waiting or signed
sign-offs-none = Nothing waits for a second person
sign-offs-none-means = Whoever finalises, writes off, gives money back or closes a month above a limit asks for a signature there; it stands here then.
sign-off-what = What
sign-off-amount = Amount
sign-off-asked = Asked
sign-off-state-label = State
sign-off-by = by { $name }
sign-off-signed-by = signed by { $name }
sign-off-kind = { $word ->
    [finalise] Finalise an invoice
    [refund] Refund
    [write_off] Write off a debt
    [close] Close a month
   *[other] ? { $word }
}
sign-off-state = { $word ->
    [open] Waits
    [signed] Signed
    [refused] Refused
    [withdrawn] Taken back
    [voided] Void
    [used] Done
   *[other] ? { $word }
}
sign-off-of = { $kind }: { $name }
sign-off-see-draft = See the draft
sign-off-see-refunds = See the refunds
sign-off-see-debts = See what is owed
sign-off-digest = Digest of what is signed
sign-off-of-invoice = Of the invoice
sign-off-decide = Decide
sign-off-sign = Sign
sign-off-sign-means = You sign exactly this. If it changes before it is done, your signature no longer counts.
sign-off-refuse = Refuse
sign-off-refuse-hint = Who asked reads it, 1 to 500 characters.
sign-off-withdraw = Take it back
sign-off-yours = You asked for it, so somebody else of finance signs.
sign-off-forbidden = Finance signs.
sign-off-now-signed = Signed
sign-off-now-signed-means = What it is for can be done now, by any of finance.
sign-off-now-refused = Refused
sign-off-now-refused-means = Who asked finds the reason here.
sign-off-now-withdrawn = Taken back
sign-off-ask = Ask for a second signature
sign-off-ask-means = It is above what one person may finalise alone. Somebody else of finance signs exactly this document; if it changes, they sign again.
sign-off-waits = A second signature is asked for. Somebody else of finance signs it.
sign-off-open = See the signature
sign-off-now-asked = A second signature is asked for
sign-off-now-asked-means = Somebody else of finance finds it under “Two signatures”.
sign-off-limits = Limits
sign-off-limits-means = A stricter limit holds at once. A looser one holds once another person of finance agreed.
sign-off-alone = One person alone
sign-off-any-amount = any amount
sign-off-up-to = up to { $amount }
sign-off-limit-waits = Asked for by { $name }: { $amount }
sign-off-limit-acts = What to do
sign-off-limit-agree = Agree
sign-off-limit-withdraw = Take back
sign-off-limit-set = Set the limit
sign-off-limit-kind = For what
sign-off-limit-currency = Currency
sign-off-limit-amount = One person alone up to
sign-off-limit-amount-hint = Empty: any amount, so nobody signs.
sign-off-limit-now-set = The limit holds
sign-off-limit-now-waits = The limit waits for another person of finance
sign-off-limit-now-withdrawn = The limit stays as it is
write-offs = Write-offs
write-offs-of = Write-offs of { $name }
write-offs-beneath = What nobody will pay is given up here: it is owed no longer, and stands in the books as written off.
write-off-owed = Owed now
write-off-of-none = Of no invoice
write-off-which = Of which invoice
write-off-option = { $number } – { $amount } due
write-off-option-none = No invoice – { $amount }
write-off-amount = Amount
write-off-amount-hint = At most what is due of it.
write-off-reason-hint = The customer reads it beside the entry of the wallet, 1 to 500 characters.
write-off-do = Write off
write-off-means = The debt is lower by it at once. If money comes after all, take the write-off back first.
write-off-nothing = Nothing can be written off
write-off-nothing-means = Nothing is owed, or what is owed stands on no issued invoice yet.
write-off-forbidden = Finance writes off.
write-off-done = { $amount } is written off
write-off-done-means = It is owed no longer. The auditor finds the entry in the journal.
write-off-none = Nothing was written off
write-off-none-means = What is written off stands here, with its reason.
write-off-when = When
write-off-why = Why
write-off-undone = Taken back on { $at }: { $reason }
write-off-undo = Take back
write-off-undo-done = { $amount } is owed again
write-off-undo-done-means = The entry that reverses it is in the journal.
write-off-now = Write it off now
write-off-ask = It is above what one person may write off alone. Somebody else of finance signs exactly this.
standing-written-off = Written off
