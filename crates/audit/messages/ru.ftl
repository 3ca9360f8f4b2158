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
mistake-no-hours = В [calendar.week] нет ни одного рабочего часа: сроки в рабочем времени никогда не истекут.
mistake-calendar-ends = Производственный календарь известен по { $year } год включительно; дальше выходными считаются только дни вне [calendar.week].
mistake-no-versions = Здесь нет ни одного файла регламента (*.toml).
mistake-same-date = { $first } и { $second } вступают в силу в один день: поставьте каждому свою дату effective.
mistake-nearest = Может быть, «{ $nearest }»?
