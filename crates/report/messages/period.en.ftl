### The words of weekly and monthly reports. The same messages with the same variables: period.ru.ftl.

period-title = { $kind ->
    [week] Weekly report
    [month] Monthly report
   *[other] Report
}
period-of-company = { $account }: { $span }
period-of-group = { $group }, { $account }: { $span }
period-of-employee = { $person }, { $account }: { $span }
period-by = Regulation: { $regulation }. Checked as of { $now }, time zone { $zone }.
period-unfinished = The period is not over yet: this is what is known as of { $now }.
period-versions = Changes are reckoned as if the latest version of the regulation had been in force in both periods.

card-light-own = Light
card-worked = Worked off
card-worked-about = { $kind ->
    [week] mended in the week, of { $of } open and new
    [month] mended in the month, of { $of } open and new
   *[other] mended in the period, of { $of } open and new
}
card-nothing-to-work-off = there was nothing to mend
card-closed = Deals closed
card-closed-about = { $lost ->
    [one] { $won } won, { $lost } lost
   *[other] { $won } won, { $lost } lost
}
card-hung-own = { $deals ->
    [one] { $deals } deal of { $sum }: sum × share won
   *[other] { $deals } deals of { $sum }: sum × share won
}
card-hung-without-price = { $deals ->
    [one] { $deals } deal without a price
   *[other] { $deals } deals without a price
}
card-found-none = no findings
card-closed-none = none
card-nothing-hangs = no deal hangs

strong-title = What goes well
strong-none = Nothing stands out for the better in this period.
growth-title = Growth zones
growth-none = Nothing was found that asks for special attention.
advice-title = What to do
small-sample = { $deals ->
    [one] Only { $deals } deal was in work
   *[other] Only { $deals } deals were in work
}: too few to compare with others, so take the conclusions with care.
trend-own-note = Weighted findings per 100 deals in work, week by week. Dashed: the limits of the light.
bars-title = What happens most often?
bars-note = Findings by rule; the pale bar is the period before.
bars-others = Others: { $count }
no-group = No group
people-of-group = People of the group
own-indicators-title = The ten indicators
own-indicators-note = Findings per 100 deals in work, with the period before.
own-list-title = Everything found
own-list-note = { $more ->
    [0] By time.
    [one] The gravest are shown; { $more } more is in the program.
   *[other] The gravest are shown; { $more } more are in the program.
}
summary-title = Employee, rule, week
summary-note = How many were found, by the week of the breach and by whom they are held against.
col-indicator = Indicator
col-group = Group
col-rate-was = Per 100 before
col-total = Total
sheet-summary = Summary
sheet-own-indicators = Indicators of people
sheet-own-list = Findings

