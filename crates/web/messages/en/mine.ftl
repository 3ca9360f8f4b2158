### What have I to mend?

mine-title = What have I to mend?
mine-todo = Wait for your answer
mine-gross = { $count ->
    [0] None is gross
    [one] { $count } of them is gross
   *[other] { $count } of them are gross
}
mine-money = Money in these deals:
mine-light = Your light
mine-trend = 12 weeks
mine-trend-help = Findings per 100 deals, the lower the better
mine-praise = What went well
praise-green = Green light { $count } weeks in a row.
praise-clean = { $clean ->
    [one] { $clean } deal of { $deals } had no finding in the week.
   *[other] { $clean } deals of { $deals } had no finding in the week.
}
praise-mended = Did not happen again in the week: { $rules }.
mine-list = List
mine-order = The gravest and dearest first.
mine-empty = Nothing to mend: all findings are settled.
mine-disputed = Disputed and waiting for a verdict: { $count }
mine-acknowledged = Acknowledged, not cured yet: { $count }
mine-rules = What was found of yours in the week
mine-part = { $share } of all findings
