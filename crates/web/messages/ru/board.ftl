### Как мы работаем?

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
