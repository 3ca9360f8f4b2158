### Замечание

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
