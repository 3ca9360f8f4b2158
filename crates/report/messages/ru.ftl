### Слова отчёта. Те же сообщения с теми же переменными: en.ftl.

span-week = неделя { $from } — { $to }
span-month = { $month ->
    [1] январь
    [2] февраль
    [3] март
    [4] апрель
    [5] май
    [6] июнь
    [7] июль
    [8] август
    [9] сентябрь
    [10] октябрь
    [11] ноябрь
   *[other] декабрь
} { $year }
span-dates = { $from } — { $to }
span-since = с { $from }
span-until = по { $to }
span-ever = за всё время

report-title = Как мы работаем?
report-head = { $account }: { $span }
report-about = Регламент: { $regulation }. Проверено на { $now }, часовой пояс { $zone }.
report-compared = Сравнение: { $span }.
report-file = Контроль качества

card-light = Светофор компании
card-was = было { $rate }
card-rate = на 100 сделок в работе
card-no-rate = сделок в работе нет
card-findings = Найдено за период
card-found = { $gross ->
    [0] грубых нет
   *[other] из них грубых: { $gross }
}
card-money = Деньги под угрозой
card-hung = { $deals ->
    [one] в { $deals } сделке: сумма × доля выигранных
   *[other] в { $deals } сделках: сумма × доля выигранных
}
card-speed = Ответ за 15 рабочих минут
card-speed-base = { $part } из { $whole }, 95 %-интервал { $low }–{ $high }
card-no-leads = новых заявок не было

trend-title = Двенадцать недель
trend-note = Взвешенных замечаний на 100 сделок в работе, вся компания. Пунктир — пороги светофора.
trend-text = По неделям, от старой к новой: { $values }
when-title = Когда случается
when-note = Число найденного по дням недели и часам, время регламента.
when-weekdays = По дням недели
when-hours = По часам

lights-title = Кому нужна помощь?
lights-note = На 100 сделок в работе: замечание, нарушение и грубое взвешены по регламенту; за один промах считается самое тяжёлое. Интервал — 90 %. «На границе»: порог лежит внутри интервала. «Мало данных»: сделок меньше, чем требует регламент.
changes-title = Что изменилось?
changes-note = Рядом с прошлым периодом, по одной редакции регламента. Показаны компания и те, чьё изменение трудно объяснить случайностью.
changes-none = У этого периода нет предыдущего, сравнивать не с чем.
indicators-title = Десять показателей
indicators-note = Найдено на 100 сделок в работе.
rules-title = Что случается чаще всего?
rules-note = Сумма — цены сделок, каждая сделка один раз. «Снова»: у того же человека то же самое уже исправляли за последние 60 дней.
stages-title = На каких этапах?
stages-note = Этап, на котором стояла сделка в момент нарушения.
people-title = У кого?
people-note = Доля — от всего найденного за период.
funnel-title = Воронка
funnel-note = Стоящие сделки учтены.
funnel-of = Где висят деньги? { $pipeline }
funnel-about = Сделки, вошедшие на этапы: { $span }. Всего { $deals }, выиграно { $won }, проиграно { $lost }. Время — рабочее, незавершённые стоянки учтены (Каплан — Майер). Висят сделки, которые застряли, молчат или остались без задачи: сумма × доля выигранных из дошедших до этапа за 90 дней; пустая цена заменена медианой выигранных.
speed-title = Как быстро отвечаем?
speed-note = Доли от всех новых заявок, неотвеченные учтены. Ответ — в рабочем времени, дозвон — в обычном.
worst-title = Какие сделки спасать?
worst-note = По сумме весов найденного за период, затем по цене.
problems-title = Что не так с данными?
problems-note = Эти строки не видело ни одно правило.
problems-none = Данные в порядке.

col-who = Кто
col-what = Что
col-light = Светофор
col-rate = На 100 сделок
col-interval = Интервал
col-before = Было
col-trend = 12 недель
col-deals = Сделок в работе
col-remarks = Замечаний
col-violations = Нарушений
col-gross = Грубых
col-findings = Найдено
col-findings-before = Было
col-rate-before = На 100 было
col-rate-plain = На 100 стало
col-told = Что это значит
col-share = Доля
col-again = Снова
col-deals-concerned = Сделок
col-sum = Сумма сделок
col-rule = Правило
col-stage = Этап
col-entered = Вошло сделок
col-onward = Прошли дальше
col-won = Выиграно
col-median = Медиана времени
col-mean = Среднее время
col-unfinished = Ещё стоят
col-hung-deals = Висит сделок
col-hung-sum = Их сумма
col-chance = Доля выигранных
col-hung-money = Под угрозой
col-leads = Заявок
col-unanswered = Без ответа
col-answered-5 = За 5 мин раб.
col-answered-15 = За 15 мин раб.
col-answered-60 = За 60 мин раб.
col-median-answer = Медиана ответа
col-reached-1h = Дозвон за 1 ч
col-reached-1d = Дозвон за сутки
col-reached-4d = Дозвон за 4 суток
col-deal = Сделка
col-weight = Вес
col-price = Цена
col-last = Последнее
col-count = Строк
col-when = Когда
col-message = Что случилось
col-severity = Тяжесть
col-until = Исправлено

