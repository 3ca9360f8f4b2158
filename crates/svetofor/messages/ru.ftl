### Слова программы. Те же сообщения с теми же переменными: en.ftl.

error = Ошибка
warning = Внимание

## Справка

help = Отдел контроля качества в одной программе: проверяет CRM по письменному регламенту
help-lang = Язык сообщений: ru или en (по умолчанию — язык регламента, без него русский)
help-demo = Создать небольшую компанию, проверить её и показать светофор
help-demo-seed = Число, по которому создаётся компания: одно и то же число — одна и та же компания
help-demo-out = Куда сложить историю и регламент компании (по умолчанию — временная папка)
help-demo-report = Куда записать отчёт страницей
help-demo-listen = Затем обслуживать компанию по этому адресу (если не назван — 127.0.0.1:8080): она дожила до этой минуты и живёт дальше
help-demo-accounts = Тоже запустить сервер и записать логин и ключ API на каждый доступ в этот файл в виде JSON
help-demo-data = Тоже запустить сервер и хранить данные в этой папке (по умолчанию — временная)
help-serve = Запустить сервер: REST API, люди и доступ
help-serve-listen = Адрес, по которому слушать
help-serve-data = Папка для данных; если её нет, будет создана. С DATABASE_URL вместо неё работает PostgreSQL
help-serve-public_url = Адрес, по которому заходят люди, если он другой: https://qc.example.ru
help-serve-behind_proxy = Запросы приходят через ваш прокси, который пишет адрес клиента последним в X-Forwarded-For
help-serve-no_worker = Оставить доставку и задания процессам `svetofor worker` (с PostgreSQL)
help-worker = Выполнять доставку и задания рядом с сервером; с PostgreSQL таких процессов может быть сколько угодно
help-worker-data = Папка для данных; с SQLite доставку выполняет сам сервер, и команда откажется работать
help-worker-public_url = Адрес, по которому заходят люди: он стоит в ссылках писем и сообщений
help-link = Сделать ссылку, по которой выберет новый пароль тот, кто не может войти; сервер может работать
help-link-login = Его логин
help-link-data = { help-serve-data }
help-company = Компании сервера: завести, перечислить, внести и выгрузить историю целиком
help-company-add = Завести компанию; сервер может работать
help-company-add-name = Название
help-company-add-timezone = Часовой пояс, например Europe/Moscow
help-company-add-currency = Валюта, например RUB
help-company-add-regulation = Файл регламента или папка с его редакциями (по умолчанию — начальный регламент)
help-company-add-administrator = Логин администратора; будет напечатана ссылка, по которой он войдёт
help-company-add-data = { help-serve-data }
help-company-list = Перечислить компании; сервер может работать
help-company-list-data = { help-serve-data }
help-company-import = Внести папку с историей в компанию; повторно добавится только новое. Если сервер работает, внесёт он сам
help-company-import-company = Номер компании или её название
help-company-import-history = Папка с историей
help-company-import-regulation = Файл регламента или папка с его редакциями, которые вступят в силу
help-company-import-data = { help-serve-data }
help-company-export = Выгрузить историю и регламент компании в папку; сервер может работать
help-company-export-company = { help-company-import-company }
help-company-export-out = Папка; в ней появятся history и regulation
help-company-export-data = { help-serve-data }
help-backup = Записать всё хранилище в один файл; сервер может работать
help-backup-file = Новый файл
help-backup-data = { help-serve-data }
help-restore = Восстановить резервную копию в пустую папку
help-restore-file = Резервная копия
help-restore-data = { help-serve-data }
help-audit = Проверить историю по регламенту
help-audit-history = Папка с историей
help-audit-regulation = Файл регламента или папка с его редакциями (по умолчанию — начальный регламент)
help-audit-now = Момент, на который судить: 2026-03-01T09:00:00+03:00 или миллисекунды Unix (по умолчанию — последнее событие)
help-audit-from = Показать нарушения с этого дня (включительно)
help-audit-to = Показать нарушения по этот день (включительно)
help-audit-format = Вид отчёта: table — на экран, html — страница, xlsx — книга, jsonl — по замечанию в строке для программ; у html и xlsx период по умолчанию — последняя полная неделя
help-audit-out = Записать в файл, а не на экран
help-audit-strict = Считать ошибкой любую испорченную строку истории
help-funnel = Показать воронку: конверсию, время на этапах, скорость ответа и зависшие деньги
help-funnel-history = { help-audit-history }
help-funnel-regulation = { help-audit-regulation }
help-funnel-now = { help-audit-now }
help-funnel-from = Сделки, вошедшие на этапы с этого дня (включительно)
help-funnel-to = Сделки, вошедшие на этапы по этот день (включительно)
help-funnel-by = Разложить: employee — по ответственным, source — по источникам, month — по месяцам
help-backtest = Показать, что нашёл бы другой регламент в той же истории
help-backtest-history = { help-audit-history }
help-backtest-regulation = Нынешний регламент (по умолчанию — начальный)
help-backtest-against = Регламент, который примеряется
help-backtest-now = { help-audit-now }
help-backtest-from = { help-audit-from }
help-backtest-to = { help-audit-to }
help-regulation = Создать или проверить регламент
help-regulation-new = Записать начальный регламент с пояснениями
help-regulation-new-file = Куда записать
help-regulation-new-starter = С какого регламента начать: starter — общий, reon-ten-indicators — десять показателей с нормами на человека, synergy-association — работа с членами ассоциации, zolotarev-workshop — мастерская с семью воронками и сменами
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
help-sandbox-check = Подложить в придуманную историю известные ошибки и посчитать, сколько из них найдёт аудит
help-sandbox-check-deals = Сколько сделок, не больше 20 000
help-sandbox-check-seed = Число, по которому создаются история и ошибки в ней
help-sandbox-check-markdown = Напечатать таблицу в разметке Markdown
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
xlsx-needs-out = книга XLSX не для экрана: укажите файл, например --out report.xlsx
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
regulation-no-starter = готового регламента «{ $name }» нет; готовые: { $known }.
regulation-not-written = не удаётся записать регламент в { $path } (существующий файл не перезаписывается)

