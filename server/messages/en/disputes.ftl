# Contested lines of invoices: the customer's side and the hub's desk.
disputes = Contested lines
disputes-beneath = Lines of invoices that you asked the hub to look at, the latest first.
disputes-none = Nothing was contested
disputes-none-means = Where a line of a final invoice is wrong, open it and say so: the answer then stands here.
dispute-state = { $word ->
    [open] waits for an answer
    [credited] credited
    [refused] refused
    [withdrawn] withdrawn
   *[other] ? { $word }
}
dispute-of = Line { $line } of invoice { $invoice }
dispute-line = Line
dispute-state-of = State
dispute-opened = Contested
dispute-opened-by = Contested by
dispute-amount = Contested, before tax
dispute-total = As a credit note, with tax
dispute-reason = What is wrong
dispute-answer = What the hub answers
dispute-answered-at = Answered
dispute-withdrawn-at = Withdrawn
dispute-see-line = Open the line
dispute-contest = Contest this line
dispute-contest-means = The hub looks at the seconds beside, and answers with a credit note or with a refusal in writing. Lines of this invoice can be contested until { $until }.
dispute-contest-amount = Amount of the line
dispute-contest-amount-hint = Before tax and before gifts of the hub. Empty: all that is left of the line.
dispute-contest-reason-hint = Instances and times help. 1 to 500 characters.
dispute-contest-who = An owner, an admin or billing of the organisation can contest a line.
dispute-contest-over = Lines of this invoice could be contested until { $until }.
dispute-contested = The line is contested
dispute-contested-means = The hub answers, and you are told by letter.
dispute-withdraw = Withdraw
dispute-withdraw-means = The line stays as it was billed. While there is time it can be contested again.
dispute-withdrawn = The line is no longer contested
staff-disputes-beneath = What customers object to, the one that waits longest first.
staff-disputes-none = Nothing is contested here
staff-disputes-none-means = Customers contest a line from their invoice.
staff-disputes-all = All
staff-dispute-of = Line { $line } of { $invoice }, { $name }
staff-dispute-left = Left of the line
staff-dispute-answer = Answer
staff-dispute-means = A credit note takes back what is credited, with its tax, and is issued at once. A refusal leaves the line as it is. Both are told by letter to who looks after the organisation’s money.
staff-dispute-amount = What is credited
staff-dispute-amount-hint = Before tax and before gifts of the hub, at most what is contested. Empty: all of it. A refusal needs none.
staff-dispute-reason-hint = The customer reads it, and it stands on the credit note. 1 to 500 characters.
staff-dispute-credit = Issue a credit note
staff-dispute-refuse = Refuse in writing
staff-dispute-credited = Credit note { $number } is issued
staff-dispute-refused = The line stays as it was billed
staff-dispute-told = { $name } is told by letter.
staff-dispute-forbidden = Finance answers contested lines.
