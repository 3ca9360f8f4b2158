### Where does money hang?

tab-funnel = Money
funnel-title = Where does money hang?
funnel-empty = Nothing happened in the pipeline in this period. Choose another period or pipeline.
funnel-card-hung = Money at risk
funnel-card-hung-deals = { $count ->
    [one] in { $count } deal, by the share won
   *[other] in { $count } deals, by the share won
}
funnel-card-standing = Deals standing now
funnel-card-sum = worth { $sum }
funnel-card-overdue = With an overdue task
funnel-card-won = Won of those that entered
funnel-stages = Stages
funnel-stages-help = Standing, overdue and money are as of now; entered, shares and median are of the period:
funnel-col-stage = Stage
funnel-col-standing = Standing now
funnel-col-overdue = Overdue
funnel-col-entered = Entered
funnel-col-onward = Went on
funnel-col-won = Won
funnel-col-median = Median, working days
funnel-col-hung-deals = Deals that hang
funnel-col-hung-sum = Their sum
funnel-col-chance = Share won
funnel-col-hung = At risk
funnel-col-all = All
funnel-col-deals = Deals entered
funnel-col-leads = Leads
funnel-col-in-time = Answered in time
funnel-col-lost = Lost of closed
funnel-overflows = ▲ overflowing since { $since }
funnel-median-interval = { $low }–{ $high }; { $stays } stays, { $unfinished } go on
funnel-median-base = { $stays } stays, { $unfinished } go on
funnel-median-unknown = more than half still stand
funnel-guessed = { $count ->
    [one] { $count } priced by the median
   *[other] { $count } priced by the median
}
funnel-how-flow = A stage’s row has the deals that entered it in the period. “Went on” means that they later came to a later stage of this pipeline, or were won. Those that still stand are in the base, too: shares of recent deals will grow.
funnel-how-median = The median is working time at the stage. Stays that go on count as lasting at least so long (Kaplan–Meier).
funnel-how-hung = At risk = the sum of deals that are stuck, silent or without a task × the share won of those that reached the stage within 90 days. An empty price is taken to be the median of those won in this pipeline. The share is the whole company’s.
funnel-waits = What deals wait for
funnel-waits-help = Each open deal is counted once, under the first that fits from left to right.
funnel-waits-none = There are no open deals in this pipeline.
wait-first-answer = First answer
wait-client = Client waits for us
wait-overdue-task = Overdue task
wait-task = Task to come
wait-nothing = No task
funnel-heat = Who holds what
funnel-heat-none = Nothing to show: there are no such deals now.
funnel-show-deals = deals
funnel-show-overdue = overdue
funnel-show-hung = money at risk
funnel-parts = Split
funnel-parts-help = Deals and leads of the period; standing deals and money as of now.
funnel-parts-none = Nothing to split.
funnel-by-employee = Employee
funnel-by-source = Source
funnel-by-month = Month
