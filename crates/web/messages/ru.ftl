### Слова страниц. Те же сообщения с теми же переменными: en.ftl.

product = Светофор
log-in = Войти
log-out = Выйти
to-start = На первую страницу

## Поля

field-login = Логин
field-login-hint = Например, адрес почты. Большие и маленькие буквы не различаются.
field-password = Пароль
field-password-hint = Не короче 10 знаков. Проще всего запомнить несколько слов.
field-password-current = Нынешний пароль
field-password-new = Новый пароль
field-repeated = Тот же пароль ещё раз
field-name = Ваше имя
field-company = Название компании
field-timezone = Часовой пояс компании
field-timezone-hint = Например, Europe/Moscow, Asia/Yekaterinburg, Asia/Novosibirsk.

fault-login = От 2 до 64 букв, цифр и знаков . _ - + @ без пробелов
fault-name = От 1 до 120 знаков в одну строку
fault-timezone = Нужно название пояса, например Europe/Moscow
fault-employee = В компании нет такого сотрудника
fault-scopes = Нужно хотя бы одно право
fault-password-short = Нужно не меньше 10 знаков
fault-password-long = Слишком длинный пароль
fault-password-plain = Пароль не должен повторять логин или состоять из одного знака
fault-password-wrong = Это не ваш нынешний пароль
fault-password-differs = Пароли не совпадают

## Вход

login-title = Вход
login-wrong = Логин или пароль не подошёл. Проверьте раскладку и попробуйте ещё раз.
login-too-many = Слишком много попыток. Подождите минуту и попробуйте снова.
login-forgotten = Забыли пароль? Попросите у администратора вашей компании новую ссылку.

## Первый запуск и приглашения

setup-title = Первый запуск
setup-why = Здесь ещё никого нет. Назовите компанию и выберите логин и пароль администратора: он приглашает остальных и настраивает сервер. Ссылка сработает один раз.
setup-do = Начать работу
choose-title = Выберите пароль
choose-why = Вас пригласила компания «{ $name }». С этим логином и паролем вы будете входить в Светофор.
choose-anew = Прежний пароль перестанет действовать, на других устройствах нужно будет войти заново.
choose-do = Сохранить и войти
join-title = Компания «{ $name }» приглашает вас
join-why = Примите приглашение, и вы сможете переходить в эту компанию без нового входа.
join-do = Принять приглашение
join-login = Приглашение для логина { $name }. Войдите под ним и откройте ссылку ещё раз.

## Компании

companies-title = В какой компании вы работаете сейчас?
companies-none = Вас пока не допустили ни к одной компании. Попросите администратора пригласить вас.
companies-here = вы здесь

## Начало

start-name = Имя
start-company = Компания
start-access = Доступ
start-employee = Сотрудник в CRM
start-others = Перейти в другую компанию
start-api = Описание API

password-title = Сменить пароль
password-why = После смены пароля вы останетесь здесь, а на других устройствах нужно будет войти заново.
password-do = Сменить пароль

## Доступ

access-employee = Сотрудник
access-employee-help = Вы видите свои замечания, показатели и сделки.
access-lead = Звеньевой
access-lead-help = Вы видите замечания и показатели своих групп.
access-coordinator = Ответственный за контроль
access-coordinator-help = Вы видите все замечания, передаёте их и решаете споры.
access-specialist = Контролёр
access-specialist-help = Вы видите все сделки и добавляете замечания.
access-head = Руководитель продаж
access-head-help = Вы видите всё по компании и проверяете проигранные сделки.
access-director = Директор
access-director-help = Вы видите всё по компании.
access-administrator = Администратор
access-administrator-help = Вы настраиваете подключения, регламент и доступ людей. Замечания администратору не видны.
access-client-manager = Менеджер по работе с клиентами
access-client-manager-help = Вы видите сделки и показатели и добавляете замечания со слов клиентов.
access-interviewer = Интервьюер
access-interviewer-help = Вы опрашиваете клиентов.
access-shopper = Тайный покупатель
access-shopper-help = Вы проводите проверки по анкете.

