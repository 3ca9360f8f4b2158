### Person × pipeline

tab-pipelines = People × pipelines
pipelines-title = Who finds which pipeline hard?
pipelines-all = All work
pipelines-help = Weighted findings per 100 deals in work while they stood in the pipeline. Fewer than { $least } deals are too little data. What is about no stage is in “All work” only.
pipelines-little-data = too little data
pipelines-findings = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
