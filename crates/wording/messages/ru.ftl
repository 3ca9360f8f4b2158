### Слова, общие для всего интерфейса. Те же сообщения с теми же переменными: en.ftl.

## Тяжесть

severity-remark = замечание
    .count = { $count } { $count ->
        [one] замечание
        [few] замечания
       *[many] замечаний
    }
severity-violation = нарушение
    .count = { $count } { $count ->
        [one] нарушение
        [few] нарушения
       *[many] нарушений
    }
severity-gross = грубое нарушение
    .count = { $count } { $count ->
        [one] грубое нарушение
        [few] грубых нарушения
       *[many] грубых нарушений
    }

## Светофор: цвет всегда с формой и словом

lamp-green = { lamp-green.shape } { lamp-green.word }
    .shape = ●
    .word = зелёный
lamp-yellow = { lamp-yellow.shape } { lamp-yellow.word }
    .shape = ▲
    .word = жёлтый
lamp-red = { lamp-red.shape } { lamp-red.word }
    .shape = ■
    .word = красный
lamp-little-data = { lamp-little-data.shape } { lamp-little-data.word }
    .shape = ○
    .word = мало данных

## Цифры и их основание

borderline = на границе
part-of-whole = { $part } из { $whole }

## Время

working-time = { $duration } раб.

unit-day = дн
unit-hour = ч
unit-minute = мин
unit-second = с

month-short-1 = янв
month-short-2 = фев
month-short-3 = мар
month-short-4 = апр
month-short-5 = мая
month-short-6 = июн
month-short-7 = июл
month-short-8 = авг
month-short-9 = сен
month-short-10 = окт
month-short-11 = ноя
month-short-12 = дек

weekday-short-1 = пн
weekday-short-2 = вт
weekday-short-3 = ср
weekday-short-4 = чт
weekday-short-5 = пт
weekday-short-6 = сб
weekday-short-7 = вс

## Что случилось в сделке

kind-created = Сделка создана
kind-stage_changed = Этап
kind-responsible_changed = Ответственный
kind-renamed = Название
kind-price_set = Цена
kind-field_set = Поле
kind-loss_reason_set = Причина отказа
kind-task_added = Поставлена задача
kind-task_moved = Срок задачи перенесён
kind-task_completed = Задача выполнена
kind-task_removed = Задача удалена
kind-call_in = Звонок от клиента
kind-call_out = Звонок клиенту
kind-message_in = Сообщение от клиента
kind-message_out = Сообщение клиенту
kind-note_added = Примечание
kind-meeting = Встреча
kind-payment = Оплата
kind-client_left = Клиент ушёл
kind-removed = Сделка удалена
