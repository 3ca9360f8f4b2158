### Search and saved lists

search-title = What was found?
search-label = Words, or the id of a deal
search-do = Search
search-bar = Search
search-begin = Write a word from the title of a deal, an employee’s name, a message or a note. Endings do not count.
search-nothing = Nothing was found. Look for a slip of the pen, or take one word instead of several.
search-more = Not everything is shown. Add a word to narrow the search.
search-deals = Deals
search-people = People
search-texts = In messages and notes
search-texts-help = The latest come first.

saved-title = Saved lists
saved-do = Save this list
saved-name = Name
saved-save = Save
saved-remove = Remove the list “{ $name }”
saved-bad = The list was not saved. A name has 1 to 120 characters in one line, and there are at most 50 lists.

finding-deal-column = Deal
col-until = Cured
findings-files = All findings of the filter, 20,000 at most:
