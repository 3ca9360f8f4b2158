### Что узнают люди: ежедневные заметки и сообщения. Те же сообщения с теми же переменными: en.ftl.

quoted = «{ $text }»

## Ежедневная заметка: тема

daily-subject = Заметка на { $day }
daily-subject-new = Заметка на { $day }: { $count ->
    [one] { $count } новое замечание
    [few] { $count } новых замечания
   *[other] { $count } новых замечаний
}
daily-subject-open = Заметка на { $day }: нового нет, { $count ->
    [one] ждёт ответа { $count } замечание
    [few] ждут ответа { $count } замечания
   *[other] ждут ответа { $count } замечаний
}
daily-subject-clean = Заметка на { $day }: замечаний нет
daily-subject-waits = Заметка на { $day }: { $count ->
    [one] ждёт вашего решения { $count } вопрос
    [few] ждут вашего решения { $count } вопроса
   *[other] ждут вашего решения { $count } вопросов
}
daily-subject-silent = Заметка на { $day }: из CRM ничего не поступает
daily-subject-free = Заметка на { $day }: решать нечего

## Ежедневная заметка: что найдено

daily-day = За { $from }
daily-days = С { $from } по { $to }
daily-paused = С { $day } уведомления были приостановлены; здесь всё за это время.
daily-checked = { $days } { $count ->
    [one] проверена { $count } сделка.
    [few] проверены { $count } сделки.
   *[other] проверено { $count } сделок.
}
daily-not-checked = { $days } ничего не проверено.
daily-clean = { $days } замечаний нет, { $count ->
    [one] проверена { $count } сделка.
    [few] проверены { $count } сделки.
   *[other] проверено { $count } сделок.
}
daily-nothing-new = { $days } новых замечаний нет, { $count ->
    [one] проверена { $count } сделка.
    [few] проверены { $count } сделки.
   *[other] проверено { $count } сделок.
}
daily-new = { $days } новых замечаний: { $count }, { $deals ->
    [one] в { $deals } сделке
   *[other] в { $deals } сделках
} из { $of } проверенных.
daily-gross = Из них грубых: { $count }.
daily-again = Повторных: { $count } из { $of }.
daily-mended = Отработано: { $count } из { $of }.
daily-open = Ждут ответа: { $count }.
daily-due = Сегодня последний день для возражения: { $count } из { $of }.
daily-money = Деньги под угрозой: { $money } в { $count ->
    [one] { $count } сделке
   *[other] { $count } сделках
}.
daily-begin-with = С чего начать

## Ежедневная заметка: люди

daily-people = По людям
daily-person = { $name }: новых { $new }, ждут ответа { $open }
daily-person-gross = { $name }: новых { $new }, ждут ответа { $open }, из них грубых { $gross }
daily-more-people = { $count ->
    [one] И ещё { $count } человек: на странице.
    [few] И ещё { $count } человека: на странице.
   *[other] И ещё { $count } человек: на странице.
}
daily-away = Сегодня отсутствуют
daily-away-one = { $name }: { $kind }
daily-away-until = { $name }: { $kind } по { $until }
daily-away-deals = { $count ->
    [one] без присмотра { $count } открытая сделка
    [few] без присмотра { $count } открытые сделки
   *[other] без присмотра { $count } открытых сделок
}
away-vacation = отпуск
away-sick = болеет
away-trip = командировка
away-other = отсутствует

## Ежедневная заметка: что ждёт координатора

daily-to-pass-on = Ждут передачи: { $count }, первое с { $since }.
daily-disputes = Возражений ждут решения: { $count }, ближайший срок { $next }.
daily-disputes-open = Возражений ждут решения: { $count }.
daily-disputes-today = Срок заканчивается сегодня: { $count } из { $of }.
daily-disputes-late = Срок уже прошёл: { $count } из { $of }.
daily-nothing-waits = Передавать и решать сейчас нечего.
daily-unchecked = Что не проверено
daily-silent-since = Из CRM ничего не поступало с { $since }: эти дни не проверены. Посмотрите, работает ли подключение.
daily-silent-ever = Из CRM ещё ничего не поступало: проверять нечего. Посмотрите, работает ли подключение.
daily-without-deals = Без сделок в работе, проверять было нечего: { $names }.
daily-and-more = { $count ->
    [one] {" "}и ещё { $count } человек
    [few] {" "}и ещё { $count } человека
   *[other] {" "}и ещё { $count } человек
}

## Что сообщают сразу

once-subject-gross = Грубое нарушение: { $rule }
once-subject-violation = Нарушение: { $rule }
once-subject-remark = Замечание: { $rule }
once-subject-many = Новых замечаний: { $count }
once-many = Всего { $count }, { $shown ->
    [one] самое серьёзное:
   *[other] самые серьёзные { $shown }:
}
once-instead = Сообщаем вам, потому что { $name } отсутствует.
button-ack = Принять
button-cause = Указать причину
button-dispute = Возразить

## Чат группы

chat-rule = { $rule } — { $count }
chat-more = { $count ->
    [one] И ещё { $count } замечание.
    [few] И ещё { $count } замечания.
   *[other] И ещё { $count } замечаний.
}

## Что произошло

happened-check-back-to-work = Проигранную сделку вернули в работу
happened-check-closed-rightly = Сделка закрыта верно
happened-check-opened = Проигранная сделка ждёт проверки
happened-exemption-ended = Исключение закончено
happened-exemption-made = Записано исключение
happened-finding-acknowledged = Замечание принято
happened-finding-cured = Замечание исправлено
happened-finding-dismissed = Возражение удовлетворено: замечание отменено
happened-finding-disputed = Возражение ждёт решения
happened-finding-exempted = Замечание не передано
happened-finding-made = Замечание ждёт передачи
happened-finding-partly = Возражение удовлетворено частично: замечание смягчено
happened-finding-passed-on = Вам передали замечание
happened-finding-reopened = Замечание открыто снова
happened-finding-upheld = Возражение отклонено: замечание остаётся
happened-goal-set = Вам поставили цель
happened-rule-fell = Правило стало советом
happened-rule-ruled = Решение о правиле
happened-said = Комментарий: { $text }

## Что лежит без ответа

unhandled-subject = Без ответа на { $day }: { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[other] { $count } человек
}
unhandled-what = { $count ->
    [one] Заметки не прочитаны или замечания не разобраны уже { $count } рабочий день.
    [few] Заметки не прочитаны или замечания не разобраны уже { $count } рабочих дня.
   *[other] Заметки не прочитаны или замечания не разобраны уже { $count } рабочих дней.
}
unhandled-findings = { $count ->
    [one] { $count } замечание без ответа
    [few] { $count } замечания без ответа
   *[other] { $count } замечаний без ответа
}, первое с { $since }
unhandled-notes = { $count ->
    [one] { $count } заметка не прочитана
    [few] { $count } заметки не прочитаны
   *[other] { $count } заметок не прочитано
}, первая от { $since }

drafts-subject = Отчёты готовы, можно проверить тексты: { $count ->
    [one] { $count } отчёт
    [few] { $count } отчёта
   *[other] { $count } отчётов
}
drafts-until = Тексты можно править до { $time }: в это время отчёты уйдут адресатам.
drafts-by-hand = Отчёты уйдут адресатам, когда вы их отправите.
