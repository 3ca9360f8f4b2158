### A finding

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
