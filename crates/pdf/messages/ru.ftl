# Внизу страницы.
page-of = стр. { $page } из { $pages }
contents = Содержание
# Таблица, столбцы которой не помещаются рядом.
table-part = { $title } (часть { $part } из { $parts })
