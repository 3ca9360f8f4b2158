# At the foot of a page.
page-of = page { $page } of { $pages }
contents = Contents
# A table whose columns do not fit side by side.
table-part = { $title } (part { $part } of { $parts })
