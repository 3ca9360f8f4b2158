### Списки сделок

tab-deals = Сделки
deals-title-any = Какие сделки есть?
deals-title-open = Какие сделки открыты?
deals-title-hung = Какие сделки висят?
deals-title-won = Какие сделки выиграны?
deals-title-lost = Какие сделки потеряны?
deals-title-in-work = Какие сделки были в работе?
deals-about-any = Все сделки, кроме удалённых. Даты — когда сделка пришла на этап, на котором стоит.
deals-about-open = Стоят на открытом этапе сейчас. Даты — когда сделка пришла на этот этап.
deals-about-hung = Стоят на открытом этапе сейчас, и длится замечание, что сделка застряла на этапе, молчит или осталась без задачи. Даты — когда сделка пришла на этот этап.
deals-about-won = Закрыты успешно и с тех пор не открыты снова. Сотрудник — кто отвечал в тот момент.
deals-about-lost = Закрыты отказом и с тех пор не открыты снова. Сотрудник — кто отвечал в тот момент.
deals-about-in-work = Были открыты и за кем-то числились в эти даты, хотя бы недолго. На это число делятся замечания в светофоре.
deals-kind-open = открыты сейчас
deals-kind-hung = висят
deals-kind-won = выиграны
deals-kind-lost = потеряны
deals-kind-in-work = были в работе
filter-kind = Какие
filter-pipeline = Воронка
deals-sum = { $count ->
    [one] { $count } сделка на { $sum }.
    [few] { $count } сделки на { $sum }.
   *[other] { $count } сделок на { $sum }.
}
deals-unpriced = У { $count } сумма не указана.
deals-count = { $count ->
    [one] { $shown } сделка
    [few] { $shown } сделки
   *[other] { $shown } сделок
}
deals-none = Таких сделок нет. Смягчите или сбросьте фильтр.
deals-deal = Сделка
deals-client = Клиент
deals-price = Сумма
deals-since = На этапе с
deals-won-at = Выиграна
deals-lost-at = Потеряна
deals-worked = Стоит на этапе
deals-of-source = Только из источника «{ $name }».
deals-of-nobody = Только те, за которые никто не отвечал.
