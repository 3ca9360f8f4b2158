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

start-title = { $name }, вы вошли
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
