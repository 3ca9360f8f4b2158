### Слова описаний правил: для `svetofor rule` и для страниц docs/rules.

rules-indicator = Показатель
rules-code = Код
rules-title = Что находит
rules-severity = Тяжесть
rule-mend = Как исправить
rule-params = Параметры
rule-param = Параметр
rule-default = По умолчанию
rule-meaning = Что значит
rule-common = У каждого правила есть ещё: severity, pipelines, stages, clock, enabled, roles, tells.
rule-settings = Настройка в примерах
rule-breaks = Пример, который его нарушает
rule-keeps = Пример, который не нарушает

## Страницы

document-generated = Страница составлена программой по описанию правила. Правьте описание, а страницу обновляйте: см. CONTRIBUTING.md.
document-heading = Правила
document-intro =
    Здесь описаны все правила, которыми можно проверить историю. То же самое на экране показывают `svetofor rules` и
    `svetofor rule КОД`. Правило работает, только если оно названо в регламенте;
    как писать регламент, сказано в [руководстве](../../guide.ru.md#регламент).
document-rules = { $count ->
    [one] Всего { $count } правило.
    [few] Всего { $count } правила.
   *[other] Всего { $count } правил.
}
document-purpose = Зачем это правило
document-scope = На что смотрит
document-examples = Как читать примеры
document-world =
    Все примеры происходят в одной маленькой компании в марте 2026 года, время московское. Рабочие часы — с понедельника по
    пятницу с 09:00 до 18:00. В одной группе работают:
document-left = , последний день — { $date }
document-away = , в отпуске с { $from } по { $to }
document-way = Сделка проходит этапы; в скобках — их номера в настройках:
document-stage-open = открытый
document-stage-won = успешный
document-stage-lost = отказ
document-world-link = [Как читать примеры](README.md#как-читать-примеры)
document-when = Когда
document-deal = Сделка
document-event = Что произошло
document-details = Подробности
document-checked = Проверка на { $now }.
document-says = { $count ->
    [1] Программа скажет:
    [one] Программа найдёт { $count } замечание и скажет:
    [few] Программа найдёт { $count } замечания и скажет:
   *[other] Программа найдёт { $count } замечаний и скажет:
}
document-severity = Тяжесть по умолчанию
document-silent = Программа не найдёт ничего.
document-no-params = Своих параметров у правила нет.
document-common-link = Что они значат, сказано в [руководстве](../../guide.ru.md#регламент).
document-snippet = В регламенте
document-snippet-about = Значения по умолчанию писать не обязательно: здесь они стоят, чтобы их было удобно поменять.
document-back = [Все правила](README.md)

scope-deal = одна сделка
scope-client = все сделки клиента
scope-employee = работа одного сотрудника по всем сделкам
scope-group = закрытия сделок в группе
scope-stage = все сделки этапа

indicator-0 = Свои правила
indicator-1 = Скорость обработки заявок
indicator-2 = Движение сделок по воронке
indicator-3 = Просроченные задачи
indicator-4 = Сделки без задач и без ответственного
indicator-5 = Результаты задач
indicator-6 = История общения с клиентом
indicator-7 = Поля карточки
indicator-8 = Названия сделок
indicator-9 = Причины закрытия
indicator-10 = Рабочее время в CRM

## События

event-created = сделка создана
event-stage_changed = сделка перешла на этап
event-responsible_changed = сменился ответственный
event-renamed = сделка переименована
event-price_set = указана сумма
event-field_set = заполнено поле
event-loss_reason_set = указана причина отказа
event-task_added = поставлена задача
event-task_moved = задача перенесена
event-task_completed = задача выполнена
event-task_removed = задача удалена
event-call_in = звонок клиента
event-call_out = звонок клиенту
event-message_in = сообщение клиента
event-message_out = сообщение клиенту
event-note_added = примечание
event-meeting = встреча
event-payment = оплата
event-client_left = клиент ушёл
event-removed = сделка удалена

## Столбцы событий; с видом события через дефис — свои слова для этого вида

column-actor = кто сделал
column-stage = этап
column-employee = сотрудник
column-employee-created = ответственный
column-employee-responsible_changed = новый ответственный
column-employee-task_added = чья задача
column-employee-task_moved = чья задача
column-task = задача
column-due = срок
column-text = текст
column-text-created = название
column-text-renamed = новое название
column-text-field_set = значение
column-text-loss_reason_set = комментарий
column-text-task_completed = результат
column-field = поле
column-field-loss_reason_set = причина
column-amount = сумма
column-amount-call_in = разговор, с
column-amount-call_out = разговор, с
column-client = клиент
column-channel = канал
column-channel-created = источник
column-channel-task_added = тип задачи
column-nothing = пусто
