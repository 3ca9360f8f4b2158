### Words of the pages. The same messages with the same variables: ru.ftl.

product = Svetofor
log-in = Log in
log-out = Log out
to-start = To the first page

## Fields

field-login = Login
field-login-hint = Such as your e-mail address. Upper and lower case are the same.
field-password = Password
field-password-hint = At least 10 characters. A few words are easiest to remember.
field-password-current = Present password
field-password-new = New password
field-repeated = The same password again
field-name = Your name
field-company = Name of the company
field-timezone = The company's time zone
field-timezone-hint = Such as Europe/Moscow, Asia/Yekaterinburg, Asia/Novosibirsk.

fault-login = From 2 to 64 letters, digits and the signs . _ - + @, without spaces
fault-name = From 1 to 120 characters in one line
fault-timezone = The name of a zone, such as Europe/Moscow
fault-employee = The company has no such employee
fault-scopes = At least one scope
fault-password-short = At least 10 characters
fault-password-long = The password is too long
fault-password-plain = Not the login, nor one character again and again
fault-password-wrong = This is not your present password
fault-password-differs = The passwords differ

## Login

login-title = Log in
login-wrong = Login or password did not fit. Check the keyboard layout and try again.
login-too-many = Too many tries. Wait a minute and try again.
login-forgotten = Forgot the password? Ask your company's administrator for a new link.

## First start and invitations

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

## Companies

companies-title = In which company do you work now?
companies-none = No company has admitted you yet. Ask an administrator to invite you.
companies-here = you are here

## Start

start-title = { $name }, you are logged in
start-company = Company
start-access = Access
start-employee = Employee in the CRM
start-others = Go over to another company
start-api = Description of the API

password-title = Change the password
password-why = You stay logged in here; on other devices you will have to log in anew.
password-do = Change the password

## Access

access-employee = Employee
access-employee-help = You see your own findings, figures and deals.
access-lead = Team lead
access-lead-help = You see findings and figures of your groups.
access-coordinator = Coordinator
access-coordinator-help = You see all findings, pass them on and decide disputes.
access-specialist = Quality specialist
access-specialist-help = You see all deals and add findings.
access-head = Head of sales
access-head-help = You see everything in the company and check lost deals.
access-director = Director
access-director-help = You see everything in the company.
access-administrator = Administrator
access-administrator-help = You keep connections, the regulation and people's access. An administrator does not see findings.
access-client-manager = Client-relations manager
access-client-manager-help = You see deals and figures and add findings from what clients say.
access-interviewer = Interviewer
access-interviewer-help = You ask clients.
access-shopper = Mystery shopper
access-shopper-help = You do audits by a checklist.

## What went wrong

problem-request = Number of the request, for the administrator:
problem-malformed = The request could not be read
problem-malformed-help = Nothing was changed. Go back and send the form again.
problem-unauthenticated = You have to log in
problem-unauthenticated-help = The login has ended or has not been done yet.
problem-denied = You cannot do this
problem-denied-help = Nothing was changed. If you need it for your work, ask an administrator.
problem-not-found = There is no such page
problem-not-found-help = Check the address, or begin at the first page.
problem-method = This address does not open so
problem-method-help = Nothing was changed. Begin at the first page.
problem-conflict = It does not go together with what is there
problem-conflict-help = Nothing was changed. Load the page anew and try again.
problem-gone = The link is dead
problem-gone-help = It has been opened already, or its time is over. Ask an administrator for a new one; at the first start restart the server.
problem-too-large = Too much at once
problem-too-large-help = Nothing was changed. Send less.
problem-media-type = Data of another kind
problem-media-type-help = Nothing was changed. Go back and send the form again.
problem-invalid = Something is not filled in right
problem-invalid-help = Nothing was changed. Go back and check the fields.
problem-too-many = Too many tries
problem-too-many-help = Wait a minute and try again.
problem-inside = Something broke on the server
problem-inside-help = Nothing was changed. Try again; if that does not help, give the number of the request to the administrator.
problem-unavailable = The server is busy
problem-unavailable-help = Nothing was changed. Try again in a minute.
problem-timeout = The server did not answer in time
problem-timeout-help = Try again.
