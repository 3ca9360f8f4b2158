### Регламент

tab-regulation = Текст и редакции
tab-what-if = Что было бы, если…

regulation-title = Что написано в регламенте?
regulation-frame = Общее для всех правил
regulation-other = Это не действующая редакция.
regulation-to-current = Показать действующую
regulation-edit = Изменить регламент
regulation-rule = О правиле: зачем и как исправить
regulation-about = Действует: { $since }. Ввод: { $name }, { $at }.
regulation-about-imported = Действует: { $since }.
regulation-about-starter = Начальный регламент: своего у компании пока нет.
regulation-ever = с самого начала
regulation-starter = начальный регламент
regulation-done-put = Новая редакция принята. Замечания пересчитаны по ней.

regulation-versions = Все редакции
regulation-versions-help = Сначала последние. Ни один текст не пропадает.
regulation-col-since = Действует с
regulation-col-state = Состояние
regulation-col-who = Кто ввёл
regulation-col-when = Когда ввёл
regulation-col-compare = Чем отличается
regulation-compare = от предыдущей
regulation-state-current = действует сейчас
regulation-state-future = вступит в силу
regulation-state-past = действовала раньше
regulation-state-replaced = заменена
regulation-state-withdrawn = отозвана

regulation-diff-title = Чем отличаются редакции?
regulation-diff-from = Было
regulation-diff-to = Стало
regulation-diff-do = Сравнить
regulation-diff-text = Изменения в тексте
regulation-differences = Что требуется иначе
regulation-no-differences = Требования одинаковы.
regulation-col-rule = Правило
regulation-col-what = Что
regulation-col-before = Было
regulation-col-after = Станет
regulation-demand = условие
regulation-fate-added = новое правило
regulation-fate-removed = правила больше нет
regulation-fate-on = правило включено
regulation-fate-off = правило выключено

regulation-edit-title = Что изменить в регламенте?
regulation-edit-help = Пока вы правите, ничего не меняется. Перед вводом в действие покажем, что изменится.
regulation-text = Текст регламента
regulation-since = Действует с
regulation-since-help = Замечания до этой даты останутся как есть. Без даты редакция действует с самого начала, и всё, что было найдено, пересчитается.
regulation-check = Проверить
regulation-preview = Что изменится?
regulation-leave = Выйти без изменений
regulation-line = Строка { $name }
regulation-place = Строка { $line }, столбец { $column }:
regulation-mistakes = { $count ->
    [one] { $count } ошибка
    [few] { $count } ошибки
   *[other] { $count } ошибок
}
regulation-fits = Ошибок нет
regulation-notes = Обратите внимание
regulation-demands = Чего требует этот текст
regulation-refused-mistakes = Редакция не введена: в тексте есть ошибки.
regulation-overtaken = Редакция не введена: пока вы правили, другую ввёл человек по имени { $name } ({ $at }).
regulation-overtaken-withdrawn = Редакция не введена: пока вы правили, одну из редакций отозвал человек по имени { $name } ({ $at }).
regulation-safe = Ваш текст цел.
regulation-meanwhile = Посмотреть, что изменилось за это время

regulation-preview-title = Что изменится?
regulation-preview-since = Редакция будет действовать: { $name }.
regulation-put = Ввести в действие
regulation-back = Вернуться к тексту
regulation-warn-ever = Даты нет: редакция будет действовать с самого начала, и все прошлые замечания пересчитаются по ней.
regulation-warn-past = Дата не в будущем: замечания с этой даты пересчитаются по новой редакции.
regulation-warn-replaces = Редакция заменит ту, что действует с той же даты (ввод: { $name }). Её текст останется в списке.
regulation-warn-starter = До этой даты будет действовать начальный регламент, по которому вас проверяют сейчас.
