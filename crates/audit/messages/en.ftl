### Words of the audit

limit-minutes = { $count ->
    [one] { $count } working minute
   *[other] { $count } working minutes
}
limit-hours = { $count ->
    [one] { $count } working hour
   *[other] { $count } working hours
}
limit-work-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
limit-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

mistake-toml = The file cannot be read as TOML: { $error }.
mistake-unknown-key-top = Unknown key `{ $key }`.
mistake-unknown-key = Unknown key `{ $key }` in [{ $table }].
mistake-missing-key-top = The key `{ $key }` is missing.
mistake-missing-key = [{ $table }] lacks the key `{ $key }`.
mistake-bad-value = `{ $key }` is { $value }; it takes { $expected }.
mistake-same-name = Two rules are called `{ $name }`: give each a name of its own with `name`.
mistake-same-exception = The date { $date } is excepted twice.
mistake-unknown-rule = There is no rule `{ $id }`.
mistake-unknown-stage = The history has no stage `{ $id }`.
mistake-unknown-pipeline = The history has no pipeline `{ $id }`.
mistake-unknown-field = The history has no field `{ $id }`.
mistake-unknown-shift = The regulation has no shift `{ $id }`: these employees have the company's hours.
mistake-no-always = The rule { $rule } counts working days, and the clock `always` has none: leave `clock` out or write "company".
mistake-rule-needs = The rule { $rule } has nothing to judge by without `{ $needs }`.
mistake-unknown-variable = Unknown word “{ $word }” in a condition.
mistake-no-now = There is no time in a condition: how long to wait is said by grace.
mistake-no-hours = [calendar.week] has no working hour at all: limits in working time never run out.
mistake-calendar-ends = The production calendar is known up to and including { $year }; after that only days outside [calendar.week] are off.
mistake-no-versions = There is no regulation file (*.toml) here.
mistake-same-date = { $first } and { $second } come into force on the same day: give each its own `effective`.
mistake-nearest = Perhaps `{ $nearest }`?

## What should have been written: the end of mistake-bad-value

expected-text = a text in quotes
expected-flag = true or false
expected-count = a whole number, 0 or more
expected-number = a number, 0 or more
expected-share = a number from 0 to 1, like 0.01
expected-duration = a duration: a whole number with m, h, wd or d right after it, like "15m" or "2wd"
expected-shorter-duration = a duration of at most a hundred years
expected-day-length = hours or minutes, more than zero, like "8h"
expected-date = a date, like "2026-03-01"
expected-one-of = one of the words { $choices }
expected-zone = a time zone of the IANA database, like "Europe/Moscow"
expected-country = "RU"; there are no other calendars yet
expected-hours-list = a list of hours: ["09:00-13:00", "14:00-18:00"], or [] for a day off
expected-hours = hours, like "09:00-18:00" ({ $reason })
expected-shift-pattern = days on and days off, like "3/3"
expected-list = a list of texts: ["…", "…"]
expected-table = a table: { "{" } "…" = … { "}" }
expected-tables = tables headed by double brackets
expected-one-field = values of one field only: { "{" } "field" = { "{" } "value" = "limit" { "}" } { "}" }
expected-expression-without = a correct condition in CEL (the fault now: { $fault })
expected-field-by-name = a field by its name in quotes: field["City"]
expected-indicator = the number of an indicator, 1 to 10
expected-template = a text in quotes with places to fill: "{ "{" }product{ "}" } — { "{" }client{ "}" }"; something must stand between two of them
expected-regex = a regular expression in quotes
expected-regex-without = a valid regular expression (the fault: { $fault })
expected-at-least-green = at least green, which is { $green }
expected-at-most-yellow = at most yellow, which is { $yellow }

hours-no-interval = “{ $text }” is no interval
hours-no-time = “{ $time }” is no time from 00:00 to 24:00
hours-start-at-day-end = 24:00 is the next day already: begin there, at 00:00
hours-of-no-length = it begins and ends at the same time; the whole day is 00:00-24:00

## Months

month-of-year = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
} { $year }

## How to call a deal: the end of a finding about its title

proposed-title = , for example “{ $title }”

## What a regulation demands

demand-name = Name: { $name }
demand-no-name = It has no name
demand-effective = In force from { $date }
demand-zone = Time zone: { $zone }
demand-week = Working week: { $week }
demand-no-week = There are no working hours: limits in working time never run out
demand-lunch = { $hours }, lunch { $lunch }
demand-country = Holidays and moved days: the production calendar of Russia (known up to { $year })
demand-no-country = Public holidays are not taken into account
demand-exceptions = Exceptions in the calendar: { $count }
demand-day-length = A working day in limits: { $length }
demand-shift = { $off ->
    [0] Shift “{ $name }”: every day, { $hours }
   *[other] Shift “{ $name }”: { $on } on, { $off } off from { $date }, { $hours }
}
demand-talk = A conversation: a call of { $seconds } s or more
demand-robots = Pipelines in which nobody works are not judged: { $pipelines }
demand-light = The light: per 100 deals in work, green up to { $green }, yellow up to { $yellow }; a remark weighs { $remark }, a violation { $violation }, a gross violation { $gross }; with fewer than { $deals } deals, too little data
demand-no-rules = There are no rules: nothing is judged
demand-off = switched off
demand-yes = yes
demand-no = no
demand-pipelines = pipelines: { $pipelines }
demand-stages = stages: { $stages }
demand-roles = only roles: { $roles }
demand-clock-responsible = by the hours of the responsible person
demand-clock-always = round the clock, every day
demand-tells = tells { $told }

role-seller = seller
role-manager = manager
role-performer = performer
role-lead = team lead
role-other = other

tell-now = at once
tell-daily = daily
tell-weekly = weekly
tell-never = never
tell-to-employee = the employee { $soon }
tell-to-lead = the team lead { $soon }
tell-to-coordinator = the coordinator { $soon }
tell-to-head = the head of sales { $soon }
tell-to-director = the director { $soon }
