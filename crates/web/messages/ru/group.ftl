### Кому сегодня помочь?

group-title = Кому сегодня помочь?
group-people = Люди группы
group-people-help = Сначала те, кому труднее всего. Светофор:
group-away = { $count ->
    [0] сегодня все на месте
    [one] сегодня нет { $count } человека
   *[other] сегодня нет { $count } человек
}
group-here = на месте
group-day-off = выходной по графику
group-until = { $kind } по { $date }
group-deals = { $count ->
    [0] открытых сделок нет
    [one] { $count } открытая сделка без присмотра
    [few] { $count } открытые сделки без присмотра
   *[other] { $count } открытых сделок без присмотра
}
group-person = как дела
hands-title = Чьи сделки сегодня без присмотра
hands-help = Сделки тех, кого сегодня нет: подходит срок задачи, клиент ждёт ответа или замечание ещё длится. Сначала самые тяжёлые и дорогие.
hands-none = У тех, кого сегодня нет, ничего срочного.
hands-what = Что нужно
hands-task = задача до { $at }
hands-waits = клиент ждёт с { $at }
hands-lasting = { $count ->
    [one] длится { $count } замечание
    [few] длятся { $count } замечания
   *[other] длится { $count } замечаний
}
hands-more = { $count ->
    [one] И ещё { $count } сделка: целиком — в файле.
    [few] И ещё { $count } сделки: целиком — в файле.
   *[other] И ещё { $count } сделок: целиком — в файле.
}
group-list = Список группы
group-all = Показать всю группу
group-empty = Разбирать нечего: все замечания группы разобраны.
absence-vacation = отпуск
absence-sick = болеет
absence-trip = командировка
absence-other = отсутствует

col-employee = Сотрудник
col-light = Светофор
col-rate = На 100 сделок
col-open = Ждут ответа
col-gross = Грубых
col-money = Сумма сделки
col-sum = Деньги в сделках
col-today = Сегодня
col-finding = Что найдено
col-when = Когда
