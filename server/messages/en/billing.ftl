# Seconds and why they are not billed; invoices.
interval-reason = { $word ->
    [queued] waiting in the queue
    [scheduling] waiting for a node
    [pulling] pulling the image
    [starting] starting
    [restarting] restarting the program
    [stopping] stopping
    [node_fault] node fault
    [gpu_lost] GPU lost
    [maintenance] our maintenance
    [unconfirmed] not confirmed by the cluster
    [waived] waived by finance
   *[other] ? { $word }
}
invoice-status = { $word ->
    [draft] Draft
    [finalised] Final
   *[other] ? { $word }
}
billed = billed
not-billed = not billed
billed-and-not = { $billed } billed · { $unbilled } not
invoices-beneath = One for each closed period. The preview of the running one is your usage.
invoice = Invoice
invoice-number = Invoice { $number }
invoice-draft = Draft for { $month }
invoice-period = Period
invoice-status-head = State
invoice-total = Total
invoice-issued = Issued
invoices-none = No period has been closed yet
invoices-none-means = The hub closes each calendar month. Until then your usage shows what the invoice would say now.
invoice-issued-on = Issued { $date }
invoice-due-on = due { $date }
invoice-period-of = Period { $from } – { $to }, { $zone }
invoice-not-issued = Not issued: it can still change
invoice-billed-to = Billed to
invoice-paid-by = Paid by
invoice-wallet = the wallet
invoice-still-due = Still to pay
credit-note = Credit note
credit-note-number = Credit note { $number }
credit-notes = Credit notes
credit-notes-beneath = What was taken back of invoices, and why. A final invoice itself never changes.
credit-notes-none = Nothing was credited
credit-notes-none-means = Where an invoice was wrong, its correction stands here.
credit-note-why = Reason
credit-note-of = Corrects invoice { $number } of { $date }
credit-note-not-issued = Not issued: nothing is booked yet
credit-note-reason = Reason: { $reason }
credit-back-to = Goes back to
credit-debt = what was owed
credit-of-line = line { $n } of the invoice
credit-restored = { $name } has { $amount } again.
credit-credited = Credited
credit-left = Left of the invoice
party-ice = ICE { $number }
party-tax-id = IF { $number }
party-trade-register = RC { $number }
party-business-tax = TP { $number }
party-vat-id = VAT { $number }
line-late = of an earlier period
line-gift = { $amount } given by the hub
line-not-billed = not billed: { $reason }
total-net = Net
total-tax = VAT { $rate }
total-no-tax = No tax ({ $code })
total-grand = Total { $currency }
mention-opens = Every line opens down to its seconds where this invoice is shown.
mention-no-tax = No tax falls on what is marked { $code }.
open-line = Open a line
open-line-means = Choose a line to see the instances, the seconds and the price behind it.
line-number = Line { $n }: { $flavour }
proof-price = Price version { $version } of { $amount }, valid since { $from }.
proof-working = { $seconds } unit-seconds × { $price } ÷ 3600 = { $exact }, rounded once to { $amount }.
recalculate = Recalculate
recalculate-means = Computes the whole invoice again from the cluster’s facts and the price versions, and holds it against what was issued.
replay-equal = Replay equal
replay-equal-means = { $n ->
    [one] Rebuilt from one stretch: the same to the last micro-unit.
   *[other] Rebuilt from { $n } stretches: the same to the last micro-unit.
}
replay-differs = Replay differs
replay-differs-means = Show this to the hub’s finance: the invoice is corrected by a credit note.
difference-place = Where
difference-stored = Issued
difference-recomputed = Recalculated
# What customers withhold at source.
invoice-standing = How it stands
standing-paid = Paid
standing-withheld = Withheld at source
standing-due = Due
withheld-of = Withheld of { $invoice } · { $name }
withheld-record = Record what was withheld
withheld-means = The customer paid less, and paid this part to its tax office instead. What it owes is lower by it, and the office owes it to the hub.
withheld-certificate = Certificate
withheld-day = Day of the certificate
withheld-amount = Amount withheld
withheld-most = At most { $most }: what is due, and what the tax rule allows.
withheld-save = Record it
withheld-nothing = Nothing of it can be withheld: it is paid, or its tax rule knows no withholding.
withheld-recorded = { $amount } is recorded as withheld
withheld-recorded-means = The customer owes that much less.
withheld-kept = Certificates
withheld-undo = Take it back
withheld-undone = The certificate is taken back
withheld-undone-means = The customer owes the amount again.
withheld-was-undone = Taken back:
papers = Documents
papers-beneath = Everything that was issued to you, as files to keep: the same bytes whenever you fetch them.
papers-none = No documents yet
papers-none-means = Invoices, credit notes, pro-formas, receipts and statements stand here once there are any.
paper-kind = { $word ->
    [invoice] Invoice
    [credit_note] Credit note
    [pro_forma] Pro-forma invoice
    [receipt] Receipt
    [statement] Statement of account
   *[other] ? { $word }
}
paper-what = Document
paper-made = Made on
paper-files = Files
paper-pdf = PDF
paper-xml = XML (UBL)
paper-waits = Being drawn
paper-lacks = A file is missing; the hub knows of it
paper-being-drawn = This document is being drawn
paper-being-drawn-means = It takes a few seconds. Look again then.
paper-look = Look again
account-statement = Statement of account
account-statement-means = What the wallet held before the first day, all that moved, and what it held after the last one.
account-statement-from = First day
account-statement-from-hint = A day since 2000, such as 2026-01-01.
account-statement-through = Last day
account-statement-through-hint = Today at the latest, and no more than 366 days in all.
account-statement-ask = Ask for it
account-statement-asked = The statement is asked for
account-statement-asked-means = It stands first in the list, and is drawn within seconds.
staff-papers = Documents that wait
staff-papers-beneath = What could not be drawn as it should be, and what nobody came to for five minutes. Each is tried again by itself.
staff-papers-none = Every document is drawn
staff-papers-none-means = What cannot be drawn stands here, with what stood in the way.
staff-paper-tries = Tries
staff-paper-trouble = What stood in the way
staff-paper-untouched = Nobody came to it: does a worker run?