## Правила

rules-more = Подробно о правиле: svetofor rule КОД
rule-unknown = правила «{ $code }» нет.
rule-nearest = Может быть, «{ $nearest }»?
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
demo-report = Отчёт за последнюю полную неделю: { $path }. Откройте его в браузере.
demo-kept = История и регламент лежат в { $path }. Повторить проверку: svetofor audit { $path } --regulation { $path }/regulation.toml
demo-next = Теперь своя история: svetofor import --help, svetofor regulation new, svetofor audit --help
demo-serve = Посмотреть её на сервере: svetofor demo --listen 127.0.0.1:8080
demo-occupied = в { $path } уже есть компании, придуманной среди них не место; назовите другую папку через --data или запустите с этой: svetofor serve --data { $path }
demo-accounts = Войдите под любым из этих имён; ключ — для API (Authorization: Bearer …)
demo-access = Доступ
demo-login = Логин
demo-password = Пароль
demo-token = Ключ API
demo-access-employee = Сотрудник
demo-access-lead = Звеньевой
demo-access-coordinator = Ответственный
demo-access-specialist = Контролёр
demo-access-head = РОП
demo-access-director = Директор
demo-access-administrator = Администратор
demo-access-client_manager = Работа с клиентами
demo-access-interviewer = Интервьюер
demo-access-shopper = Тайный покупатель
sandbox-made = Готово: { $deals ->
    [one] { $deals } сделка
    [few] { $deals } сделки
   *[other] { $deals } сделок
}, { $events ->
    [one] { $events } событие
    [few] { $events } события
   *[other] { $events } событий
} в { $path }
accuracy-rule = Правило
accuracy-planted = Подложено
accuracy-found = Найдено
accuracy-hits = Из них подложено
accuracy-precision = Точность
accuracy-recall = Полнота
accuracy-all = Всего
accuracy-title = Насколько точен аудит
accuracy-about = В придуманной компании все работают по регламенту, кроме ошибок, которые подложены нарочно и перечислены. Многие сделки подходят к ошибке вплотную: ответ в последнее мгновение срока, девять закрытий там, где десять уже много. Точность — доля подложенных среди найденных замечаний, полнота — доля найденных среди подложенных ошибок. Ошибка считается найденной, только если верны и правило, и сделка, и сотрудник, и время; для трёх правил о долях достаточно месяца.
accuracy-made = { $deals ->
    [one] { $deals } сделка
    [few] { $deals } сделки
   *[other] { $deals } сделок
}, { $events ->
    [one] { $events } событие
    [few] { $events } события
   *[other] { $events } событий
}, { $faults ->
    [one] { $faults } подложенная ошибка
    [few] { $faults } подложенные ошибки
   *[other] { $faults } подложенных ошибок
}.
import-no-mapping = нет ни файла, ни готового соответствия «{ $name }»; готовые: { $known }

