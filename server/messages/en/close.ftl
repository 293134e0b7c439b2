# The close of a month, and the finalisation of all its drafts.
close-months = Close of months
close-months-beneath = A month is opened once it is over, mended line by line, and closed: from then on nothing is booked in it.
close-month = Month
close-month-state = { $word ->
    [running] Runs
    [unopened] Over
    [open] Being closed
    [closed] Closed
   *[other] ? { $word }
}
close-opened-by = Opened by
close-closed-by = Closed by
close-open = Open the close
close-open-means = From then on everybody sees what is missing. Nothing changes for customers.
close-opened = The close of { $month } is open
close-closed = { $month } is closed
close-of = Close of { $month }
close-checklist = Checklist
close-checklist-means = Every line is counted anew from the database when the page opens, and once more when the month is closed. None can be ticked by hand.
close-progress = { $done } of { $all } lines hold
close-holds = Holds
close-stands-in-the-way = { $count }: { $means }
close-check = { $word ->
    [clusters] Every cluster is known up to the month’s end
    [periods] Every period is closed
    [drafted] Every closed period has its draft
    [review] Every reason to look was looked at
    [bank] No line of the bank waits
    [provider] The provider of payments and we agree
    [drafts] Every draft is final
    [balance] The trial balance is zero and equal to the ledger
    [rules] Every other rule of the books holds
   *[other] ? { $word }
}
close-check-open = { $word ->
    [clusters] clusters without a word yet; wait for them or waive them
    [periods] periods still to be closed
    [drafted] closed periods without a draft
    [review] drafts with reasons that nobody has looked at
    [bank] lines of statements that nobody has decided
    [provider] findings to look into
    [drafts] drafts to finalise
    [balance] places where the sums differ; call the operator before you go on
    [rules] broken rules; call the operator before you go on
   *[other] ? { $word }
}
close-close = Close the month
close-ask-means = { $amount } were invoiced, which is above what one person may close alone. Somebody else of finance signs the month as it stands; if it changes, they sign again.
close-close-means = Every line holds. After the close nothing is booked in the month; what comes later is dated when it is booked.
close-is-closed = The month is closed. Its checklist stands as it was then.
close-runs = The month is not over yet.
close-forbidden = Only finance closes months.
close-waits-for = It waits for: { $check }
close-finalise-all = Finalise all drafts
close-finalise-means = Numbers every draft up to the month’s end that needs no look, one after the other. Drafts with reasons that nobody has looked at are left, and those that changed are told.
close-all-currencies = All currencies
close-no-drafts = There is no draft.
close-run-begun = Drafts are being finalised
close-run-stopped = Stopped: no other draft is begun
close-run-of = Finalisation of { $month }
close-run-beneath = It goes on by itself, also when you leave this page and when the portal is started anew. Load the page again for the list as it is now.
close-run-state = { $word ->
    [running] Goes on
    [stopped] Stopped
    [ended] Done
   *[other] ? { $word }
}
close-run-counts = { $done } of { $all } are final.
close-run-left = Could not be: { $failed }. Need a look: { $left }. Wait: { $waiting }.
close-run-stop = Stop
close-asked-by = Asked for by
close-over-at = Over since
close-for-people = For you to look at
close-for-people-means = Open a draft, look at it, and finalise it there, or ask for all drafts once more.
close-for-nobody = Nothing so far.
close-item-state = { $word ->
    [waiting] Waits
    [done] Final
    [failed] Could not be
    [left] Needs a look
   *[other] ? { $word }
}
close-looks = Looked at
close-look = I have looked
close-look-hint = What you found, for the auditor: 1 to 500 characters.
close-looked = Noted: its reasons were looked at
close-findings = Findings of payments
close-findings-beneath = What the provider of payments says and what we booked differ here. Nothing of it was credited.
close-finding = { $word ->
    [amount_differs] Another amount than we quoted
    [unknown_payment] A payment that we do not know
    [not_at_provider] Not paid, says the provider
    [unreadable_event] A notice that cannot be read
    [refund_differs] A refund of another amount than we asked
    [unknown_refund] Money that went back without us: a refund, or a dispute by the card’s holder
   *[other] ? { $word }
}
close-finding-of = What the provider calls it
close-found-at = Found
close-finding-first = Look into the first
close-finding-hint = What it was and what was done: 1 to 500 characters.
close-finding-settle = Note it
close-finding-settled = The finding was looked into
close-no-findings = No finding is open
close-no-findings-means = The provider and we agree. Both sides are compared each hour.
