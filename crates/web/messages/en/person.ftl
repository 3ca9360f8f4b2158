### How is somebody?

person-title = How things are: { $name }
person-open = Findings that last still
person-rules = What was found in the week
person-goal-set = The goal is set, the employee will be told.
person-goal-ended = The goal is in force no longer.
person-goal-unfit = The goal was not set: write a number from zero up, a whole one for findings.
goal-end = Let go:
goal-set = Set the goal
goal-text = What was agreed (optional)
