### Lists of deals

tab-deals = Deals
deals-title-any = Which deals are there?
deals-title-open = Which deals are open?
deals-title-hung = Which deals hang?
deals-title-won = Which deals are won?
deals-title-lost = Which deals are lost?
deals-title-in-work = Which deals were in work?
deals-about-any = All deals but the removed ones. Dates say when a deal came to the stage where it stands.
deals-about-open = They stand in an open stage now. Dates say when a deal came to that stage.
deals-about-hung = They stand in an open stage now, and a finding lasts that the deal is stuck, silent or without a task. Dates say when a deal came to that stage.
deals-about-won = Closed with success and not opened again since. The employee is who answered for it then.
deals-about-lost = Closed as lost and not opened again since. The employee is who answered for it then.
deals-about-in-work = They were open and somebody's in these dates, if only for a short time. The light divides findings by this number.
deals-kind-open = open now
deals-kind-hung = hanging
deals-kind-won = won
deals-kind-lost = lost
deals-kind-in-work = were in work
filter-kind = Which
filter-pipeline = Pipeline
deals-sum = { $count ->
    [one] { $count } deal worth { $sum }.
   *[other] { $count } deals worth { $sum }.
}
deals-unpriced = { $count ->
    [one] { $count } has no price.
   *[other] { $count } have no price.
}
deals-count = { $count ->
    [one] { $shown } deal
   *[other] { $shown } deals
}
deals-none = There are no such deals. Loosen the filter or clear it.
deals-deal = Deal
deals-client = Client
deals-price = Price
deals-since = At the stage since
deals-won-at = Won
deals-lost-at = Lost
deals-worked = Stands there for
deals-of-source = Only from the source “{ $name }”.
deals-of-nobody = Only those that nobody answered for.
