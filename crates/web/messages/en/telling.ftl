### Who is told what, and when

notes-title = What you were told
notes-about = Daily notes, word for word as they were sent.
notes-subject = Note
notes-sent = Sent
notes-read = Read
notes-none = There were no notes yet. The first comes on the morning of a working day.
notes-choose = How to tell me
notes-open = Go on to
notes-paused = Notices are paused until { $until }. Why: { $reason }
notes-list-new = New findings: { $count }
notes-list-again = Repeated: { $count }
notes-list-mended = Worked off: { $count }
notes-list-mended-of = Could be worked off: { $count }
notes-list-open = Waiting for an answer: { $count }
notes-list-queue = To be passed on: { $count }
notes-list-disputes = Disputes: { $count }

notices-title = Notices
notices-what = What about
notices-when = When
notices-none = There were no notices.

telling-title = How to tell you
telling-about = Within the program you are always told. Here you may add other channels and quiet hours of your own.
telling-telegram = Telegram
telling-telegram-hint = Messages go out once you have linked the bot.
telling-email = E-mail
telling-email-hint = Letters go out once you have confirmed your address.
telling-quiet = Do not disturb
telling-quiet-hint = Such as 20:00-09:00. Empty: outside working hours only.

telling-company-title = Who is told, and when
telling-company-about = Who is told of which rule stands in the regulation. Messages come in the working hours of whoever gets them.
telling-company-quiet = Quiet hours of the company
telling-company-quiet-hint = Such as 21:00-08:00. Empty: working hours are enough.
telling-note-at = Time of the daily note
telling-note-at-hint = Such as 09:30 in the company's zone. Empty: after everybody's own shift begins.
telling-note-after = How many minutes after a shift begins
telling-note-after-hint = From 0 to 600.
telling-window = For how many minutes to gather urgent messages
telling-window-hint = From 1 to 240. What is found in that time comes as one message.
telling-within = For how many hours a breach is urgent
telling-within-hint = From 1 to 240. The daily note tells of older ones.
telling-unhandled = After how many working days the director hears of what is not handled
telling-unhandled-hint = From 1 to 30. Days of absence do not count.
telling-chat-names = Name people in group chats
telling-chat-names-hint = Without the mark a chat gets numbers only. Whose violations are gross a chat is never told.

unhandled-title = What lies unanswered
unhandled-about = { $count ->
    [one] Not read or not handled for { $count } working day now. Days of absence do not count.
   *[other] Not read or not handled for { $count } working days now. Days of absence do not count.
}
unhandled-findings = Findings
unhandled-notes = Notes
unhandled-since = Since
unhandled-none = All is read and handled.

pauses-title = Who is not told now
pauses-about = Judging goes on as ever, notices do not come. The first note after the pause tells all of it.
pauses-none = Everybody is told now.
pauses-one = { $whose }: until { $until }. Why: { $reason }
paused-until = Notices are paused until { $until }
paused-company-until = The notices of the whole company are paused until { $until }
pauses-company = The whole company
pauses-end = Tell again
pauses-which = Which pause
pauses-new = Pause notices
pauses-make = Pause
pauses-whose = Whose
pauses-last = Last day of the pause
pauses-reason = Why

tab-notes = Notes
tab-unhandled = Unanswered
tab-telling = Notices
tab-telling-about = quiet hours, the time of the daily note, names in chats
tab-pauses = Pauses
tab-pauses-about = who is not written to now, and until when
fault-quiet = Two times with a hyphen, such as 22:00-08:00
fault-time = A time in hours and minutes, such as 09:30
fault-bounds = The number is outside the bounds named below the field
fault-until = A day not before today and at most a year ahead
fault-day = Choose a day
fault-unknown = There is no such channel
journal-pause-make = notices were paused
journal-pause-end = a pause of notices was ended
job-note-daily = Daily note
job-note-unhandled = Note to the director about what is not handled
job-findings-raised = New findings as one message
job-telling-outside = Letter about a decision
job-note-chat = Note for a group chat
job-findings-chat = What is urgent, for a group chat
job-report-chat = Report for a group chat
