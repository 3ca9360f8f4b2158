### First start and invitations

setup-title = First start
setup-why = Nobody is here yet. Name the company and choose login and password of its administrator, who invites the others and keeps the settings. The link works once.
setup-do = Begin
choose-title = Choose a password
choose-why = The company “{ $name }” has invited you. With this login and password you will come in to Svetofor.
choose-anew = The former password will no longer do, and on other devices you will have to log in anew.
choose-do = Save and log in
join-title = The company “{ $name }” invites you
join-why = Take the invitation, and you can go over to this company without a new login.
join-do = Take the invitation
join-login = This invitation is for the login { $name }. Log in by it and open the link again.
