### Просмотр сделок контролем

reviews-title = Какую сделку посмотреть?
reviews-in-hand = Вы смотрите
reviews-orders = Порядок очереди
reviews-order-people = Поровну по людям
reviews-order-chance = Случайно
reviews-order-money = Сначала деньги
reviews-order-lost = Сначала потерянные
reviews-count = { $count ->
    [0] Ничего не ждёт.
    [one] Ждёт { $count } сделка.
    [few] Ждут { $count } сделки.
   *[other] Ждут { $count } сделок.
}
reviews-rule-people = Следующая — того, чьи сделки смотрели реже всех; какая из них, решает жребий дня.
reviews-rule-chance = Порядок решает жребий дня, для всех одинаковый.
reviews-rule-money = Открытые сделки, самые дорогие сначала.
reviews-rule-lost = Сначала проигранные, последние первыми; за ними — поровну по людям.
reviews-rule-all = В очереди сделки, в которых за 30 дней что-то происходило и которые за 30 дней никто не смотрел.
reviews-whose = Только сделки: { $name }.
reviews-everybody = Показать всех
reviews-none = Смотреть нечего: все живые сделки уже посмотрели за последние 30 дней.
reviews-col-deal = Сделка
reviews-col-employee = Сотрудник
reviews-col-stage = Этап
reviews-col-money = Сумма
reviews-col-last = Последнее событие
reviews-lost = проиграна { $at }
reviews-take-named = Посмотреть: { $name }
reviews-shares = Сколько чьих сделок посмотрели
reviews-shares-help = За 30 дней. Меньше всех посмотренные — сначала. Сделка считается тому, кто за неё отвечал, когда её смотрели.
reviews-shares-none = За 30 дней ни с одной сделкой ничего не происходило.
reviews-col-looked = Посмотрено
reviews-col-deals = Из сделок
reviews-col-share = Доля
reviews-col-waiting = Ждут
reviews-told-clean = Посмотрено, замечаний нет: { $deal }
reviews-told-found = Посмотрено, замечания добавлены: { $deal }
reviews-told-put-back = Сделка вернулась в очередь: { $deal }
reviews-refused-with-another = Ничего не изменено: сначала закончите со сделкой, которую смотрите.
reviews-refused-in-hand = Ничего не изменено: эту сделку уже смотрит коллега.
reviews-refused-own = Ничего не изменено: свою работу смотрит кто-то другой.

review-take = Посмотреть
review-since = Смотрите с { $at }: { $length }.
review-found-so-far = { $count ->
    [0] Замечаний вы пока не добавили.
    [one] Вы добавили { $count } замечание.
    [few] Вы добавили { $count } замечания.
   *[other] Вы добавили { $count } замечаний.
}
review-do-clean = Замечаний нет
review-do-found = { $count ->
    [one] Закончить, { $count } замечание
    [few] Закончить, { $count } замечания
   *[other] Закончить, { $count } замечаний
}
review-and-next = → следующая
review-do-back = Вернуть в очередь
review-minutes = Минут
review-minutes-help = Пустое поле — время с начала просмотра.
review-minutes-long = Прошло больше двух часов: напишите, сколько минут вы смотрели на самом деле.
review-minutes-fault = Ничего не изменено: напишите, сколько минут вы смотрели, числом от 0 до 1440.
review-other = Сейчас вы смотрите другую сделку:
review-was-clean = Контроль посмотрел: замечаний нет
review-was-found = Контроль посмотрел: есть замечания
review-was-put-back = Контроль вернул в очередь
review-kind-deal = Сделки
