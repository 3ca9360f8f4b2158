### What to talk about?

meeting-title = What to talk about at the meeting?
meeting-no-groups = There are no groups yet, so nobody to talk with. An administrator makes groups.
meeting-lead = lead
meeting-agenda = Plan for 30 minutes
meeting-minutes = { $count } min
meeting-praise = What went well
meeting-light = Light of the week
meeting-topics = Three topics that weigh most
meeting-promises = Promises and goals
meeting-help = Whom to help
meeting-lost = Lost deals that went back to work
meeting-group = Group:
meeting-better = { $name }: { $now } per 100 deals, was { $before }.
meeting-green = { $name }: green for { $count } weeks in a row.
meeting-fewer = “{ $name }” was found less often: { $now }, was { $before }.
meeting-praise-none = Nothing to compare in the week: too little data.
meeting-topics-none = Nothing was found in the week.
meeting-count = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
meeting-topic = { $before } before; { $deals ->
    [one] { $deals } deal
   *[other] { $deals } deals
} of { $money }
meeting-promised = { $count ->
    [one] { $count } finding is acknowledged and lasts still
   *[other] { $count } findings are acknowledged and last still
}
meeting-gross = { $count ->
    [one] { $count } gross one waits for an answer
   *[other] { $count } gross ones wait for an answer
}
meeting-help-none = Nobody needs urgent help.
meeting-lost-none = There are none in two weeks.
