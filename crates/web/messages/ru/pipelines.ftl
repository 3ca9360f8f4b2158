### Человек × воронка

tab-pipelines = Люди × воронки
pipelines-title = Кому в какой воронке трудно?
pipelines-all = Вся работа
pipelines-help = Взвешенных замечаний на 100 сделок в работе, пока сделки стояли в воронке. Меньше { $least } сделок — мало данных. Что не относится к этапу, входит только в «Вся работа».
pipelines-little-data = мало данных
pipelines-findings = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[other] { $count } замечаний
}
