### Login

login-title = Log in
login-wrong = Login or password did not fit. Check the keyboard layout and try again.
login-too-many = Too many tries. Wait a minute and try again.
login-forgotten = Forgot the password? Ask your company's administrator for a new link.
