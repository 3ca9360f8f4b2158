### Regulation

tab-regulation = Text and versions
tab-what-if = What if…

regulation-title = What does the regulation say?
regulation-frame = Common to all rules
regulation-other = This is not the version in force.
regulation-to-current = Show the one in force
regulation-edit = Edit the regulation
regulation-rule = About the rule: what it is for and how to mend
regulation-about = In force: { $since }. Put in by { $name }, { $at }.
regulation-about-imported = In force: { $since }.
regulation-about-starter = The starter: the company has no regulation of its own yet.
regulation-ever = since ever
regulation-starter = the starter
regulation-done-put = The new version is accepted. Findings were judged by it.

regulation-versions = All versions
regulation-versions-help = The last one first. No text is ever lost.
regulation-col-since = In force from
regulation-col-state = State
regulation-col-who = Put in by
regulation-col-when = Put in
regulation-col-compare = How it differs
regulation-compare = from the one before
regulation-state-current = in force now
regulation-state-future = comes into force
regulation-state-past = was in force
regulation-state-replaced = replaced
regulation-state-withdrawn = withdrawn

regulation-diff-title = How do the versions differ?
regulation-diff-from = Before
regulation-diff-to = After
regulation-diff-do = Compare
regulation-diff-text = Changes in the text
regulation-differences = What is demanded differently
regulation-no-differences = Both demand the same.
regulation-col-rule = Rule
regulation-col-what = What
regulation-col-before = Before
regulation-col-after = After
regulation-demand = condition
regulation-fate-added = a new rule
regulation-fate-removed = the rule is gone
regulation-fate-on = the rule is switched on
regulation-fate-off = the rule is switched off

regulation-edit-title = What should change in the regulation?
regulation-edit-help = Nothing changes while you edit. Before it is put in force you will see what changes.
regulation-text = Text of the regulation
regulation-since = In force from
regulation-since-help = Findings before this date stay as they are. Without a date the version is in force since ever, and all that was found is judged anew.
regulation-check = Check
regulation-preview = What will change?
regulation-leave = Leave without changes
regulation-line = Line { $name }
regulation-place = Line { $line }, column { $column }:
regulation-mistakes = { $count ->
    [one] { $count } mistake
   *[other] { $count } mistakes
}
regulation-fits = No mistakes
regulation-notes = Please note
regulation-demands = What this text demands
regulation-refused-mistakes = The version was not put in force: the text has mistakes.
regulation-overtaken = The version was not put in force: while you were editing, { $name } put in another one ({ $at }).
regulation-overtaken-withdrawn = The version was not put in force: while you were editing, { $name } withdrew one ({ $at }).
regulation-safe = Your text is safe.
regulation-meanwhile = See what changed meanwhile

regulation-preview-title = What will change?
regulation-preview-since = The version will be in force: { $name }.
regulation-put = Put in force
regulation-back = Back to the text
regulation-warn-ever = There is no date: the version will be in force since ever, and all past findings will be judged by it.
regulation-warn-past = The date is not in the future: findings from this date on will be judged by the new version.
regulation-warn-replaces = The version takes the place of the one in force from the same date (put in by { $name }). That text stays in the list.
regulation-warn-starter = Until this date the starter stays in force, by which you are judged now.
