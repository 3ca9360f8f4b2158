### Цели

goals-title = Цели
goals-help = Считаются по месяцам: что было бы «не больше», то в цели. Цель ставит руководитель.
goals-none-yet = Целей пока нет: их ставит руководитель.
goals-none = Целей пока нет.
goal-what = Цель
goal-at-most = Не больше
goal-now = В этом месяце
goal-before = Месяцем раньше
goal-months = 6 месяцев подряд
goal-how = Как идёт
goal-light = Светофор: на 100 сделок
goal-rule = Замечания «{ $name }» за месяц
goal-deals = { $count ->
    [one] на { $count } сделке в работе
   *[other] на { $count } сделках в работе
}
goal-kept = ✓ пока в цели
goal-missed = ✕ больше, чем договорились
goal-too-little = ○ мало данных
