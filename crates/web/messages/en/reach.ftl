### How a person is reached, and where messages go

done-sheet-cut = Switched off.
done-sheet-letter = A letter with the code is on its way.
done-sheet-linked = Done: the address is confirmed.
done-sheet-webhook-tested = A test message is being sent. If it does not arrive, the cause appears among “Failures”.

reach-state = State
reach-address = Address
reach-on = Linked, { $at }
reach-waits = Waits for the code of the letter
reach-cut = Switched off as you wished, { $at }
reach-broken = Does not work since { $at }: { $why }
reach-code = Code
reach-code-time = The code works for 15 minutes, and once.

reach-telegram-title = Telegram
reach-telegram-why = The bot writes to your private chat, answers “what is mine today”, and takes answers to findings by buttons. It can do no more than you can on the pages of the program.
reach-telegram-none = Telegram is not linked with your profile yet.
reach-telegram-away = The bot does not work now: it is not set up on the server, or stopped. Telegram cannot be linked at present; all else is available.
reach-telegram-link = Get a code
reach-telegram-other = Link another Telegram
reach-telegram-cut = Switch Telegram off
reach-telegram-code-title = The code for Telegram
reach-telegram-code-how = Open the bot by the link and press “Start”:
reach-telegram-open = Open the bot { $name }
reach-telegram-code-or = Or send the bot this line in a private chat:

reach-email-title = E-mail
reach-email-why = The program sends letters to a confirmed address.
reach-email-none = There is no e-mail address yet.
reach-email-away = E-mail is not set up on the server, or stopped: no letters go out now.
reach-email-set = Set the address
reach-email-address = E-mail address
reach-email-send = Send a code to this address
reach-email-cut = Switch e-mail off
reach-confirm-title = Confirm the address
reach-confirm-how = Type the code of the letter. If there is none, look into the spam folder or have it sent again.
reach-confirm = Confirm
reach-letter-subject = Code to confirm an address
reach-letter =
    Somebody has named this address in the program Svetofor to receive letters there.

    Code: { $code }

    Type it on the page “E-mail” of your profile within 15 minutes. If it was not you, nothing needs to be done: without the code nothing more will come here.

fault-address-email = An e-mail address, such as anna@example.ru
fault-address-soon = A letter was sent less than a minute ago. Look for it or wait a little
fault-address-code = The code does not fit: it is another one, was used, or is older than 15 minutes
fault-webhook-address = A whole address, such as https://example.ru/hook, without a name and password in it
fault-chat-group = There is no such group
fault-chat-language = The program does not write in this language
fault-webhook-many = Too many webhooks are on. First switch one off

tab-chats = Chats
tab-chats-about = group chats in Telegram that messages of the company go to
tab-webhooks = Webhooks
tab-webhooks-about = which of your programs receive messages

chats-title = Where do messages go?
chats-why = Messages of the company come to these group chats. A chat is linked by a code that is sent to the bot in the group itself, in the topic wanted.
chats-no-bot = The bot does not work now: it is not set up on the server, or stopped. Messages to chats wait for it.
chats-none = No chat is linked.
chats-chat = Chat
chats-topic = topic { $number }
chats-about = About whom
chats-about-company = The whole company
chats-about-gone = There is no group { $name } any more: nothing comes here
chats-gets = What comes
chats-daily = daily note
chats-at-once = what is urgent
chats-reports = reports
chats-nothing = nothing
chats-use-why = A chat gets numbers and names of rules, no deals and no recordings. Names of people only where the page “Notices” allows them; who committed a gross violation only the employee and the lead are told. Messages about a group come in the working hours of its lead, those about the whole company in the company's.
chats-gets-daily = Send the daily note
chats-gets-at-once = Send what is urgent: by which rules, and how much
chats-gets-reports = Send reports of weeks and months
chats-language = Language of the messages
chats-by = Linked by
chats-since = Since
chats-state = State
chats-on = works
chats-off = switched off
chats-broken = does not work: { $name }
chats-link = Get a code for a chat
chats-code-title = The code for a chat
chats-code-how = Add the bot { $name } to the group and send this line there, in the topic wanted:
chats-cut = Switch off
chats-cut-of = Switch the chat off: { $name }
chats-cut-why = Messages of the company will come to this chat no longer. It can be linked again by a new code.
chats-lost = Who is not reached
chats-lost-why = With these people the link broke by itself: they blocked the bot, for example. Only they can link it again.
chats-lost-none = There are none.
chats-lost-at = Does not work since

webhooks-title = Which programs receive messages?
webhooks-why = Messages of the company are posted to these addresses as JSON, signed. The answer 410 switches a webhook off.
webhooks-none = There are no webhooks.
webhooks-host = Where to
webhooks-since = Added
webhooks-new = A new webhook
webhooks-address = Address
webhooks-add = Add
webhooks-made-title = The webhook to { $name } was added
webhooks-made-why = Messages are signed with this key. It is shown once: keep it.
webhooks-made-how = The header Svetofor-Signature has “t=SECONDS,v1=SIGNATURE”: HMAC-SHA256 with this key over “SECONDS.BODY”. The header Idempotency-Key is the same for repetitions.
webhooks-of = The webhook to { $name }
webhooks-test = Send a test message
webhooks-test-why = A test message shows that the address answers.
webhooks-change = Change the address
webhooks-change-why = Messages are posted to another address; the key stays the same.
webhooks-off = Switch the webhook off
webhooks-off-why = Nothing is sent there afterwards. It cannot be switched on again, but added anew.

journal-of-chat = chat
journal-of-webhook = webhook
journal-key-channel = how
journal-key-outcome = outcome
journal-key-language = language
journal-key-gets = what comes
journal-outcome-unknown = unknown
journal-address-link = address linked
journal-address-cut = address cut
journal-chat-link = chat linked
journal-chat-cut = chat cut
journal-chat-change = chat set up
journal-webhook-add = webhook added
journal-webhook-change = webhook address changed
journal-webhook-off = webhook switched off
