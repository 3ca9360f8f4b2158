### Исключения

exemptions-title = На что мы не обращаем внимания?
exemptions-order = Сначала те, что скрывают больше всего.
exemptions-none = Таких исключений нет.
exemptions-shows = Какие исключения
exemptions-show-now = Действуют
exemptions-show-over = Закончились
exemptions-show-all = Все
exemptions-table = Исключения
exemptions-told-made = Исключение сделано: то, что оно скрывает, в показатели больше не входит.
exemptions-told-ended = Исключение закончено. То, что было раньше, остаётся скрытым.
exemptions-refused-reason = Ничего не изменено: напишите, почему исключение заканчивается.
exemptions-refused-over = Ничего не изменено: исключение уже закончилось.
exemption-any = любое правило
exemption-anybody = любой сотрудник
exemption-any-stage = любой этап
exemption-hides = { $count ->
    [0] Ничего не скрывает
    [one] Скрывает { $count } замечание
    [few] Скрывает { $count } замечания
   *[other] Скрывает { $count } замечаний
}
exemption-base = { $deals ->
    [one] в { $deals } сделке
   *[other] в { $deals } сделках
} на { $money }, { $share } всего скрытого
exemption-about = Решение: { $name }, { $at }; действует с { $from }
exemption-until = до { $at }
exemption-was = закончилось { $at }
exemption-ended = Закончено раньше срока: { $name }. { $why }
exemption-much = скрывает больше { $count }
exemption-old = { $count ->
    [one] действует { $count } день
    [few] действует { $count } дня
   *[other] действует { $count } дней
}
exemption-far = до конца больше полугода
exemption-wide = широкое: названо только одно условие
exemption-end = Закончить
exemption-end-help = То, что нашли до этой минуты, останется скрытым, новое снова войдёт в показатели.
exemption-end-why = Почему заканчивается
exemption-end-do = Закончить сейчас
exemption-make = Новое исключение
exemption-make-help = Скрывается то, что подходит под все названные условия. Назовите хотя бы одно.
exemption-make-do = Не обращать внимания
exemption-deal = Номер сделки
exemption-from = С даты
exemption-last = По дату
exemption-why = Почему не обращать внимания
exemption-from-finding = Не обращать внимания на такие замечания…
exemption-fault-rule = Назовите правило, сотрудника, этап или сделку.
exemption-fault-deal = Такой сделки нет.
exemption-fault-reason = Напишите, почему.
exemption-fault-until = Нужна дата не раньше сегодняшней и не раньше начала.
exemption-col-scope = На что
exemption-col-reason = Почему
exemption-col-author = Кто решил
exemption-col-made = Когда решено
exemption-col-from = С
exemption-col-until = До
exemption-col-hides = Скрывает замечаний
exemption-col-deals = В сделках
