### What changes?

tab-trends = Trends
trends-title = What changes?
trends-chart = Per 100 deals over 12 weeks
trends-change = The last week against the one before
trends-all = All findings
trends-none = In these weeks nothing was found.
trends-help = Findings week by week, under the Monday of each. First the rules whose change does not look like chance. A change is reckoned per deal in work.
trends-versions = Different versions of the regulation judged these weeks, so that some of the changes may come from them.
trends-to-compare = Compare by one version.
