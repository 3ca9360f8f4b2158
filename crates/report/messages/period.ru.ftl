### Слова отчёта за неделю и месяц. Те же сообщения с теми же переменными: period.en.ftl.
### Имена людей, правил и этапов стоят в именительном падеже: после двоеточия или в кавычках.

period-title = { $kind ->
    [week] Отчёт за неделю
    [month] Отчёт за месяц
   *[other] Отчёт за период
}
period-of-company = { $account }: { $span }
period-of-group = { $group }, { $account }: { $span }
period-of-employee = { $person }, { $account }: { $span }
period-by = Регламент: { $regulation }. Проверено на { $now }, часовой пояс { $zone }.
period-unfinished = Период ещё не кончился: показано то, что известно на { $now }.
period-versions = Изменения отсчитаны так, будто последняя редакция регламента действовала в обоих периодах.

## Карточки

card-light-own = Светофор
card-worked = Отработано
card-worked-about = { $kind ->
    [week] исправлено за неделю, из { $of } { $of ->
        [one] открытого и нового
       *[other] открытых и новых
    }
    [month] исправлено за месяц, из { $of } { $of ->
        [one] открытого и нового
       *[other] открытых и новых
    }
   *[other] исправлено за период, из { $of } { $of ->
        [one] открытого и нового
       *[other] открытых и новых
    }
}
card-nothing-to-work-off = исправлять было нечего
card-closed = Закрыто сделок
card-closed-about = { $lost ->
    [one] выиграно { $won }, проиграна { $lost }
   *[other] выиграно { $won }, проиграно { $lost }
}
card-hung-own = { $deals ->
    [one] { $deals } сделка на { $sum }: сумма × доля выигранных
    [few] { $deals } сделки на { $sum }: сумма × доля выигранных
   *[other] { $deals } сделок на { $sum }: сумма × доля выигранных
}
card-hung-without-price = { $deals ->
    [one] { $deals } сделка, цена не указана
    [few] { $deals } сделки, цены не указаны
   *[other] { $deals } сделок, цены не указаны
}
card-found-none = замечаний нет
card-closed-none = таких сделок нет
card-nothing-hangs = висящих сделок нет

## Заголовки

strong-title = Что получается хорошо
strong-none = Заметных отличий в лучшую сторону за этот период не видно.
growth-title = Зоны роста
growth-none = Ничего, что требовало бы отдельного внимания, не нашлось.
advice-title = Что сделать
small-sample = { $deals ->
    [one] В работе была всего { $deals } сделка
    [few] В работе было всего { $deals } сделки
   *[other] В работе было всего { $deals } сделок
}: для сравнения с другими этого мало, поэтому выводы осторожные.
trend-own-note = Взвешенных замечаний на 100 сделок в работе по неделям. Пунктир — пороги светофора.
bars-title = Что случается чаще всего?
bars-note = Замечаний по правилам; бледная полоса — прошлый период.
bars-others = Остальные: { $count }
no-group = Без группы
people-of-group = Люди группы
own-indicators-title = Десять показателей
own-indicators-note = Найдено на 100 сделок в работе, рядом прошлый период.
own-list-title = Всё найденное
own-list-note = { $more ->
    [0] По времени.
    [one] Показаны самые тяжёлые; ещё { $more } — в программе.
   *[other] Показаны самые тяжёлые; ещё { $more } — в программе.
}
summary-title = Сотрудник, правило, неделя
summary-note = Сколько найдено: по неделе срыва и по тому, на ком замечание.
col-indicator = Показатель
col-group = Группа
col-rate-was = На 100 было
col-total = Всего
sheet-summary = Сводка
sheet-own-indicators = Показатели людей
sheet-own-list = Замечания

## Сводка словами