company = Вся компания
nobody = Никто
all = Всего
no-stage = Без этапа

told-little = мало данных
told-chance = может быть случайностью
told-look-better = похоже, лучше
told-look-worse = похоже, хуже
told-sure-better = стало лучше
told-sure-worse = стало хуже

indicator-1 = 1. Скорость
indicator-2 = 2. Движение
indicator-3 = 3. Просрочки
indicator-4 = 4. Без задач
indicator-5 = 5. Результаты
indicator-6 = 6. История
indicator-7 = 7. Поля
indicator-8 = 8. Названия
indicator-9 = 9. Закрытие
indicator-10 = 10. Время в CRM

problem-input = Испорченные строки файлов
problem-deal-without-created = Сделки без события о создании
problem-event-before-created = События раньше создания сделки
problem-created-twice = Повторное создание
problem-event-after-removed = События после удаления
problem-task-not-open = События задач, которые не открыты
problem-task-added-twice = Задача с уже занятым номером
problem-task-without-due = Задача без срока

list-title = Всё найденное
list-note = По правилам и людям. У каждого показаны первые { $most } по времени.
list-rule = По правилам
list-person = По людям
list-more = { $count ->
    [one] … и ещё { $count }
   *[other] … и ещё { $count }
}: svetofor audit --format jsonl выведет всё.
lasting = нет
deal-about = Этап: { $stage }. Отвечает: { $person }. Цена: { $price }.
deal-earlier = { $count ->
    [one] Раньше было ещё { $count } событие.
    [few] Раньше было ещё { $count } события.
   *[other] Раньше было ещё { $count } событий.
}
nothing-found = За период ничего не найдено. Замечаний нет.

sheet-lights = Светофор
sheet-changes = Изменения
sheet-indicators = Показатели
sheet-rules = Правила
sheet-stages = Этапы
sheet-people = Люди
sheet-funnel = Воронка
sheet-speed = Скорость
sheet-worst = Сделки
sheet-problems = Данные
unit-working-hours = ч раб.

col-findings-after = Стало
col-difference = Разница
col-rate-after = На 100 стало бы
col-light-after = Светофор стал бы
col-title = Название
col-appear = Появится
col-vanish = Исчезнет

compare-spans = Было: { $before }. Стало: { $after }.
compare-by = Обе стороны судит одна редакция регламента: «{ $regulation }», { $since }. Часовой пояс { $zone }.
compare-since-ever = с самого начала
compare-since = с { $date }
compare-overlap = Периоды пересекаются: одни и те же дни входят в обе стороны, поэтому о случайности ничего сказать нельзя.
compare-lengths = Периоды разной длины: дней было { $before }, стало { $after }. За более долгий период замечаний на сделку больше уже поэтому.
compare-not-over = Один из периодов ещё не закончился: цифры вырастут.
compare-people-title = Компания, группы и люди
compare-people-note = На 100 — замечаний на 100 сделок в работе. Доля — от всех замечаний своего периода. Случайно, % — как часто такая разница выходит сама собой.
compare-rules-title = Правила
compare-rules-note = На 100 — замечаний на 100 сделок в работе всей компании. Сначала изменения, не похожие на случайность.
compare-stages-title = Этапы
compare-stages-note = Этап, на котором стояла сделка в момент нарушения.
told-overlap = не сказать
col-light-before = Светофор был
col-light-now = Светофор стал
col-share-before = Доля была
col-share-now = Доля стала
col-by-chance = Случайно, %

backtest-unchanged = Ничего не меняется: оба регламента находят одно и то же.
backtest-summary = Было { $before }, стало бы { $after } { $after ->
    [one] замечание
    [few] замечания
   *[other] замечаний
}: { $appear } появится, { $vanish } исчезнет; затронуто сделок: { $deals }.
    Новые люди с замечаниями: { $newly }. Больше без замечаний: { $no-longer }.
    Люди подстраиваются под правила: это наибольшее, что нашлось бы, а не прогноз.
backtest-rules-title = По правилам
backtest-rules-note = Найдено по нынешнему и по новому регламенту, всего и на 100 сделок в работе.
backtest-stages-title = По этапам
backtest-stages-note = Этап, на котором стояла сделка в момент нарушения.
backtest-people-title = По людям
backtest-people-note = Взвешенных замечаний на 100 сделок в работе.
backtest-deals-title = Сделки, у которых меняются замечания
backtest-deals-note = Сначала те, где изменений больше.
backtest-deals-none = Таких нет.
backtest-deals-more = Показаны первые; ещё { $count ->
    [one] { $count } сделка
    [few] { $count } сделки
   *[other] { $count } сделок
}.
