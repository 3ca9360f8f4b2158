### Сделка

deal-title = Сделка
deal-client = Клиент
deal-price = Сумма
deal-stage = Этап
deal-stage-since = { $length }, с { $at }
deal-responsible = Отвечает
deal-responsible-since = с { $at }
deal-begun = Создана
deal-id = Номер в CRM
deal-removed = Сделка удалена { $at }.
deal-timeline = Что происходило
deal-timeline-help = Новое внизу. На сером — нерабочее время компании; полоса под днём показывает рабочие часы и когда что было.
deal-time = Время
deal-what = Событие
deal-lanes = Сколько длились замечания
deal-earlier = Что было раньше
deal-later = Что было позже
deal-months = Месяцы сделки
deal-month = { $month }: { $count ->
    [one] { $count } событие
    [few] { $count } события
   *[other] { $count } событий
}
deal-band = { $name }: { $length }, с { $at }
deal-hours = рабочее время { $hours }
deal-day-off = нерабочий день
deal-silence = { $length } тишины, из них { $work }
deal-off = нерабочее время
deal-off-short = нераб.
deal-no-answer = без ответа
deal-due = срок { $at }
deal-lasted = длилось { $length }, до { $until }
deal-lasts = длится { $length }
deal-by-hand = замечание контроля
deal-nobody = никто
deal-now = Сейчас
deal-exempted = Решено не обращать внимания
deal-exempted-what = { $rule }, до { $until }
deal-review-now = Контроль смотрит сделку
deal-findings = { $count ->
    [0] Замечаний по сделке нет.
    [one] { $count } замечание по сделке.
    [few] { $count } замечания по сделке.
   *[other] { $count } замечаний по сделке.
}

add-here = Добавить замечание
add-to-deal = Добавить замечание о сделке в целом
add-to-event = Добавить замечание: { $name }
add-title = Новое замечание.
add-about = { $what }, { $at }
add-about-deal = О сделке, как она есть сейчас
add-kind = Что не так, коротко
add-severity = Тяжесть
add-employee = О чьей работе
add-nobody = ни о чьей
add-text = Что произошло
add-recommendation = Что сделать (можно оставить пустым)
add-do = Добавить замечание
add-cancel = Не добавлять
add-fault-kind = Напишите коротко, что не так.
add-fault-text = Напишите, что произошло.
added = Замечание добавлено, сотрудник и звеньевой его увидят.
added-held = Замечание добавлено. Дальше его передаст ответственный за контроль.
