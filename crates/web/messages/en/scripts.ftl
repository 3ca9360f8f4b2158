### What the scripts of pages say

keys-title = Keys
keys-help = They work in any keyboard layout while you are not typing.
keys-key = Key
keys-does = What it does
keys-move = Next and previous row
keys-open = Open
keys-acknowledge = Acknowledge the finding
keys-cause = Name the cause
keys-choose = Choose a cause by its place
keys-dispute = Dispute
keys-hand-over = Hand over
keys-add = Add a finding to an event
keys-undo = Undo the last thing done
keys-search = Search
keys-this = Show these keys
keys-on = Keys are on
keys-close = Close
copy-link = Copy the link
copied = The link is copied
again = Try again
trouble-network = The server cannot be reached. What you wrote is still on the page.
trouble-late = The server has not answered for half a minute. What you wrote is still on the page.
trouble-server = The server gave an answer that makes no sense. What you wrote is still on the page.
trouble-login = You are logged out. Log in in a new tab and try again: what you wrote is still here.
pane-title = Opened
pane-alone = Open by itself
