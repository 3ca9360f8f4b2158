### Кому и когда сообщать

notes-title = Что вам сообщали
notes-about = Ежедневные заметки — слово в слово, как они были отправлены.
notes-subject = Заметка
notes-sent = Отправлена
notes-read = Прочитана
notes-none = Заметок ещё не было. Первая придёт утром рабочего дня.
notes-choose = Как мне сообщать
notes-open = Перейти
notes-paused = Уведомления приостановлены до { $until }. Причина: { $reason }
notes-list-new = Новые замечания: { $count }
notes-list-again = Повторные: { $count }
notes-list-mended = Отработано: { $count }
notes-list-mended-of = Можно было отработать: { $count }
notes-list-open = Ждут ответа: { $count }
notes-list-queue = Ждут передачи: { $count }
notes-list-disputes = Возражения: { $count }

notices-title = Уведомления
notices-what = О чём
notices-when = Когда
notices-none = Уведомлений не было.

telling-title = Как вам сообщать
telling-about = В самой программе уведомления приходят всегда. Здесь можно добавить другие каналы и своё тихое время.
telling-telegram = Telegram
telling-telegram-hint = Сообщения пойдут, когда вы подключите бота.
telling-email = Электронная почта
telling-email-hint = Письма пойдут, когда вы подтвердите адрес.
telling-quiet = Не беспокоить
telling-quiet-hint = Например, 20:00-09:00. Пусто — только вне рабочих часов.

telling-company-title = Кому и когда сообщать
telling-company-about = Кому о каком правиле сообщать, написано в регламенте. Сообщения приходят только в рабочие часы получателя.
telling-company-quiet = Тихое время компании
telling-company-quiet-hint = Например, 21:00-08:00. Пусто — достаточно рабочих часов.
telling-note-at = Время ежедневной заметки
telling-note-at-hint = Например, 09:30 по времени компании. Пусто — после начала смены каждого.
telling-note-after = Через сколько минут после начала смены
telling-note-after-hint = От 0 до 600.
telling-window = Сколько минут копить срочные сообщения
telling-window-hint = От 1 до 240. Всё, что нашлось за это время, придёт одним сообщением.
telling-within = Сколько часов нарушение остаётся срочным
telling-within-hint = От 1 до 240. О более старом расскажет ежедневная заметка.
telling-unhandled = Через сколько рабочих дней сообщать директору о неразобранном
telling-unhandled-hint = От 1 до 30. Отсутствие сотрудника не считается.
telling-chat-names = Называть имена в чатах групп
telling-chat-names-hint = Без отметки в чат уходят только числа. Чьи нарушения грубые, в чате не говорится никогда.

unhandled-title = Что лежит без ответа
unhandled-about = { $count ->
    [one] Не прочитано или не разобрано уже { $count } рабочий день. Дни отсутствия не считаются.
    [few] Не прочитано или не разобрано уже { $count } рабочих дня. Дни отсутствия не считаются.
   *[other] Не прочитано или не разобрано уже { $count } рабочих дней. Дни отсутствия не считаются.
}
unhandled-findings = Замечаний
unhandled-notes = Заметок
unhandled-since = С какого времени
unhandled-none = Всё прочитано и разобрано.

pauses-title = Кому сейчас не сообщают
pauses-about = Проверка идёт как обычно, уведомления не приходят. После паузы первая заметка расскажет обо всём.
pauses-none = Сейчас сообщают всем.
pauses-one = { $whose }: до { $until }. Причина: { $reason }
paused-until = Уведомления приостановлены до { $until }
paused-company-until = Уведомления всей компании приостановлены до { $until }
pauses-company = Вся компания
pauses-end = Сообщать снова
pauses-which = Какая пауза
pauses-new = Приостановить уведомления
pauses-make = Приостановить
pauses-whose = Чьи
pauses-last = Последний день паузы
pauses-reason = Причина

tab-notes = Заметки
tab-unhandled = Без ответа
tab-telling = Уведомления
tab-telling-about = тихое время, час ежедневной заметки, имена в чатах
tab-pauses = Паузы
tab-pauses-about = кому сейчас не пишут и до какого дня
fault-quiet = Два времени через дефис, например 22:00-08:00
fault-time = Время в часах и минутах, например 09:30
fault-bounds = Число вне границ, названных под полем
fault-until = День не раньше сегодняшнего и не позже чем через год
fault-day = Выберите день
fault-unknown = Такого канала нет
journal-pause-make = уведомления приостановлены
journal-pause-end = пауза уведомлений закончена
job-note-daily = Ежедневная заметка
job-note-unhandled = Заметка директору о неразобранном
job-findings-raised = Новые замечания одним сообщением
job-telling-outside = Письмо о решении
job-note-chat = Заметка в чат группы
job-findings-chat = Срочное в чат группы
job-report-chat = Отчёт в чат группы
