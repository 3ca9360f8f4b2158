### How soon do we answer?

tab-speed = Speed of response
speed-title = How soon do we answer?
speed-empty = No leads came in this period.
speed-help = Working time from a lead’s coming to the first contact attempt. The unanswered are counted. Leads of the period:
speed-in-time = Answered within { $name }
speed-in-time-any = Answered in time by the regulation
speed-no-limit = the regulation sets no time for the first answer
speed-unanswered = Without an answer now
speed-by-50 = Half are answered within
speed-by-75 = Three quarters within
speed-by-90 = Nine of ten within
speed-not-yet = not answered yet
speed-limit = limit
speed-curve = Share answered over time
speed-curve-none = No lead has been answered yet.
speed-curve-help = The curve is the share of leads answered within so much working time (Kaplan–Meier: those that wait stay in the base, those closed unanswered wait for ever); the band is the 95 % interval. The scale of time is pressed together to the right.
speed-curve-all = Dashed: everybody whom you may see.
speed-axis = working time since the lead came
speed-chart = Share of leads answered: within 15 minutes { $quarter }, within an hour { $hour }, in the end { $end }
speed-table = In parts
speed-col-unanswered = Without an answer
speed-col-in-time = In time by the regulation
speed-col-median = Median answer
speed-col-90 = 9 of 10 within