say-opening-1 = { $kind ->
    [week] За неделю
    [month] За месяц
   *[other] За период
} в работе { $deals ->
    [one] была { $deals } сделка
    [few] было { $deals } сделки
   *[other] было { $deals } сделок
}, найдено { $findings } { $findings ->
    [one] замечание
    [few] замечания
   *[other] замечаний
}.
say-opening-2 = { $deals ->
    [one] В работе была { $deals } сделка
    [few] В работе было { $deals } сделки
   *[other] В работе было { $deals } сделок
}; { $kind ->
    [week] за неделю
    [month] за месяц
   *[other] за период
} по { $deals ->
    [1] ней
   *[other] ним
} { $findings ->
    [one] появилось { $findings } замечание
    [few] появилось { $findings } замечания
   *[other] появилось { $findings } замечаний
}.
say-opening-3 = { $kind ->
    [week] Сделок в работе за неделю
    [month] Сделок в работе за месяц
   *[other] Сделок в работе за период
} — { $deals }, замечаний — { $findings }.
say-clean-1 = { $kind ->
    [week] За неделю
    [month] За месяц
   *[other] За период
} в работе { $deals ->
    [one] была { $deals } сделка, и замечаний к ней нет
    [few] было { $deals } сделки, и ни к одной замечаний нет
   *[other] было { $deals } сделок, и ни к одной замечаний нет
}.
say-clean-2 = Ни одного замечания { $kind ->
    [week] за неделю
    [month] за месяц
   *[other] за период
}, а в работе { $deals ->
    [one] была { $deals } сделка
    [few] было { $deals } сделки
   *[other] было { $deals } сделок
}.
say-nothing = { $kind ->
    [week] За неделю
    [month] За месяц
   *[other] За период
} сделок в работе не было и замечаний нет.
say-no-deals = Сделок в работе не было, но { $findings ->
    [one] нашлось { $findings } замечание
    [few] нашлось { $findings } замечания
   *[other] нашлось { $findings } замечаний
}.
say-gross = { $gross ->
    [0] Грубых среди них нет.
    [1] Одно из них грубое.
   *[other] Грубых среди них { $gross }.
}
say-only-gross = Оно грубое.
say-light = { $colour ->
    [green] Светофор зелёный
    [yellow] Светофор жёлтый
    [red] Светофор красный
   *[other] Светофор пока ничего не показывает: сделок мало
}{ $borderline ->
    [yes] , но на границе
   *[no] { "" }
}{ $colour ->
    [other] .
   *[green] : { $rate } на 100 сделок с учётом тяжести.
}
say-low = Это хороший результат: по компании в среднем { $company } на 100 сделок.
say-fewer-of = Гораздо реже стало встречаться «{ $rule }»: было { $before }, теперь { $after }.
say-rare = «{ $rule }» встречается реже, чем { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
}: { $own } на { $deals ->
    [one] { $deals } сделку
    [few] { $deals } сделки
   *[other] { $deals } сделок
} против { $others } на { $other-deals }.
say-never = Не встречается «{ $rule }», хотя { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
} таких замечаний { $others }.
say-quick = На новые заявки отвечают быстрее: за 15 рабочих минут — { $own }, { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
} { $others }.
say-wins = Выигранных среди закрытых сделок больше: { $own }, { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
} { $others }.
say-better-sure = Замечаний стало меньше: { $kind ->
    [week] неделей раньше
    [month] месяцем раньше
   *[other] в прошлый период
} было { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
}. Случайностью это не объяснить.
say-better-look = Похоже, становится лучше: { $kind ->
    [week] неделей раньше
    [month] месяцем раньше
   *[other] в прошлый период
} было { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
}.
say-worse-sure = Замечаний стало больше: { $kind ->
    [week] неделей раньше
    [month] месяцем раньше
   *[other] в прошлый период
} было { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
}. Случайностью это не объяснить.
say-worse-look = Похоже, замечаний становится больше: { $kind ->
    [week] неделей раньше
    [month] месяцем раньше
   *[other] в прошлый период
} было { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
}.
say-chance-1 = { $kind ->
    [week] Неделей раньше
    [month] Месяцем раньше
   *[other] В прошлый период
} было { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
}: разница может быть случайной.
say-chance-2 = Заметных изменений нет: { $kind ->
    [week] неделей раньше
    [month] месяцем раньше
   *[other] в прошлый период
} было { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
}.
say-no-before = Сравнить пока не с чем: { $kind ->
    [week] неделей раньше
    [month] месяцем раньше
   *[other] в прошлый период
} сделок в работе не было.
say-zone-1 = Больше всего внимания просит «{ $rule }»: { $count } из { $all }.
say-zone-2 = Первое, чем стоит заняться, — «{ $rule }»: { $count } из { $all }.
say-zone-all = { $all ->
    [one] Единственное замечание — «{ $rule }».
   *[other] Все замечания — одно и то же: «{ $rule }».
}
say-hung = { $deals ->
    [one] Висит { $deals } сделка
    [few] Висят { $deals } сделки
   *[other] Висит { $deals } сделок
} на { $sum }: { $deals ->
    [one] с неё и стоит начать.
   *[other] с них и стоит начать.
}
say-begin = Как это исправить, сказано ниже, в разделе «Что сделать».
say-best = Меньше всего замечаний на 100 сделок: { $names }.
say-help = Кому сейчас помочь в первую очередь: { $names }.
say-best-groups = Лучше всего идут дела здесь: { $names }.
say-help-groups = Каким группам сейчас помочь в первую очередь: { $names }.
say-named = { $name } ({ $rate })
say-named-group = «{ $name }» ({ $rate })

