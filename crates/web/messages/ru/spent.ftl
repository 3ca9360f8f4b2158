### Сколько ушло времени

spent-title = Сколько ушло времени?
spent-sum = За 12 недель: { $count ->
    [one] { $count } просмотр
    [few] { $count } просмотра
   *[other] { $count } просмотров
}, без замечаний { $clean }, всего { $length }.
spent-help = Минуты — от начала просмотра до конца, возвращённые в очередь тоже считаются.
spent-none = За 12 недель ничего не смотрели.
spent-people = По тем, кто смотрел
spent-weeks = По неделям
spent-days = По дням
spent-col-person = Кто смотрел
spent-col-week = Неделя с
spent-col-day = День
spent-col-done = Посмотрено
spent-col-clean = Без замечаний
spent-col-found = С замечаниями
spent-col-put-back = Возвращено
spent-col-findings = Замечаний
spent-col-minutes = Минут
spent-col-each = Минут на просмотр
