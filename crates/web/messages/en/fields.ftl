### Fields

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
