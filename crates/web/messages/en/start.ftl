### Start

start-name = Name
start-company = Company
start-access = Access
start-employee = Employee in the CRM
start-others = Go over to another company
start-api = Description of the API

password-title = Change the password
password-why = You stay logged in here; on other devices you will have to log in anew.
password-do = Change the password
