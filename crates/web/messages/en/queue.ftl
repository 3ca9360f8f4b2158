### The coordinator's queue

queue-title = What is to be passed on?
queue-order = Those that have waited longest come first. So far only quality control sees them.
queue-count = { $count ->
    [0] Nothing waits.
    [one] { $count } finding waits.
   *[other] { $count } findings wait.
}
queue-none = Everything is passed on. New findings of the specialists will come here.
queue-none-but-put-off = Only those that you have put off are left.
queue-about = { $name }, { $at }. Has waited { $waited }
queue-text = What the employee and the lead will see
queue-recommendation = What to advise
queue-do = Pass on to the lead
queue-exempt = Pay no attention
queue-exempt-why = Why to pay no attention
queue-exempt-do = Do not pass on
queue-skip = Skip for now
queue-put-off = { $count ->
    [one] { $count } finding is skipped.
   *[other] { $count } findings are skipped.
}
queue-show-all = Show all
queue-more = The others will come when you are done with these.
queue-passed-on = Passed on:
queue-exempted = Decided to pay no attention:
queue-refused-text = Not passed on: write what the employee will see.
queue-refused-reason = Nothing has changed: write why to pay no attention.
queue-refused-conflict = Nothing has changed: this finding is done with.
target-deal = Deal
target-call = Call
target-chat = Chat
target-person = Employee