## Что понятно в ячейке

expected-kind = вид события, например created
expected-instant = момент вида 2026-03-01T09:00:00+03:00 или целые миллисекунды Unix
expected-number = число вида 1250.50
expected-number-below = число меньше 90 триллионов
expected-seconds = секунды разговора, 0 или больше
expected-whole-number = целое число
expected-date = дата вида 2026-03-01
expected-after-from = момент позже, чем в столбце from
expected-true-false = true или false
expected-role = seller, manager, performer, lead или other
expected-absence = vacation, sick, trip или other
expected-stage-kind = open, won или lost
expected-employee = сотрудник из employees.csv

## Отчёт об импорте

import-tables = Таблицы
import-file = { $file }: { $source }, { $rows ->
    [one] { $rows } строка
    [few] { $rows } строки
   *[other] { $rows } строк
} ({ $form })
import-file-left-out = { $file }: таблица пропущена
import-file-rows = размещено { $used }, отложено намеренно { $aside }, не размещено { $dropped }
import-file-reference = событий не даёт: в ней только ищут строки других таблиц
import-file-unused = не понадобились столбцы: { $columns }
import-form-spreadsheet = электронная таблица
import-form-html = таблица веб-страницы
import-written = Записано
import-written-events = { $events ->
    [one] { $events } событие
    [few] { $events } события
   *[other] { $events } событий
}, { $deals ->
    [one] { $deals } сделка
    [few] { $deals } сделки
   *[other] { $deals } сделок
}
import-written-people = { $employees ->
    [one] { $employees } сотрудник
    [few] { $employees } сотрудника
   *[other] { $employees } сотрудников
}, { $groups ->
    [one] { $groups } группа
    [few] { $groups } группы
   *[other] { $groups } групп
}, { $stages ->
    [one] { $stages } этап
    [few] { $stages } этапа
   *[other] { $stages } этапов
}
import-span = с { $from } по { $to }
import-set-aside = Отложено намеренно
import-no-problems = Недочётов нет: каждая строка размещена или отложена намеренно.
import-problems = Что не удалось разместить или сомнительно
import-empty = пусто
import-value = «{ $value }»

import-effect-file = файл пропущен
import-effect-row = строка пропущена
import-effect-event = событие пропущено
import-effect-value = значение оставлено пустым
import-effect-kept = ничего не потеряно

