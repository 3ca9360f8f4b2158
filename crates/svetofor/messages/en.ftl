### Words of the program. The same messages with the same variables: ru.ftl.

error = Error
warning = Note

## Help

help = The quality-control department in one program: audits a CRM against a written regulation
help-lang = Language of what is said: ru or en (by default the regulation's, else Russian)
help-demo = Make a small company, audit it and show the light
help-demo-seed = The number a company is made from: the same number makes the same company
help-demo-out = Where to keep the company's history and regulation (a temporary folder by default)
help-demo-report = Where to write the report as a page
help-demo-listen = Then serve the company at this address (127.0.0.1:8080 unless named), up to this minute and living on
help-demo-accounts = Also serve, and write a login and an API token for each access into this file as JSON
help-demo-data = Also serve, and keep the data in this folder (a temporary one by default)
help-serve = Run the server: the REST API, people and access
help-serve-listen = The address to listen on
help-serve-data = The folder for the data; it is made if there is none. With DATABASE_URL set, PostgreSQL is used instead
help-serve-public_url = The address that people use, where it is another one: https://qc.example.ru
help-serve-behind_proxy = Requests come through a proxy of yours, which names the client's address last in X-Forwarded-For
help-serve-no_worker = Leave deliveries and jobs to `svetofor worker` (on PostgreSQL)
help-worker = Do deliveries and jobs beside the server; any number of them on PostgreSQL
help-worker-data = The folder for the data; with SQLite the server itself delivers, and the command refuses to work
help-worker-public_url = The address that people use: it stands in the links of letters and messages
help-link = Make a link by which somebody who cannot get in chooses a new password; the server may be running
help-link-login = Their login
help-link-data = { help-serve-data }
help-company = Companies of a server: add, list, import and export whole histories
help-company-add = Add a company; the server may be running
help-company-add-name = Its name
help-company-add-timezone = Its time zone, such as Europe/Moscow
help-company-add-currency = Its currency, such as RUB
help-company-add-regulation = A regulation file, or a folder with its versions (the starter by default)
help-company-add-administrator = The login of an administrator; prints the link by which they come in
help-company-add-data = { help-serve-data }
help-company-list = List the companies; the server may be running
help-company-list-data = { help-serve-data }
help-company-import = Bring a history folder into a company; again adds only what is new. A running server does it itself
help-company-import-company = The company's id, or its name
help-company-import-history = A folder with a history
help-company-import-regulation = A regulation file, or a folder with its versions, to put in force
help-company-import-data = { help-serve-data }
help-company-export = Write a company's history and regulation into a folder; the server may be running
help-company-export-company = { help-company-import-company }
help-company-export-out = The folder; history and regulation are made in it
help-company-export-data = { help-serve-data }
help-backup = Write all of a store into one file; the server may be running
help-backup-file = The new file
help-backup-data = { help-serve-data }
help-restore = Put a backup into an empty folder
help-restore-file = The backup
help-restore-data = { help-serve-data }
help-audit = Audit a history against a regulation
help-audit-history = A folder with a history
help-audit-regulation = A regulation file, or a folder with its versions (the starter by default)
help-audit-now = The instant to judge at: 2026-03-01T09:00:00+03:00 or Unix milliseconds (the last event by default)
help-audit-from = Show breaches from this day on (inclusive)
help-audit-to = Show breaches up to this day (inclusive)
help-audit-format = Form of the report: table for the screen, html for a page, xlsx for a workbook, jsonl for programs, a finding a line; html and xlsx are about the last full week unless told otherwise
help-audit-out = Write to a file instead of the screen
help-audit-strict = Treat any broken line of the history as an error
help-funnel = Show the funnel: conversion, time at stages, speed of answers and hung money
help-funnel-history = { help-audit-history }
help-funnel-regulation = { help-audit-regulation }
help-funnel-now = { help-audit-now }
help-funnel-from = Deals that entered stages from this day on (inclusive)
help-funnel-to = Deals that entered stages until this day (inclusive)
help-funnel-by = In parts: employee for those responsible, source for where deals came from, month for months
help-backtest = Show what another regulation would have found in the same history
help-backtest-history = { help-audit-history }
help-backtest-regulation = The present regulation (by default the starter)
help-backtest-against = The regulation to try
help-backtest-now = { help-audit-now }
help-backtest-from = { help-audit-from }
help-backtest-to = { help-audit-to }
help-regulation = Write or check a regulation
help-regulation-new = Write a starter regulation with explanations
help-regulation-new-file = Where to write it
help-regulation-new-starter = What to begin with: starter, for anybody; and in Russian reon-ten-indicators, ten indicators with limits per person, synergy-association, an association and its members, zolotarev-workshop, a workshop with seven pipelines and shifts
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
help-sandbox-check = Plant known faults in a made-up history and count how many of them the audit finds
help-sandbox-check-deals = How many deals, up to 20,000
help-sandbox-check-seed = The number the history and its faults are made from
help-sandbox-check-markdown = Print the table as Markdown
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
xlsx-needs-out = a workbook is nothing for the screen: name a file, such as --out report.xlsx
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
regulation-no-starter = there is no ready regulation "{ $name }"; there are: { $known }.
regulation-not-written = cannot write the regulation to { $path } (an existing file is never overwritten)

## Rules

rules-more = More about a rule: svetofor rule CODE
rule-unknown = there is no rule "{ $code }".
rule-nearest = Perhaps "{ $nearest }"?
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
demo-report = The report on the last full week: { $path }. Open it in a browser.
demo-kept = History and regulation are in { $path }. To audit them again: svetofor audit { $path } --regulation { $path }/regulation.toml
demo-next = Now a history of your own: svetofor import --help, svetofor regulation new, svetofor audit --help
demo-serve = To see it as a server: svetofor demo --listen 127.0.0.1:8080
demo-occupied = { $path } holds companies already, and the made-up one does not belong among them; name another folder with --data, or serve this one: svetofor serve --data { $path }
demo-accounts = Come in as one of these; the token is for the API (Authorization: Bearer …)
demo-access = Access
demo-login = Login
demo-password = Password
demo-token = Token
demo-access-employee = Employee
demo-access-lead = Team lead
demo-access-coordinator = Coordinator
demo-access-specialist = QC specialist
demo-access-head = Head of sales
demo-access-director = Director
demo-access-administrator = Administrator
demo-access-client_manager = Client relations
demo-access-interviewer = Interviewer
demo-access-shopper = Mystery shopper
sandbox-made = Done: { $deals ->
    [one] { $deals } deal
   *[other] { $deals } deals
}, { $events ->
    [one] { $events } event
   *[other] { $events } events
} in { $path }
accuracy-rule = Rule
accuracy-planted = Planted
accuracy-found = Found
accuracy-hits = Of them planted
accuracy-precision = Precision
accuracy-recall = Recall
accuracy-all = Total
accuracy-title = How accurate the audit is
accuracy-about = In a made-up company everybody works by the regulation, but for faults planted on purpose and listed. Many deals come as near to a fault as may be: an answer at the very last instant in time, nine closings where ten are too many. Precision is the share of findings that were planted, recall the share of planted faults that were found. A fault counts as found only if its rule, deal, employee and instant are all right; of the three share rules the month is enough.
accuracy-made = { $deals ->
    [one] { $deals } deal
   *[other] { $deals } deals
}, { $events ->
    [one] { $events } event
   *[other] { $events } events
}, { $faults ->
    [one] { $faults } planted fault
   *[other] { $faults } planted faults
}.
import-no-mapping = there is neither a file nor a ready mapping "{ $name }"; ready ones: { $known }

## What a cell may hold

expected-kind = a kind of event such as created
expected-instant = an instant like 2026-03-01T09:00:00+03:00, or whole Unix milliseconds
expected-number = a number like 1250.50
expected-number-below = a number below 90 trillion
expected-seconds = seconds talked, 0 or more
expected-whole-number = a whole number
expected-date = a date like 2026-03-01
expected-after-from = an instant after the one in from
expected-true-false = true or false
expected-role = seller, manager, performer, lead or other
expected-absence = vacation, sick, trip or other
expected-stage-kind = open, won or lost
expected-employee = an employee of employees.csv

## Report on an import

import-tables = Tables
import-file = { $file }: { $source }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} ({ $form })
import-file-left-out = { $file }: left out
import-file-rows = { $used } placed, { $aside } left out on purpose, { $dropped } not placed
import-file-reference = makes no events: rows of other tables are looked up in it
import-file-unused = columns not used: { $columns }
import-form-spreadsheet = spreadsheet
import-form-html = table of a web page
import-written = Written
import-written-events = { $events ->
    [one] { $events } event
   *[other] { $events } events
}, { $deals ->
    [one] { $deals } deal
   *[other] { $deals } deals
}
import-written-people = { $employees ->
    [one] { $employees } employee
   *[other] { $employees } employees
}, { $groups ->
    [one] { $groups } group
   *[other] { $groups } groups
}, { $stages ->
    [one] { $stages } stage
   *[other] { $stages } stages
}
import-span = from { $from } to { $to }
import-set-aside = Left out on purpose
import-no-problems = No problems: every row is placed or left out on purpose.
import-problems = Not placed, or doubtful
import-empty = empty
import-value = "{ $value }"

