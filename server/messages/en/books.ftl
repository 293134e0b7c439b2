# The hub's books.
nav-books = Books
books-trial-balance = Trial balance
books-ageing = Receivables by age
books-revenue = Revenue
books-deferred = Deferred at the month’s end
books-in = { $sheet }, { $currency }
books-until = Everything that was booked before { $date }, { $time }.
books-day = At the end of
books-empty = Nothing was booked here
books-empty-means = Choose another currency or a later day.
books-account = Account
books-debit = Debit
books-credit = Credit
books-difference = Balance
books-sum = Sum
books-balanced = balanced
books-not-balanced = does not balance: run tamuda doctor
books-signs = A balance above zero is owed or earned by the hub, one below zero is owed to it or held by it. Open an account to see the organisations that it consists of.
books-journal = Journal
books-journal-means = A line for each posting, with exact amounts. Days are the seller’s, and both belong to it; empty: from the beginning, up to now.
books-journal-csv = Journal in { $currency } (CSV)
books-journal-whole = Whole journal (CSV)
books-from = From
books-to = Up to and with
books-to-30 = 0–30 days
books-to-60 = 31–60 days
books-to-90 = 61–90 days
books-older = Over 90 days
books-unpaid = Unpaid
books-since = since { $date }
books-ageing-means = What is owed beyond wallets, and wallets below zero. Payments pay the oldest debt first.
books-ageing-rest = The sums hold all organisations; so many owe less than these: { $n }.
books-nothing-owed = Nobody owes anything
books-nothing-owed-means = Debts appear here with their age as soon as usage goes beyond a wallet.
books-month = Month
books-invoiced = Invoiced
books-credited = Credited
books-accrued = Used, not invoiced
books-revenue-means = Net, in the month in which invoices and credit notes were issued. Used, not invoiced: by how much it grew in the month; it falls as invoices are issued.
books-prepaid = Prepayments
books-sponsored = Funders’ grants
books-promo = The hub’s gifts
books-deferred-means = Prepayments are what wallets hold together, those below zero deducted. Grants of GPU time have no price before they are used.
books-vat = VAT declaration
books-taxable = Taxable base
books-tax = Tax
books-vat-is-booked = as much as the ledger booked
books-vat-means = Invoices that became final in the month without the credit notes that were issued in it, as the documents rounded them. Days are the seller’s. Draft invoices do not count.
books-vat-withheld = Withheld by customers in the month: { $amount }.
account-kind = { $word ->
    [bank] Bank
    [clearing] Card provider
    [receivable] Receivables
    [withheld] Withheld at source
    [accrued] Used, not invoiced
    [accrued_tax] Tax on it
    [sponsor] Owed by funders
    [wallet] Wallets
    [unmatched] Unmatched payments
    [refunds] Refunds to be paid
    [lots_sponsored] Funders’ lots
    [lots_promo] Gift lots
    [deferred] Deferred revenue
    [tax] Tax
    [revenue] Revenue
    [promo] Gifts
    [written_off] Written off
    [breakage] Run out unused
    [rounding] Rounding
    [counterpart] GPU time
   *[other] ? { $word }
}
account-means = { $word ->
    [bank] the hub’s money
    [clearing] what the card provider has taken for the hub and not paid out yet
    [receivable] what organisations owe beyond their wallets
    [withheld] what customers withheld: their tax offices owe it to the hub
    [accrued] charged usage that no invoice holds yet, net
    [accrued_tax] the tax on usage that no invoice holds yet
    [sponsor] what funders pay for the lots that they give
    [wallet] money of organisations, or their debt where they pay on account
    [unmatched] money that came and whose sender is not known
    [refunds] refunds that left wallets and that the bank has not paid yet
    [lots_sponsored] what is left of lots that funders pay
    [lots_promo] what is left of lots that the hub gives
    [deferred] revenue that is set aside for later
    [tax] tax of invoices without that of credit notes
    [revenue] net amounts of invoices without those of credit notes
    [promo] what the hub gave away
    [written_off] what was owed and nobody will pay
    [breakage] lots whose time was over
    [rounding] what rounding on documents gave or took
    [counterpart] the other side of GPU time
   *[other] ? { $word }
}