import-reason-file-unknown = таблица не подходит ни к чему в соответствии
import-reason-file-unreadable = файл не читается
import-reason-file-empty = файл пуст
import-reason-source-absent = таблица не дана, а без неё можно обойтись
import-reason-column-missing = столбца нет в таблице, он считается пустым
import-reason-undecodable = некоторые символы не той кодировки
import-reason-row-too-long = ячеек больше, чем в заголовке
import-reason-row-too-short = ячеек меньше, чем в заголовке, остальные считаются пустыми
import-reason-row-runs-on = строка таблицы тянется на очень много строк файла: не закрыта кавычка
import-reason-cell-error = в ячейке ошибка электронной таблицы
import-reason-row-twice = такой номер уже был, учтена первая строка
import-reason-no-rule = ни одно правило соответствия не взяло строку
import-reason-missing = пусто, а без этого события нет
import-reason-bad-date = дата не читается
import-reason-bad-number = сумма не читается
import-reason-doubtful-number = знак перед тремя цифрами принят за разделитель тысяч; если это не так, назовите decimal в соответствии
import-reason-bad-duration = длительность не читается
import-reason-lost-digits = номер побывал числом в электронной таблице и потерял последние цифры; выгружайте номера текстом
import-reason-join-key-empty = пуст столбец, по которому ищет соединение
import-reason-join-not-found = соединение не нашло строки с таким значением
import-reason-join-too-early = соединение нашло только более поздние строки
import-reason-join-several = соединение нашло больше строк, чем допускает соответствие
import-reason-before-created = событие раньше создания сделки
import-reason-put-at-creation = событие раньше создания сделки, поставлено на момент создания
import-reason-created-twice = сделка уже создана
import-reason-deal-unknown = сделку никто не создал, она начнётся с первого события
import-reason-stage-unlisted = этапа нет в соответствии, он считается открытым
import-reason-person-unlisted = такого имени нет в таблице сотрудников
import-reason-notice = соответствие просит взглянуть на эти строки
import-reason-bad-person = не читаются сведения о сотруднике

import-note-lacks = нет столбцов таблицы «{ $first }»: { $second }
import-note-nearest = { $first } (самый похожий заголовок: «{ $second }»)
import-note-instead = { $first } вместо { $second }
import-note-lines = строк файла: { $first }
import-note-damaged = файл повреждён; { import-save-as }
import-note-open = { $first }; { import-save-as }
import-note-gzip = это не gzip: { $first }
import-note-xml = XML не читается: { $first }
import-note-xml-kind = неизвестный вид XML; сохраните как XLSX или CSV
import-save-as = откройте его в электронной таблице и сохраните как XLSX или CSV
import-lacks = : нет столбцов { "" }

import-kind-created = сделка создана
import-kind-stage_changed = переход на этап
import-kind-responsible_changed = смена ответственного
import-kind-renamed = новое название
import-kind-price_set = указана сумма
import-kind-field_set = заполнено поле
import-kind-loss_reason_set = указана причина отказа
import-kind-task_added = задача поставлена
import-kind-task_moved = срок задачи перенесён
import-kind-task_completed = задача выполнена
import-kind-task_removed = задача удалена
import-kind-call_in = входящий звонок
import-kind-call_out = исходящий звонок
import-kind-message_in = сообщение от клиента
import-kind-message_out = сообщение клиенту
import-kind-note_added = примечание
import-kind-meeting = встреча
import-kind-payment = оплата
import-kind-client_left = клиент ушёл
import-kind-removed = сделка удалена

## Импорт не удался

import-no-files = не назван ни один файл
import-source-missing = соответствию нужна таблица «{ $source }» со столбцами { $columns }, а среди файлов её нет: { $why }
import-all-taken = все они подошли к другим таблицам соответствия
import-ambiguous = { $file } подходит и к «{ $first }», и к «{ $second }»; разведите их в соответствии ключом files или known_by
import-folder = не удаётся создать папку { $path }: { $error }
import-occupied = { $path } остался бы от прежней истории рядом с новой; возьмите пустую папку или удалите этот файл
import-not-written = не удаётся записать { $path }: { $error }

## Ошибки в соответствии

mapping-syntax = это не TOML: { $error }
mapping-unknown = нет такого { $what }: «{ $word }»
mapping-nearest = может быть, «{ $nearest }»?
mapping-missing = нет ключа «{ $key }» ({ $place }); это { $needed }
mapping-wrong-type = ключ «{ $key }»: стоит { $value }, а нужно: { $expected }
mapping-bad-value = ключ «{ $key }»: стоит «{ $value }», а нужно: { $expected }

