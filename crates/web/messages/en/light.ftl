### Light

light-rate = Per 100 deals:
light-better = ↓ was { $before }
light-worse = ↑ was { $before }
light-same = the same as before
light-deals = Deals in work:
trend-label = Findings per 100 deals by week: { $values }