import-effect-file = file left out
import-effect-row = row left out
import-effect-event = event left out
import-effect-value = value left empty
import-effect-kept = nothing lost

import-reason-file-unknown = no source of the mapping fits this table
import-reason-file-unreadable = the file cannot be read
import-reason-file-empty = the file is empty
import-reason-source-absent = no file was given for this source, which may be missing
import-reason-column-missing = the table has no such column; it counts as empty
import-reason-undecodable = some characters are not of the file's encoding
import-reason-row-too-long = the row has more cells than the header
import-reason-row-too-short = the row has fewer cells than the header; the rest counts as empty
import-reason-row-runs-on = the row runs over very many lines: a quotation mark is not closed
import-reason-cell-error = the cell holds an error of the spreadsheet
import-reason-row-twice = the same id stood in an earlier row; the first one counts
import-reason-no-rule = no rule of the mapping takes this row
import-reason-missing = the value is empty, and the event needs it
import-reason-bad-date = the date cannot be read
import-reason-bad-number = the amount cannot be read
import-reason-doubtful-number = a lone mark before three digits was taken for a thousands mark; if it is not, name decimal in the mapping
import-reason-bad-duration = the length of time cannot be read
import-reason-lost-digits = the id has passed through a spreadsheet's numbers and lost its last digits; export ids as text
import-reason-join-key-empty = the column that a join needs is empty
import-reason-join-not-found = the join found no row with this value
import-reason-join-too-early = the join found only rows that begin after this one
import-reason-join-several = the join found more rows than the mapping asks for
import-reason-before-created = the event lies before the deal was created
import-reason-put-at-creation = the event lies before the deal was created and was put at the creation
import-reason-created-twice = the deal was created already
import-reason-deal-unknown = no row creates this deal; it will start with its first event
import-reason-stage-unlisted = the mapping does not list this stage; it counts as open
import-reason-person-unlisted = the table of people does not list this name
import-reason-notice = the mapping asks to look at these rows
import-reason-bad-person = this value of a person cannot be read

