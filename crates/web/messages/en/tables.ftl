### Tables

col-rule = Rule
col-found = Found
col-before = A week before
