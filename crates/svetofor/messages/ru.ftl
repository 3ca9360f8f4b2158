### Слова программы. Те же сообщения с теми же переменными: en.ftl.

error = Ошибка
warning = Внимание

## Справка

help = Отдел контроля качества в одной программе: проверяет CRM по письменному регламенту
help-lang = Язык сообщений: ru или en (по умолчанию — язык регламента, без него русский)
help-demo = Создать небольшую компанию, проверить её и показать светофор
help-demo-seed = Число, по которому создаётся компания: одно и то же число — одна и та же компания
help-demo-out = Куда сложить историю и регламент компании (по умолчанию — временная папка)
help-audit = Проверить историю по регламенту
help-audit-history = Папка с историей
help-audit-regulation = Файл регламента или папка с его редакциями (по умолчанию — начальный регламент)
help-audit-now = Момент, на который судить: 2026-03-01T09:00:00+03:00 или миллисекунды Unix (по умолчанию — последнее событие)
help-audit-from = Показать нарушения с этого дня (включительно)
help-audit-to = Показать нарушения по этот день (включительно)
help-audit-format = Вид отчёта: table — для людей, jsonl — по замечанию в строке для программ
help-audit-out = Записать в файл, а не на экран
help-audit-strict = Считать ошибкой любую испорченную строку истории
help-regulation = Создать или проверить регламент
help-regulation-new = Записать начальный регламент с пояснениями
help-regulation-new-file = Куда записать
help-regulation-check = Сказать словами, чего требует регламент, и показать ошибки в нём
help-regulation-check-file = Файл регламента или папка с его редакциями
help-regulation-check-history = Сверить этапы, воронки и поля с этой историей
help-rules = Перечислить все правила
help-rule = Объяснить правило: зачем оно, примеры, параметры
help-rule-code = Код правила, например first-response
help-import = Превратить чужие таблицы (CSV, XLSX) в историю
help-import-mapping = Файл соответствия или имя готового, например zoho-crm
help-import-out = Папка для истории
help-import-files = Таблицы в любом порядке
help-sandbox = Придуманные данные для проб и замеров
help-sandbox-history = Создать большую историю
help-sandbox-history-deals = Сколько сделок
help-sandbox-history-seed = Число, по которому создаётся история
help-sandbox-history-out = Папка для истории
help-any-lang = { help-lang }
help-any-format = Вид списка событий: csv, jsonl или parquet

## Ход работы

progress-read = Читаю историю
progress-judge = Проверяю
progress-write = Записываю
progress-import = Читаю таблицы
progress-make = Создаю историю
audit-done = Готово: { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[other] { $count } замечаний
}.

## Ошибки

read-no-folder = { $path } — не папка с историей
read-no-file = в папке { $folder } нет файла { $file }, без него история не читается
read-two-forms = { $first } и { $second } — один и тот же список в двух видах; оставьте один
read-io = не удаётся прочитать { $path }: { $error }
read-malformed = { $file } не удаётся разобрать: { $reason }
read-too-many = в истории больше 4 294 967 295 событий
read-file = не удаётся прочитать { $path }
not-utf8 = { $path } не в кодировке UTF-8; сохраните файл в UTF-8
not-written = не удаётся записать { $path }
bad-now = «{ $value }» — не момент времени; нужно, например, 2026-03-01T09:00:00+03:00 или миллисекунды Unix
period-turned = конец периода { $to } раньше начала { $from }
strict = в истории { $count ->
    [one] { $count } испорченное место
    [few] { $count } испорченных места
   *[other] { $count } испорченных мест
}, а с --strict это ошибка
problems-more = … и ещё { $count ->
    [one] { $count } место
    [few] { $count } места
   *[other] { $count } мест
}

problem-unreadable = строка не читается: { $error }
problem-missing = пусто в столбце { $column }
problem-bad = в столбце { $column } стоит «{ $value }»; нужно: { $expected }
problem-twice = { $column } «{ $value }» встречается второй раз; учтена первая строка
problem-unknown-column = столбца «{ $column }» в формате нет, он пропущен
problem-cut-short = файл обрывается: { $error }