## Рамка

to-content = К содержанию
tabs = Разделы
tab-board = Обзор
tab-mine = Что исправить
tab-group = Группа
tab-disputes = Споры
tab-findings = Замечания
tab-rules = Правила
other-language = English
me-title = О вас
zone = Время — по часовому поясу
paging = Страницы списка
paging-earlier = Раньше
paging-later = Дальше
paging-first = В начало
list-more = { $count ->
    [one] И ещё { $count } замечание.
    [few] И ещё { $count } замечания.
   *[other] И ещё { $count } замечаний.
}

## Замечание

sign-remark = ◆
sign-violation = ▲
sign-gross = ■
finding-title = Замечание
finding-since = с { $at }
finding-cured = { $at } — исправлено { $until }
finding-deadline = оспорить можно до { $at }
finding-deal = Открыть сделку
finding-again = повторно
finding-advice = Совет:
finding-evidence = На чём основано
finding-past = Что с ним было
evidence-action = Действие сотрудника

state-new = новое
state-told = ждёт ответа
state-acknowledged = признано
state-disputed = оспорено, ждёт решения
state-upheld = оставлено после спора
state-partly = смягчено после спора
state-dismissed = снято
state-cured = исправлено
state-withdrawn = отозвано

view-advice = Правило пока только советует: в показатели замечание не входит.
view-exempt = На это решено не обращать внимания: в показатели замечание не входит.
view-held = Ответственный ещё не передал замечание дальше.
view-withdrawn = По новым данным замечания нет.

cause-did-not-know = Не знал
cause-overload = Перегрузка
cause-client = Клиент
cause-process = Процесс
cause-crm-fault = Сбой CRM
cause-other = Другое

do-acknowledge = Признать. Причина:
do-acknowledge-anew = Изменить причину
do-cure = Отметить исправленным
do-dispute = Оспорить
do-dispute-send = Отправить на решение
do-decide-upheld = Оставить
do-decide-partly = Смягчить
do-decide-dismissed = Снять
do-reopen = Открыть заново
do-reopen-help = Ответ и решение будут сброшены, сотрудник ответит ещё раз.
dispute-why = Почему замечание неверно
verdict-why = Почему вы так решили

done-new = Ничего не изменилось:
done-told = Замечание снова ждёт ответа:
done-acknowledged = Признано, причина «{ $cause }»:
done-disputed = Спор отправлен на решение:
done-upheld = Замечание оставлено:
done-partly = Замечание смягчено:
done-dismissed = Замечание снято и больше не считается:
done-cured = Отмечено исправленным:
done-withdrawn = По новым данным замечания нет:

decision-told = Сотрудник увидел
decision-cured = Отмечено исправленным
decision-disputed = Оспорено
decision-reopened = Открыто заново

refused-withdrawn = Ничего не изменено: по новым данным замечания нет.
refused-held = Ничего не изменено: ответственный ещё не передал замечание.
refused-already-told = Ничего не изменено: сотрудник уже видел замечание.
refused-already-acknowledged = Ничего не изменено: замечание уже признано с этой причиной.
refused-already-cured = Ничего не изменено: замечание уже исправлено.
refused-dispute-waits = Ничего не изменено: спор ждёт решения.
refused-not-disputed = Ничего не изменено: спора о замечании нет.
refused-already-decided = Ничего не изменено: по замечанию уже решили. Открыть его заново может ответственный.
refused-dismissed = Ничего не изменено: замечание снято.
refused-too-late = Ничего не изменено: срок, когда замечание можно было оспорить, прошёл.
refused-own-dispute = Ничего не изменено: спор начали вы, решить его должен кто-то другой.
refused-held-against-you = Ничего не изменено: замечание о вашей работе, решить должен кто-то другой.
refused-made-by-you = Ничего не изменено: замечание сделали вы, решить должен кто-то другой.
refused-nothing-to-reopen = Ничего не изменено: по замечанию ещё не решали, открывать нечего.
refused-text = Ничего не изменено: напишите, почему.

## Светофор

