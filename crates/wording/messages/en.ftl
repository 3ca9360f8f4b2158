### Words common to the whole interface. The same messages with the same variables: ru.ftl.

## Severity

severity-remark = remark
    .count = { $count } { $count ->
        [one] remark
       *[other] remarks
    }
severity-violation = violation
    .count = { $count } { $count ->
        [one] violation
       *[other] violations
    }
severity-gross = gross violation
    .count = { $count } { $count ->
        [one] gross violation
       *[other] gross violations
    }

## The lamp: a colour never without its shape and word

lamp-green = { lamp-green.shape } { lamp-green.word }
    .shape = ●
    .word = green
lamp-yellow = { lamp-yellow.shape } { lamp-yellow.word }
    .shape = ▲
    .word = yellow
lamp-red = { lamp-red.shape } { lamp-red.word }
    .shape = ■
    .word = red
lamp-little-data = { lamp-little-data.shape } { lamp-little-data.word }
    .shape = ○
    .word = too little data

## Figures and their base

borderline = borderline
part-of-whole = { $part } of { $whole }

## Time

working-time = { $duration } working

unit-day = d
unit-hour = h
unit-minute = min
unit-second = s

month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun

## What happened in a deal

kind-created = Deal created
kind-stage_changed = Stage
kind-responsible_changed = Responsible
kind-renamed = Title
kind-price_set = Price
kind-field_set = Field
kind-loss_reason_set = Loss reason
kind-task_added = Task set
kind-task_moved = Task postponed or moved
kind-task_completed = Task completed
kind-task_removed = Task removed
kind-call_in = Incoming call
kind-call_out = Outgoing call
kind-message_in = Message from the client
kind-message_out = Message to the client
kind-note_added = Note
kind-meeting = Meeting
kind-payment = Payment
kind-client_left = Client left
kind-removed = Deal removed
