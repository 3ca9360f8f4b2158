### Что посмотрено

looked-title = Что посмотрено?
looked-order = Сначала последние.
looked-none = Пока ничего не посмотрели.
looked-none-narrowed = Таких просмотров нет. Смягчите или сбросьте фильтр.
looked-col-deal = Сделка
looked-col-when = Когда
looked-col-employee = О чьей работе
looked-col-reviewer = Кто смотрел
looked-col-outcome = Итог
looked-col-findings = Замечаний
looked-col-minutes = Минут
looked-col-chosen = Как выбрана
looked-done = посмотрено до конца
looked-clean = замечаний нет
looked-found = есть замечания
looked-put-back = вернулась в очередь
looked-in-hand = смотрят сейчас
chosen-people = поровну по людям
chosen-chance = случайно
chosen-money = сначала деньги
chosen-lost = сначала потерянные
chosen-own = по своему выбору
