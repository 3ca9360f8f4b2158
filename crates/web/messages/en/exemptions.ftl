### Exemptions

exemptions-title = What do we pay no attention to?
exemptions-order = Those that hide most come first.
exemptions-none = There are no such exemptions.
exemptions-shows = Which exemptions
exemptions-show-now = In force
exemptions-show-over = Over
exemptions-show-all = All
exemptions-table = Exemptions
exemptions-told-made = The exemption is made: what it hides is no longer in the figures.
exemptions-told-ended = The exemption is ended. What lies before stays hidden.
exemptions-refused-reason = Nothing has changed: write why the exemption ends.
exemptions-refused-over = Nothing has changed: the exemption is over.
exemption-any = any rule
exemption-anybody = anybody
exemption-any-stage = any stage
exemption-hides = { $count ->
    [0] Hides nothing
    [one] Hides { $count } finding
   *[other] Hides { $count } findings
}
exemption-base = { $deals ->
    [one] in { $deals } deal
   *[other] in { $deals } deals
} of { $money }, { $share } of all that is hidden
exemption-about = Decided by { $name }, { $at }; in force from { $from }
exemption-until = until { $at }
exemption-was = over since { $at }
exemption-ended = Ended early by { $name }. { $why }
exemption-much = hides more than { $count }
exemption-old = { $count ->
    [one] in force for { $count } day
   *[other] in force for { $count } days
}
exemption-far = more than half a year to its end
exemption-wide = wide: only one condition is named
exemption-end = End it
exemption-end-help = What was found until this minute stays hidden, what is new counts again.
exemption-end-why = Why it ends
exemption-end-do = End it now
exemption-make = New exemption
exemption-make-help = What fits all the conditions named is hidden. Name at least one.
exemption-make-do = Pay no attention
exemption-deal = Number of the deal
exemption-from = From
exemption-last = To
exemption-why = Why to pay no attention
exemption-from-finding = Pay no attention to such findings…
exemption-fault-rule = Name a rule, an employee, a stage or a deal.
exemption-fault-deal = There is no such deal.
exemption-fault-reason = Write why.
exemption-fault-until = A date not before today and not before the beginning is needed.
exemption-col-scope = What
exemption-col-reason = Why
exemption-col-author = Who decided
exemption-col-made = When decided
exemption-col-from = From
exemption-col-until = Until
exemption-col-hides = Findings hidden
exemption-col-deals = In deals
