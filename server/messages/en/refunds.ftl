refund = Refund
refunds = Refunds
refunds-of = Refunds of { $name }
refunds-beneath = Money of a wallet that goes back to the card or the account that it came from.
refund-give = Give money back
refund-nothing = Nothing can go back
refund-nothing-means = Only what came by card or by transfer, has not gone back and lies free in the wallet can. What runs holds a part of it: stop that first.
refund-what = Of what
refund-what-hint = It goes back the way it came.
refund-source = { $rail ->
    [card] Card, { $date }: { $amount } came, up to { $most } can go back
   *[transfer] Transfer, { $date }: { $amount } came, up to { $most } can go back
}
refund-amount = Amount
refund-amount-hint = In whole cents, as 1250.50; empty for all that can go back.
refund-reason-hint = The organisation reads it.
refund-means = The money leaves the wallet at once. You see what happens before it does.
refund-see = See what it does
refund-would = What happens
refund-nothing-yet = Nothing is booked yet.
refund-final = A card’s provider is told at once and a bank is told by you: it cannot be stopped then.
refund-now = Give it back now
refund-ask-to-sign = It is above what one person may give back alone. Somebody else of finance signs exactly this.
refund-where = Goes to
refund-rail = { $rail ->
    [card] Card
   *[transfer] Bank account
}
refund-to = { $rail ->
    [card] Card ending { $ends }
   *[transfer] Account ending { $ends }
}
refund-came = Came
refund-before = Went back before
refund-balance-after = Balance after
refund-free-after = Free after
refund-payee = Who is paid
refund-account = Account
refund-account-unknown = not in the statement: ask the bank who paid
refund-asked = { $amount } goes back
refund-asked-next = { $rail ->
    [card] The card’s provider is told now; banks take five to ten days.
   *[transfer] It stands on the desk of refunds until the bank has paid it.
}
refunds-none = Nothing went back yet
refunds-none-means = Refunds appear here with what has become of them.
refund-asked-at = Asked for
refund-state-of = State
refund-state = { $word ->
    [wanted] begins
    [sent] is told
    [waits] on its way
    [to_pay] to be paid
    [succeeded] paid
    [failed] failed, back in the wallet
   *[other] ? { $word }
}
refund-of = Refund of { $amount }
refunds-to-pay = To be paid by the bank
refunds-to-pay-none = Nothing is to be paid
refunds-to-pay-none-means = Refunds of transfers wait here until a statement, or you, say that the bank has paid them.
refunds-all = All refunds
refund-reference = Reference
refund-line = Paid by
refund-line-see = Line of a statement
refund-failure = Why not
refund-paid = The bank has paid it
refund-paid-done = It is booked out of the bank
refund-paid-means = Pay it at your bank with exactly this reference: the statement then says by itself that it is paid. Say it here where no statement does.
refund-paid-on = Paid on
refund-paid-on-hint = The day on which the bank booked it, not after today.
refund-call-off = Call it off
refund-called-off = It is called off, and the money is back in the wallet
refund-call-off-means = Only where the bank has not paid it and will not: the money goes back into the wallet.
refund-call-off-hint = The organisation reads it.
entry-refund = { $rail ->
    [card] Refund to card ending { $ends }
   *[transfer] Refund to account ending { $ends }
}
letter-refund-paid = { $amount } of { $organisation } went back
letter-refund-paid-where = { $rail ->
    [card] On { $at } we gave { $amount } from the wallet of { $organisation } back to the card that had paid it. Its bank may take five to ten days to show it.
   *[transfer] { $amount } from the wallet of { $organisation } was paid to the account that it had come from.
}
letter-refund-ends = { $rail ->
    [card] The card ends in { $ends }.
   *[transfer] The account ends in { $ends }.
}
letter-refund-failed = { $amount } of { $organisation } could not go back
letter-refund-failed-when = We wanted to give { $amount } back, and it could not be paid. On { $at } it was put back into the wallet of { $organisation }.
letter-refund-failed-means = Nothing is lost, and it can be used as before. Write to the hub where it should go back another way.
