### What the bot says

bot-unlinked = Hello. I am the bot of the program Svetofor, and I do not know yet who you are. For me to write to you, open the page “Telegram” of your profile in the program and send me the code from there.
bot-unlinked-short = First link this Telegram with your profile in the program.
bot-linked = Done, { $name }: I will write to you here. /today shows what waits for you today, /stop ends the messages.
bot-was-taken = This Telegram was linked to somebody else before. I write to them here no longer.
bot-code-dead = This code does not fit: it was used, or more than 15 minutes have passed. Get a new one on the page “Telegram” of your profile.
bot-too-often = Too often. Wait a few minutes and try again.
bot-stopped = I write here no longer. You can have the messages back on the page “Telegram” of your profile.
bot-help =
    Commands:
    /today — what waits for you today
    /stop — write here no longer
bot-no-employee = Your login is not tied to an employee of the CRM, so you have no findings of your own. An administrator can tie it.

bot-chat-linked = Done: messages of the company “{ $name }” will come here.
bot-chat-code-dead = This code does not fit: it was used, or more than 15 minutes have passed. An administrator gets a new one in the program, on the page “Chats”.

bot-today = { $count ->
    [one] { $count } finding waits for your answer
   *[other] { $count } findings wait for your answer
}{ $gross ->
    [0] { "." }
   *[other] , { $gross } of them gross.
}
bot-today-none = There is nothing to mend: all findings are settled.
bot-today-acknowledged = Acknowledged, but not mended yet: { $count }
bot-today-disputed = Disputed, waiting for a decision: { $count }
bot-today-first = { $count ->
    [one] Below is the first: the gravest and the dearest.
   *[other] Below are the first { $count }: the gravest and the dearest.
}

bot-finding = { $severity }: { $finding }
bot-deal = Deal: { $name }
bot-deadline = It may be disputed until { $at }
bot-ack = Acknowledge
bot-cause = Name the cause
bot-dispute = Dispute
bot-cause-did-not-know = Did not know
bot-cause-overload = Overload
bot-cause-client = The client
bot-cause-process = The process
bot-cause-crm-fault = CRM failure
bot-cause-other = Other

bot-which-cause = Why did it happen? Choose the cause.
bot-acknowledged = Acknowledged. Name the cause if you wish.
bot-cause-noted = Acknowledged, cause: { $name }
bot-why-wrong = Why is the finding wrong? Answer this message in words.
bot-asked = Write why the finding is wrong.
bot-disputed = The dispute is noted. You will hear of the decision when it is made.
bot-text-needed = It takes a text: write in words why the finding is wrong.
bot-text-unfit = This text does not fit: it is empty or too long.
bot-question-closed = This question is closed. Press the button under the finding once more.

bot-button-old = This button works no longer.
bot-not-yours = This finding is not yours, or is there no longer.
bot-not-allowed = This is not for you to do.
bot-already-acknowledged = Acknowledged already.
bot-already-cured = Cured already.
bot-already-disputed = Disputed already; there is no decision yet.
bot-already-decided = There is a decision on this finding already.
bot-too-late = The time for a dispute is over.
bot-withdrawn = The finding was withdrawn.
bot-not-now = This cannot be done now. Open the finding in the program: it shows where it stands.
bot-no-dispute = This finding cannot be disputed now: the time is over, or there is a decision already.
