### Поля

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
