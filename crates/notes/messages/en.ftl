### What people are told: daily notes and messages. The same messages with the same variables: ru.ftl.

quoted = “{ $text }”

## The daily note: subject

daily-subject = Note for { $day }
daily-subject-new = Note for { $day }: { $count ->
    [one] { $count } new finding
   *[other] { $count } new findings
}
daily-subject-open = Note for { $day }: nothing new, { $count ->
    [one] { $count } finding waits
   *[other] { $count } findings wait
} for your answer
daily-subject-clean = Note for { $day }: no findings
daily-subject-waits = Note for { $day }: { $count ->
    [one] { $count } matter waits
   *[other] { $count } matters wait
} for your decision
daily-subject-silent = Note for { $day }: nothing comes from the CRM
daily-subject-free = Note for { $day }: nothing to decide

## The daily note: what was found

daily-day = { $from }
daily-days = From { $from } to { $to }
daily-paused = Notices had been paused since { $day }; this is all of that time.
daily-checked = { $days }: { $count ->
    [one] { $count } deal checked.
   *[other] { $count } deals checked.
}
daily-not-checked = { $days }: nothing was checked.
daily-clean = { $days }: no findings, { $count ->
    [one] { $count } deal checked.
   *[other] { $count } deals checked.
}
daily-nothing-new = { $days }: no new findings, { $count ->
    [one] { $count } deal checked.
   *[other] { $count } deals checked.
}
daily-new = { $days }: { $count ->
    [one] { $count } new finding
   *[other] { $count } new findings
}, in { $deals ->
    [one] { $deals } deal
   *[other] { $deals } deals
} of { $of } checked.
daily-gross = Gross among them: { $count }.
daily-again = Repeated: { $count } of { $of }.
daily-mended = Worked off: { $count } of { $of }.
daily-open = Waiting for an answer: { $count }.
daily-due = Today is the last day to dispute: { $count } of { $of }.
daily-money = Money at stake: { $money } in { $count ->
    [one] { $count } deal
   *[other] { $count } deals
}.
daily-begin-with = What to begin with

## The daily note: people

daily-people = By person
daily-person = { $name }: new { $new }, waiting { $open }
daily-person-gross = { $name }: new { $new }, waiting { $open }, gross among them { $gross }
daily-more-people = { $count ->
    [one] And { $count } more person: on the page.
   *[other] And { $count } more people: on the page.
}
daily-away = Not there today
daily-away-one = { $name }: { $kind }
daily-away-until = { $name }: { $kind } until { $until }
daily-away-deals = { $count ->
    [one] { $count } open deal unattended
   *[other] { $count } open deals unattended
}
away-vacation = on leave
away-sick = ill
away-trip = on a trip
away-other = absent

## The daily note: what waits for the coordinator

daily-to-pass-on = To be passed on: { $count }, the first since { $since }.
daily-disputes = Disputes to be decided: { $count }, the next by { $next }.
daily-disputes-open = Disputes to be decided: { $count }.
daily-disputes-today = Due today: { $count } of { $of }.
daily-disputes-late = Overdue: { $count } of { $of }.
daily-nothing-waits = There is nothing to pass on or to decide now.
daily-unchecked = What was not checked
daily-silent-since = Nothing has come from the CRM since { $since }: these days are not checked. See whether the connection works.
daily-silent-ever = Nothing has come from the CRM yet: there is nothing to check. See whether the connection works.
daily-without-deals = No deals in work, so there was nothing to check: { $names }.
daily-and-more = { $count ->
    [one] {" "}and { $count } more
   *[other] {" "}and { $count } more
}

## What is told at once

once-subject-gross = Gross violation: { $rule }
once-subject-violation = Violation: { $rule }
once-subject-remark = Remark: { $rule }
once-subject-many = New findings: { $count }
once-many = { $count } in all, { $shown ->
    [one] the gravest:
   *[other] the { $shown } gravest:
}
once-instead = You are told because { $name } is away.
button-ack = Acknowledge
button-cause = Give the cause
button-dispute = Dispute

## A group chat

chat-rule = { $rule } — { $count }
chat-more = { $count ->
    [one] And { $count } more finding.
   *[other] And { $count } more findings.
}

## What happened

happened-check-back-to-work = A lost deal goes back to work
happened-check-closed-rightly = The deal was closed rightly
happened-check-opened = A lost deal waits for its check
happened-exemption-ended = An exemption was ended
happened-exemption-made = An exemption was made
happened-finding-acknowledged = A finding was acknowledged
happened-finding-cured = A finding was mended
happened-finding-dismissed = Dispute upheld: the finding is dismissed
happened-finding-disputed = A dispute waits for its verdict
happened-finding-exempted = A finding was not passed on
happened-finding-made = A finding waits to be passed on
happened-finding-partly = Dispute upheld in part: the finding is milder now
happened-finding-passed-on = A finding was passed on to you
happened-finding-reopened = A finding was opened again
happened-finding-upheld = Dispute rejected: the finding stands
happened-goal-set = You have a new goal
happened-rule-fell = A rule became advice
happened-rule-ruled = A decision about a rule
happened-said = Comment: { $text }

## What lies unanswered

unhandled-subject = Unanswered on { $day }: { $count ->
    [one] { $count } person
   *[other] { $count } people
}
unhandled-what = { $count ->
    [one] For { $count } working day now notes are unread or findings not handled.
   *[other] For { $count } working days now notes are unread or findings not handled.
}
unhandled-findings = { $count ->
    [one] { $count } finding unanswered
   *[other] { $count } findings unanswered
}, the first since { $since }
unhandled-notes = { $count ->
    [one] { $count } note unread
   *[other] { $count } notes unread
}, the first of { $since }

drafts-subject = Reports are ready to be looked over: { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
drafts-until = Their words can be changed until { $time }; then the reports go out.
drafts-by-hand = They go out once you send them.
