# Balance, burn rate, grants.
balance = Balance
balance-lasts = { $about } left at { $rate }, tax included
balance-still = Nothing is spending at the moment
balance-out = Nothing left: top up to launch again
top-up = Top up
net = net
balance-granted = and { $amount } granted
balance-long = More than a year left at { $rate }, tax included
usage-beneath = What was held, second by second, and what of it is billed. The amounts come from the function that makes the invoice.
usage-days-of = GPU time by day, { $month }
usage-day = Day
usage-billed = Billed
usage-unbilled = Not billed
usage-so-far = { $month }, so far
usage-not-closed = its invoice is still to come
usage-used = GPU time
usage-what = What
usage-rate = { $currency } / h
usage-net = Net { $currency }
usage-granted = Hub’s gift
usage-not-billed = Not billed, and why
usage-why = Why
usage-none = No second was used in this period yet
usage-none-means = As soon as an instance’s GPU answers, its seconds appear here.
usage-focus = Usage as FOCUS 1.2
usage-months = Months
usage-summed = Summed by
usage-by = { $word ->
    [project] By project
    [member] By member
    [flavour] By GPU
   *[other] ? { $word }
}
usage-group = { $word ->
    [project] Project
    [member] Member
    [flavour] GPU
   *[other] ? { $word }
}
usage-tax = Tax { $currency }
usage-by-grants = Grants paid { $currency }
usage-by-wallet = Wallet paid { $currency }
usage-wallet = Wallet, with what is still owed
usage-grants = Grants
usage-total = Together
usage-paid-means = Net and tax are what grants and wallet paid, tax included; the wallet’s part counts what is still owed. The file has every stretch down to the millionth.
usage-program = token
usage-left = No member any more
usage-unknown = Not recorded
usage-month-none = Nothing was billed in this month
usage-month-none-means = Choose another month above.
wallet-beneath = Everything that came in and went out, and what pays next.
wallet-held = Set aside
wallet-held-means = for what runs and is not booked yet
wallet-free = Free
wallet-free-means = what a new start can take
wallet-credit-limit = credit limit { $amount }
wallet-burn = Spending
wallet-runs-until = lasts until { $moment }
wallet-settled = Usage before { $moment } is booked.
wallet-owed = { $amount } is owed
wallet-owed-means = Usage went beyond the balance. The next transfer pays it first, and nothing starts before.
top-up-title = Top up
top-up-means = Announce what you will transfer, and get the account and a reference. The money stands here when the hub’s finance has imported the bank’s statement.
lots = Grants
lots-none = No grant yet. The hub’s incubator gives them.
lot-name = Grant
lot-left = Left
lot-of = of { $amount }
lot-scope = Pays for
lot-scope-all = everything
lot-scope-projects = { $n ->
    [one] one project
   *[other] { $n } projects
}
lot-ends = Ends
lot-never = never
lot-begins = from { $date }
lot-over = over
lot-kind = { $word ->
    [promo] the hub pays
    [sponsored] a funder pays
   *[other] ? { $word }
}
gpu-time = { $span } of { $flavour }
entries = Entries
entries-none = Nothing was booked yet
entries-none-means = Transfers, grants and usage appear here, each with the balance after it.
entry-when = When
entry-what = What
entry-amount = Wallet
entry-lots = Grants
entry-balance = Balance after
entry-usage = from { $from } until { $through }
entry-kind = { $word ->
    [top_up] Money received
    [grant] Grant
    [undo] Grant taken back
    [settlement] Usage
    [expiry] Grant ran out
    [invoice] Invoice
    [credit_note] Credit note
    [unmatched] Money without an owner
    [transfer_undone] Transfer taken back
   *[other] ? { $word }
}
top-up-by-transfer = Top up by bank transfer
transfers = Transfers
transfers-beneath = Top-ups by bank transfer: announced, awaited and received.
transfers-none = No transfer was announced yet
transfers-none-means = Announce one: you get the account and a reference, and the money reaches the wallet by it.
transfer-announce = Announce a transfer
transfer-announce-means = You get a pro-forma with the account and a reference of its own. Nothing is booked before the money has come.
transfer-who = Owners, admins and billing announce transfers.
transfer-amount = Amount
transfer-amount-hint = In whole cents, as 1250.50.
transfer-announced = The transfer is announced
transfer-announced-means = Transfer the amount with exactly this reference: it says whose money it is.
transfer-reference = Reference
transfer-state-of = State
transfer-announced-on = Announced
transfer-paid = Has come
transfer-missing = Still missing
transfer-beneath = What to tell your bank. It prints well.
transfer-proforma = Pro-forma { $reference }
transfer-announced-at = Announced { $date }
transfer-until = Awaited until { $date }
transfer-mention = This is no invoice: a top-up is booked when the money has come, and invoices follow what is used.
transfer-rib = RIB (from Morocco)
transfer-iban = IBAN
transfer-beneficiary = Beneficiary
transfer-bank = Bank
transfer-code = Code for a telephone
transfer-code-means = It holds account, amount and reference: to pay with where the bank’s app reads it, else to copy from.
transfer-cancel = Call it off
transfer-cancel-means = Nobody counts on it any more. Money that comes with this reference all the same reaches your wallet.
transfer-cancelled = The transfer is called off
transfer-state = { $word ->
    [open] awaited
    [paid] paid
    [expired] ran out
    [cancelled] called off
   *[other] ? { $word }
}
