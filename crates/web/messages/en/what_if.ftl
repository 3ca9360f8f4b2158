### What if

what-if-title = What if a limit were another one?
what-if-title-before = Which findings were there?
what-if-title-after = Which findings would there be?
what-if-title-new = Which findings would appear?
what-if-title-gone = Which findings would vanish?
what-if-rule = Rule
what-if-choose = Choose
what-if-stage-limit = limit at the stage “{ $name }”
what-if-severity = severity
what-if-enabled = whether the rule is in force
what-if-unit = unit
what-if-unit-m = min
what-if-unit-h = h
what-if-unit-wd = working days
what-if-unit-d = days on end
what-if-flag-yes = yes
what-if-flag-no = no
what-if-choice-oldest = the oldest first
what-if-choice-newest = the newest first
what-if-now = Now:
what-if-half = half
what-if-double = twice
what-if-elsewhere = Lists, templates and conditions are changed in the text of the regulation:
what-if-do = Reckon
what-if-nothing = Nothing is changed yet. Move a limit and press “Reckon”.
what-if-same = Nothing would be different.
what-if-edit = Take this into a new version
what-if-year = Had it been so for the last year
what-if-most = This is the most that could have been: people adapt to rules.
what-if-findings = Findings
what-if-was = were
what-if-becomes = would be
what-if-new = Would appear:
what-if-gone = Would vanish:
what-if-money = Money in deals with findings
what-if-deals = { $count ->
    [one] { $count } deal
   *[other] { $count } deals
}
what-if-left-out = Dismissed, exempt and advisory ones do not count: { $before } before, { $after } after.
what-if-rejudged = For a part of this time other versions were in force. To compare like with like, the changed rules are reckoned by today's version throughout: “before” may differ from the reports of those weeks.
what-if-by-lights = Light
what-if-by-rules = By rule
what-if-by-stages = By stage
what-if-by-people = By person
what-if-only-changed = Only what changes is shown.
what-if-people-help = Where a limit moves, a finding may go to another person or stage: to whoever answered for the deal at the breach.
what-if-all = All rules
what-if-company = Company
what-if-nobody = Against nobody
what-if-no-stage = No stage
what-if-none = There are no findings.
what-if-back = Back to the numbers
what-if-found = { $count ->
    [one] { $count } finding.
   *[other] { $count } findings.
}
what-if-col-rule = Rule
what-if-col-stage = Stage
what-if-col-person = Employee
what-if-col-before = Before
what-if-col-after = After
what-if-col-difference = Difference
what-if-col-new = Appear
what-if-col-gone = Vanish
what-if-col-money-before = Sum of deals, before
what-if-col-money-after = After
what-if-col-whose = Whose
what-if-col-light-before = Before
what-if-col-light-after = After
what-if-col-rate-before = Per 100 deals, before
what-if-col-rate-after = After
what-if-col-in-work = Deals in work
what-if-col-finding = Finding
what-if-col-severity = Severity
what-if-col-deal = Deal
what-if-col-sum = Sum
what-if-col-when = When
