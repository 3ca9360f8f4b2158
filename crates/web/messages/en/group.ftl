### Whom to help today?

group-title = Whom to help today?
group-people = People of the group
group-people-help = Those who need help most first. Light:
group-away = { $count ->
    [0] everybody is there today
    [one] { $count } person is away today
   *[other] { $count } people are away today
}
group-here = there
group-day-off = day off by the shift
group-until = { $kind } until { $date }
group-deals = { $count ->
    [0] no open deals
    [one] { $count } open deal unattended
   *[other] { $count } open deals unattended
}
group-person = how things are
hands-title = Whose deals are unattended today
hands-help = Deals of those who are away today: a task is due, the client waits, or a finding lasts. The gravest and dearest first.
hands-none = Nothing is urgent with those who are away today.
hands-what = What is needed
hands-task = task due { $at }
hands-waits = the client waits since { $at }
hands-lasting = { $count ->
    [one] { $count } finding lasts
   *[other] { $count } findings last
}
hands-more = { $count ->
    [one] And { $count } more deal: all are in the file.
   *[other] And { $count } more deals: all are in the file.
}
group-list = The group's list
group-all = Show the whole group
group-empty = Nothing to work off: all findings of the group are settled.
absence-vacation = holiday
absence-sick = ill
absence-trip = business trip
absence-other = away

col-employee = Employee
col-light = Light
col-rate = Per 100 deals
col-open = Wait for an answer
col-gross = Gross
col-money = Deal's sum
col-sum = Money in deals
col-today = Today
col-finding = What was found
col-when = When
