### How are we working?

board-title = How are we working?
board-period = Period
board-earlier = An earlier period
board-later = A later period
board-week = Week
board-month = Month
board-empty = In this period no deal was in work and nothing was found.
board-empty-company = There are no data yet. Figures appear once the administrator has connected the CRM or loaded its history.
board-company = Company
board-findings = Findings
board-before = before { $before }
board-remarks = remarks
board-violations = violations
board-gross = gross
board-by-hand = Made by hand besides:
board-money = Money in these deals
board-money-help = The sum of the deals with findings, each once
board-in-deals = { $count ->
    [one] in { $count } deal
   *[other] in { $count } deals
}
board-again = Repeated
board-again-of = { $share } of { $count }
board-again-help = The same person had mended or acknowledged the same within the last 60 days
board-people = Groups and people
board-people-help = Those with most findings per deal first.
board-nobody = Held against nobody
board-name = Group, employee
board-deals = Deals in work
board-deals-concerned = Deals
board-col-remarks = Remarks
board-col-violations = Violations
board-col-before = Before
board-run = not green for { $count } weeks in a row
board-stages = Where it is narrow
board-no-stage = Without a stage
board-rules = What is found most often
board-more-rules = { $count ->
    [one] And { $count } more rule.
   *[other] And { $count } more rules.
}
board-left-out = What was decided not to count
board-left-out-none = In this period decisions left nothing out of the figures.
board-decision = Decision
board-which = About what
board-dismissed = Dismissed after a dispute
board-advice = Rules that only advise for now
board-exempt = Not to be paid attention to
