### Как с человеком связаться и куда уходят сообщения

done-sheet-cut = Отключено.
done-sheet-letter = Письмо с кодом отправлено.
done-sheet-linked = Готово: адрес подтверждён.
done-sheet-webhook-tested = Проверочное сообщение отправляется. Если оно не дойдёт, причина появится в «Сбоях».

reach-state = Состояние
reach-address = Адрес
reach-on = Связано, { $at }
reach-waits = Ждёт подтверждения кодом из письма
reach-cut = Отключено по вашему желанию, { $at }
reach-broken = Не работает с { $at }: { $why }
reach-code = Код
reach-code-time = Код действует 15 минут и один раз.

reach-telegram-title = Telegram
reach-telegram-why = Бот пишет вам в личный чат, отвечает на вопрос «что моё сегодня» и принимает ответы на замечания кнопками. Он может не больше, чем вы сами на страницах программы.
reach-telegram-none = Telegram пока не связан с вашим профилем.
reach-telegram-away = Бот сейчас не работает: на сервере он не настроен или остановлен. Связать Telegram пока нельзя, остальное в программе доступно.
reach-telegram-link = Получить код
reach-telegram-other = Связать другой Telegram
reach-telegram-cut = Отключить Telegram
reach-telegram-code-title = Код для Telegram
reach-telegram-code-how = Откройте бота по ссылке и нажмите «Начать»:
reach-telegram-open = Открыть бота { $name }
reach-telegram-code-or = Или отправьте боту в личный чат эту строку:

reach-email-title = Почта
reach-email-why = На подтверждённый адрес приходят письма программы.
reach-email-none = Адрес почты пока не указан.
reach-email-away = Почта на сервере не настроена или остановлена: письма сейчас не уходят.
reach-email-set = Указать адрес
reach-email-address = Адрес почты
reach-email-send = Отправить код на этот адрес
reach-email-cut = Отключить почту
reach-confirm-title = Подтвердить адрес
reach-confirm-how = Введите код из письма. Если письма нет, посмотрите в папке «Спам» или отправьте его ещё раз.
reach-confirm = Подтвердить
reach-letter-subject = Код подтверждения адреса
reach-letter =
    Кто-то указал этот адрес в программе «Светофор», чтобы получать на него письма.

    Код: { $code }

    Введите его на странице «Почта» вашего профиля в течение 15 минут. Если это были не вы, ничего делать не нужно: без кода сюда больше ничего не придёт.

fault-address-email = Нужен адрес почты, например anna@example.ru
fault-address-soon = Письмо отправлено меньше минуты назад. Поищите его или немного подождите
fault-address-code = Код не подошёл: он не тот, уже использован или старше 15 минут
fault-webhook-address = Нужен полный адрес, например https://example.ru/hook, без имени и пароля в нём
fault-chat-group = Такой группы нет
fault-chat-language = На этом языке программа не пишет
fault-webhook-many = Включено слишком много вебхуков. Сначала отключите ненужный

tab-chats = Чаты
tab-chats-about = групповые чаты Telegram, куда уходят сообщения компании
tab-webhooks = Вебхуки
tab-webhooks-about = какие ваши программы получают сообщения

chats-title = Куда уходят сообщения?
chats-why = В эти групповые чаты приходят сообщения компании. Чат связывает код: его отправляют боту в самой группе, в нужной теме.
chats-no-bot = Бот сейчас не работает: на сервере он не настроен или остановлен. Сообщения в чаты подождут его.
chats-none = Ни один чат не связан.
chats-chat = Чат
chats-topic = тема { $number }
chats-about = О ком
chats-about-company = Вся компания
chats-about-gone = Группы { $name } больше нет: сюда ничего не приходит
chats-gets = Что приходит
chats-daily = ежедневная заметка
chats-at-once = срочное
chats-reports = отчёты
chats-nothing = ничего
chats-use-why = В чат уходят числа и названия правил, без сделок и записей разговоров. Имена — только если они разрешены на странице «Уведомления»; о грубых нарушениях поимённо узнают лишь сотрудник и его звеньевой. Сообщения о группе приходят в рабочие часы её звеньевого, обо всей компании — в часы компании.
chats-gets-daily = Присылать ежедневную заметку
chats-gets-at-once = Присылать срочное: по каким правилам и сколько
chats-gets-reports = Присылать отчёты за неделю и месяц
chats-language = Язык сообщений
chats-by = Кто связал
chats-since = С какого времени
chats-state = Состояние
chats-on = работает
chats-off = отключён
chats-broken = не работает: { $name }
chats-link = Получить код для чата
chats-code-title = Код для чата
chats-code-how = Добавьте бота { $name } в группу и отправьте там, в нужной теме, эту строку:
chats-cut = Отключить
chats-cut-of = Отключить чат: { $name }
chats-cut-why = Сообщения компании больше не будут приходить в этот чат. Связать его снова можно новым кодом.
chats-lost = Кому не доходит
chats-lost-why = У этих людей связь прервалась сама: например, человек заблокировал бота. Связать снова может только он сам.
chats-lost-none = Таких нет.
chats-lost-at = Не работает с

webhooks-title = Какие программы получают сообщения?
webhooks-why = Сообщения компании отправляются на эти адреса запросом POST в JSON, с подписью. Ответ 410 отключает вебхук.
webhooks-none = Вебхуков нет.
webhooks-host = Куда
webhooks-since = Добавлен
webhooks-new = Новый вебхук
webhooks-address = Адрес
webhooks-add = Добавить
webhooks-made-title = Вебхук на { $name } добавлен
webhooks-made-why = Этим ключом подписаны сообщения. Он показан один раз: сохраните его.
webhooks-made-how = В заголовке Svetofor-Signature стоит «t=СЕКУНДЫ,v1=ПОДПИСЬ»: HMAC-SHA256 этим ключом от строки «СЕКУНДЫ.ТЕЛО». Заголовок Idempotency-Key у повторов один и тот же.
webhooks-of = Вебхук на { $name }
webhooks-test = Отправить проверочное сообщение
webhooks-test-why = Проверочное сообщение покажет, что адрес отвечает.
webhooks-change = Изменить адрес
webhooks-change-why = Сообщения пойдут на другой адрес; ключ останется прежним.
webhooks-off = Отключить вебхук
webhooks-off-why = После отключения сюда ничего не отправляется. Включить обратно нельзя, можно добавить заново.

journal-of-chat = чат
journal-of-webhook = вебхук
journal-key-channel = как
journal-key-outcome = исход
journal-key-language = язык
journal-key-gets = что приходит
journal-outcome-unknown = неизвестен
journal-address-link = адрес связан
journal-address-cut = адрес отключён
journal-chat-link = чат связан
journal-chat-cut = чат отключён
journal-chat-change = чат настроен
journal-webhook-add = вебхук добавлен
journal-webhook-change = адрес вебхука изменён
journal-webhook-off = вебхук отключён
