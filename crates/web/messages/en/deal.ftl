### A deal

deal-title = Deal
deal-client = Client
deal-price = Sum
deal-stage = Stage
deal-stage-since = { $length }, since { $at }
deal-responsible = Responsible
deal-responsible-since = since { $at }
deal-begun = Begun
deal-id = Number in the CRM
deal-removed = The deal was removed { $at }.
deal-timeline = What happened
deal-timeline-help = The newest is below. On grey: outside the company's working hours; the bar below a day shows its working hours and when things happened.
deal-time = Time
deal-what = Event
deal-lanes = How long findings lasted
deal-earlier = What was earlier
deal-later = What was later
deal-months = Months of the deal
deal-month = { $month }: { $count ->
    [one] { $count } event
   *[other] { $count } events
}
deal-band = { $name }: { $length }, since { $at }
deal-hours = working hours { $hours }
deal-day-off = day off
deal-silence = { $length } of silence, of them { $work }
deal-off = outside working hours
deal-off-short = off
deal-no-answer = no answer
deal-due = due { $at }
deal-lasted = lasted { $length }, until { $until }
deal-lasts = lasts { $length }
deal-by-hand = made by quality control
deal-nobody = nobody
deal-now = Now
deal-exempted = Decided not to pay attention
deal-exempted-what = { $rule }, until { $until }
deal-review-now = Quality control looks at the deal
deal-findings = { $count ->
    [0] No findings about the deal.
    [one] { $count } finding about the deal.
   *[other] { $count } findings about the deal.
}

add-here = Add a finding
add-to-deal = Add a finding about the deal as a whole
add-to-event = Add a finding: { $name }
add-title = New finding.
add-about = { $what }, { $at }
add-about-deal = About the deal as it stands now
add-kind = What is wrong, in short
add-severity = Severity
add-employee = About whose work
add-nobody = nobody's
add-text = What happened
add-recommendation = What to do (may be left empty)
add-do = Add the finding
add-cancel = Do not add it
add-fault-kind = Write in short what is wrong.
add-fault-text = Write what happened.
added = The finding is added; the employee and the lead will see it.
added-held = The finding is added. The coordinator passes it on.
