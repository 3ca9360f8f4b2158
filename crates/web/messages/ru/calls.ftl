### Кому сегодня позвонить?

calls-title = Кому сегодня позвонить?
calls-help = Сначала сделки, от которых больше всего ждём (сумма × доля доходящих до продажи с этого этапа за { $days } дней), из равных — те, с кем дольше не было связи. С кем сегодня уже связывались, те в конце.
calls-count = { $count ->
    [one] { $count } открытая сделка.
    [few] { $count } открытые сделки.
   *[other] { $count } открытых сделок.
}
calls-none = Открытых сделок здесь нет.
calls-all = Показать все
calls-stage = Этап «{ $name }».
calls-hung = Только зависшие.
calls-contact = Последний контакт
calls-task = Следующая задача
calls-why = Почему сейчас
calls-never = ещё не было
calls-no-task = задачи нет
calls-guessed = середина по воронке
calls-waits = клиент ждёт ответа с { $at }
calls-overdue = задача просрочена
calls-hangs = сделка зависла
calls-tried = сегодня уже связывались
calls-silent = { $count ->
    [one] { $count } день без контакта
    [few] { $count } дня без контакта
   *[other] { $count } дней без контакта
}
calls-no-price = цена не указана
