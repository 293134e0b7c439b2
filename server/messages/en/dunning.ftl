# The ladder of debts: what happens when something is not paid, the letters of it, and finance's desk.
dunning-title = When something is not paid
dunning-beneath = What happens if what is due stays unpaid, and when. The steps are the same for everybody, and a payment ends them at once.
dunning-steps = The steps
dunning-step = { $word ->
    [first_letter] A reminder
    [second_letter] A second letter
    [last_letter] The last letter
    [refused] Nothing new starts
    [stopped] What runs is stopped
   *[other] ?{ $word }
}
dunning-step-means = { $word ->
    [first_letter] It may have been forgotten: a letter says what is open and how it is paid.
    [second_letter] A letter says when starts will be refused.
    [last_letter] A letter says the day from which nothing new starts.
    [refused] Starts are refused. What runs goes on, and a letter says the day on which it is stopped.
    [stopped] All instances are stopped. Volumes are kept, and what is paid starts again.
   *[other] ?{ $word }
}
dunning-after = { $days ->
    [one] One day after the due date.
   *[other] { $days } days after the due date.
}
dunning-done = Done
dunning-done-on = Done on { $at }.
dunning-will = On { $at }, if nothing is paid before.
dunning-due = When something is due
dunning-due-means = On account, an invoice is due on the day that stands on it. What usage cost beyond a prepaid balance is due on the day on which it was booked. Money that comes pays the oldest part first.
dunning-how = How to pay
dunning-how-means = By bank transfer or by card, from the wallet. A transfer ends the steps when it has reached us; a card at once. You cannot pay in time? Write to the hub’s finance before the next step: it can let the steps rest up to a day that you name.
dunning-overdue = { $amount } is overdue
dunning-overdue-since = The oldest part was due on { $day }.
dunning-refused-now = Nothing new starts until it is paid.
dunning-next = { $step ->
    [first_letter] A reminder follows on { $at }.
    [second_letter] A second letter follows on { $at }.
    [last_letter] The last letter follows on { $at }.
    [refused] From { $at } nothing new starts.
    [stopped] On { $at } what runs is stopped.
   *[other] ?{ $step } { $at }
}
dunning-rests = The hub’s finance lets the steps rest until { $at }.
dunning-nothing = Nothing is overdue
dunning-nothing-means = The days below would count from the day on which something was due.
dunning-see = What happens when something is not paid
refusal-payment-overdue = { $owed } is overdue, so nothing new starts.
refusal-payment-overdue-next = Pay it from the wallet: starts are possible again as soon as the money is there.
refusal-pause-too-long = The steps rest for 90 days at most.
refusal-pause-too-long-next = Choose an earlier day.
refusal-nothing-overdue = Nothing of this organisation is overdue.
refusal-nothing-overdue-next = There is nothing to let rest. Reload the page: it may have paid just now.
refusal-dunning-not-paused = The steps of this organisation do not rest.
refusal-dunning-not-paused-next = Reload the page: the rest may have ended.
verdict-payment_overdue = { $owed } is overdue: nothing new starts until it is paid.
letter-dunning = { $step ->
    [first_letter] { $organisation }: { $amount } is open
    [second_letter] { $organisation }: { $amount } is still open
    [last_letter] { $organisation }: pay { $amount } before starts are refused
    [refused] { $organisation }: nothing new starts until { $amount } is paid
   *[stopped] { $organisation }: what ran is stopped, { $amount } is unpaid
}
letter-dunning-owed = { $step ->
    [first_letter] { $amount } was due on { $due } and has not reached us. Perhaps it was forgotten, or your transfer is on its way: then this letter is answered.
    [second_letter] { $amount } has been due since { $due }, and we have written of it before.
    [last_letter] { $amount } has been due since { $due }. This is the last letter before anything is refused.
    [refused] { $amount } has been due since { $due }. From now on nothing new starts. What runs goes on for now.
   *[stopped] { $amount } has been due since { $due }. Today what still ran was stopped, as we had written.
}
letter-dunning-invoices = Unpaid: { $invoices }.
letter-dunning-usage = It is usage beyond the balance of your wallet.
letter-dunning-pay = Pay by bank transfer or by card from the wallet; the page shows the reference that a transfer needs. As soon as the money is there, all of this ends by itself.
letter-dunning-next = { $step ->
    [first_letter] If nothing comes, we write again on { $next }.
    [second_letter] If nothing comes, a last letter follows on { $next }; after that, starts are refused.
    [last_letter] If nothing comes, nothing new starts from { $next }. You cannot pay by then? Write to us before.
    [refused] If nothing comes, all that runs is stopped on { $next }. You cannot pay by then? Write to us before.
   *[stopped] Volumes are kept. Pay, then start again. You cannot pay? Write to us.
}
letter-dunning-stopped = { $stopped ->
    [one] One instance was stopped: { $names }.
   *[other] { $stopped } instances were stopped: { $names }.
}
letter-dunning-way = Pay from the wallet
staff-dunning = Overdue
staff-dunning-beneath = Who has not paid what was due, the longest first, and how far each stands on the published steps.
staff-dunning-none = Nothing is overdue
staff-dunning-none-next = Who does not pay in time stands here the day after.
staff-dunning-due = Due on
staff-dunning-step = Last step
staff-dunning-no-step = none yet
staff-dunning-next = Looked at next
staff-dunning-case = Overdue: { $name }
staff-dunning-rests = rests until { $at }
staff-dunning-rest = Let the steps rest
staff-dunning-rest-means = Somebody promised to pay. Until the day you name no step is taken and no start is refused because of this debt; then the steps go on where they stand. What was stopped is stopped again.
staff-dunning-until = They go on on
staff-dunning-until-hint = At nine in the morning; within 90 days.
staff-dunning-hint = Who promised what, and by when. It stands in the audit of the organisation.
staff-dunning-rested = The steps of { $name } rest until { $at }
staff-dunning-go-on = Let them go on now
staff-dunning-go-on-means = The next look comes at once, and a step whose day has come is taken with it.
staff-dunning-going = The steps of { $name } go on
staff-dunning-why = Why they rest
staff-dunning-by = Who let them rest
staff-dunning-forbidden = Only finance lets the steps of a debt rest.
