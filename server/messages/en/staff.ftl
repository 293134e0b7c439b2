# The hub's own people.
staff-role = { $word ->
    [operator] Operator
    [incubator] Incubator
    [finance] Finance
    [auditor] Auditor
   *[other] ? { $word }
}
staff-fresh = What the clusters say, { $ago }. Nothing here is a wish of ours.
staff-never-seen = No cluster has been seen yet. The portal looks as soon as one is connected.
staff-cluster-silent = { $cluster } does not answer; last seen { $since }
staff-cluster-silent-means = What stands below is the last view. Running instances go on; seconds that nobody sees are not billed until the cluster confirms them.
staff-skew = The clocks of { $cluster } and the database are { $seconds } s apart
staff-skew-means = Above 5 s usage may be cut at the wrong second. Check NTP on the nodes and on the database.
staff-of = of { $all }
staff-oldest = longest: { $name }
staff-slices-in-use = MIG slices in use
staff-gpus-in-use = GPUs in use
staff-nodes-away = { $n ->
    [one] { $n } node does not answer
   *[other] { $n } nodes do not answer
}
staff-faults = Lost now
staff-gpus = GPUs
staff-instances = instances
staff-questions = Questions to you
staff-open = open
staff-waiting-why = Waiting, and why
staff-nothing-waits = Nothing waits
staff-nothing-waits-means = Every instance is where it should be. What waits appears here with its reason and its next step.
staff-all-waits = All { $n }
staff-unconfirmed = Seconds that nobody saw
staff-unconfirmed-means = Of the last 30 days. They are not billed. Seeing the same pod and container again confirms them; otherwise they stay here.
staff-from = From
staff-until = Until
staff-length = Length
staff-goes-on = goes on
staff-instance = Instance
staff-asked-for = Asked for
staff-phase = Phase
staff-reason-next = Reason and next step
staff-since = Since
staff-no-reason-yet = The cluster has not said why yet. The next look is within a minute.
staff-given-up = Given up { $ahead } if nothing changes.
staff-given-up-now = Its time is over: it is given up at the next look.
staff-no-nodes = No node yet
staff-no-nodes-next = Join a node with the NVIDIA device plugin to the cluster; it appears here within a minute.
staff-cell-used = in use
staff-cell-free = free
staff-cell-lost = lost
staff-node-gone = gone { $ago }
staff-node-away = does not answer, last sign { $ago }
staff-gpus-lost = { $n ->
    [one] { $n } GPU lost
   *[other] { $n } GPUs lost
}
staff-node-cordoned = takes no launches
staff-used-of = { $used } of { $all }
staff-in-use-of = { $used } of { $all } in use
staff-node = Node
staff-standing = Standing
staff-resource = Resource
staff-ours = Ours
staff-foreign = Others’ pods
staff-free = Free
staff-changed = Changed
staff-question-of = { $cluster } asks before it deletes
staff-asks-restored = The cluster is ahead of the database: the database was probably restored. Should what the database no longer knows be deleted?
staff-asks-deletions = An unusual share of all objects would be deleted. Is that meant?
staff-keep = Keep everything
staff-keep-means = Keep: nothing is deleted. What the database does not know goes on running, unbilled, until you decide otherwise.
staff-delete = Delete
staff-delete-means = Delete: on { $cluster } everything of ours that no row wants ends at once. Data on its disks is lost and cannot be brought back.
staff-question-not-yours = The operator answers this.
staff-kept = Everything is kept
staff-deleting = The deletion begins
staff-organisations-beneath = Every tenant of this hub.
staff-search = Search
staff-search-example = Name or slug
staff-no-organisations = No organisation here
staff-no-organisations-next = Found one with tamuda admin organisation, or search for another word.
staff-state = State
staff-country = Country
staff-currency = Currency
staff-running = Running
staff-active = Active
staff-suspended = Suspended
staff-standing-closing = Closing
staff-standing-closed = Closed
staff-no-instances = It has no instance.
staff-flavour = GPU
staff-held-of = Held of quota
staff-change = Change
staff-quota-never-set = never set: it may hold none
staff-held = Set aside
staff-free-money = Free for starts
staff-per-hour = Per hour
staff-empty-at = Money lasts until
staff-lasts = no end within a year
staff-settled = Settled up to
staff-credit-limit = Credit limit
staff-receivable = Owed beyond the balance
staff-gross = All amounts with tax.
staff-facts = What is known
staff-project = Project
staff-identifier = Id
staff-image = Image
staff-launched-by = Launched by
staff-in-phase = In this phase for
staff-deadline = Given up at
staff-restarts = Restarts
staff-last-event = The cluster’s last word
staff-answer = The cluster’s answer
staff-attempt = Attempt
staff-attempts = Attempts
staff-stop = Stop it
staff-stop-means = Its pod ends and its GPU is free; billing ends now. Volumes are kept, and the customer can start it again.
staff-stop-hint = The customer reads this, word for word.
staff-stop-rests = It has already ended: there is nothing to stop.
staff-stop-forbidden = Only the operator stops a tenant’s instance.
staff-stopped = { $name } stops
staff-reason = Reason
staff-now = Now
staff-quotas-beneath = How many units of each GPU an organisation may hold at once.
staff-no-quotas = No quota was set yet
staff-no-quotas-next = Open an organisation and set what it may hold.
staff-quota-of = { $flavour } for { $name }
staff-new-quota = New quota
staff-units = Units
staff-units-hint = It holds { $used } now. What it holds stays, even above a lower quota.
staff-quota-reason-hint = The organisation and the audit read it.
staff-set-quota = Set the quota
staff-quota-set = The quota of { $name } is { $units } now
staff-quota-set-means = The cluster takes it over within seconds.
staff-prices-beneath = Net, per unit and hour. Tax comes on top by the buyer’s rule.
staff-prices-net = A price never changes the past: a new version begins at its date, the one before ends there.
staff-price-since = since { $date }
staff-price-then = { $price } from { $moment }
staff-not-for-sale = Not for sale
staff-no-flavours = No GPU is known yet
staff-no-flavours-next = GPUs come from the cluster’s nodes; connect a cluster first.
staff-tax-rules = Tax rules
staff-tax-means = A country’s own rule goes before the one for every country. Rates come with the installation and change by date.
staff-buyer = Buyer
staff-business = business
staff-private = not a business
staff-every-country = every other country
staff-tax-category = Treatment
staff-tax-rate = Rate
staff-tax-reason = Legal reason
staff-tax-withheld = Buyers withhold
staff-tax-withheld-of = { $word ->
    [net] { $rate } of the net amount
   *[tax] { $rate } of the tax
}
staff-holds = Holds
staff-holds-now = holds
staff-scheduled = scheduled
staff-over = over
staff-versions = Versions
staff-version = Version
staff-set-by = Set by
staff-installation = the installation
staff-withdraw = Withdraw
staff-withdrawn = The version is withdrawn
staff-withdrawn-means = The one before holds on in its place.
staff-never-sold = Never sold in this currency
staff-never-sold-next = Organisations that pay in it cannot launch this GPU until a price holds.
staff-new-price = New version
staff-price-net = Net price of one unit
staff-price-from = From
staff-price-from-hint = Empty: at once. Zone { $zone }, now { $now }.
staff-price-means = From then on every running instance of this GPU pays the new price; each second keeps the price of its time.
staff-set-price = Set the price
staff-price-set = { $price } is set
staff-price-set-means = It holds from { $from }.
staff-grants-beneath = Choose who is to be given credits; beneath each stand its lots and what became of them.
staff-grant-beneath = What it was given, what became of it, and giving more.
staff-granted = { $amount } granted to { $name }
staff-granted-means = It pays before the wallet, from its start to its expiry.
staff-lots-left = Left in lots
staff-lots = Lots
staff-lot = Lot
staff-left-of = Left of
staff-became = What became of it
staff-pays-for = Pays for
staff-no-lots = Nothing was granted yet
staff-no-lots-next = Fill in the form: you see the effect before anything is given.
staff-gpu-hours = { $hours } h of { $flavour }
staff-given-on = { $date }: { $reason }
staff-used-up = used up
staff-pays = pays
staff-lot-used = used { $amount }, worth { $worth }
staff-lot-expired = expired { $amount }
staff-lot-voided = taken back { $amount }
staff-lot-untouched = not used yet
staff-everything = everything
staff-from-to = { $from } to { $to }
staff-from-on = from { $from } on
staff-new-grant = New grant
staff-who-pays = Who pays
staff-lot-name = Name on the bill
staff-lot-name-hint = As in “Spring cohort 2027”.
staff-how-much = How much
staff-unit = Unit
staff-hours-of = GPU-hours of { $flavour }
staff-pays-flavour = Pays for GPU
staff-pays-project = Pays for project
staff-every-flavour = every GPU
staff-every-project = every project
staff-pays-from = Pays from
staff-expires = Expires
staff-empty-is-now = Empty: at once.
staff-empty-is-never = Empty: never.
staff-grant-reason-hint = Sponsor and audit read it, 3 to 500 characters.
staff-see-effect = See the effect
staff-grant-preview = Grant to { $name }
staff-nothing-given-yet = Nothing is given yet. This is what would change.
staff-give = Give it
staff-effect = What changes
staff-your-grant = The grant
staff-lots-before = Such lots hold now
staff-lots-after = They would hold
staff-wallet-stays = The wallet stays at
staff-empty-before = Money lasts until, now
staff-empty-after = With the grant until
staff-at-once = at once
staff-never = never
staff-take-back = Take back what is left
staff-take-back-of = Take back { $lot } from { $name }
staff-take-back-means = A reversing entry books what is left back to the hub or the funder. What was used stays paid, and so does usage up to now that is not booked yet. What runs then spends the wallet. This cannot be undone; a new grant can be given.
staff-take-back-hint = It stands beside the entry in the wallet of the organisation.
staff-taken-back = { $amount } taken back
staff-taken-back-means = The reversing entry stands in the wallet of the organisation.
staff-lot-granted = Granted
staff-lot-used-label = Used
staff-lot-left-label = Left
staff-billing-beneath = Close what has ended, look at what is unusual, finalise the rest.
staff-ready-to-close = Ready to close
staff-ready-means = everything is known and settled
staff-blocked = Blocked
staff-blocked-means = ended, and something is missing
staff-running-periods = Running
staff-running-means = their month is not over
staff-to-look-at = To look at
staff-look-means = invoices below with a reason
staff-periods = Periods
staff-period = Period
staff-no-periods = No period runs
staff-what-blocks = What blocks the close
staff-state-running = running
staff-state-waiting = blocked
staff-state-ready = ready
staff-ends-on = It ends on { $at }; then it can be closed.
staff-still-settling = Its last seconds are being settled; this takes minutes and happens by itself.
staff-nothing-blocks = Nothing blocks it.
staff-known-through = { $cluster } is known up to { $at }
staff-reasons = Reasons to look
staff-total = Total
staff-before = The period before
staff-as-expected = as expected
staff-unbilled = { $span } wished and not billed
staff-no-drafts = No invoice here
staff-no-drafts-next = Closing a period makes its draft; finalising gives it a number.
staff-period-of = { $month }, { $name }
staff-begins = Begins
staff-ends = Ends
staff-close = Close the period
staff-close-means = Closing ends the period, opens the next and makes the draft invoice. Facts that come later are lines of the next invoice, with their own dates. A closed period stays closed.
staff-close-blocked = It waits for the cluster beside. Wait for it, or waive it with a reason.
staff-close-forbidden = Only finance closes a period.
staff-closed = { $month } is closed
staff-closed-draft = This is its draft. Look at it, then finalise it.
staff-closed-nothing = There was nothing to bill, so there is no draft.
staff-waive-waits = Waiting costs nothing: as soon as the cluster is heard again, its seconds are confirmed or classed by themselves.
staff-waive-means = Waiving: everything it has not confirmed from { $from } to { $to } is never billed, and the hub bears it. This cannot be undone.
staff-waive-hint = The audit reads it, 3 to 500 characters.
staff-waive = Waive { $cluster }
staff-waived = Waived; intervals no longer billed: { $n }
staff-waived-next = From { $from } on. The period can be closed once everything before is settled.
staff-finalise = Finalise
staff-finalise-means = It gets the next number and today’s date and never changes again. What was set aside becomes revenue and tax. A mistake is corrected by a credit note alone.
staff-finalise-forbidden = Only finance finalises an invoice.
staff-finalised = Invoice { $number } is final
staff-finalised-means = It can be recalculated from its seconds at any time.
staff-credit = Credit note
staff-credit-of = Credit { $invoice } of { $name }
staff-credit-means = The invoice stays as it is. A credit note takes it back, whole or in part, with its own tax: who paid gets back what they paid of that part.
staff-credit-what = What is taken back
staff-credit-whole = All that is left: { $amount }
staff-credit-line = Line { $n }: { $flavour }, { $project } – { $amount } left
staff-credit-amount = Amount of the line
staff-credit-amount-hint = Before tax and before gifts of the hub. Empty: all that is left of the line.
staff-credit-reason-hint = It stands on the credit note and in the audit, 1 to 500 characters.
staff-credit-see = See the credit note
staff-credit-nothing-yet = Nothing is booked yet. This is what will be issued.
staff-credit-final = It gets the next number of its series and today’s date, and never changes again.
staff-credit-issue = Issue the credit note
staff-credited = Credit note { $number } is issued
staff-credited-means = The money is back with who paid, and the organisation sees it beneath its invoice.
staff-credit-notes-beneath = The corrections of all organisations, the latest first.
staff-audit-beneath = Every change, who made it, before and after. Rows are chained; one that is changed or taken away is noticed.
staff-verify = Check the seals
staff-chain-holds = The chain holds; seals checked: { $n }
staff-nothing-sealed = Nothing is sealed yet
staff-chain-broken = The chain breaks at seal { $seq }: { $fault }
staff-fault-gap = a seal before it is missing
staff-fault-missing = its row is gone
staff-fault-changed = its row says something else
staff-fault-chain = it does not follow from the one before
staff-fault-replaced = it is not the one that was exported
staff-unsealed = Rows waiting for the sealer: { $n }, the oldest { $ago }.
staff-all-sealed = No row waits for the sealer.
staff-erased = Contents erased at a person’s wish: { $n }.
staff-head = head
staff-area-label = Area
staff-organisation-id = Organisation’s id
staff-subject = Thing’s id
staff-what = What
staff-who = Who
staff-changes = Before and after
staff-seal = Seal
staff-when = When
staff-sealed = no. { $seq }
staff-not-sealed = waits
staff-more-fields = { $n } more
staff-nothing = nothing
staff-value = value
staff-no-audit = Nothing was changed here
staff-no-audit-next = Widen the filters: take away an id or a date.
staff-domains-beneath = Whose people come into an organisation by themselves. Confirm only what the name service shows.
staff-no-domains = No domain is asked for
staff-no-domains-next = Owners ask for theirs on the members page of their organisation.
staff-domain-asked = Asked for
staff-domain-record = Look for this record
staff-domain-record-means = The portal asks no name service itself. The answer has to say { $record }.
staff-domain-answer = Answer
staff-domain-means = Confirmed, whoever signs in with { $provider } and an address at { $domain } joins { $name } as { $role }.
staff-domain-reason-hint = What you saw, or why not. It stands in the audit of the organisation.
staff-domain-confirm = The record is there: confirm
staff-domain-refuse = Refuse
staff-domain-confirmed = { $domain } is confirmed for { $name }
staff-domain-refused = { $domain } is refused to { $name }
staff-people-beneath = Who works for the hub. Two operators appoint somebody; one is enough to revoke.
staff-propose = Propose somebody
staff-propose-beneath = They need an account here. Another operator has to agree before they have the role.
staff-propose-email = Address that they sign in with
staff-propose-role = Role at the hub
staff-propose-reason-hint = The hub’s audit shows it, and so does the list until somebody agrees.
staff-propose-send = Propose
staff-proposed = { $name } is proposed as { $role }
staff-proposed-means = Another operator agrees to it under People, within { $n } days.
staff-proposals = Waiting for a second person
staff-proposal-by = by { $name }
staff-proposal-until = Until
staff-proposal-acts = What to do with it
staff-agree = Agree
staff-agreed = { $name } is { $role } now
staff-proposal-withdraw = Take back
staff-proposal-withdrawn = The proposal is taken back
staff-resets = Lost factors: waiting for a second person
staff-reset = Remove lost factors
staff-reset-beneath = For somebody who has lost every second factor and their recovery codes. Make sure outside of the portal who it is, face to face or by a number that the hub knew before, never by the address alone.
staff-reset-means = Once another operator agrees, every second factor is gone and all sessions end. A letter tells the person now and then, and they can stop it.
staff-reset-reason-hint = How you made sure who they are. The hub’s audit shows it, and so does the list until somebody agrees.
staff-reset-send = Ask for it
staff-reset-asked = It is asked for { $name }
staff-reset-asked-means = Another operator agrees to it under People, within { $n } hours.
staff-reset-done = The second factors of { $name } are gone
staff-reset-done-means = They sign in with their password and set new ones.
staff-reset-withdrawn = It is taken back; a letter says so
staff-account = Find an account
staff-account-beneath = Of anybody, also of who has no role at the hub. What was taken over is stopped here at once.
staff-account-find = Find
staff-account-state = State
staff-account-open = Open
staff-account-stopped-since = Stopped since { $at }
staff-account-roles = Roles at the hub
staff-account-organisations = Organisations
staff-account-none = None
staff-account-sessions = Open sessions
staff-account-sign-out = End all sessions
staff-account-signed-out = All sessions of { $name } have ended
staff-account-signed-out-means = A letter says so. Whoever knows the password and has the factor can sign in again: to keep them out, stop the account.
staff-account-stop = Stop the account
staff-account-stop-means = All sessions end at once, nobody signs in, and the person’s own API tokens open nothing; service accounts and instances go on. The audit and a letter to the other operators tell the reason; the person gets a letter without it.
staff-account-stopped = The account of { $name } is stopped
staff-account-stopped-means = Look at what it did in the audit, and at the tokens of its organisations.
staff-account-reopen = Open the account again
staff-account-reopen-means = Make sure first, outside of the portal, that it is in its person’s hands. The audit and a letter to the other operators tell how you did.
staff-account-opened = The account of { $name } is open again
staff-account-opened-means = A letter asks them for a new password, and to look at factors and tokens.
staff-person = Person
staff-revoke = Revoke a role
staff-revoke-means = They lose it with their next click, and a letter tells them and everybody else who has the role.
staff-revoke-it = Revoke
staff-revoked = { $name } is { $role } no more
staff-role-own = you
view-as = View as a member
view-title = Look at { $organisation } as a member would
view-beneath = You see what that member and you yourself may see, and change nothing. It ends by itself after { $n } minutes.
view-reason-hint = The organisation reads it in its audit, with the beginning and the end.
view-begin = Begin
view-on = You look at { $organisation } as this role would: { $role }
view-on-means = Shown is what that role and you yourself may see. Nothing can be changed.
view-end = End the view
view-ended = The view of { $organisation } has ended
staff-lot-kind = { $word ->
    [promo] gift of the hub
    [sponsored] a funder
   *[other] { $word }
}
staff-lot-kind-long = { $word ->
    [promo] The hub: its own gift, before tax
    [sponsored] A funder: pays the total with tax
   *[other] { $word }
}
staff-review = { $word ->
    [unbilled_seconds] seconds not billed
    [rose_fourfold] over four times the month before
    [price_changed] price changed
    [late_facts] late facts
    [overbilled] fault learnt after it was billed
    [missing_tax_id] buyer without a tax number
    [unpaid_receivable] earlier invoice not paid
    [contested_line] contested line
   *[other] { $word }
}
staff-tax = { $word ->
    [S] standard rate
    [G] export, no tax
    [AE] reverse charge
    [E] exempt
   *[other] { $word }
}
staff-area-of = { $word ->
    [account] accounts
    [cluster] clusters
    [factor] second factors
    [domain] domains
    [dunning] steps of debts
    [identity] identities
    [instance] instances
    [invitation] invitations
    [budget] budgets
    [token] API tokens
    [project] projects
    [invoice] invoices
    [letter] letters
    [lot] grants
    [member] members
    [month] closes of months
    [password] passwords
    [auto_top_up] automatic top-ups
    [card] saved cards
    [payment] card payments
    [organisation] organisations
    [period] periods
    [person] people
    [price] prices
    [question] questions
    [quota] quotas
    [session] sessions
    [sign_off] second signatures
    [staff] staff roles
    [tax_rule] tax rules
    [usage] corrections of usage
    [volume] volumes
    [wallet] payments
    [bank] bank statements
    [transfer] transfers
    [view] views as a member
   *[other] { $word }
}
nav-bank = Bank
bank-beneath = What has come by transfer: matched by its reference, or waiting for you.
bank-import = Import a statement
bank-import-means = Paste the bank’s file. You see what it says and what booking it would do before anything is stored; the same line is never booked twice.
bank-file = The bank’s file
bank-file-name = Name of the file
bank-file-name-hint = As the bank calls it: it stands in the list.
bank-format = Format
bank-currency = Currency
bank-currency-hint = Of a sheet alone: the other formats say it themselves.
bank-content = Content
bank-content-hint = All of the file, as text. A sheet is read as the last time, or as its headings say.
bank-look = See what it says
bank-nothing-yet = Nothing is stored yet.
bank-known = This file was imported before
bank-known-means = Booking it once more books nothing twice.
bank-book = Book it
bank-book-means = What a reference names goes to its organisation; all else waits among the lines without an owner.
bank-booked = The statement is booked
bank-waiting = Lines that wait for you
bank-waiting-none = No line waits
bank-waiting-none-means = What no reference names stands here after an import.
bank-statements = Statements
bank-statements-none = No statement was imported yet
bank-statements-none-means = Download one from the bank, as CAMT.053, MT940 or a sheet, and import it here.
bank-statement = Statement
bank-statement-beneath = What its lines have become.
bank-statement-of = Account { $iban }
bank-days = Days
bank-lines = Lines
bank-known-before = Known before
bank-credited = Credited
bank-waits = Waits
bank-imported = Imported
bank-opening = Opening balance
bank-closing = Closing balance
bank-onward = Further lines
bank-back = First lines
bank-rest-means = An import was cut off. Book the rest: what is booked stays as it is.
bank-book-rest = Book the rest
bank-payer = Payer
bank-payer-unknown = Payer not named
bank-payer-account = Payer’s account
bank-day = Booked on
bank-written = What was written
bank-state = State
bank-amount = Amount
bank-plan = Will be
bank-score = Certainty of 100
bank-place = line { $n }
match-about = { $reason } ({ $about })
bank-accounts = Accounts at which the hub is paid
bank-account-none = none: no transfer can be announced
bank-account-of = Account in { $currency }
bank-account-set = Set the account
bank-account-means = Pro-formas name it from now on. Those before keep the account that they named, whose statements can still be imported.
bank-account-done = The hub is paid at { $iban }
bank-account-done-means = Pro-formas that are announced from now on name it.
bank-iban = IBAN
bank-iban-hint = Or the 24 digits of a Moroccan RIB.
bank-beneficiary = Beneficiary
bank-name = Bank
bank-line-of = Line of { $amount }
bank-says = What the bank says
bank-reference = Bank’s reference
bank-organisation = Organisation
bank-organisation-hint = Its word in addresses, or its id.
bank-transfer = Announced transfer
bank-transfer-hint = Its id, where the line pays one; empty where it pays none.
bank-nobody = nobody known
bank-why = Why
bank-class = What it pays
bank-proposed = What is proposed
bank-decided = What was decided
bank-decided-by = By
bank-match = Credit it
bank-match-means = The whole amount goes to the organisation: first to what it owes, then to its wallet. It can be undone.
bank-ignore = Not ours
bank-ignore-means = The line leaves the books again: it is for nobody’s wallet here. It can be opened again.
bank-ignore-hint = What the money is for, or that it goes back.
bank-undo = Undo the match
bank-undo-means = A reversing entry takes the amount out of the wallet as far as nothing holds it; the rest is owed. The line waits again.
bank-undo-hint = It stands beside the entry in the wallet of the organisation.
bank-reopen = Open it again
bank-reopen-means = It is booked among the lines without an owner, and waits.
bank-line-matched = The line is credited
bank-line-undone = The match is undone, and the line waits
bank-line-ignored = The line is put aside
bank-line-reopened = The line waits again
bank-booked-waits = { $n ->
    [one] One line waits for you.
   *[other] { $n } lines wait for you.
}
bank-rest = { $n ->
    [one] One line is not booked yet
   *[other] { $n } lines are not booked yet
}
bank-line-state = { $word ->
    [new] not booked yet
    [unmatched] waits
    [matched] credited
    [ignored] put aside
    [outgoing] no money came
   *[other] ? { $word }
}
match-class = { $word ->
    [exact] exactly what was missing
    [partial] a part; the rest is awaited
    [over] more than was missing; all of it is in the wallet
    [double] once more what was paid already
    [unmatched] nothing that was announced
   *[other] ? { $word }
}
match-word = { $word ->
    [reference] carries the reference
    [amount] exactly the missing amount
    [payer_account] from an account that paid before
    [payer_name] the payer is called so
    [paid_before] was paid before
    [not_incoming] no money came
    [slipped_reference] the reference is mistyped
    [unknown_reference] nobody has this reference
    [several_references] names several
    [other_currency] announced in another currency
    [no_reference] no reference
    [several_items] several could be meant
    [by_hand] a person decided
   *[other] ? { $word }
}
line-plan = { $word ->
    [credit] credited
    [wait] waits for you
    [known] known already
    [refund] pays a refund
    [keep] only kept
   *[other] ? { $word }
}
statement-format = { $word ->
    [camt_053] CAMT.053 (ISO 20022)
    [mt940] MT940 (SWIFT)
    [csv] sheet (CSV)
   *[other] ? { $word }
}
sheet-title = How the sheet was read
sheet-means = Columns are named by their headings. What you book is remembered for the next time.
sheet-again = Read it so
sheet-delimiter-of = Between cells
sheet-decimals-of = Before cents
sheet-dates-of = Days
sheet-value = Value date
sheet-amount = Amount with a sign
sheet-credit = What came
sheet-debit = What went
sheet-written = What was written; several columns with ; between
sheet-balance = Balance after it
sheet-delimiter = { $word ->
    [semicolon] semicolon ;
    [comma] comma ,
    [tab] tabulator
    [bar] bar |
   *[other] ? { $word }
}
sheet-decimals = { $word ->
    [point] point .
    [comma] comma ,
   *[other] ? { $word }
}
sheet-dates = { $word ->
    [day_month_year] day, month, year
    [month_day_year] month, day, year
    [year_month_day] year, month, day
   *[other] ? { $word }
}
