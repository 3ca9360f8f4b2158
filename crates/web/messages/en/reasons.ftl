### Who dumps leads?

tab-reasons = Reasons
reasons-title = Who dumps leads?
reasons-empty = No deal was closed in this period.
reasons-help = Everybody’s share of losses and of reasons beside the rest of the group. Closings of the period:
reasons-differences = Who differs from the group
reasons-none = Nobody loses more than chance explains.
reasons-no-losses = No deals were lost in the period.
reasons-differs = { $name }: lost { $part } of { $whole } closed ({ $share }), the rest of the group { $others }
reasons-differs-by = { $name }: “{ $reason }” for { $part } of { $whole } losses ({ $share }), the rest of the group { $others }
reasons-compared = Comparisons with data enough: { $count }. By mere chance { $look } of them would be worth a look and { $sure } sure; together { $found } came out.
reasons-people = People
reasons-col-closed = Closed
reasons-col-lost = Lost
reasons-col-others = Rest of the group
reasons-col-told = What it means
reasons-col-time = To the loss, working days
reasons-col-attempts = Attempts before it
reasons-col-losses = Losses
reasons-by-reason = Reasons
reasons-by-reason-help = Losses for each reason, and their share of all losses of the person; the darker, the greater. The most frequent reasons are shown.
reasons-how-test = People are compared with the others of the group that they belonged to on the day of the closing, by Fisher’s exact test (two-sided). Fewer than 20 cases on either side are too little data.
reasons-how-many = “Worth a look” is a chance below 5 %, “surely” one below 0.2 %. There are many comparisons, so a single “worth a look” is a reason to open the deals, not a judgement of a person.
reasons-how-time = Time and attempts are medians over lost deals, from the last opening to the loss, with a 95 % interval.
