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
top-up-card = Top up by card
top-up-card-none = This hub takes no cards; a bank transfer is the way.
top-up-card-beneath = You pay on a page of the hub’s card provider. The amount stands in the wallet as soon as it says so.
top-up-amount = Amount
top-up-amount-hint = Tax is taken when it is spent, not now.
top-up-go-on = Go on to payment
top-up-waiting = Not over yet
top-up-of = Top-up of { $amount }
top-up-state = State
top-up-asked = Asked for
top-up-by = By
top-up-look = Look again
top-up-pay = Pay by card
top-up-another = Top up again
top-up-to-wallet = To the wallet
top-up-is = { $word ->
    [wanted] Asked for
    [sent] The provider was asked
    [waits] On its way
    [needs_person] To be paid
    [failed] Refused
    [cancelled] Called off
    [expired] Not paid in time
    [succeeded] In the wallet
   *[other] ? { $word }
}
top-up-means-of = { $word ->
    [wanted] The provider’s page is being opened. Look again in a moment.
    [sent] The provider has not answered yet and is asked again by itself. Look again in a moment; nothing is paid twice.
    [waits] The provider says that the payment is being made. It can take a while, and nobody has to do anything.
    [needs_person] Pay on the provider’s page. If you have just paid, look again in a moment.
    [failed] Nothing was taken.
    [cancelled] Nothing was taken.
    [expired] Nothing was taken. Should money come all the same, it reaches the wallet.
    [succeeded] The amount stands among the entries.
   *[other] ? { $word }
}
top-up-failure = { $word ->
    [card_declined] The card was declined. Nothing was taken; ask your bank, or take another card.
    [insufficient_funds] The card does not cover the amount. Nothing was taken.
    [expired_card] The card has expired. Nothing was taken.
    [authentication_required] Your bank wanted to know that it is you. Nothing was taken; try again.
    [expired] Nobody showed the bank in time that it is them. Nothing was taken.
    [organisation_closes] The organisation was closed before anything was taken.
   *[other] The provider says: { $word }. Nothing was taken.
}
top-up-keep-card = Keep this card for automatic top-ups
cards-title = Saved cards
cards-beneath = The hub’s card provider keeps them; their numbers never come here.
cards-none = No card is kept.
card-asked = The card can be given now
card-chosen = This card is the usual one now
card-removed = The card is kept no more
card-name = { $brand } ending in { $last4 }
card-save = Save a card
card-save-means = You give it on a page of the hub’s card provider. Nothing is taken.
card-head = Card
card-expires-head = Expires
card-state-head = State
card-actions = What can be done
card-new = Card of { $moment }
card-default = Usual
card-give = Give the card
card-choose = Make it the usual one
card-remove = Remove
card-is = { $word ->
    [wanted] Asked for
    [sent] The provider was asked
    [needs_person] To be given
    [failed] Not kept
    [expired] Not given in time
    [saved] Kept
    [removing] Being removed
    [removed] Removed
   *[other] ? { $word }
}
auto-top-up = Automatic top-up
auto-top-up-beneath = Once the money falls below what you say, a saved card pays more into the wallet, at most once an hour.
auto-top-up-none = The wallet does not top itself up.
auto-top-up-agreed = The wallet tops itself up from now on
auto-top-up-left = { $amount } can be taken in this month.
auto-top-up-ended = The wallet tops itself up no more
auto-top-up-asks = Your bank asks for you before { $amount } reach the wallet
auto-top-up-asks-means = An automatic top-up waits until somebody shows the bank that it is them.
auto-top-up-asks-way = Go on to payment
auto-top-up-paused = The automatic top-up is paused
auto-top-up-paused-means = The card was refused twice in a row. Agree once more, with this card or another one.
auto-top-up-change = Change
auto-top-up-end = End it
auto-top-up-state = State
auto-top-up-is = { $word ->
    [on] On
    [paused] Paused
    [off] Off
   *[other] ? { $word }
}
auto-top-up-below = When below
auto-top-up-below-hint = What counts is the wallet less usage that is not booked yet.
auto-top-up-amount = Amount
auto-top-up-amount-hint = Each time, at most once an hour.
auto-top-up-limit = At most in a month
auto-top-up-limit-hint = All automatic top-ups of a calendar month together.
auto-top-up-left-head = Left this month
auto-top-up-by = Agreed by
auto-top-up-since = Agreed on
auto-top-up-needs-card = It needs a saved card.
auto-top-up-consent = I agree that the hub takes these amounts from this card without asking me each time.
auto-top-up-agree = Agree
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
    [withholding] Withheld at source
    [withholding_undone] Withholding taken back
    [write_off] Debt written off
    [write_off_undone] Written-off debt owed again
    [refund] Refund
    [refund_undone] Refund failed, money back
    [refund_paid] Refund paid by the bank
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
# The organisation's spending limit.
limit = Spending limit
limit-none = Nothing limits the organisation but the wallet.
limit-is = At most { $ceiling } a month, with a letter at { $alert }.
limit-ceiling = Most that may be spent in a month
limit-ceiling-hint = With tax, whoever launches what. At it launches are refused, and what runs is stopped. Empty takes the limit away.
limit-alert-hint = Owners, admins and billing get a letter. Empty means four fifths of the maximum.
limit-save = Save the limit
limit-set = The organisation may spend { $ceiling } a month
limit-removed = Nothing limits the organisation any more but the wallet
