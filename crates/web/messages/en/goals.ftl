### Goals

goals-title = Goals
goals-help = Reckoned month by month: up to “at most” the goal is kept. Whoever leads sets it.
goals-none-yet = No goals yet: whoever leads sets them.
goals-none = No goals yet.
goal-what = Goal
goal-at-most = At most
goal-now = This month
goal-before = A month before
goal-months = 6 months in a row
goal-how = How it goes
goal-light = Light: per 100 deals
goal-rule = Findings “{ $name }” in a month
goal-deals = { $count ->
    [one] over { $count } deal in work
   *[other] over { $count } deals in work
}
goal-kept = ✓ kept so far
goal-missed = ✕ more than agreed
goal-too-little = ○ too little data
