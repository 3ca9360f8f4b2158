### Companies

companies-title = In which company do you work now?
companies-none = No company has admitted you yet. Ask an administrator to invite you.
companies-here = you are here