import-note-lacks = of the table "{ $first }" it lacks { $second }
import-note-nearest = { $first } (the header most like it: "{ $second }")
import-note-instead = { $first } instead of { $second }
import-note-lines = { $first } lines
import-note-damaged = it is damaged; { import-save-as }
import-note-open = { $first }; { import-save-as }
import-note-gzip = it is no gzip file: { $first }
import-note-xml = it is no readable XML: { $first }
import-note-xml-kind = XML of an unknown kind; save it as XLSX or CSV
import-save-as = open it in a spreadsheet program and save it as XLSX or CSV
import-lacks = { " " }lacks { "" }

import-kind-created = deal created
import-kind-stage_changed = stage changed
import-kind-responsible_changed = responsible changed
import-kind-renamed = title changed
import-kind-price_set = price set
import-kind-field_set = field set
import-kind-loss_reason_set = loss reason set
import-kind-task_added = task added
import-kind-task_moved = task moved
import-kind-task_completed = task completed
import-kind-task_removed = task removed
import-kind-call_in = incoming call
import-kind-call_out = outgoing call
import-kind-message_in = message from the client
import-kind-message_out = message to the client
import-kind-note_added = note added
import-kind-meeting = meeting
import-kind-payment = payment
import-kind-client_left = client left
import-kind-removed = deal removed