mapping-what-key = ключа
mapping-what-source = источника
mapping-what-joined = присоединённого источника
mapping-what-column = столбца
mapping-what-value = значения
mapping-what-kind = вида события
mapping-what-join = соединения

mapping-place-root = всё соответствие
mapping-place-source = источник
mapping-place-column = столбец
mapping-place-join = соединение
mapping-place-value = значение
mapping-place-condition = условие

mapping-needed-source = хотя бы одна таблица, например [source.deals]
mapping-needed-columns = имена столбцов, нужных соответствию
mapping-needed-header = заголовок столбца
mapping-needed-from = источник, строки которого ищут
mapping-needed-to = источник, в котором ищут
mapping-needed-search = что ищет строка из from
mapping-needed-equal = что в строке из to должно быть равно искомому
mapping-needed-one-source = источник
mapping-needed-because = слова, которые отчёт скажет об этих строках
mapping-needed-event = хотя бы одно правило, по которому строки становятся событиями
mapping-needed-rows = источник, строки которого становятся событиями
mapping-needed-kind = вид события
mapping-needed-at = время события
mapping-needed-deal = сделка, к которой относится событие
mapping-needed-stage = этап, на который переходит сделка
mapping-needed-task = номер задачи
mapping-needed-due = срок задачи
mapping-needed-field = название поля
mapping-needed-account = название, часовой пояс и валюта аккаунта
mapping-needed-name = название, которое видят люди
mapping-needed-zone = пояс для дат, в которых он не указан
mapping-needed-currency = код валюты по ISO 4217, например «RUB»
mapping-needed-listed = этап, как его называет таблица
mapping-needed-people = столбец с именами или номерами людей
mapping-needed-value = столбец, либо const, либо text

mapping-quoted = текст в кавычках
mapping-text = текст
mapping-number = число
mapping-date = дата
mapping-list = список
mapping-table = таблица с ключами
mapping-digits = сколько последних цифр учитывать, от 1 до 20
mapping-skip-lines = сколько строк стоит перед заголовком, от 0 до 1000
mapping-zone = пояс по IANA, например «Europe/Moscow»
mapping-currency = три заглавные латинские буквы, например «RUB»
mapping-slashes = регулярное выражение между косыми чертами
mapping-regex = регулярное выражение ({ $first })
mapping-time = время суток, например «23:59:59»
mapping-brace = закрывающая скобка после каждой открывающей
mapping-file-name = имя файла, где * и ? значат что угодно
mapping-delimiter = «auto», «tab» или один знак
mapping-dates = образец вида «%d.%m.%Y %H:%M» с годом, месяцем и днём либо «unix», «unix_ms», «excel»
mapping-or-the-like = «{ $first }», «{ $second }», «{ $third }», «{ $fourth }» или подобное
mapping-one-of-five = «{ $first }», «{ $second }», «{ $third }», «{ $fourth }» или «{ $fifth }»
mapping-one-of-four = «{ $first }», «{ $second }», «{ $third }» или «{ $fourth }»
mapping-one-of-three = «{ $first }», «{ $second }» или «{ $third }»
mapping-one-of-two = «{ $first }» или «{ $second }»

mapping-elapsed-case = elapsed_since смотрит на прежние строки случая, а у источника нет ключа case
mapping-case-order = источнику с ключом case нужен order: столбец со временем, затем то, что решает при равном времени
mapping-column-name = в имени столбца нельзя писать точку, @ и фигурные скобки: «{ $first }»
mapping-no-header = у столбца «{ $first }» нет заголовка
mapping-time-since = time (столбец из from) и since (столбец из to) ставятся только вместе
mapping-join-start = соединение «{ $first }» начинается не с того источника, что это правило
mapping-meaningless = ключ «{ $first }» для события «{ $second }» ничего не значит
mapping-needs-case = ключу «{ $first }» нужен источник с ключом case
mapping-instants = @created и @last — моменты, они бывают только в at и due
mapping-elapsed = elapsed_since бывает только в amount
mapping-each = each сам задаёт field (столбец) и text (ячейку)
mapping-created = само событие created не может стоять в @created или @last

## Сервер

