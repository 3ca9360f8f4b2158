### Quality control looks at deals

reviews-title = Which deal to look at?
reviews-in-hand = You are looking at
reviews-orders = Order of the queue
reviews-order-people = Everybody equally
reviews-order-chance = By chance
reviews-order-money = Money first
reviews-order-lost = Lost ones first
reviews-count = { $count ->
    [0] Nothing waits.
    [one] { $count } deal waits.
   *[other] { $count } deals wait.
}
reviews-rule-people = The next one is of whoever's deals were looked at least; which of them, the draw of the day decides.
reviews-rule-chance = The draw of the day decides, the same for everybody.
reviews-rule-money = Open deals, the dearest first.
reviews-rule-lost = Lost ones first, the latest before all; then everybody's equally.
reviews-rule-all = In the queue are deals in which something has happened within 30 days and that nobody has looked at within 30 days.
reviews-whose = Only deals of { $name }.
reviews-everybody = Show everybody's
reviews-none = There is nothing to look at: all deals that live were looked at within the last 30 days.
reviews-col-deal = Deal
reviews-col-employee = Employee
reviews-col-stage = Stage
reviews-col-money = Sum
reviews-col-last = Last event
reviews-lost = lost { $at }
reviews-take-named = Look at it: { $name }
reviews-shares = How many of whose deals were looked at
reviews-shares-help = Within 30 days. Those looked at least come first. A deal counts for whoever answered for it when it was looked at.
reviews-shares-none = Nothing has happened in any deal within 30 days.
reviews-col-looked = Looked at
reviews-col-deals = Of deals
reviews-col-share = Share
reviews-col-waiting = Waiting
reviews-told-clean = Looked at, nothing found: { $deal }
reviews-told-found = Looked at, findings added: { $deal }
reviews-told-put-back = The deal is back in the queue: { $deal }
reviews-refused-with-another = Nothing has changed: finish the deal that you are looking at first.
reviews-refused-in-hand = Nothing has changed: a colleague is looking at this deal.
reviews-refused-own = Nothing has changed: your own work is looked at by somebody else.

review-take = Look at it
review-since = You have been looking since { $at }: { $length }.
review-found-so-far = { $count ->
    [0] You have added no findings so far.
    [one] You have added { $count } finding.
   *[other] You have added { $count } findings.
}
review-do-clean = Nothing found
review-do-found = { $count ->
    [one] Finish, { $count } finding
   *[other] Finish, { $count } findings
}
review-and-next = → next one
review-do-back = Put back
review-minutes = Minutes
review-minutes-help = An empty field: the time since you began.
review-minutes-long = More than two hours have passed: write how many minutes you really looked.
review-minutes-fault = Nothing has changed: write how many minutes you looked, as a number from 0 to 1440.
review-other = You are looking at another deal now:
review-was-clean = Quality control looked at it: nothing found
review-was-found = Quality control looked at it: findings
review-was-put-back = Quality control put it back
review-kind-deal = Deals
