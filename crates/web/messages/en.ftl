### Words of the pages. The same messages with the same variables: ru.ftl.

product = Svetofor
log-in = Log in
log-out = Log out
to-start = To the first page

## Fields

field-login = Login
field-login-hint = Such as your e-mail address. Upper and lower case are the same.
field-password = Password
field-password-hint = At least 10 characters. A few words are easiest to remember.
field-password-current = Present password
field-password-new = New password
field-repeated = The same password again
field-name = Your name
field-company = Name of the company
field-timezone = The company's time zone
field-timezone-hint = Such as Europe/Moscow, Asia/Yekaterinburg, Asia/Novosibirsk.

fault-login = From 2 to 64 letters, digits and the signs . _ - + @, without spaces
fault-name = From 1 to 120 characters in one line
fault-timezone = The name of a zone, such as Europe/Moscow
fault-employee = The company has no such employee
fault-scopes = At least one scope
fault-password-short = At least 10 characters
fault-password-long = The password is too long
fault-password-plain = Not the login, nor one character again and again
fault-password-wrong = This is not your present password
fault-password-differs = The passwords differ

## Login

login-title = Log in
login-wrong = Login or password did not fit. Check the keyboard layout and try again.
login-too-many = Too many tries. Wait a minute and try again.
login-forgotten = Forgot the password? Ask your company's administrator for a new link.

## First start and invitations

setup-title = First start
setup-why = Nobody is here yet. Name the company and choose login and password of its administrator, who invites the others and keeps the settings. The link works once.
setup-do = Begin
choose-title = Choose a password
choose-why = The company “{ $name }” has invited you. With this login and password you will come in to Svetofor.
choose-anew = The former password will no longer do, and on other devices you will have to log in anew.
choose-do = Save and log in
join-title = The company “{ $name }” invites you
join-why = Take the invitation, and you can go over to this company without a new login.
join-do = Take the invitation
join-login = This invitation is for the login { $name }. Log in by it and open the link again.

## Companies

companies-title = In which company do you work now?
companies-none = No company has admitted you yet. Ask an administrator to invite you.
companies-here = you are here

## Start

start-name = Name
start-company = Company
start-access = Access
start-employee = Employee in the CRM
start-others = Go over to another company
start-api = Description of the API

password-title = Change the password
password-why = You stay logged in here; on other devices you will have to log in anew.
password-do = Change the password

## Access

access-employee = Employee
access-employee-help = You see your own findings, figures and deals.
access-lead = Team lead
access-lead-help = You see findings and figures of your groups.
access-coordinator = Coordinator
access-coordinator-help = You see all findings, pass them on and decide disputes.
access-specialist = Quality specialist
access-specialist-help = You see all deals and add findings.
access-head = Head of sales
access-head-help = You see everything in the company and check lost deals.
access-director = Director
access-director-help = You see everything in the company.
access-administrator = Administrator
access-administrator-help = You keep connections, the regulation and people's access. An administrator does not see findings.
access-client-manager = Client-relations manager
access-client-manager-help = You see deals and figures and add findings from what clients say.
access-interviewer = Interviewer
access-interviewer-help = You ask clients.
access-shopper = Mystery shopper
access-shopper-help = You do audits by a checklist.

## Frame

to-content = To the content
tabs = Sections
tab-board = Overview
tab-mine = What to mend
tab-group = Group
tab-disputes = Disputes
tab-findings = Findings
tab-rules = Rules
other-language = Русский
me-title = About you
zone = Times are of the zone
paging = Pages of the list
paging-earlier = Earlier
paging-later = Further
paging-first = To the beginning
list-more = { $count ->
    [one] And { $count } finding more.
   *[other] And { $count } findings more.
}

## A finding

sign-remark = ◆
sign-violation = ▲
sign-gross = ■
finding-title = A finding
finding-since = since { $at }
finding-cured = { $at } — cured { $until }
finding-deadline = may be disputed until { $at }
finding-deal = Open the deal
finding-again = again
finding-advice = Advice:
finding-evidence = What it rests on
finding-past = What became of it
evidence-action = Something the employee did

