### Words of the rules' descriptions: for `svetofor rule` and for the pages in docs/rules.

rules-indicator = Indicator
rules-code = Code
rules-title = What it finds
rules-severity = Severity
rule-mend = How to mend it
rule-params = Parameters
rule-param = Parameter
rule-default = Default
rule-meaning = Meaning
rule-common = Every rule takes besides: severity, pipelines, stages, clock, enabled, roles, tells.
rule-settings = Settings of the examples
rule-breaks = An example that breaks it
rule-keeps = One that does not

## Pages

document-generated = The program made this page from the rule's declaration. Change the declaration and renew the page: see CONTRIBUTING.md.
document-heading = The rules
document-intro =
    Every rule that a history can be audited by. `svetofor rules` and `svetofor rule CODE` show the same on the screen. A rule
    works only where a regulation names it; how to write a regulation is said in the [guide](../../guide.en.md#the-regulation).
document-rules = { $count ->
    [one] { $count } rule in all.
   *[other] { $count } rules in all.
}
document-purpose = What it is for
document-scope = What it looks at
document-examples = How to read the examples
document-world =
    All examples happen in one small company in March 2026, in Moscow time. Working hours are 09:00 to 18:00, Monday to Friday.
    Names and texts stay Russian, as they would be in a real account. In one group work:
document-left = , last day { $date }
document-away = , on leave from { $from } to { $to }
document-way = A deal goes through stages; their ids in settings stand in brackets:
document-stage-open = open
document-stage-won = won
document-stage-lost = lost
document-world-link = [How to read the examples](README.md#how-to-read-the-examples)
document-when = When
document-deal = Deal
document-event = What happened
document-details = Details
document-checked = Audited at { $now }.
document-says = { $count ->
    [one] The program says:
   *[other] There are { $count } findings, and the program says:
}
document-severity = Default severity
document-silent = The program finds nothing.
document-no-params = The rule has no parameters of its own.
document-common-link = What they mean is said in the [guide](../../guide.en.md#the-regulation).
document-snippet = In a regulation
document-snippet-about = Defaults need not be written: they stand here so that they are easily changed.
document-back = [All rules](README.md)

scope-deal = one deal
scope-client = all deals of a client
scope-employee = one employee's work across deals
scope-group = closings within a group
scope-stage = all deals of a stage

indicator-0 = Rules of your own
indicator-1 = Speed of answers
indicator-2 = Movement through the pipeline
indicator-3 = Overdue tasks
indicator-4 = Deals without tasks and without a responsible
indicator-5 = Results of tasks
indicator-6 = History of communication
indicator-7 = Fields of the deal
indicator-8 = Titles of deals
indicator-9 = Reasons of closing
indicator-10 = Working time in the CRM

## Events

event-created = deal created
event-stage_changed = deal moved to a stage
event-responsible_changed = another responsible
event-renamed = deal renamed
event-price_set = price set
event-field_set = field filled
event-loss_reason_set = reason of the loss given
event-task_added = task set
event-task_moved = task moved
event-task_completed = task completed
event-task_removed = task removed
event-call_in = call from the client
event-call_out = call to the client
event-message_in = message from the client
event-message_out = message to the client
event-note_added = note
event-meeting = meeting
event-payment = payment
event-client_left = client left
event-removed = deal removed

## Columns of events; with the event's kind after a hyphen, words for this kind

column-actor = by
column-stage = stage
column-employee = employee
column-employee-created = responsible
column-employee-responsible_changed = new responsible
column-employee-task_added = whose task
column-employee-task_moved = whose task
column-task = task
column-due = due
column-text = text
column-text-created = title
column-text-renamed = new title
column-text-field_set = value
column-text-loss_reason_set = comment
column-text-task_completed = result
column-field = field
column-field-loss_reason_set = reason
column-amount = sum
column-amount-call_in = talk, s
column-amount-call_out = talk, s
column-client = client
column-channel = channel
column-channel-created = source
column-channel-task_added = type of task
column-nothing = nothing