light-rate = На 100 сделок:
light-better = ↓ было { $before }
light-worse = ↑ было { $before }
light-same = было столько же
light-deals = Сделок в работе:
trend-label = Замечаний на 100 сделок по неделям: { $values }

## Как мы работаем?

board-title = Как мы работаем?
board-period = Период
board-earlier = Период раньше
board-later = Период позже
board-week = Неделя
board-month = Месяц
board-empty = За этот период сделок в работе не было и ничего не найдено.
board-empty-company = Данных пока нет. Цифры появятся, когда администратор подключит CRM или загрузит историю.
board-company = Компания
board-findings = Замечаний
board-before = было { $before }
board-remarks = лёгких
board-violations = нарушений
board-gross = грубых
board-by-hand = Ещё сделано вручную:
board-money = Деньги в этих сделках
board-money-help = Сумма сделок с замечаниями, каждая один раз
board-in-deals = { $count ->
    [one] в { $count } сделке
   *[other] в { $count } сделках
}
board-again = Повторные
board-again-of = { $share } из { $count }
board-again-help = То же самое сотрудник уже исправил или признал за последние 60 дней
board-people = Группы и люди
board-people-help = Сначала те, у кого замечаний на сделку больше.
board-nobody = Ни за кем не числится
board-name = Группа, сотрудник
board-deals = Сделок в работе
board-deals-concerned = Сделок
board-col-remarks = Лёгких
board-col-violations = Нарушений
board-col-before = Было
board-run = не зелёный { $count }-ю неделю подряд
board-stages = Где узко
board-no-stage = Без этапа
board-rules = Что чаще всего
board-more-rules = { $count ->
    [one] И ещё { $count } правило.
    [few] И ещё { $count } правила.
   *[other] И ещё { $count } правил.
}
board-left-out = Что решено не считать
board-left-out-none = За этот период решения ничего не убрали из показателей.
board-decision = Решение
board-which = О чём
board-dismissed = Сняты после спора
board-advice = Правила, которые пока только советуют
board-exempt = Решено не обращать внимания

## Что мне исправить?

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

## Таблицы

col-rule = Правило
col-found = Найдено
col-before = Неделей раньше

## Кому сегодня помочь?

group-title = Кому сегодня помочь?
group-people = Люди группы
group-people-help = Сначала те, кому труднее всего. Светофор:
group-away = { $count ->
    [0] сегодня все на месте
    [one] сегодня нет { $count } человека
   *[other] сегодня нет { $count } человек
}
group-here = на месте
group-day-off = выходной по графику
group-until = { $kind } по { $date }
group-deals = { $count ->
    [0] открытых сделок нет
    [one] { $count } открытая сделка без присмотра
    [few] { $count } открытые сделки без присмотра
   *[other] { $count } открытых сделок без присмотра
}
group-list = Список группы
group-all = Показать всю группу
group-empty = Разбирать нечего: все замечания группы разобраны.
absence-vacation = отпуск
absence-sick = болеет
absence-trip = командировка
absence-other = отсутствует

col-employee = Сотрудник
col-light = Светофор
col-rate = На 100 сделок
col-open = Ждут ответа
col-gross = Грубых
col-money = Сумма сделки
col-sum = Деньги в сделках
col-today = Сегодня
col-finding = Что найдено
col-when = Когда

## Замечания

findings-title = Какие замечания есть?
findings-order = Сначала последние.
findings-none = Замечаний пока нет.
findings-none-narrowed = Таких замечаний нет. Смягчите или сбросьте фильтр.
filter-any = все
filter-rule = Правило
filter-employee = Сотрудник
filter-group = Группа
filter-stage = Этап
filter-severity = Тяжесть
filter-state = Состояние
filter-open = Длится ли
filter-open-yes = ещё длится
filter-open-no = уже исправлено
filter-figures = В показателях
filter-figures-counted = входит
filter-figures-by-hand = сделано вручную
filter-figures-dismissed = снято после спора
filter-figures-exempt = решено не обращать внимания
filter-figures-advice = правило только советует
filter-again = Повторно
filter-again-yes = только повторные
filter-from = С даты
filter-to = По дату
filter-do = Показать
filter-clear = Сбросить
paging-older = Более ранние

