### Какие отказы проверить?

tab-lost = Отказы
lost-title = Какие отказы проверить?
lost-help = Каждую потерянную сделку смотрит другой человек: всё ли сделано и можно ли вернуть клиента. Сначала последние.
lost-statuses = Состояние проверок
lost-status-open = ждут проверки
lost-status-back-to-work = возвращены в работу
lost-status-closed-rightly = закрыты верно
lost-status-moot = отпали
lost-status-one-open = ждёт проверки
lost-status-one-back-to-work = возвращена в работу
lost-status-one-closed-rightly = закрыта верно
lost-status-one-moot = проверка отпала: сделку снова открыли
lost-all = показать все
lost-empty-open = Проверять нечего: все отказы разобраны.
lost-empty = Таких проверок нет.
lost-nobody = Без ответственного
lost-no-reason = не указана
lost-to-head = руководителю
lost-col-deal = Сделка
lost-col-who = Кто отвечал
lost-col-when = Потеряна
lost-col-reason = Причина
lost-col-price = Цена
lost-col-attempts = Попыток
lost-col-unanswered = Без ответа в конце
lost-col-talks = Разговоров
lost-col-addressee = Кому
lost-col-closed = Решено
lost-col-decided = Проверено
lost-col-back = Вернули
lost-col-rightly = Закрыты верно
lost-col-share = Доля возвращённых
lost-returned = Кому возвращают чаще
lost-returned-help = Доля проверенных отказов, которые вернули в работу, с 95 %-интервалом. Пока проверок мало, интервал широк: не судите по доле.
lost-returned-none = Решённых проверок пока нет.
lost-done-back-to-work = Возвращена в работу:
lost-done-closed-rightly = Закрыта верно:
check-title = Верно ли закрыта сделка?
lost-known = Что известно
lost-comment = Комментарий к причине
lost-talk = Время разговоров
lost-messages = Сообщений от клиента / клиенту
lost-meetings = Встреч
lost-objections = Возражения
lost-attempts = { $count ->
    [one] { $count } попытка связаться
    [few] { $count } попытки связаться
   *[other] { $count } попыток связаться
}
lost-reached = клиент на связи
lost-not-reached = без ответа
lost-stages = Время на этапах
lost-questions = Пять вопросов
lost-question-everything-done = Всё ли сделано, чтобы продать?
lost-question-objections-handled = Отработаны ли возражения?
lost-question-advice-right = Верно ли консультировали?
lost-question-attempts = Если клиент не отвечал: хватило ли попыток и в разные ли часы?
lost-question-revivable = Можно ли вернуть клиента другим товаром или другими условиями?
lost-fact-unanswered = { $count ->
    [0] без ответа в конце не звонили
    [one] без ответа в конце { $count } попытка
    [few] без ответа в конце { $count } попытки
   *[other] без ответа в конце { $count } попыток
}
lost-fact-objections = { $count ->
    [0] возражений в текстах не найдено
    [one] найдено { $count } возражение
    [few] найдено { $count } возражения
   *[other] найдено { $count } возражений
}
lost-reply-yes = да
lost-reply-no = нет
lost-reply-not-applicable = не подходит
lost-more = Пояснение
lost-say = Что сказать сотруднику
lost-do-back = Вернуть в работу
lost-do-rightly = Закрыта верно
lost-do-help = О решении узнают сотрудник и его звеньевой.
lost-own = Сделка была вашей: проверить её должен кто-то другой.
lost-not-yours = Эту проверку решает тот, кому она пришла. Вы можете её читать.
lost-over = Проверка закрыта.
lost-refused = Решение не записано: проверка уже закрыта или сделка была вашей.
lost-unanswered = Решение не записано: ответьте на все пять вопросов. Что вы написали, осталось ниже.
lost-too-long = Решение не записано: тексты слишком длинные. Сократите их и отправьте ещё раз.
