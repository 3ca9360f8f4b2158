### A deal

deal-title = Deal
deal-client = Client
deal-price = Sum
deal-stage = Stage
deal-stage-since = since { $at }, { $length }
deal-responsible = Responsible
deal-begun = Begun
deal-id = Number in the CRM
deal-removed = The deal was removed { $at }.
deal-timeline = What happened
deal-timeline-help = The newest is below. Grey: outside the company's working hours.
deal-empty = Nothing has happened in the deal yet.
deal-earlier = { $count ->
    [one] Show { $count } earlier event
   *[other] Show { $count } earlier events
}
deal-silence = { $length } of silence, of them { $work }
deal-off = outside working hours
deal-due = due { $at }
deal-lasted = lasted { $length }, until { $until }
deal-lasts = lasts { $length }
deal-nobody = nobody
deal-findings = { $count ->
    [0] No findings about the deal.
    [one] { $count } finding about the deal.
   *[other] { $count } findings about the deal.
}
