### Рамка

product = Светофор
log-in = Войти
log-out = Выйти
to-start = На первую страницу
to-content = К содержанию
tabs = Разделы
section-results = Итоги
section-group = Группа
section-mine = Моё
section-findings = Замечания
section-control = Контроль
section-regulation = Регламент
tabs-within = Страницы раздела
tab-board = Обзор
tab-mine = Что исправить
tab-group = Группа
tab-meeting = Встреча
tab-month = Мой месяц
tab-calls = Кому позвонить
tab-disputes = Споры
tab-queue = Передать
tab-reviews = Просмотр сделок
tab-exemptions = Исключения
tab-looked = Посмотрено
tab-spent = Время
tab-findings = Замечания
tab-rules = Правила
other-language = English
me-title = О вас
zone = Время — по часовому поясу
paging = Страницы списка
paging-earlier = Раньше
paging-later = Дальше
paging-first = В начало
list-more = { $count ->
    [one] И ещё { $count } замечание.
    [few] И ещё { $count } замечания.
   *[other] И ещё { $count } замечаний.
}
