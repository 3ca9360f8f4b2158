### Words of the program. The same messages with the same variables: ru.ftl.

error = Error
warning = Note

## Help

help = The quality-control department in one program: audits a CRM against a written regulation
help-lang = Language of what is said: ru or en (by default the regulation's, else Russian)
help-demo = Make a small company, audit it and show the light
help-demo-seed = The number a company is made from: the same number makes the same company
help-demo-out = Where to keep the company's history and regulation (a temporary folder by default)
help-audit = Audit a history against a regulation
help-audit-history = A folder with a history
help-audit-regulation = A regulation file, or a folder with its versions (the starter by default)
help-audit-now = The instant to judge at: 2026-03-01T09:00:00+03:00 or Unix milliseconds (the last event by default)
help-audit-from = Show breaches from this day on (inclusive)
help-audit-to = Show breaches up to this day (inclusive)
help-audit-format = Form of the report: table for people, jsonl (a finding a line) for programs
help-audit-out = Write to a file instead of the screen
help-audit-strict = Treat any broken line of the history as an error
help-regulation = Write or check a regulation
help-regulation-new = Write a starter regulation with explanations
help-regulation-new-file = Where to write it
help-regulation-check = Say in words what a regulation demands, and show the mistakes in it
help-regulation-check-file = A regulation file, or a folder with its versions
help-regulation-check-history = Check stages, pipelines and fields against this history
help-rules = List all rules
help-rule = Explain a rule: its purpose, examples, parameters
help-rule-code = The rule's code, such as first-response
help-import = Turn foreign tables (CSV, XLSX) into a history
help-import-mapping = A mapping file, or the name of a ready one, such as zoho-crm
help-import-out = The folder for the history
help-import-files = The tables, in any order
help-sandbox = Made-up data to try and to measure with
help-sandbox-history = Make a large history
help-sandbox-history-deals = How many deals
help-sandbox-history-seed = The number the history is made from
help-sandbox-history-out = The folder for the history
help-any-lang = { help-lang }
help-any-format = Form of the list of events: csv, jsonl or parquet

## Progress

progress-read = Reading the history
progress-judge = Judging
progress-write = Writing
progress-import = Reading the tables
progress-make = Making the history
audit-done = Done: { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}.

## Errors

read-no-folder = { $path } is not a folder with a history
read-no-file = { $folder } has no { $file }; a history needs it
read-two-forms = { $first } and { $second } are one list in two forms; leave one of them
read-io = cannot read { $path }: { $error }
read-malformed = { $file } cannot be understood: { $reason }
read-too-many = the history has more than 4,294,967,295 events
read-file = cannot read { $path }
not-utf8 = { $path } is not UTF-8; save it as UTF-8
not-written = cannot write { $path }
bad-now = "{ $value }" is no instant; write 2026-03-01T09:00:00+03:00, say, or Unix milliseconds
period-turned = the period's end { $to } lies before its beginning { $from }
strict = the history has { $count ->
    [one] { $count } broken place
   *[other] { $count } broken places
}, and with --strict that is an error
problems-more = … and { $count ->
    [one] { $count } more place
   *[other] { $count } more places
}

problem-unreadable = the line cannot be read: { $error }
problem-missing = column { $column } is empty
problem-bad = column { $column } holds "{ $value }"; it takes { $expected }
problem-twice = { $column } "{ $value }" stands twice; the first line counts
problem-unknown-column = column "{ $column }" is not part of the format and is left out
problem-cut-short = the file ends in the middle: { $error }

## Regulation

regulation-written = The regulation is in { $path }. Open it, make it yours, and check it: svetofor regulation check { $path }
regulation-not-written = cannot write the regulation to { $path } (an existing file is never overwritten)

## Rules

rules-indicator = Indicator
rules-code = Code
rules-title = What it finds
rules-severity = Severity
rules-more = More about a rule: svetofor rule CODE
rule-unknown = there is no rule "{ $code }".
rule-nearest = Perhaps "{ $nearest }"?
rule-mend = How to mend it
rule-params = Parameters
rule-param = Parameter
rule-default = Default
rule-meaning = Meaning
rule-common = Every rule takes besides: severity, pipelines, stages, clock, enabled, roles, tells.
rule-settings = Settings of the examples
rule-breaks = An example that breaks it
rule-keeps = One that does not
rule-language = In the examples: the day of March 2026 (the 2nd is a Monday) and the hour in Moscow, the deal, the event; work is Mon–Fri 09:00–18:00.

## Report

table-head = { $account } · { $regulation }
    Judged at { $now } ({ $zone }): { $deals ->
        [one] { $deals } deal
       *[other] { $deals } deals
    }, { $events ->
        [one] { $events } event
       *[other] { $events } events
    }, { $findings ->
        [one] { $findings } finding
       *[other] { $findings } findings
    }
table-period = Breaches of the period: { $from } — { $to }
table-lights = The light
table-by-rule = By rule
table-by-stage = By stage (where the deal stood at the breach)
table-worst = The ten worst deals
table-problems = Data problems
table-no-problems = The data are sound: not one broken line.
table-who = Who
table-deals = Deals
table-remarks = Remarks
table-violations = Violations
table-gross = Gross
table-rate = Per 100 deals
table-interval = 90% interval
table-light = Light
table-company = The company
table-rule = Rule
table-what = What it is
table-findings = Found
table-sum = Sum of deals
table-pipeline = Pipeline
table-stage = Stage
table-deal = Deal
table-title = Title
table-price = Price
table-last = Latest finding
table-problem = What
table-count = Count

data-unreadable = a line that cannot be read
data-missing = a required cell is empty
data-bad-value = a value that cannot be understood
data-duplicate-id = an id that stands twice
data-unknown-column = a column that is not part of the format
data-cut-short = a file that ends in the middle
data-deal-without-created = a deal without its creation
data-event-before-created = an event before the deal's creation
data-created-twice = a deal created twice
data-event-after-removed = an event after the deal's removal
data-task-not-open = an event of a task that is not open
data-task-added-twice = a task added under a known id
data-task-without-due = a task without a deadline

## Demo, import, sandbox

demo-made = A made-up company: { $deals ->
    [one] { $deals } deal
   *[other] { $deals } deals
}, { $events ->
    [one] { $events } event
   *[other] { $events } events
}, { $employees ->
    [one] { $employees } person
   *[other] { $employees } people
}.
demo-kept = History and regulation are in { $path }. To audit them again: svetofor audit { $path } --regulation { $path }/regulation.toml
demo-next = Now a history of your own: svetofor import --help, svetofor regulation new, svetofor audit --help
sandbox-made = Done: { $deals ->
    [one] { $deals } deal
   *[other] { $deals } deals
}, { $events ->
    [one] { $events } event
   *[other] { $events } events
} in { $path }
import-no-mapping = there is neither a file nor a ready mapping "{ $name }"; ready ones: { $known }