## Imports that fail

import-no-files = no file to import was named
import-source-missing = the mapping needs a table "{ $source }" with the columns { $columns }, and none of the files is one: { $why }
import-all-taken = all of them were taken for other sources
import-ambiguous = { $file } could be "{ $first }" or "{ $second }" of the mapping; tell them apart by files or known_by
import-folder = cannot make the folder { $path }: { $error }
import-occupied = { $path } would stay from an older history beside the new one; take an empty folder or delete the file
import-not-written = cannot write { $path }: { $error }

## Mistakes in a mapping

mapping-syntax = this is not TOML: { $error }
mapping-unknown = there is no { $what } "{ $word }"
mapping-nearest = did you mean "{ $nearest }"?
mapping-missing = "{ $key }" is missing ({ $place }): { $needed }
mapping-wrong-type = "{ $key }" is { $value }; expected { $expected }
mapping-bad-value = "{ $key }" is "{ $value }"; expected { $expected }

mapping-what-key = key
mapping-what-source = source
mapping-what-joined = joined source
mapping-what-column = column
mapping-what-value = value
mapping-what-kind = kind of event
mapping-what-join = join

mapping-place-root = the mapping
mapping-place-source = a source
mapping-place-column = a column
mapping-place-join = a join
mapping-place-value = a value
mapping-place-condition = a condition

mapping-needed-source = at least one table to read, as [source.deals]
mapping-needed-columns = names for the columns that the mapping uses
mapping-needed-header = the header of the column
mapping-needed-from = the source whose rows search
mapping-needed-to = the source in which they search
mapping-needed-search = what a row of from searches for
mapping-needed-equal = what in a row of to must be equal
mapping-needed-one-source = the source
mapping-needed-because = what the report is to say of these rows
mapping-needed-event = at least one rule that makes events of rows
mapping-needed-rows = the source whose rows become events
mapping-needed-kind = the kind of event
mapping-needed-at = when it happened
mapping-needed-deal = the deal that the event belongs to
mapping-needed-stage = the stage that the deal enters
mapping-needed-task = the task's id
mapping-needed-due = the task's deadline
mapping-needed-field = the field's name
mapping-needed-account = name, timezone and currency of the account
mapping-needed-name = the name shown to people
mapping-needed-zone = the zone of dates that name none
mapping-needed-currency = an ISO 4217 code such as "RUB"
mapping-needed-listed = the stage as the table names it
mapping-needed-people = the column with the people's names or ids
mapping-needed-value = the column, or const, or text

mapping-quoted = a text in quotes
mapping-text = a text
mapping-number = a number
mapping-date = a date
mapping-list = a list
mapping-table = a table with keys
mapping-digits = how many digits at the end count, 1 to 20
mapping-skip-lines = how many lines stand before the header, 0 to 1000
mapping-zone = an IANA name such as "Europe/Moscow"
mapping-currency = three capital letters such as "RUB"
mapping-slashes = a regular expression between slashes
mapping-regex = a regular expression ({ $first })
mapping-time = a time of day such as "23:59:59"
mapping-brace = a closing brace after every opening one
mapping-file-name = a file name, in which * and ? stand for anything
mapping-delimiter = "auto", "tab" or one character
mapping-dates = a pattern such as "%d.%m.%Y %H:%M" with year, month and day, or "unix", "unix_ms", "excel"
mapping-or-the-like = "{ $first }", "{ $second }", "{ $third }", "{ $fourth }" or the like
mapping-one-of-five = "{ $first }", "{ $second }", "{ $third }", "{ $fourth }" or "{ $fifth }"
mapping-one-of-four = "{ $first }", "{ $second }", "{ $third }" or "{ $fourth }"
mapping-one-of-three = "{ $first }", "{ $second }" or "{ $third }"
mapping-one-of-two = "{ $first }" or "{ $second }"

