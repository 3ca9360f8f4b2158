### What was just done

undo = Undo
bulk-done = { $count ->
    [one] Your answer is kept: { $count } finding.
   *[other] Your answer is kept: { $count } findings.
}
bulk-undone = { $count ->
    [one] Your answer is taken back: { $count } finding stands where it stood.
   *[other] Your answer is taken back: { $count } findings stand where they stood.
}
many-title = With those chosen
many-choose = Choose
many-all = all on this page
many-acknowledge = Acknowledge
col-act = Answer
finding-verdict = to be decided until { $at }
finding-verdict-late = should have been decided by { $at }
decision-undone = The answer was taken back
refused-nothing-to-undo = Nothing was changed: there is nothing to take back.
refused-not-your-decision = Nothing was changed: only who answered can take an answer back.
refused-decided-since = Nothing was changed: somebody else has answered since.
refused-too-late-to-undo = Nothing was changed: an answer can be taken back for 10 seconds only.
refused-not-found = Nothing was changed: there is no such finding.
refused-denied = Nothing was changed: this finding is not yours to answer.
refused-none = Nothing was changed: choose at least one finding.