say-opening-1 = { $deals ->
    [one] { $deals } deal was in work
   *[other] { $deals } deals were in work
} in { $kind ->
    [week] the week
    [month] the month
   *[other] the period
}, with { $findings } { $findings ->
    [one] finding
   *[other] findings
}.
say-opening-2 = { $findings ->
    [one] { $findings } finding came up
   *[other] { $findings } findings came up
} in { $kind ->
    [week] the week
    [month] the month
   *[other] the period
} on { $deals } { $deals ->
    [one] deal
   *[other] deals
} in work.
say-opening-3 = In { $kind ->
    [week] the week
    [month] the month
   *[other] the period
}: { $deals } { $deals ->
    [one] deal
   *[other] deals
} in work, { $findings } { $findings ->
    [one] finding
   *[other] findings
}.
say-clean-1 = { $deals ->
    [one] { $deals } deal was in work
   *[other] { $deals } deals were in work
} in { $kind ->
    [week] the week
    [month] the month
   *[other] the period
}, without a single finding.
say-clean-2 = Not a single finding in { $kind ->
    [week] the week
    [month] the month
   *[other] the period
}, with { $deals } { $deals ->
    [one] deal
   *[other] deals
} in work.
say-nothing = No deal was in work in { $kind ->
    [week] the week
    [month] the month
   *[other] the period
}, and nothing was found.
say-no-deals = No deal was in work, but there { $findings ->
    [one] was { $findings } finding
   *[other] were { $findings } findings
}.
say-gross = { $gross ->
    [0] None of them is gross.
    [1] One of them is gross.
   *[other] Gross among them: { $gross }.
}
say-only-gross = It is a gross one.
say-light = { $colour ->
    [green] The light is green
    [yellow] The light is yellow
    [red] The light is red
   *[other] The light shows nothing yet: there are too few deals
}{ $borderline ->
    [yes] , though on the border
   *[no] { "" }
}{ $colour ->
    [other] .
   *[green] : { $rate } weighted findings per 100 deals.
}
say-low = That is a good result: the company stands at { $company } per 100 deals.
say-fewer-of = Much rarer now: “{ $rule }”, { $after } after { $before }.
say-rare = “{ $rule }” is rarer than elsewhere: { $own } on { $deals } { $deals ->
    [one] deal
   *[other] deals
}; { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others } on { $other-deals }.
say-never = “{ $rule }” does not come up at all, while { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others } such findings.
say-quick = New leads are answered sooner: { $own } within 15 working minutes; { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others }.
say-wins = More of the closed deals are won: { $own }; { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others }.
say-better-sure = There are fewer findings than { $kind ->
    [week] the week before
    [month] the month before
   *[other] in the period before
}, which had { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
}. Chance does not explain it.
say-better-look = Things seem to get better: { $kind ->
    [week] the week before
    [month] the month before
   *[other] the period before
} had { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
}.
say-worse-sure = There are more findings than { $kind ->
    [week] the week before
    [month] the month before
   *[other] in the period before
}, which had { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
}. Chance does not explain it.
say-worse-look = Findings seem to be on the rise: { $kind ->
    [week] the week before
    [month] the month before
   *[other] the period before
} had { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
}.
say-chance-1 = { $kind ->
    [week] The week before
    [month] The month before
   *[other] The period before
} had { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
}: the difference may be chance.
say-chance-2 = Not much has changed: { $kind ->
    [week] the week before
    [month] the month before
   *[other] the period before
} had { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
}.
say-no-before = There is nothing to compare with: { $kind ->
    [week] the week before
    [month] the month before
   *[other] the period before
} had no deals in work.
say-zone-1 = What asks for attention most is “{ $rule }”: { $count } of { $all }.
say-zone-2 = The first thing to look at is “{ $rule }”: { $count } of { $all }.
say-zone-all = { $all ->
    [one] The only finding is “{ $rule }”.
   *[other] All findings are of one kind: “{ $rule }”.
}
say-hung = { $deals ->
    [one] { $deals } deal of { $sum } hangs
   *[other] { $deals } deals of { $sum } hang
}: { $deals ->
    [one] that is where to begin.
   *[other] that is where to begin.
}
say-begin = How to mend it is told below, under “What to do”.
say-best = Fewest findings per 100 deals: { $names }.
say-help = Whom to help first: { $names }.
say-best-groups = Things go best here: { $names }.
say-help-groups = Which groups to help first: { $names }.
say-named = { $name } ({ $rate })
say-named-group = “{ $name }” ({ $rate })

strong-clean = { $deals } { $deals ->
    [one] deal
   *[other] deals
} in work and not a single finding.
strong-low = Fewer findings than most: { $rate } weighted per 100 deals, the company stands at { $company }.
strong-fewer-sure = There are fewer findings: { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
} before, { $after } on { $deals-after } { $deals-after ->
    [one] deal
   *[other] deals
} now. Chance does not explain it.
strong-fewer-look = Findings seem to be falling: { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
} before, { $after } on { $deals-after } { $deals-after ->
    [one] deal
   *[other] deals
} now.
strong-fewer-of = “{ $rule }” is much rarer: { $after } after { $before }.
strong-rare = “{ $rule }” is rarer than elsewhere: { $own } on { $deals } { $deals ->
    [one] deal
   *[other] deals
}; { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others } on { $other-deals }.
strong-quick = Leads do not wait: { $part } of { $whole } ({ $own }) were answered within 15 working minutes; { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others }.
strong-wins = More deals are won: { $part } of { $whole } closed ({ $own }); { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others }.