serve-cannot-listen = не удалось занять адрес { $address }: { $error }; назовите другой через --listen или остановите программу, которая его заняла
serve-store = не удалось открыть хранилище
store-place-postgres = DATABASE_URL должен начинаться с postgres://; для SQLite уберите его и назовите папку через --data
store-place-form = DATABASE_URL не читается; его вид postgres://ИМЯ:ПАРОЛЬ@УЗЕЛ:ПОРТ/БАЗА, особые знаки пароля записываются как %XX
store-not-writable = не удаётся писать в { $path }: { $reason }; отдайте папку пользователю, от имени которого работает svetofor, или назовите другую через --data
store-held = с { $place } уже работает другой svetofor; сначала остановите его или назовите другую папку через --data
store-newer = { $place } записан более новой версией svetofor; запустите её или восстановите более раннюю копию
store-altered = { $place } создан другой сборкой svetofor; запустите её или начните с пустой папки
store-foreign = { $path } не похож на хранилище svetofor; назовите другую папку через --data
store-unreachable = не удаётся открыть { $place }: { $reason }; проверьте DATABASE_URL и что сервер работает и пускает этого пользователя
store-busy = хранилище занято; попробуйте ещё раз
store-full = на диске с хранилищем нет места; освободите место, недописанного не осталось
store-not-there = в { $place } нет хранилища; назовите через --data папку, с которой работает svetofor
store-older = { $place } записан более старой версией svetofor; один раз запустите svetofor serve этой версии, он приведёт хранилище в порядок
company-id = Номер
company-name = Компания
company-zone = Часовой пояс
company-events = Событий
company-added = Компания заведена: { $id }
company-link = Её администратор один раз открывает этот путь по адресу сервера и задаёт пароль (действует неделю):
    { $path }
company-imported = Внесено: { $added ->
    [one] { $added } новое событие
    [few] { $added } новых события
   *[other] { $added } новых событий
}, известных { $known }, { $problems ->
    [0] ничего не отложено
    [one] { $problems } ошибка
    [few] { $problems } ошибки
   *[other] { $problems } ошибок
}.
import-silent = тот, кто держит { $place }, минуту не подаёт признаков; внесённое осталось. Если сервер работает, посмотрите его журнал; затем повторите команду — добавится только недостающее
import-broke-off = внесение прервалось внутри сервера, подробности в его журнале; внесённое осталось
import-given-up = внесение начинали { $times ->
    [one] { $times } раз
    [few] { $times } раза
   *[other] { $times } раз
}, и ни разу оно не дошло до конца: возможно, от него падает сервер, подробности в его журнале
import-odd-path = путь { $path } не в кодировке UTF-8, серверу его не передать; переименуйте папку или назовите её через ссылку
company-exported = Записано в { $path }: { $events ->
    [one] { $events } событие
    [few] { $events } события
   *[other] { $events } событий
}. Проверить: svetofor audit { $path }/history --regulation { $path }/regulation
company-occupied = в { $path } уже лежит история или регламент; ничего не перезаписано, назовите другую папку
company-unknown = компании «{ $id }» нет, или таких названий несколько; номера покажет svetofor company list
company-bad-name = название компании — от 1 до 120 знаков в одну строку
company-bad-zone = --timezone — имя часового пояса, например Europe/Moscow
company-bad-currency = --currency — три буквы валюты, например RUB
company-bad-login = --administrator — логин от 2 до 64 букв, цифр и знаков . _ - + @, например адрес почты
backup-done = Резервная копия — { $path }. Восстановить в пустую папку: svetofor restore { $path } --data ПАПКА
restore-done = Хранилище — { $path }; если оно от прежней версии, его обновит svetofor serve.
backup-pg-dump = хранилище в PostgreSQL, у неё для этого своя программа: pg_dump --format=custom --file={ $first } "$DATABASE_URL"
backup-pg-restore = хранилище в PostgreSQL, у неё для этого своя программа: pg_restore --exit-on-error --no-owner --dbname="$DATABASE_URL" { $first }
backup-there = { $first } уже есть; ничего не перезаписано, назовите другой файл или уберите этот
backup-copy = не удалось скопировать { $first } в { $second }: { $third }
link-nobody = с логином { $login } никому нельзя войти
link-made = Откройте этот путь по адресу сервера и выберите новый пароль (сработает один раз в течение недели):
    { $path }
