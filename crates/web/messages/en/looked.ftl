### What was looked at

looked-title = What was looked at?
looked-order = The latest first.
looked-none = Nothing was looked at so far.
looked-none-narrowed = There is nothing like that. Loosen or clear the filter.
looked-col-deal = Deal
looked-col-when = When
looked-col-employee = Whose work
looked-col-reviewer = Who looked
looked-col-outcome = Outcome
looked-col-findings = Findings
looked-col-minutes = Minutes
looked-col-chosen = How chosen
looked-done = looked at to the end
looked-clean = nothing found
looked-found = findings
looked-put-back = put back
looked-in-hand = being looked at
chosen-people = everybody equally
chosen-chance = by chance
chosen-money = money first
chosen-lost = lost ones first
chosen-own = by own choice
