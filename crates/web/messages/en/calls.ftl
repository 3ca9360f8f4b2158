### Whom to call today?

calls-title = Whom to call today?
calls-help = The deals that most is expected of first (sum × share won from this stage over { $days } days), of equal ones those without contact for longest. Those tried today stand at the end.
calls-count = { $count ->
    [one] { $count } open deal.
   *[other] { $count } open deals.
}
calls-none = There are no open deals here.
calls-all = Show all
calls-stage = Stage “{ $name }”.
calls-hung = Only those that hang.
calls-contact = Last contact
calls-task = Next task
calls-why = Why now
calls-never = none yet
calls-no-task = no task
calls-guessed = middle of the pipeline
calls-waits = the client waits since { $at }
calls-overdue = the task is overdue
calls-hangs = the deal hangs
calls-tried = tried today
calls-silent = { $count ->
    [one] { $count } day without contact
   *[other] { $count } days without contact
}
calls-no-price = no price
