### Words of the audit

limit-minutes = { $count } min of work
limit-hours = { $count } h of work
limit-work-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
limit-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

mistake-toml = The file is no TOML: { $error }.
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
mistake-no-hours = [calendar.week] has no working hour at all: limits in working time never run out.
mistake-calendar-ends = The production calendar is known up to and including { $year }; after that only days outside [calendar.week] are off.
mistake-no-versions = There is no regulation file (*.toml) here.
mistake-same-date = { $first } and { $second } come into force on the same day: give each its own `effective`.
mistake-nearest = Perhaps `{ $nearest }`?