mapping-elapsed-case = elapsed_since looks at earlier rows of a case; the source has no case
mapping-case-order = a source with case needs order: the column with the time, then what decides among equal times
mapping-column-name = a column's name may not contain a dot, @ or braces: "{ $first }"
mapping-no-header = column "{ $first }" has no header
mapping-time-since = time (of from) and since (of to) go together
mapping-join-start = the join "{ $first }" starts at another source than this rule
mapping-meaningless = "{ $first }" means nothing for "{ $second }"
mapping-needs-case = "{ $first }" needs a source with case
mapping-instants = @created and @last are instants: for at and due
mapping-elapsed = elapsed_since is for amount only
mapping-each = each itself gives field (the column) and text (the cell)
mapping-created = created itself cannot be @created or @last

## Server

serve-cannot-listen = cannot listen on { $address }: { $error }; name another address with --listen, or end the program that has it
serve-store = the store cannot be opened
store-place-postgres = DATABASE_URL must begin with postgres://; for SQLite leave it unset and name a folder with --data
store-place-form = DATABASE_URL cannot be read; it has the form postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters of the password written as %XX
store-not-writable = cannot write { $path }: { $reason }; give the folder to the user that runs svetofor, or name another one with --data
store-held = another svetofor serves { $place }; stop that one first, or name another folder with --data
store-newer = { $place } was written by a newer svetofor; run that one, or restore an older backup
store-altered = { $place } was made by another build of svetofor; run that build, or begin with an empty folder
store-foreign = { $path } is no store of svetofor; name another folder with --data
store-unreachable = cannot open { $place }: { $reason }; check DATABASE_URL, and that the server runs and admits this user
store-busy = the store is busy; try again
store-full = the disk that holds the store is full; free some space, nothing half-written was kept
store-not-there = there is no store at { $place }; name the folder that svetofor serves from with --data
store-older = { $place } was written by an older svetofor; start svetofor serve of this version once, which brings it up to date
company-id = Id
company-name = Company
company-zone = Time zone
company-events = Events
company-added = The company is added: { $id }
company-link = Its administrator opens this path once at the server's address and chooses a password (it works for a week):
    { $path }
company-imported = Imported: { $added ->
    [one] { $added } event was new
   *[other] { $added } events were new
}, { $known } known already, { $problems ->
    [0] nothing was set aside
    [one] { $problems } problem
   *[other] { $problems } problems
}.
import-silent = whoever holds { $place } gave no sign for a minute; what was imported stays. If a server runs, look at its log; then run the command again, which adds only what is missing
import-broke-off = the import broke off inside the server, whose log tells more; what was imported stays
import-given-up = the import was begun { $times ->
    [one] { $times } time
   *[other] { $times } times
} and never came to its end: perhaps it ends the server, whose log tells more
import-odd-path = the path { $path } is not UTF-8, and the server cannot be told of it; rename it, or name it by a link
company-exported = Written into { $path }: { $events ->
    [one] { $events } event
   *[other] { $events } events
}. To audit it: svetofor audit { $path }/history --regulation { $path }/regulation
company-occupied = { $path } holds a history or a regulation already; nothing was overwritten, name another folder
company-unknown = there is no company "{ $id }", or several of this name; their ids: svetofor company list
company-bad-name = the name of a company is from 1 to 120 characters in one line
company-bad-zone = --timezone takes the name of a time zone, such as Europe/Moscow
company-bad-currency = --currency takes the three letters of a currency, such as RUB
company-bad-login = --administrator takes a login from 2 to 64 letters, digits and the signs . _ - + @, such as an e-mail address
backup-done = The backup is in { $path }. To put it back into an empty folder: svetofor restore { $path } --data FOLDER
restore-done = The store is in { $path }; svetofor serve brings it up to date where it is older.
backup-pg-dump = the store is in PostgreSQL, which has its own tool: pg_dump --format=custom --file={ $first } "$DATABASE_URL"
backup-pg-restore = the store is in PostgreSQL, which has its own tool: pg_restore --exit-on-error --no-owner --dbname="$DATABASE_URL" { $first }
backup-there = { $first } is there already; nothing was overwritten, name another file or move it away
backup-copy = cannot copy { $first } to { $second }: { $third }
link-nobody = nobody may come in with the login { $login }
link-made = Open this path once at the server's address and choose a new password (it works for a week):
    { $path }
