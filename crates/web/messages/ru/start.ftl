### Начало

start-name = Имя
start-company = Компания
start-access = Доступ
start-employee = Сотрудник в CRM
start-others = Перейти в другую компанию
start-api = Описание API

password-title = Сменить пароль
password-why = После смены пароля вы останетесь здесь, а на других устройствах нужно будет войти заново.
password-do = Сменить пароль
