### Таблицы

col-rule = Правило
col-found = Найдено
col-before = Неделей раньше
