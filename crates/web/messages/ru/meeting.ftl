### О чём поговорить на встрече?

meeting-title = О чём поговорить на встрече?
meeting-no-groups = Групп пока нет: говорить не с кем. Группы заводит администратор.
meeting-lead = звеньевой
meeting-agenda = План на 30 минут
meeting-minutes = { $count } мин
meeting-praise = Что получилось
meeting-light = Светофор за неделю
meeting-topics = Три главные темы
meeting-promises = Обещания и цели
meeting-help = Кому помочь
meeting-lost = Отказы, которые вернулись в работу
meeting-group = Группа:
meeting-better = { $name }: на 100 сделок { $now }, было { $before }.
meeting-green = { $name }: зелёный { $count }-ю неделю подряд.
meeting-fewer = «{ $name }» находили реже: { $now }, было { $before }.
meeting-praise-none = За неделю сравнить нечего: мало данных.
meeting-topics-none = За неделю ничего не найдено.
meeting-count = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[other] { $count } замечаний
}
meeting-topic = было { $before }; { $deals ->
    [one] { $deals } сделка
    [few] { $deals } сделки
   *[other] { $deals } сделок
} на { $money }
meeting-promised = { $count ->
    [one] признано и ещё длится { $count } замечание
    [few] признано и ещё длятся { $count } замечания
   *[other] признано и ещё длятся { $count } замечаний
}
meeting-gross = { $count ->
    [one] ждёт ответа { $count } грубое
   *[other] ждут ответа { $count } грубых
}
meeting-help-none = Срочно помогать никому не нужно.
meeting-lost-none = За две недели таких нет.