## Сильные стороны

strong-clean = { $deals ->
    [one] { $deals } сделка в работе
    [few] { $deals } сделки в работе
   *[other] { $deals } сделок в работе
} и ни одного замечания.
strong-low = Замечаний меньше, чем у большинства: { $rate } на 100 сделок с учётом тяжести, по компании { $company }.
strong-fewer-sure = Замечаний стало меньше: { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
} раньше, { $after } на { $deals-after ->
    [one] { $deals-after } сделку
    [few] { $deals-after } сделки
   *[other] { $deals-after } сделок
} теперь. Случайностью это не объяснить.
strong-fewer-look = Похоже, замечаний становится меньше: { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
} раньше, { $after } на { $deals-after ->
    [one] { $deals-after } сделку
    [few] { $deals-after } сделки
   *[other] { $deals-after } сделок
} теперь.
strong-fewer-of = «{ $rule }» встречается гораздо реже: было { $before }, стало { $after }.
strong-rare = «{ $rule }» встречается реже, чем { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
}: { $own } на { $deals ->
    [one] { $deals } сделку
    [few] { $deals } сделки
   *[other] { $deals } сделок
} против { $others } на { $other-deals }.
strong-quick = Заявки не ждут: за 15 рабочих минут отвечено на { $part } из { $whole } ({ $own }), { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
} { $others }.
strong-wins = Выигрывается больше сделок: { $part } из { $whole } закрытых ({ $own }), { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
} { $others }.

## Зоны роста

growth-more-sure = Замечаний стало больше: { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
} раньше, { $after } на { $deals-after ->
    [one] { $deals-after } сделку
    [few] { $deals-after } сделки
   *[other] { $deals-after } сделок
} теперь. Случайностью это не объяснить.
growth-more-look = Похоже, замечаний становится больше: { $before } на { $deals-before ->
    [one] { $deals-before } сделку
    [few] { $deals-before } сделки
   *[other] { $deals-before } сделок
} раньше, { $after } на { $deals-after ->
    [one] { $deals-after } сделку
    [few] { $deals-after } сделки
   *[other] { $deals-after } сделок
} теперь.
growth-rule = { $count } { $count ->
    [one] замечание
    [few] замечания
   *[other] замечаний
}{ $deals ->
    [0] .
    [one] { " " }в { $deals } сделке.
   *[other] { " " }в { $deals } сделках.
}
growth-rule-others = С учётом тяжести это { $rate } на 100 сделок, { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
} { $others }{ $told ->
    [chance] ; разница может быть случайной.
   *[other] .
}
growth-rule-again = { $again ->
    [one] { $again } из них повторяет то, что уже исправляли.
   *[other] { $again } из них повторяют то, что уже исправляли.
}
growth-rule-all-again = Все они повторяют то, что уже исправляли.
growth-rule-worse = Стало больше: раньше было { $before }.
growth-hung = { $deals ->
    [one] Висит { $deals } сделка
    [few] Висят { $deals } сделки
   *[other] Висит { $deals } сделок
} на { $sum }; с учётом доли выигранных под угрозой { $worth }.
growth-hung-plain = { $deals ->
    [one] Висит { $deals } сделка
    [few] Висят { $deals } сделки
   *[other] Висит { $deals } сделок
} на { $sum }.
growth-slow = Заявки ждут дольше: за 15 рабочих минут отвечено на { $part } из { $whole } ({ $own }), { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
} { $others }.
growth-loses = Выигрывается меньше сделок: { $part } из { $whole } закрытых ({ $own }), { $base ->
    [group] у остальных в группе
    [groups] у других групп
   *[company] у остальных в компании
} { $others }.

