### Which losses to check?

tab-lost = Losses
lost-title = Which losses to check?
lost-help = Somebody else looks at every lost deal: was everything done, and can the client be won back? The latest first.
lost-statuses = Where checks stand
lost-status-open = waiting
lost-status-back-to-work = back to work
lost-status-closed-rightly = closed rightly
lost-status-moot = moot
lost-status-one-open = waits for its check
lost-status-one-back-to-work = went back to work
lost-status-one-closed-rightly = was closed rightly
lost-status-one-moot = the check is moot: the deal was opened again
lost-all = show all
lost-empty-open = Nothing to check: all losses have been looked at.
lost-empty = There are no such checks.
lost-nobody = Nobody’s
lost-no-reason = none given
lost-to-head = the head
lost-col-deal = Deal
lost-col-who = Responsible
lost-col-when = Lost
lost-col-reason = Reason
lost-col-price = Price
lost-col-attempts = Attempts
lost-col-unanswered = Unanswered at the end
lost-col-talks = Conversations
lost-col-addressee = For
lost-col-closed = Decided
lost-col-decided = Checked
lost-col-back = Back to work
lost-col-rightly = Closed rightly
lost-col-share = Share back
lost-returned = Who gets most back
lost-returned-help = The share of checked losses that went back to work, with its 95 % interval. While there are few checks the interval is wide: do not judge by the share.
lost-returned-none = No check has been decided yet.
lost-done-back-to-work = Back to work:
lost-done-closed-rightly = Closed rightly:
check-title = Was the deal closed rightly?
lost-known = What is known
lost-comment = Comment to the reason
lost-talk = Time talked
lost-messages = Messages from / to the client
lost-meetings = Meetings
lost-objections = Objections
lost-attempts = { $count ->
    [one] { $count } contact attempt
   *[other] { $count } contact attempts
}
lost-reached = client reached
lost-not-reached = no answer
lost-stages = Time at stages
lost-questions = Five questions
lost-question-everything-done = Was everything done to sell?
lost-question-objections-handled = Were the objections handled?
lost-question-advice-right = Was the advice right?
lost-question-attempts = If the client did not answer: were there attempts enough, at different hours?
lost-question-revivable = Can the client be won back with another product or other terms?
lost-fact-unanswered = { $count ->
    [0] no unanswered attempts at the end
    [one] { $count } unanswered attempt at the end
   *[other] { $count } unanswered attempts at the end
}
lost-fact-objections = { $count ->
    [0] no objections found in texts
    [one] { $count } objection found
   *[other] { $count } objections found
}
lost-reply-yes = yes
lost-reply-no = no
lost-reply-not-applicable = does not fit
lost-more = Explanation
lost-say = What to tell the employee
lost-do-back = Send back to work
lost-do-rightly = Closed rightly
lost-do-help = The employee and their team lead will be told.
lost-own = The deal was yours: somebody else must check it.
lost-not-yours = Whoever got this check decides it. You may read it.
lost-over = The check is closed.
lost-refused = The verdict was not kept: the check is closed already, or the deal was yours.
lost-unanswered = The verdict was not kept: answer all five questions. What you wrote stands below.
lost-too-long = The verdict was not kept: the texts are too long. Shorten them and send again.