state-new = new
state-told = waits for an answer
state-acknowledged = acknowledged
state-disputed = disputed, waits for a verdict
state-upheld = upheld after a dispute
state-partly = lowered after a dispute
state-dismissed = dismissed
state-cured = cured
state-withdrawn = withdrawn

view-advice = The rule only advises for now: the finding is outside the figures.
view-exempt = It was decided to pay no attention to this: the finding is outside the figures.
view-held = The coordinator has not passed the finding on yet.
view-withdrawn = By what is known now there is no finding.

cause-did-not-know = Did not know
cause-overload = Overload
cause-client = Client
cause-process = Process
cause-crm-fault = CRM fault
cause-other = Other

do-acknowledge = Acknowledge. Cause:
do-acknowledge-anew = Change the cause
do-cure = Mark as cured
do-dispute = Dispute
do-dispute-send = Send to be decided
do-decide-upheld = Uphold
do-decide-partly = Lower
do-decide-dismissed = Dismiss
do-reopen = Open again
do-reopen-help = Answer and verdict are dropped, the employee answers once more.
dispute-why = Why the finding is wrong
verdict-why = Why you decide so

done-new = Nothing has changed:
done-told = The finding waits for an answer again:
done-acknowledged = Acknowledged, cause “{ $cause }”:
done-disputed = The dispute was sent to be decided:
done-upheld = The finding was upheld:
done-partly = The finding was lowered:
done-dismissed = The finding was dismissed and counts no more:
done-cured = Marked as cured:
done-withdrawn = By what is known now there is no finding:

decision-told = The employee saw it
decision-cured = Marked as cured
decision-disputed = Disputed
decision-reopened = Opened again

refused-withdrawn = Nothing was changed: by what is known now there is no finding.
refused-held = Nothing was changed: the coordinator has not passed the finding on.
refused-already-told = Nothing was changed: the employee has seen the finding.
refused-already-acknowledged = Nothing was changed: the finding is acknowledged with this cause already.
refused-already-cured = Nothing was changed: the finding is cured already.
refused-dispute-waits = Nothing was changed: the dispute waits for a verdict.
refused-not-disputed = Nothing was changed: the finding is not disputed.
refused-already-decided = Nothing was changed: the finding has been decided on. A coordinator can open it again.
refused-dismissed = Nothing was changed: the finding is dismissed.
refused-too-late = Nothing was changed: the time in which the finding could be disputed is over.
refused-own-dispute = Nothing was changed: you began the dispute, somebody else must decide it.
refused-held-against-you = Nothing was changed: the finding is about your work, somebody else must decide.
refused-made-by-you = Nothing was changed: you made the finding, somebody else must decide.
refused-nothing-to-reopen = Nothing was changed: nothing was decided, so there is nothing to open again.
refused-text = Nothing was changed: write why.

## Light

light-rate = Per 100 deals:
light-better = ↓ was { $before }
light-worse = ↑ was { $before }
light-same = the same as before
light-deals = Deals in work:
trend-label = Findings per 100 deals by week: { $values }

## How are we working?

board-title = How are we working?
board-period = Period
board-earlier = An earlier period
board-later = A later period
board-week = Week
board-month = Month
board-empty = In this period no deal was in work and nothing was found.
board-empty-company = There are no data yet. Figures appear once the administrator has connected the CRM or loaded its history.
board-company = Company
board-findings = Findings
board-before = before { $before }
board-remarks = remarks
board-violations = violations
board-gross = gross
board-by-hand = Made by hand besides:
board-money = Money in these deals
board-money-help = The sum of the deals with findings, each once
board-in-deals = { $count ->
    [one] in { $count } deal
   *[other] in { $count } deals
}
board-again = Repeated
board-again-of = { $share } of { $count }
board-again-help = The same person had mended or acknowledged the same within the last 60 days
board-people = Groups and people
board-people-help = Those with most findings per deal first.
board-nobody = Held against nobody
board-name = Group, employee
board-deals = Deals in work
board-deals-concerned = Deals
board-col-remarks = Remarks
board-col-violations = Violations
board-col-before = Before
board-run = not green for { $count } weeks in a row
board-stages = Where it is narrow
board-no-stage = Without a stage
board-rules = What is found most often
board-more-rules = { $count ->
    [one] And { $count } more rule.
   *[other] And { $count } more rules.
}
board-left-out = What was decided not to count
board-left-out-none = In this period decisions left nothing out of the figures.
board-decision = Decision
board-which = About what
board-dismissed = Dismissed after a dispute
board-advice = Rules that only advise for now
board-exempt = Not to be paid attention to