## Регламент

regulation-written = Регламент записан в { $path }. Откройте его, поправьте под себя и проверьте: svetofor regulation check { $path }
regulation-not-written = не удаётся записать регламент в { $path } (существующий файл не перезаписывается)

## Правила

rules-indicator = Показатель
rules-code = Код
rules-title = Что находит
rules-severity = Тяжесть
rules-more = Подробно о правиле: svetofor rule КОД
rule-unknown = правила «{ $code }» нет.
rule-nearest = Может быть, «{ $nearest }»?
rule-mend = Как исправить
rule-params = Параметры
rule-param = Параметр
rule-default = По умолчанию
rule-meaning = Что значит
rule-common = У каждого правила есть ещё: severity, pipelines, stages, clock, enabled, roles, tells.
rule-settings = Настройка в примерах
rule-breaks = Пример, который его нарушает
rule-keeps = Пример, который не нарушает
rule-language = В примерах: день марта 2026 года (2-е — понедельник) и час в Москве, сделка, событие; работают пн–пт 09:00–18:00.

## Отчёт

table-head = { $account } · { $regulation }
    Проверено на { $now } ({ $zone }): { $deals ->
        [one] { $deals } сделка
        [few] { $deals } сделки
       *[other] { $deals } сделок
    }, { $events ->
        [one] { $events } событие
        [few] { $events } события
       *[other] { $events } событий
    }, { $findings ->
        [one] { $findings } замечание
        [few] { $findings } замечания
       *[other] { $findings } замечаний
    }
table-period = Нарушения за период: { $from } — { $to }
table-lights = Светофор
table-by-rule = По правилам
table-by-stage = По этапам (где стояла сделка в момент нарушения)
table-worst = Десять худших сделок
table-problems = Что не так с данными
table-no-problems = Данные в порядке: ни одной испорченной строки.
table-who = Кто
table-deals = Сделок
table-remarks = Замеч.
table-violations = Наруш.
table-gross = Грубых
table-rate = На 100 сделок
table-interval = 90 %-интервал
table-light = Светофор
table-company = Вся компания
table-rule = Правило
table-what = Что это
table-findings = Найдено
table-sum = Сумма сделок
table-pipeline = Воронка
table-stage = Этап
table-deal = Сделка
table-title = Название
table-price = Сумма
table-last = Последнее замечание
table-problem = Что
table-count = Сколько

data-unreadable = строка не читается
data-missing = пустое обязательное поле
data-bad-value = значение непонятно
data-duplicate-id = номер встречается второй раз
data-unknown-column = столбец, которого нет в формате
data-cut-short = файл обрывается
data-deal-without-created = сделка без события создания
data-event-before-created = событие раньше создания сделки
data-created-twice = сделка создана второй раз
data-event-after-removed = событие после удаления сделки
data-task-not-open = событие задачи, которой нет среди открытых
data-task-added-twice = задача поставлена под занятым номером
data-task-without-due = задача без срока

## Демонстрация, импорт, песочница

demo-made = Придуманная компания: { $deals ->
    [one] { $deals } сделка
    [few] { $deals } сделки
   *[other] { $deals } сделок
}, { $events ->
    [one] { $events } событие
    [few] { $events } события
   *[other] { $events } событий
}, { $employees ->
    [one] { $employees } человек
    [few] { $employees } человека
   *[other] { $employees } человек
}.
demo-kept = История и регламент лежат в { $path }. Повторить проверку: svetofor audit { $path } --regulation { $path }/regulation.toml
demo-next = Теперь своя история: svetofor import --help, svetofor regulation new, svetofor audit --help
sandbox-made = Готово: { $deals ->
    [one] { $deals } сделка
    [few] { $deals } сделки
   *[other] { $deals } сделок
}, { $events ->
    [one] { $events } событие
    [few] { $events } события
   *[other] { $events } событий
} в { $path }
import-no-mapping = нет ни файла, ни готового соответствия «{ $name }»; готовые: { $known }