## Споры

disputes-title = Какие споры ждут решения?
disputes-order = Сначала те, что ждут дольше всех.
disputes-none = Споров нет: решать нечего.
disputes-more = Остальные споры появятся, когда вы решите эти.
dispute-about = Оспаривает { $name }, { $at }. Ждёт { $waited }
dispute-not-yours = Этот спор решает кто-то другой: он о вашей работе или начат вами.

## Сделка

deal-title = Сделка
deal-client = Клиент
deal-price = Сумма
deal-stage = Этап
deal-stage-since = с { $at }, { $length }
deal-responsible = Отвечает
deal-begun = Создана
deal-id = Номер в CRM
deal-removed = Сделка удалена { $at }.
deal-timeline = Что происходило
deal-timeline-help = Новое внизу. Серым — нерабочее время компании.
deal-empty = В сделке ещё ничего не происходило.
deal-earlier = { $count ->
    [one] Показать ещё { $count } событие раньше
    [few] Показать ещё { $count } события раньше
   *[other] Показать ещё { $count } событий раньше
}
deal-silence = { $length } тишины, из них { $work }
deal-off = нерабочее время
deal-due = срок { $at }
deal-lasted = длилось { $length }, до { $until }
deal-lasts = длится { $length }
deal-nobody = никто
deal-findings = { $count ->
    [0] Замечаний по сделке нет.
    [one] { $count } замечание по сделке.
    [few] { $count } замечания по сделке.
   *[other] { $count } замечаний по сделке.
}

## Правила

rules-title = Что от нас требуется?
rule-all = Все правила
rule-findings = Замечания по этому правилу
rule-purpose = Зачем это правило
rule-mend = Как исправить
rule-demands = Что требуется в вашей компании
rule-breaks = Пример, который его нарушает
rule-keeps = Пример, который не нарушает
rule-settings = Настройка в примерах:
rule-params = Параметры
rule-param = Параметр
rule-default = По умолчанию
rule-meaning = Что значит

## Что пошло не так

problem-request = Номер запроса для администратора:
problem-malformed = Запрос не удалось прочитать
problem-malformed-help = Ничего не изменено. Вернитесь и отправьте форму ещё раз.
problem-unauthenticated = Нужно войти
problem-unauthenticated-help = Вход кончился или ещё не выполнен.
problem-denied = Это действие вам недоступно
problem-denied-help = Ничего не изменено. Если доступ нужен для работы, попросите его у администратора.
problem-not-found = Такой страницы нет
problem-not-found-help = Проверьте адрес или начните с первой страницы.
problem-method = Так этот адрес не открыть
problem-method-help = Ничего не изменено. Начните с первой страницы.
problem-conflict = Не получается вместе с тем, что уже есть
problem-conflict-help = Ничего не изменено. Обновите страницу и попробуйте снова.
problem-gone = Ссылка больше не действует
problem-gone-help = Её уже открыли, или срок вышел. Попросите у администратора новую; при первом запуске перезапустите сервер.
problem-too-large = Слишком много сразу
problem-too-large-help = Ничего не изменено. Отправьте меньше.
problem-media-type = Данные не того вида
problem-media-type-help = Ничего не изменено. Вернитесь и отправьте форму ещё раз.
problem-invalid = Что-то заполнено не так
problem-invalid-help = Ничего не изменено. Вернитесь и проверьте поля.
problem-too-many = Слишком много попыток
problem-too-many-help = Подождите минуту и попробуйте снова.
problem-inside = На сервере что-то сломалось
problem-inside-help = Ничего не изменено. Попробуйте ещё раз; если не поможет, передайте администратору номер запроса.
problem-unavailable = Сервер сейчас занят
problem-unavailable-help = Ничего не изменено. Попробуйте через минуту.
problem-timeout = Сервер не успел ответить
problem-timeout-help = Попробуйте ещё раз.
