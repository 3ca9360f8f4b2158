### How long it took

spent-title = How long did it take?
spent-sum = In 12 weeks: { $count ->
    [one] { $count } case
   *[other] { $count } cases
}, { $clean } with nothing found, { $length } in all.
spent-help = Minutes are from taking a case to finishing it; those put back count, too.
spent-none = Nothing was looked at in 12 weeks.
spent-people = By who looked
spent-weeks = By week
spent-days = By day
spent-col-person = Who looked
spent-col-week = Week of
spent-col-day = Day
spent-col-done = Looked at
spent-col-clean = Nothing found
spent-col-found = With findings
spent-col-put-back = Put back
spent-col-findings = Findings
spent-col-minutes = Minutes
spent-col-each = Minutes a case