serve-listening = Светофор открыт по адресу { $url }
serve-setup = Первый запуск. Откройте эту ссылку, чтобы завести компанию и её администратора (сработает один раз в течение суток):
    { $url }
worker-sqlite = с SQLite хранилище держит один процесс, поэтому доставку и задания выполняет сам `svetofor serve`; для отдельных процессов нужен PostgreSQL (DATABASE_URL)
worker-works = Исполнитель работает; остановить его — Ctrl-C
outside-wrong = переменная { $name } не подходит: { $error }
outside-no-sender = задан SVETOFOR_SMTP, но не задан SVETOFOR_MAIL_FROM: напишите в нём, от кого письма, например «Контроль <qc@example.ru>»

help-report = Отчёт за неделю или месяц: по компании, группе или сотруднику
help-report-weekly = Отчёт за неделю
help-report-monthly = Отчёт за месяц
help-any-company = Компания хранилища: её название или номер (вместо папки с историей)
help-any-history = Папка с историей
help-any-regulation = Файл регламента или папка с его редакциями (по умолчанию — начальный регламент)
help-any-now = Момент, на который судить: 2026-03-01T09:00:00+03:00 или миллисекунды Unix (по умолчанию — последнее событие истории, для компании хранилища — сейчас)
help-any-data = Папка с данными сервера; не нужна, если DATABASE_URL называет PostgreSQL
help-any-group = Только эта группа: её название или номер
help-any-employee = Только этот сотрудник: имя или номер
help-any-brief = Без глав о каждой группе и каждом сотруднике
help-any-out = Записать в файл, а не на экран
help-any-base = Адрес программы, куда ведут ссылки отчёта: https://qc.example.ru (без него ссылок нет)
help-report-weekly-week = Неделя: 2026-W15 (по умолчанию — последняя, которая кончилась)
help-report-monthly-month = Месяц: 2026-04 (по умолчанию — последний, который кончился)
help-report-weekly-format = Вид: html — страница, pdf — для печати, xlsx — книга, text — сообщение для чата, json — документ для программ
help-report-monthly-format = Вид: html — страница, pdf — для печати, xlsx — книга, text — сообщение для чата, json — документ для программ
help-compare = Что изменилось: два периода или «до и после даты», по одной редакции регламента
help-compare-before = Раньше: 2026-W14, 2026-03 или 2026-03-02..2026-03-29 (по умолчанию — столько же дней перед --after)
help-compare-after = Позже, так же (по умолчанию — последняя полная неделя)
help-compare-around = До и после этой даты: поровну дней, не больше четырёх недель
help-compare-by = По какой редакции судить оба периода: дата, с которой она действует, или since-ever (по умолчанию — по действующей)
help-compare-format = Вид: table — таблицы на экран, xlsx — книга, jsonl — строка на каждое сравнение для программ
compare-needs-out = книгу на экран не вывести: назовите файл, --out сравнение.xlsx
compare-bad-days = «{ $value }» — не дни: напишите неделю 2026-W14, месяц 2026-03 или даты 2026-03-02..2026-03-29
compare-no-version = редакции регламента «{ $value }» нет; есть: { $known }
report-of-what = назовите папку с историей или компанию хранилища (--company)
report-bad-week = --week не понимает «{ $value }»: неделя пишется как { $like }
report-bad-month = --month не понимает «{ $value }»: месяц пишется как { $like }
report-no-group = группы «{ $value }» нет.
report-no-employee = сотрудника «{ $value }» нет.
report-several = имя «{ $value }» не одно; назовите номер: { $ids }
report-written = { $title } — { $path }
report-needs-out = PDF и книгу на экран не вывести: назовите файл, --out отчёт.pdf