## Только в этом отчёте

weekly-title = Только в этом отчёте
weekly-note = Об этих правилах регламент велит сообщать раз в неделю: в ежедневные заметки они не попадают.
weekly-nothing = За неделю ничего не нашли: { $rules }.

## Вне светофора

beside-title = Вне светофора
beside-hand = Сделано вручную и передано: { $count } { $count ->
    [one] замечание
    [few] замечания
   *[other] замечаний
}{ $deals ->
    [0] { "" }
    [one] { " " }в { $deals } сделке
   *[other] { " " }в { $deals } сделках
}{ $has-sum ->
    [yes] { " " }на { $sum }
   *[no] { "" }
}.
beside-kept = Сделано вручную, но решено не передавать: { $count } { $count ->
    [one] замечание
    [few] замечания
   *[other] замечаний
}{ $deals ->
    [0] { "" }
    [one] { " " }в { $deals } сделке
   *[other] { " " }в { $deals } сделках
}{ $has-sum ->
    [yes] { " " }на { $sum }
   *[no] { "" }
}.
beside-exempt = Решено не обращать внимания: { $count } { $count ->
    [one] замечание
    [few] замечания
   *[other] замечаний
}{ $deals ->
    [0] { "" }
    [one] { " " }в { $deals } сделке
   *[other] { " " }в { $deals } сделках
}{ $has-sum ->
    [yes] { " " }на { $sum }
   *[no] { "" }
}.
beside-dismissed = Снято после спора: { $count } { $count ->
    [one] замечание
    [few] замечания
   *[other] замечаний
}{ $deals ->
    [0] { "" }
    [one] { " " }в { $deals } сделке
   *[other] { " " }в { $deals } сделках
}{ $has-sum ->
    [yes] { " " }на { $sum }
   *[no] { "" }
}.
beside-by = { $decided ->
    [hand] Кто передал
   *[other] Кто решил
}: { $names }.
beside-by-program = Без координатора, как настроено в компании: { $count }.
beside-reason = «{ $reason }»
beside-reasons = { $count ->
    [one] Причина: { $reasons }.
   *[other] Причины: { $reasons }.
}
beside-list = Список

## Что сделать

advice-hung-title = Висящие сделки
advice-hung = Начните с самых дорогих. Решите по каждой, что дальше: следующий этап, задача с датой или отказ с причиной.
advice-slow-title = Ответ на заявки
advice-slow = Держите уведомления о новых заявках включёнными и договоритесь, кому передавать заявку, если вы заняты.
advice-loses-title = Проигранные сделки
advice-loses = Разберите последние отказы: на каком этапе клиент ушёл, что ему ответили и что можно было предложить.
advice-all = Все примеры

## Примеры

proof-clean = в работе без замечаний
proof-won = выиграна
proof-lost = проиграна
proof-hangs = стоит на этапе «{ $stage }» с { $since }, { $price }
proof-hangs-plain = стоит на этапе «{ $stage }» с { $since }
proof-answered = ответ через { $time }
proof-unanswered = ответа пока нет

## Сообщение для чата

chat-strong = Хорошо:
chat-growth = Зоны роста:
chat-advice = Что сделать:
chat-weekly = Только в этом отчёте:
chat-beside = Вне светофора:
chat-people = Светофор:
chat-more = Полностью: { $link }
chat-cut = Остальное — в полном отчёте.
