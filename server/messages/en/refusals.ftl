# Each refusal in its own sentence, and what to do where the general advice does not fit.
refusal-quota-exceeded = You asked for { $asked } of { $flavour }; { $left } of your quota of { $quota } are left.
refusal-insufficient-credit = The start sets { $needed } aside, and { $available } is free.
refusal-budget-exceeded = { $of ->
    [organisation] The spending limit of { $name } has { $left } left this month, and { $needed } would be set aside.
    [project] The budget of the project { $name } has { $left } left, and { $needed } would be set aside.
    [member] The budget of { $name } has { $left } left, and { $needed } would be set aside.
   *[other] The token { $name } may still spend { $left }, and { $needed } would be set aside.
}
refusal-budget-exceeded-next = { $of ->
    [organisation] Have an owner, an admin or billing raise it in the wallet, or choose something smaller.
    [token] Make a token with a higher ceiling, or choose something smaller.
   *[other] Have its ceiling raised, or choose something smaller.
}
refusal-budget-of-organisation = This is the organisation’s spending limit.
refusal-budget-of-organisation-next = Change it in the wallet, or at the address spending-limit.
refusal-budget-of-token = A token’s ceiling lasts as long as the token.
refusal-budget-of-token-next = Revoke the token, and make one with another ceiling.
refusal-invalid-above-ceiling = It cannot be above the ceiling.
refusal-token-lacks = This token was not given the permission { $permission }.
refusal-token-lacks-next = Make a token that has it, as far as your role does.
refusal-token-reach = This token does not reach this { $field ->
    [project] project
    [storage] storage
   *[flavour] GPU
}.
refusal-token-reach-next = Use one that does, or make one.
refusal-token-units = This token may run { $most } units at once.
refusal-token-units-next = Stop something that it launched, or make a token that may run more.
refusal-token-no-person = A token opens the things of one organisation, and nothing here.
refusal-token-no-person-next = Sign in, and come with the session’s cookie.
refusal-token-made-before = This token was made already, and its secret was shown then.
refusal-token-made-before-next = Revoke it if you did not keep the secret, and make another.
refusal-tokens-many = There are five hundred tokens already.
refusal-tokens-many-next = Revoke those that nobody uses.
refusal-projects-many = There are two hundred projects already.
refusal-projects-many-next = Use one of them; one that is closed can be opened again under another name.
refusal-project-closed = This project is for some members only.
refusal-project-closed-next = Choose another, or ask an owner or admin to add you.
refusal-project-ended = This project is closed: nothing begins in it any more.
refusal-project-ended-next = Choose another project, or ask an owner or admin to open it again.
refusal-project-holds = { $n ->
    [one] One instance or volume of this project is not deleted: { $names }.
   *[other] { $n } instances and volumes of this project are not deleted: { $names }.
}
refusal-project-holds-next = Delete them, then close the project.
refusal-project-last = This is the only open project, and a launch needs one.
refusal-project-last-next = Make another one, or open one that is closed, then close this one.
refusal-staff-factor = What you do for the hub waits until you have a second factor.
refusal-staff-factor-next = Set one under Second factors, then come back.
refusal-prove-first = This asks that you showed within ten minutes who you are.
refusal-prove-first-next = Sign in again, then try once more.
refusal-no-rehearsal = This cannot be rehearsed.
refusal-no-rehearsal-next = Send it without dry_run.
refusal-not-for-sale = { $flavour } has no price at the moment.
refusal-name-taken = Another living instance or volume is called { $name }.
refusal-invalid-length = It takes { $min } to { $max } characters.
refusal-invalid-range = It takes a whole number from { $min } to { $max }.
refusal-invalid-amount = It takes an amount above zero, written like 1250.50.
refusal-invalid-within = It takes an amount from { $least } to { $most }.
refusal-invalid-currency = It has to be in the organisation’s currency.
refusal-invalid-unknown = Nothing of that name exists here.
refusal-invalid-slug = Only small letters a–z, digits and single dashes, starting and ending with a letter or digit.
refusal-invalid-required = This cannot stay empty.
refusal-invalid-past = It has to lie in the future.
refusal-invalid-order = It has to come after the one before it.
refusal-invalid-form = It does not have the form that is expected here.
refusal-invalid-breached = This password stands in lists of stolen ones, which are tried first.
refusal-invalid-breached-next = Choose one that is nowhere else, as a few words in a row.
refusal-invalid-own-words = A password of the product’s own words is tried first.
refusal-invalid-own-words-next = Choose one with more than these beside them, as a few words in a row.
refusal-price-overlaps = Another price already holds in that time.
refusal-price-began = That price already holds, so it can no longer be changed.
refusal-price-began-next = Set a new one that begins later.
refusal-tax-rule-overlaps = Another tax rule already holds in that time.
refusal-no-tax-rule = No tax rule holds for this organisation’s country.
refusal-no-tax-rule-next = The hub’s finance has to set one before anything can start.
refusal-period-exists = That period already exists.
refusal-period-closed = That period is already closed.
refusal-period-runs = That period still runs.
refusal-period-not-settled = Not every second before the period’s end is known and settled yet.
refusal-period-not-settled-next = It settles by itself as soon as the clusters have been heard. Try again in a few minutes.
refusal-usage-without-price = Seconds were used before the period’s end for which there is no price or no tax rule.
refusal-usage-without-price-next = Have the price or tax rule of that time restored: they are settled then, and the period can be closed.
refusal-cluster-not-confirmed = { $cluster } is known through { $known_through }; the period needs it through { $needed }.
refusal-cluster-not-confirmed-next = Wait for it, or waive its unconfirmed seconds with a reason.
refusal-cluster-not-waited-for = This close does not wait for that cluster.
refusal-finalised = This invoice is final and never changes again.
refusal-earlier-draft-waits = The draft of an earlier period has to be finalised first.
refusal-draft-has-no-credit = A draft still changes by itself: only a final invoice is corrected by a credit note.
refusal-nothing-left-to-credit = Everything of this was credited already.
refusal-nothing-left-to-credit-next = See the credit notes beneath the invoice.
refusal-credit-exceeds = Of line { $line }, { $left } is left to credit; { $asked } was asked for.
refusal-credit-exceeds-next = Credit at most what is left of the line.
refusal-draft-withholds-nothing = A draft still changes by itself: only of a final invoice something is withheld.
refusal-invalid-certificate-day = A certificate is not older than its invoice, and not of a day to come.
refusal-withholding-exceeds = At most { $most } can still be recorded as withheld; this is { $asked }.
refusal-withholding-exceeds-next = Record at most what is due and what the tax rule allows, or credit the invoice.
refusal-certificate-known = This certificate was recorded of this invoice already.
refusal-certificate-known-next = See what was withheld, and take that back where it was wrong.
refusal-withholding-undone = This was taken back already.
refusal-withholding-undone-next = Record the certificate again where it counts after all.
refusal-draft-not-contested = A draft still changes by itself: only a line of a final invoice is contested.
refusal-draft-not-contested-next = Write to the hub, or wait until the invoice is final.
refusal-contest-too-late = The days in which lines of this invoice could be contested are over.
refusal-contest-too-late-next = Write to the hub: it can still correct an invoice by itself.
refusal-nothing-to-contest = Nothing was charged for this line.
refusal-nothing-to-contest-next = Choose a line with an amount.
refusal-line-contested = This line is contested already.
refusal-line-contested-next = Wait for the hub’s answer, or withdraw it and contest the line anew.
refusal-contested-often = This line was contested five times.
refusal-contested-often-next = Write to the hub about it.
refusal-contest-written-off = The hub has given up a part of this invoice, so it cannot be given back.
refusal-contest-written-off-next = Contest a smaller amount, or write to the hub about it.
refusal-dispute-answered = This is answered or withdrawn already.
refusal-dispute-answered-next = Open it and see what became of it.
refusal-sign-off-needed = { $amount } is above the { $limit } that one person may do alone.
refusal-sign-off-needed-next = Ask for a second signature on exactly this; once it is given, do it again.
refusal-sign-off-not-needed = This is not above the limit: one person is enough.
refusal-sign-off-not-needed-next = Do it without a second signature.
refusal-sign-off-own = A second person signs or refuses, never who asked.
refusal-sign-off-own-next = Ask somebody else of finance; you can take it back.
refusal-sign-off-not-yours = Only who asked for a signature takes it back.
refusal-sign-off-not-yours-next = Refuse it with a reason instead.
refusal-sign-off-decided = This signature has been decided already.
refusal-sign-off-decided-next = Load the page again to see how.
refusal-sign-off-asked-already = A second signature on exactly this is asked for already.
refusal-sign-off-asked-already-next = See it under “Two signatures”.
refusal-sign-off-limit-same = The limit is that already.
refusal-sign-off-limit-same-next = Nothing is to be done.
refusal-nothing-owed = Nothing of this is owed.
refusal-nothing-owed-next = See what is owed under “Write-offs”; usage that stands on no issued invoice yet cannot be written off.
refusal-draft-is-not-owed = A draft is not owed yet.
refusal-draft-is-not-owed-next = Finalise it first.
refusal-write-off-undone = This write-off was taken back already.
refusal-write-off-undone-next = Load the page again.
refusal-undo-write-off-first = A part of this was written off, and nobody paid it.
refusal-undo-write-off-first-next = Take the write-off back first, or credit less.
refusal-draft-has-no-replay = A draft is computed anew each time, so there is nothing to hold it against.
refusal-slug-taken = That word is already taken.
refusal-not-covered = The balance does not cover that.
refusal-lot-used-up = Nothing is left of this grant.
refusal-booked-before = A transfer with this reference was booked before.
refusal-top-ups-many = Twenty top-ups are awaited already.
refusal-top-ups-many-next = Pay one of them, or wait until they are over.
refusal-no-card = This hub takes no cards.
refusal-no-card-next = Top up by bank transfer; the wallet says how.
refusal-card-not-kept = This card is not kept.
refusal-card-not-kept-next = Look at the saved cards once more, or save one.
refusal-cards-many = Ten cards are kept or awaited already.
refusal-cards-many-next = Remove one of them first.
refusal-finding-settled = This was looked into already.
refusal-finding-settled-next = Look at the list once more.
refusal-flavour-is-nowhere = No cluster has this GPU any more.
refusal-instance-deleted = This instance is deleted.
refusal-volume-in-use = An instance mounts this volume.
refusal-volume-in-use-next = Stop that instance, then try again.
refusal-volume-frozen = Nobody pays for this volume, so it is frozen.
refusal-volume-frozen-next = Top up the wallet; it is back at once.
refusal-volume-lost = The storage of this volume is gone from the cluster.
refusal-volume-lost-next = Ask the operator; nothing of it is billed.
refusal-volume-deleted = This volume is deleted.
refusal-volume-deleted-next = Take its deletion back on its page, or choose another.
refusal-volume-elsewhere = This volume stands in another cluster than the GPU.
refusal-volume-elsewhere-next = Choose a volume of the same cluster, or launch without it.
refusal-volume-of-another-project = This volume belongs to another project.
refusal-volume-of-another-project-next = Launch in its project, or choose another volume.
refusal-volume-is-nowhere = There is no cluster yet that could keep a volume.
refusal-volume-is-nowhere-next = Ask the operator to register one.
refusal-undo-too-late = The time for undoing this is over.
refusal-undo-too-late-next = Launch a new one; its settings stand on the page of the old one.
refusal-organisation-suspended = The hub has suspended this organisation: nothing new starts.
refusal-organisation-suspended-next = Write to the hub; what you have is kept.
refusal-organisation-closed = This organisation was closed: nothing begins in it any more.
refusal-organisation-closed-next = Until it ends, an owner can keep it from the page of its settings.
refusal-organisation-runs = Something still runs in this organisation.
refusal-organisation-runs-next = Stop or delete what runs, then close it.
refusal-question-answered = Somebody has already answered this question.
refusal-too-many-attempts = Too many attempts: the next one counts in { $seconds } seconds.
refusal-too-many-attempts-next = Wait that long, then try once.
refusal-foreign-origin = This was sent from another site.
refusal-foreign-origin-next = Open the page here and send it from here.
refusal-too-slow = This took longer than we let anybody wait.
refusal-letter-expired = Nobody could use this letter any more.
refusal-letter-expired-next = Throw it away; whoever waits for it asks for a new one.
refusal-invalid-email = This is no address that a letter can be sent to.
refusal-invalid-email-next = Write it as name@example.org, one address alone.
refusal-member-already = Somebody with this address is a member already.
refusal-member-already-next = Change their role on their own page, if it is another one that they need.
refusal-invited-already = This address is invited already.
refusal-invited-already-next = Send that invitation again, or take it back first.
refusal-invitations-many = A hundred invitations without an answer, and two hundred in a day, are the most.
refusal-invitations-many-next = Take back those that nobody will answer.
refusal-invitation-just-sent = Its letter was written less than a minute ago.
refusal-invitation-just-sent-next = Wait a minute, then send it again.
refusal-last-owner = An organisation needs an owner, and this is the last one.
refusal-last-owner-next = Make another member an owner first.
refusal-owner-already = You are the owner already.
refusal-owner-already-next = Choose another member to hand over to.
refusal-organisations-many = You own five organisations already, which are the most.
refusal-organisations-many-next = Hand one over, or ask the hub to open another.
refusal-invalid-character = There is a character in it that no text can have.
refusal-invalid-character-next = Write it anew instead of pasting it.
refusal-invitation-letters-many = An invitation gets ten letters at most.
refusal-invitation-letters-many-next = Take it back and ask with another address.
refusal-address-same = You sign in with this address already.
refusal-address-same-next = Write the one that you want to have instead.
refusal-account-is-member = You still belong to an organisation.
refusal-account-is-member-next = Leave it on its page of members first; its last owner hands it over before.
refusal-account-is-staff = You still belong to the hub’s staff.
refusal-account-is-staff-next = Ask the hub to end your role first.
refusal-secrets-without-key = This installation has no key to seal secrets with, so an authenticator cannot be set.
refusal-secrets-without-key-next = Its operator names a file of keys in TAMUDA_SECRET_KEYS; a passkey needs none.
refusal-codes-without-factor = There is no second factor that codes could stand in for.
refusal-codes-without-factor-next = Set one first: codes come with it.
refusal-passkey-known = This passkey is known here already.
refusal-passkey-known-next = Make another one, or sign in with it.
refusal-passkeys-many = You have twenty passkeys, and more are not kept.
refusal-passkeys-many-next = Remove one that you no longer use first.
refusal-last-way-in = This is the only way into your account.
refusal-last-way-in-next = Set a password by a letter, or add a passkey first.
refusal-invalid-domain = This is no domain that an address can be at.
refusal-invalid-domain-next = Write what stands after the @, as atlas.example.
refusal-invalid-public-domain = Everybody can have an address there, so strangers would come in.
refusal-invalid-public-domain-next = Name a domain that is your organisation’s own, or invite people one by one.
refusal-domain-there = Your organisation has a domain already, or has asked for one.
refusal-domain-there-next = Take that one back first.
refusal-domain-taken = Another organisation has this domain.
refusal-domain-taken-next = Ask its owners whether it is theirs; one of the two has to take it back.
refusal-domain-confirmed = This domain is confirmed already.
refusal-staff-already = They have this role already.
refusal-staff-proposed-already = They are proposed for this role already.
refusal-staff-proposed-already-next = Another operator can agree to it under People, or somebody takes it back.
refusal-staff-second-person = A second person has to agree: neither who proposed it nor whom it is about.
refusal-staff-second-person-next = Ask another operator.
refusal-reset-own = Nobody asks for this for themselves.
refusal-reset-own-next = Ask another operator to make sure who you are and to ask for you.
refusal-reset-nothing = They have no second factor.
refusal-reset-nothing-next = They sign in with their password; a forgotten one they set anew by letter.
refusal-reset-asked-already = It is asked for already.
refusal-reset-asked-already-next = Another operator can agree to it under People, or somebody takes it back.
refusal-account-stopped = The hub has stopped this account.
refusal-account-stopped-next = Nobody comes in by it until the hub opens it again. Write to the hub, or answer the letter that told you.
refusal-account-stopped-already = This account is stopped already.
refusal-account-stopped-already-next = Its page says since when, and opens it again.
refusal-account-open-already = This account is open already.
refusal-account-open-already-next = There is nothing left to do: its person can sign in.
refusal-account-signed-out = This account has no open session.
refusal-account-signed-out-next = To keep everybody out, stop the account.
refusal-stop-own = Nobody stops their own account.
refusal-stop-own-next = End your sessions yourself, or ask another operator.
refusal-last-operator = The hub needs an operator, and this is the last one.
refusal-last-operator-next = Have another one appointed first.
refusal-view-only-looks = You look as a member would: nothing can be changed.
refusal-view-only-looks-next = End the view first.
refusal-no-receiving-account = The hub has no bank account for this currency yet.
refusal-no-receiving-account-next = Pay in another way, or ask the hub’s finance to set the account.
refusal-transfers-many = Twenty transfers are awaited already.
refusal-transfers-many-next = Call off those that will not come.
refusal-transfer-not-open = This transfer is paid or called off already.
refusal-transfer-not-open-next = Announce another one where more is to come.
refusal-document-not-drawn = This file could not be drawn yet.
refusal-document-not-drawn-next = The hub knows of it and it is tried again each day; write to them if it is urgent.
refusal-statements-many = Ten statements are being drawn already.
refusal-statements-many-next = Wait until they are there, and ask again.
refusal-line-decided = This line is decided already.
refusal-line-decided-next = Open it and see how; undo that first where it was wrong.
refusal-line-refunded = Money of this line has gone back to who paid it.
refusal-line-refunded-next = Call the refund off first, where the bank has not paid it; otherwise this line stays whose it is.
refusal-refund-all = All of it has gone back already, or is on its way.
refusal-refund-all-next = Look at the refunds of the organisation: one that fails can be asked for again.
refusal-refund-not-free = The wallet has nothing free.
refusal-refund-not-free-next = What runs holds the rest of the money: have it stopped first, then ask again.
refusal-refund-not-to-pay = The bank is not to pay this refund any more.
refusal-refund-not-to-pay-next = Open it and see what has become of it.
refusal-line-not-matched = This line has paid nobody.
refusal-line-not-matched-next = Open it: its match may be undone already.
refusal-line-not-ignored = Nobody has put this line aside.
refusal-line-not-ignored-next = Open it and see what became of it.
refusal-statement-other-account = The statement is of the account { $account } in { $currency }, which is not the hub’s.
refusal-statement-other-account-next = Set it as the account at which the hub is paid, or choose the statement of one that is.
refusal-invalid-account = This account is wrong: { $fault ->
    [empty] nothing was typed
    [character] it holds what is neither letter nor digit
    [start] an IBAN begins with two letters and two digits
    [country] no country with IBANs has these letters
    [length] it is too short, too long, or not of its country’s kind
   *[digits] its check digits do not fit the rest
}
refusal-invalid-account-next = Compare it digit by digit with the bank’s own paper.
refusal-statement-broken = { $place ->
    [file] The file
    [line] Line { $line }
   *[part] Line { $line }, { $part }
}: { $fault ->
    [empty] the file is empty
    [too_large] the file is larger than one import takes
    [encoding] the bytes are not { $about } text
    [xml] this is no well-formed XML: { $about }
    [entities] the file defines entities or refers to them
    [other_format] this is not a { $about } statement
    [missing] { $about } is missing
    [amount] “{ $about }” is not an amount that can be booked
    [date] “{ $about }” is not a date
    [currency] “{ $about }” is not MAD, EUR or USD
    [other_currency] two currencies: { $about }
    [sign] “{ $about }” says neither credit nor debit
    [two_amounts] both a credit and a debit stand here
    [sum] the balances do not fit the lines: { $about }
    [column] no column is called “{ $about }”
    [headings] no row names both a date and an amount
   *[other] it cannot be read
}
refusal-statement-broken-next = { $fault ->
    [empty] Download the statement from the bank once more.
    [too_large] Ask the bank for a shorter period, and import one file after the other.
    [encoding] Save the file as UTF-8 text.
    [xml] The file is damaged or cut off: download it once more.
    [entities] Ask the bank for a plain file: a bank’s own export has no DOCTYPE.
    [other_format] Choose the format that the bank names.
    [missing] Ask the bank for a complete statement of booked items, not a list of pending ones.
    [amount] Check the decimal sign and the column; nothing was taken from the file.
    [date] Check the order of day, month and year, and the column.
    [currency] Import the statement of an account in one of these.
    [other_currency] Choose the currency that the account is kept in.
    [sign] Compare the line with the bank’s paper, and ask the bank what it means.
    [two_amounts] Check which columns are credit and debit.
    [sum] A line is missing or twice: download the statement once more, whole.
    [column] Compare the headings with the file’s first rows.
    [headings] Say which columns are which by hand.
   *[other] Nothing was taken from the file.
}
refusal-month-runs = That month is not over yet.
refusal-month-runs-next = Open its close once it has ended.
refusal-month-opened = The close of that month is open already.
refusal-month-opened-next = Go on with its checklist.
refusal-month-not-opened = Nobody has opened the close of that month.
refusal-month-not-opened-next = Open it first; its checklist then shows what is missing.
refusal-month-is-closed = That month is closed: nothing is booked in it any more.
refusal-month-is-closed-next = Book it now, in the month that runs.
refusal-month-is-finalised = Drafts of that month are being finalised already.
refusal-month-is-finalised-next = Follow that run, or stop it first.
refusal-no-drafts = There is no draft up to the end of that month.
refusal-no-drafts-next = Close the periods first: each close makes its draft.
refusal-run-over = It is over already.
refusal-run-over-next = Ask for all drafts once more where some are left.
refusal-nothing-to-look-at = That draft has no reason to look at.
refusal-nothing-to-look-at-next = Finalise it.
refusal-finalise-broken = It was tried five times and failed each time.
refusal-finalise-broken-next = Try it by itself; where it fails again, give the operator the number of the request.
refusal-month-not-ready = The month cannot be closed yet. { $check ->
    [clusters] Clusters without a word up to its end: { $n }.
    [periods] Periods that are not closed: { $n }.
    [drafted] Closed periods without a draft: { $n }.
    [review] Drafts with reasons that nobody has looked at: { $n }.
    [bank] Lines of the bank that wait: { $n }.
    [provider] Findings of payments that nobody has looked into: { $n }.
    [drafts] Drafts that are not final: { $n }.
    [balance] Places where balances differ from the ledger: { $n }.
    [rules] Broken rules of the books: { $n }.
   *[other] { $check }: { $n }.
}
refusal-month-not-ready-next = Its checklist leads to where this is mended.
