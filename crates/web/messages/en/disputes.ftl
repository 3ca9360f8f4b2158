### Disputes

disputes-title = Which disputes wait for a verdict?
disputes-order = Those to be decided first stand first.
disputes-none = No disputes: nothing to decide.
disputes-more = The other disputes come when you have decided these.
dispute-about = Disputed by { $name }, { $at }. Waiting for { $waited }
dispute-not-yours = Somebody else decides this dispute: it is about your work, or you began it.
