### The words of reports. The same messages with the same variables: ru.ftl.

span-week = the week { $from } – { $to }
span-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
} { $year }
span-dates = { $from } – { $to }
span-since = since { $from }
span-until = until { $to }
span-ever = all time

report-title = How are we working?
report-head = { $account }: { $span }
report-about = Regulation: { $regulation }. Checked at { $now }, time zone { $zone }.
report-compared = Compared with { $span }.
report-file = Quality control

card-light = The company’s light
card-was = was { $rate }
card-rate = per 100 deals in work
card-no-rate = no deals in work
card-findings = Found in the period
card-found = { $gross ->
    [0] none of them gross
   *[other] of them gross: { $gross }
}
card-money = Money at risk
card-hung = { $deals ->
    [one] in { $deals } deal: sum × share won
   *[other] in { $deals } deals: sum × share won
}
card-speed = Answered within 15 working minutes
card-speed-base = { $part } of { $whole }, 95 % interval { $low }–{ $high }
card-no-leads = no new leads

trend-title = Twelve weeks
trend-note = Weighted findings per 100 deals in work, the whole company. Dashed: the limits of the light.
trend-text = By week, oldest first: { $values }
when-title = When does it happen?
when-note = Findings by weekday and hour, in the regulation’s zone.
when-weekdays = By weekday
when-hours = By hour

lights-title = Who needs help?
lights-note = Per 100 deals in work: remarks, violations and gross ones are weighted by the regulation; of one slip the gravest counts. The interval is the 90 % one. “Borderline”: a limit lies within it. “Too little data”: fewer deals than the regulation asks for.
changes-title = What changed?
changes-note = Beside the period before, by one version of the regulation. Shown are the company and those whose change is hard to explain by chance.
changes-none = This period has none before it to compare with.
indicators-title = Ten indicators
indicators-note = Findings per 100 deals in work.
rules-title = What happens most often?
rules-note = The sum is that of the deals’ prices, each deal once. “Again”: the same person had the same cured within the last 60 days.
stages-title = At which stages?
stages-note = Where the deal stood at the breach.
people-title = With whom?
people-note = The share is that of everything found in the period.
funnel-title = Funnel
funnel-note = Deals that still stand are counted.
funnel-of = Where does money hang? { $pipeline }
funnel-about = Deals that entered stages: { $span }. { $deals } in all, { $won } won, { $lost } lost. Time is working time, with unfinished stays counted (Kaplan–Meier). Deals that are stuck, silent or without a task hang: their sum × the share won of those that reached the stage in 90 days; an empty price is replaced by the median of those won.
speed-title = How soon do we answer?
speed-note = Shares of all new leads, the unanswered included. Answers in working time, reaching in plain time.
worst-title = Which deals to save?
worst-note = By the weights of what was found in the period, then by price.
problems-title = What is wrong with the data?
problems-note = No rule saw these lines.
problems-none = The data are in order.

col-who = Who
col-what = What
col-light = Light
col-rate = Per 100 deals
col-interval = Interval
col-before = Before
col-trend = 12 weeks
col-deals = Deals in work
col-remarks = Remarks
col-violations = Violations
col-gross = Gross
col-findings = Found
col-findings-before = Before
col-rate-before = Per 100 before
col-rate-plain = Per 100 now
col-told = What it means
col-share = Share
col-again = Again
col-deals-concerned = Deals
col-sum = Sum of deals
col-rule = Rule
col-stage = Stage
col-entered = Deals entered
col-onward = Went on
col-won = Won
col-median = Median time
col-mean = Mean time
col-unfinished = Still there
col-hung-deals = Deals hanging
col-hung-sum = Their sum
col-chance = Share won
col-hung-money = At risk
col-leads = Leads
col-unanswered = Unanswered
col-answered-5 = Within 5 min work
col-answered-15 = Within 15 min work
col-answered-60 = Within 60 min work
col-median-answer = Median answer
col-reached-1h = Reached in 1 h
col-reached-1d = Reached in a day
col-reached-4d = Reached in 4 days
col-deal = Deal
col-weight = Weight
col-price = Price
col-last = Latest
col-count = Lines
col-when = When
col-message = What happened
col-severity = Severity
col-until = Cured

