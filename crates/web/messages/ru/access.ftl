### Доступ

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
