### Что мне исправить?

mine-title = Что мне исправить?
mine-todo = Ждут вашего ответа
mine-gross = { $count ->
    [0] Грубых нет
    [one] Из них { $count } грубое
   *[other] Из них { $count } грубых
}
mine-money = Деньги в этих сделках:
mine-light = Ваш светофор
mine-trend = 12 недель
mine-trend-help = Замечаний на 100 сделок, чем ниже, тем лучше
mine-praise = Что получилось
praise-green = Зелёный светофор { $count }-ю неделю подряд.
praise-clean = { $clean ->
    [one] В { $clean } сделке из { $deals } за неделю нет ни одного замечания.
   *[other] В { $clean } сделках из { $deals } за неделю нет ни одного замечания.
}
praise-mended = За неделю ни разу не повторилось: { $rules }.
mine-list = Список
mine-order = Сначала самое тяжёлое и самое дорогое.
mine-empty = Исправлять нечего: все замечания разобраны.
mine-disputed = Оспорено и ждёт решения: { $count }
mine-acknowledged = Признано, но ещё не исправлено: { $count }
mine-rules = Что находили у вас за неделю
mine-part = { $share } всех замечаний