company = The whole company
nobody = Nobody
all = All
no-stage = No stage

told-little = too little data
told-chance = may be chance
told-look-better = looks better
told-look-worse = looks worse
told-sure-better = better
told-sure-worse = worse

indicator-1 = 1. Speed
indicator-2 = 2. Movement
indicator-3 = 3. Overdue
indicator-4 = 4. No task
indicator-5 = 5. Results
indicator-6 = 6. History
indicator-7 = 7. Fields
indicator-8 = 8. Titles
indicator-9 = 9. Closing
indicator-10 = 10. Time in CRM

problem-input = Broken lines of files
problem-deal-without-created = Deals without a created event
problem-event-before-created = Events before a deal was created
problem-created-twice = Created twice
problem-event-after-removed = Events after removal
problem-task-not-open = Events of tasks that are not open
problem-task-added-twice = Tasks under an id that is taken
problem-task-without-due = Tasks without a deadline

list-title = Everything found
list-note = By rule and by person. Of each the first { $most } by time are shown.
list-rule = By rule
list-person = By person
list-more = { $count ->
    [one] … and { $count } more
   *[other] … and { $count } more
}: svetofor audit --format jsonl prints them all.
lasting = no
deal-about = Stage: { $stage }. Responsible: { $person }. Price: { $price }.
deal-earlier = { $count ->
    [one] There was { $count } earlier event.
   *[other] There were { $count } earlier events.
}
nothing-found = Nothing was found in the period.

sheet-lights = Light
sheet-changes = Changes
sheet-indicators = Indicators
sheet-rules = Rules
sheet-stages = Stages
sheet-people = People
sheet-funnel = Funnel
sheet-speed = Speed
sheet-worst = Deals
sheet-problems = Data
unit-working-hours = working hours

col-findings-after = After
col-difference = Difference
col-rate-after = Per 100 it would be
col-light-after = Light it would be
col-title = Title
col-appear = Appear
col-vanish = Vanish

compare-spans = Before: { $before }. After: { $after }.
compare-by = One version of the regulation judges both sides: “{ $regulation }”, { $since }. Time zone { $zone }.
compare-since-ever = since ever
compare-since = since { $date }
compare-overlap = The periods overlap: the same days are on both sides, so nothing can be told from chance.
compare-lengths = The periods differ in length: { $before } days before, { $after } after. The longer one has more findings a deal for that alone.
compare-not-over = One of the periods is not over: its figures will grow.
compare-people-title = Company, groups and people
compare-people-note = Per 100: findings per 100 deals in work. Share: of all findings of its period. By chance, %: how often such a difference comes about by itself.
compare-rules-title = Rules
compare-rules-note = Per 100: findings per 100 deals in work of the whole company. What does not look like chance comes first.
compare-stages-title = Stages
compare-stages-note = The stage at which the deal stood at the breach.
told-overlap = cannot be told
col-light-before = Light before
col-light-now = Light after
col-share-before = Share before
col-share-now = Share after
col-by-chance = By chance, %

backtest-unchanged = Nothing changes: both regulations find the same.
backtest-summary = It was { $before }, it would be { $after } { $after ->
    [one] finding
   *[other] findings
}: { $appear } appear, { $vanish } vanish; deals concerned: { $deals }.
    People newly hit: { $newly }. No longer hit: { $no-longer }.
    People adapt to rules: this is the most that would have been found, not a forecast.
backtest-rules-title = By rule
backtest-rules-note = Found by the present regulation and by the new one, in all and per 100 deals in work.
backtest-stages-title = By stage
backtest-stages-note = Where the deal stood at the breach.
backtest-people-title = By person
backtest-people-note = Weighted findings per 100 deals in work.
backtest-deals-title = Deals whose findings change
backtest-deals-note = Those that change most come first.
backtest-deals-none = There are none.
backtest-deals-more = The first are shown; { $count ->
    [one] { $count } more deal
   *[other] { $count } more deals
}.
