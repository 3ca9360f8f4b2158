### Frame

product = Svetofor
log-in = Log in
log-out = Log out
to-start = To the first page
to-content = To the content
tabs = Sections
section-results = Results
section-group = Group
section-mine = Mine
section-findings = Findings
section-control = Control
section-regulation = Regulation
tabs-within = Pages of the section
tab-board = Overview
tab-mine = What to mend
tab-meeting = Meeting
tab-month = My month
tab-calls = Whom to call
tab-group = Group
tab-disputes = Disputes
tab-queue = To pass on
tab-reviews = Deals to look at
tab-exemptions = Exemptions
tab-looked = Looked at
tab-spent = Time
tab-findings = Findings
tab-rules = Rules
other-language = Русский
me-title = About you
zone = Times are of the zone
paging = Pages of the list
paging-earlier = Earlier
paging-later = Further
paging-first = To the beginning
list-more = { $count ->
    [one] And { $count } finding more.
   *[other] And { $count } findings more.
}
