### Сделка

deal-title = Сделка
deal-client = Клиент
deal-price = Сумма
deal-stage = Этап
deal-stage-since = с { $at }, { $length }
deal-responsible = Отвечает
deal-begun = Создана
deal-id = Номер в CRM
deal-removed = Сделка удалена { $at }.
deal-timeline = Что происходило
deal-timeline-help = Новое внизу. Серым — нерабочее время компании.
deal-empty = В сделке ещё ничего не происходило.
deal-earlier = { $count ->
    [one] Показать ещё { $count } событие раньше
    [few] Показать ещё { $count } события раньше
   *[other] Показать ещё { $count } событий раньше
}
deal-silence = { $length } тишины, из них { $work }
deal-off = нерабочее время
deal-due = срок { $at }
deal-lasted = длилось { $length }, до { $until }
deal-lasts = длится { $length }
deal-nobody = никто
deal-findings = { $count ->
    [0] Замечаний по сделке нет.
    [one] { $count } замечание по сделке.
    [few] { $count } замечания по сделке.
   *[other] { $count } замечаний по сделке.
}
