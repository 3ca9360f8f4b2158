### Как идёт мой месяц?

month-title = Как идёт мой месяц?
month-won = Продано
month-deals = { $count ->
    [0] сделок нет
    [one] { $count } сделка
    [few] { $count } сделки
   *[other] { $count } сделок
}
month-expected = Ожидаем от открытых сделок
month-expected-of = посчитано { $known } из { $count }
month-hung = Под угрозой
month-hung-help = Открытые сделки, которые зависли: давно на этапе, без контакта или без задачи.
month-hung-expected = ожидали { $money }
month-stages = Откуда ожидание
month-chance = Ожидаем — сумма сделки × доля сделок, которые доходят с этого этапа до продажи. Доля взята по всей компании за { $days } дней, ещё не закрытые сделки считаются непроданными. Если на этап пришло меньше { $enough } сделок, взята доля всей воронки.
month-unknown = { $count ->
    [one] { $count } сделка не посчитана: мало данных об этапе и воронке или нет цены.
    [few] { $count } сделки не посчитаны: мало данных об этапе и воронке или нет цены.
   *[other] { $count } сделок не посчитаны: мало данных об этапе и воронке или нет цены.
}
month-guessed = { $count ->
    [one] В { $count } сделке цена не указана: взята середина цен проданных сделок воронки.
   *[other] В { $count } сделках цена не указана: взята середина цен проданных сделок воронки.
}
month-unpriced = { $count ->
    [one] В { $count } проданной сделке цена не указана, в сумму она не вошла.
   *[other] В { $count } проданных сделках цена не указана, в сумму они не вошли.
}
month-col-deals = Сделок
month-col-deal = Сделка
month-col-price = На сумму
month-col-chance = Доходит до продажи
month-col-worth = Ожидаем
month-col-hung = Зависло
month-col-hung-price = Зависло на сумму
month-chance-of = { $won } из { $count }
month-chance-of-pipeline = { $won } из { $count }, вся воронка
month-too-few = мало данных
month-sold = Что продано
month-sold-none = В этом месяце продаж ещё нет.