## What have I to mend?

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

## Tables

col-rule = Rule
col-found = Found
col-before = A week before

## Whom to help today?

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

## Findings

findings-title = Which findings are there?
findings-order = The latest first.
findings-none = No findings yet.
findings-none-narrowed = There are none of this kind. Loosen or clear the filter.
filter-any = all
filter-rule = Rule
filter-employee = Employee
filter-group = Group
filter-stage = Stage
filter-severity = Severity
filter-state = State
filter-open = Does it last
filter-open-yes = lasts still
filter-open-no = cured already
filter-figures = In the figures
filter-figures-counted = counted
filter-figures-by-hand = made by hand
filter-figures-dismissed = dismissed after a dispute
filter-figures-exempt = not to be paid attention to
filter-figures-advice = the rule only advises
filter-again = Repeated
filter-again-yes = only repeated ones
filter-from = From
filter-to = To
filter-do = Show
filter-clear = Clear
paging-older = Earlier ones

## Disputes

disputes-title = Which disputes wait for a verdict?
disputes-order = Those that have waited longest first.
disputes-none = No disputes: nothing to decide.
disputes-more = The other disputes come when you have decided these.
dispute-about = Disputed by { $name }, { $at }. Waiting for { $waited }
dispute-not-yours = Somebody else decides this dispute: it is about your work, or you began it.

## A deal

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

## Rules

rules-title = What is demanded of us?
rule-all = All rules
rule-findings = Findings of this rule
rule-purpose = What this rule is for
rule-mend = How to mend
rule-demands = What your company demands
rule-breaks = An example that breaks it
rule-keeps = An example that does not
rule-settings = Setting in the examples:
rule-params = Parameters
rule-param = Parameter
rule-default = By default
rule-meaning = Meaning

## What went wrong

problem-request = Number of the request, for the administrator:
problem-malformed = The request could not be read
problem-malformed-help = Nothing was changed. Go back and send the form again.
problem-unauthenticated = You have to log in
problem-unauthenticated-help = The login has ended or has not been done yet.
problem-denied = You cannot do this
problem-denied-help = Nothing was changed. If you need it for your work, ask an administrator.
problem-not-found = There is no such page
problem-not-found-help = Check the address, or begin at the first page.
problem-method = This address does not open so
problem-method-help = Nothing was changed. Begin at the first page.
problem-conflict = It does not go together with what is there
problem-conflict-help = Nothing was changed. Load the page anew and try again.
problem-gone = The link is dead
problem-gone-help = It has been opened already, or its time is over. Ask an administrator for a new one; at the first start restart the server.
problem-too-large = Too much at once
problem-too-large-help = Nothing was changed. Send less.
problem-media-type = Data of another kind
problem-media-type-help = Nothing was changed. Go back and send the form again.
problem-invalid = Something is not filled in right
problem-invalid-help = Nothing was changed. Go back and check the fields.
problem-too-many = Too many tries
problem-too-many-help = Wait a minute and try again.
problem-inside = Something broke on the server
problem-inside-help = Nothing was changed. Try again; if that does not help, give the number of the request to the administrator.
problem-unavailable = The server is busy
problem-unavailable-help = Nothing was changed. Try again in a minute.
problem-timeout = The server did not answer in time
problem-timeout-help = Try again.
