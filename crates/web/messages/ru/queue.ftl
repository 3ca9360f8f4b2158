### Очередь ответственного

queue-title = Что передать дальше?
queue-order = Сначала те, что ждут дольше всех. Никто, кроме контроля, их пока не видит.
queue-count = { $count ->
    [0] Ничего не ждёт.
    [one] Ждёт { $count } замечание.
    [few] Ждут { $count } замечания.
   *[other] Ждут { $count } замечаний.
}
queue-none = Всё передано. Новые замечания контролёров появятся здесь.
queue-none-but-put-off = Остались только пропущенные.
queue-about = { $name }, { $at }. Ждёт { $waited }
queue-text = Что увидят сотрудник и звеньевой
queue-recommendation = Что посоветовать
queue-do = Передать звеньевому
queue-exempt = Не обращать внимания
queue-exempt-why = Почему не обращать внимания
queue-exempt-do = Не передавать
queue-skip = Пропустить пока
queue-put-off = { $count ->
    [one] Пропущено { $count } замечание.
    [few] Пропущено { $count } замечания.
   *[other] Пропущено { $count } замечаний.
}
queue-show-all = Показать все
queue-more = Остальные появятся, когда вы закончите с этими.
queue-passed-on = Передано:
queue-exempted = Решено не обращать внимания:
queue-refused-text = Не передано: напишите, что увидит сотрудник.
queue-refused-reason = Ничего не изменено: напишите, почему не обращать внимания.
queue-refused-conflict = Ничего не изменено: с этим замечанием уже закончили.
target-deal = Сделка
target-call = Звонок
target-chat = Переписка
target-person = Сотрудник
