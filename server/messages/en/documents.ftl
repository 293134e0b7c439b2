# What stands on documents that are sent out or kept: invoices, credit notes, pro-formas, receipts, statements.
document-draft = Draft: it has no number yet and can still change
document-issued = Issued
document-due = Due
document-period = Period
document-corrects = Corrects
document-of = { $number } of { $date }
document-from-to = { $from } – { $to }
document-zone = Time zone
document-quantity = Quantity
document-price = Price
document-unit = { $word ->
    [piece] { $quantity } pc.
    [hour] { $quantity } h
   *[other] ? { $word } { $quantity }
}
document-tax-by-rate = VAT by rate
document-tax-kind = Kind
document-tax-rate = Rate
document-taxable = Taxable
document-tax = VAT
tax-category = { $word ->
    [S] Taxed
    [G] Export of services: no VAT is charged
    [AE] Reverse charge: the buyer accounts for the VAT
    [E] Exempt from VAT
   *[other] ? { $word }
}
document-paid-by = Paid by { $name }
document-goes-back = Goes back to { $name }
document-withheld = Withheld at source { $rate }
spelled-invoice = This invoice amounts, tax included, to: { $words }.
spelled-credit-note = This credit note amounts, tax included, to: { $words }.
spelled-pro-forma = This pro-forma invoice amounts, tax included, to: { $words }.
spelled-receipt = Received: { $words }.
pay-how = How to pay
pay-holder = Account holder
pay-iban = IBAN
pay-bic = BIC
pay-bank = Bank
pay-reference = Reference to quote
pro-forma = Pro-forma invoice
pro-forma-number = Pro-forma invoice { $number }
pro-forma-top-up = Top-up of the wallet
pro-forma-until = Valid until
pro-forma-mention = It asks for payment and is no invoice: the receipt follows the money, the invoice the month.
receipt = Receipt
receipt-number = Receipt { $number }
receipt-on = Received on
receipt-means = Paid by
receipt-means-word = { $word ->
    [transfer] bank transfer
    [card] card
   *[other] ? { $word }
}
receipt-payer = Sent by
receipt-reference = Reference
receipt-amount = Received { $currency }
receipt-settles = What it paid
receipt-document = Document
receipt-settled = Paid { $currency }
receipt-owed = What was owed for usage
receipt-to-wallet = Into the wallet
receipt-balance = Wallet after it
statement = Statement of account
statement-title = Statement of account, { $name }, { $from } – { $to }
statement-written = Written on
statement-day = Day
statement-booked = Booked
statement-change = Change { $currency }
statement-balance = Balance { $currency }
statement-opening = Balance before
statement-closing = Balance after
document-page = Page { $page } of { $pages }
document-as-data = The same document as data: UBL 2.1, EN 16931
