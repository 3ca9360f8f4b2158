### How is my month?

month-title = How is my month?
month-won = Sold
month-deals = { $count ->
    [0] no deals
    [one] { $count } deal
   *[other] { $count } deals
}
month-expected = Expected of open deals
month-expected-of = reckoned for { $known } of { $count }
month-hung = At risk
month-hung-help = Open deals that hang: long at their stage, without contact or without a task.
month-hung-expected = { $money } were expected
month-stages = Where the expectation comes from
month-chance = Expected is the deal's sum × the share of deals that are won from this stage. The share is that of the whole company over { $days } days; deals that are not closed yet count as not won. Where fewer than { $enough } deals came to the stage, it is that of the whole pipeline.
month-unknown = { $count ->
    [one] { $count } deal is not reckoned: too little data about stage and pipeline, or no price.
   *[other] { $count } deals are not reckoned: too little data about stage and pipeline, or no price.
}
month-guessed = { $count ->
    [one] { $count } deal has no price: the middle price of the deals won in the pipeline is taken.
   *[other] { $count } deals have no price: the middle price of the deals won in the pipeline is taken.
}
month-unpriced = { $count ->
    [one] { $count } deal sold has no price and is not in the sum.
   *[other] { $count } deals sold have no price and are not in the sum.
}
month-col-deals = Deals
month-col-deal = Deal
month-col-price = Sum
month-col-chance = Share won
month-col-worth = Expected
month-col-hung = Hang
month-col-hung-price = Sum that hangs
month-chance-of = { $won } of { $count }
month-chance-of-pipeline = { $won } of { $count }, whole pipeline
month-too-few = too little data
month-sold = What was sold
month-sold-none = Nothing was sold this month yet.