serve-listening = Svetofor is at { $url }
serve-setup = First start. Open this link once and set up the company and its administrator (it works for 24 hours):
    { $url }
worker-sqlite = with SQLite one process holds the store, so `svetofor serve` itself delivers and does the jobs; for workers of their own use PostgreSQL (DATABASE_URL)
worker-works = The worker is at work; Ctrl-C ends it
outside-wrong = the variable { $name } does not fit: { $error }
outside-no-sender = SVETOFOR_SMTP is set, but SVETOFOR_MAIL_FROM is not: it says whom letters are from, such as “QC <qc@example.org>”

help-report = Report on a week or a month: on the company, a group or an employee
help-report-weekly = Report on a week
help-report-monthly = Report on a month
help-any-company = A company of the store, by name or id (in the place of a history folder)
help-any-history = Folder with the history
help-any-regulation = Regulation file, or folder with its versions (default: the starter regulation)
help-any-now = Instant to judge at: 2026-03-01T09:00:00+03:00 or Unix milliseconds (default: the last event of the history; of a company of the store, now)
help-any-data = Folder of the server's data; not needed where DATABASE_URL names PostgreSQL
help-any-group = This group only, by name or id
help-any-employee = This employee only, by name or id
help-any-brief = Without chapters on each group and employee
help-any-out = Write to a file, not to the screen
help-any-base = Where the interface is, for the links of the report: https://qc.example.ru (without it there are none)
help-report-weekly-week = Week: 2026-W15 (default: the last one that is over)
help-report-monthly-month = Month: 2026-04 (default: the last one that is over)
help-report-weekly-format = Form: html for a page, pdf for paper, xlsx for a workbook, text for a message in a chat, json for programs
help-report-monthly-format = Form: html for a page, pdf for paper, xlsx for a workbook, text for a message in a chat, json for programs
help-compare = What changed: two periods, or before and after a date, by one version of the regulation
help-compare-before = Earlier: 2026-W14, 2026-03 or 2026-03-02..2026-03-29 (by default as many days before --after)
help-compare-after = Later, written the same way (by default the last full week)
help-compare-around = Before and after this date: as many days each, at most four weeks
help-compare-by = Which version judges both periods: the date it came into force on, or since-ever (by default the one in force)
help-compare-format = Form: table for the screen, xlsx for a workbook, jsonl with a line for each comparison for programs
compare-needs-out = a workbook cannot go to the screen: name a file, --out comparison.xlsx
compare-bad-days = “{ $value }” is no days: write a week 2026-W14, a month 2026-03 or dates 2026-03-02..2026-03-29
compare-no-version = the regulation has no version “{ $value }”; there are: { $known }
report-of-what = name a history folder, or a company of the store (--company)
report-bad-week = --week does not understand "{ $value }": a week is written as { $like }
report-bad-month = --month does not understand "{ $value }": a month is written as { $like }
report-no-group = there is no group "{ $value }".
report-no-employee = there is no employee "{ $value }".
report-several = the name "{ $value }" is not the only one; name the id: { $ids }
report-written = { $title }: { $path }
report-needs-out = a PDF or a workbook cannot be shown on the screen: name a file, --out report.pdf