growth-more-sure = There are more findings: { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
} before, { $after } on { $deals-after } { $deals-after ->
    [one] deal
   *[other] deals
} now. Chance does not explain it.
growth-more-look = Findings seem to be on the rise: { $before } on { $deals-before } { $deals-before ->
    [one] deal
   *[other] deals
} before, { $after } on { $deals-after } { $deals-after ->
    [one] deal
   *[other] deals
} now.
growth-rule = { $count } { $count ->
    [one] finding
   *[other] findings
}{ $deals ->
    [0] .
    [one] { " " }on { $deals } deal.
   *[other] { " " }on { $deals } deals.
}
growth-rule-others = Weighted, that is { $rate } per 100 deals; { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others }{ $told ->
    [chance] ; the difference may be chance.
   *[other] .
}
growth-rule-again = { $again ->
    [one] { $again } of them repeats what had been mended.
   *[other] { $again } of them repeat what had been mended.
}
growth-rule-all-again = All of them repeat what had been mended.
growth-rule-worse = That is more than the { $before } before.
growth-hung = { $deals ->
    [one] { $deals } deal of { $sum } hangs
   *[other] { $deals } deals of { $sum } hang
}; by the share of deals won { $worth } is at risk.
growth-hung-plain = { $deals ->
    [one] { $deals } deal of { $sum } hangs.
   *[other] { $deals } deals of { $sum } hang.
}
growth-slow = Leads wait longer: { $part } of { $whole } ({ $own }) were answered within 15 working minutes; { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others }.
growth-loses = Fewer deals are won: { $part } of { $whole } closed ({ $own }); { $base ->
    [group] the others in the group have
    [groups] other groups have
   *[company] the others in the company have
} { $others }.

weekly-title = Only in this report
weekly-note = The regulation has these rules told once a week: daily notes leave them out.
weekly-nothing = Found nothing in the week: { $rules }.

beside-title = Beside the light
beside-hand = Made by hand and passed on: { $count } { $count ->
    [one] finding
   *[other] findings
}{ $deals ->
    [0] { "" }
    [one] { " " }on { $deals } deal
   *[other] { " " }on { $deals } deals
}{ $has-sum ->
    [yes] { " " }of { $sum }
   *[no] { "" }
}.
beside-kept = Made by hand and not passed on: { $count } { $count ->
    [one] finding
   *[other] findings
}{ $deals ->
    [0] { "" }
    [one] { " " }on { $deals } deal
   *[other] { " " }on { $deals } deals
}{ $has-sum ->
    [yes] { " " }of { $sum }
   *[no] { "" }
}.
beside-exempt = Not to be paid attention to: { $count } { $count ->
    [one] finding
   *[other] findings
}{ $deals ->
    [0] { "" }
    [one] { " " }on { $deals } deal
   *[other] { " " }on { $deals } deals
}{ $has-sum ->
    [yes] { " " }of { $sum }
   *[no] { "" }
}.
beside-dismissed = Dismissed after a dispute: { $count } { $count ->
    [one] finding
   *[other] findings
}{ $deals ->
    [0] { "" }
    [one] { " " }on { $deals } deal
   *[other] { " " }on { $deals } deals
}{ $has-sum ->
    [yes] { " " }of { $sum }
   *[no] { "" }
}.
beside-by = { $decided ->
    [hand] Passed on by
   *[other] Decided by
}: { $names }.
beside-by-program = Without the coordinator, as the company has set it: { $count }.
beside-reason = “{ $reason }”
beside-reasons = { $count ->
    [one] Reason: { $reasons }.
   *[other] Reasons: { $reasons }.
}
beside-list = The list

advice-hung-title = Hanging deals
advice-hung = Begin with the dearest. Decide what comes next for each: the next stage, a task with a date, or a refusal with a reason.
advice-slow-title = Answering leads
advice-slow = Keep notifications of new leads on, and agree on whom a lead goes to when you are busy.
advice-loses-title = Lost deals
advice-loses = Look through the last refusals: at which stage the client left, what they were told, and what could have been offered.
advice-all = All examples

proof-clean = in work without a finding
proof-won = won
proof-lost = lost
proof-hangs = at the stage “{ $stage }” since { $since }, { $price }
proof-hangs-plain = at the stage “{ $stage }” since { $since }
proof-answered = answered after { $time }
proof-unanswered = not answered yet

chat-strong = Going well:
chat-growth = Growth zones:
chat-advice = What to do:
chat-weekly = Only in this report:
chat-beside = Beside the light:
chat-people = Light:
chat-more = In full: { $link }
chat-cut = The rest is in the full report.
