### Что было бы, если

what-if-title = Что было бы, если изменить срок?
what-if-title-before = Какие замечания были?
what-if-title-after = Какие замечания были бы?
what-if-title-new = Какие замечания появились бы?
what-if-title-gone = Какие замечания исчезли бы?
what-if-rule = Правило
what-if-choose = Выбрать
what-if-stage-limit = срок на этапе «{ $name }»
what-if-severity = тяжесть
what-if-enabled = действует ли правило
what-if-unit = единица
what-if-unit-m = мин
what-if-unit-h = ч
what-if-unit-wd = раб. дн.
what-if-unit-d = дн. подряд
what-if-flag-yes = да
what-if-flag-no = нет
what-if-choice-oldest = сначала старые
what-if-choice-newest = сначала новые
what-if-now = Сейчас:
what-if-half = вдвое меньше
what-if-double = вдвое больше
what-if-elsewhere = Списки, шаблоны и условия меняются в тексте регламента:
what-if-do = Посчитать
what-if-nothing = Пока ничего не изменено. Сдвиньте срок и нажмите «Посчитать».
what-if-same = Ничего не изменилось бы.
what-if-edit = Взять это в новую редакцию
what-if-year = Если бы так было последний год
what-if-most = Это верхняя граница: люди подстраиваются под правила.
what-if-findings = Замечания
what-if-was = было
what-if-becomes = станет
what-if-new = Появилось бы:
what-if-gone = Исчезло бы:
what-if-money = Деньги в сделках с замечаниями
what-if-deals = { $count ->
    [one] { $count } сделка
    [few] { $count } сделки
   *[other] { $count } сделок
}
what-if-left-out = Не считаются снятые после спора, исключённые и советы: было { $before }, станет { $after }.
what-if-rejudged = Часть этого времени действовали другие редакции. Чтобы сравнивать одно и то же, изменённые правила посчитаны за всё время по нынешней редакции: «было» может отличаться от отчётов тех недель.
what-if-by-lights = Светофор
what-if-by-rules = По правилам
what-if-by-stages = По этапам
what-if-by-people = По людям
what-if-only-changed = Показано только то, что меняется.
what-if-people-help = Если срок сдвигается, замечание может оказаться на другом человеке или этапе: на том, кто отвечал за сделку в момент нарушения.
what-if-all = Все правила
what-if-company = Компания
what-if-nobody = Ни на ком
what-if-no-stage = Без этапа
what-if-none = Замечаний нет.
what-if-back = К примерке
what-if-found = { $count ->
    [one] { $count } замечание.
    [few] { $count } замечания.
   *[other] { $count } замечаний.
}
what-if-col-rule = Правило
what-if-col-stage = Этап
what-if-col-person = Сотрудник
what-if-col-before = Было
what-if-col-after = Станет
what-if-col-difference = Разница
what-if-col-new = Появится
what-if-col-gone = Исчезнет
what-if-col-money-before = Сумма сделок, было
what-if-col-money-after = Станет
what-if-col-whose = Чей
what-if-col-light-before = Было
what-if-col-light-after = Станет
what-if-col-rate-before = На 100 сделок, было
what-if-col-rate-after = Станет
what-if-col-in-work = Сделок в работе
what-if-col-finding = Замечание
what-if-col-severity = Тяжесть
what-if-col-deal = Сделка
what-if-col-sum = Сумма
what-if-col-when = Когда
