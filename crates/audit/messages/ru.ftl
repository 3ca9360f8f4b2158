### Слова аудита

limit-minutes = { $count } мин раб.
limit-hours = { $count } ч раб.
limit-work-days = { $count ->
    [one] { $count } рабочий день
    [few] { $count } рабочих дня
   *[other] { $count } рабочих дней
}
limit-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}

mistake-toml = Файл не читается как TOML: { $error }.
mistake-unknown-key-top = Неизвестный ключ «{ $key }».
mistake-unknown-key = Неизвестный ключ «{ $key }» в [{ $table }].
mistake-missing-key-top = Не хватает ключа «{ $key }».
mistake-missing-key = В [{ $table }] не хватает ключа «{ $key }».
mistake-bad-value = «{ $key }»: стоит { $value }, а нужно: { $expected }.
mistake-same-name = Два правила с одним именем «{ $name }»: дайте каждому своё имя ключом name.
mistake-same-exception = Дата { $date } стоит среди исключений дважды.
mistake-unknown-rule = Правила «{ $id }» нет.
mistake-unknown-stage = Этапа «{ $id }» в истории нет.
mistake-unknown-pipeline = Воронки «{ $id }» в истории нет.
mistake-unknown-field = Поля «{ $id }» в истории нет.
mistake-unknown-shift = Смены «{ $id }» в регламенте нет: у таких сотрудников часы компании.
mistake-no-always = Правило { $rule } считает рабочие дни, а на часах always их нет: уберите clock или поставьте company.
mistake-rule-needs = Правилу { $rule } не по чему судить без «{ $needs }».
mistake-unknown-variable = Неизвестное слово «{ $word }» в условии.
mistake-no-now = Времени в условии быть не может: сколько ждать, говорит grace.
mistake-no-hours = В [calendar.week] нет ни одного рабочего часа: сроки в рабочем времени никогда не истекут.
mistake-calendar-ends = Производственный календарь известен по { $year } год включительно; дальше выходными считаются только дни вне [calendar.week].
mistake-no-versions = Здесь нет ни одного файла регламента (*.toml).
mistake-same-date = { $first } и { $second } вступают в силу в один день: поставьте каждому свою дату effective.
mistake-nearest = Может быть, «{ $nearest }»?

## Что нужно было написать: конец сообщения mistake-bad-value

expected-text = текст в кавычках
expected-flag = true или false
expected-count = целое число, 0 или больше
expected-number = число, 0 или больше
expected-share = число от 0 до 1, например 0.01
expected-duration = срок — целое число и сразу за ним m, h, wd или d, например "15m" или "2wd"
expected-shorter-duration = срок не длиннее ста лет
expected-day-length = часы или минуты, больше нуля, например "8h"
expected-date = дата, например "2026-03-01"
expected-one-of = одно из слов: { $choices }
expected-zone = часовой пояс по базе IANA, например "Europe/Moscow"
expected-country = "RU": других календарей пока нет
expected-hours-list = список часов: ["09:00-13:00", "14:00-18:00"], а для выходного []
expected-hours = часы, например "09:00-18:00" ({ $reason })
expected-shift-pattern = рабочие дни и выходные, например "3/3"
expected-list = список текстов: ["…", "…"]
expected-table = таблица: { "{" } "…" = … { "}" }
expected-tables = таблицы с заголовком в двойных квадратных скобках
expected-one-field = значения только одного поля: { "{" } "поле" = { "{" } "значение" = "срок" { "}" } { "}" }
expected-expression-without = правильное условие на языке CEL (сейчас ошибка: { $fault })
expected-field-by-name = поле по имени в кавычках: field["Город"]
expected-indicator = номер показателя от 1 до 10
expected-template = текст в кавычках с местами для подстановки: "{ "{" }товар{ "}" } — { "{" }клиент{ "}" }"; между двумя местами что-то должно стоять
expected-regex = регулярное выражение в кавычках
expected-regex-without = правильное регулярное выражение (сейчас ошибка: { $fault })
expected-at-least-green = не меньше green, то есть { $green }
expected-at-most-yellow = не больше yellow, то есть { $yellow }

hours-no-interval = «{ $text }» — не промежуток
hours-no-time = «{ $time }» — не время от 00:00 до 24:00
hours-start-at-day-end = 24:00 — уже следующий день, начните там с 00:00
hours-of-no-length = начало и конец совпадают; круглые сутки — это 00:00-24:00

## Месяц

month-of-year = { $month ->
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

## Как назвать сделку: конец замечания о названии

proposed-title = , например «{ $title }»

## Чего требует регламент

demand-name = Название: { $name }
demand-no-name = Название не указано
demand-effective = Действует с { $date }
demand-zone = Часовой пояс: { $zone }
demand-week = Рабочая неделя: { $week }
demand-no-week = Рабочих часов нет: сроки в рабочем времени не истекают
demand-lunch = { $hours }, обед { $lunch }
demand-country = Праздники и переносы: по производственному календарю России (известен по { $year } год)
demand-no-country = Государственные праздники не учитываются
demand-exceptions = Своих исключений в календаре: { $count }
demand-day-length = Рабочий день в сроках: { $length }
demand-shift = { $off ->
    [0] Смена «{ $name }»: без выходных, { $hours }
   *[other] Смена «{ $name }»: { $on } через { $off } начиная с { $date }, { $hours }
}
demand-talk = Разговор: звонок от { $seconds } с
demand-robots = Не проверяются воронки, в которых никто не работает: { $pipelines }
demand-light = Светофор: на 100 сделок в работе зелёный — до { $green }, жёлтый — до { $yellow }; замечание весит { $remark }, нарушение — { $violation }, грубое нарушение — { $gross }; если сделок меньше { $deals } — мало данных
demand-no-rules = Правил нет: ничего не проверяется
demand-off = выключено
demand-yes = да
demand-no = нет
demand-pipelines = воронки: { $pipelines }
demand-stages = этапы: { $stages }
demand-roles = только роли: { $roles }
demand-clock-responsible = по часам ответственного
demand-clock-always = круглосуточно, без выходных
demand-tells = сообщать { $told }

role-seller = продавец
role-manager = менеджер
role-performer = исполнитель
role-lead = звеньевой
role-other = прочие

tell-now = сразу
tell-daily = раз в день
tell-weekly = раз в неделю
tell-never = не нужно
tell-to-employee = сотруднику — { $soon }
tell-to-lead = звеньевому — { $soon }
tell-to-coordinator = координатору — { $soon }
tell-to-head = РОПу — { $soon }
tell-to-director = директору — { $soon }
