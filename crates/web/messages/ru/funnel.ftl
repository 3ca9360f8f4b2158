### Где висят деньги?

tab-funnel = Где деньги
funnel-title = Где висят деньги?
funnel-empty = За этот период в воронке ничего не происходило. Выберите другой период или воронку.
funnel-card-hung = Деньги под угрозой
funnel-card-hung-deals = { $count ->
    [one] в { $count } сделке, с учётом доли выигранных
   *[other] в { $count } сделках, с учётом доли выигранных
}
funnel-card-standing = Стоит сделок сейчас
funnel-card-sum = на { $sum }
funnel-card-overdue = С просроченной задачей
funnel-card-won = Выиграно из вошедших
funnel-stages = Этапы
funnel-stages-help = «Стоит», «просрочено» и деньги — на сейчас; «вошло», доли и медиана — за период:
funnel-col-stage = Этап
funnel-col-standing = Стоит сейчас
funnel-col-overdue = Просрочено
funnel-col-entered = Вошло
funnel-col-onward = Прошли дальше
funnel-col-won = Выиграно
funnel-col-median = Медиана, раб. дней
funnel-col-hung-deals = Висит сделок
funnel-col-hung-sum = Их сумма
funnel-col-chance = Доля выигранных
funnel-col-hung = Под угрозой
funnel-col-all = Всего
funnel-col-deals = Вошло сделок
funnel-col-leads = Заявок
funnel-col-in-time = Ответ в срок
funnel-col-lost = Потеряно из закрытых
funnel-overflows = ▲ переполнен с { $since }
funnel-median-interval = { $low }–{ $high }; стоянок { $stays }, ещё длятся { $unfinished }
funnel-median-base = стоянок { $stays }, ещё длятся { $unfinished }
funnel-median-unknown = больше половины ещё стоят
funnel-guessed = { $count ->
    [one] у { $count } цена по медиане
   *[other] у { $count } цена по медиане
}
funnel-how-flow = В строке этапа — сделки, которые вошли на него за период. «Прошли дальше» — попали потом на более поздний этап этой воронки или были выиграны. Те, что ещё стоят, тоже в знаменателе: у недавних сделок доли со временем подрастут.
funnel-how-median = Медиана — рабочее время на этапе. Незавершённые стоянки учтены как «не меньше, чем уже прошло» (Каплан — Майер).
funnel-how-hung = Под угрозой = сумма сделок, которые застряли, молчат или остались без задачи × доля выигранных среди дошедших до этапа за 90 дней. Пустая цена заменена медианой выигранных в этой воронке. Доля — по всей компании.
funnel-waits = Чего ждут сделки
funnel-waits-help = Каждая открытая сделка посчитана один раз, по первому, что подходит слева направо.
funnel-waits-none = Открытых сделок в этой воронке нет.
wait-first-answer = Первого ответа
wait-client = Клиент ждёт нас
wait-overdue-task = Просроченной задачи
wait-task = Задачи в срок
wait-nothing = Задачи нет
funnel-heat = Кто что держит
funnel-heat-none = Показывать нечего: таких сделок сейчас нет.
funnel-show-deals = сделки
funnel-show-overdue = просроченные
funnel-show-hung = деньги под угрозой
funnel-parts = В разрезе
funnel-parts-help = Сделки и заявки за период; стоящие сделки и деньги — на сейчас.
funnel-parts-none = Делить нечего.
funnel-by-employee = Сотрудник
funnel-by-source = Источник
funnel-by-month = Месяц
